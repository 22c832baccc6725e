// The description of a large schema, some types at a time: others have their turn meanwhile.
import { setImmediate } from "node:timers/promises";
import {
  type DocumentNode,
  type execute,
  type ExecutionResult,
  type GraphQLNamedType,
  type GraphQLSchema,
  visit,
} from "graphql";

/** Types at a time. */
const AT_ONCE = 10;

/**
 * Executes a document that asks about the schema alone. Where it asks for all types once, as every tool does, each turn sees some of
 * them, and the answer has all.
 */
export async function inParts(
  document: DocumentNode,
  schema: GraphQLSchema,
  run: (part: GraphQLSchema) => ReturnType<typeof execute>,
): Promise<ExecutionResult> {
  const [at, ...others] = placesOfTypes(document);
  const types = Object.entries(schema.getTypeMap());
  if (at === undefined || others.length > 0 || types.length <= AT_ONCE) return run(schema);
  let whole: ExecutionResult | null = null;
  for (let from = 0; from < types.length; from += AT_ONCE) {
    const part = await run(withTypes(schema, types.slice(from, from + AT_ONCE)));
    const mine = whole === null ? null : typesIn(whole, at);
    const its = typesIn(part, at);
    if (its === null || part.errors !== undefined) return run(schema);
    if (mine === null) whole = part;
    else mine.push(...its);
    await setImmediate();
  }
  return whole!;
}

/** The names in the answer of `__schema` and of `types` in it, as often as they are asked for. */
function placesOfTypes(document: DocumentNode): { readonly schema: string; readonly types: string }[] {
  const named = { schema: [] as string[], types: [] as string[] };
  visit(document, {
    Field({ name, alias }) {
      if (name.value === "__schema") named.schema.push((alias ?? name).value);
      if (name.value === "types") named.types.push((alias ?? name).value);
    },
  });
  return named.schema.flatMap((schema) => named.types.map((types) => ({ schema, types })));
}

function typesIn({ data }: ExecutionResult, at: { readonly schema: string; readonly types: string }): unknown[] | null {
  const schema = data?.[at.schema] as Readonly<Record<string, unknown>> | null | undefined;
  const types = schema?.[at.types];
  return Array.isArray(types) ? types : null;
}

/** The schema with nothing but some of its types to be listed. */
function withTypes(schema: GraphQLSchema, types: readonly (readonly [string, GraphQLNamedType])[]): GraphQLSchema {
  const its = Object.fromEntries(types);
  return Object.create(schema, {
    getTypeMap: { value: () => its },
    getType: { value: (name: string) => schema.getType(name) },
  }) as GraphQLSchema;
}
