// The tree of groups and projects: what people see of it, and who changes it.
import { isDuplicate, isMissingReference } from "../control/errors.ts";
import { namespaceList } from "../control/lists/lists.ts";
import * as kept from "../control/queries/namespaces.ts";
import type { Namespace } from "../control/tables.ts";
import type { Role } from "../plan/principal.ts";
import { inputError } from "../lib/errors.ts";
import { sentence } from "../lib/sentence.ts";
import { conflict, notFound } from "./errors.ts";
import { answer, type ListAnswer, type ListQuery } from "./lists.ts";
import { audit, mustMay, type OrgCall } from "./org-call.ts";

/** A namespace with the caller's role in it. */
export interface SeenNamespace extends Namespace {
  readonly role: Role;
}

/** Those that the caller has a role in; an administrator sees all. */
export async function seenNamespaces(call: OrgCall, query: ListQuery = {}): Promise<ListAnswer<SeenNamespace>> {
  const { at, isAdmin, namespaces } = call.access;
  const roles = isAdmin ? null : new Map([...namespaces].map(([id, { role }]) => [id, role]));
  const { data, next } = await answer(call, namespaceList(roles), query, null, (page) =>
    kept.listNamespacesOf(at, roles, page),
  );
  return { data: data.map((it) => ({ ...it, role: roles === null ? "admin" : roles.get(it.id)! })), next };
}

/** @throws failure `not-found`, also for one that the caller has no role in */
export async function seenNamespace({ access }: OrgCall, id: string): Promise<SeenNamespace> {
  const role = access.isAdmin ? "admin" : access.namespaces.get(id)?.role;
  const namespace = role === undefined ? undefined : await kept.findNamespace(access.at, id);
  if (namespace === undefined || role === undefined) throw notFound("namespace");
  return { ...namespace, role };
}

/** A namespace that a call makes or does something in. */
export interface NamespaceRequest {
  readonly parent: string | null;
  readonly code: string;
  readonly name: string;
  readonly key?: string | undefined;
}

/** @throws failure `not-found`, `forbidden`, `name-taken` */
export async function createNamespace(call: OrgCall, request: NamespaceRequest): Promise<SeenNamespace> {
  await mustManage(call, request.parent);
  const { key, ...its } = request;
  const made = await named(() => kept.addNamespace(call.access.at, key === undefined ? its : { ...its, key }));
  await audit(call, "namespace.create", { kind: "namespace", id: made.id }, { code: made.code, parent: made.parent });
  return { ...made, role: call.access.isAdmin ? "admin" : "owner" };
}

export interface NamespaceChange {
  readonly name?: string | undefined;
  readonly code?: string | undefined;
  /** Null for the top. */
  readonly parent?: string | null | undefined;
  readonly archived?: boolean | undefined;
}

/** @throws failure `not-found`, `forbidden`, `name-taken`, `from-source`; usageError `namespace-ring` */
export async function changeNamespace(call: OrgCall, id: string, change: NamespaceChange): Promise<SeenNamespace> {
  const { at } = call.access;
  const namespace = await seenNamespace(call, id);
  mustMay(call, "namespaces.manage", { namespace });
  const { name, code, parent, archived } = change;
  if (namespace.fromSource && (name !== undefined || code !== undefined || parent !== undefined)) {
    const hint = sentence`Change it there, or take namespaces: out of the configuration.`;
    throw conflict("from-source", sentence`The names and places of this namespace come from a source.`, hint);
  }
  if (parent !== undefined && parent !== namespace.parent) {
    await mustManage(call, parent);
    if (!(await named(() => kept.moveNamespace(at, id, parent)))) {
      throw inputError(
        "namespace-ring",
        "/parent",
        sentence`A namespace cannot be below itself.`,
        sentence`Choose another parent.`,
      );
    }
  }
  if (name !== undefined || code !== undefined) {
    const names = { ...(name === undefined ? {} : { name }), ...(code === undefined ? {} : { code }) };
    await named(() => kept.changeNamespace(at, id, names));
  }
  if (archived !== undefined) await kept.archiveNamespace(at, id, archived);
  await audit(call, "namespace.change", { kind: "namespace", id }, { ...change });
  return seenNamespace(call, id);
}

/** @throws failure `not-found`, `forbidden`, `namespace-in-use`, `from-source` */
export async function deleteNamespace(call: OrgCall, id: string): Promise<void> {
  const namespace = await seenNamespace(call, id);
  mustMay(call, "namespaces.manage", { namespace });
  if (namespace.fromSource)
    throw conflict("from-source", sentence`This namespace comes from a source.`, sentence`Archive it instead.`);
  try {
    await kept.removeNamespace(call.access.at, id);
  } catch (error) {
    if (!isMissingReference(error)) throw error;
    const hint = sentence`Delete those first, or archive it.`;
    throw conflict("namespace-in-use", sentence`There are namespaces, batches or templates in this namespace.`, hint);
  }
  await audit(call, "namespace.delete", { kind: "namespace", id }, { code: namespace.code });
}

/** At the top, the org itself is what is managed. */
async function mustManage(call: OrgCall, parent: string | null): Promise<void> {
  if (parent === null) mustMay(call, "org.manage");
  else mustMay(call, "namespaces.manage", { namespace: await seenNamespace(call, parent) });
}

async function named<Result>(change: () => Promise<Result>): Promise<Result> {
  try {
    return await change();
  } catch (error) {
    if (isDuplicate(error, "namespace_key")) {
      throw conflict(
        "name-taken",
        sentence`There is a namespace with this key.`,
        sentence`Keys are unique in the organisation.`,
      );
    }
    if (isDuplicate(error)) {
      throw conflict(
        "name-taken",
        sentence`There is a namespace with this code beside it.`,
        sentence`Choose another code.`,
      );
    }
    throw error;
  }
}
