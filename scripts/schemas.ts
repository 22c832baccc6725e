// Writes docs/waybill.schema.json and docs/template.schema.json.
import { writeFileSync } from "node:fs";
import { jsonSchema } from "../src/config/json-schema.ts";
import { templateJsonSchema } from "../src/template/schema.ts";

for (const [name, schema] of [
  ["waybill", jsonSchema()],
  ["template", templateJsonSchema()],
] as const) {
  const file = new URL(`../docs/${name}.schema.json`, import.meta.url);
  writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`);
}
