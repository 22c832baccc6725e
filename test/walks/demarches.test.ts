// The walk of an office (demarches-simplifiees): case files as tables and as folders, with columns that stay.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { read, utils } from "xlsx";
import { emptyFolder, waybill } from "../command-line/program.ts";
import { type OdsCell, pythonOds } from "../readers/ods.ts";
import { expectSound, pdfPages } from "../readers/pdf.ts";
import { printed } from "../readers/programs.ts";
import { python, pythonCsv, pythonJson } from "../readers/python.ts";
import { pythonZip } from "../readers/zip.ts";
import { temporaryFolder } from "../setup/control.ts";
import { createDatabase, type TestDatabase } from "../setup/postgres.ts";
import { type Answered, type Caller, type RunningService, runningService } from "./running-service.ts";

const YAML = `
orgs:
  lab:
    name: { en: Town hall, fr: Mairie }
    timeZone: Europe/Paris
    namespaces: { object: procedures, name: libelle }
    sources: { main: { url: "\${DS}" }, store: { url: "dir:store" } }
    objects:
      procedures: { namespace: id }
      dossiers:
        title: number
        namespace: procedure_id
        state: state
        updated: updated_at
        label: { en: Case files, fr: Dossiers }
        fields:
          state: { labels: { en_construction: { fr: En construction, en: Draft }, en_instruction: { fr: En instruction, en: Under review }, accepte: { fr: Accepté, en: Accepted }, refuse: { fr: Refusé, en: Refused }, sans_suite: { fr: Classé sans suite, en: Closed } } }
          champs: { keys: { commune: text, surface: decimal, accord: boolean } }
          enfants: { optional: true }
        lists:
          children: { json: enfants, fields: { prenom: text, naissance: date } }
          avis: { object: avis, by: dossier }
          messages: { object: messages, by: dossier }
        files: { pieces: { object: pieces_jointes, by: dossier, store: store, path: cle, name: nom, size: octets } }
      avis: {}
      messages: {}
      pieces_jointes: { key: id }
`;

// oxfmt-ignore
const COLUMNS = [
  "number", "procedure_id", "state", "email", "demandeur", "created_at", "depose_le", "updated_at", "decide_le", "archived",
  "champs.commune", "champs.surface", "champs.accord", "montant", "motivation", "annotation",
];

/** The cells of procedure 7 as CSV has them in Paris: by the columns above. */
// oxfmt-ignore
const ROWS = [
  ["1001", "7", "accepte", "jeanne@example.org", "Jeanne d’Arc", "2024-01-05T09:00:00+01:00", "2024-01-06",
    "2024-07-01T14:00:00+02:00", "2024-07-01T14:00:00.5+02:00", "false",
    "Orléans", "12.50", "true", "1200.00", 'Dossier complet ; "bien"', "à payer"],
  ["1002", "7", "refuse", "paul@example.org", "Paul\nValéry", "2024-02-01T00:30:00+01:00", "2024-02-02",
    "2024-03-31T03:00:00+02:00", "2024-03-30T10:00:00+01:00", "true", "Sète", "0", "false", "0.00", "Hors délai", ""],
  ["1003", "7", "en_instruction", "ana@example.org", "=1+1", "2024-04-01T08:00:00+02:00", "",
    "2024-04-01T08:00:00+02:00", "", "false", "L'Haÿ-les-Roses", "", "", "", "", "   "],
];
const CHILDREN = [
  ["1001", "1", "Zoé", "2015-03-02"],
  ["1001", "2", "Léo", "2018-11-30"],
  ["1003", "1", "Éva", ""],
];
const OPINIONS = [
  ["1001", "1", "1001", "expert@example.org", "Favorable ?", "true"],
  ["1001", "2", "1001", "maire@example.org", "Et vous ?", ""],
];
const MESSAGES = [
  ["1001", "11", "1001", "jeanne@example.org", "Bonjour,\nvoici la pièce."],
  ["1002", "12", "1002", "iris@example.org", "Il manque l’avis d’imposition."],
];

const SQL = `
create table procedures (id integer primary key, libelle text not null);
insert into procedures values (7, 'Aide à la cantine'), (8, 'Permis de végétaliser');
create table dossiers (number integer primary key, procedure_id integer not null references procedures, state text not null,
  email text not null, demandeur text not null, created_at timestamptz not null, depose_le date, updated_at timestamptz not null,
  decide_le timestamptz, archived boolean not null, champs jsonb not null, montant numeric(10,2), motivation text, annotation text,
  enfants jsonb);
insert into dossiers values
  (1001, 7, 'accepte', 'jeanne@example.org', 'Jeanne d’Arc', '2024-01-05 08:00Z', '2024-01-06', '2024-07-01 12:00Z', '2024-07-01 12:00:00.5Z',
   false, '{"commune":"Orléans","surface":12.50,"accord":true}', 1200, 'Dossier complet ; "bien"', 'à payer',
   '[{"prenom":"Zoé","naissance":"2015-03-02"},{"prenom":"Léo","naissance":"2018-11-30"}]'),
  (1002, 7, 'refuse', 'paul@example.org', E'Paul\\nValéry', '2024-01-31 23:30Z', '2024-02-02', '2024-03-31 01:00Z', '2024-03-30 09:00Z',
   true, '{"commune":"Sète","surface":0,"accord":false}', 0, 'Hors délai', null, '[]'),
  (1003, 7, 'en_instruction', 'ana@example.org', '=1+1', '2024-04-01 06:00Z', null, '2024-04-01 06:00Z', null,
   false, '{"commune":"L''Haÿ-les-Roses","surface":null}', null, null, '   ', '[{"prenom":"Éva"}]'),
  (2001, 8, 'accepte', 'secret@example.org', 'Somebody else', '2024-01-01 00:00Z', '2024-01-01', '2024-01-01 00:00Z', null,
   false, '{}', null, null, null, null);
create table avis (id integer primary key, dossier integer not null references dossiers, expert text not null, question text not null, favorable boolean);
insert into avis values (1, 1001, 'expert@example.org', 'Favorable ?', true), (2, 1001, 'maire@example.org', 'Et vous ?', null);
create table messages (id integer primary key, dossier integer not null references dossiers, auteur text not null, corps text not null);
insert into messages values (11, 1001, 'jeanne@example.org', E'Bonjour,\\nvoici la pièce.'), (12, 1002, 'iris@example.org', 'Il manque l’avis d’imposition.'),
  (13, 2001, 'secret@example.org', 'Hidden');
create table pieces_jointes (id integer primary key, dossier integer not null references dossiers, nom text not null, cle text not null, octets integer);
insert into pieces_jointes values (1, 1001, 'avis d’imposition.txt', 'k1', 9), (2, 1001, 'avis d’imposition.txt', 'k2', 6),
  (3, 1002, '../../scan.txt', 'k3', 4), (4, 2001, 'secret.txt', 'k4', 6);
`;
const STORE = { k1: "imposable", k2: "second", k3: "scan", k4: "secret" };

/** Everything of procedure 7, with its lists. */
const STANDARD = { objects: "dossiers", include: ["children", "avis", "messages"] };

describe("demarches-simplifiees", { timeout: 60_000 }, () => {
  let source: TestDatabase;
  let service: RunningService;
  let iris: Caller;
  let igor: Caller;
  let procedure = "";
  let template = "";

  beforeAll(async () => {
    source = await createDatabase();
    await source.client.query(SQL);
    const folder = temporaryFolder();
    mkdirSync(join(folder, "store"));
    for (const [name, text] of Object.entries(STORE)) writeFileSync(join(folder, "store", name), text);
    const people = { ada: { admin: true }, iris: { cookie: true, language: "fr" }, igor: {} } as const;
    service = await runningService({ kind: "postgres", folder, yaml: YAML, env: { DS: source.url }, people });
    const ids = await service.roles("ada", { iris: { 7: "maintainer" }, igor: { 7: "analyst" } });
    [iris, igor] = [service.as("iris"), service.as("igor")];
    procedure = ids.get("7")!;
    return async () => {
      await service.stop();
      await source.drop();
    };
  });

  test("standard, as CSV: a row a record, and the child lists as further files with their record's key", async () => {
    const { bytes, facts, file } = await iris.exported({ ...STANDARD, namespace: procedure, format: "csv" });
    expect(facts).toMatchObject({ problems: 0, timeZone: "Europe/Paris", progress: { rows: 3 } });
    const files = await pythonZip(bytes);
    const names = ["dossiers.csv", "dossiers.children.csv", "dossiers.avis.csv", "dossiers.messages.csv"];
    expect([...files.keys()]).toEqual([...names, "README.txt", "datapackage.json"]);
    const tables = await Promise.all(names.map((name) => pythonCsv(files.get(name)!)));
    expect(tables).toEqual([
      [COLUMNS, ...ROWS],
      [["dossiers.number", "position", "prenom", "naissance"], ...CHILDREN],
      [["dossiers.number", "id", "dossier", "expert", "question", "favorable"], ...OPINIONS],
      [["dossiers.number", "id", "dossier", "auteur", "corps"], ...MESSAGES],
    ]);
    expect((await waybill(["verify", file])).code).toBe(0);
    // Without the lists it is one file.
    const alone = await iris.exported({ objects: "dossiers", format: "csv", container: "none" });
    expect(await pythonCsv(alone.bytes)).toEqual([COLUMNS, ...ROWS]);
  });

  test("of the current filter, as a workbook for who asks for xls: typed cells, and further sheets", async () => {
    const where = { state: { $in: ["accepte", "refuse"] }, archived: false };
    const asked = { ...STANDARD, include: [...STANDARD.include, "state.label"], where, container: "none" };
    const { bytes, name, facts } = await iris.exported({ ...asked, format: "xls", label: "Acceptés" });
    expect(name).toBe("Acceptés.xlsx");
    expect(facts.request.where).toEqual(where);
    const book = read(bytes);
    expect(book.SheetNames.slice(0, 4)).toEqual([
      "dossiers",
      "dossiers.children",
      "dossiers.avis",
      "dossiers.messages",
    ]);
    const [header, ...rows] = rowsOf(book.Sheets["dossiers"]!);
    expect(header).toEqual([...COLUMNS, "state.label"]);
    const at = (text: string): unknown => expect.closeTo(Date.parse(`${text}Z`) / 86_400_000 + 25_569, 8);
    expect(rows).toEqual([
      [
        1001,
        7,
        "accepte",
        "jeanne@example.org",
        "Jeanne d’Arc",
        at("2024-01-05T09:00:00"),
        at("2024-01-06T00:00:00"),
        at("2024-07-01T14:00:00"),
        at("2024-07-01T14:00:00.500"),
        false,
        "Orléans",
        12.5,
        true,
        1200,
        'Dossier complet ; "bien"',
        "à payer",
        "Accepté",
      ],
    ]);
    expect(rowsOf(book.Sheets["dossiers.children"]!).slice(1)).toEqual([
      [1001, 1, "Zoé", at("2015-03-02T00:00:00")],
      [1001, 2, "Léo", at("2018-11-30T00:00:00")],
    ]);
    expect(rowsOf(book.Sheets["dossiers.avis"]!).slice(1)).toEqual([
      [1001, 1, 1001, "expert@example.org", "Favorable ?", true],
      [1001, 2, 1001, "maire@example.org", "Et vous ?", null],
    ]);
  });

  test("as ODS, and as JSON with what is nested", async () => {
    const asked = { ...STANDARD, namespace: procedure, container: "none" };
    const ods = await pythonOds((await iris.exported({ ...asked, format: "ods" })).bytes);
    expect(Object.keys(ods)).toEqual([
      "dossiers",
      "dossiers.children",
      "dossiers.avis",
      "dossiers.messages",
      "Dictionnaire des données",
    ]);
    const texts = (rows: readonly (readonly (OdsCell | null)[])[]): string[][] =>
      rows.map((row) => row.map((cell) => cell?.[1] ?? ""));
    expect(texts(ods["dossiers.children"]!).slice(1)).toEqual(CHILDREN);
    expect(texts(ods["dossiers.messages"]!).slice(1)).toEqual(MESSAGES);
    // Instants are shown as the clocks in Paris do, without their offset.
    const local = (text: string): string => text.replace(/(T.*)[+]0[12]:00$/, "$1");
    expect(texts(ods["dossiers"]!).slice(1)).toEqual(ROWS.map((row) => row.map(local)));
    expect(ods["dossiers"]![1]![2]).toEqual(["string", "accepte"]);
    expect(ods["dossiers"]![1]![13]).toEqual(["float", "1200.00"]);

    const json = await iris.exported({
      ...asked,
      include: [],
      format: "json",
      paths: ["number", "champs", "children", "avis"],
    });
    const [records] = await pythonJson(json.bytes);
    const [first, second] = records as Answered[];
    const number = (text: string): object => ({ number: text });
    expect(first).toEqual({
      number: number("1001"),
      champs: { commune: "Orléans", surface: number("12.50"), accord: true },
      children: [
        { prenom: "Zoé", naissance: "2015-03-02" },
        { prenom: "Léo", naissance: "2018-11-30" },
      ].map((it, n) => ({ position: number(String(n + 1)), ...it })),
      avis: [
        {
          id: number("1"),
          dossier: number("1001"),
          expert: "expert@example.org",
          question: "Favorable ?",
          favorable: true,
        },
        {
          id: number("2"),
          dossier: number("1001"),
          expert: "maire@example.org",
          question: "Et vous ?",
          favorable: null,
        },
      ],
    });
    expect(second).toMatchObject({ children: [], avis: [] });
  });

  test("as a ZIP with a folder a record: PDF, JSON, messages, files; and as a bag for the archives", async () => {
    const asked = { objects: "dossiers", namespace: procedure, layout: "folders", exportFiles: true };
    const nameTemplate = "dossier-{record.number}-{record.demandeur}/{index}-{file.name}";
    const { bytes, file, facts } = await iris.exported({ ...asked, nameTemplate });
    expect(facts).toMatchObject({ kind: "records", problems: 0, progress: { rows: 3, files: 3 } });
    const files = await pythonZip(bytes);
    const [one, two, three] = ["dossier-1001-Jeanne d’Arc", "dossier-1002-Paul_Valéry", "dossier-1003-=1+1"];
    expect([...files.keys()]).toEqual([
      `${one}/record.json`,
      `${one}/record.pdf`,
      `${one}/1-avis d’imposition.txt`,
      `${one}/2-avis d’imposition.txt`,
      `${two}/record.json`,
      `${two}/record.pdf`,
      `${two}/1-scan.txt`,
      `${three}/record.json`,
      `${three}/record.pdf`,
      "README.txt",
      "datapackage.json",
    ]);
    expect(files.get(`${one}/1-avis d’imposition.txt`)!.toString()).toBe("imposable");
    expect(files.get(`${one}/2-avis d’imposition.txt`)!.toString()).toBe("second");
    const record = JSON.parse(files.get(`${one}/record.json`)!.toString());
    expect(record).toMatchObject({ number: 1001, state: "accepte", demandeur: "Jeanne d’Arc", montant: 1200 });
    expect(record.messages).toMatchObject([{ auteur: "jeanne@example.org", corps: "Bonjour,\nvoici la pièce." }]);
    expect(record.children).toHaveLength(2);
    const folder = emptyFolder();
    printed("unzip", ["-q", file, "-d", folder]);
    const pdf = join(folder, one, "record.pdf");
    expectSound(pdf);
    const pages = pdfPages(pdf).join("\n");
    for (const text of ["Jeanne d’Arc", "Orléans", "voici la pièce.", "Zoé", "expert@example.org"]) {
      expect(pages).toContain(text);
    }
    const bag = await iris.exported({ ...asked, bag: true });
    const strict = readFileSync(new URL("../readers/bag.py", import.meta.url), "utf8");
    expect(await python(strict, bag.bytes)).toEqual([]);
    const inside = [...(await pythonZip(bag.bytes)).keys()].map((path) => path.slice(path.indexOf("/") + 1));
    expect(inside).toContain("data/1001/record.pdf");
    expect((await waybill(["verify", bag.file])).code).toBe(0);
  });

  test("from a template, of all records and of a filter; a field that is removed stays as an empty column", async () => {
    const columns = [
      { field: "number", name: "N° de dossier" },
      { field: "annotation", name: "Annotation privée" },
      { field: "state.label", name: "État" },
      { field: "champs.commune", name: "Commune" },
    ];
    const lists = [{ list: "children", columns: [{ field: "prenom", name: "Prénom" }] }];
    const body = { kind: "dataset-template", name: "Suivi", object: "dossiers", format: "csv", columns, lists };
    const made = await iris.post(`/dataset-templates?namespace=${procedure}`, body);
    expect(made.status).toBe(201);
    template = made.body._id;
    const asked = { datasetTemplate: template, namespace: procedure };
    const header = columns.map(({ name }) => name);
    const before = await pythonZip((await iris.exported({ ...asked, where: { archived: false } })).bytes);
    expect(await pythonCsv(before.get("dossiers.csv")!)).toEqual([
      header,
      ["1001", "à payer", "Accepté", "Orléans"],
      ["1003", "   ", "En instruction", "L'Haÿ-les-Roses"],
    ]);
    expect(await pythonCsv(before.get("dossiers.children.csv")!)).toEqual([
      ["dossiers.number", "Prénom"],
      ["1001", "Zoé"],
      ["1001", "Léo"],
      ["1003", "Éva"],
    ]);
    // The office takes the field out of its form, and gets another one.
    await source.client.query("alter table dossiers drop column annotation, add column priorite integer default 3");
    await service.again();
    const { bytes, facts } = await igor.exported(asked);
    const after = await pythonZip(bytes);
    expect(await pythonCsv(after.get("dossiers.csv")!)).toEqual([
      header,
      ["1001", "", "Accepted", "Orléans"],
      ["1002", "", "Refused", "Sète"],
      ["1003", "", "Under review", "L'Haÿ-les-Roses"],
    ]);
    expect(JSON.parse(after.get("datapackage.json")!.toString()).columnNotes).toEqual([
      { table: "Suivi", column: "Annotation privée", note: "removed" },
    ]);
    expect(after.get("README.txt")!.toString()).toMatch(/Annotation privée.*the field is no more; the column is empty/);
    expect(facts).toMatchObject({ state: "ready", revisions: [{ id: template, revision: 1 }] });
    // What comes from the catalog has it no more, and the new one at the end. What was exported before is still there.
    const standard = await igor.exported({ objects: "dossiers", format: "csv", container: "none" });
    const [names] = await pythonCsv(standard.bytes);
    expect(names).toEqual([...COLUMNS.filter((name) => name !== "annotation"), "priorite"]);
    const [oldest] = (await iris.get("/exports?sort=created")).body.data;
    expect((await pythonZip((await iris.download(oldest._id)).bytes)).size).toBe(6);
  });

  test("a file that cannot be read is listed with its reason, and the export is ready with a problem", async () => {
    await source.client.query("insert into pieces_jointes values (9, 1003, 'perdu.pdf', 'nowhere', 5)");
    await source.client.query("insert into pieces_jointes values (10, 1003, 'tronqué.txt', 'k3', 400)");
    const asked = { objects: "dossiers", namespace: procedure, layout: "files" };
    const { bytes, facts, file } = await iris.exported(asked);
    expect(facts).toMatchObject({ state: "ready", problems: 2, progress: { files: 3 } });
    const files = await pythonZip(bytes);
    expect([...files.keys()].slice(0, 3)).toEqual([
      "1001/avis d’imposition.txt",
      "1001/avis d’imposition (2).txt",
      "1002/scan.txt",
    ]);
    const [header, ...lost] = await pythonCsv(files.get("missing-files.csv")!);
    const column = (name: string): string[] => lost.map((row) => row[header!.indexOf(name)]!);
    expect({ header, records: column("record"), reasons: column("reason") }).toMatchObject({
      records: ["1003", "1003"],
      reasons: ["missing", "size"],
    });
    const codes = facts.result.problems.map(({ code, count }: Answered) => [code, count]);
    expect(codes).toEqual([
      ["file-missing", 1],
      ["file-size", 1],
    ]);
    expect((await waybill(["verify", file])).code).toBe(0);
  });

  test("the same asked twice while the first is under way is one export; anybody else's is their own", async () => {
    // What runs first waits for the office's database, and everything else for that.
    await source.client.query("begin; lock table procedures in access exclusive mode");
    const first = await iris.order({ objects: "procedures", format: "csv" });
    await vi.waitFor(async () => expect((await iris.get(`/exports/${first}`)).body.state).toBe("running"), 20_000);
    const asked = { objects: "dossiers", format: "csv", where: { archived: true } };
    const second = await iris.order(asked);
    expect((await iris.get(`/exports/${second}`)).body).toMatchObject({ state: "pending", dataFile: null });
    // There is nothing to look at yet.
    for (const path of [first, second].flatMap((id) => [`/exports/${id}/preview`, `/exports/${id}/data`])) {
      expect(await iris.get(path)).toMatchObject({ status: 409, body: { code: "not-ready" } });
    }
    const again = async (who: Caller, body: object): Promise<unknown[]> => {
      const answer = await who.post("/exports", body);
      return [answer.status, answer.body._id === second ? "second" : answer.body._id === first ? "first" : "another"];
    };
    expect(await again(iris, asked)).toEqual([200, "second"]);
    expect(await again(iris, { ...asked, label: "Called otherwise", notify: true })).toEqual([200, "second"]);
    expect(await again(iris, { objects: "procedures", format: "text/csv" })).toEqual([200, "first"]);
    expect(await again(iris, { ...asked, join: false })).toEqual([201, "another"]);
    expect(await again(iris, { ...asked, format: "tsv" })).toEqual([201, "another"]);
    expect(await again(iris, { ...asked, namespace: procedure })).toEqual([201, "another"]);
    expect(await again(igor, asked)).toEqual([201, "another"]);
    await source.client.query("rollback");
    for (const { _id } of (await service.as("ada").get("/exports?limit=7")).body.data) {
      expect((await service.as("ada").over(_id)).facts.state).toBe("ready");
    }
    // The first is over, so that the same is another one.
    expect(await again(iris, asked)).toEqual([201, "another"]);
  });
});

function rowsOf(sheet: Parameters<typeof utils.sheet_to_json>[0]): unknown[][] {
  return utils.sheet_to_json<unknown[]>(sheet, { header: 1, defval: null });
}
