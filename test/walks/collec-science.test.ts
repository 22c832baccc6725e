// The walk of a laboratory (Collec-Science): samples are filtered, frozen as a batch, and exported by templates, again and again.
import { beforeAll, describe, expect, test } from "vitest";
import { waybill } from "../command-line/program.ts";
import { pythonCsv, pythonJson } from "../readers/python.ts";
import { pythonZip } from "../readers/zip.ts";
import { createDatabase, type TestDatabase } from "../setup/postgres.ts";
import { type Answered, type Caller, runningService } from "./running-service.ts";

/** A sample as the laboratory has it. */
interface Sample {
  readonly id: number;
  readonly uid: number;
  readonly identifier: string;
  readonly collection: number;
  readonly type: number;
  readonly status: number;
  readonly sampled: string | null;
  readonly metadata: Readonly<Record<string, unknown>> | null;
}

const TYPES = ["water", "sediment", "fish scale"];
const OPERATORS = ["Éric Quinton", 'Ana; "la jefa"', "Li\nWei", "O'Neill"];

/** Samples of three collections; those of the second are what this is about. */
const SAMPLES = Array.from({ length: 420 }, (_, n): Sample => {
  const id = n + 1;
  const depth = n % 7 === 0 ? null : n % 5 === 0 ? 0 : (n % 40) / 4;
  return {
    id,
    uid: 10_000 - id,
    identifier: `ECOGIS-${String(id).padStart(4, "0")}`,
    collection: n % 4 === 3 ? 1 : n % 20 === 0 ? 3 : 2,
    type: (n % 3) + 1,
    status: (n % 4) + 1,
    sampled: n % 11 === 0 ? null : `20${20 + (n % 5)}-0${(n % 9) + 1}-1${n % 10} 0${n % 10}:30:00`,
    metadata: { ...(depth === null ? {} : { depth }), operator: OPERATORS[n % 4], gear: { net: "200 µm" } },
  };
});
/** What the walker looks for: sediment and scales of their collection, from 2022 on. */
const FOUND = SAMPLES.filter(
  (it) => it.collection === 2 && it.type !== 1 && it.sampled !== null && it.sampled >= "2022-01-01",
);
const WITH_DOCUMENTS = FOUND.filter(({ id }) => id % 10 === 0);
const FILTER = { sample_type_id: { $in: [2, 3] }, sampling_date: { $gte: "2022-01-01T00:00:00" } };

const YAML = `
orgs:
  lab:
    name: Estuaries laboratory
    timeZone: Europe/Paris
    namespaces: { object: collection, name: collection_name, code: collection_code }
    sources: { main: { url: "\${LAB}" } }
    objects:
      collection: { namespace: collection_id }
      sample_type: {}
      sample:
        title: identifier
        namespace: collection_id
        state: object_status_id
        references: { type: { object: sample_type, by: sample_type_id } }
        fields: { metadata: { keys: { depth: { type: decimal, unit: m }, operator: text } } }
      document: {}
      booking: {}
`;

const SAMPLES_TEMPLATE = {
  kind: "dataset-template",
  name: "Samples",
  object: "sample",
  format: "csv",
  fileName: "samples.csv",
  options: { delimiter: ";", bom: true, newline: "crlf" },
  columns: [
    { field: "uid", name: "UID" },
    { field: "identifier", name: "Identifier" },
    { field: "metadata.depth", name: "Depth (m)", default: "-1" },
    { field: "metadata.operator", name: "Operator", mandatory: true },
    { field: "sampling_date", name: "Sampled", date: "dd/MM/yyyy HH:mm" },
    { field: "object_status_id", name: "Status", translate: { "1": "fresh", "2": "frozen", "3": "" } },
    { field: "type.sample_type_name", name: "Type" },
    { value: "EABX", name: "Laboratory" },
  ],
};
const HEADER = SAMPLES_TEMPLATE.columns.map(({ name }) => name);

function rowOf({ uid, identifier, metadata, sampled, status, type }: Sample): string[] {
  const { depth = -1, operator } = metadata as { depth?: number; operator: string };
  const [, year, month, day, time] = /^(\d+)-(\d+)-(\d+) (\d+:\d+)/.exec(sampled!)!;
  const states: Record<number, string> = { 1: "fresh", 2: "frozen", 3: "" };
  const shown = states[status] ?? String(status);
  return [
    String(uid),
    identifier,
    String(depth),
    operator,
    `${day}/${month}/${year} ${time}`,
    shown,
    TYPES[type - 1]!,
    "EABX",
  ];
}

const DOCUMENTS_TEMPLATE = {
  kind: "dataset-template",
  name: "Documents",
  object: "document",
  format: "json",
  fileName: "documents.json",
  order: ["document_id"],
  columns: [
    { field: "document_name", name: "document" },
    { field: "sample.identifier", name: "sample" },
  ],
};

describe("Collec-Science", { timeout: 60_000 }, () => {
  let source: TestDatabase;
  let ines: Caller;
  let marc: Caller;
  let collection = "";
  let batch = "";
  let template: Answered;
  const datasets: string[] = [];

  beforeAll(async () => {
    source = await createDatabase();
    await fill(source);
    const people = { ada: { admin: true }, ines: { cookie: true }, marc: {} } as const;
    const service = await runningService({ kind: "pglite", yaml: YAML, env: { LAB: source.url }, people });
    [ines, marc] = [service.as("ines"), service.as("marc")];
    // The collections are the namespaces; the administrator says who works with which.
    const namespaces = await service.roles("ada", { ines: { 2: "analyst" }, marc: { 2: "maintainer" } });
    collection = namespaces.get("2")!;
    return async () => {
      await service.stop();
      await source.drop();
    };
  });

  test("the samples are filtered, counted and looked up", async () => {
    expect((await ines.get("/namespaces")).body.data).toMatchObject([{ name: "Fish & estuaries", role: "analyst" }]);
    const where = encodeURIComponent(JSON.stringify(FILTER));
    const counted = await ines.get(`/objects/sample/count?where=${where}&namespace=${collection}`);
    expect(counted.body).toEqual({ count: FOUND.length, exact: true });
    const page = await ines.get(`/objects/sample/records?where=${where}&limit=20&paths=identifier,metadata.depth`);
    const shown = FOUND.slice(0, 20);
    expect(page.body.data).toEqual(
      shown.map(({ identifier, metadata }) => ({ identifier, metadata: { depth: metadata!["depth"] ?? null } })),
    );
    expect(page.body.keys).toEqual(shown.map(({ id }) => String(id)));
    // A list of identifiers from a notebook: what is not there, and what is another collection's, are told alike.
    const other = SAMPLES.find((it) => it.collection === 1)!;
    const [some] = FOUND;
    const values = [some!.identifier, "ECOGIS-9999", other.identifier];
    const looked = await ines.post("/objects/sample/lookup", { by: "identifier", values });
    expect(looked.body).toEqual({
      found: [{ value: some!.identifier, key: String(some!.id) }],
      notFound: ["ECOGIS-9999", other.identifier],
    });
  });

  test("what was found is frozen as a batch, which does not change with the samples", async () => {
    const asked = { object: "sample", name: "Scales 2022–", namespace: collection, where: FILTER };
    const { status, body } = await ines.post("/batches", asked);
    expect(status).toBe(201);
    expect(body).toMatchObject({ count: FOUND.length, objects: "sample", namespace: collection });
    batch = body._id;
    // Another one that the filter would find.
    await source.client.query(
      `insert into sample values (900, 99, 'LATE', 2, 2, 1, '2024-01-01', '{"operator": "Zoé"}')`,
    );
    const records = await ines.get(`/batches/${batch}/records?limit=500&paths=identifier`);
    expect(records.body.data).toEqual(FOUND.map(({ identifier }) => ({ identifier })));
    expect(records.body.vanished).toEqual({ count: 0, keys: [] });
    // It is hers.
    expect((await marc.get(`/batches/${batch}`)).status).toBe(404);
  });

  test("the author makes dataset templates and an export template of them, and looks at what they give", async () => {
    for (const body of [SAMPLES_TEMPLATE, DOCUMENTS_TEMPLATE]) {
      const made = await marc.post(`/dataset-templates?namespace=${collection}`, body);
      expect(made).toMatchObject({ status: 201 });
      datasets.push(made.body._id);
    }
    const body = {
      kind: "export-template",
      name: "Weekly",
      description: "Samples and their documents",
      version: "1.0",
      compressed: true,
      fileName: "{name}-{batch}",
      datasets: datasets.map((it) => ({ template: it })),
    };
    const made = await marc.post(`/export-templates?namespace=${collection}`, body);
    expect(made.status).toBe(201);
    template = made.body;
    const looked = await marc.post(`/export-templates/${template._id}/preview?limit=3`);
    expect(looked.body).toMatchObject({ problems: [], notes: [] });
    expect(looked.body.datasets.map((it: Answered) => it.fileNames)).toEqual([["samples.csv"], ["documents.json"]]);
    expect(looked.body.datasets[0].tables[0].rows).toHaveLength(3);
  });

  test("a new export of the batch, by the template, is what the samples are, and holds under waybill verify", async () => {
    // Those who choose see name and description.
    const offered = await ines.get("/export-templates");
    expect(offered.body.data).toMatchObject([{ name: "Weekly", description: "Samples and their documents" }]);
    const id = await ines.order({ batch, exportTemplate: template._id, label: "Échelles d'été" });
    const { facts } = await ines.over(id);
    expect(facts).toMatchObject({
      state: "ready",
      kind: "template",
      batch,
      problems: 0,
      progress: { rows: FOUND.length + WITH_DOCUMENTS.length * 2, files: 0 },
    });
    const { bytes, file, name } = await ines.download(id);
    expect(name).toBe("Weekly-Scales 2022–.zip");
    const files = await pythonZip(bytes);
    expect([...files.keys()]).toEqual(["samples.csv", "documents.json", "README.txt", "datapackage.json"]);
    await expectSamples(files.get("samples.csv")!, FOUND);
    expect(await pythonJson(files.get("documents.json")!)).toEqual([
      WITH_DOCUMENTS.flatMap(({ identifier }) =>
        ["photo.jpg", "protocole.pdf"].map((document) => ({ document, sample: identifier })),
      ),
    ]);
    const { resources, provenance } = JSON.parse(files.get("datapackage.json")!.toString());
    expect(resources.map(({ path, rowCount }: Answered) => [path, rowCount])).toEqual([
      ["samples.csv", FOUND.length],
      ["documents.json", WITH_DOCUMENTS.length * 2],
      ["README.txt", undefined],
    ]);
    expect(provenance.template).toMatchObject({ name: "Weekly", version: "1.0" });
    const verified = await waybill(["verify", file]);
    expect({ code: verified.code, stderr: verified.stderr }).toEqual({ code: 0, stderr: "" });
  });

  test("the batch has its history, from which the same is exported again, by the templates as they are now", async () => {
    const [first] = (await ines.get(`/exports?batch=${batch}`)).body.data;
    expect(first).toMatchObject({ label: "Échelles d'été", state: "ready", template: template._id });
    // Meanwhile the author adds bookings, of which there are none, under a name that is taken.
    const bookings = {
      kind: "dataset-template",
      name: "Bookings",
      object: "booking",
      format: "csv",
      fileName: "samples.csv",
      columns: [
        { field: "booking_id", name: "Booking" },
        { field: "sample.uid", name: "UID" },
      ],
    };
    const third = (await marc.post(`/dataset-templates?namespace=${collection}`, bookings)).body._id;
    const body = {
      ...template.template,
      version: "1.1",
      datasets: [...template.template.datasets, { template: third }],
    };
    expect((await marc.put(`/export-templates/${template._id}?revision=1`, body)).status).toBe(200);
    const again = await ines.post(`/exports/${first._id}/resubmit`);
    expect(again).toMatchObject({ status: 201, body: { resubmitOf: first._id, batch, label: "Échelles d'été" } });
    expect((await ines.over(again.body._id)).facts.state).toBe("ready");
    const [before, after] = await Promise.all(
      [first._id, again.body._id].map(async (it) => pythonZip((await ines.download(it)).bytes)),
    );
    expect([...after!.keys()].slice(0, 3)).toEqual(["samples.csv", "documents.json", "samples (2).csv"]);
    expect(after!.get("samples.csv")).toEqual(before!.get("samples.csv"));
    expect(await pythonCsv(after!.get("samples (2).csv")!)).toEqual([["Booking", "UID"]]);
    // What each was made by is remembered.
    const history = (await ines.get(`/exports?batch=${batch}`)).body.data as Answered[];
    expect(history.map(({ _id }) => _id)).toEqual([again.body._id, first._id]);
    const revisions = await Promise.all(
      history.map(async ({ _id }) => (await ines.get(`/exports/${_id}`)).body.revisions),
    );
    const ofTemplate = revisions.map((its: Answered[]) => its.find((it) => it.id === template._id).revision);
    expect(ofTemplate).toEqual([2, 1]);
  });

  test("a mandatory column without values fails the export, with all that lack it counted and the first named", async () => {
    const lacking = FOUND.slice(0, 107).map(({ id }) => id);
    await source.client.query(`update sample set metadata = metadata - 'operator' where sample_id = any($1)`, [
      lacking,
    ]);
    const id = await ines.order({ batch, exportTemplate: template._id });
    const { facts } = await ines.over(id);
    const named = `${lacking.slice(0, 100).join(", ")}, …`;
    expect(facts).toMatchObject({
      state: "error",
      dataFile: null,
      fault: {
        code: "mandatory-missing",
        detail: "Values are missing in the mandatory column Operator.",
        places: expect.arrayContaining([
          expect.objectContaining({
            pointer: "Operator",
            detail: `Operator (sample): 107 records without a value: ${named}`,
          }),
        ]),
      },
    });
    for (const part of ["data", "preview"]) {
      expect(await ines.get(`/exports/${id}/${part}`)).toMatchObject({ status: 409, body: { code: "not-ready" } });
    }
    await source.client.query(
      `update sample set metadata = metadata || '{"operator": "Éric Quinton"}' where sample_id = any($1)`,
      [lacking],
    );
  });

  test("samples that are gone are told: by the batch, the export and its archive", async () => {
    // One is deleted, one is another collection's now: neither is there for her any more.
    const [gone, moved] = [FOUND[1]!.id, FOUND[4]!.id];
    await source.client.query(`delete from document where sample_id = ${gone}`);
    await source.client.query(`delete from sample where sample_id = ${gone}`);
    await source.client.query(`update sample set collection_id = 1 where sample_id = ${moved}`);
    const keys = [gone, moved].map(String);
    expect((await ines.get(`/batches/${batch}/check`)).body).toEqual({
      count: FOUND.length,
      vanished: { count: 2, keys },
    });
    const { facts, bytes, file } = await ines.exported({ batch, datasetTemplate: datasets[0] });
    expect(facts).toMatchObject({ problems: 2 });
    expect(facts.result.problems).toEqual([{ code: "record-vanished", column: "sample", count: 2, keys }]);
    const files = await pythonZip(bytes);
    const left = FOUND.filter((it) => it.id !== gone && it.id !== moved);
    const now = left.map((it, n) => (n < 105 ? { ...it, metadata: { ...it.metadata, operator: "Éric Quinton" } } : it));
    await expectSamples(files.get("samples.csv")!, now);
    expect(JSON.parse(files.get("datapackage.json")!.toString()).problems).toEqual(facts.result.problems);
    expect(files.get("README.txt")!.toString()).toContain("of the batch not there any more");
    expect((await waybill(["verify", file])).code).toBe(0);
  });
});

async function expectSamples(bytes: Buffer, samples: readonly Sample[]): Promise<void> {
  expect(bytes.subarray(0, 3).toString("hex")).toBe("efbbbf");
  const text = bytes.subarray(3);
  expect(text.toString().endsWith("\r\n")).toBe(true);
  expect(await pythonCsv(text, ";")).toEqual([HEADER, ...samples.map(rowOf)]);
}

async function fill({ client }: TestDatabase): Promise<void> {
  await client.query(`
    create table collection (collection_id integer primary key, collection_name varchar not null, collection_code varchar not null);
    create table sample_type (sample_type_id integer primary key, sample_type_name varchar not null);
    create table sample (
      sample_id integer primary key,
      uid integer not null unique,
      identifier varchar not null unique,
      collection_id integer not null references collection,
      sample_type_id integer not null references sample_type,
      object_status_id smallint not null,
      sampling_date timestamp,
      metadata jsonb
    );
    create table document (
      document_id serial primary key,
      sample_id integer not null references sample,
      document_name varchar not null,
      content bytea
    );
    create table booking (booking_id integer primary key, sample_id integer not null references sample);
    insert into collection values (1, 'Plankton', 'plankton'), (2, 'Fish & estuaries', 'fish'), (3, 'Étalons', 'etalons');
  `);
  for (const [n, name] of TYPES.entries()) await client.query("insert into sample_type values ($1, $2)", [n + 1, name]);
  await client.query(
    `insert into sample select (it->>'id')::integer, (it->>'uid')::integer, it->>'identifier', (it->>'collection')::integer,
       (it->>'type')::integer, (it->>'status')::smallint, (it->>'sampled')::timestamp, it->'metadata'
     from jsonb_array_elements($1::jsonb) it`,
    [JSON.stringify(SAMPLES)],
  );
  await client.query(`
    insert into document (sample_id, document_name)
      select sample_id, name from sample, (values ('photo.jpg'), ('protocole.pdf')) names (name)
      where sample_id % 10 = 0 order by sample_id, name`);
}
