// Batches in GraphQL: the same that REST tells of them, to the same people.
import {
  type GraphQLFieldConfig,
  GraphQLID,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
} from "graphql";
import type { BatchFacts } from "../../service/batches/facts.ts";
import { findBatch, listBatches } from "../../service/batches/find.ts";
import type { GraphqlContext } from "./context.ts";
import { ownerType } from "./export-type.ts";
import { part } from "./parts.ts";
import { DateTime, Json } from "./scalars.ts";
import {
  ofList,
  orNull,
  PAGE_ARGUMENTS,
  type PageArguments,
  required,
  said,
  forwardConnection,
  forwardPage,
} from "./forward-connections.ts";

interface BatchesArguments extends PageArguments {
  readonly objects?: string | null;
  readonly namespace?: string | null;
}

const batch = new GraphQLObjectType<BatchFacts, GraphqlContext>({
  name: "Batch",
  description: "A list of records, frozen.",
  fields: {
    id: { type: required(GraphQLID) },
    name: { type: required(GraphQLString) },
    objects: { type: required(GraphQLString), description: "The name of the object type of its records." },
    namespace: { type: GraphQLID, description: "The id of the namespace that its records are of; null for several." },
    owner: { type: ownerType, description: "Who made it." },
    keyColumns: {
      type: required(new GraphQLList(required(GraphQLString))),
      description: "The columns that make the key.",
    },
    count: { type: required(GraphQLInt), description: "How many records there are in it." },
    source: { type: required(Json), description: "What it was made from: a filter, or a list of keys." },
    created: { type: required(DateTime) },
    url: {
      type: required(GraphQLString),
      description: "Its page, for people.",
      resolve: ({ id }, _args, { call, baseUrl }) => `${baseUrl}/${call.access.at.org}/batches/${id}`,
    },
  },
});

/** The fields of the root. */
export const batchFields = {
  batches: {
    type: forwardConnection(batch, "batches"),
    description: "One's own batches, the newest first; all for administrators.",
    args: {
      ...PAGE_ARGUMENTS,
      objects: { type: GraphQLString, description: "The name of an object type: batches of its records." },
      namespace: { type: GraphQLID, description: "The id of a namespace: batches of it and of those below it." },
    },
    extensions: part({ kind: "page", name: "batches" }),
    resolve: (_source, { objects, namespace, ...page }: BatchesArguments, { call }) =>
      forwardPage(page, async (query) => {
        const which = { ...(said(objects) ? { object: objects } : {}), ...(said(namespace) ? { namespace } : {}) };
        return ofList(await listBatches(call, { ...query, ...which }));
      }),
  },
  batch: {
    type: batch,
    description: "Null where there is none, or none that may be seen.",
    args: { id: { type: new GraphQLNonNull(GraphQLID) } },
    resolve: (_source, { id }: { readonly id: string }, { call }) => orNull(findBatch(call, id)),
  },
} satisfies Readonly<Record<string, GraphQLFieldConfig<unknown, GraphqlContext>>>;
