// Exports of batches as they are kept: their keys come from the control database, in the order of their records.
import { beforeAll, expect, it } from "vitest";
import type { Control } from "../../src/control/open.ts";
import { findBatch } from "../../src/control/queries/batches.ts";
import { run } from "../../src/engine/run.ts";
import { formatNamed } from "../../src/formats/index.ts";
import type { OpenOrg } from "../../src/orgs/open-org.ts";
import { planExport } from "../../src/plan/plan-export.ts";
import { fullAccess } from "../../src/plan/scope.ts";
import { type BatchRequest, createBatch } from "../../src/service/batches/create.ts";
import { deleteBatch } from "../../src/service/batches/find.ts";
import { keysForExport } from "../../src/service/batches/keys-for-export.ts";
import type { OrgCall } from "../../src/service/org-call.ts";
import { emptyControl } from "../setup/control.ts";
import { Lab, labOrg, type LabSource, labSource } from "./batch-lab.ts";

/** More than the control database has in a row. */
const COUNT = 10_000;
const TABLES = `
  CREATE TABLE numbers (id integer PRIMARY KEY, name text);
  WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${COUNT})
  INSERT INTO numbers SELECT i, 'name ' || i FROM n;
  CREATE TABLE pairs (name text, id integer, PRIMARY KEY (name, id));
  INSERT INTO pairs SELECT 'a' || (id % 7), id FROM numbers;`;

let source: LabSource;
let org: OpenOrg;
let call: OrgCall;
beforeAll(async () => {
  const control: Control = await emptyControl("pglite");
  source = await labSource("sqlite", TABLES);
  org = await labOrg(source.url, {});
  const lab = new Lab(control, org);
  call = await lab.call(await lab.person("ada", "admin"));
});

const made = async (object: string, request: Partial<BatchRequest>): Promise<string> =>
  (await createBatch(call, { object, name: "B", ...request })).batch.id;

/** Exports a batch as CSV. */
async function exportedOf(id: string, keysInPart?: number, before?: () => Promise<void>) {
  const batch = (await findBatch(call.access.at, id))!;
  const { object, keyCount: count } = batch;
  const asked = { object, count, ...(keysInPart === undefined ? {} : { keysInPart }) };
  const request = { object, format: "csv" };
  const plan = planExport(request, org.catalogIn("en"), formatNamed("csv"), fullAccess, null, asked);
  const { sourceNamed } = org;
  const batchKeys = keysForExport(call.access.at, batch, plan.batch!);
  const { signal } = call;
  await before?.();
  const running = run(plan, { sourceNamed, container: "none", signal, program: "Waybill", batchKeys });
  const parts: Buffer[] = [];
  let next = await running.next();
  for (; next.done !== true; next = await running.next()) parts.push(Buffer.from(next.value));
  return { text: Buffer.concat(parts).toString("utf8"), facts: next.value };
}

/** The same keys in another order, the same each time. */
const shuffled = (keys: readonly string[]): string[] => keys.map((_, n) => keys[(n * 7919) % keys.length]!);

it.each([
  ["numbers", (n: number) => String(n + 1)],
  ["pairs", (n: number) => JSON.stringify([`a${(n + 1) % 7}`, String(n + 1)])],
])("give the records of %s in the same order, whether by a filter, by a list, in parts or not", async (object, key) => {
  const byFilter = await made(object, { where: {} });
  const byList = await made(object, { keys: shuffled(Array.from({ length: COUNT }, (_, n) => key(n))) });
  const { text, facts } = await exportedOf(byFilter);
  expect(facts).toMatchObject({ tables: [{ rows: COUNT }], problems: [] });
  for (const id of [byFilter, byList]) {
    for (const keysInPart of [999, 5_000, COUNT]) expect((await exportedOf(id, keysInPart)).text).toBe(text);
  }
});

it("tell what has vanished since, and end where the batch is gone", async () => {
  const byFilter = await made("numbers", { where: { id: { $gt: COUNT - 50 } } });
  const byList = await made("numbers", { keys: ["9990", "3", "9999", "20"] });
  await source.run("DELETE FROM numbers WHERE id IN (9990, 9999)");
  for (const keysInPart of [2, 1_000]) {
    const vanished = { code: "record-vanished", column: "numbers", count: 2 };
    expect((await exportedOf(byFilter, keysInPart)).facts.problems).toEqual([{ ...vanished, keys: ["9990", "9999"] }]);
    const { facts, text } = await exportedOf(byList, keysInPart);
    expect(facts.problems).toEqual([{ ...vanished, keys: ["9990", "9999"] }]);
    expect(text).toBe("id,name\n3,name 3\n20,name 20\n");
  }
  for (const id of [byFilter, byList]) {
    await expect(exportedOf(id, 2, () => deleteBatch(call, id))).rejects.toMatchObject({ code: "batch-gone" });
  }
});
