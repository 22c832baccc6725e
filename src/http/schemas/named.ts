// Schemas that have a name in the API's description. The configuration names schemas of its own in zod's registry.
import * as z from "zod";

type Words = z.core.GlobalMeta;

/** What schemas say of themselves (`describe`), without the names that others gave them. */
class Descriptions extends WeakMap<z.core.$ZodType, Words> {
  override get(schema: z.core.$ZodType): Words | undefined {
    const own = super.get(schema);
    if (own !== undefined) return own;
    const { id: _, ...words } = z.globalRegistry.get(schema) ?? {};
    return words;
  }
}

export const namedSchemas = z.registry<Words>();
namedSchemas._map = new Descriptions();

/** Names a schema. */
export function named<Schema extends z.ZodType>(id: string, schema: Schema): Schema {
  namedSchemas.add(schema, { id });
  return schema;
}
