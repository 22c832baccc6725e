// The frame of an organisation's pages: navigation beside, the organisation and the reader's menu above.
import { AppShell, Box, Burger, Group, NavLink, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import {
  IconCalendarDown,
  IconDatabase,
  IconFileExport,
  IconSettings,
  IconStack2,
  IconTemplate,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link, Outlet, useLocation, useParams } from "react-router";
import { api } from "../api/client.ts";
import { TimeZoneContext } from "../lib/time-zone.ts";
import { Answer } from "../parts/answer.tsx";
import { rememberOrg } from "./first-org.tsx";
import { OrgContext } from "./org.ts";
import { OrgMenu } from "./org-menu.tsx";
import { ProfileMenu } from "./profile-menu.tsx";
import { useSession } from "./session.ts";

/** Pages of the navigation, with what one must be able to do to be shown them. */
const PAGES = [
  { path: "records", icon: IconDatabase, action: "objects.see" },
  { path: "batches", icon: IconStack2, action: "batches.see" },
  { path: "exports", icon: IconFileExport, action: "exports.see" },
  { path: "templates", icon: IconTemplate, action: "templates.see" },
  { path: "realms", icon: IconCalendarDown, action: "exports.create" },
  { path: "administration", icon: IconSettings, action: "org.see" },
] as const;

export function OrgFrame() {
  const { t } = useTranslation();
  const { org = "" } = useParams();
  const { pathname } = useLocation();
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
  return (
    <Answer of={found}>
      {(facts) => (
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
                <Group h="100%" px="md" justify="space-between" wrap="nowrap">
                  <Group gap="sm" wrap="nowrap" miw={0}>
                    <Burger
                      opened={opened}
                      onClick={toggle}
                      hiddenFrom="sm"
                      size="sm"
                      aria-label={opened ? t("common.closeNavigation") : t("common.openNavigation")}
                    />
                    <Title order={2} size="h3" component="div" visibleFrom="xs">
                      {t("common.productName")}
                    </Title>
                    <OrgMenu />
                  </Group>
                  <ProfileMenu />
                </Group>
              </AppShell.Header>
              <AppShell.Navbar p="xs" aria-label={t("common.navigation")}>
                {PAGES.filter(({ action }) => facts.actions.includes(action)).map(({ path, icon: Icon }) => {
                  const to = `/${org}/${path}`;
                  const active = pathname === to || pathname.startsWith(`${to}/`);
                  return (
                    <NavLink
                      key={path}
                      component={Link}
                      to={to}
                      onClick={close}
                      active={active}
                      aria-current={active ? "page" : undefined}
                      label={t(`common.pages.${path}`)}
                      leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
                    />
                  );
                })}
              </AppShell.Navbar>
              <AppShell.Main id="content" tabIndex={-1}>
                <Box maw={1440}>
                  <Outlet />
                </Box>
              </AppShell.Main>
            </AppShell>
          </TimeZoneContext>
        </OrgContext>
      )}
    </Answer>
  );
}
