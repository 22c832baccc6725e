// A new password, by the link of a mail.
import { Button, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "react-router";
import { resetPassword } from "../../api/auth.ts";
import { ApiProblem } from "../../api/problem.ts";
import { AuthProblem } from "../../parts/auth-problem.tsx";
import { NewPassword } from "../../parts/new-password.tsx";
import { SignInCard } from "./card.tsx";
import { LinkBroken, LinkOver } from "./link-over.tsx";

export function Page() {
  const { t } = useTranslation();
  const token = useLocation().hash.slice(1);
  const [password, setPassword] = useState("");
  const { mutate, error, isPending, isSuccess } = useMutation({ mutationFn: () => resetPassword(token, password) });
  if (token === "") return <LinkBroken />;
  if (isSuccess) return <LinkOver title={t("signIn.reset.doneTitle")} detail={t("signIn.reset.doneDetail")} />;
  if (error instanceof ApiProblem && error.code === "INVALID_TOKEN") {
    return <LinkOver detail={t("signIn.link.passwordOver")} action={t("signIn.reset.again")} />;
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    mutate();
  };
  return (
    <SignInCard title={t("signIn.reset.title")}>
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm">{t("signIn.reset.detail")}</Text>
          <NewPassword label={t("signIn.newPassword.label")} value={password} onChange={setPassword} />
          <AuthProblem error={error} />
          <Button type="submit" loading={isPending}>
            {t("signIn.reset.action")}
          </Button>
        </Stack>
      </form>
    </SignInCard>
  );
}
