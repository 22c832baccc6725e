// The address without an organisation: the one that was seen last, or the first.
import { Navigate } from "react-router";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../parts/empty-state.tsx";
import { useSession } from "./session.ts";

const KEY = "waybill.org";

export function rememberOrg(code: string): void {
  localStorage.setItem(KEY, code);
}

export function FirstOrg() {
  const { t } = useTranslation();
  const { orgs } = useSession();
  const last = localStorage.getItem(KEY);
  const org = orgs.find(({ code }) => code === last) ?? orgs[0];
  if (org === undefined) {
    return <EmptyState title={t("common.problem.noOrg")}>{t("common.problem.noOrgDetail")}</EmptyState>;
  }
  return <Navigate to={`/${org.code}/records`} replace />;
}
