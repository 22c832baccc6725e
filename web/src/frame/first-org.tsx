// The address without an organisation: the one that was seen last, or the first.
import { Navigate } from "react-router";
import { NoSuchOrg } from "./no-such-org.tsx";
import { useSession } from "./session.ts";

const KEY = "waybill.org";

export function rememberOrg(code: string): void {
  localStorage.setItem(KEY, code);
}

export function FirstOrg() {
  const { orgs } = useSession();
  const last = localStorage.getItem(KEY);
  const org = orgs.find(({ code }) => code === last) ?? orgs[0];
  if (org === undefined) return <NoSuchOrg />;
  return <Navigate to={`/${org.code}/records`} replace />;
}
