// Signing in: by password, or by the providers of the organisations.
import { Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { Problem } from "../../parts/problem.tsx";
import { SignInForm } from "../../parts/sign-in-form.tsx";
import { SignInCard } from "./card.tsx";
import { ForgottenForm } from "./forgotten-form.tsx";
import { Providers, useService } from "./providers.tsx";

/** What a provider's refusal comes back with. */
const REFUSALS = {
  domain_not_allowed: "signIn.problems.providerDomain",
  account_not_linked: "signIn.problems.providerLink",
  email_not_verified: "signIn.problems.providerUnverified",
} as const;

export function Page() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [search] = useSearchParams();
  const next = localPath(search.get("next"));
  const refusal = search.get("error");
  /** The address that was typed when the password had been forgotten. */
  const [forgotten, setForgotten] = useState<string | null>(null);
  const { data: service, error, refetch } = useService();
  const enter = async (): Promise<void> => {
    // Nothing of whoever was here before.
    client.clear();
    await navigate(next, { replace: true });
  };
  if (forgotten !== null) {
    return (
      <SignInCard title={t("signIn.forgot.title")}>
        <ForgottenForm email={forgotten} onBack={() => setForgotten(null)} />
      </SignInCard>
    );
  }
  const mayReset = service?.passwordReset === true;
  return (
    <SignInCard title={t("signIn.title")}>
      <Stack>
        {error === null ? null : <Problem error={error} retry={() => void refetch()} />}
        {refusal === null ? null : (
          <Text c="var(--mantine-color-error)" size="sm" role="alert">
            {t(
              Object.hasOwn(REFUSALS, refusal)
                ? REFUSALS[refusal as keyof typeof REFUSALS]
                : "signIn.problems.provider",
            )}
          </Text>
        )}
        {service?.setup === true ? <Text size="sm">{t("signIn.setup")}</Text> : null}
        <SignInForm onDone={enter} {...(mayReset ? { onForgotten: setForgotten } : {})} />
        {service?.passwordReset === false ? (
          <Text size="sm" c="dimmed">
            {t("signIn.noReset")}
          </Text>
        ) : null}
        <Providers next={next} />
      </Stack>
    </SignInCard>
  );
}

/** Where to go afterwards: a page of ours, and never one of another host. */
function localPath(path: string | null): string {
  return path !== null && /^\/(?![/\\])/.test(path) ? path : "/";
}
