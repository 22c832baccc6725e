// What one may ask for at first besides records: batches and exports.
import { GraphQLObjectType, GraphQLSchema } from "graphql";
import { batchFields } from "./batches.ts";
import { exportFields } from "./exports.ts";

export const SERVICE_FIELDS = { ...batchFields, ...exportFields };

/** Names of their types, with those of the types that all share. */
export const SERVICE_TYPES = Object.keys(
  new GraphQLSchema({ query: new GraphQLObjectType({ name: "Query", fields: SERVICE_FIELDS }) }).getTypeMap(),
);
