// Types of records: an object type as a caller sees it, with its fields, references, lists and files.
import { type GraphQLFieldConfig, GraphQLID, GraphQLNonNull, GraphQLObjectType, type GraphQLScalarType } from "graphql";
import type { Attachments, Field, List, ObjectType, Reference } from "../../catalog/types.ts";
import { isOnOffer } from "../../plan/choose.ts";
import { sourceOf } from "../../plan/selection.ts";
import type { Sight } from "../../service/org-call.ts";
import { filesOf, followed, listsOf } from "../../service/records/links.ts";
import { connectionOf, PAGE_ARGS } from "./connections.ts";
import { described, describedField } from "./descriptions.ts";
import { shownAs, typeOf } from "./field-types.ts";
import { FILES_ARGS, type FilesAt, filesType } from "./file-types.ts";
import { fieldName, names, typeName } from "./names.ts";
import { part } from "./parts.ts";
import { type Context, nameAt, type PageAt, type RecordAt } from "./reading.ts";

/** The types of an object type's records. */
export interface RecordTypes {
  readonly object: ObjectType;
  readonly record: GraphQLObjectType<RecordAt, Context>;
  readonly connection: GraphQLObjectType<PageAt, Context>;
}

type RecordField = GraphQLFieldConfig<RecordAt, Context>;

/**
 * Types by the names of object types.
 * @param reserved names of other types
 */
export function recordTypes(sight: Sight, reserved: readonly string[]): ReadonlyMap<string, RecordTypes> {
  const its = names(reserved);
  const types = new Map<string, RecordTypes>();
  for (const object of sight.catalog.objects.values()) {
    if (object.fields.length === 0) continue;
    const name = its.take(typeName(object.name), "Connection", "Edge");
    const record = new GraphQLObjectType<RecordAt, Context>({
      name,
      ...describedObject(object, name),
      fields: () => fieldsOf(object, sight, types),
    });
    types.set(object.name, { object, record, connection: connectionOf(name, record) });
  }
  return types;
}

function describedObject({ label, documentation, name }: ObjectType, type: string): { description?: string } {
  return described(label, documentation, name !== type && `The object type \`${name}\`.`);
}

function fieldsOf(
  object: ObjectType,
  sight: Sight,
  types: ReadonlyMap<string, RecordTypes>,
): Record<string, RecordField> {
  const from = { ...sight, object };
  const its = names();
  const fields: Record<string, RecordField> = {
    [its.take("_key")]: {
      type: GraphQLID,
      description:
        "The record's key, as a text: of several fields, a JSON array. Null where it has none that may be told.",
      extensions: part({ kind: "key" }),
      resolve: ({ record }) => record.key,
    },
  };
  for (const field of object.fields) {
    if (field.hidden === true || !isOnOffer(sight.access, object, field)) continue;
    const name = its.take(fieldName(field.name));
    fields[name] = valueField(field, name, object, sight);
  }
  for (const { link, to } of followed<Reference>(from, object.references)) {
    fields[its.take(fieldName(link.name))] = referenceField(link, types.get(to.name)!);
  }
  for (const { link, to } of listsOf(from))
    fields[its.take(fieldName(link.name))] = listField(link, types.get(to.name)!);
  for (const { link } of filesOf(from)) fields[its.take(fieldName(link.name))] = filesField(link, object);
  return fields;
}

function valueField(field: Field, name: string, object: ObjectType, { access, org }: Sight): RecordField {
  const rule = access.mayRead(object, field) ? null : (access.shownAs(object, field)?.rule ?? null);
  const type: GraphQLScalarType = typeOf(field, rule, keepsTypes(org.config.sources.get(sourceOf(object))?.url));
  return {
    type,
    ...describedField(field, name, rule),
    extensions: part({ kind: "value", name: field.name, object: object.name }),
    resolve: ({ record }, _args, { problems }) =>
      shownAs(type, record.fields[field.name], (detail) => problems.add(object.name, field.name, detail)),
  };
}

/** Columns of SQLite take values of every type, and files say nothing of types that binds. */
function keepsTypes(url: string | undefined): boolean {
  return url !== undefined && /^(?:postgres(?:ql)?|mariadb|mysql):/i.test(url);
}

function referenceField({ name }: Reference, { record, object }: RecordTypes): RecordField {
  return {
    type: record,
    ...described(object.label, "Null where there is none, or none that may be seen."),
    extensions: part({ kind: "reference", name }),
    resolve: ({ record: its, way }, _args, _context, { path }): RecordAt | null => {
      const other = its.references[nameAt(way, String(path.key))] ?? null;
      return other === null ? null : { record: other, way: "" };
    },
  };
}

function listField({ name }: List, { connection, object }: RecordTypes): RecordField {
  return {
    type: new GraphQLNonNull(connection),
    args: PAGE_ARGS,
    ...described(object.label),
    extensions: part({ kind: "page", name }),
    resolve: ({ record, way }, _args, _context, { path }): PageAt => ({
      page: record.lists[nameAt(way, String(path.key))]!,
    }),
  };
}

function filesField({ name }: Attachments, object: ObjectType): RecordField {
  return {
    type: new GraphQLNonNull(filesType),
    args: FILES_ARGS,
    description: "Attached files.",
    extensions: part({ kind: "files", name }),
    resolve: ({ record, way }, _args, _context, { path }): FilesAt => ({
      its: record.files[nameAt(way, String(path.key))]!,
      object: object.name,
      key: record.key,
      name,
    }),
  };
}
