// What one may ask for at first: records of each object type, in pages or one by its key.
import {
  type GraphQLFieldConfig,
  type GraphQLFieldConfigArgumentMap,
  GraphQLID,
  GraphQLList,
  GraphQLNonNull,
  GraphQLString,
} from "graphql";
import type { ObjectType } from "../../catalog/types.ts";
import { isUuid } from "../../lib/uuid.ts";
import { isKnownKey } from "../../plan/keys.ts";
import { notFound } from "../../service/errors.ts";
import type { Sight } from "../../service/org-call.ts";
import { readConnection, readRecord } from "../../service/records/tree.ts";
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

type RootField = GraphQLFieldConfig<unknown, Context>;

/** @param its gives each field its name */
export function recordFields(
  types: ReadonlyMap<string, RecordTypes>,
  sight: Sight,
  its: Names,
): Record<string, RootField> {
  const fields: Record<string, RootField> = {};
  for (const type of types.values()) {
    const { object } = type;
    if (object.kind === "elements") continue;
    const name = its.take(fieldName(object.name), ...(isKnownKey(object, sight.access) ? ["ByKey"] : []));
    fields[name] = pages(type, sight);
    if (isKnownKey(object, sight.access)) fields[`${name}ByKey`] = one(type);
    // Whether somebody sees all records or some of them depends on their role alone.
    if (deletionsOffered({ ...sight, object }))
      fields[its.take(`deleted${typeName(object.name)}`)] = deletedField(object);
  }
  return fields;
}

function pages({ object, connection }: RecordTypes, sight: Sight): RootField {
  return {
    type: connection,
    args: { ...PAGE_ARGS, ...argsOf(object, sight) },
    ...described(object.label, object.documentation),
    extensions: part({ kind: "page", name: object.name }),
    resolve: (_source, args: object, { call, inTurn }, info): Promise<PageAt> => {
      const wanted = wantedPage(args, info);
      if (wanted.namespace !== undefined && !isUuid(wanted.namespace)) throw notFound("namespace");
      return inTurn(async () => ({ page: await readConnection(call, object.name, wanted) }));
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
      const wanted = wantedRecord(info);
      return inTurn(async () => {
        const found = await readRecord(call, object.name, key, wanted);
        return found === null ? null : { record: found, way: "" };
      });
    },
  };
}
