// The frame of an organisation's pages: navigation beside, the organisation and the reader's menu above.
import { AppShell, Box, Burger, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Outlet, useParams } from "react-router";
import { api } from "../api/client.ts";
import { ApiProblem } from "../api/problem.ts";
import { TimeZoneContext } from "../lib/time-zone.ts";
import { Answer } from "../parts/answer.tsx";
import { Brand } from "./brand.tsx";
import { rememberOrg } from "./first-org.tsx";
import { Navigation } from "./navigation.tsx";
import { NoSuchOrg } from "./no-such-org.tsx";
import { OfflineBar } from "./offline-bar.tsx";
import { OrgContext } from "./org.ts";
import { OrgMenu } from "./org-menu.tsx";
import { ProfileMenu } from "./profile-menu.tsx";
import { useSession } from "./session.ts";

export function OrgFrame() {
  const { t } = useTranslation();
  const { org = "" } = useParams();
  const { person } = useSession();
  const [opened, { toggle, close }] = useDisclosure();
  const found = useQuery({
    queryKey: ["org", org],
    queryFn: ({ signal }) => api.org.getOrg({ org }, { signal }),
    staleTime: 60_000,
  });
  useEffect(() => {
    if (found.data !== undefined) rememberOrg(org);
  }, [found.data, org]);
  const facts = found.data;
  if (found.error instanceof ApiProblem && found.error.status === 404) return <NoSuchOrg code={org} />;
  if (facts === undefined) return <Answer of={found}>{() => null}</Answer>;
  return (
    <OrgContext value={facts}>
      <TimeZoneContext value={person.timeZone ?? facts.timeZone}>
        <a className="waybill-skip" href="#content">
          {t("common.skipToContent")}
        </a>
        <AppShell
          header={{ height: 52 }}
          navbar={{ width: 208, breakpoint: "sm", collapsed: { mobile: !opened } }}
          padding={{ base: "sm", sm: "lg" }}
        >
          <AppShell.Header>
            <Group h="100%" px={{ base: "xs", sm: "md" }} justify="space-between" wrap="nowrap" gap="xs">
              <Group gap="sm" wrap="nowrap" miw={0}>
                <Burger
                  opened={opened}
                  onClick={toggle}
                  hiddenFrom="sm"
                  size="sm"
                  aria-expanded={opened}
                  aria-controls="navigation"
                  aria-label={opened ? t("common.closeNavigation") : t("common.openNavigation")}
                />
                <Brand />
                <OrgMenu />
              </Group>
              <ProfileMenu />
            </Group>
          </AppShell.Header>
          <AppShell.Navbar id="navigation" p="xs" aria-label={t("common.navigation")}>
            <Navigation onGo={close} />
          </AppShell.Navbar>
          <AppShell.Main id="content" tabIndex={-1}>
            <Box maw={1440}>
              <OfflineBar />
              <Outlet />
            </Box>
          </AppShell.Main>
        </AppShell>
      </TimeZoneContext>
    </OrgContext>
  );
}
