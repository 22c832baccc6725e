// Attached files of records, from a folder and from a column: where they are in archives, to the byte, and what they are called.
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dirStore } from "../../src/attachments/dir-store.ts";
import { pseudonymKey } from "../../src/cells/pseudonym.ts";
import type { Catalog } from "../../src/catalog/types.ts";
import { previewNames } from "../../src/engine/preview-names.ts";
import { verify } from "../../src/engine/verify.ts";
import { formatNamed } from "../../src/formats/index.ts";
import { accessOf } from "../../src/plan/access.ts";
import { planExport } from "../../src/plan/plan-export.ts";
import type { Principal } from "../../src/plan/principal.ts";
import type { ExportRequest } from "../../src/plan/request.ts";
import { sourceAt } from "../../src/sources/index.ts";
import { unpacked } from "../archives/archive.ts";
import { printed } from "../readers/programs.ts";
import { python } from "../readers/python.ts";
import { configured } from "../setup/configured.ts";
import { exported, type Exported } from "../setup/export.ts";
import type { TestEngine, TestTable } from "./engine.ts";

const samples: TestTable = {
  name: "samples",
  columns: [
    { name: "lab", type: "text" },
    { name: "number", type: "integer" },
    { name: "name", type: "text" },
    { name: "owner", type: "text" },
    { name: "patient", type: "text" },
    { name: "project_id", type: "integer" },
  ],
  key: ["lab", "number"],
  rows: [
    ["A", "1", "Moor", "anna@x.org", "Jane Doe", "1"],
    ["A", "2", "Fen / ../north", "bob@x.org", "John Roe", "2"],
    ["B", "1", "record.json", "anna@x.org", "Jane Doe", null],
    ["CON", "7", "..", "anna@x.org", null, "1"],
    ["Ａ", "1", "moor", "bob@x.org", "John Roe", "1"],
  ],
};

const projects: TestTable = {
  name: "projects",
  columns: [
    { name: "id", type: "integer" },
    { name: "title", type: "text" },
  ],
  key: ["id"],
  rows: [
    ["1", "Peat"],
    ["2", "README.txt"],
  ],
};

const LONG = `${"é".repeat(150)}.tar.GZ`;
/** Name, kind, who put it there; its sample. The first file has the id 1, and lies at `u/1`. */
const UPLOADS: readonly (readonly [lab: string | null, number: string | null, name: string | null, kind: string])[] = [
  ["A", "1", "reads_R2.fastq.gz", "raw"],
  ["A", "1", "Plot.PNG", "plot"],
  ["A", "1", "reads_R1.fastq.gz", "raw"],
  ["A", "1", "plot.png", "plot"],
  ["A", "2", "../../etc/passwd", "raw"],
  ["A", "2", "record.json", "raw"],
  ["A", "2", LONG, "raw"],
  ["A", "2", LONG, "raw"],
  ["A", "2", "a\u202egnp.exe", "plot"],
  ["A", "2", "aux.txt", "raw"],
  ["CON", "7", null, "raw"],
  ["Ａ", "1", "plot.png", "plot"],
  // Of no sample at all, and of one that is not there.
  [null, null, "nobody.txt", "raw"],
  ["A", null, "half.txt", "raw"],
  ["Z", "9", "gone.txt", "raw"],
];

const uploads: TestTable = {
  name: "uploads",
  columns: [
    { name: "id", type: "integer" },
    { name: "lab", type: "text" },
    { name: "number", type: "integer" },
    { name: "path", type: "text" },
    { name: "name", type: "text" },
    { name: "bytes", type: "integer" },
    { name: "kind", type: "text" },
    { name: "owner", type: "text" },
  ],
  key: ["id"],
  rows: UPLOADS.map(([lab, number, name, kind], n) => [
    String(n + 1),
    lab,
    number,
    `u/${n + 1}`,
    name,
    n % 2 === 0 ? String(uploaded(n + 1).length) : null,
    kind,
    n % 3 === 0 ? "bob@x.org" : "anna@x.org",
  ]),
};

/** Every byte there is. */
const SCAN = Buffer.from(Array.from({ length: 70_000 }, (_, n) => (n * 7) % 256));

const scans: TestTable = {
  name: "scans",
  columns: [
    { name: "id", type: "integer" },
    { name: "lab", type: "text" },
    { name: "number", type: "integer" },
    { name: "title", type: "text" },
    { name: "content", type: "binary" },
  ],
  key: ["id"],
  rows: [
    ["1", "A", "1", "scan.bin", SCAN.toString("base64")],
    ["2", "A", "2", "empty.txt", ""],
    ["3", "Ａ", "1", "nothing.txt", null],
  ],
};

const OBJECTS = {
  samples: {
    title: "name",
    policy: { $or: [{ owner: "$principal.email" }, { "$principal.role": "owner" }] },
    fields: { patient: { deidentify: "hash" } },
    references: { project: { object: "projects", by: "project_id" } },
    lists: { scans: { object: "scans", by: ["lab", "number"] } },
    files: {
      attachments: {
        object: "uploads",
        by: ["lab", "number"],
        store: "store",
        path: "path",
        name: "name",
        size: "bytes",
      },
      scans: { object: "scans", by: ["lab", "number"], column: "content", name: "title" },
    },
  },
  projects: {},
  uploads: { policy: { $or: [{ owner: "$principal.email" }, { "$principal.role": "owner" }] } },
  scans: { fields: { content: { optional: true } } },
  // With files of one kind, since conditions and names ask for fields that not all kinds have.
  plain: {
    table: "samples",
    key: ["lab", "number"],
    references: { project: { object: "projects", by: "project_id" } },
    files: { attachments: { object: "uploads", by: ["lab", "number"], store: "store", path: "path", name: "name" } },
  },
  // The same records to people who may not know who is who.
  secret: {
    table: "samples",
    key: ["lab", "number"],
    fields: { lab: { deidentify: "hash" }, name: { deidentify: "hash" } },
    files: {
      attachments: { object: "veiled", by: ["lab", "number"], store: "store", path: "path" },
      named: { object: "veiled", by: ["lab", "number"], store: "store", path: "path", name: "name" },
    },
  },
  veiled: {
    table: "uploads",
    key: "id",
    fields: { name: { deidentify: "hash" }, path: { deidentify: "hash" }, lab: { deidentify: "hash" } },
  },
};

/** Anna's own, and what an owner sees. */
const anna: Principal = { email: "anna@x.org", id: null, role: "analyst", attributes: {}, namespaces: null };

function uploaded(id: number): Buffer {
  return Buffer.from(`File ${id}\n`.repeat(id * 400));
}

/** Declares the tests of an engine. */
export function filesOfRecordsBehave(engine: TestEngine): void {
  describe(`${engine.name}: files of records`, () => {
    const folder = mkdtempSync(join(tmpdir(), "waybill-files-"));
    const store = join(folder, "store");
    let url = "";
    let drop = async (): Promise<void> => {};
    let catalog: Catalog = { objects: new Map() };
    beforeAll(async () => {
      for (const n of UPLOADS.keys()) {
        mkdirSync(dirname(join(store, `u/${n + 1}`)), { recursive: true });
        writeFileSync(join(store, `u/${n + 1}`), uploaded(n + 1));
      }
      ({ url, drop } = await engine.make([samples, projects, uploads, scans]));
      catalog = await configured(url, OBJECTS, { sources: { main: { url }, store: { url: `dir:${store}` } } });
    });
    afterAll(async () => {
      await drop();
      rmSync(folder, { recursive: true });
    });

    const key = pseudonymKey("a salt of thirty-two characters!", "lab");
    type Asked = Partial<ExportRequest>;
    const zipOf = (asked: Asked, principal: Principal | null = null): Promise<Exported> =>
      exported(url, { object: "samples", format: "ndjson", exportFiles: true, ...asked }, "zip", {
        catalog,
        access: accessOf(principal, catalog),
        store: () => dirStore(store),
        pseudonymKey: key,
      });
    const filesOf = async (asked: Asked, principal: Principal | null = null): Promise<Map<string, Buffer>> =>
      unpacked((await zipOf(asked, principal)).bytes);
    const namesOf = async (asked: Asked, principal: Principal | null = null): Promise<string[]> => {
      const own = new Set(["README.txt", "datapackage.json"]);
      return [...(await filesOf(asked, principal)).keys()].filter((name) => !own.has(name));
    };
    const refusal = (asked: Asked, principal: Principal | null = null): Promise<unknown> =>
      zipOf(asked, principal).then(
        () => null,
        (error: unknown) => {
          const { message, hint } = error as { message: string; hint?: string };
          return [message, hint];
        },
      );
    const lines = (text: Buffer | undefined): Record<string, unknown>[] =>
      text!
        .toString("utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Record<string, unknown>);

    const long = `${"é".repeat(123)}.tar.GZ`;
    const longAgain = `${"é".repeat(121)} (2).tar.GZ`;
    /** Where each upload (by its id) and the scans are, in the order of the archive. */
    const PLACES: readonly (readonly [place: string, content: Buffer])[] = [
      ["A-1/reads_R1.fastq.gz", uploaded(3)],
      ["A-1/reads_R2.fastq.gz", uploaded(1)],
      ["A-1/Plot.PNG", uploaded(2)],
      ["A-1/plot (2).png", uploaded(4)],
      ["A-1/scan.bin", SCAN],
      ["A-2/passwd", uploaded(5)],
      ["A-2/record.json", uploaded(6)],
      [`A-2/${long}`, uploaded(7)],
      [`A-2/${longAgain}`, uploaded(8)],
      ["A-2/a_gnp.exe", uploaded(9)],
      ["A-2/_aux.txt", uploaded(10)],
      ["A-2/empty.txt", Buffer.alloc(0)],
      ["CON-7/attachments-11", uploaded(11)],
      // The folders A-1 and Ａ-1 (the second one in full width) are the same to some systems.
      ["Ａ-1/plot (3).png", uploaded(12)],
    ];

    it("lie beside tables, and columns tell where", async () => {
      const { bytes, facts } = await zipOf({});
      const files = await unpacked(bytes);
      expect([...files.keys()]).toEqual([
        "samples.ndjson",
        ...PLACES.map(([place]) => `files/${place}`),
        "missing-files.csv",
        "README.txt",
        "datapackage.json",
      ]);
      expect(PLACES.filter(([place, content]) => !files.get(`files/${place}`)!.equals(content))).toEqual([]);
      const told = lines(files.get("samples.ndjson")).map((record) => [record["attachments"], record["scans"]]);
      const of = (...places: readonly number[]): string[] => places.map((n) => `files/${PLACES[n]![0]}`);
      expect(told).toEqual([
        [of(0, 1, 2, 3), of(4)],
        [of(5, 6, 7, 8, 9, 10), of(11)],
        [[], []],
        [of(12), []],
        // What is listed as missing has its place too.
        [of(13), ["files/Ａ-1/nothing.txt"]],
      ]);
      expect(files.get("missing-files.csv")!.toString()).toBe(
        "record,file,reason,detail\nＡ-1,files/Ａ-1/nothing.txt,missing,The file is not in its store.\n",
      );
      expect(facts.files).toBe(PLACES.length);
      expect(facts.problems).toEqual([{ code: "file-missing", column: "scans", count: 1 }]);
    });

    it("are opened by Python's zipfile and unzip, and verify agrees", async () => {
      for (const asked of [{}, { layout: "folders" }, { layout: "files", bag: true }, { zipFiles: true }] as const) {
        const { bytes } = await zipOf(asked);
        const path = join(folder, "archive.zip");
        writeFileSync(path, bytes);
        const hashes = (await python(
          `import hashlib, io, json, sys, zipfile
z = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))
json.dump({it: hashlib.sha256(z.read(it)).hexdigest() for it in z.namelist()}, sys.stdout)`,
          bytes,
        )) as Record<string, string>;
        const ours = await unpacked(bytes);
        const digest = (content: Buffer): string => createHash("sha256").update(content).digest("hex");
        expect(hashes).toEqual(Object.fromEntries([...ours].map(([name, content]) => [name, digest(content)])));
        expect(printed("unzip", ["-tqq", path])).toBe("");
        expect((await verify(path, new AbortController().signal)).findings).toEqual([]);
      }
    });

    it("lie in a folder for each record, with the record itself", async () => {
      const files = await filesOf({ layout: "folders", where: { lab: { $in: ["A", "Ａ", "B"] } } });
      expect([...files.keys()].slice(0, -3)).toEqual([
        "A-1/record.json",
        "A-1/record.pdf",
        "A-1/reads_R1.fastq.gz",
        "A-1/reads_R2.fastq.gz",
        "A-1/Plot.PNG",
        "A-1/plot (2).png",
        "A-1/scan.bin",
        "A-2/record.json",
        "A-2/record.pdf",
        "A-2/passwd",
        "A-2/record (2).json",
        `A-2/${long}`,
        `A-2/${longAgain}`,
        "A-2/a_gnp.exe",
        "A-2/_aux.txt",
        "A-2/empty.txt",
        "B-1/record.json",
        "B-1/record.pdf",
        "Ａ-1 (2)/record.json",
        "Ａ-1 (2)/record.pdf",
        "Ａ-1 (2)/plot.png",
      ]);
      expect(files.get("A-2/record (2).json")!.equals(uploaded(6))).toBe(true);
      expect(files.get("Ａ-1 (2)/plot.png")!.equals(uploaded(12))).toBe(true);
      expect(JSON.parse(files.get("A-2/record.json")!.toString())).toMatchObject({
        lab: "A",
        number: 2,
        name: "Fen / ../north",
        attachments: ["passwd", "record (2).json", long, longAgain, "a_gnp.exe", "_aux.txt"],
        scans: ["empty.txt"],
      });
      for (const name of ["A-1/record.pdf", "B-1/record.pdf"]) {
        expect(files.get(name)!.subarray(0, 5).toString()).toBe("%PDF-");
      }
    });

    it("may be folders of records alone, without files", async () => {
      const names = await namesOf({ layout: "folders", exportFiles: false, limit: 2 });
      expect(names).toEqual(["A-1/record.json", "A-1/record.pdf", "A-2/record.json", "A-2/record.pdf"]);
    });

    it("lie alone, with those records that have any", async () => {
      expect(await namesOf({ layout: "files" })).toEqual([...PLACES.map(([place]) => place), "missing-files.csv"]);
      expect(await refusal({ layout: "files", where: { lab: "B" } })).toEqual([
        "The records that were chosen have no files.",
        expect.stringMatching(/^Choose other records/),
      ]);
    });

    it("lie in a zip of their own", async () => {
      const files = await filesOf({ zipFiles: true });
      expect([...files.keys()]).toEqual([
        "samples.ndjson",
        "files.zip",
        "missing-files.csv",
        "README.txt",
        "datapackage.json",
      ]);
      const inner = await unpacked(files.get("files.zip")!);
      expect([...inner.keys()]).toEqual(PLACES.map(([place]) => place));
      for (const [place, content] of PLACES) expect(inner.get(place)!.equals(content)).toBe(true);
      expect(lines(files.get("samples.ndjson"))[3]).toMatchObject({
        attachments: ["files.zip/CON-7/attachments-11"],
      });
    });

    it("are the payload of a bag", async () => {
      const names = await namesOf({ layout: "files", bag: true });
      expect(names.slice(0, 2)).toEqual(["samples/bagit.txt", "samples/data/A-1/reads_R1.fastq.gz"]);
      expect(names).toContain("samples/data/missing-files.csv");
      expect(names).toContain("samples/manifest-sha256.txt");
    });

    it("are the same bytes each time, but for the descriptors", async () => {
      for (const asked of [{}, { layout: "folders" }, { layout: "files" }, { zipFiles: true }] as const) {
        const [first, second] = [await filesOf(asked), await filesOf(asked)];
        expect([...first.keys()]).toEqual([...second.keys()]);
        for (const [name, content] of first) {
          if (name === "README.txt" || name === "datapackage.json") continue;
          expect([name, content.equals(second.get(name)!)]).toEqual([name, true]);
        }
      }
    });

    it("are chosen by kind", async () => {
      expect(await namesOf({ layout: "files", fileFormats: ["fastq", "text"] })).toEqual([
        "A-1/reads_R1.fastq.gz",
        "A-1/reads_R2.fastq.gz",
        "A-2/_aux.txt",
        "A-2/empty.txt",
        "missing-files.csv",
      ]);
      const [record] = lines((await filesOf({ fileFormats: ["image"] })).get("samples.ndjson"));
      expect(record!["attachments"]).toEqual(["files/A-1/Plot.PNG", "files/A-1/plot (2).png"]);
      expect(await refusal({ layout: "files", fileFormats: ["genbank"] })).toEqual([
        "The records that were chosen have no files of the kinds genbank.",
        expect.stringMatching(/^Choose other records/),
      ]);
      expect(await refusal({ fileFormats: [] })).toEqual(["No file format was chosen.", expect.any(String)]);
    });

    it("tell which two are the ends of one read", async () => {
      const text = (await filesOf({})).get("datapackage.json")!.toString();
      const { resources } = JSON.parse(text) as { resources: Record<string, unknown>[] };
      const about = (path: string): unknown => resources.find((resource) => resource["path"] === `files/A-1/${path}`);
      expect(about("reads_R1.fastq.gz")).toMatchObject({
        direction: "forward",
        pairedWith: "files/A-1/reads_R2.fastq.gz",
      });
      expect(about("reads_R2.fastq.gz")).toMatchObject({
        direction: "reverse",
        pairedWith: "files/A-1/reads_R1.fastq.gz",
      });
      expect(about("Plot.PNG")).not.toHaveProperty("direction");
    });

    it("are those that the principal may see, of records that he may see", async () => {
      const owner: Principal = { ...anna, role: "owner" };
      expect(await namesOf({ layout: "files", exportFiles: true }, owner)).toEqual(await namesOf({ layout: "files" }));
      // Of A-1 the ids 1 and 4 are Bob's; A-2 and Ａ-1 are his samples.
      expect(await namesOf({ layout: "files" }, anna)).toEqual([
        "A-1/Plot.PNG",
        "A-1/reads_R1.fastq.gz",
        "A-1/scan.bin",
        "CON-7/attachments-11",
      ]);
      const nobody: Principal = { ...anna, email: "nobody@x.org" };
      expect(await refusal({ layout: "files" }, nobody)).toEqual([
        "The records that were chosen have no files.",
        expect.any(String),
      ]);
    });

    it("are chosen by a condition on what is attached", async () => {
      expect(
        await namesOf({ object: "plain", layout: "files", where: { lab: "A" }, fileWhere: { kind: "plot" } }),
      ).toEqual(["A-1/Plot.PNG", "A-1/plot (2).png", "A-2/a_gnp.exe"]);
      expect(await refusal({ fileWhere: { kind: "plot" } })).toEqual([
        `scans has no field "kind".`,
        expect.any(String),
      ]);
    });

    it("are called as a template says, by fields of the record, its references and the file", async () => {
      const where = { lab: "A" };
      const fileWhere = { kind: "raw" };
      const asked = { object: "plain", layout: "files", where, fileWhere } as const;
      expect(
        await namesOf({
          ...asked,
          nameTemplate: "{record.project.title}/{record.name}/{index}-{file.kind}-{file.name}",
        }),
      ).toEqual([
        "Peat/Moor/1-raw-reads_R1.fastq.gz",
        "Peat/Moor/2-raw-reads_R2.fastq.gz",
        // A record and a folder are never called as what describes the archive.
        "_README.txt/Fen _ __north/1-raw-passwd",
        "_README.txt/Fen _ __north/2-raw-record.json",
        `_README.txt/Fen _ __north/3-raw-${"é".repeat(120)}.tar.GZ`,
        `_README.txt/Fen _ __north/4-raw-${"é".repeat(120)}.tar.GZ`,
        "_README.txt/Fen _ __north/5-raw-aux.txt",
      ]);
      // Without a slash it is the file's, or the folder's.
      expect((await namesOf({ ...asked, nameTemplate: "{field.name}-{index}" })).slice(0, 2)).toEqual([
        "A-1/attachments-1",
        "A-1/attachments-2",
      ]);
      expect((await namesOf({ ...asked, nameTemplate: "no {record.index}" })).slice(1, 3)).toEqual([
        "no 1/reads_R2.fastq.gz",
        "no 2/passwd",
      ]);
      // All in one folder, and however often a name comes.
      expect((await namesOf({ ...asked, nameTemplate: "//all/x{{}}" })).slice(0, 3)).toEqual([
        "all/x{}",
        "all/x{} (2)",
        "all/x{} (3)",
      ]);
    });

    it("have the same places in a preview", async () => {
      for (const asked of [{}, { layout: "folders" }, { nameTemplate: "{record.name}/{index}" }] as const) {
        const request = { object: "samples", format: "ndjson", exportFiles: true, ...asked };
        const plan = planExport(request, catalog, formatNamed("ndjson"), accessOf(null, catalog));
        const previewed: string[] = [];
        const { signal } = new AbortController();
        for await (const name of previewNames(plan, { sourceNamed: () => sourceAt(url), signal, pseudonymKey: key })) {
          previewed.push(name);
        }
        const names = await namesOf(asked);
        const listed = previewed.filter((name) => !name.includes("nothing") && names.includes(name));
        expect(listed).toEqual(names.filter((name) => name.includes("/")));
      }
    });

    it("show what is de-identified as pseudonyms alone, and are found all the same", async () => {
      for (const asked of [{}, { layout: "folders" }, { layout: "files" }] as const) {
        const { bytes } = await zipOf({ ...asked, object: "secret" });
        const files = await unpacked(bytes);
        const attached = [...files].filter(([, content]) => /^File \d+\n/.test(content.subarray(0, 9).toString()));
        // Each of the twelve, by its path and by its name.
        expect(attached.length).toBe(24);
        for (const [name, content] of files) {
          const told = `${name}\n${/\.(json|ndjson|csv|txt)$/.test(name) ? content.toString() : ""}`;
          for (const real of ["reads_R", "Plot", "passwd", "Moor", "Fen", "u/1", "A-1", "CON"]) {
            expect([name, real, told.includes(real)]).toEqual([name, real, false]);
          }
        }
      }
      const [place] = await namesOf({
        object: "secret",
        layout: "files",
        nameTemplate: "{record.lab}/{record.name}-{file.name}",
      });
      expect(place).toMatch(/^[0-9a-z]+\/[0-9a-z]+-[0-9a-z]+$/i);
      expect(await refusal({ object: "secret", fileWhere: { name: "passwd" } })).toEqual([
        `The field "name" may not be read as it is, since it is de-identified or holds something that is.`,
        undefined,
      ]);
    });
  });
}
