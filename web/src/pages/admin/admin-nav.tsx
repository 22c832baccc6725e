// The way from one section of the administration to another, and to the documentation of the API.
import { VisuallyHidden } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { NavLink, useLocation } from "react-router";
import { useOrg } from "../../frame/org.ts";
import { BASE_PATH } from "../../lib/base-path.ts";
import classes from "./admin-nav.module.css";
import type { Section } from "./sections.ts";

export function AdminNav({ sections }: { readonly sections: readonly Section[] }) {
  const { t } = useTranslation();
  const { org, may } = useOrg();
  const { pathname } = useLocation();
  const section = pathname.split("/")[3] ?? "";
  const list = useRef<HTMLUListElement>(null);
  // Where it is narrow, the section that one is in may be out of sight.
  useEffect(() => {
    const all = list.current;
    const it = all?.querySelector(`[data-section="${section}"]`);
    if (all !== null && it instanceof HTMLElement) {
      all.scrollLeft = it.offsetLeft - (all.clientWidth - it.offsetWidth) / 2;
    }
  }, [section]);
  return (
    <nav aria-label={t("common.pages.administration")}>
      <ul className={classes["list"]} ref={list}>
        {sections.map(({ path }) => (
          <li key={path} data-section={path}>
            <NavLink className={classes["link"]} to={`/${org}/administration/${path}`}>
              {t(`admin.sections.${path}`)}
            </NavLink>
          </li>
        ))}
        {may("graphql.use") ? (
          <li className={classes["last"]}>
            <NavLink className={classes["link"]} to={`/${org}/graphql`}>
              {t("admin.sections.graphql")}
            </NavLink>
          </li>
        ) : null}
        <li className={may("graphql.use") ? undefined : classes["last"]}>
          <a className={classes["link"]} href={`${BASE_PATH}/docs/`} target="_blank" rel="noreferrer">
            {t("admin.sections.docs")} <IconExternalLink size={14} aria-hidden />
            <VisuallyHidden>{t("admin.newTab")}</VisuallyHidden>
          </a>
        </li>
      </ul>
    </nav>
  );
}
