// SQLite files as they are found: in folders that may only be read, half changed, in use, empty, cut off.
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  mkdtempSync,
  openSync,
  closeSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Ended, emptyFolder, expectFailure, filesIn, shell, start, until, waybill } from "./program.ts";

const ROWS = 200_000;
const FILL = `WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < ${ROWS})
  INSERT INTO t SELECT i, 'text number ' || i FROM n`;

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "waybill-files-"));
  // For the user that is not root.
  chmodSync(folder, 0o755);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A database in a folder of its own. */
function made(sql: string): { file: string; inside: string } {
  const inside = mkdtempSync(join(folder, "database-"));
  const file = join(inside, "t.db");
  using database = new DatabaseSync(file);
  database.exec(`${sql}; CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)`);
  return { file, inside };
}

function exported(file: string): Promise<Ended> {
  return waybill(["export", "t", "--source", `sqlite:${file}`, "--format", "csv", "-q"]);
}

/** As a user who is not root, since root may do everything. */
function asNobody(file: string): Promise<Ended> {
  const user = process.getuid?.() === 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups" : "";
  return shell(`exec ${user} env HOME=/nonexistent $WAYBILL export t --source sqlite:${file} --format csv -q`);
}

describe("a folder that may only be read", () => {
  function closed(journal: string): string {
    const { file, inside } = made(`PRAGMA journal_mode = ${journal}`);
    chmodSync(file, 0o444);
    chmodSync(inside, 0o555);
    return file;
  }

  it("is enough", async () => {
    const { code, stdout, stderr } = await asNobody(closed("DELETE"));
    expect([code, stdout.toString(), stderr]).toEqual([0, "id,name\n", ""]);
  });

  it("is not enough for a database with a write-ahead log, which is said in plain words", async () => {
    const ended = await asNobody(closed("WAL"));
    if (ended.code === 0) return;
    expectFailure(ended, 1, /^waybill: .*t\.db".*\n {2}.+/);
    expect(ended.stderr).not.toMatch(/attempt to write/);
  });
});

it("nothing is made beside a database, and nothing in it changes", async () => {
  const { file, inside } = made(`PRAGMA journal_mode = DELETE`);
  {
    using database = new DatabaseSync(file);
    database.exec(FILL);
  }
  const before = [readFileSync(file), statSync(file).mtimeMs, statSync(inside).mtimeMs];
  const seen = new Set<string>();
  const { ended } = start(["export", "t", "--source", `sqlite:${file}`, "--format", "csv", "--order", "name", "-q"]);
  let done = false;
  void ended.finally(() => (done = true));
  await until(() => {
    for (const name of filesIn(inside)) seen.add(name);
    return done;
  }, 20_000);
  expect((await ended).code).toBe(0);
  expect([...seen]).toEqual(["t.db"]);
  expect([readFileSync(file), statSync(file).mtimeMs, statSync(inside).mtimeMs]).toEqual(before);
});

it("a change that a crash has left half done is named as such, and left alone", async () => {
  const { file, inside } = made("PRAGMA journal_mode = DELETE");
  const script = `
    const { DatabaseSync } = require("node:sqlite");
    const database = new DatabaseSync(${JSON.stringify(file)});
    database.exec(${JSON.stringify(FILL)});
    database.exec("PRAGMA cache_size = 5; BEGIN; UPDATE t SET name = 'changed' WHERE id < 20000");
    process.kill(process.pid, "SIGKILL");`;
  spawnSync(process.execPath, ["-e", script]);
  expect(filesIn(inside)).toEqual(["t.db", "t.db-journal"]);
  const before = filesIn(inside).map((name) => readFileSync(join(inside, name)));
  const ended = await exported(file);
  expectFailure(ended, 1, /^waybill: .*t\.db".*\n {2}.+/);
  expect(ended.stderr).not.toMatch(/attempt to write/);
  expect(ended.stdout.length).toBe(0);
  expect(filesIn(inside).map((name) => readFileSync(join(inside, name)))).toEqual(before);
});

it.each([
  ["empty", (file: string) => writeFileSync(file, ""), 2, /There is no object type "t"/],
  ["shorter than its own header says", (file: string) => truncateSync(file, 1_000_000), 1, /is damaged/],
  ["shorter than a page", (file: string) => truncateSync(file, 200), 1, /is damaged|is not a SQLite database/],
  ["without its first page", (file: string) => overwrite(file, 0, 4_096), 1, /is not a SQLite database/],
] as const)("a file that is %s", async (_name, damage, code, message) => {
  const { file } = made("PRAGMA journal_mode = DELETE");
  {
    using database = new DatabaseSync(file);
    database.exec(FILL);
  }
  damage(file);
  expectFailure(await exported(file), code, message);
});

function overwrite(file: string, from: number, length: number): void {
  const descriptor = openSync(file, "r+");
  writeSync(descriptor, Buffer.alloc(length, 0xff), 0, length, from);
  closeSync(descriptor);
}

it("an old file stays when the damage is in the middle of the rows", async () => {
  const { file } = made("PRAGMA journal_mode = DELETE");
  {
    using database = new DatabaseSync(file);
    database.exec(FILL);
  }
  overwrite(file, Math.floor(statSync(file).size / 2 / 4_096) * 4_096, 8_192);
  const out = emptyFolder();
  writeFileSync(join(out, "t.csv"), "as it was");
  const ended = await waybill(["export", "t", "--source", `sqlite:${file}`, "-o", join(out, "t.csv")]);
  expectFailure(ended, 1, /is damaged/);
  expect(filesIn(out)).toEqual(["t.csv"]);
  expect(readFileSync(join(out, "t.csv"), "utf8")).toBe("as it was");
});
