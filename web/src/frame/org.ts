// The organisation of the page.
import { createContext, useContext } from "react";
import type { Org } from "../api/generated.ts";

export const OrgContext = createContext<Org | null>(null);

/** What the caller may do: the words of `actions` in `GET /{org}/v2/`. */
type Action = string;

export interface CurrentOrg {
  readonly org: string;
  readonly name: string;
  readonly timeZone: string;
  readonly retention: string;
  /** Whether an export must say what it is for. */
  readonly purpose: Org["purpose"];
  /** Who may download: whoever ordered it and administrators, or administrators alone. */
  readonly downloads: Org["downloads"];
  readonly isAdmin: boolean;
  /** Whether the caller may do it anywhere in the org, or to what they made. The server decides in the end. */
  readonly may: (action: Action) => boolean;
}

/** Below `OrgFrame` there always is one. */
export function useOrg(): CurrentOrg {
  const org = useContext(OrgContext);
  if (org === null) throw new Error("useOrg outside of OrgFrame");
  return {
    org: org.code,
    name: org.name,
    timeZone: org.timeZone,
    retention: org.retention,
    purpose: org.purpose,
    downloads: org.downloads,
    isAdmin: org.role === "admin",
    may: (action) => org.actions.includes(action),
  };
}
