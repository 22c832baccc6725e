// Connections that go on from the front only: batches, exports, deletions.
import {
  type GraphQLFieldConfigArgumentMap,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLNullableOutputType,
  type GraphQLOutputType,
  GraphQLString,
} from "graphql";
import { inputError, WaybillError } from "../../lib/errors.ts";
import { sentence } from "../../lib/sentence.ts";
import type { PlacedAnswer } from "../../service/lists.ts";
import { MOST_SIZE, pageInfo, USUAL_SIZE } from "./connections.ts";
import type { GraphqlContext } from "./context.ts";
import { part } from "./parts.ts";

export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
}

export const PAGE_ARGUMENTS = {
  first: { type: GraphQLInt, description: `How many: 1 to ${MOST_SIZE}; ${USUAL_SIZE} when absent.` },
  after: { type: GraphQLString, description: "A cursor: those behind it." },
} satisfies GraphQLFieldConfigArgumentMap;

interface Edge<Item> {
  /** Null where nobody can go on from there. */
  readonly cursor: () => string | null;
  readonly node: Item;
}

/** What was read for a page. */
interface Read<Item> {
  readonly data: readonly Item[];
  readonly hasMore: boolean;
  readonly cursorBehind: (n: number) => string | null;
}

/** A page, as its connection shows it. */
export interface ForwardPage<Item> {
  readonly nodes: readonly Item[];
  readonly edges: readonly Edge<Item>[];
  readonly pageInfo: {
    readonly hasNext: boolean;
    readonly hasPrevious: boolean;
    readonly start: string | null;
    readonly end: string | null;
  };
}

/** @throws inputError `size-not-suited`; what `read` throws */
export async function forwardPage<Item>(
  { first, after }: PageArguments,
  read: (query: { readonly limit: number; readonly after?: string }) => Promise<Read<Item>>,
): Promise<ForwardPage<Item>> {
  const limit = first ?? USUAL_SIZE;
  if (limit < 1 || limit > MOST_SIZE) {
    const hint = sentence`Take more pages instead: \`after\` goes on behind a cursor.`;
    throw inputError("size-not-suited", "/first", sentence`\`first\` must be from 1 to ${MOST_SIZE}.`, hint);
  }
  const { data, hasMore, cursorBehind } = await read({ limit, ...(said(after) ? { after } : {}) });
  const at = (n: number): string | null => (data.length === 0 ? null : cursorBehind(n));
  return {
    nodes: data,
    edges: data.map((node, n) => ({ node, cursor: () => cursorBehind(n) })),
    pageInfo: { hasNext: hasMore, hasPrevious: said(after), start: at(0), end: at(data.length - 1) },
  };
}

/** A page of a list of the service. */
export function ofList<Item>({ data, next, cursorBehind }: PlacedAnswer<Item>): Read<Item> {
  return { data, hasMore: next !== null, cursorBehind };
}

/** Whether an argument says something: null is as good as nothing. */
export function said<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined;
}

/** Null for what is not there, and for what may not be seen. */
export async function orNull<Found>(finding: Promise<Found>): Promise<Found | null> {
  try {
    return await finding;
  } catch (error) {
    if (error instanceof WaybillError && error.code === "not-found") return null;
    throw error;
  }
}

/** The connection type of a type. @param many what its items are called */
export function forwardConnection<Item>(
  node: GraphQLObjectType<Item, GraphqlContext>,
  many: string,
): GraphQLObjectType<ForwardPage<Item>, GraphqlContext> {
  const all = (type: GraphQLNullableOutputType): GraphQLOutputType => required(new GraphQLList(required(type)));
  const edge = new GraphQLObjectType<Edge<Item>, GraphqlContext>({
    name: `${node.name}Edge`,
    fields: { cursor: { type: GraphQLString }, node: { type: required(node) } },
  });
  return new GraphQLObjectType<ForwardPage<Item>, GraphqlContext>({
    name: `${node.name}Connection`,
    fields: {
      nodes: { type: all(node), description: `The ${many} of the page.`, extensions: part({ kind: "items" }) },
      edges: { type: all(edge), description: "The same with the cursor of each.", extensions: part({ kind: "items" }) },
      pageInfo: { type: required(pageInfo) },
    },
  });
}

export function required(type: GraphQLNullableOutputType): GraphQLOutputType {
  return new GraphQLNonNull(type);
}
