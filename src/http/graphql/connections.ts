// Connections, as the Relay specification has them: pages of records with cursors.
import {
  GraphQLBoolean,
  type GraphQLFieldConfig,
  type GraphQLFieldConfigArgumentMap,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
} from "graphql";
import type { PageInfo } from "../../service/records/tree.ts";
import { type Context, type EdgeAt, nameAt, type PageAt, type RecordAt } from "./reading.ts";
import { part } from "./parts.ts";
import { Where } from "./scalars.ts";

/** How many of a list there are where nobody says it, and how many at most. */
export const USUAL_SIZE = 20;
export const MOST_SIZE = 100;

const of = <T>(type: T): { readonly type: T } => ({ type });

export const pageInfo = new GraphQLObjectType<PageInfo, Context>({
  name: "PageInfo",
  description: "Where a page is among the others.",
  fields: {
    hasNextPage: { type: new GraphQLNonNull(GraphQLBoolean), resolve: ({ hasNext }) => hasNext },
    hasPreviousPage: { type: new GraphQLNonNull(GraphQLBoolean), resolve: ({ hasPrevious }) => hasPrevious },
    startCursor: { ...of(GraphQLString), resolve: ({ start }) => start },
    endCursor: {
      ...of(GraphQLString),
      description: "What to send as `after` for the next page.",
      resolve: ({ end }) => end,
    },
  },
});

/** Arguments of every connection of records. */
export const PAGE_ARGS: GraphQLFieldConfigArgumentMap = {
  first: {
    ...of(GraphQLInt),
    description: `How many from the beginning: 1 to ${MOST_SIZE}; ${USUAL_SIZE} when absent.`,
  },
  after: { ...of(GraphQLString), description: "A cursor: records behind it." },
  last: { ...of(GraphQLInt), description: `How many from the end, instead of \`first\`.` },
  before: { ...of(GraphQLString), description: "A cursor: records before it." },
  where: of(Where),
  search: { ...of(GraphQLString), description: "Words that must all be found in a record's texts." },
  order: {
    type: new GraphQLList(new GraphQLNonNull(GraphQLString)),
    description: "Paths of fields, as the catalog names them, descending with a minus in front: `-collected_on`.",
  },
};

/** The connection type of a type of records. @param name that of the type */
export function connectionOf(
  name: string,
  record: GraphQLObjectType<RecordAt, Context>,
): GraphQLObjectType<PageAt, Context> {
  const edge = new GraphQLObjectType<EdgeAt, Context>({
    name: `${name}Edge`,
    fields: {
      cursor: {
        ...of(GraphQLString),
        description: "Null where a record cannot be come back to.",
        resolve: ({ cursor }) => cursor,
      },
      node: {
        type: new GraphQLNonNull(record),
        resolve: ({ record: its, way }, _args, _context, { path }): RecordAt => ({
          record: its,
          way: nameAt(way, String(path.key)),
        }),
      },
    },
  });
  return new GraphQLObjectType<PageAt, Context>({
    name: `${name}Connection`,
    fields: {
      nodes: {
        type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(record))),
        description: "The records of the page.",
        extensions: part({ kind: "items" }),
        resolve: ({ page }, _args, _context, { path }): RecordAt[] =>
          page.records.map((its) => ({ record: its, way: String(path.key) })),
      },
      edges: {
        type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(edge))),
        description: "The same with the cursor of each.",
        extensions: part({ kind: "items" }),
        resolve: ({ page }, _args, _context, { path }): EdgeAt[] =>
          page.records.map((its, n) => ({ record: its, way: String(path.key), cursor: page.cursors[n] ?? null })),
      },
      pageInfo: { type: new GraphQLNonNull(pageInfo), resolve: ({ page }) => page },
      totalCount: {
        ...of(GraphQLInt),
        description:
          "How many records there are on all pages: counted only when it is asked for. Null where that takes too long.",
        extensions: part({ kind: "count" }),
        resolve: ({ page }) => page.count,
      },
    } satisfies Record<string, GraphQLFieldConfig<PageAt, Context>>,
  });
}
