// The first administrator's account, by the link that the first start printed.
import { Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate } from "react-router";
import { signIn } from "../../api/auth.ts";
import { api } from "../../api/client.ts";
import { ApiProblem } from "../../api/problem.ts";
import { SignInCard } from "./card.tsx";
import { LinkBroken, LinkOver } from "./link-over.tsx";
import { type NewAccount, NewAccountForm } from "./new-account-form.tsx";
import { useService } from "./providers.tsx";

export function Page() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const token = useLocation().hash.slice(1);
  const [isOver, setOver] = useState(false);
  const { data: service } = useService();
  const create = async (account: NewAccount): Promise<void> => {
    try {
      await api.api.postSetup({ token, ...account });
    } catch (error) {
      if (!(error instanceof ApiProblem && error.code === "first-link-over")) throw error;
      await client.invalidateQueries({ queryKey: ["service"] });
      return setOver(true);
    }
    await signIn(account.email, account.password).catch(() => {});
    client.clear();
    await navigate("/", { replace: true });
  };
  if (service?.setup === false) {
    return <LinkOver title={t("signIn.welcome.overTitle")} detail={t("signIn.welcome.overDetail")} />;
  }
  if (isOver) return <LinkOver detail={t("signIn.link.welcomeOver")} />;
  if (token === "") return <LinkBroken />;
  return (
    <SignInCard title={t("signIn.welcome.title")}>
      <Stack>
        <Text size="sm">{t("signIn.welcome.detail")}</Text>
        <NewAccountForm pointer="" action={t("signIn.welcome.action")} onSubmit={create} />
      </Stack>
    </SignInCard>
  );
}
