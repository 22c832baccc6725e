// The org's pages, the one that is shown marked; exports with how many are on their way.
import { Badge, NavLink } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { api } from "../api/client.ts";
import { useOrg } from "./org.ts";
import { PAGES } from "./pages.ts";

/** Milliseconds between looks at what runs. */
const LOOK_AGAIN = 15_000;
/** More are not counted. */
const MOST = 50;

export function Navigation({ onGo }: { readonly onGo: () => void }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const { org, may } = useOrg();
  return PAGES.filter(({ action }) => may(action)).map(({ path, icon: Icon }) => {
    const to = `/${org}/${path}`;
    const active = pathname === to || pathname.startsWith(`${to}/`);
    return (
      <NavLink
        key={path}
        component={Link}
        to={to}
        onClick={onGo}
        active={active}
        aria-current={active ? "page" : undefined}
        label={t(`common.pages.${path}`)}
        leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
        rightSection={path === "exports" ? <Running /> : undefined}
      />
    );
  });
}

function Running() {
  const { t } = useTranslation();
  const { org } = useOrg();
  const where = JSON.stringify({ state: { $in: ["pending", "running"] } });
  const { data } = useQuery({
    queryKey: ["exports", org, "running-count"],
    queryFn: ({ signal }) => api.org.getExports({ org, where, limit: MOST }, { signal }),
    select: ({ data: some, hasMore }) => ({ count: some.length, hasMore }),
    refetchInterval: LOOK_AGAIN,
  });
  if (data === undefined || data.count === 0) return null;
  const shown = data.hasMore ? `${MOST}+` : String(data.count);
  return (
    <Badge size="sm" variant="filled" circle={shown.length === 1} aria-label={t("common.running", data)}>
      {shown}
    </Badge>
  );
}
