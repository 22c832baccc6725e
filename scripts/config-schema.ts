// Writes docs/waybill.schema.json.
import { writeFileSync } from "node:fs";
import { jsonSchema } from "../src/config/json-schema.ts";

const file = new URL("../docs/waybill.schema.json", import.meta.url);
writeFileSync(file, `${JSON.stringify(jsonSchema(), null, 2)}\n`);
