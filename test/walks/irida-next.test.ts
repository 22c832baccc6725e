// The walk of a genomics platform (IRIDA Next): files, line lists and analyses of a project's samples, by those who may.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { read, utils } from "xlsx";
import { pythonMails } from "../readers/mail.ts";
import { pythonCsv } from "../readers/python.ts";
import { pythonZip } from "../readers/zip.ts";
import { temporaryFolder } from "../setup/control.ts";
import { type MailServer, openMailServer } from "../setup/mail-server.ts";
import { type Answered, type Caller, type RunningService, runningService } from "./running-service.ts";

const YAML = `
mail: { url: "\${SMTP}", from: "exports@example.org" }
orgs:
  lab:
    name: { en: Public health, fr: Santé publique }
    timeZone: America/Winnipeg
    namespaces: { object: namespaces, parent: parent_id, name: name, code: path }
    sources: { main: { url: "sqlite:irida.db" }, store: { url: "dir:store" } }
    objects:
      namespaces: { namespace: id }
      samples:
        title: name
        key: puid
        namespace: project_id
        label: { en: Samples, fr: Échantillons }
        fields: { metadata: { keys: { country: text, collected: date, age: integer, source: text } } }
        files: { files: { object: attachments, by: sample_puid, store: store, path: path, name: filename, size: byte_size } }
      attachments: { key: id }
      workflow_executions:
        title: name
        namespace: namespace_id
        owner: submitter
        state: state
        complete: { state: completed }
        lists: { samples: { object: run_samples, by: run_id } }
        files: { outputs: { object: outputs, by: run_id, store: store, path: path, name: filename } }
      run_samples:
        key: id
        files: { results: { object: run_sample_outputs, by: run_sample_id, store: store, path: path, name: filename } }
      outputs: { key: id }
      run_sample_outputs: { key: id }
`;

/** Group 1 has the projects 2 and 3; project 4 is somebody else's. */
const SQL = `
create table namespaces (id integer primary key, parent_id integer references namespaces (id), type text not null, name text not null, path text not null);
insert into namespaces values (1, null, 'Group', 'Enteric Diseases', 'enteric'), (2, 1, 'Project', 'Salmonella 2024', 'salmonella-2024'),
  (3, 1, 'Project', 'Outbreak — Côte d’Ivoire', 'outbreak'), (4, null, 'Project', 'Private', 'private');
create table samples (puid text primary key, project_id integer not null references namespaces (id), name text not null, metadata json not null);
insert into samples values
  ('INXT_SAM_A1', 2, 'SH10-001', '{"country":"Canada","collected":"2024-01-05","age":0}'),
  ('INXT_SAM_A2', 2, 'SH10-002', '{"country":"Côte d’Ivoire","age":41}'),
  ('INXT_SAM_A3', 2, 'SH10 003/b', '{}'),
  ('INXT_SAM_B1', 3, 'OUT-1', '{"country":"Việt Nam","collected":"2023-12-31"}'),
  ('INXT_SAM_P1', 4, 'SECRET', '{"country":"Chile"}');
create table attachments (id integer primary key, sample_puid text not null references samples (puid), filename text not null, path text, byte_size integer);
create table workflow_executions (id text primary key, namespace_id integer not null references namespaces (id), name text not null, state text not null, submitter text not null);
insert into workflow_executions values
  ('INXT_WF_1', 2, 'mlst of Gus', 'completed', 'gus@example.org'), ('INXT_WF_2', 2, 'automated assembly', 'completed', 'pipeline@example.org'),
  ('INXT_WF_3', 2, 'snvphyl', 'running', 'gus@example.org'), ('INXT_WF_4', 4, 'hidden', 'completed', 'pipeline@example.org');
create table outputs (id integer primary key, run_id text not null references workflow_executions (id), filename text not null, path text not null);
create table run_samples (id integer primary key, run_id text not null references workflow_executions (id), sample_puid text not null references samples (puid));
insert into run_samples values (1, 'INXT_WF_1', 'INXT_SAM_A1'), (2, 'INXT_WF_1', 'INXT_SAM_A2'), (3, 'INXT_WF_2', 'INXT_SAM_A1');
create table run_sample_outputs (id integer primary key, run_sample_id integer not null references run_samples (id), filename text not null, path text not null);
`;

const READ = (name: string): Buffer => gzipSync(`@${name}\nACGT\n+\nIIII\n`);
const FILES: Readonly<Record<string, Readonly<Record<string, Buffer>>>> = {
  INXT_SAM_A1: {
    "SH10-001_S1_L001_R2_001.fastq.gz": READ("a1/2"),
    "notes on it.txt": Buffer.from("first"),
    "SH10-001_S1_L001_R1_001.fastq.gz": READ("a1/1"),
    "assembly.FASTA": Buffer.from(">contig1\nACGT\n"),
  },
  INXT_SAM_A2: { "résistance.csv": Buffer.from("gene;found\nblaTEM;yes\n"), README: Buffer.from("?") },
  INXT_SAM_B1: { "OUT-1_1.fq": Buffer.from("@b\nAC\n+\nII\n") },
  INXT_SAM_P1: { "private.fastq": Buffer.from("@p\nAC\n+\nII\n") },
};
const OUTPUTS = {
  INXT_WF_1: ["summary.csv"],
  INXT_WF_2: ["summary.csv", "report.html"],
  INXT_WF_3: ["log.txt"],
  INXT_WF_4: ["x.csv"],
};
const RESULTS = { 1: "A1.mlst.json", 2: "A2.mlst.json", 3: "A1.assembly.fasta" };

describe("IRIDA Next", { timeout: 60_000 }, () => {
  let service: RunningService;
  let mail: MailServer;
  let ana: Caller;
  let gus: Caller;
  let project = "";

  beforeAll(async () => {
    const folder = temporaryFolder();
    fill(folder);
    mail = await openMailServer();
    const people = { ada: { admin: true }, ana: { cookie: true, language: "fr" }, gus: {}, otto: {} } as const;
    service = await runningService({ kind: "pglite", folder, yaml: YAML, env: { SMTP: mail.url }, people });
    const ids = await service.roles("ada", { ana: { 1: "analyst" }, gus: { 2: "guest" }, otto: { 4: "owner" } });
    [ana, gus] = [service.as("ana"), service.as("gus")];
    project = ids.get("2")!;
    return async () => {
      await service.stop();
      await mail.stop();
    };
  });

  test("an analyst exports files of the chosen formats, a folder a sample, with the two ends of a read together", async () => {
    const asked = { objects: "samples", namespace: project, layout: "files" };
    const keys = ["INXT_SAM_A1", "INXT_SAM_A2"];
    const { bytes, facts } = await ana.exported({ ...asked, keys, fileFormats: ["fastq", "fasta", "csv"] });
    expect(facts).toMatchObject({ kind: "files", problems: 0, progress: { files: 4 } });
    const files = await pythonZip(bytes);
    const wanted = [
      ["INXT_SAM_A1", "SH10-001_S1_L001_R1_001.fastq.gz"],
      ["INXT_SAM_A1", "SH10-001_S1_L001_R2_001.fastq.gz"],
      ["INXT_SAM_A1", "assembly.FASTA"],
      ["INXT_SAM_A2", "résistance.csv"],
    ] as const;
    const places = wanted.map(([record, name]) => `${record}/${name}`);
    expect([...files.keys()]).toEqual([...places, "README.txt", "datapackage.json"]);
    for (const [record, name] of wanted) expect(files.get(`${record}/${name}`)).toEqual(FILES[record]![name]);
    const { resources } = JSON.parse(files.get("datapackage.json")!.toString());
    const [first, second] = resources;
    expect([first, second]).toMatchObject([{ direction: "forward" }, { direction: "reverse" }]);
    // All of the group's, its projects' included; nothing of elsewhere. Files that nobody can name the kind of, too.
    const all = await pythonZip((await ana.exported({ objects: "samples", layout: "files" })).bytes);
    const mine = Object.entries(FILES).filter(([record]) => record !== "INXT_SAM_P1");
    const every = mine.flatMap(([record, its]) => Object.keys(its).map((name) => `${record}/${name}`));
    expect([...all.keys()].slice(0, -2).toSorted()).toEqual(every.toSorted());
  });

  test("a guest is refused, and so is an export of no format", async () => {
    const asked = { objects: "samples", layout: "files", keys: ["INXT_SAM_A1"] };
    for (const more of [{}, { namespace: project }]) {
      const answer = await gus.post("/exports", { ...asked, ...more });
      expect(answer).toMatchObject({ status: 403, body: { code: "forbidden" } });
    }
    expect((await gus.post("/exports", { objects: "samples", format: "csv" })).status).toBe(403);
    const none = await ana.post("/exports", { ...asked, fileFormats: [] });
    expect(none).toMatchObject({ status: 422, body: { code: "no-files", errors: [{ pointer: "/fileFormats" }] } });
  });

  test("a line list has the picked metadata in the picked order, as CSV and as a workbook", async () => {
    const keys = ["INXT_SAM_A1", "INXT_SAM_A2", "INXT_SAM_A3"];
    const paths = ["puid", "name", "metadata.age", "metadata.country", "metadata.collected"];
    const asked = { objects: "samples", namespace: project, keys, paths, container: "none", label: "Liste: été" };
    const rows = [
      paths,
      ["INXT_SAM_A1", "SH10-001", "0", "Canada", "2024-01-05"],
      ["INXT_SAM_A2", "SH10-002", "41", "Côte d’Ivoire", ""],
      ["INXT_SAM_A3", "SH10 003/b", "", "", ""],
    ];
    const csv = await ana.exported({ ...asked, format: "csv" });
    expect(csv.name).toBe("Liste_ été.csv");
    expect(await pythonCsv(csv.bytes)).toEqual(rows);
    // The same fields in another order are another list.
    const turned = await ana.exported({ ...asked, paths: paths.toReversed(), format: "csv" });
    expect(await pythonCsv(turned.bytes)).toEqual(rows.map((row) => row.toReversed()));
    const { bytes, name } = await ana.exported({ ...asked, format: "xlsx" });
    expect(name).toBe("Liste_ été.xlsx");
    const sheet = utils.sheet_to_json<unknown[]>(read(bytes).Sheets["samples"]!, { header: 1, defval: null });
    expect(sheet).toEqual([
      paths,
      ["INXT_SAM_A1", "SH10-001", 0, "Canada", Date.parse("2024-01-05") / 86_400_000 + 25_569],
      ["INXT_SAM_A2", "SH10-002", 41, "Côte d’Ivoire", null],
      ["INXT_SAM_A3", "SH10 003/b", null, null, null],
    ]);
  });

  test("a selection with nothing to export is refused with the reason; a table without rows is not", async () => {
    const samples = { objects: "samples", namespace: project };
    const pdf = await ana.post("/exports", { ...samples, layout: "files", fileFormats: ["pdf", "genbank"] });
    expect(pdf).toMatchObject({
      status: 422,
      body: {
        code: "nothing-to-export",
        detail: "The records that were chosen have no files of the kinds pdf, genbank.",
      },
    });
    const paths = ["name", "metadata.source"];
    const empty = await ana.post("/exports", { ...samples, format: "csv", paths });
    expect(empty).toMatchObject({ status: 422, body: { code: "nothing-to-export", errors: [{ pointer: "/paths" }] } });
    const none = await ana.exported({ ...samples, format: "csv", paths, where: { name: "nobody" }, container: "none" });
    expect(await pythonCsv(none.bytes)).toEqual([paths]);
  });

  test("one unknown or forbidden record refuses the whole, in the same words", async () => {
    const refused = async (key: string): Promise<Answered> => {
      const body = { objects: "samples", layout: "files", keys: ["INXT_SAM_A1", key] };
      const { status, body: answer } = await ana.post("/exports", body);
      expect(status).toBe(422);
      const { requestId: _, ...said } = answer;
      return JSON.parse(JSON.stringify(said).replaceAll(key, "THIS"));
    };
    const forbidden = await refused("INXT_SAM_P1");
    expect(forbidden).toMatchObject({ code: "keys-not-found", errors: [{ pointer: "/keys/1" }] });
    expect(forbidden).toEqual(await refused("INXT_SAM_X9"));
  });

  test("an analysis is exported once it is complete: one's own by a guest too, a project's own by an analyst", async () => {
    const asked = { objects: "workflow_executions", layout: "files" };
    const own = await gus.exported({ ...asked, keys: ["INXT_WF_1"] });
    expect(own.facts).toMatchObject({ kind: "analysis" });
    const files = await pythonZip(own.bytes);
    expect([...files.keys()]).toEqual([
      "INXT_WF_1/summary.csv",
      "INXT_WF_1/A1.mlst.json",
      "INXT_WF_1/A2.mlst.json",
      "README.txt",
      "datapackage.json",
    ]);
    expect(files.get("INXT_WF_1/A2.mlst.json")!.toString()).toBe("this is A2.mlst.json");
    const automated = await gus.post("/exports", { ...asked, keys: ["INXT_WF_2"] });
    expect(automated).toMatchObject({ status: 422, body: { code: "keys-not-found" } });
    const byAna = await pythonZip((await ana.exported({ ...asked, keys: ["INXT_WF_2"] })).bytes);
    expect([...byAna.keys()].slice(0, 3)).toEqual([
      "INXT_WF_2/summary.csv",
      "INXT_WF_2/report.html",
      "INXT_WF_2/A1.assembly.fasta",
    ]);
    const running = await gus.post("/exports", { ...asked, keys: ["INXT_WF_1", "INXT_WF_3"] });
    expect(running).toMatchObject({
      status: 422,
      body: { code: "run-not-complete", detail: "1 of the chosen runs is not complete (INXT_WF_3)." },
    });
    // The guest sees, previews, downloads and deletes what is theirs.
    expect((await gus.get(`/exports/${own.id}/preview`)).body.entries).toHaveLength(5);
    expect((await gus.delete(`/exports/${own.id}`)).status).toBe(204);
    expect((await gus.get(`/exports/${own.id}`)).status).toBe(404);
  });

  test("the preview shows the archive's tree and the first rows, to those who may have it", async () => {
    const asked = { objects: "samples", namespace: project, exportFiles: true, fileFormats: ["csv", "fasta"] };
    const id = await ana.order({ ...asked, format: "csv", paths: ["puid", "metadata.country"] });
    const { before } = await ana.over(id);
    // The events begin with what is known, and each is later than the one before.
    const states = before.map(({ state }) => state);
    expect(states).toEqual(
      states.toSorted((a, b) => ["pending", "running"].indexOf(a) - ["pending", "running"].indexOf(b)),
    );
    const { body } = await ana.get(`/exports/${id}/preview`);
    const { bytes } = await ana.download(id);
    const files = await pythonZip(bytes);
    expect(body.entries).toEqual([...files].map(([path, content]) => ({ path, bytes: content.length })));
    const [table] = body.tables;
    const rows = await pythonCsv(files.get("samples.csv")!);
    expect([table.columns.map(({ name }: Answered) => name), ...table.first]).toEqual(
      rows.map((row) => row.map((cell) => (cell === "" ? null : cell))),
    );
    // Nobody else's: not a colleague's, until it is shared; an administrator sees all.
    for (const path of [`/exports/${id}`, `/exports/${id}/preview`, `/exports/${id}/data`]) {
      expect((await service.as("otto").get(path)).status).toBe(404);
    }
    expect((await service.as("ada").get(`/exports/${id}`)).status).toBe(200);
  });

  test("mail comes to whoever asked for it, in their language, and to nobody else", async () => {
    expect(mail.mails).toEqual([]);
    const id = await ana.order({ objects: "samples", format: "csv", label: "Carrés & <b>", notify: true });
    await ana.over(id);
    await vi.waitFor(() => expect(mail.mails).toHaveLength(1), 20_000);
    expect(mail.mails[0]!.to).toEqual(["ana@example.org"]);
    const [letter] = await pythonMails(mail.mails.map(({ bytes }) => bytes));
    expect(letter!.defects).toEqual([]);
    expect(letter!.headers["subject"]).toBe("Votre export «\u00a0Carrés & <b>\u00a0» est prêt");
    expect(letter!.page.links.some((it) => it.includes(id))).toBe(true);
  });

  test("one's exports are listed, sorted, searched and deleted, by oneself and within a project", async () => {
    const all = (await ana.get("/exports?limit=500")).body.data as Answered[];
    expect(new Set(all.map(({ state }) => state))).toEqual(new Set(["ready"]));
    const listed = await ana.get(`/exports?namespace=${project}&sort=label&limit=2`);
    expect(listed.body).toMatchObject({ hasMore: true });
    const found = (await ana.get(`/exports?search=${encodeURIComponent("carrés")}`)).body.data as Answered[];
    expect(found.map(({ label }) => label)).toEqual(["Carrés & <b>"]);
    expect((await ana.get(`/exports?search=${found[0]._id.slice(0, 13)}`)).body.data).toContainEqual(found[0]);
    const ids = all.map(({ _id }) => _id).join(",");
    expect((await gus.delete(`/exports?ids=${ids}`)).status).toBe(404);
    expect((await ana.delete(`/exports?ids=${ids}`)).body).toEqual({ deleted: all.length });
    expect((await ana.get("/exports")).body.data).toEqual([]);
  });
});

function fill(folder: string): void {
  using database = new DatabaseSync(join(folder, "irida.db"));
  database.exec(SQL);
  mkdirSync(join(folder, "store"));
  const attach = database.prepare(
    "insert into attachments (sample_puid, filename, path, byte_size) values (?, ?, ?, ?)",
  );
  for (const [record, files] of Object.entries(FILES)) {
    for (const [name, content] of Object.entries(files)) {
      const path = stored(folder, content);
      attach.run(record, name, path, content.length);
    }
  }
  const output = database.prepare("insert into outputs (run_id, filename, path) values (?, ?, ?)");
  for (const [run, names] of Object.entries(OUTPUTS)) {
    for (const name of names) output.run(run, name, stored(folder, Buffer.from(`this is ${name}`)));
  }
  const result = database.prepare("insert into run_sample_outputs (run_sample_id, filename, path) values (?, ?, ?)");
  for (const [sample, name] of Object.entries(RESULTS)) {
    result.run(Number(sample), name, stored(folder, Buffer.from(`this is ${name}`)));
  }
}

let blobs = 0;

/** As Active Storage does it: blobs whose names say nothing. */
function stored(folder: string, content: Buffer): string {
  const path = `blob${String(++blobs).padStart(4, "0")}`;
  writeFileSync(join(folder, "store", path), content);
  return path;
}
