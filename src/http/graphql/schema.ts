// The schema of an org: what a role sees of its catalog, in a language. Made once for each.
import { setImmediate } from "node:timers/promises";
import {
  assertValidSchema,
  type GraphQLFieldConfig,
  GraphQLObjectType,
  GraphQLSchema,
  isIntrospectionType,
  isSpecifiedScalarType,
  printType,
} from "graphql";
import type { Catalog } from "../../catalog/types.ts";
import type { Sight } from "../../service/org-call.ts";
import { pageInfo } from "./connections.ts";
import { deletedConnection } from "./deletions.ts";
import { described } from "./descriptions.ts";
import { filesType } from "./file-types.ts";
import { names } from "./names.ts";
import type { Context } from "./reading.ts";
import { recordTypes } from "./record-types.ts";
import { recordFields } from "./root-fields.ts";
import { SCALARS } from "./scalars.ts";
import { SERVICE_FIELDS } from "./service-fields.ts";

/** What is made of a catalog for a role. */
export interface MadeSchema {
  readonly schema: GraphQLSchema;
  /** Of plain documents (`isPlain`): the same with records that are leaves. */
  readonly written: GraphQLSchema;
  /** In the schema definition language. */
  readonly text: () => Promise<string>;
}

/** Names of types that are made of no catalog, so that none that is gets them. */
const OWN_TYPES = [
  ...Object.keys(
    new GraphQLSchema({
      query: new GraphQLObjectType({ name: "Query", fields: SERVICE_FIELDS }),
      types: [...SCALARS, pageInfo, filesType, deletedConnection],
    }).getTypeMap(),
  ),
  "Mutation",
  "Subscription",
];

const made = new WeakMap<Catalog, Map<string | null, Promise<MadeSchema>>>();

/** The schema as the caller sees it: it depends on nothing of theirs but the role and the language. */
export function schemaFor(sight: Sight): Promise<MadeSchema> {
  const { catalog, principal } = sight;
  let byRole = made.get(catalog);
  if (byRole === undefined) made.set(catalog, (byRole = new Map()));
  let its = byRole.get(principal.role);
  if (its === undefined) byRole.set(principal.role, (its = make(sight)));
  return its;
}

/** Others have their turn meanwhile: catalogs may be large. */
async function make(sight: Sight): Promise<MadeSchema> {
  const types = recordTypes(sight, OWN_TYPES);
  for (const { record } of types.values()) {
    record.getFields();
    await setImmediate();
  }
  const { fields, written } = recordFields(types, sight, names(Object.keys(SERVICE_FIELDS)));
  const schema = schemaOf({ ...fields, ...SERVICE_FIELDS });
  await setImmediate();
  assertValidSchema(schema);
  let text: Promise<string> | null = null;
  return { schema, written: schemaOf(written), text: () => (text ??= printed(schema)) };
}

function schemaOf(fields: Record<string, GraphQLFieldConfig<unknown, Context>>): GraphQLSchema {
  const description =
    "What there is to read: records of each object type, in pages or one by its key; batches, and exports.";
  const query = new GraphQLObjectType<unknown, Context>({ name: "Query", ...described(description), fields });
  return new GraphQLSchema({ query });
}

async function printed(schema: GraphQLSchema): Promise<string> {
  const parts: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type) || isSpecifiedScalarType(type)) continue;
    parts.push(printType(type));
    await setImmediate();
  }
  return `${parts.join("\n\n")}\n`;
}
