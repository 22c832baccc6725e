// What somebody may do in an org: the roles that they have there, and the table of actions.
import { inOrg, type InOrg } from "../control/in-org.ts";
import type { Control } from "../control/open.ts";
import { heldRoles } from "../control/queries/members.ts";
import { listNamespaces, subtree } from "../control/queries/namespaces.ts";
import type { Namespace, NamespaceRole } from "../control/tables.ts";
import type { Identity } from "../identity/identity.ts";
import type { Scope } from "../identity/tokens.ts";
import { type Principal, reaches, type Role } from "../plan/principal.ts";
import { type Action, ACTIONS, type Rule } from "./actions.ts";

/** A namespace that is visible to somebody. */
export interface VisibleNamespace {
  /** What its records hold. */
  readonly key: string;
  /** The id of the one above it; null at the top. */
  readonly parent: string | null;
  readonly isArchived: boolean;
  /** The highest role that is held there, in it or in one above it. */
  readonly role: NamespaceRole;
}

/** Somebody in an org that they belong to. */
export interface OrgAccess {
  readonly at: InOrg;
  readonly identity: Identity;
  readonly isAdmin: boolean;
  /** By their ids; of an administrator, who sees all, none. */
  readonly namespaces: ReadonlyMap<string, VisibleNamespace>;
}

/** @returns null for nobody, and for whoever does not belong to the org: for them it is as if it were not there */
export async function accessIn(control: Control, org: string, identity: Identity | null): Promise<OrgAccess | null> {
  const role = identity?.orgs.get(org);
  if (identity === null || role === undefined) return null;
  const at = inOrg(control.db, org);
  const isAdmin = role === "admin";
  return { at, identity, isAdmin, namespaces: isAdmin ? new Map() : await heldBy(at, identity.person.id) };
}

/** The namespaces in which a person has roles, given there or in one above, whether or not they administer the org. */
export async function heldBy(at: InOrg, person: string): Promise<ReadonlyMap<string, VisibleNamespace>> {
  const namespaces = new Map<string, VisibleNamespace>();
  for (const held of await heldRoles(at, person)) {
    const known = namespaces.get(held.namespace);
    if (known !== undefined && reaches(known.role, held.role)) continue;
    const { key, parent, archivedAt, role: its } = held;
    namespaces.set(held.namespace, { key, parent, isArchived: archivedAt !== null, role: its });
  }
  return namespaces;
}

/** What an action is about. */
export interface Subject {
  /** The namespace that it happens in; absent for what belongs to none, where a role in any is enough. */
  readonly namespace?: Pick<Namespace, "id" | "archivedAt"> | undefined;
  /** The person who made it. */
  readonly owner?: string | null | undefined;
}

/** Whether somebody may do something. `null` is nobody, or somebody from elsewhere. */
export function may(access: OrgAccess | null, action: Action, { namespace, owner }: Subject = {}): boolean {
  const rule: Rule = ACTIONS[action];
  if (access === null) return rule.least === "nobody";
  const { via, person } = access.identity;
  if (via.kind === "token" && !isGoodFor(via.scopes, rule)) return false;
  if (rule.closes === true && (namespace?.archivedAt ?? null) !== null) return false;
  if (suffices(access, rule.least, namespace?.id)) return true;
  return rule.own !== undefined && owner === person.id && suffices(access, rule.own, namespace?.id);
}

/** Whether a token with some scopes is one for an action, whatever its person may do. */
export function isGoodFor(scopes: readonly Scope[], { scope, orScope }: Rule): boolean {
  return scope !== null && (scopes.includes(scope) || (orScope !== undefined && scopes.includes(orScope)));
}

function suffices(access: OrgAccess, least: Rule["least"], namespace: string | undefined): boolean {
  if (least === "nobody" || least === "person" || least === "member" || access.isAdmin) return true;
  return reaches(namespace === undefined ? highestRole(access) : roleIn(access, namespace), least);
}

function roleIn({ isAdmin, namespaces }: OrgAccess, namespace: string): Role | null {
  return isAdmin ? "admin" : (namespaces.get(namespace)?.role ?? null);
}

function highestRole({ namespaces }: OrgAccess): Role | null {
  let highest: Role | null = null;
  for (const { role } of namespaces.values()) if (!reaches(highest, role)) highest = role;
  return highest;
}

/** What a principal is wanted for. */
export interface Purpose {
  /** `guest` to look at records, `analyst` to take them out: only namespaces with this role count. */
  readonly least?: NamespaceRole;
  /** The one namespace that it is about, by its id, with all below it; else all that count. */
  readonly namespace?: string;
  /** Whether archived namespaces are left out. */
  readonly open?: boolean;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/**
 * Somebody as policies see them. Across several namespaces they have the lowest of their roles there, so that what is
 * de-identified below a role in one of them does not appear by way of another. Without any there are no records to see;
 * an administrator sees all namespaces, which is null, unless it is about one.
 */
export async function principalIn(
  access: OrgAccess,
  { least = "guest", namespace, open = false, attributes = {} }: Purpose = {},
): Promise<Principal> {
  const { id, email } = access.identity.person;
  if (access.isAdmin) {
    const namespaces = namespace === undefined ? null : await keysBelow(access.at, namespace, open);
    return { id, email, role: "admin", attributes, namespaces };
  }
  const counted = [...access.namespaces].filter(
    ([its, { role, isArchived }]) =>
      reaches(role, least) && (namespace === undefined || isBelow(access, its, namespace)) && !(open && isArchived),
  );
  let lowest: Role | null = null;
  for (const [, { role }] of counted) if (lowest === null || reaches(lowest, role)) lowest = role;
  return { id, email, role: lowest, attributes, namespaces: counted.map(([, { key }]) => key) };
}

/** Whether a namespace is another one or below it, as far as somebody sees: a role reaches all below where it is held. */
function isBelow({ namespaces }: OrgAccess, id: string, above: string): boolean {
  for (let its: string | null = id; its !== null; its = namespaces.get(its)?.parent ?? null) {
    if (its === above) return namespaces.has(above);
  }
  return false;
}

/** What the records of a namespace and of all below it hold. */
async function keysBelow(at: InOrg, id: string, open: boolean): Promise<string[]> {
  const ids = new Set(await subtree(at, id));
  const its = (await listNamespaces(at)).filter((it) => ids.has(it.id) && !(open && it.archivedAt !== null));
  return its.map(({ key }) => key);
}
