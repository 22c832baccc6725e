// What an export is said to become, against what it becomes; on both control databases.
import { join } from "node:path";
import { mkdirSync, writeFileSync } from "node:fs";
import { beforeEach, describe, expect, test } from "vitest";
import type { Control } from "../../src/control/open.ts";
import { listExports } from "../../src/control/queries/exports.ts";
import { run } from "../../src/engine/run.ts";
import type { OpenOrg } from "../../src/orgs/open-org.ts";
import { createBatch } from "../../src/service/batches/create.ts";
import type { ExportBody } from "../../src/service/exports/body.ts";
import { estimateExport } from "../../src/service/exports/estimate.ts";
import { planOf } from "../../src/service/exports/plan-of.ts";
import type { OrgCall } from "../../src/service/org-call.ts";
import { createTemplate } from "../../src/service/templates/save.ts";
import { emptyControl, KINDS, temporaryFolder } from "../setup/control.ts";
import { Lab, labOrg, labSource } from "./batch-lab.ts";

const ROWS = 3000;
const SQL = `
CREATE TABLE samples (id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, taken DATE, price DECIMAL TEXT, note TEXT);
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${ROWS})
INSERT INTO samples SELECT i, 'sample ' || i, CASE i % 3 WHEN 0 THEN 'soil' ELSE 'air' END, '2024-01-0' || (1 + i % 9), i || '.50', NULL FROM n;
CREATE TABLE measures (no INTEGER PRIMARY KEY, sample_id INTEGER NOT NULL REFERENCES samples (id), value INTEGER);
INSERT INTO measures SELECT id, id, id * 7 FROM samples WHERE id % 2 = 0;
CREATE TABLE photos (no INTEGER PRIMARY KEY, sample_id INTEGER NOT NULL REFERENCES samples (id), path TEXT NOT NULL, size INTEGER);
INSERT INTO photos SELECT id, id, 'p' || id || '.png', 100 FROM samples WHERE id <= 40;
INSERT INTO photos SELECT id + 100, id, 'n' || id || '.txt', NULL FROM samples WHERE id <= 5;
`;

const OBJECTS = {
  samples: {
    key: "id",
    lists: { measures: { object: "measures", by: "sample_id" } },
    files: { photos: { object: "photos", by: "sample_id", store: "store", path: "path", size: "size" } },
  },
  measures: { key: "no" },
  photos: { key: "no" },
};

const source = labSource("sqlite", SQL);

async function anOrg(settings: Readonly<Record<string, unknown>> = {}): Promise<OpenOrg> {
  const { url } = await source;
  const store = join(temporaryFolder(), "files");
  mkdirSync(store);
  for (let n = 1; n <= 40; n++) writeFileSync(join(store, `p${n}.png`), "x".repeat(100));
  return labOrg(url, { sources: { main: { url }, store: { url: `dir:${store}` } }, objects: OBJECTS, ...settings });
}

describe.each(KINDS)("on %s", (kind) => {
  let control: Control;
  let org: OpenOrg;
  let call: OrgCall;
  const callIn = async (its: OpenOrg, name = "ada"): Promise<OrgCall> => {
    const lab = new Lab(control, its);
    return lab.call(await lab.person(name, "admin"));
  };
  beforeEach(async () => {
    control = await emptyControl(kind);
    org = await anOrg();
    call = await callIn(org);
  });

  /** Bytes of the data of an export, as it would run. */
  const bytesOf = async (body: ExportBody): Promise<number> => {
    const { plan, container, batchKeys } = await planOf(call, body);
    const { sourceNamed, pseudonymKey } = org;
    const { signal } = call;
    const options = { sourceNamed, pseudonymKey, signal, container, program: "Waybill" } as const;
    let bytes = 0;
    for await (const chunk of run(plan, { ...options, batchKeys: batchKeys ?? undefined })) bytes += chunk.length;
    return bytes;
  };

  test.each<readonly [string, ExportBody]>([
    ["a table", { objects: "samples", format: "csv" }],
    ["some of it", { objects: "samples", format: "csv", where: { kind: "soil" } }],
    ["a nested list", { objects: "samples", format: "ndjson", include: ["measures"] }],
    ["a workbook with a sheet for a list", { objects: "samples", format: "xlsx", include: ["measures"] }],
    ["an archive", { objects: "samples", format: "csv", container: "zip" }],
    ["XML", { objects: "samples", format: "xml" }],
  ])("%s: rows exactly, bytes about", async (_name, body) => {
    const { rows, bytes, files, approval, quotaLeft, preview } = await estimateExport(call, body);
    expect(rows).toEqual({ count: body.where === undefined ? ROWS : ROWS / 3, exact: true });
    const real = await bytesOf(body);
    expect(bytes! / real).toBeGreaterThan(0.75);
    expect(bytes! / real).toBeLessThan(1.25);
    expect([files, approval, quotaLeft]).toEqual([null, null, null]);
    expect(preview!.rows).toHaveLength(10);
  });

  test("what it begins with is what its table begins with", async () => {
    const { preview, rows, bytes } = await estimateExport(call, {
      objects: "samples",
      format: "json",
      paths: ["name", "price", "note"],
      order: ["-id"],
      limit: 3,
      include: ["measures"],
    });
    expect(rows).toEqual({ count: 3, exact: true });
    expect(preview).toEqual({
      columns: [
        { name: "name", label: null, type: "text" },
        { name: "price", label: null, type: "decimal" },
        { name: "note", label: null, type: "text" },
      ],
      rows: [
        ["sample 3000", "3000.50", null],
        ["sample 2999", "2999.50", null],
        ["sample 2998", "2998.50", null],
      ],
    });
    expect(bytes).toBeGreaterThan(150);
  });

  test("attached files are counted, with their bytes where all are told", async () => {
    const pictures = { objects: "samples", layout: "files", fileFormats: ["image"] } as const;
    expect(await estimateExport(call, pictures)).toMatchObject({
      rows: { count: ROWS, exact: true },
      files: { count: 40, bytes: 4000 },
      bytes: null,
      preview: null,
    });
    expect(await estimateExport(call, { objects: "samples", layout: "folders", exportFiles: true })).toMatchObject({
      files: { count: 45, bytes: null },
    });
    const beside = await estimateExport(call, { objects: "samples", format: "csv", exportFiles: true });
    expect(beside).toMatchObject({ files: { count: 45, bytes: null } });
    expect(beside.preview!.rows).toHaveLength(10);
    expect(beside.bytes).toBeGreaterThan(20_000);
  });

  test("a batch, a template, groups", async () => {
    const { batch } = await createBatch(call, { object: "samples", name: "Some", keys: ["3", "1", "2"] });
    const ofBatch = await estimateExport(call, { batch: batch.id, format: "csv" });
    expect(ofBatch.rows).toEqual({ count: 3, exact: true });
    expect(ofBatch.preview!.rows.map(([id]) => id)).toEqual([1, 2, 3]);
    const template = await createTemplate(call, {
      kind: "dataset-template",
      namespace: null,
      body: {
        kind: "dataset-template",
        name: "Names",
        object: "samples",
        format: "csv",
        columns: [
          { field: "name", name: "Called" },
          { value: "x", name: "Fixed" },
        ],
      },
    });
    const byTemplate = await estimateExport(call, { datasetTemplate: template.id });
    expect(byTemplate.rows).toEqual({ count: ROWS, exact: true });
    expect(byTemplate.preview!.columns.map(({ name }) => name)).toEqual(["Called", "Fixed"]);
    expect(byTemplate.preview!.rows[0]).toEqual(["sample 1", "x"]);
    const groups = await estimateExport(call, {
      objects: "samples",
      format: "csv",
      aggregate: { by: ["kind"], measures: { count: { count: "*" } } },
    });
    expect(groups.rows).toEqual({ count: null, exact: false });
    expect(groups.preview!.rows).toEqual([
      ["air", 2000],
      ["soil", 1000],
    ]);
  });

  test("it tells of approval and of what is left of the quota, and wants no purpose yet", async () => {
    const strict = await anOrg({ purpose: "required", approval: { rows: 100 }, quota: "1MB" });
    const its = await callIn(strict, "zoe");
    expect(await estimateExport(its, { objects: "samples", format: "csv" })).toMatchObject({
      approval: "rows",
      quotaLeft: 1_000_000,
    });
    expect(await estimateExport(its, { objects: "samples", format: "csv", limit: 5, purpose: " " })).toMatchObject({
      approval: null,
    });
  });

  test("it refuses what ordering refuses, at the same place, and writes nothing down", async () => {
    const bodies: ExportBody[] = [
      { objects: "samplez", format: "csv" },
      { objects: "samples", format: "csv", where: { kind: { $almost: 1 } } },
      { objects: "samples", format: "csv", paths: ["colour"] },
      { objects: "samples", format: "cvs" },
      { objects: "samples", format: "csv", keys: ["1", "99999"] },
      { objects: "samples", format: "csv", options: { delimiter: "long" } },
      { objects: "samples", layout: "files", fileFormats: ["genbank"] },
    ];
    const told = (what: Promise<unknown>): Promise<unknown> =>
      what.then(
        () => "done",
        (error: { code: string; message: string; places: unknown }) => [error.code, error.message, error.places],
      );
    for (const body of bodies) {
      const refused = await told(planOf(call, body));
      expect(refused).not.toBe("done");
      expect(await told(estimateExport(call, body))).toEqual(refused);
    }
    await estimateExport(call, { objects: "samples", format: "csv" });
    expect(await listExports(call.access.at, {}, {})).toEqual([]);
  });
});
