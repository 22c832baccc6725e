// The page by which data is asked for by dates: the form beside the requests, the realm's fields below.
import "@mantine/dates/styles.css";
import { Grid, Paper, Stack, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { api } from "../../api/client.ts";
import { useOrg } from "../../frame/org.ts";
import { Answer } from "../../parts/answer.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { PageHead } from "../../parts/page-head.tsx";
import { RealmFields } from "./realm-fields.tsx";
import { RequestForm } from "./request-form.tsx";
import { Requests } from "./requests.tsx";

export function Page() {
  const { t, i18n } = useTranslation();
  const { org } = useOrg();
  const [params, setParams] = useSearchParams();
  const found = useQuery({
    queryKey: ["realms", org, i18n.language],
    queryFn: ({ signal }) => api.org.getRealms({ org, limit: 500 }, { signal }),
    staleTime: 300_000,
  });
  return (
    <>
      <PageHead title={t("realms.title")} detail={t("realms.detail")} />
      <Answer of={found}>
        {({ data: realms }) => {
          if (realms.length === 0) {
            return <EmptyState title={t("realms.none.title")}>{t("realms.none.detail")}</EmptyState>;
          }
          const only = realms.length === 1 ? realms[0] : undefined;
          const realm = realms.find(({ name }) => name === params.get("realm")) ?? only ?? null;
          return (
            <Stack gap="lg">
              <Grid gap="lg">
                <Grid.Col span={{ base: 12, lg: 4 }}>
                  <Paper component="section" withBorder p="md" aria-labelledby="request-title">
                    <Title order={2} size="h3" id="request-title" mb="sm">
                      {t("realms.form.title")}
                    </Title>
                    <RequestForm
                      realms={realms}
                      realm={realm}
                      onRealm={(name) => setParams(name === null ? {} : { realm: name }, { replace: true })}
                    />
                  </Paper>
                </Grid.Col>
                <Grid.Col span={{ base: 12, lg: 8 }}>
                  <Requests realms={realms} />
                </Grid.Col>
              </Grid>
              {realm === null ? null : <RealmFields key={realm.name} of={realm} />}
            </Stack>
          );
        }}
      </Answer>
    </>
  );
}
