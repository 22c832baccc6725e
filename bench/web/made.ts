// What the web app's benchmark looks at: a million records, a form of 300 fields, and 10,000 exports.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "kysely";
import { Client } from "pg";
import { inOrg } from "../../src/control/in-org.ts";
import { openControl } from "../../src/control/open.ts";
import { putMember } from "../../src/control/queries/members.ts";
import { createPerson } from "../../src/identity/people.ts";
import { addressOf, PASSWORD } from "../../test/web/api.ts";
import { makeRecordsTables } from "../data.ts";
import { addExports } from "../stored-exports.ts";

export const ORG = "lab";
export const COLUMNS = 300;
const EXPORTS = 10_000;
const WIDE_ROWS = 1000;
const KINDS = [
  { type: "text", value: "'Answer ' || md5(i::text)" },
  { type: "integer", value: "i % 97" },
  { type: "date", value: "date '2020-01-01' + i" },
  { type: "numeric(12,2)", value: "i::numeric / 7" },
  { type: "boolean", value: "i % 3 = 0" },
];

/** A table of 300 columns of five types, as a survey has them. */
function wideTable(): string {
  const columns = Array.from({ length: COLUMNS - 1 }, (_, n) => ({ name: `answer_${n + 1}`, ...KINDS[n % 5]! }));
  return `
CREATE TABLE survey (id integer PRIMARY KEY, ${columns.map(({ name, type }) => `${name} ${type}`).join(", ")});
INSERT INTO survey SELECT i, ${columns.map(({ value }) => value).join(", ")} FROM generate_series(1, ${WIDE_ROWS}) i;`;
}

export async function makeRecords(url: string, rows: number): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await makeRecordsTables(client, rows);
  await client.query(wideTable());
  await client.end();
}

/** Writes the configuration, and fills the control database: Ada, an administrator, has ordered all exports. */
export async function makeService(cwd: string, source: string): Promise<void> {
  const config = `orgs:\n  ${ORG}: { sources: { main: { url: "${source}" } } }\n`;
  await writeFile(join(cwd, "waybill.yaml"), config);
  const control = await openControl({ databaseUrl: null, dataDir: join(cwd, ".waybill") });
  const ada = { email: addressOf("ada"), name: "Ada", password: PASSWORD };
  const { id: person } = await createPerson(control, ada);
  await putMember(inOrg(control.db, ORG), person, "admin");
  await addExports(control, { org: ORG, person, object: "bench", count: EXPORTS });
  await sql`vacuum (analyze)`.execute(control.db);
  await control.close();
}
