// Names that YAML reads as something else, or that try to leave their place: they come back as they are.
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { expect, test } from "vitest";
import { emptyFolder } from "../command-line/program.ts";
import { fuzz, hostileName } from "../setup/fuzz.ts";
import * as fc from "fast-check";
import { Memory, memoryLines } from "../../src/init/memory.ts";
import { configured, initialised } from "./helpers.ts";

// oxfmt-ignore
const NAMES = [
  "yes", "No", "null", "~", "true", "1e3", "0x1f", "007", "1.50", ".inf", "2024-01-01", "12:30", "=", "-", "- a",
  "? b", "a: b", "a #b", "#", "# seen x y z: a", "'", '"', '"quoted"', "a\nb", "a\r\nb", "\t", " lead", "trail ",
  "&anchor", "*alias", "!tag", "@at", "`tick", "%dir", "[a]", "{a}", "a, b", "|", ">", "👩‍🔬", "é", "\u0085",
  "\u2028", "\ufeff", "\u0007", "${HOME}", "$${x}", "<<", "__proto__", "constructor", "toString", "a.b", "---",
  "...", "x".repeat(300), "y".repeat(1500),
];

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

test("names of tables, columns, JSON keys and states survive, twice", async () => {
  const folder = emptyFolder();
  const file = join(folder, "a #b: ${x}.db");
  {
    using database = new DatabaseSync(file);
    for (const [n, name] of NAMES.entries()) {
      // SQLite minds no case in names.
      database.exec(
        `CREATE TABLE ${quoted(`${name}${n % 2 === 0 ? "" : "\u00a0"}`)} (id INTEGER PRIMARY KEY, ${quoted(`${name} `)} TEXT)`,
      );
    }
    database.exec(
      `CREATE TABLE wide (id INTEGER PRIMARY KEY, status TEXT, doc JSON, ${NAMES.map((it) => `${quoted(it)} TEXT`).join(", ")})`,
    );
    const insert = database.prepare("INSERT INTO wide (status, doc) VALUES (?, ?)");
    const states = NAMES.filter((it) => !/[\p{Cc}@]|^.{40,}$/u.test(it)).slice(0, 20);
    for (const state of [...states, ...states]) {
      insert.run(state, JSON.stringify(Object.fromEntries(NAMES.map((it) => [it, 1]))));
    }
  }
  const { text } = await initialised([`sqlite:${file}`], folder);
  const { config, catalog } = await configured(text, folder);
  const refused = new Set(["<<", "__proto__"]);
  const [org] = [...config.orgs.values()];
  const wide = org!.objects.get("wide")!;
  expect([...wide.fields.keys()].slice(3)).toEqual(NAMES.filter((it) => !refused.has(it)));
  expect([...wide.fields.get("status")!.labels.keys()].toSorted()).toEqual(
    NAMES.filter((it) => !/[\p{Cc}@]|^.{40,}$/u.test(it))
      .slice(0, 20)
      .toSorted(),
  );
  const tables = NAMES.map((name, n) => `${name}${n % 2 === 0 ? "" : "\u00a0"}`).filter((it) => !refused.has(it));
  expect([...catalog.objects.keys()].toSorted()).toEqual(["wide", ...tables].toSorted());
  const again = await initialised([`sqlite:${file}`], folder, text);
  expect(again.isChanged).toBe(false);
});

test("what is remembered is read back, whatever the names", async () => {
  const fields = fc.dictionary(hostileName, fc.array(hostileName, { maxLength: 8 }), { maxKeys: 5 });
  await fuzz(fc.tuple(hostileName, hostileName, hostileName, fields), ([org, source, table, its]) => {
    const seen = new Map(Object.entries(its).map(([name, inside]) => [name, new Set(inside)]));
    const lines = memoryLines(org, source, table, seen, null);
    const memory = new Memory(lines.join("\n"));
    expect(lines.join("\n").split("\n")).toEqual(lines);
    expect(memory.of(org, source, table, () => true)).toEqual(seen);
    expect(
      memoryLines(
        org,
        source,
        table,
        seen,
        memory.of(org, source, table, () => true),
      ),
    ).toEqual([]);
  });
});
