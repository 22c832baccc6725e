// What is asked for by POST exports, checked and planned; on both control databases, with real sources.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Control } from "../../src/control/open.ts";
import { archiveNamespace } from "../../src/control/queries/namespaces.ts";
import { putRole, removeMember } from "../../src/control/queries/members.ts";
import type { Namespace } from "../../src/control/tables.ts";
import { run } from "../../src/engine/run.ts";
import type { WaybillError } from "../../src/lib/errors.ts";
import type { ExportPlan } from "../../src/plan/plan.ts";
import type { OpenOrg } from "../../src/orgs/open-org.ts";
import { createBatch } from "../../src/service/batches/create.ts";
import type { ExportBody } from "../../src/service/exports/body.ts";
import { joinKey } from "../../src/service/exports/join-key.ts";
import { planOf, type PlannedExport } from "../../src/service/exports/plan-of.ts";
import type { OrgCall } from "../../src/service/org-call.ts";
import { createTemplate, replaceTemplate } from "../../src/service/templates/save.ts";
import { deleteTemplate } from "../../src/service/templates/share.ts";
import { emptyControl, KINDS, temporaryFolder } from "../setup/control.ts";
import { callBy } from "../setup/org-call.ts";
import { type Engine, Lab, labOrg, type LabSource, labSource } from "./batch-lab.ts";

const SQL = `
CREATE TABLE projects (id varchar(20) PRIMARY KEY, name varchar(40));
INSERT INTO projects VALUES ('north', 'North'), ('south', 'South'), ('water', 'Water');
CREATE TABLE samples (id integer PRIMARY KEY, project varchar(20) NOT NULL REFERENCES projects (id), kind varchar(20), day date,
  patient varchar(20), note varchar(40), metadata json, visits json, run_id integer);
INSERT INTO samples VALUES
 (1, 'north', 'soil', '2024-05-01', 'P1', 'first', '{"depth": 3}', '[{"seen": "2024-05-02"}, {"seen": "2024-05-03"}]', 1),
 (2, 'north', 'air', '2024-06-01', 'P2', NULL, '{"depth": null}', '[]', 1),
 (3, 'south', 'soil', '2024-07-01', 'P1', NULL, NULL, NULL, 2),
 (4, 'water', 'soil', '2024-08-01', 'P3', 'wet', '{"depth": 9}', NULL, 3);
CREATE TABLE measures (no integer PRIMARY KEY, sample_id integer NOT NULL REFERENCES samples (id), value integer);
INSERT INTO measures VALUES (1, 1, 10), (2, 1, 11), (3, 2, 20), (4, 4, 40);
CREATE TABLE sequences (no integer PRIMARY KEY, sample_id integer NOT NULL REFERENCES samples (id), path varchar(80) NOT NULL);
INSERT INTO sequences VALUES (1, 1, 's1_R1.fastq'), (2, 1, 's1_R2.fastq'), (3, 2, 's2.fasta'), (4, 4, 's4.fastq');
CREATE TABLE runs (id integer PRIMARY KEY, project varchar(20) NOT NULL, state varchar(20), started_by varchar(60));
INSERT INTO runs VALUES (1, 'north', 'completed', 'ann@example.org'), (2, 'south', 'completed', 'bot@example.org'),
 (3, 'water', 'completed', 'gil@example.org'), (4, 'north', 'running', 'ann@example.org'), (5, 'north', NULL, 'gil@example.org'),
 (6, 'north', 'error', 'bot@example.org'), (7, 'water', 'archived', 'bot@example.org');
CREATE TABLE outputs (no integer PRIMARY KEY, run_id integer NOT NULL REFERENCES runs (id), path varchar(80) NOT NULL);
INSERT INTO outputs VALUES (1, 1, 'summary.json'), (2, 2, 'summary.json'), (3, 3, 'report.pdf'), (4, 7, 'old.json');
CREATE TABLE loose (name varchar(40));
INSERT INTO loose VALUES ('x');
`;

const FILES = ["s1_R1.fastq", "s1_R2.fastq", "s2.fasta", "s4.fastq", "summary.json", "report.pdf", "old.json"];

const OBJECTS = (store: string) => ({
  samples: {
    namespace: "project",
    key: "id",
    range: { field: "day", max: "P1Y" },
    fields: {
      metadata: { keys: { depth: "integer" } },
      patient: { deidentify: { below: "owner", rule: "hash" } },
      note: { optional: true },
    },
    references: { place: { object: "projects", by: "project" } },
    lists: { measures: { object: "measures", by: "sample_id" }, visits: { json: "visits", fields: { seen: "date" } } },
    files: { reads: { object: "sequences", by: "sample_id", store, path: "path" } },
  },
  measures: { key: "no" },
  sequences: { key: "no" },
  projects: { key: "id", namespace: "id", retention: "P1D" },
  runs: {
    namespace: "project",
    state: "state",
    owner: "started_by",
    complete: ["completed", "archived"],
    lists: { samples: { object: "samples", by: "run_id" } },
    files: { outputs: { object: "outputs", by: "run_id", store, path: "path" } },
  },
  outputs: { key: "no" },
  loose: {},
});

type Settings = Readonly<Record<string, unknown>>;
const sources = new Map<Engine, Promise<LabSource>>();
const orgs = new Map<string, Promise<OpenOrg>>();
let folder = "";

/** An org with the same source, and settings of its own. */
function orgWith(engine: Engine, settings: Settings = {}, code = "lab"): Promise<OpenOrg> {
  const source = sources.get(engine) ?? labSource(engine, SQL);
  sources.set(engine, source);
  const named = JSON.stringify([engine, settings, code]);
  const org =
    orgs.get(named) ??
    source.then(({ url }) => {
      if (folder === "") {
        folder = join(temporaryFolder(), "files");
        mkdirSync(folder);
        for (const name of FILES) writeFileSync(join(folder, name), `this is ${name}`);
      }
      const its = { sources: { main: { url }, store: { url: `dir:${folder}` } }, objects: OBJECTS("store") };
      return labOrg(url, { ...its, timeZone: "Europe/Paris", ...settings }, code);
    });
  orgs.set(named, org);
  return org;
}

/** What a call is refused with: in full where it is an error for people. */
async function refusal(what: Promise<unknown>): Promise<WaybillError> {
  return what.then(
    () => {
      throw new Error("it was not refused");
    },
    (error: unknown) => error as WaybillError,
  );
}

async function refused(what: Promise<unknown>, code: string, ...pointers: string[]): Promise<WaybillError> {
  const error = await refusal(what);
  const told = { code: error.code, pointers: error.places.map(({ pointer }) => pointer), stack: error.stack };
  expect(told).toMatchObject({ code, pointers });
  return error;
}

/** The bytes of a planned export, which was kept as JSON in between. */
async function bytesOf({ plan, container, batchKeys }: PlannedExport, org: OpenOrg): Promise<Buffer> {
  const kept = JSON.stringify(plan);
  // PostgreSQL keeps no zero in a text.
  expect(kept).not.toContain("\\u0000");
  const { sourceNamed, storeNamed, pseudonymKey } = org;
  const { signal } = new AbortController();
  const chunks: Buffer[] = [];
  const options = {
    sourceNamed,
    storeNamed,
    pseudonymKey,
    signal,
    program: "Waybill",
    container,
    batchKeys: batchKeys ?? undefined,
  };
  for await (const chunk of run(JSON.parse(kept) as ExportPlan, options)) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** The files of a zip as the unzip program finds them, but for what describes them. */
async function unzipped(planned: PlannedExport, org: OpenOrg): Promise<Record<string, string>> {
  const file = join(temporaryFolder(), planned.fileName);
  writeFileSync(file, await bytesOf(planned, org));
  const names = execFileSync("unzip", ["-Z1", file], { encoding: "utf8" }).trim().split("\n");
  const own = names.filter((name) => !name.endsWith("/") && name !== "README.txt" && name !== "datapackage.json");
  return Object.fromEntries(own.map((name) => [name, execFileSync("unzip", ["-p", file, name], { encoding: "utf8" })]));
}

/** Each control database with another source: they know nothing of each other. */
const PAIRS = { pglite: "sqlite", postgres: "postgres" } as const;

describe.each(KINDS)("on %s", (kind) => {
  const engine = PAIRS[kind];
  let control: Control;
  let org: OpenOrg;
  let lab: Lab;
  let land: Namespace;
  let north: Namespace;
  let south: Namespace;
  let water: Namespace;
  let ann: OrgCall;
  let ada: OrgCall;
  let gil: OrgCall;

  beforeAll(async () => {
    control = await emptyControl(kind);
    org = await orgWith(engine);
  });

  /** land ─ {north, south}; water. Ann is an analyst of land, Gil a guest everywhere, Ada an administrator. */
  beforeEach(async () => {
    await sql`truncate person, namespace, batch, template cascade`.execute(control.db);
    lab = new Lab(control, org);
    land = await lab.namespace("land");
    north = await lab.namespace("north", land);
    south = await lab.namespace("south", land);
    water = await lab.namespace("water");
    ann = await lab.call(await lab.person("ann", [[land, "analyst"]]));
    gil = await lab.call(
      await lab.person("gil", [
        [land, "guest"],
        [water, "guest"],
      ]),
    );
    ada = await lab.call(await lab.person("ada", "admin"));
  });

  /** The same person with the rights in an org of other settings. */
  const under = async (call: OrgCall, settings: Settings): Promise<OrgCall> => {
    const its = await orgWith(engine, settings);
    return { ...call, org: async () => its };
  };

  const csv = async (call: OrgCall, body: ExportBody): Promise<string[]> => {
    const planned = await planOf(call, { format: "csv", container: "none", ...body });
    return (await bytesOf(planned, await call.org())).toString("utf8").trimEnd().split("\n");
  };
  const ids = async (call: OrgCall, body: ExportBody): Promise<string[]> =>
    (await csv(call, { paths: ["id"], ...body })).slice(1);

  describe("what is exported", () => {
    test("an object type, with all that the row of the export remembers", async () => {
      const body = { objects: "samples", format: "text/csv", where: { kind: "soil" }, namespace: land.id };
      const planned = await planOf(ann, body);
      const { date } = { date: new Date().toLocaleDateString("sv-SE", { timeZone: "Europe/Paris" }) };
      expect(planned).toMatchObject({
        container: "zip",
        fileName: `samples-${date}.zip`,
        mime: "application/zip",
        format: "text/csv",
        object: "samples",
        batch: null,
        revisions: [],
        namespace: land.id,
        isRealm: false,
        marks: [],
        approval: null,
        recipient: null,
        afterScript: null,
        retention: "P7D",
        estimate: null,
      });
      expect(planned.principal).toMatchObject({ email: "ann@example.org", role: "analyst" });
      expect(planned.plan.timeZone).toBe("Europe/Paris");
      const { "samples.csv": text, ...others } = await unzipped(planned, org);
      expect(others).toEqual({});
      expect(
        text!
          .trim()
          .split("\n")
          .map((line) => line.split(",")[0]),
      ).toEqual(["id", "1", "3"]);
    });

    test("one thing, or what a template says", async () => {
      await refused(planOf(ann, { format: "csv" }), "nothing-chosen", "/objects");
      await refused(
        planOf(ann, { objects: "samples", realm: "samples", format: "csv" }),
        "not-together",
        "/realm",
        "/from",
        "/to",
      );
      await refused(planOf(ann, { objects: "nowhere", format: "csv" }), "unknown-object", "/objects");
      await refused(
        planOf(ann, { realm: "measures", from: "2024-01-01", to: "2024-01-02", format: "csv" }),
        "range-not-suited",
        "/realm",
      );
      await refused(
        planOf(ann, { realm: "nowhere", from: "2024-01-01", to: "2024-01-02", format: "csv" }),
        "unknown-object",
        "/realm",
      );
      await refused(planOf(ann, { datasetTemplate: "x", exportTemplate: "y" }), "not-together", "/exportTemplate");
    });

    test("a realm, between two days of a year at most", async () => {
      const days = { realm: "samples", from: "2024-05-01", to: "2024-06-01" };
      expect(await ids(ada, days)).toEqual(["1", "2"]);
      expect((await planOf(ada, { ...days, format: "csv" })).isRealm).toBe(true);
      await refused(planOf(ada, { realm: "samples", format: "csv" }), "range-not-suited", "/from", "/to");
      await refused(planOf(ada, { ...days, to: "2025-05-01", format: "csv" }), "range-too-long", "/to");
      await refused(planOf(ada, { ...days, to: "yesterday", format: "csv" }), "range-not-suited", "/to");
    });

    test("what a filter, a search and keys all find", async () => {
      expect(await ids(ada, { objects: "samples", search: "soil" })).toEqual(["1", "3", "4"]);
      expect(await ids(ada, { objects: "samples", keys: ["1", "2"], where: { kind: "soil" } })).toEqual(["1"]);
      expect(await ids(ada, { objects: "samples", keys: ["4", "1"], limit: 1 })).toEqual(["1"]);
      const wrong = planOf(ada, { objects: "samples", format: "csv", where: { $or: [{ king: 1 }] } });
      expect((await refused(wrong, "unknown-field", "/where/$or/0/king")).hint).toContain("kind");
      await refused(planOf(ada, { objects: "samples", format: "csv", limit: -1 }), "limit-not-suited", "/limit");
      await refused(
        planOf(ada, { objects: "samples", format: "csv", search: "x".repeat(300) }),
        "search-not-suited",
        "/search",
      );
      await refused(
        planOf(ada, { objects: "samples", format: "csv", paths: ["id", "nam"] }),
        "unknown-field",
        "/paths/1",
      );
      await refused(
        planOf(ada, { objects: "samples", format: "csv", aggregate: { by: ["x"] } }),
        "unknown-field",
        "/aggregate/by/0",
      );
    });

    test("the items of one record's list, documents inside of it too", async () => {
      const body = { objects: "samples", paths: ["value"], prefix: "1/measures" };
      expect(await csv(ann, body)).toEqual(["value", "10", "11"]);
      expect(await csv(ann, { ...body, where: { value: { $gt: 10 } } })).toEqual(["value", "11"]);
      expect(await csv(ann, { ...body, paths: ["seen"], prefix: "1/visits" })).toEqual([
        "seen",
        "2024-05-02",
        "2024-05-03",
      ]);
      const its = { objects: "samples", format: "csv" };
      expect((await planOf(ann, { ...its, prefix: "1/measures" })).plan.asked).toEqual({
        object: "measures",
        prefix: "1/measures",
      });
      const named = await planOf(ann, { objects: "measures", format: "csv", keys: ["1", "2"], search: "1" });
      expect(named.plan.asked).toEqual({ object: "measures", keys: 2, search: "1" });
      const secret = await planOf(ann, { ...its, search: "P1" });
      expect(secret.plan.asked).toEqual({ object: "samples" });
      await refused(planOf(ann, { ...its, prefix: "4/measures" }), "keys-not-found", "/prefix");
      const unknown = await refused(planOf(ann, { ...its, prefix: "99/measures" }), "keys-not-found", "/prefix");
      expect(unknown.message).toBe((await refusal(planOf(ann, { ...its, prefix: "4/measures" }))).message);
      expect((await refused(planOf(ann, { ...its, prefix: "1/measure" }), "unknown-list", "/prefix")).hint).toContain(
        "measures",
      );
      await refused(planOf(ann, { ...its, prefix: "measures" }), "prefix-not-suited", "/prefix");
      await refused(planOf(ann, { ...its, prefix: "1/measures", keys: ["1"] }), "not-together", "/prefix");
      await refused(
        planOf(ann, { ...its, prefix: "1/measures", where: { depth: 1 } }),
        "unknown-field",
        "/where/depth",
      );
      await refused(
        planOf(ann, { objects: "samples", layout: "folders", prefix: "1/measures" }),
        "not-together",
        "/layout",
      );
    });
  });

  describe("how it is written", () => {
    test("in a format by its name or MIME type, with its own options", async () => {
      const mimeOf = async (format: string): Promise<string | null> =>
        (await planOf(ada, { objects: "samples", format })).format;
      expect(await mimeOf("xls")).toBe("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
      expect(await mimeOf("Text/CSV; charset=utf-8")).toBe("text/csv");
      expect(await mimeOf("application/json; profile=rows")).toBe("application/json; profile=rows");
      await refused(planOf(ada, { objects: "samples" }), "no-format", "/format");
      await refused(planOf(ada, { objects: "samples", format: "cvs" }), "unknown-format", "/format");
      const options = (its: Settings): Promise<unknown> =>
        planOf(ada, { objects: "samples", format: "csv", options: its });
      await refused(options({ delimeter: ";" }), "unknown-option", "/options/delimeter");
      await refused(options({ delimiter: ";;" }), "option-not-suited", "/options/delimiter");
      const semicolon = { objects: "samples", where: { id: 1 }, paths: ["id", "kind"], options: { delimiter: ";" } };
      expect(await csv(ada, semicolon)).toEqual(["id;kind", "1;soil"]);
    });

    test("in a zip, or bare where it is one file", async () => {
      const named = { objects: "samples", format: "csv", label: " Soil / samples " };
      const download = async (body: ExportBody): Promise<unknown> => {
        const { container, fileName, mime } = await planOf(ada, body);
        return [container, fileName, mime];
      };
      expect(await download(named)).toEqual(["zip", "Soil _ samples.zip", "application/zip"]);
      expect(await download({ ...named, container: "none" })).toEqual(["none", "Soil _ samples.csv", "text/csv"]);
      expect(await download({ ...named, container: "gzip" })).toEqual([
        "gzip",
        "Soil _ samples.csv.gz",
        "application/gzip",
      ]);
      expect(await download({ ...named, container: "zstd" })).toEqual([
        "zstd",
        "Soil _ samples.csv.zst",
        "application/zstd",
      ]);
      const several = await refused(
        planOf(ada, { ...named, container: "none", include: ["measures"] }),
        "container-not-suited",
        "/container",
      );
      expect(several.message).toContain("samples.csv, samples.measures.csv");
      for (const more of [{ exportFiles: true }, { bag: true }] as const) {
        await refused(planOf(ada, { ...named, container: "gzip", ...more }), "container-not-suited", "/container");
      }
      await refused(
        planOf(ada, { objects: "samples", layout: "folders", container: "none" }),
        "container-not-suited",
        "/container",
      );
    });

    test("nothing is said twice, or of what is not there", async () => {
      const its = { objects: "samples", format: "csv" };
      await refused(planOf(ada, { ...its, layout: "folders" }), "not-with-layout", "/format");
      await refused(
        planOf(ada, { objects: "samples", layout: "files", options: {}, paths: ["id"] }),
        "not-with-layout",
        "/options",
        "/paths",
      );
      await refused(planOf(ada, { ...its, fileFormats: ["fastq"] }), "not-without-files", "/fileFormats");
      await refused(planOf(ada, { ...its, fileWhere: {} }), "not-without-files", "/fileWhere");
      await refused(planOf(ada, { ...its, nameTemplate: "{file.name}" }), "not-without-files", "/nameTemplate");
      await refused(planOf(ada, { ...its, exportFiles: true, fileFormats: [] }), "no-files", "/fileFormats");
      await refused(
        planOf(ada, { ...its, exportFiles: true, fileFormats: ["pdf", "fastx"] }),
        "unknown-file-format",
        "/fileFormats/1",
      );
      await refused(
        planOf(ada, { ...its, exportFiles: true, nameTemplate: "{file.nam}" }),
        "unknown-field",
        "/nameTemplate",
      );
      await refused(planOf(ada, { ...its, exportFiles: true, aggregate: {} }), "not-with-aggregate", "/exportFiles");
      await refused(planOf(ada, { objects: "measures", format: "csv", exportFiles: true }), "no-files", "/exportFiles");
      await refused(planOf(ada, { ...its, paths: [] }), "nothing-chosen", "/paths");
      await refused(planOf(ada, { ...its, paths: [], include: ["note"] }), "nothing-chosen", "/paths");
    });

    test("texts are as long as they may be, and can be kept", async () => {
      const its = { objects: "samples", format: "csv" };
      await planOf(ada, { ...its, label: "é".repeat(100), description: "x".repeat(2000), purpose: "y".repeat(2000) });
      await refused(
        planOf(ada, { ...its, label: "x".repeat(101), description: "x".repeat(2001), purpose: "\0" }),
        "value-not-suited",
        "/label",
        "/description",
        "/purpose",
      );
      await refused(
        planOf(ada, { ...its, timeZone: "Mars/Olympus", language: "../fr" }),
        "value-not-suited",
        "/timeZone",
        "/language",
      );
    });
  });

  describe("whose records", () => {
    test("those of the namespaces where the caller is an analyst, or of the one that is named", async () => {
      expect(await ids(ann, { objects: "samples" })).toEqual(["1", "2", "3"]);
      expect(await ids(ann, { objects: "samples", namespace: south.id })).toEqual(["3"]);
      expect(await ids(ada, { objects: "samples" })).toEqual(["1", "2", "3", "4"]);
      expect(await ids(ada, { objects: "samples", namespace: land.id })).toEqual(["1", "2", "3"]);
      const its = { objects: "samples", format: "csv" };
      await refused(planOf(ann, { ...its, namespace: water.id }), "not-found", "/namespace");
      await refused(planOf(ann, { ...its, namespace: "nowhere" }), "not-found", "/namespace");
      await refused(planOf(gil, its), "forbidden");
      await refused(planOf(gil, { ...its, namespace: water.id }), "forbidden");
      await archiveNamespace(lab.at, south.id, true);
      expect(await ids(await lab.call(ann.access), { objects: "samples" })).toEqual(["1", "2"]);
      await refused(planOf(ada, { ...its, namespace: south.id }), "forbidden");
    });

    test("with what is de-identified below a role", async () => {
      const body = { objects: "samples", paths: ["patient"], limit: 1 };
      expect((await csv(ann, body))[1]).not.toBe("P1");
      expect((await csv(ada, body))[1]).toBe("P1");
      const filter = planOf(ann, { objects: "samples", format: "csv", where: { patient: "P1" } });
      await refused(filter, "unknown-field", "/where/patient");
      const unsalted = await under(ann, { salt: undefined, retention: "P2D" });
      await refused(planOf(unsalted, { ...body, format: "csv" }), "no-salt");
    });

    test("each key must be there for the caller, and the answer does not tell why one is not", async () => {
      const its = { objects: "samples", format: "csv" };
      const there = await planOf(ann, { ...its, keys: ["3", "1"] });
      expect(there.estimate).toBe(2);
      const unknown = await refused(planOf(ann, { ...its, keys: ["1", "99"] }), "keys-not-found", "/keys/1");
      const forbidden = await refused(planOf(ann, { ...its, keys: ["1", "4"] }), "keys-not-found", "/keys/1");
      expect({ ...forbidden, message: forbidden.message }).toEqual({ ...unknown, message: unknown.message });
      await refused(planOf(ann, { ...its, keys: ["x", "1", "2", ""] }), "keys-not-found", "/keys/0", "/keys/3");
      await refused(planOf(ann, { ...its, keys: [] }), "nothing-selected", "/keys");
      const many = Array.from({ length: 10_001 }, (_, n) => String(n));
      await refused(planOf(ann, { ...its, keys: many }), "too-many-keys", "/keys");
      await refused(planOf(ada, { objects: "loose", format: "csv", keys: ["x"] }), "no-key", "/keys");
      await refused(planOf(ann, { ...its, keys: ["1"], batch: "x" }), "not-together", "/batch", "/keys");
    });

    test("an administrator exports as somebody else", async () => {
      const body = { objects: "samples", principal: " Ann@Example.org" };
      expect(await ids(ada, body)).toEqual(["1", "2", "3"]);
      const { principal } = await planOf(ada, { ...body, format: "csv" });
      expect(principal).toMatchObject({ email: "ann@example.org", role: "analyst" });
      expect(await ids(ada, { ...body, principal: ann.access.identity.person.id, namespace: south.id })).toEqual(["3"]);
      expect(await ids(ada, { ...body, principal: "gil@example.org" })).toEqual([]);
      expect(await ids(ada, { ...body, principal: "ada@example.org" })).toEqual(["1", "2", "3", "4"]);
      await refused(planOf(ann, { ...body, format: "csv" }), "forbidden");
      await refused(
        planOf(ada, { ...body, format: "csv", principal: "bob@example.org" }),
        "unknown-principal",
        "/principal",
      );
      await removeMember(lab.at, ann.access.identity.person.id);
      await refused(planOf(ada, { ...body, format: "csv" }), "unknown-principal", "/principal");
    });

    test("an org may keep administrators to where they are members", async () => {
      const bound = await under(ada, { administrators: "members" });
      const its = { objects: "samples", format: "csv" };
      await refused(planOf(bound, its), "forbidden");
      await putRole(lab.at, south.id, ada.access.identity.person.id, "analyst");
      expect(await ids(bound, { objects: "samples" })).toEqual(["3"]);
      await refused(planOf(bound, { ...its, namespace: north.id }), "forbidden");
      // They still see fields as administrators do.
      expect(await csv(bound, { objects: "samples", paths: ["patient"] })).toEqual(["patient", "P1"]);
      expect(await ids(bound, { objects: "samples", principal: "ann@example.org" })).toEqual(["3"]);
      expect(await ids(bound, { objects: "samples", principal: "ada@example.org" })).toEqual(["3"]);
    });
  });

  describe("batches", () => {
    const batchOf = async (call: OrgCall, namespace: Namespace, where: unknown = {}): Promise<string> =>
      (await createBatch(call, { object: "samples", name: "Kept", namespace: namespace.id, where })).batch.id;

    test("their records, in their namespace, for whoever may see them", async () => {
      const batch = await batchOf(ann, north);
      expect(await ids(ann, { batch })).toEqual(["1", "2"]);
      expect(await ids(ann, { batch, where: { kind: "air" } })).toEqual(["2"]);
      const planned = await planOf(ann, { batch, format: "csv" });
      expect(planned).toMatchObject({ object: "samples", namespace: north.id, estimate: 2 });
      expect(planned.batch).toEqual({ id: batch, name: "Kept", count: 2 });
      await refused(planOf(ann, { batch, format: "csv", namespace: south.id }), "not-together", "/namespace");
      await refused(planOf(ann, { batch, format: "csv", objects: "samples" }), "not-together", "/batch");
      const other = await lab.call(await lab.person("eve", [[land, "analyst"]]));
      await refused(planOf(other, { batch, format: "csv" }), "not-found", "/batch");
      await refused(planOf(ann, { batch: "nothing", format: "csv" }), "not-found", "/batch");
      expect(await ids(ada, { batch })).toEqual(["1", "2"]);
    });

    test("of another key than now they are out of date", async () => {
      const batch = await batchOf(ann, north);
      const objects = {
        ...OBJECTS("store"),
        samples: { ...OBJECTS("store").samples, key: ["project", "id"], files: {}, lists: {} },
      };
      const changed = await under(ann, { objects: { ...objects, runs: { ...objects.runs, lists: {} } } });
      await refused(planOf(changed, { batch, format: "csv" }), "batch-outdated");
    });
  });

  describe("analysis runs", () => {
    test("one's own need no role beyond guest, others that of an analyst", async () => {
      const body = { objects: "runs" };
      expect(await ids(gil, body)).toEqual(["3", "5"]);
      expect(await ids(gil, { ...body, namespace: water.id })).toEqual(["3"]);
      expect(await ids(ann, body)).toEqual(["1", "2", "4", "5", "6"]);
      expect(await ids(gil, { ...body, keys: ["3"] })).toEqual(["3"]);
      await refused(planOf(gil, { ...body, format: "csv", keys: ["3", "1"] }), "keys-not-found", "/keys/1");
      // An analyst of one place has their own runs of another one.
      await putRole(lab.at, north.id, gil.access.identity.person.id, "analyst");
      const both = await lab.call(gil.access);
      expect(await ids(both, { ...body, keys: ["3", "6"] })).toEqual(["3", "6"]);
      await refused(planOf(both, { ...body, format: "csv", keys: ["3", "7"] }), "keys-not-found", "/keys/0", "/keys/1");
      await archiveNamespace(lab.at, water.id, true);
      await refused(
        planOf(await lab.call(gil.access), { ...body, format: "csv", keys: ["3"] }),
        "keys-not-found",
        "/keys/0",
      );
      const nobody = await lab.call(await lab.person("nob", []));
      await refused(planOf(nobody, { ...body, format: "csv" }), "forbidden");
    });

    test("their files and those of each of their samples are in the archive", async () => {
      const body = { objects: "runs", layout: "files", keys: ["1", "2"] } as const;
      const planned = await planOf(ann, body);
      const entries = await unzipped(planned, org);
      expect(entries).toEqual({
        "1/summary.json": "this is summary.json",
        "1/s1_R1.fastq": "this is s1_R1.fastq",
        "1/s1_R2.fastq": "this is s1_R2.fastq",
        "1/s2.fasta": "this is s2.fasta",
        "2/summary.json": "this is summary.json",
      });
      const reads = await unzipped(await planOf(ann, { ...body, fileFormats: ["fastq"] }), org);
      expect(Object.keys(reads)).toEqual(["1/s1_R1.fastq", "1/s1_R2.fastq"]);
      const beside = await planOf(ann, {
        objects: "runs",
        format: "json",
        exportFiles: true,
        keys: ["1"],
        paths: ["id"],
      });
      const { "runs.json": json, ...others } = await unzipped(beside, org);
      expect(JSON.parse(json!)).toEqual([
        {
          id: 1,
          outputs: ["files/1/summary.json"],
          "samples.reads": ["files/1/s1_R1.fastq", "files/1/s1_R2.fastq", "files/1/s2.fasta"],
        },
      ]);
      expect(Object.keys(others)).toHaveLength(4);
      const folders = await unzipped(
        await planOf(ann, { objects: "runs", layout: "folders", exportFiles: true, keys: ["1"] }),
        org,
      );
      expect(Object.keys(folders)).toEqual(
        expect.arrayContaining(["1/record.json", "1/record.pdf", "1/summary.json", "1/s2.fasta"]),
      );
    });

    test("files of samples that the caller may not see are not there", async () => {
      const source = await sources.get(engine)!;
      await source.run("UPDATE samples SET run_id = 1 WHERE id = 4");
      try {
        const planned = await planOf(ann, { objects: "runs", layout: "files", keys: ["1"] });
        expect(Object.keys(await unzipped(planned, org))).not.toContain("1/s4.fastq");
        const all = await planOf(ada, { objects: "runs", layout: "files", keys: ["1"] });
        expect(Object.keys(await unzipped(all, org))).toContain("1/s4.fastq");
      } finally {
        await source.run("UPDATE samples SET run_id = 3 WHERE id = 4");
      }
    });

    test("files are exported of complete runs alone, and those that are not are told", async () => {
      const its = { objects: "runs", layout: "files" } as const;
      const error = await refused(planOf(ann, its), "run-not-complete", ...Array<string>(4).fill("/objects"));
      expect(error.message).toBe("3 of the chosen runs are not complete (4, 5, 6).");
      const one = await refusal(planOf(gil, { ...its, keys: ["3", "5"] }));
      expect(one.message).toBe("1 of the chosen runs is not complete (5).");
      await planOf(ann, { ...its, where: { state: { $in: ["completed", "archived"] } } });
      await planOf(ann, { objects: "runs", format: "csv" });
      const batch = await createBatch(ann, { object: "runs", name: "Runs", namespace: land.id, where: {} });
      await refused(
        planOf(ann, { batch: batch.batch.id, layout: "files" }),
        "run-not-complete",
        ...Array<string>(4).fill("/batch"),
      );
      await refused(
        planOf(ann, { objects: "runs", format: "csv", zipFiles: true }),
        "run-not-complete",
        ...Array<string>(4).fill("/objects"),
      );
    });
  });

  describe("nothing to export", () => {
    test("no file of the chosen kinds", async () => {
      const its = { objects: "samples", layout: "files" } as const;
      const none = await refused(
        planOf(ada, { ...its, fileFormats: ["pdf", "image"] }),
        "nothing-to-export",
        "/fileFormats",
      );
      expect(none.message).toBe("The records that were chosen have no files of the kinds pdf, image.");
      await refused(planOf(ada, { ...its, keys: ["3"] }), "nothing-to-export", "/exportFiles");
      await planOf(ada, { ...its, fileFormats: ["fasta"] });
      const batch = await createBatch(ada, { object: "samples", name: "B", namespace: south.id, where: {} });
      await refused(planOf(ada, { batch: batch.batch.id, layout: "files" }), "nothing-to-export", "/exportFiles");
    });

    test("no value in the chosen metadata, but a table without rows is one", async () => {
      const its = { objects: "samples", format: "csv", paths: ["id", "metadata.depth"] };
      await planOf(ada, { ...its, keys: ["1", "2"] });
      await refused(planOf(ada, { ...its, keys: ["2", "3"] }), "nothing-to-export", "/paths");
      await planOf(ada, { ...its, where: { id: 99 } });
      await planOf(ada, { ...its, keys: ["3"], paths: ["id", "note"] });
      const batch = await createBatch(ada, { object: "samples", name: "B", namespace: south.id, where: {} });
      const { objects: _, ...rest } = its;
      await refused(planOf(ada, { ...rest, batch: batch.batch.id }), "nothing-to-export", "/paths");
    });
  });

  describe("templates", () => {
    const DATASET = {
      kind: "dataset-template",
      name: "Soil only",
      object: "samples",
      format: "csv",
      fileName: "soil.csv",
      where: { kind: "soil" },
      columns: [{ field: "id", name: "No" }],
    };
    const dataset = (more: Settings = {}): Promise<{ id: string; revision: number }> =>
      createTemplate(ann, { kind: "dataset-template", namespace: land.id, body: { ...DATASET, ...more } });
    const bundle = (datasets: unknown, more: Settings = {}): Promise<{ id: string; revision: number }> =>
      createTemplate(ann, {
        kind: "export-template",
        namespace: land.id,
        body: { kind: "export-template", name: "Weekly", compressed: true, datasets, ...more },
      });

    test("a dataset template, narrowed", async () => {
      const { id: datasetTemplate } = await dataset();
      const planned = await planOf(ann, { datasetTemplate, container: "none" });
      expect(planned).toMatchObject({ object: "samples", fileName: "soil.csv", format: "text/csv" });
      expect(planned.revisions).toEqual([{ id: datasetTemplate, revision: 1 }]);
      expect((await bytesOf(planned, org)).toString()).toBe("No\n1\n3\n");
      const narrowed = async (body: ExportBody): Promise<string> =>
        (await bytesOf(await planOf(ann, { datasetTemplate, container: "none", ...body }), org)).toString();
      expect(await narrowed({ where: { id: { $gt: 1 } } })).toBe("No\n3\n");
      expect(await narrowed({ keys: ["1", "2"] })).toBe("No\n1\n");
      expect(await narrowed({ from: "2024-07-01", to: "2024-07-31" })).toBe("No\n3\n");
      expect(await narrowed({ limit: 1 })).toBe("No\n1\n");
      expect(await narrowed({ search: "first" })).toBe("No\n1\n");
      const { batch } = await createBatch(ann, { object: "samples", name: "B", namespace: south.id, where: {} });
      expect(await narrowed({ batch: batch.id })).toBe("No\n3\n");
      expect((await planOf(ann, { datasetTemplate, batch: batch.id })).fileName).toBe("Soil only.zip");
    });

    test("what a template decides is not given too", async () => {
      const { id: datasetTemplate } = await dataset();
      const decided = {
        format: "csv",
        options: {},
        paths: ["id"],
        include: [],
        expand: [],
        order: ["id"],
        aggregate: {},
      };
      await refused(
        planOf(ann, { datasetTemplate, ...decided }),
        "not-with-template",
        ...Object.keys(decided).map((name) => `/${name}`),
      );
      await refused(planOf(ann, { datasetTemplate, layout: "folders" }), "not-with-template", "/layout");
      await refused(planOf(ann, { datasetTemplate, objects: "measures" }), "not-with-template", "/datasetTemplate");
      await refused(planOf(ann, { datasetTemplate, where: { nothing: 1 } }), "unknown-field", "/where/nothing");
      await refused(planOf(ann, { datasetTemplate, limit: -1 }), "limit-not-suited", "/limit");
    });

    test("of the right kind, and seen by the caller", async () => {
      const { id } = await dataset();
      await refused(planOf(ann, { exportTemplate: id }), "template-not-suited", "/exportTemplate");
      await refused(planOf(ann, { datasetTemplate: "nothing" }), "not-found", "/datasetTemplate");
      const other = await lab.call(await lab.person("eve", [[water, "analyst"]]));
      await refused(planOf(other, { datasetTemplate: id }), "not-found", "/datasetTemplate");
      const { id: draft } = await dataset({ name: "Draft", columns: [] });
      await refused(planOf(ann, { datasetTemplate: draft }), "template-is-draft", "/datasetTemplate");
    });

    test("an export template, named by its author, with the revisions that were used", async () => {
      const { id: named } = await dataset();
      const datasets = [
        { template: named, name: "Soil only" },
        { name: "Note", format: "text", columns: [{ value: "Hello" }] },
      ];
      const { id: exportTemplate } = await bundle(datasets, { fileName: "weekly-{org}-{batch}-{id}" });
      const planned = await planOf(ann, { exportTemplate, label: "Mine" }, { id: "e1" });
      expect(planned).toMatchObject({ fileName: "weekly-lab-e1.zip", container: "zip" });
      expect(planned.revisions).toEqual([
        { id: exportTemplate, revision: 1 },
        { id: named, revision: 1 },
      ]);
      expect(await unzipped(planned, org)).toEqual({ "soil.csv": "No\n1\n3\n", "Note.txt": "Hello" });
      // Both change before it runs.
      await replaceTemplate(ann, named, {
        body: { ...DATASET, columns: [{ field: "kind", name: "Kind" }] },
        revision: 1,
      });
      const body = {
        kind: "export-template",
        name: "Weekly 2",
        compressed: true,
        datasets: [{ template: named, name: "x" }],
      };
      await replaceTemplate(ann, exportTemplate, { body, revision: 1 });
      const later = await planOf(ann, { exportTemplate }, { pinned: planned.revisions });
      expect(later.revisions).toEqual(planned.revisions);
      expect(await unzipped(later, org)).toEqual({ "soil.csv": "No\n1\n3\n", "Note.txt": "Hello" });
      const now = await planOf(ann, { exportTemplate });
      expect(now.revisions).toEqual([
        { id: exportTemplate, revision: 2 },
        { id: named, revision: 2 },
      ]);
      await deleteTemplate(ann, named);
      await refused(planOf(ann, { exportTemplate }), "dataset-not-found", "/exportTemplate");
    });

    test("one that is not compressed is bare while it is one file", async () => {
      const { id: exportTemplate } = await bundle([DATASET], { compressed: false });
      expect(await planOf(ann, { exportTemplate })).toMatchObject({
        container: "none",
        fileName: "soil.csv",
        mime: "text/csv",
      });
      expect(await planOf(ann, { exportTemplate, exportFiles: true })).toMatchObject({ container: "zip" });
      expect(await planOf(ann, { exportTemplate, container: "zip" })).toMatchObject({ fileName: "Weekly.zip" });
    });

    test("one of texts alone has no records to choose from", async () => {
      const { id: exportTemplate } = await bundle([{ name: "Note", format: "text", columns: [{ value: "Hello" }] }]);
      expect(await planOf(ann, { exportTemplate })).toMatchObject({ object: null, format: null, estimate: null });
      await refused(planOf(ann, { exportTemplate, keys: ["1"] }), "not-with-template", "/keys");
      await refused(planOf(gil, { exportTemplate }), "forbidden");
    });

    test("a mistake inside of a template is told with its place there", async () => {
      const { id: datasetTemplate } = await dataset({
        columns: [{ field: "patient", name: "P" }],
        where: { patient: "P1" },
      }).catch(() =>
        createTemplate(ada, {
          kind: "dataset-template",
          namespace: land.id,
          body: { ...DATASET, where: { patient: "P1" } },
        }),
      );
      const error = await refused(planOf(ann, { datasetTemplate }), "unknown-field", "/datasetTemplate");
      expect(error.places[0]!.detail).toContain(`In "Soil only" at /where/patient`);
    });
  });

  describe("what the org wants besides", () => {
    test("a stated purpose", async () => {
      const strict = await under(ann, { purpose: "required" });
      const its = { objects: "samples", format: "csv" };
      await refused(planOf(strict, its), "purpose-missing", "/purpose");
      await refused(planOf(strict, { ...its, purpose: "  " }), "purpose-missing", "/purpose");
      await planOf(strict, { ...its, purpose: "A study" });
    });

    test("a second person's approval, of marked object types and above a number of records", async () => {
      const marked = await under(ann, { approval: { objects: ["measures"] } });
      const samples = { objects: "samples", format: "csv" };
      expect(await planOf(marked, samples)).toMatchObject({ marks: [], approval: null });
      for (const body of [
        { ...samples, include: ["measures"] },
        { objects: "measures", format: "csv" },
        { ...samples, prefix: "1/measures" },
      ]) {
        expect(await planOf(marked, body)).toMatchObject({ marks: ["measures"], approval: { reason: "objects" } });
      }
      const referred = await under(ann, { approval: { objects: ["projects"] } });
      expect(await planOf(referred, { ...samples, paths: ["id", "place.name"] })).toMatchObject({
        marks: ["projects"],
      });
      const above = await under(ann, { approval: { rows: 2 } });
      const waits = async (body: ExportBody): Promise<unknown> => (await planOf(above, body)).approval;
      expect(await waits(samples)).toEqual({ reason: "rows" });
      expect(await waits({ ...samples, where: { id: { $lt: 3 } } })).toBeNull();
      expect(await waits({ ...samples, limit: 2 })).toBeNull();
      expect(await waits({ objects: "samples", layout: "folders" })).toEqual({ reason: "rows" });
      expect(await waits({ ...samples, aggregate: { by: ["id"] } })).toBeNull();
      const { batch } = await createBatch(ann, { object: "samples", name: "B", namespace: north.id, where: {} });
      expect(await waits({ batch: batch.id, format: "csv" })).toBeNull();
      const large = await createBatch(ann, { object: "samples", name: "L", namespace: land.id, where: {} });
      expect(await waits({ batch: large.batch.id, format: "csv" })).toEqual({ reason: "rows" });
      expect(await waits({ batch: large.batch.id, format: "csv", where: { id: { $lt: 3 } } })).toBeNull();
    });

    test("of object types that there are", async () => {
      const error = await refused(
        orgWith(engine, { approval: { objects: ["runs", "meazures"] } }),
        "config",
        "/orgs/lab/approval/objects/1",
      );
      expect([error.message, error.hint]).toEqual([
        expect.stringContaining(`no object type "meazures"`),
        "Did you mean measures?",
      ]);
    });

    test("how long archives of an object type are kept", async () => {
      expect((await planOf(ada, { objects: "projects", format: "csv" })).retention).toBe("P1D");
    });
  });

  describe("for administrators, and for others", () => {
    test("a script is looked at before it runs", async () => {
      const its = { objects: "samples", format: "csv" };
      const planned = await planOf(ada, { ...its, afterScript: "log(1)" });
      expect(planned.afterScript).toBe("log(1)");
      const error = await refused(
        planOf(ada, { ...its, afterScript: "let x = 1;\nlet = = 2;" }),
        "script-not-suited",
        "/afterScript",
      );
      expect(error.places[0]!.detail).toMatch(/^Line 2, column \d+: /);
      await refused(planOf(ann, { ...its, afterScript: "log(1)" }), "forbidden");
    });

    test("an archive for one recipient", async () => {
      const its = { objects: "samples", format: "csv", label: "Mine" };
      const recipient = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
      expect(await planOf(ann, { ...its, recipient })).toMatchObject({
        recipient,
        fileName: "Mine.zip.age",
        mime: "application/octet-stream",
      });
      await refused(planOf(ann, { ...its, recipient: "age1nothing" }), "recipient-not-suited", "/recipient");
      const secret = `AGE-SECRET-KEY-1${"Q".repeat(58)}`;
      const error = await refused(planOf(ann, { ...its, recipient: secret }), "recipient-not-suited", "/recipient");
      expect(JSON.stringify([error.message, error.places])).not.toContain(secret);
    });
  });

  describe("two that are the same", () => {
    const keyOf = async (call: OrgCall, body: ExportBody, options?: Parameters<typeof planOf>[2]): Promise<string> =>
      joinKey(call, body, await planOf(call, body, options));

    test("have one key, whatever they are called", async () => {
      const body = { objects: "samples", format: "csv", where: { kind: "soil", id: 1 } };
      const key = await keyOf(ann, body);
      expect(key).toMatch(/^[0-9a-f]{64}$/);
      const alike: ExportBody[] = [
        { ...body, label: "A", description: "B", notify: true, join: true },
        { ...body, format: "text/csv" },
        { ...body, where: { id: 1, kind: "soil" } },
      ];
      for (const same of alike) expect(await keyOf(ann, same, { moment: new Date(0), id: "other" })).toBe(key);
    });

    test("have another one where anything else differs", async () => {
      const body = { objects: "samples", format: "csv" };
      const others: ExportBody[] = [
        { ...body, format: "tsv" },
        { ...body, options: { bom: true } },
        { ...body, where: {} },
        { ...body, namespace: north.id },
        { ...body, paths: ["id"] },
        { ...body, container: "none" },
        { ...body, language: "fr" },
        { ...body, timeZone: "UTC" },
        { ...body, purpose: "A study" },
      ];
      const keys = await Promise.all([body, ...others].map((it) => keyOf(ann, it)));
      expect(new Set(keys).size).toBe(keys.length);
      const eve = await lab.call(await lab.person("eve", [[land, "analyst"]]));
      const of = [
        keys[0],
        await keyOf(eve, body),
        await keyOf(ada, body),
        await keyOf(ada, { ...body, principal: "ann@example.org" }),
      ];
      expect(new Set(of).size).toBe(4);
      // With other rights it is another export.
      await putRole(lab.at, water.id, ann.access.identity.person.id, "analyst");
      expect(await keyOf(await lab.call(ann.access), body)).not.toBe(keys[0]);
      const renamed = await under(ann, { objects: { ...OBJECTS("store"), loose: { label: "Other" } } });
      expect(await keyOf(renamed, body)).not.toBe(keys[0]);
    });

    test("two orgs never have the same", async () => {
      const body = { objects: "loose", format: "csv" };
      const twin = await orgWith(engine, {}, "twin");
      const there: OrgCall = {
        ...ada,
        org: async () => twin,
        access: { ...ada.access, at: { ...lab.at, org: "twin" } },
      };
      expect(await keyOf(there, body)).not.toBe(await keyOf(ada, body));
    });
  });
});

describe("of a MariaDB source", () => {
  test("runs bring the files of their samples, and prefixes items of a list", async () => {
    const org = await orgWith("mariadb");
    const call = callBy(org, "admin");
    const files = await unzipped(await planOf(call, { objects: "runs", layout: "files", keys: ["1", "2"] }), org);
    expect(Object.keys(files)).toEqual([
      "1/summary.json",
      "1/s1_R1.fastq",
      "1/s1_R2.fastq",
      "1/s2.fasta",
      "2/summary.json",
    ]);
    const json = await planOf(call, {
      objects: "runs",
      format: "ndjson",
      exportFiles: true,
      order: ["-id"],
      where: { id: { $lt: 3 } },
    });
    const { "runs.ndjson": lines } = await unzipped(json, org);
    const places = lines!
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Settings);
    expect(places.map((it) => it["samples.reads"])).toEqual([
      [],
      ["files/1/s1_R1.fastq", "files/1/s1_R2.fastq", "files/1/s2.fasta"],
    ]);
    const bare = { format: "csv", container: "none", paths: ["seen"], prefix: "1/visits" } as const;
    const visits = await planOf(call, { objects: "samples", ...bare });
    expect((await bytesOf(visits, org)).toString()).toBe("seen\n2024-05-02\n2024-05-03\n");
    await refused(
      planOf(call, { objects: "runs", layout: "files" }),
      "run-not-complete",
      ...Array<string>(4).fill("/objects"),
    );
    await refused(
      planOf(call, { objects: "samples", layout: "files", fileFormats: ["pdf"] }),
      "nothing-to-export",
      "/fileFormats",
    );
    const metadata = { objects: "samples", format: "csv", paths: ["metadata.depth"] };
    await refused(planOf(call, { ...metadata, keys: ["2", "3"] }), "nothing-to-export", "/paths");
  });
});
