// `waybill verify`: what it says of archives that are whole, and of those that somebody or something has changed.
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verify } from "../../src/engine/verify.ts";
import { formats } from "../../src/formats/index.ts";
import { waybill } from "../command-line/program.ts";
import { exported } from "../setup/export.ts";
import { packed, unpacked } from "./archive.ts";

const folder = mkdtempSync(join(tmpdir(), "waybill-verify-"));
const url = `sqlite:${join(folder, "shop.db")}`;
const { signal } = new AbortController();
let whole: Buffer;
let files: Map<string, Buffer>;

beforeAll(async () => {
  using database = new DatabaseSync(join(folder, "shop.db"));
  database.exec(`
    CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT);
    CREATE TABLE lines (id INTEGER PRIMARY KEY, order_id INTEGER REFERENCES orders (id));
    INSERT INTO orders VALUES (1, 'a' || char(10) || '"b"'), (2, NULL), (3, '<record>');
    INSERT INTO lines VALUES (1, 1), (2, 1), (3, 3), (4, 3);`);
  whole = (await exported(url, { object: "orders", format: "csv", include: ["lines"] }, "zip")).bytes;
  files = await unpacked(whole);
});
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
function saved(bytes: Uint8Array): string {
  const path = join(folder, `archive-${++count}.zip`);
  writeFileSync(path, bytes);
  return path;
}

/** What is found in an archive, as `file: code: detail`. */
async function findings(bytes: Uint8Array): Promise<string[]> {
  const verdict = await verify(saved(bytes), signal);
  return verdict.findings.map(({ path, code, detail }) => `${path ?? ""}: ${code}: ${detail}`);
}

/** The archive with some files changed; null takes one away. */
async function changed(changes: Readonly<Record<string, Buffer | string | null>>): Promise<Buffer> {
  const all = new Map(files);
  for (const [path, content] of Object.entries(changes)) {
    if (content === null) all.delete(path);
    else all.set(path, Buffer.from(content));
  }
  return packed(all);
}

/** The descriptor with a piece of its text replaced. */
function descriptor(from: string | RegExp, to: string): string {
  const text = files.get("datapackage.json")!.toString("utf8");
  expect(text).toMatch(from);
  return text.replace(from, to);
}

describe("an archive that is as it was made", () => {
  it.each(formats.map(({ name }) => name))("has nothing to find, in %s", async (format) => {
    const { bytes, facts } = await exported(url, { object: "orders", format, include: ["lines"] }, "zip");
    const verdict = await verify(saved(bytes), signal);
    expect(verdict.findings).toEqual([]);
    const nested = formats.find(({ name }) => name === format)!.shape === "nested";
    expect(verdict.rows).toBe(nested ? 3 : 7);
    expect(facts.tables.reduce((sum, { rows }) => sum + rows, 0)).toBe(7);
  });

  it("may have been packed again by another program", async () => {
    expect(await findings(await packed(files))).toEqual([]);
    expect(await findings(await packed(files, true))).toEqual([]);
  });
});

describe("an archive that was changed", () => {
  it("has other content of the same length", async () => {
    const content = Buffer.from(files.get("orders.csv")!);
    content[content.length - 3] = 0x37;
    expect(await findings(await changed({ "orders.csv": content }))).toEqual([
      "orders.csv: hash: The file does not have the SHA-256 hash that datapackage.json gives.",
    ]);
  });

  it("has content of another length", async () => {
    expect(await findings(await changed({ "orders.csv": "id,note\n1,\n" }))).toEqual([
      `orders.csv: size: The file has 11 bytes instead of ${files.get("orders.csv")!.length}.`,
    ]);
  });

  it("has other rows than it says", async () => {
    const text = descriptor('"rowCount": 3', '"rowCount": 4');
    expect(await findings(await changed({ "datapackage.json": text }))).toEqual([
      "orders.csv: rows: The file has 3 rows instead of 4.",
    ]);
  });

  it("lacks a file, and has one more", async () => {
    const bytes = await changed({ "orders.lines.csv": null, "extra.exe": "x" });
    expect(await findings(bytes)).toEqual([
      "extra.exe: extra: datapackage.json does not list this file.",
      "orders.lines.csv: missing: datapackage.json lists this file, but it is not in the archive.",
    ]);
  });

  it("lacks the descriptor", async () => {
    expect(await findings(await changed({ "datapackage.json": null }))).toEqual([
      ": no-descriptor: The archive has no datapackage.json, so there is nothing to check it against.",
    ]);
  });

  it.each([
    ["{", "Expected property name"],
    ["[]", "at /: Invalid input: expected object"],
    [`{"resources":[{"name":"a","path":"b","bytes":-1,"hash":"x"}]}`, "at /resources/0/bytes: "],
    [`{"resources":[{"name":"a","path":"b","bytes":1,"hash":"md5:00"}]}`, "at /resources/0/hash: "],
  ])("has a descriptor that is none: %s", async (text, reason) => {
    const [finding, ...others] = await findings(await changed({ "datapackage.json": text }));
    expect(finding).toContain("datapackage.json: descriptor-damaged: The descriptor cannot be read: ");
    expect(finding).toContain(reason);
    expect(others).toEqual([]);
  });

  it("has names that are not safe to unpack", async () => {
    const bytes = await packed([...files, ["a/CON.csv", Buffer.from("")], ["ORDERS.csv", Buffer.from("")]]);
    expect(await findings(bytes)).toEqual([
      "a/CON.csv: unsafe-name: The name is not safe to unpack on every system.",
      "ORDERS.csv: duplicate-name: Another file has the same name, but for case.",
      "a/CON.csv: extra: datapackage.json does not list this file.",
      "ORDERS.csv: extra: datapackage.json does not list this file.",
    ]);
  });

  it("has names that leave the folder", async () => {
    const [finding] = await findings(await packed([["../x", Buffer.from("")], ...files]));
    expect(finding).toContain(": directory-damaged: The directory is damaged: ");
    expect(finding).toContain("../x");
  });

  it("has a wrong checksum in the zip's directory", async () => {
    const bytes = Buffer.from(whole);
    const directory = bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    bytes[directory + 16]! ^= 1;
    expect(await findings(bytes)).toEqual(["orders.csv: checksum: The file does not have the zip's checksum."]);
  });

  it("has a header that says another name than the directory", async () => {
    const bytes = Buffer.from(whole);
    bytes.write("ordeRs.csv", 30);
    expect(await findings(bytes)).toEqual(["orders.csv: header: The file is called otherwise in its own header."]);
  });

  it("has compressed data that is damaged", async () => {
    const bytes = Buffer.from(whole);
    bytes.fill(0xff, 42, 60);
    const [finding] = await findings(bytes);
    expect(finding).toMatch(/^orders\.csv: damaged: The file cannot be read: /);
  });

  it("has files that lie over one another", async () => {
    const bytes = Buffer.from(whole);
    const first = bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    const second = bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2]), first + 4);
    bytes.writeUInt32LE(20, second + 42);
    expect(await findings(bytes)).toContain("orders.csv: overlap: The file reaches into what lies behind it.");
  });

  it("was cut off", async () => {
    const path = saved(whole);
    truncateSync(path, whole.length - 30);
    const { findings: found } = await verify(path, signal);
    expect(found.map(({ code }) => code)).toEqual(["not-a-zip"]);
  });
});

describe("the command", () => {
  it("says that all is well, and exits with 0", async () => {
    const path = saved(whole);
    const { code, stdout, stderr } = await waybill(["verify", path]);
    expect([code, stdout.toString(), stderr]).toEqual([0, `${path}: 3 files, 7 rows, all as described.\n`, ""]);
  });

  it("says exactly what is wrong, and exits with 1", async () => {
    const path = saved(await changed({ "orders.csv": "id,note\n1,\n", "extra.txt": "x" }));
    const { code, stdout, stderr } = await waybill(["verify", path]);
    expect(code).toBe(1);
    expect(stdout.toString()).toBe(
      `orders.csv: The file has 11 bytes instead of ${files.get("orders.csv")!.length}.\n` +
        "extra.txt: datapackage.json does not list this file.\n",
    );
    expect(stderr).toBe(
      `waybill: ${path} is not as it was made: 2 things are wrong.\n  Fetch it again, or make the export again.\n`,
    );
  });

  it("says it as JSON", async () => {
    const { code, stdout } = await waybill(["verify", "--json", saved(await changed({ "README.txt": null }))]);
    expect(code).toBe(1);
    expect(JSON.parse(stdout.toString())).toMatchObject({ findings: [{ path: "README.txt", code: "missing" }] });
  });

  it.each([
    ["/nowhere/a.zip", 'There is no file "/nowhere/a.zip".'],
    ["/", '"/" is no file.'],
  ])("refuses %s", async (path, message) => {
    const { code, stderr } = await waybill(["verify", path]);
    expect(code).toBe(1);
    expect(stderr).toContain(`waybill: ${message}\n`);
  });
});
