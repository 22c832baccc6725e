// `waybill init` as people run it: the file, what is said about it, and every way in which it fails.
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { expect, test } from "vitest";
import { emptyFolder, expectFailure, filesIn, waybill } from "../command-line/program.ts";
import { createDatabase } from "../setup/postgres.ts";
import { addedLines } from "./helpers.ts";

function withDatabase(): string {
  const folder = emptyFolder();
  using database = new DatabaseSync(join(folder, "lab.db"));
  database.exec(`CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT, data JSON);
    INSERT INTO people VALUES (1, 'Ann', 'ann@private.example', '{"shoe": 38}');
    CREATE TABLE schema_migrations (version TEXT)`);
  return folder;
}

test("writes a file, says what is in it and what to do, and adds to it later", async () => {
  const folder = withDatabase();
  const first = await waybill(["init", "sqlite:lab.db"], folder);
  expect(first.code).toBe(0);
  expect(first.stdout.toString()).toBe("");
  expect(first.stderr).toBe(
    [
      "Found in lab: 1 object type, 1 with JSON keys, 2 fields that may be personal data, 1 table left out.",
      "Written: waybill.yaml (org lab).",
      "Next:",
      `  decide about what is marked "personal data?" in waybill.yaml`,
      "  waybill objects   shows what can be exported",
      "  waybill doctor    checks all of it",
      "",
    ].join("\n"),
  );
  expect(filesIn(folder)).toEqual(["lab.db", "waybill.yaml"]);
  const file = join(folder, "waybill.yaml");
  const text = readFileSync(file, "utf8");
  expect(text).not.toContain("private.example");

  chmodSync(file, 0o640);
  const before = statSync(file).mtimeMs;
  const second = await waybill(["init", "sqlite:lab.db"], folder);
  expect(second.stderr).toContain("Nothing is new: waybill.yaml stays as it is.");
  expect(readFileSync(file, "utf8")).toBe(text);
  expect(statSync(file).mtimeMs).toBe(before);

  {
    using database = new DatabaseSync(join(folder, "lab.db"));
    database.exec("ALTER TABLE people ADD COLUMN height REAL");
  }
  const dry = await waybill(["init", "--dry-run", "--quiet", "sqlite:lab.db"], folder);
  expect(dry.stderr).toBe("");
  expect(addedLines(text, dry.stdout.toString()).filter((it) => it !== "")).toEqual([
    "          height: { label: Height }  # new",
    "# seen lab lab people: height",
  ]);
  expect(readFileSync(file, "utf8")).toBe(text);
  const third = await waybill(["init", "sqlite:lab.db"], folder);
  expect(third.stderr).toContain("New, each marked in waybill.yaml: people.height.");
  expect(readFileSync(file, "utf8")).toBe(dry.stdout.toString());
  expect(statSync(file).mode & 0o777).toBe(0o640);
});

test("keeps the path of a file right when the configuration is elsewhere, and names the org", async () => {
  const folder = withDatabase();
  mkdirSync(join(folder, "conf"));
  const { code } = await waybill(["init", "--org", "Lab-1", "-o", "conf/w.yaml", "sqlite:lab.db"], folder);
  expect(code).toBe(0);
  const text = readFileSync(join(folder, "conf/w.yaml"), "utf8");
  expect(text).toContain(`lab: { url: "sqlite:../lab.db" }`);
  expect(text).toContain("  Lab-1:\n");
});

test("never tells a password, and says which variable needs it", async () => {
  const folder = emptyFolder();
  const database = await createDatabase();
  try {
    await database.client.query("CREATE ROLE init_reader LOGIN PASSWORD 'hidden-word'; CREATE TABLE things (id int)");
    const url = new URL(database.url);
    url.username = "init_reader";
    url.password = "hidden-word";
    const { code, stderr } = await waybill(["init", url.href], folder);
    const text = readFileSync(join(folder, "waybill.yaml"), "utf8");
    expect(code).toBe(0);
    expect(stderr + text).not.toContain("hidden-word");
    const variable = /set (WAYBILL_TEST_\w+_PASSWORD) to the password of test_/.exec(stderr)?.[1];
    expect(text).toContain(`://init_reader:\${${variable}}@`);
    expect(stderr).toContain("Without a sample:\n  things: permission denied for table things\n");
  } finally {
    await database.client.query("DROP TABLE things; DROP ROLE init_reader");
    await database.drop();
  }
});

test("fails in plain words", async () => {
  const folder = withDatabase();
  const run = (...args: string[]) => waybill(["init", ...args], folder);
  expectFailure(await run(), 2, /^waybill: No source was named\./);
  expectFailure(await run("oracle://x"), 2, /no known scheme/);
  expectFailure(await run("sqlite:none.db"), 1, /none\.db/);
  expectFailure(await run("postgres://someone:hidden-word@127.0.0.1:1/shop"), 1, /127\.0\.0\.1:1/);
  expectFailure(
    await run("-o", "no/such/w.yaml", "sqlite:lab.db"),
    1,
    /The folder of "no\/such\/w\.yaml" does not exist/,
  );
  expectFailure(await run("-o", ".", "sqlite:lab.db"), 2, /"\." is there and cannot be read/);
  expectFailure(await run("--sample", "many", "sqlite:lab.db"), 2, /--sample must be a whole number/);
  expectFailure(await run("--org", "a b", "sqlite:lab.db"), 2, /"a b" is no code for an org/);
  writeFileSync(join(folder, "empty.db"), "");
  expectFailure(await run("sqlite:empty.db"), 1, /has no tables/);
  const wrong = "orgs:\n  lab: [\n";
  writeFileSync(join(folder, "waybill.yaml"), wrong);
  expectFailure(await run("sqlite:lab.db"), 2, /waybill\.yaml:3:1: this is not YAML/);
  expect(readFileSync(join(folder, "waybill.yaml"), "utf8")).toBe(wrong);
  writeFileSync(join(folder, "binary.yaml"), Buffer.from([0xff, 0xfe, 0x00]));
  expectFailure(await run("-o", "binary.yaml", "sqlite:lab.db"), 2, /cannot be read as a configuration/);
  expect(filesIn(folder)).toEqual(["binary.yaml", "empty.db", "lab.db", "waybill.yaml"]);
});
