// Records that are no more, where the catalog names a log of them.
import { type GraphQLFieldConfig, GraphQLID, GraphQLObjectType, GraphQLString } from "graphql";
import type { ObjectType } from "../../catalog/types.ts";
import { type Deleted, readDeleted } from "../../service/records/tree/deleted.ts";
import type { GraphqlContext } from "./context.ts";
import { described } from "./descriptions.ts";
import {
  forwardConnection,
  forwardPage,
  PAGE_ARGUMENTS,
  type PageArguments,
  required,
  said,
} from "./forward-connections.ts";
import { part } from "./parts.ts";
import type { Context } from "./reading.ts";
import { DateTime } from "./scalars.ts";

const deleted = new GraphQLObjectType<Deleted, GraphqlContext>({
  name: "Deleted",
  description: "A record that was deleted.",
  fields: {
    key: { type: required(GraphQLID), description: "What its `_key` was." },
    at: { type: required(GraphQLString), description: "When: as the source has it." },
  },
});

/** The connection of all deletions. */
export const deletedConnection = forwardConnection(deleted, "deletions");

interface DeletedArguments extends PageArguments {
  readonly since?: string | null;
}

export function deletedField({ name, label }: ObjectType): GraphQLFieldConfig<unknown, Context, DeletedArguments> {
  return {
    type: deletedConnection,
    args: { ...PAGE_ARGUMENTS, since: { type: DateTime, description: "Those that were deleted then or later." } },
    ...described(label, "Those that were deleted, in the order in which they were."),
    extensions: part({ kind: "page", name }),
    resolve: (_source, { since, ...page }, { call, inTurn }) =>
      forwardPage(page, async ({ limit, ...query }) => {
        const from = said(since) ? { since } : {};
        const {
          deleted: data,
          cursors,
          hasNext,
        } = await inTurn(() => readDeleted(call, name, { first: limit, ...query, ...from }));
        return { data, hasMore: hasNext, cursorBehind: (n) => cursors[n] ?? null };
      }),
  };
}
