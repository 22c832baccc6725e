// What signing in refuses, in words of ours: better-auth's own are English and say little.
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ApiProblem } from "../api/problem.ts";
import { useProblemText } from "./problem.tsx";

/** The codes of better-auth that there are words for. */
const KNOWN = {
  INVALID_EMAIL_OR_PASSWORD: "signIn.problems.password",
  INVALID_EMAIL: "signIn.problems.password",
  INVALID_PASSWORD: "signIn.problems.currentPassword",
  CREDENTIAL_ACCOUNT_NOT_FOUND: "signIn.problems.noPassword",
  PASSWORD_TOO_SHORT: "signIn.problems.tooShort",
  PASSWORD_TOO_LONG: "signIn.problems.tooLong",
  INVALID_CODE: "signIn.problems.code",
  INVALID_BACKUP_CODE: "signIn.problems.code",
  INVALID_TWO_FACTOR_COOKIE: "signIn.problems.tooLate",
  TOO_MANY_ATTEMPTS: "signIn.problems.attempts",
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: "signIn.problems.attempts",
  ACCOUNT_TEMPORARILY_LOCKED: "signIn.problems.attempts",
  ACCOUNT_DISABLED: "signIn.problems.disabled",
} as const;

export function AuthProblem({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  const textOf = useProblemText();
  if (error === null) return null;
  const { code = "", status = 0 } = error instanceof ApiProblem ? error : {};
  const known = Object.hasOwn(KNOWN, code) ? KNOWN[code as keyof typeof KNOWN] : undefined;
  const words = known ?? (status === 429 ? "signIn.problems.slow" : undefined);
  const { detail, hint } = textOf(error);
  return (
    <Text c="var(--mantine-color-error)" size="sm" role="alert">
      {words === undefined ? [detail, hint].filter(Boolean).join(" ") : t(words)}
    </Text>
  );
}
