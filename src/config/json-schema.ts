// The schema of `waybill.yaml` as JSON Schema (draft 2020-12), for editors.
import { z } from "zod";
import { configSchema } from "./schema.ts";

/** What `docs/waybill.schema.json` holds. `npm run schema` writes it. */
export function jsonSchema(): object {
  const { $schema, ...rest } = z.toJSONSchema(configSchema, { io: "input" });
  return { $schema, title: "waybill.yaml", description: "The configuration of Waybill.", ...rest };
}
