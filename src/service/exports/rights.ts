// Whose rights an export has, and which records they let it have (IN5, IN7, DS1, CX9).
import { heldBy, may, type OrgAccess, principalIn } from "../../access/org-access.ts";
import type { Catalog, ObjectType } from "../../catalog/types.ts";
import { findMemberNamed } from "../../control/queries/members.ts";
import { findNamespace } from "../../control/queries/namespaces.ts";
import type { Namespace } from "../../control/tables.ts";
import { inputError } from "../../lib/errors.ts";
import { sentence } from "../../lib/sentence.ts";
import { isUuid } from "../../lib/uuid.ts";
import type { OpenOrg } from "../../orgs/open-org.ts";
import { accessOf } from "../../plan/access.ts";
import type { Principal } from "../../plan/principal.ts";
import type { Access } from "../../plan/scope.ts";
import type { Predicate } from "../../query/predicate.ts";
import { mustMay, type OrgCall } from "../org-call.ts";
import { isRun, ownRuns, runsIn } from "./runs.ts";

/** What an export may have of the records. */
export interface Rights {
  readonly principal: Principal;
  readonly access: Access;
  /** What records of the object type must be besides; null for nothing. */
  readonly also: Predicate | null;
  /** The role that whoever takes the archive must hold in all namespaces that it may have records of. */
  readonly least: "guest" | "analyst";
}

/** Somebody whose rights an export has. */
export interface Whose {
  readonly access: OrgAccess;
  /** The role that they are shown fields with, where it is not one that they hold in namespaces. */
  readonly role: "admin" | null;
  /** The namespaces, by keys, that they are kept to besides; null for all. */
  readonly within: ReadonlySet<string> | null;
}

/** The namespace that an export is for, where the caller belongs. @throws inputError `not-found` at `/namespace` */
export async function namespaceAsked({ access }: OrgCall, id: string | null): Promise<Namespace | null> {
  if (id === null) return null;
  const namespace = isUuid(id) ? await findNamespace(access.at, id) : undefined;
  if (namespace !== undefined && (access.isAdmin || access.namespaces.has(namespace.id))) return namespace;
  throw inputError("not-found", "/namespace", sentence`There is no such namespace, or you may not see it.`);
}

/**
 * Whose rights an export has: the caller's own, or, for administrators, those of a member who is named.
 * @throws failure `forbidden`; inputError `unknown-principal`
 */
export async function whoseRights(call: OrgCall, { config }: OpenOrg, named: string | undefined): Promise<Whose> {
  const { access } = call;
  const { at } = access;
  const isBound = access.isAdmin && config.administrators === "members";
  const held = isBound ? await heldBy(at, access.identity.person.id) : null;
  if (named === undefined) {
    return held === null
      ? { access, role: null, within: null }
      : { access: { ...access, isAdmin: false, namespaces: held }, role: "admin", within: null };
  }
  mustMay(call, "exports.asOthers");
  const member = await findMemberNamed(at, named);
  if (member === undefined || member.disabledAt !== null) {
    const hint = sentence`Name a member of the organisation by mail address or id.`;
    throw inputError("unknown-principal", "/principal", sentence`There is no such member.`, hint);
  }
  const { person: id, email, name, role } = member;
  const person = { id, email, name, language: null, timeZone: null, theme: null };
  const isAdmin = role === "admin";
  const identity: OrgAccess["identity"] = {
    person,
    orgs: new Map([[at.org, role]]),
    via: { kind: "session", id: "" },
    setCookies: [],
  };
  return {
    access: { at, identity, isAdmin, namespaces: isAdmin ? new Map() : await heldBy(at, id) },
    role: null,
    within: held === null ? null : new Set([...held.values()].map(({ key }) => key)),
  };
}

/**
 * What the records of an object type are exported with. Whoever is no analyst has their own analysis runs alone.
 * @param object null where no records are read
 * @throws failure `forbidden`
 */
export async function rightsOf(
  call: OrgCall,
  whose: Whose,
  namespace: Namespace | null,
  object: ObjectType | null,
  catalog: Catalog,
): Promise<Rights> {
  const subject = namespace === null ? {} : { namespace };
  const { person } = whose.access.identity;
  if (may(whose.access, "exports.create", subject)) {
    return rights(await principalOf(whose, "analyst", namespace), catalog, null);
  }
  const hasOwn = object !== null && isRun(object) && object.roles?.owner !== undefined;
  const isSelf = person.id === call.access.identity.person.id;
  if (!hasOwn) {
    // The administrator may; that the other one sees nothing is what was asked for.
    mustMay(isSelf ? { access: whose.access } : call, "exports.create", subject);
    return rights(await principalOf(whose, "analyst", namespace), catalog, null);
  }
  mustMay(isSelf ? { access: whose.access } : call, "runs.export", { ...subject, owner: person.id });
  return rights(await principalOf(whose, "guest", namespace), catalog, ownRuns(object, catalog, person), "guest");
}

/**
 * For an analyst who names runs: those of the namespaces where they are one, and their own wherever they are guests.
 * @returns null where that is no more than what they have as an analyst
 */
export async function rightsWithOwn(
  whose: Whose,
  namespace: Namespace | null,
  object: ObjectType,
  catalog: Catalog,
): Promise<Rights | null> {
  const { access } = whose;
  if (access.isAdmin || !isRun(object) || object.roles?.owner === undefined) return null;
  const asGuest = await principalOf(whose, "guest", namespace);
  const asAnalyst = await principalOf(whose, "analyst", namespace);
  if (asGuest.namespaces?.length === asAnalyst.namespaces?.length) return null;
  const own = ownRuns(object, catalog, access.identity.person);
  const others = runsIn(asAnalyst.namespaces ?? [], object, catalog);
  return rights(asGuest, catalog, { op: "or", of: [own, others] }, "guest");
}

function rights(
  principal: Principal,
  catalog: Catalog,
  also: Predicate | null,
  least: Rights["least"] = "analyst",
): Rights {
  return { principal, access: accessOf(principal, catalog), also, least };
}

async function principalOf(
  { access, role, within }: Whose,
  least: "guest" | "analyst",
  namespace: Namespace | null,
): Promise<Principal> {
  const purpose = { least, open: true, ...(namespace === null ? {} : { namespace: namespace.id }) };
  const principal = await principalIn(access, purpose);
  const namespaces =
    within === null ? principal.namespaces : (principal.namespaces?.filter((key) => within.has(key)) ?? [...within]);
  return { ...principal, role: role ?? principal.role, namespaces };
}
