// What everything that is asked of an org is done with: the org, whoever asks, and what they may do.
import { type Action, ACTIONS } from "../access/actions.ts";
import { isGoodFor, may, type OrgAccess, principalIn, type Purpose, type Subject } from "../access/org-access.ts";
import type { Catalog } from "../catalog/types.ts";
import { addAudit } from "../control/queries/audit.ts";
import type { OpenOrg } from "../orgs/open-org.ts";
import { accessOf } from "../plan/access.ts";
import type { Principal } from "../plan/principal.ts";
import type { Access } from "../plan/scope.ts";
import { forbidden } from "./errors.ts";
import { sentence } from "../lib/sentence.ts";

/** A call by somebody who belongs to the org. */
export interface OrgCall {
  /** With what its sources hold. @throws failure of a source */
  readonly org: () => Promise<OpenOrg>;
  readonly access: OrgAccess;
  /** Of labels and messages. */
  readonly language: string;
  /** IANA name of the org's zone, in which dates and times without one are meant; UTC when absent. */
  readonly timeZone?: string;
  /** For the audit log. */
  readonly address: string | null;
  readonly requestId: string | null;
  /** Aborts when nobody waits for the answer any more: statements are then stopped at the source. */
  readonly signal: AbortSignal;
}

/** The object types, and what of them the caller may see. */
export interface Sight {
  readonly org: OpenOrg;
  readonly catalog: Catalog;
  readonly principal: Principal;
  readonly access: Access;
}

/** What the caller may see of the org's records for a purpose. */
export async function sightOf(call: OrgCall, purpose?: Purpose): Promise<Sight> {
  const org = await call.org();
  const catalog = org.catalogIn(call.language);
  const principal = await principalIn(call.access, purpose);
  return { org, catalog, principal, access: accessOf(principal, catalog) };
}

/**
 * Whether an action is one that the caller may do to something, or to what they made: what it is about is not known yet.
 * @throws failure `forbidden`
 */
export function mustMayAnywhere(call: Pick<OrgCall, "access">, action: Action): void {
  mustMay(call, action, { owner: call.access.identity.person.id });
}

/** @throws failure `forbidden` unless the caller may do it */
export function mustMay(call: Pick<OrgCall, "access">, action: Action, subject?: Subject): void {
  if (may(call.access, action, subject)) return;
  const { via } = call.access.identity;
  const { scope } = ACTIONS[action];
  if (via.kind === "token" && scope === null) {
    throw forbidden(sentence`A token cannot do this.`, sentence`Sign in to do it.`);
  }
  if (via.kind === "token" && !isGoodFor(via.scopes, ACTIONS[action])) {
    throw forbidden(sentence`This token lacks the scope "${scope!}".`, sentence`Make one that has it.`);
  }
  const closed = "closes" in ACTIONS[action] && (subject?.namespace?.archivedAt ?? null) !== null;
  if (closed)
    throw forbidden(
      sentence`The namespace is archived, and closed for exports.`,
      sentence`Its owner can open it again.`,
    );
  throw forbidden(
    sentence`Your role does not allow this.`,
    sentence`Ask an owner of the namespace, or an administrator.`,
  );
}

/**
 * The same call where its token may read, if it is one for registered queries: in running one, and in what links lead to
 * that one gave.
 */
export function asReader(call: OrgCall): OrgCall {
  const { identity } = call.access;
  const { via } = identity;
  if (via.kind !== "token" || !via.scopes.includes("query")) return call;
  const reads = { ...via, scopes: ["read"] } as const;
  return { ...call, access: { ...call.access, identity: { ...identity, via: reads } } };
}

/** Writes into the audit log what the caller did. @param details no secret and no value of a de-identified field */
export async function audit(
  { access, address, requestId }: OrgCall,
  action: string,
  subject: { readonly kind: string; readonly id: string },
  details: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const { person, via } = access.identity;
  await addAudit(access.at, {
    action,
    person: person.id,
    token: via.kind === "token" ? via.id : null,
    subjectKind: subject.kind,
    subject: subject.id,
    details,
    address,
    requestId,
  });
}
