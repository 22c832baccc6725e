// The schema of an org: what a role sees of its catalog, in a language. Made once for each.
import { type GraphQLFieldConfig, GraphQLObjectType, GraphQLSchema, printSchema } from "graphql";
import type { Catalog } from "../../catalog/types.ts";
import type { Sight } from "../../service/org-call.ts";
import { described } from "./descriptions.ts";
import { names } from "./names.ts";
import { type Context } from "./reading.ts";
import { recordTypes } from "./record-types.ts";
import { recordFields } from "./root-fields.ts";

/** What is made of a catalog for a role. */
export interface MadeSchema {
  readonly schema: GraphQLSchema;
  /** In the schema definition language. */
  readonly text: () => string;
}

/** Names of types that are not of records. */
const OWN_TYPES = [
  ...["Query", "PageInfo", "File", "Files", "Where", "JSON", "BigInt", "Decimal", "Date", "Time", "LocalDateTime"],
  ...["DateTime", "UUID", "Base64", "Int", "Float", "String", "Boolean", "ID", "Mutation", "Subscription"],
];

const made = new WeakMap<Catalog, Map<string | null, MadeSchema>>();

/** The schema as the caller sees it: it depends on nothing of theirs but the role and the language. */
export function schemaFor(sight: Sight): MadeSchema {
  const { catalog, principal } = sight;
  let byRole = made.get(catalog);
  if (byRole === undefined) made.set(catalog, (byRole = new Map()));
  let its = byRole.get(principal.role);
  if (its === undefined) byRole.set(principal.role, (its = make(sight)));
  return its;
}

function make(sight: Sight): MadeSchema {
  const types = recordTypes(sight, OWN_TYPES);
  const fields: Record<string, GraphQLFieldConfig<unknown, Context>> = recordFields(types, sight, names());
  const schema = new GraphQLSchema({
    ...described("Records, to be read one by one. Lists that are asked for as a connection have cursors to go on."),
    query: new GraphQLObjectType<unknown, Context>({ name: "Query", fields }),
  });
  let text: string | null = null;
  return { schema, text: () => (text ??= `${printSchema(schema)}\n`) };
}
