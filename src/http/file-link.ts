// Links to attached files: made for whoever was told of a file, and used with the rights that they have then.
import { accessIn, type OrgAccess } from "../access/org-access.ts";
import { inOrg } from "../control/in-org.ts";
import { type Scope, useTokenBy } from "../identity/tokens.ts";
import { languageOf } from "../lib/language.ts";
import { notFound } from "../service/errors.ts";
import { asReader, type OrgCall } from "../service/org-call.ts";
import { type FileTicket, fileTicket, type LinkedFile } from "../service/records/file-link.ts";
import type { HttpOptions, Service } from "./service.ts";

/** Of the key that tickets are sealed with. */
export const FILE_LINKS = "links to attached files";

/**
 * Makes links to files that a caller was told of: absolute, good for an hour, for whoever has them. The ticket is in the
 * query, which no log has.
 */
export function fileLinks(
  { signIn }: Pick<Service, "signIn">,
  { baseUrl }: Pick<HttpOptions, "baseUrl">,
): (call: Pick<OrgCall, "access">, file: LinkedFile) => string {
  const base = baseUrl.replace(/\/$/, "");
  let key: Uint8Array | null = null;
  return (call, file) => {
    const ticket = fileTicket(call, file, (key ??= signIn.keyFor(FILE_LINKS)));
    return `${base}/${call.access.at.org}/v2/attached-file?ticket=${ticket}`;
  };
}

/** Who uses a ticket, as far as HTTP tells. */
type User = Pick<OrgCall, "signal"> & { readonly address: string; readonly requestId: string };

/**
 * The call of whoever a ticket was given to, with the rights that they have now; and with their token, as far as that is
 * good still and may be used from there.
 * @throws failure `not-found` for whoever is gone, kept out, or no member any more
 */
export async function callOfTicket(service: Service, { org, person, token }: FileTicket, user: User): Promise<OrgCall> {
  const { orgs, desk } = service;
  const its = orgs.config.orgs.get(org);
  const access =
    its === undefined
      ? null
      : token === null
        ? await desk.accessOf(org, person)
        : await accessOfToken(service, org, token, user.address);
  if (access === null || its === undefined) throw notFound("file");
  const language = languageOf(access.identity.person.language ?? "en");
  return asReader({ ...user, org: () => orgs.open(org), access, language, timeZone: its.timeZone });
}

async function accessOfToken(
  { control }: Service,
  org: string,
  token: string,
  address: string,
): Promise<OrgAccess | null> {
  const used = await useTokenBy(inOrg(control.db, org), { id: token }, address);
  if (used === null) return null;
  const via = { kind: "token", id: used.id, scopes: used.scopes as readonly Scope[] } as const;
  return accessIn(control, org, { person: used.person, orgs: new Map([[org, used.role]]), via, setCookies: [] });
}
