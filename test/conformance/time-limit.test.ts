// Patterns run under a time limit in every engine.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { run } from "../../src/engine/run.ts";
import { formatNamed } from "../../src/formats/index.ts";
import { planExport } from "../../src/plan/plan-export.ts";
import { fullAccess } from "../../src/plan/scope.ts";
import { postgresSource } from "../../src/sources/postgres/source.ts";
import type { Source } from "../../src/sources/source.ts";
import { sqliteSource } from "../../src/sources/sqlite/source.ts";
import { createDatabase } from "../setup/postgres.ts";

const LIMITS = { patternTime: 150 };
const ROWS = 1_000_000;

async function matching(source: Source): Promise<void> {
  const { signal } = new AbortController();
  const request = { object: "t", format: "csv", where: { v: { $regex: "(x+y)+$" } } };
  const plan = planExport(request, await source.introspect(signal), formatNamed("csv"), fullAccess);
  const chunks = run(plan, { sourceNamed: () => source, container: "none", signal, program: "Waybill test" });
  while ((await chunks.next()).done !== true);
}

it("PostgreSQL stops the statement", async () => {
  const { url, client, drop } = await createDatabase();
  await client.query(`CREATE TABLE t AS SELECT repeat('xxy', 300) || i AS v FROM generate_series(1, ${ROWS / 10}) i`);
  await expect(matching(postgresSource(url, LIMITS))).rejects.toMatchObject({
    code: "source-timeout",
    message: expect.stringMatching(/stopped the statement because it took longer than is allowed\.$/),
  });
  await drop();
});

it("SQLite's reader is ended", async () => {
  const folder = mkdtempSync(join(tmpdir(), "waybill-limit-"));
  const file = join(folder, "t.db");
  const database = new DatabaseSync(file);
  database.exec(`CREATE TABLE t AS WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < ${ROWS})
    SELECT 'xxyxxyxxyxxyxxyxxyxxyxxy' || i AS v FROM n`);
  database.close();
  await expect(matching(sqliteSource(file, LIMITS))).rejects.toMatchObject({ code: "source-timeout" });
  rmSync(folder, { recursive: true });
});
