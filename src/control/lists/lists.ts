// The lists of the API: what each can be filtered and sorted by, under the names that its items have there.
import { type RawBuilder, sql } from "kysely";
import type { NamespaceRole } from "../tables.ts";
import type { List, ListColumn, ListOrder } from "./list.ts";

type Value = string | RawBuilder<unknown>;

/** Of values that are always there; `maybe` of those that may be missing. */
const columnOf =
  (type: ListColumn["type"]) =>
  (value: Value): ListColumn => ({
    type,
    nullable: false,
    value: typeof value === "string" ? sql.ref(value) : value,
  });
const text = columnOf("text");
const integer = columnOf("integer");
const boolean = columnOf("boolean");
const instant = columnOf("instant");
const uuid = columnOf("uuid");
const texts = columnOf("array");
const maybe = (column: ListColumn): ListColumn => ({ ...column, nullable: true });

/** @param order the list's own: `-_id`; the last of it is unique */
function list(name: string, order: string, columns: List["columns"]): List {
  const its = order.split(",").map((by): ListOrder => ({ by: by.replace(/^-/, ""), descending: by.startsWith("-") }));
  return { name, columns, order: its, key: its.at(-1)!.by };
}

/** @param roles of the caller by namespace; null for an administrator, who sees all */
export function namespaceList(roles: ReadonlyMap<string, NamespaceRole> | null): List {
  const role =
    roles === null
      ? sql`'admin'::text`
      : sql`(${JSON.stringify(Object.fromEntries(roles))}::text::jsonb ->> namespace.id::text)`;
  return list("namespaces", "_id", {
    _id: uuid("namespace.id"),
    parent: maybe(uuid("namespace.parent")),
    key: text("namespace.key"),
    code: text("namespace.code"),
    name: text("namespace.name"),
    fromSource: boolean("namespace.fromSource"),
    archived: maybe(instant("namespace.archivedAt")),
    created: instant("namespace.createdAt"),
    role: text(role),
  });
}

export const NAMESPACE_MEMBERS = list("members", "person", {
  person: uuid("namespaceRole.person"),
  name: text("person.name"),
  email: text("person.email"),
  role: text("namespaceRole.role"),
});

export const MEMBERS = list("members", "_id", {
  _id: uuid("membership.person"),
  name: text("person.name"),
  email: text("person.email"),
  role: maybe(text("membership.role")),
  created: instant("membership.createdAt"),
  disabled: maybe(instant("person.disabledAt")),
});

export const INVITATIONS = list("invitations", "-_id", {
  _id: uuid("invitation.id"),
  email: text("invitation.email"),
  role: maybe(text("invitation.role")),
  namespace: maybe(uuid("invitation.namespace")),
  created: instant("invitation.createdAt"),
  expires: instant("invitation.expiresAt"),
});

export const TOKENS = list("tokens", "-_id", {
  _id: uuid("apiToken.id"),
  person: uuid("apiToken.person"),
  name: text("apiToken.name"),
  scopes: texts("apiToken.scopes"),
  addresses: texts("apiToken.addresses"),
  created: instant("apiToken.createdAt"),
  expires: maybe(instant("apiToken.expiresAt")),
  lastUsed: maybe(instant("apiToken.lastUsedAt")),
  revoked: maybe(instant("apiToken.revokedAt")),
});

export const VIEWS = list("views", "name,_id", {
  _id: uuid("savedView.id"),
  objects: text("savedView.object"),
  name: text("savedView.name"),
  created: instant("savedView.createdAt"),
});

export const PERSISTED_QUERIES = list("persisted queries", "name,_id", {
  _id: text("persistedQuery.id"),
  name: text("persistedQuery.name"),
  "owner.id": maybe(uuid("persistedQuery.person")),
  "owner.name": maybe(text("person.name")),
  created: instant("persistedQuery.createdAt"),
  lastUsed: maybe(instant("persistedQuery.lastUsedAt")),
});

export const BATCHES = list("batches", "-_id", {
  _id: uuid("batch.id"),
  name: text("batch.name"),
  objects: text("batch.object"),
  namespace: maybe(uuid("batch.namespace")),
  "owner.id": maybe(uuid("batch.person")),
  "owner.name": maybe(text("person.name")),
  keyColumns: texts("batch.keyColumns"),
  count: integer("batch.keyCount"),
  created: instant("batch.createdAt"),
});

export const EXPORTS = list("exports", "-_id", {
  _id: uuid("export.id"),
  label: maybe(text("export.label")),
  description: maybe(text("export.description")),
  kind: text("export.kind"),
  objects: maybe(text("export.object")),
  namespace: maybe(uuid("export.namespace")),
  batch: maybe(uuid("export.batch")),
  template: maybe(uuid("export.template")),
  format: text("export.format"),
  state: text("export.state"),
  "owner.id": maybe(uuid("export.person")),
  "owner.name": maybe(text("person.name")),
  principal: maybe(uuid("export.principal")),
  purpose: maybe(text("export.purpose")),
  created: instant("export.createdAt"),
  startsAt: maybe(instant("export.startsAt")),
  started: maybe(instant("export.startedAt")),
  ended: maybe(instant("export.endedAt")),
  expiresAt: maybe(instant("export.expiresAt")),
  problems: integer("export.problems"),
  "dataFile.size": maybe(integer(sql`(case when export.state = 'ready' then export.size end)`)),
  resubmitOf: maybe(uuid("export.resubmitOf")),
});

export const TEMPLATES = list("templates", "-_id", {
  _id: uuid("template.id"),
  name: text("template.name"),
  namespace: maybe(uuid("template.namespace")),
  person: maybe(uuid("template.person")),
  revision: integer("template.revision"),
  created: instant("template.createdAt"),
  updated: instant("template.updatedAt"),
  description: maybe(text(sql`(template_revision.body ->> 'description')`)),
  objects: maybe(text(sql`(template_revision.body ->> 'object')`)),
  format: maybe(text(sql`(template_revision.body ->> 'format')`)),
});

export const REVISIONS = list("versions", "-revision", {
  revision: integer("templateRevision.revision"),
  person: maybe(uuid("templateRevision.person")),
  created: instant("templateRevision.createdAt"),
});

export const SHARES = list("shares", "namespace", { namespace: uuid("templateShare.namespace") });

export const AUDIT = list("audit", "-_id", {
  _id: uuid("audit.id"),
  at: instant("audit.at"),
  person: maybe(uuid("audit.person")),
  token: maybe(uuid("audit.token")),
  action: text("audit.action"),
  subjectKind: maybe(text("audit.subjectKind")),
  subject: maybe(text("audit.subject")),
  address: maybe(text("audit.address")),
  requestId: maybe(text("audit.requestId")),
});

/** Not in the database: see `pageOfGiven`. */
export const OBJECTS = list("objects", "position", {
  position: { ...integer("given.position"), hidden: true },
  name: text(sql`(given.item ->> 'name')`),
  label: maybe(text(sql`(given.item ->> 'label')`)),
  documentation: maybe(text(sql`(given.item ->> 'documentation')`)),
  kind: text(sql`(given.item ->> 'kind')`),
  key: texts(sql`array(select jsonb_array_elements_text(given.item -> 'key'))`),
  title: maybe(text(sql`(given.item ->> 'title')`)),
  state: maybe(text(sql`(given.item ->> 'state')`)),
  updated: maybe(text(sql`(given.item ->> 'updated')`)),
  source: maybe(text(sql`(given.item ->> 'source')`)),
  "range.field": maybe(text(sql`(given.item -> 'range' ->> 'field')`)),
  "range.max": maybe(text(sql`(given.item -> 'range' ->> 'max')`)),
  namespaced: boolean(sql`(given.item ->> 'namespaced')::boolean`),
  estimatedRows: maybe(integer(sql`(given.item ->> 'estimatedRows')::numeric`)),
});
