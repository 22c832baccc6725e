// Somebody's rights as they are now, when nobody is asking: as their exports run.
import { accessIn } from "../access/org-access.ts";
import type { Control } from "../control/open.ts";
import { findPerson, membershipsOf } from "../control/people.ts";
import type { Orgs } from "../orgs/orgs.ts";
import type { OrgCall } from "../service/org-call.ts";

/**
 * A call as a person would make it.
 * @returns null for whoever is gone, may not sign in, or does not belong to the org (any more)
 */
export async function callOfPerson(
  { control, orgs }: { readonly control: Control; readonly orgs: Orgs },
  org: string,
  id: string,
  { language, signal }: Pick<OrgCall, "language" | "signal">,
): Promise<OrgCall | null> {
  const person = await findPerson(control.db, id);
  if (person === undefined || person.disabledAt !== null) return null;
  const memberships = await membershipsOf(control.db, id);
  const identity = {
    person,
    orgs: new Map(memberships.map((it) => [it.org, it.role])),
    via: { kind: "run" } as const,
    setCookies: [],
  };
  const access = await accessIn(control, org, identity);
  if (access === null) return null;
  return {
    org: () => orgs.open(org),
    access,
    language,
    timeZone: orgs.config.orgs.get(org)!.timeZone,
    address: null,
    requestId: null,
    signal,
  };
}
