// Buttons that lead to the providers of single sign-on.
import { Button, Divider } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { providerAddress } from "../../api/auth.ts";
import { api } from "../../api/client.ts";
import { AuthProblem } from "../../parts/auth-problem.tsx";

/** What is known of the service by whoever is not signed in. */
export function useService() {
  return useQuery({ queryKey: ["service"], queryFn: ({ signal }) => api.api.getService({ signal }) });
}

export function Providers({
  next,
  org,
}: {
  /** Where to go afterwards. */
  readonly next: string;
  /** Whose provider alone is offered. */
  readonly org?: string;
}) {
  const { t } = useTranslation();
  const { data } = useService();
  const { mutate, error, isPending, variables } = useMutation({
    mutationFn: (id: string) => providerAddress(id, next),
    onSuccess: (address) => location.assign(address),
  });
  const offered = (data?.providers ?? []).filter(({ id }) => org === undefined || id === `oidc-${org}`);
  if (offered.length === 0) return null;
  return (
    <>
      <Divider label={t("signIn.or")} />
      {offered.map(({ id, name }) => (
        <Button
          key={id}
          variant="default"
          loading={isPending && variables === id}
          onClick={() => mutate(id)}
          h="auto"
          mih={36}
          py={6}
          styles={{ label: { whiteSpace: "normal" } }}
        >
          {t("signIn.with", { name })}
        </Button>
      ))}
      <AuthProblem error={error} />
    </>
  );
}
