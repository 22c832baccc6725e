// Records that are no more, where the catalog names a log of them.
import {
  type GraphQLFieldConfig,
  GraphQLID,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
} from "graphql";
import type { ObjectType } from "../../catalog/types.ts";
import { inputError } from "../../lib/errors.ts";
import { type Deleted, type DeletedPage, readDeleted } from "../../service/records/tree/deleted.ts";
import { MOST_SIZE, pageInfo, USUAL_SIZE } from "./connections.ts";
import { described } from "./descriptions.ts";
import { part } from "./parts.ts";
import type { Context } from "./reading.ts";
import { DateTime } from "./scalars.ts";

const deleted = new GraphQLObjectType<Deleted, Context>({
  name: "Deleted",
  description: "A record that was deleted.",
  fields: {
    key: { type: new GraphQLNonNull(GraphQLID), description: "What its `_key` was." },
    at: { type: new GraphQLNonNull(GraphQLString), description: "When: as the source has it." },
  },
});

const edge = new GraphQLObjectType<{ readonly cursor: string | null; readonly node: Deleted }, Context>({
  name: "DeletedEdge",
  fields: { cursor: { type: GraphQLString }, node: { type: new GraphQLNonNull(deleted) } },
});

/** The connection of all deletions. */
export const deletedConnection = new GraphQLObjectType<DeletedPage, Context>({
  name: "DeletedConnection",
  description: "Records that were deleted, in the order in which they were.",
  fields: {
    nodes: {
      type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(deleted))),
      extensions: part({ kind: "items" }),
      resolve: (page) => page.deleted,
    },
    edges: {
      type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(edge))),
      extensions: part({ kind: "items" }),
      resolve: (page) => page.deleted.map((node, n) => ({ node, cursor: page.cursors[n] ?? null })),
    },
    pageInfo: {
      type: new GraphQLNonNull(pageInfo),
      resolve: ({ cursors, hasNext }) => ({
        hasNext,
        hasPrevious: false,
        start: cursors[0] ?? null,
        end: cursors.at(-1) ?? null,
      }),
    },
  },
});

interface DeletedArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly since?: string | null;
}

export function deletedField({ name, label }: ObjectType): GraphQLFieldConfig<unknown, Context, DeletedArguments> {
  return {
    type: deletedConnection,
    args: {
      first: { type: GraphQLInt, description: `How many: 1 to ${MOST_SIZE}; ${USUAL_SIZE} when absent.` },
      after: { type: GraphQLString, description: "A cursor: those behind it." },
      since: { type: DateTime, description: "Those that were deleted then or later." },
    },
    ...described(label, "Those that were deleted, in the order in which they were."),
    extensions: part({ kind: "page", name }),
    resolve: (_source, { first, after, since }, { call, inTurn }) => {
      const size = first ?? USUAL_SIZE;
      if (size < 1 || size > MOST_SIZE) {
        throw inputError("size-not-suited", "/first", `\`first\` must be from 1 to ${MOST_SIZE}.`);
      }
      const place = {
        ...(typeof after === "string" ? { after } : {}),
        ...(typeof since === "string" ? { since } : {}),
      };
      return inTurn(() => readDeleted(call, name, { first: size, ...place }));
    },
  };
}
