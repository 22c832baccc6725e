// A first query: some records of the first object type, with some of their fields.
import { getNamedType, type GraphQLField, type GraphQLSchema, isLeafType, isObjectType } from "graphql";

/** How many fields it shows. */
const FIELDS = 4;

/** @param comment what stands above it */
export function exampleOf(schema: GraphQLSchema, comment: string): string {
  const head = comment.replaceAll(/^/gm, "# ");
  for (const [name, field] of Object.entries(schema.getQueryType()?.getFields() ?? {})) {
    const fields = fieldsOfRecords(field);
    if (fields.length === 0) continue;
    return `${head}\n{\n  ${name}(first: 10) {\n    nodes {\n${fields.map((it) => `      ${it}\n`).join("")}    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n`;
  }
  return `${head}\n`;
}

/** Of a connection. */
function fieldsOfRecords({ type }: GraphQLField<unknown, unknown>): string[] {
  const connection = getNamedType(type);
  const nodes = isObjectType(connection) ? connection.getFields()["nodes"] : undefined;
  const record = nodes === undefined ? undefined : getNamedType(nodes.type);
  if (!isObjectType(record)) return [];
  const fields = Object.values(record.getFields()).filter(
    (it) => isLeafType(getNamedType(it.type)) && it.name !== "_key",
  );
  return fields.slice(0, FIELDS).map(({ name }) => name);
}
