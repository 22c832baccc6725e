// Connexion, invitations, mots de passe.

export const signIn = {
  title: "Connexion",
  action: "Se connecter",
  email: "Adresse électronique",
  password: "Mot de passe",
  showPassword: "Afficher le mot de passe",
  code: "Code",
  codeHint: "Six chiffres de votre application d’authentification, ou l’un des codes que vous avez conservés.",
  forgotten: "Mot de passe oublié ?",
  linkSent: "S’il existe un compte avec cette adresse, un lien est en route. Il est valable un jour.",
  or: "ou",
  with: "Continuer avec {{name}}",
  setup: "Personne n’a encore de compte. Le lien qui crée le premier figure dans la sortie de waybill serve.",
  again: {
    title: "Votre session est terminée",
    detail: "Reconnectez-vous. Cette page reste telle quelle, avec tout ce que vous avez saisi.",
  },
  problems: {
    password: "L’adresse et le mot de passe ne correspondent pas.",
    code: "Ce code n’est pas, ou plus, valable.",
    tooLate: "Cela a pris trop de temps. Saisissez de nouveau votre mot de passe.",
    attempts: "Il y a eu trop de tentatives. Réessayez dans un quart d’heure.",
    disabled: "Ce compte a été fermé. Adressez-vous à un administrateur.",
    provider: "La connexion ailleurs n’a pas fonctionné. Réessayez, ou adressez-vous à un administrateur.",
  },
} as const;
