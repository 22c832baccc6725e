// Mail address and password, then a second factor where one is set.
import { Anchor, Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { giveCode, signIn } from "../api/auth.ts";
import { ApiProblem } from "../api/problem.ts";
import { AuthProblem } from "./auth-problem.tsx";

export function SignInForm({
  email: given = "",
  onDone,
  onForgotten,
}: {
  /** Whose account it must be; absent for anybody's. */
  readonly email?: string;
  readonly onDone: () => void | Promise<unknown>;
  /** Where a password can be reset by mail. */
  readonly onForgotten?: (email: string) => void;
}) {
  const { t } = useTranslation();
  const isFixed = given !== "";
  const [email, setEmail] = useState(given);
  const [password, setPassword] = useState("");
  /** Null until a second factor is asked for. */
  const [code, setCode] = useState<string | null>(null);
  const { mutate, error, isPending, reset } = useMutation({
    async mutationFn() {
      if (code === null && (await signIn(email.trim(), password)).secondFactor) return setCode("");
      if (code !== null) await giveCode(code.replaceAll(/\s/g, ""));
      return onDone();
    },
    onError(problem) {
      if (problem instanceof ApiProblem && problem.code === "INVALID_TWO_FACTOR_COOKIE") setCode(null);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    mutate();
  };
  const startAgain = (): void => {
    reset();
    setCode(null);
  };
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
              readOnly={isFixed}
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
              autoFocus={!isFixed}
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
              data-autofocus={isFixed ? true : undefined}
            />
          </>
        ) : (
          <TextInput
            label={t("signIn.code")}
            description={t("signIn.codeHint")}
            name="code"
            autoComplete="one-time-code"
            autoCapitalize="off"
            spellCheck={false}
            required
            withAsterisk={false}
            autoFocus
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        )}
        <AuthProblem error={error} />
        <Button type="submit" loading={isPending}>
          {code === null ? t("signIn.action") : t("signIn.codeAction")}
        </Button>
        {code === null ? null : (
          <Anchor component="button" type="button" size="sm" onClick={startAgain}>
            {t("signIn.codeBack")}
          </Anchor>
        )}
        {onForgotten === undefined || code !== null ? null : (
          <Anchor component="button" type="button" size="sm" onClick={() => onForgotten(email.trim())}>
            {t("signIn.forgotten")}
          </Anchor>
        )}
      </Stack>
    </form>
  );
}
