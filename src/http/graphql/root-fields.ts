// What one may ask for at first: records of each object type, in pages or one by its key.
import {
  type GraphQLFieldConfig,
  type GraphQLFieldConfigArgumentMap,
  GraphQLID,
  GraphQLList,
  GraphQLNonNull,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  GraphQLString,
} from "graphql";
import type { ObjectType } from "../../catalog/types.ts";
import { isUuid } from "../../lib/uuid.ts";
import { isKnownKey } from "../../plan/keys.ts";
import { notFound } from "../../service/errors.ts";
import type { Sight } from "../../service/org-call.ts";
import {
  readConnection,
  readConnectionJson,
  readRecord,
  readRecordJson,
  type WantedPage,
} from "../../service/records/tree.ts";
import { deletionsOffered } from "../../service/records/tree/deleted.ts";
import { pageFilters } from "../../service/records/tree/filters.ts";
import { PAGE_ARGS } from "./connections.ts";
import { deletedField } from "./deletions.ts";
import { described } from "./descriptions.ts";
import { wantedPage, wantedRecord } from "./look-ahead.ts";
import { fieldName, type Names, typeName } from "./names.ts";
import { part } from "./parts.ts";
import type { Context, PageAt, RecordAt } from "./reading.ts";
import type { RecordTypes } from "./record-types.ts";
import { DateTime } from "./scalars.ts";
import { Written } from "./written.ts";
import {
  membersOfPage,
  membersOfRecord,
  writtenConnection,
  type WrittenPageAt,
  WrittenRecords,
} from "./written-records.ts";

type RootField = GraphQLFieldConfig<unknown, Context>;

/**
 * @param its gives each field its name
 * @returns also those of plain documents
 */
export function recordFields(
  types: ReadonlyMap<string, RecordTypes>,
  sight: Sight,
  its: Names,
): { readonly fields: Record<string, RootField>; readonly written: Record<string, RootField> } {
  const fields: Record<string, RootField> = {};
  const written: Record<string, RootField> = {};
  for (const type of types.values()) {
    const { object } = type;
    if (object.kind === "elements") continue;
    const name = its.take(fieldName(object.name), ...(isKnownKey(object, sight.access) ? ["ByKey"] : []));
    fields[name] = pages(type, sight);
    written[name] = writtenPages(type, fields[name]);
    if (isKnownKey(object, sight.access)) {
      const byKey = `${name}ByKey`;
      fields[byKey] = one(type);
      written[byKey] = writtenOne(type, fields[byKey]);
    }
    // Whether somebody sees all records or some of them depends on their role alone.
    if (deletionsOffered({ ...sight, object }))
      fields[its.take(`deleted${typeName(object.name)}`)] = deletedField(object);
  }
  return { fields, written };
}

function pages({ object, connection }: RecordTypes, sight: Sight): RootField {
  return {
    type: connection,
    args: { ...PAGE_ARGS, ...argsOf(object, sight) },
    ...described(object.label, object.documentation),
    extensions: part({ kind: "page", name: object.name }),
    resolve: (_source, args: object, { call, inTurn }, info): Promise<PageAt> => {
      const wanted = pageAsked(args, info, connection);
      return inTurn(async () => ({ page: await readConnection(call, object.name, wanted) }));
    },
  };
}

function pageAsked(args: object, info: GraphQLResolveInfo, connection: GraphQLObjectType): WantedPage {
  const wanted = wantedPage(args, info, connection);
  if (wanted.namespace !== undefined && !isUuid(wanted.namespace)) throw notFound("namespace");
  return wanted;
}

function writtenPages({ object, connection }: RecordTypes, field: RootField): RootField {
  return {
    ...field,
    type: writtenConnection(connection.name),
    resolve: (_source, args: object, { call, inTurn, problems }, info): Promise<WrittenPageAt> => {
      const wanted = pageAsked(args, info, connection);
      const members = membersOfPage(info, connection, problems);
      return inTurn(async () => ({ page: await readConnectionJson(call, object.name, wanted, members) }));
    },
  };
}

/** What may be asked of records by the part that some of their fields play. */
function argsOf(object: ObjectType, { access }: Sight): GraphQLFieldConfigArgumentMap {
  const { created, updated, state } = pageFilters({ object, access });
  return {
    ...(object.roles?.namespace === undefined
      ? {}
      : { namespace: { type: GraphQLID, description: "The id of a namespace: records of it and of those below it." } }),
    ...(created === null
      ? {}
      : { createdSince: { type: DateTime, description: `Records whose \`${created.name}\` is then or later.` } }),
    ...(updated === null
      ? {}
      : {
          updatedSince: {
            type: DateTime,
            description: `Records whose \`${updated.name}\` is then or later, in the order of their changes.`,
          },
        }),
    ...(state === null
      ? {}
      : {
          state: {
            type: new GraphQLList(new GraphQLNonNull(GraphQLString)),
            description: `Records whose \`${state.name}\` is one of these codes.`,
          },
        }),
  };
}

function one({ object, record }: RecordTypes): RootField {
  return {
    type: record,
    args: { key: { type: new GraphQLNonNull(GraphQLID) } },
    ...described(object.label, "Null where there is none, or none that may be seen."),
    extensions: part({ kind: "reference", name: object.name }),
    resolve: (_source, { key }: { readonly key: string }, { call, inTurn }, info): Promise<RecordAt | null> => {
      const wanted = wantedRecord(info, record);
      return inTurn(async () => {
        const found = await readRecord(call, object.name, key, wanted);
        return found === null ? null : { record: found, way: "" };
      });
    },
  };
}

function writtenOne({ object, record }: RecordTypes, field: RootField): RootField {
  return {
    ...field,
    type: WrittenRecords,
    resolve: (
      _source,
      { key }: { readonly key: string },
      { call, inTurn, problems },
      info,
    ): Promise<Written | null> => {
      const wanted = wantedRecord(info, record);
      const members = membersOfRecord(info, record, problems);
      return inTurn(async () => {
        const found = await readRecordJson(call, object.name, key, wanted, members);
        return found === null ? null : new Written(found, "one");
      });
    },
  };
}
