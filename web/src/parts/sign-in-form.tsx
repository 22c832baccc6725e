// Mail address and password, then a second factor where one is set.
import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { giveCode, signIn } from "../api/auth.ts";
import { ApiProblem } from "../api/problem.ts";
import { useProblemText } from "./problem.tsx";

/** The codes of better-auth that there are words for. */
const KNOWN = {
  INVALID_EMAIL_OR_PASSWORD: "signIn.problems.password",
  INVALID_EMAIL: "signIn.problems.password",
  INVALID_CODE: "signIn.problems.code",
  INVALID_BACKUP_CODE: "signIn.problems.code",
  INVALID_TWO_FACTOR_COOKIE: "signIn.problems.tooLate",
  TOO_MANY_ATTEMPTS: "signIn.problems.attempts",
  ACCOUNT_DISABLED: "signIn.problems.disabled",
} as const;

export function SignInForm({
  email: given = "",
  onDone,
  onForgotten,
}: {
  readonly email?: string;
  readonly onDone: () => void;
  /** Where a password can be reset by mail. */
  readonly onForgotten?: (email: string) => void;
}) {
  const { t } = useTranslation();
  const textOf = useProblemText();
  const [email, setEmail] = useState(given);
  const [password, setPassword] = useState("");
  const [code, setCode] = useState<string | null>(null);
  const { mutate, error, isPending } = useMutation({
    async mutationFn() {
      if (code !== null) {
        await giveCode(code.replaceAll(/\s/g, ""));
        return true;
      }
      return !(await signIn(email.trim(), password)).secondFactor;
    },
    onSuccess: (isIn) => (isIn ? onDone() : setCode("")),
    onError(problem) {
      if (problem instanceof ApiProblem && problem.code === "INVALID_TWO_FACTOR_COOKIE") setCode(null);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    mutate();
  };
  const known = error instanceof ApiProblem ? KNOWN[error.code as keyof typeof KNOWN] : undefined;
  return (
    <form onSubmit={submit}>
      <Stack>
        {code === null ? (
          <>
            <TextInput
              label={t("signIn.email")}
              type="email"
              name="email"
              autoComplete="username"
              required
              withAsterisk={false}
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
              data-autofocus={given === "" ? true : undefined}
            />
            <PasswordInput
              label={t("signIn.password")}
              name="password"
              autoComplete="current-password"
              required
              withAsterisk={false}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
              visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
              data-autofocus={given === "" ? undefined : true}
            />
          </>
        ) : (
          <TextInput
            label={t("signIn.code")}
            description={t("signIn.codeHint")}
            name="code"
            autoComplete="one-time-code"
            required
            withAsterisk={false}
            autoFocus
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        )}
        {error === null ? null : (
          <Text c="var(--mantine-color-error)" size="sm" role="alert">
            {known === undefined ? textOf(error).detail : t(known)}
          </Text>
        )}
        <Button type="submit" loading={isPending}>
          {t("signIn.action")}
        </Button>
        {onForgotten === undefined || code !== null ? null : (
          <Anchor component="button" type="button" size="sm" onClick={() => onForgotten(email)}>
            {t("signIn.forgotten")}
          </Anchor>
        )}
      </Stack>
    </form>
  );
}
