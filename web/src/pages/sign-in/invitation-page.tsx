// An invitation to an organisation, accepted with an account or without.
import { Button, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate, useParams } from "react-router";
import { signIn, signOut } from "../../api/auth.ts";
import { api } from "../../api/client.ts";
import { ApiProblem } from "../../api/problem.ts";
import { Loading } from "../../parts/loading.tsx";
import { Problem } from "../../parts/problem.tsx";
import { SignInForm } from "../../parts/sign-in-form.tsx";
import { SignInCard } from "./card.tsx";
import { LinkBroken, LinkOver } from "./link-over.tsx";
import { type NewAccount, NewAccountForm } from "./new-account-form.tsx";
import { Providers } from "./providers.tsx";

export function Page() {
  const { t, i18n } = useTranslation();
  const { org = "" } = useParams();
  const token = useLocation().hash.slice(1);
  const navigate = useNavigate();
  const client = useQueryClient();
  const invited = useQuery({
    queryKey: ["invitation", org, token, i18n.language],
    queryFn: ({ signal }) =>
      api.api.postInvitationsLookup({ org, token }, { signal, headers: { "accept-language": i18n.language } }),
    enabled: token !== "",
    placeholderData: (before) => before,
  });
  const session = useQuery({
    queryKey: ["invitation-session"],
    queryFn: ({ signal }) =>
      api.api.getSession({ signal }).catch((error: unknown) => {
        if (error instanceof ApiProblem && error.status === 401) return null;
        throw error;
      }),
  });
  const enter = async (): Promise<void> => {
    client.clear();
    await navigate(`/${org}`, { replace: true });
  };
  const accept = useMutation({
    async mutationFn() {
      await api.api.postInvitationsAccept({ org, token });
      await enter();
    },
  });
  const leave = useMutation({ mutationFn: signOut, onSettled: () => session.refetch() });
  const join = async ({ email, ...account }: NewAccount): Promise<void> => {
    await api.api.postInvitationsAccept({ org, token, account });
    await signIn(email, account.password).catch(() => {});
    await enter();
  };
  if (token === "") return <LinkBroken />;
  const error = invited.error ?? session.error ?? accept.error;
  if (error instanceof ApiProblem && (error.code === "invitation-over" || error.status === 404)) {
    return <LinkOver detail={t("signIn.link.invitationOver")} />;
  }
  const { data } = invited;
  const person = session.data?.person;
  if (data === undefined || session.data === undefined) {
    return (
      <SignInCard title={t("signIn.invitation.wait")}>
        {error === null ? <Loading /> : <Problem error={error} retry={() => void invited.refetch()} />}
      </SignInCard>
    );
  }
  const { email, name } = data;
  const hasAccount = data.hasAccount;
  return (
    <SignInCard title={t("signIn.invitation.title", { name })}>
      <Stack style={{ overflowWrap: "anywhere" }}>
        <Text size="sm">{t("signIn.invitation.detail", { email, name })}</Text>
        {person === undefined ? (
          <>
            <Text size="sm">{hasAccount ? t("signIn.invitation.signIn") : t("signIn.invitation.newAccount")}</Text>
            {hasAccount ? (
              <SignInForm email={email} onDone={() => accept.mutateAsync()} />
            ) : (
              <NewAccountForm email={email} pointer="/account" action={t("signIn.invitation.action")} onSubmit={join} />
            )}
            <Providers next={`/${org}/invitation#${token}`} org={org} />
          </>
        ) : person.email === email ? (
          <Button loading={accept.isPending} onClick={() => accept.mutate()} autoFocus>
            {t("signIn.invitation.accept", { name: person.name })}
          </Button>
        ) : (
          <Text size="sm">{t("signIn.invitation.other", { invited: email, email: person.email })}</Text>
        )}
        {person === undefined ? null : (
          <Button variant="default" loading={leave.isPending} onClick={() => leave.mutate()}>
            {t("signIn.invitation.signOut")}
          </Button>
        )}
        {error === null ? null : <Problem error={error} />}
      </Stack>
    </SignInCard>
  );
}
