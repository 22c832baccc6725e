// Bags: what a strict check of another hand finds in them, whole and damaged, and what `waybill verify` finds.
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Baggable, bagged } from "../../src/archive/bag.ts";
import type { ArchivedFile } from "../../src/archive/contents.ts";
import { readManifest, readTags } from "../../src/archive/read-bag.ts";
import { type Entry, zipped } from "../../src/archive/zip.ts";
import { verify } from "../../src/engine/verify.ts";
import { formats } from "../../src/formats/index.ts";
import { printed } from "../readers/programs.ts";
import { python } from "../readers/python.ts";
import { exported } from "../setup/export.ts";
import { fuzz } from "../setup/fuzz.ts";
import { gathered, packed, unpacked } from "./archive.ts";

const STRICT = readFileSync(new URL("../readers/bag.py", import.meta.url), "utf8");
const folder = mkdtempSync(join(tmpdir(), "waybill-bag-"));
const url = `sqlite:${join(folder, "shop.db")}`;
const { signal } = new AbortController();
let files: Map<string, Buffer>;

beforeAll(async () => {
  using database = new DatabaseSync(join(folder, "shop.db"));
  database.exec(`
    CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT);
    CREATE TABLE lines (id INTEGER PRIMARY KEY, order_id INTEGER REFERENCES orders (id));
    INSERT INTO orders VALUES (1, 'a'), (2, NULL), (3, 'c');
    INSERT INTO lines VALUES (1, 1), (2, 1), (3, 3), (4, 3);`);
  files = await unpacked(await bag("csv"));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function bag(format: string): Promise<Buffer> {
  const request = { object: "orders", format, include: ["lines"], bag: true } as const;
  return (await exported(url, request, "zip")).bytes;
}

let count = 0;
function saved(bytes: Uint8Array): string {
  const path = join(folder, `bag-${++count}.zip`);
  writeFileSync(path, bytes);
  return path;
}

/** What our own check finds, as `file: code: detail`. */
async function findings(bytes: Uint8Array): Promise<string[]> {
  const verdict = await verify(saved(bytes), signal);
  return verdict.findings.map(({ path, code, detail }) => `${path ?? ""}: ${code}: ${detail}`);
}

/** The bag with some files changed; null takes one away. */
async function changed(changes: Readonly<Record<string, ((text: string) => string) | string | null>>): Promise<Buffer> {
  const all = new Map(files);
  for (const [path, change] of Object.entries(changes)) {
    if (change === null) all.delete(path);
    else all.set(path, Buffer.from(typeof change === "string" ? change : change(all.get(path)!.toString("utf8"))));
  }
  return packed(all);
}

/** The tag manifest as it would be, had its author made the changes. */
async function resealed(changes: Parameters<typeof changed>[0]): Promise<Buffer> {
  const all = await unpacked(await changed(changes));
  const lines = [...all]
    .filter(([path]) => !path.includes("/data/") && !path.endsWith("tagmanifest-sha256.txt"))
    .map(([path, bytes]) => `${createHash("sha256").update(bytes).digest("hex")}  ${path.slice("orders/".length)}\n`);
  all.set("orders/tagmanifest-sha256.txt", Buffer.from(lines.join("")));
  return packed(all);
}

describe("a bag", () => {
  it.each(formats.map(({ name }) => name))("of %s is valid, and as it was made", async (format) => {
    const bytes = await bag(format);
    expect(await python(STRICT, bytes)).toEqual([]);
    expect(await findings(bytes)).toEqual([]);
    const { files: checked, rows } = await verify(saved(bytes), signal);
    expect(checked).toBeGreaterThan(1);
    expect(rows).toBeGreaterThan(2);
  });

  it("holds its data in a folder of its own, described by paths from the bag's folder", async () => {
    expect([...files.keys()]).toEqual([
      "orders/bagit.txt",
      "orders/data/orders.csv",
      "orders/data/orders.lines.csv",
      "orders/README.txt",
      "orders/datapackage.json",
      "orders/bag-info.txt",
      "orders/manifest-sha256.txt",
      "orders/tagmanifest-sha256.txt",
    ]);
    const { resources } = JSON.parse(files.get("orders/datapackage.json")!.toString("utf8")) as {
      resources: { path: string }[];
    };
    expect(resources.map(({ path }) => path)).toEqual(["data/orders.csv", "data/orders.lines.csv", "README.txt"]);
    expect(files.get("orders/bag-info.txt")!.toString("utf8")).toMatch(
      /^Bag-Software-Agent: Waybill test\nBagging-Date: \d{4}-\d\d-\d\d\nPayload-Oxum: 65\.2\n(External-Description: .+\n)?$/,
    );
  });

  it("is checked by sha256sum too, once unpacked", async () => {
    printed("unzip", ["-q", saved(await bag("xlsx")), "-d", join(folder, "unpacked")]);
    for (const list of ["manifest-sha256.txt", "tagmanifest-sha256.txt"]) {
      expect(printed("sha256sum", ["--strict", "-c", list], join(folder, "unpacked", "orders"))).toMatch(/: OK\n$/);
    }
  });

  it("may have been packed again, with entries for its folders", async () => {
    const folders: [string, Buffer][] = ["orders/", "orders/data/"].map((path) => [path, Buffer.alloc(0)]);
    expect(await findings(await packed([...folders, ...files]))).toEqual([]);
  });
});

describe("a damaged bag", () => {
  const data = "orders/data/orders.csv";
  const manifest = "orders/manifest-sha256.txt";
  const tagManifest = "orders/tagmanifest-sha256.txt";
  const info = "orders/bag-info.txt";
  const cases: [string, () => Promise<Buffer>, strict: RegExp, ours: RegExp[]][] = [
    [
      "other data",
      () => changed({ [data]: (text) => text.replace("1,a", "1,b") }),
      /another hash: data\/orders\.csv/,
      [/^orders\/data\/orders\.csv: hash: .* datapackage\.json gives/, /: hash: .* manifest-sha256\.txt gives/],
    ],
    [
      "another README",
      () => changed({ "orders/README.txt": (text) => text.replace("orders", "oRders") }),
      /tagmanifest-sha256\.txt has another hash: README\.txt/,
      [/^orders\/README\.txt: hash: .* datapackage\.json/, /^orders\/README\.txt: hash: .* tagmanifest-sha256\.txt/],
    ],
    [
      "another descriptor",
      () => changed({ "orders/datapackage.json": (text) => text.replace('"timeZone": "UTC"', '"timeZone": "utc"') }),
      /another hash: datapackage\.json/,
      [/^orders\/datapackage\.json: hash: .* tagmanifest-sha256\.txt/],
    ],
    [
      "missing data",
      () => changed({ "orders/data/orders.lines.csv": null }),
      /lists what is missing: data\/orders\.lines\.csv/,
      [/bag-info\.txt: oxum: /, /missing: manifest-sha256\.txt lists/, /missing: datapackage\.json lists/],
    ],
    [
      "more data",
      () => changed({ "orders/data/more.txt": "x" }),
      /does not list: data\/more\.txt/,
      [/oxum: /, /more\.txt: extra: manifest-sha256\.txt does/, /more\.txt: extra: datapackage\.json does/],
    ],
    [
      "a file more beside it",
      () => changed({ "orders/more.txt": "x" }),
      /does not list: more\.txt/,
      [/more\.txt: extra: tagmanifest-sha256\.txt does/, /more\.txt: extra: datapackage\.json does/],
    ],
    [
      "a file outside of it",
      () => changed({ "more.txt": "x" }),
      /not exactly one base directory/,
      [/^more\.txt: outside-bag: The file lies outside of the bag's folder "orders\/"\.$/],
    ],
    [
      "no declaration",
      () => changed({ "orders/bagit.txt": null }),
      /bagit\.txt is missing/,
      [/bagit\.txt: missing: /, /bagit\.txt: missing: /],
    ],
    [
      "no manifest",
      () => changed({ [manifest]: null }),
      /manifest-sha256\.txt is missing/,
      [/manifest-sha256\.txt: missing: A bag/, /missing: tagmanifest/],
    ],
    [
      "no tag manifest",
      () => changed({ [tagManifest]: null }),
      /tagmanifest-sha256\.txt is missing/,
      [/tagmanifest-sha256\.txt: missing: A bag/],
    ],
    [
      "no information",
      () => changed({ [info]: null }),
      /Payload-Oxum is wrong/,
      [/bag-info\.txt: missing: A bag/, /missing: tagmanifest/],
    ],
    [
      "another version",
      () => resealed({ "orders/bagit.txt": (text) => text.replace("1.0", "3.0") }),
      /not as it must be/,
      [/bagit\.txt: bag-damaged: The bag is of a version that is not known: "3\.0"\./],
    ],
    [
      "another encoding",
      () => resealed({ "orders/bagit.txt": (text) => text.replace("UTF-8", "UTF-16") }),
      /not as it must be/,
      [/bagit\.txt: bag-damaged: The bag does not say that its files are in UTF-8\./],
    ],
    [
      "a wrong Payload-Oxum",
      () => resealed({ [info]: (text) => text.replace(/Oxum: \d+/, "Oxum: 7") }),
      /Payload-Oxum is wrong/,
      [/bag-info\.txt: oxum: The file says Payload-Oxum 7\.2, but it is 65\.2\./],
    ],
    [
      "a manifest that is none",
      () => resealed({ [manifest]: (text) => `what?\n${text}` }),
      /has a wrong line/,
      [/manifest-sha256\.txt: bag-damaged: The file cannot be read: line 1 has no hash and path\./],
    ],
    [
      "a manifest that lists a file twice",
      () => resealed({ [manifest]: (text) => text + text }),
      /lists twice/,
      [/manifest-sha256\.txt: bag-damaged: .* line 3 lists a file for the second time\./],
    ],
    [
      "a manifest that lists too little",
      () => resealed({ [manifest]: (text) => text.split("\n")[0]! }),
      /does not list: data\/orders\.lines\.csv/,
      [/lines\.csv: extra: manifest-sha256\.txt does not list/],
    ],
    [
      "a manifest that lists what is no data",
      () => resealed({ [manifest]: (text) => `${text}${"0".repeat(64)} README.txt\n` }),
      /no payload: README\.txt/,
      [/bag-damaged: The file lists "README\.txt", which does not belong there\./],
    ],
  ];

  it.each(cases)("has %s", async (_name, make, strict, ours) => {
    const bytes = await make();
    expect(((await python(STRICT, bytes)) as string[]).join("\n")).toMatch(strict);
    const found = await findings(bytes);
    for (const [n, expected] of ours.entries()) expect(found[n]).toMatch(expected);
    expect(found).toHaveLength(ours.length);
  });

  it("has no descriptor: its manifests are checked all the same", async () => {
    const found = await findings(
      await changed({ "orders/datapackage.json": null, [data]: (text) => text.replace("1,a", "1,b") }),
    );
    expect(found.map((line) => line.split(": ").slice(0, 2).join(": "))).toEqual([
      ": no-descriptor",
      "orders/datapackage.json: missing",
      "orders/data/orders.csv: hash",
    ]);
  });

  it("has a manifest that is no text", async () => {
    const all = new Map(files).set(manifest, Buffer.from([0xff, 0xfe]));
    expect((await findings(await packed(all)))[0]).toMatch(/^orders\/manifest-sha256\.txt: bag-damaged: /);
  });
});

describe("manifests", () => {
  const baggable = (names: readonly string[]): Baggable => {
    const archived: ArchivedFile[] = [];
    const facts = { format: "txt", mime: "text/plain", nested: false, tables: [], dialect: null };
    return {
      archived,
      data: (async function* (): AsyncGenerator<Entry> {
        for (const name of names) {
          const content = Buffer.from(name);
          yield { name, content };
          const sha256 = createHash("sha256").update(content).digest("hex");
          archived.push({ ...facts, path: name, bytes: content.length, sha256 });
        }
      })(),
      description: (async function* (): AsyncGenerator<Entry> {
        yield { name: "README.txt", content: Buffer.from("read me") };
      })(),
    };
  };
  const made = (names: readonly string[]): Promise<Buffer> =>
    gathered(
      zipped(
        bagged(baggable(names), { name: "a/b", program: "test", info: [["External-Description", " two\r\nlines "]] }),
      ),
    );

  it("encode line ends and percent signs, and nothing else", async () => {
    const names = ["100%.txt", "%0A.txt", "a\nb\rc\r\nd", "é %25 +&.txt", "sp ace", "*a", "\u2028\u2029\u0085\v"];
    const bytes = await made(names);
    const text = (await unpacked(bytes)).get("a_b/manifest-sha256.txt")!.toString("utf8");
    expect(text.replaceAll(/^[0-9a-f]{64} {2}/gm, "")).toBe(
      "data/100%25.txt\ndata/%250A.txt\ndata/a%0Ab%0Dc%0D%0Ad\ndata/é %2525 +&.txt\ndata/sp ace\ndata/*a\n" +
        "data/\u2028\u2029\u0085\v\n",
    );
    expect(await python(STRICT, bytes)).toEqual([]);
    expect([...readManifest(text).keys()]).toEqual(names.map((name) => `data/${name}`));
  });

  it("read back any name", () =>
    fuzz(
      fc.uniqueArray(
        fc.string({ unit: "grapheme", minLength: 1 }).filter((name) => name.isWellFormed() && !/[\0\\]/.test(name)),
      ),
      async (names) => {
        const text = (await unpacked(await made(names.map((name) => name.replaceAll("/", "_"))))).get(
          "a_b/manifest-sha256.txt",
        )!;
        expect(readManifest(text.toString("utf8")).size).toBe(
          new Set(names.map((name) => name.replaceAll("/", "_"))).size,
        );
      },
      50,
    ));

  it("of no data leave an empty folder", async () => {
    const bytes = await made([]);
    expect(await python(STRICT, bytes)).toEqual([]);
    expect([...(await unpacked(bytes)).keys()][1]).toBe("a_b/data/");
    expect(printed("unzip", ["-tq", saved(bytes)])).toContain("No errors detected");
  });

  it("and tags are read as others may write them", () => {
    const hash = "AB".repeat(32);
    expect([...readManifest(`${hash}\tdata/a b\r\n\r\n${hash}   data/c%0d%0A\n`)]).toEqual([
      ["data/a b", hash.toLowerCase()],
      ["data/c\r\n", hash.toLowerCase()],
    ]);
    expect([...readTags("A: b\u2028c\n")]).toEqual([["a", "b\u2028c"]]);
    expect([...readTags("A-b: one\n  and two\n\tthree\r\nC:four: five\n\n")]).toEqual([
      ["a-b", "one and two three"],
      ["c", "four: five"],
    ]);
    expect(() => readTags("  not the first")).toThrow("line 1 has no label and value");
  });
});
