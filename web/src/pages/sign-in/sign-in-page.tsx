// Signing in: by password, or by the providers of the organisations.
import { Button, Divider, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { askForPasswordLink, providerAddress } from "../../api/auth.ts";
import { api } from "../../api/client.ts";
import { Problem } from "../../parts/problem.tsx";
import { SignInForm } from "../../parts/sign-in-form.tsx";
import { SignInCard } from "./card.tsx";

export function Page() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [search] = useSearchParams();
  const next = localPath(search.get("next"));
  const { data: service, error } = useQuery({
    queryKey: ["service"],
    queryFn: ({ signal }) => api.api.getService({ signal }),
  });
  const provider = useMutation({
    mutationFn: (id: string) => providerAddress(id, next),
    onSuccess: (address) => location.assign(address),
  });
  const forgotten = useMutation({ mutationFn: askForPasswordLink });
  const enter = async (): Promise<void> => {
    await client.resetQueries({ queryKey: ["session"] });
    await navigate(next, { replace: true });
  };
  return (
    <SignInCard title={t("signIn.title")}>
      <Stack>
        {error === null ? null : <Problem error={error} />}
        {search.get("error") === null ? null : (
          <Text c="var(--mantine-color-error)" size="sm" role="alert">
            {t("signIn.problems.provider")}
          </Text>
        )}
        {service?.setup === true ? <Text size="sm">{t("signIn.setup")}</Text> : null}
        <SignInForm
          onDone={() => void enter()}
          {...(service?.passwordReset === true
            ? { onForgotten: (email: string) => email !== "" && forgotten.mutate(email) }
            : {})}
        />
        {forgotten.isSuccess ? (
          <Text size="sm" role="status">
            {t("signIn.linkSent")}
          </Text>
        ) : null}
        {forgotten.error === null ? null : <Problem error={forgotten.error} />}
        {service === undefined || service.providers.length === 0 ? null : (
          <>
            <Divider label={t("signIn.or")} />
            {service.providers.map(({ id, name }) => (
              <Button key={id} variant="default" loading={provider.isPending} onClick={() => provider.mutate(id)}>
                {t("signIn.with", { name })}
              </Button>
            ))}
            {provider.error === null ? null : <Problem error={provider.error} />}
          </>
        )}
      </Stack>
    </SignInCard>
  );
}

/** Where to go afterwards: a page of ours, and never one of another host. */
function localPath(path: string | null): string {
  return path !== null && /^\/(?![/\\])/.test(path) ? path : "/";
}
