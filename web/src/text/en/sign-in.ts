// Signing in, invitations, passwords.

export const signIn = {
  title: "Sign in",
  action: "Sign in",
  email: "E-mail address",
  password: "Password",
  showPassword: "Show the password",
  code: "Code",
  codeHint: "Six digits of your authenticator application, or one of the codes that you kept.",
  forgotten: "Forgotten your password?",
  linkSent: "If there is an account with this address, a link is on its way. It works for a day.",
  or: "or",
  with: "Continue with {{name}}",
  setup: "Nobody has an account yet. The link that makes the first one stands in the output of waybill serve.",
  again: {
    title: "Your session has ended",
    detail: "Sign in again. This page stays as it is, with all that you entered.",
  },
  problems: {
    password: "Address and password do not go together.",
    code: "This code is not right, or no longer.",
    tooLate: "That took too long. Give your password once more.",
    attempts: "There were too many attempts. Try again in a quarter of an hour.",
    disabled: "This account was shut. Ask an administrator.",
    provider: "Signing in elsewhere did not work. Try again, or ask an administrator.",
  },
} as const;
