// Running init again: what people wrote stays, line by line, and only what is new comes in.
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { expect, test } from "vitest";
import { emptyFolder } from "../command-line/program.ts";
import { addedLines, configured, initialised } from "./helpers.ts";

const SCHEMA = `
CREATE TABLE projects (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO projects VALUES (1, 'One'), (2, 'Two');
CREATE TABLE samples (
  id INTEGER PRIMARY KEY, project_id INTEGER REFERENCES projects, name TEXT NOT NULL, status TEXT NOT NULL,
  collected_on DATE NOT NULL, metadata JSON);
INSERT INTO samples VALUES (1, 1, 'a', 'fresh', '2024-01-01', '{"depth": 3}'), (2, 1, 'b', 'frozen', '2024-01-02', NULL),
  (3, 2, 'c', 'fresh', '2024-01-01', '{"depth": 4, "visits": [{"seen": "2024-01-01"}]}');`;

function database(): { folder: string; url: string; run: (sql: string) => void } {
  const folder = emptyFolder();
  const file = join(folder, "lab.db");
  const run = (sql: string): void => {
    using connection = new DatabaseSync(file);
    connection.exec(sql);
  };
  run(SCHEMA);
  return { folder, url: `sqlite:${file}`, run };
}

const CHANGES = `
ALTER TABLE samples ADD COLUMN weight REAL;
CREATE TABLE freezers (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO samples VALUES (4, 1, 'd', 'lost', '2024-01-03', '{"depth": 1, "operator": "x", "visits": [{"seen": "2024-01-01", "by": "x"}]}',
  1.5);`;

test("adds a column, a table, a JSON key, a key of a list and a state, marked, and nothing else", async () => {
  const { folder, url, run } = database();
  const first = (await initialised([url], folder)).text;
  run(CHANGES);
  const { text, merged } = await initialised([url], folder, first);
  expect(addedLines(first, text).filter((line) => line !== "")).toEqual([
    `              lost: Lost  # new`,
    `              operator: text  # new; personal data (name of a person)?`,
    `          weight: { label: Weight }  # new`,
    `              by: text  # new`,
    `      freezers:  # new`,
    `        label: Freezers`,
    `        title: name`,
    `        fields:`,
    `          id: { label: ID }`,
    `          name: { label: Name }`,
    `# seen lab lab freezers: id, name`,
    `# seen lab lab samples: status(lost), metadata(operator, visits[].by), weight`,
  ]);
  expect(merged.added).toEqual([
    "samples.status = lost",
    "samples.metadata.operator",
    "samples.weight",
    "visits.by",
    "freezers",
  ]);
  const { config } = await configured(text, folder);
  const samples = config.orgs.get("lab")!.objects.get("samples")!;
  expect([...samples.fields.get("metadata")!.keys.keys()]).toEqual(["depth", "operator"]);
  expect([...samples.fields.get("status")!.labels.keys()]).toEqual(["fresh", "frozen", "lost"]);
  expect(samples.fields.has("weight")).toBe(true);
  const again = await initialised([url], folder, text);
  expect(again.isChanged).toBe(false);
});

test("leaves out what was taken out, commented out, renamed or rewritten", async () => {
  const { folder, url, run } = database();
  const first = (await initialised([url], folder)).text;
  const edited = first
    .replace(/ {6}projects:\n(?: {8}.*\n)*/, "")
    .replace("      samples:\n", "      soil:   # our own\n        table: 'samples'\n")
    .replace(/ {12}keys:\n(?: {14}.*\n)*/, "")
    .replace("              frozen: Frozen\n", "              # frozen: Frozen\n")
    .replace("          name: { label: Name }\n", "")
    .replace("label: Samples", `label: { en: "Soil", fr: 'Sols' }`);
  expect(edited.length).toBeLessThan(first.length);
  const same = await initialised([url], folder, edited);
  expect(same.text).toBe(edited);
  run(CHANGES);
  const { text } = await initialised([url], folder, edited);
  const added = addedLines(edited, text).join("\n");
  expect(added).not.toMatch(/projects:|operator: text|frozen: |metadata:/);
  expect(added.split("name: { label: Name }")).toHaveLength(2);
  expect(added).toContain("weight: { label: Weight }  # new");
  expect(added).toContain("lost: Lost  # new");
  await configured(text, folder);
});

test("takes names alone when no sample is asked for, and adds what a sample tells later", async () => {
  const { folder, url } = database();
  const first = (await initialised([url], folder, null, { sample: 0 })).text;
  expect(first).not.toMatch(/keys:|labels:|sample:|without a sample/i);
  const { text, merged } = await initialised([url], folder, first);
  addedLines(first, text);
  expect(merged.added.slice(2)).toEqual(["samples.metadata.depth", "samples.visits"]);
  // What is in braces stays as it is: what would go in is said below it.
  expect(text).toContain(`          status: { label: Status }
          # new: labels: { fresh: Fresh, frozen: Frozen }
`);
  await configured(text, folder);
});

test("knows a source and its tables under another name, with its URL in a variable", async () => {
  const { folder, url } = database();
  const first = (await initialised([url], folder)).text;
  const renamed = first.replace(/lab: \{ url: .* \}/, 'main: { url: "${LAB_URL}" }');
  expect(renamed).not.toBe(first);
  expect((await initialised([url], folder, renamed, { env: { LAB_URL: url } })).text).toBe(renamed);
  expect((await initialised([url], folder, renamed)).text).toBe(renamed);
  await configured(renamed, folder, { LAB_URL: url });
});

test("a table or column called like a setting is new all the same", async () => {
  const { folder, url, run } = database();
  const first = (await initialised([url], folder)).text;
  expect(first).toContain("# range: ");
  run("CREATE TABLE range (id INTEGER PRIMARY KEY); ALTER TABLE samples ADD COLUMN namespace TEXT");
  const { merged } = await initialised([url], folder, first);
  expect(merged.added).toEqual(["samples.namespace", "range"]);
});

test("adds to a file that people wrote by themselves, whatever its style", async () => {
  const { folder, url } = database();
  const written = [
    "# ours\r",
    "orgs:\r",
    "    lab:   # four spaces\r",
    "        sources: { main: { url: 'sqlite:lab.db' } }\r",
    "        objects:\r",
    "            samples:\r",
    "                fields: { name: { label: N }, status: { labels: { fresh: F } } }\r",
    "                # projects are not for others\r",
    "            # projects: {}\r",
    "\r",
    "# the end",
  ].join("\n");
  const { text, merged } = await initialised([url], folder, written);
  const added = addedLines(written.replace(/$/, "\r"), text);
  expect(added.every((line) => line === "" || line === "\r" || /^ *#/.test(line))).toBe(true);
  expect(added.join("\n")).toContain("# fields: metadata:");
  expect(text).not.toMatch(/^ +projects:/m);
  expect(merged.added).toEqual(["samples.metadata", "samples.visits"].slice(0, merged.added.length));
  await configured(text, folder);
  expect((await initialised([url], folder, text)).text).toBe(text);
});

test("adds a second source, and says of every object type which one it is in", async () => {
  const { folder, url } = database();
  const other = database();
  other.run("DROP TABLE samples; CREATE TABLE rooms (id INTEGER PRIMARY KEY)");
  const first = (await initialised([url], folder)).text;
  const { text, sources } = await initialised([url, other.url], folder, first);
  expect(sources).toEqual(["lab", "lab_2"]);
  addedLines(first, text);
  const { catalog } = await configured(text, folder);
  expect([...catalog.objects.keys()]).toContain("lab_2_projects");
  expect([...catalog.objects.keys()]).toContain("rooms");
  expect((await initialised([other.url], folder, text)).text).toBe(text);
});

test("names two sources of one file alike every time", async () => {
  const { folder, url } = database();
  const other = database();
  const { text } = await initialised([url, other.url, url], folder);
  const { config, catalog } = await configured(text, folder);
  expect([...config.orgs.get("lab")!.sources.keys()]).toEqual(["lab", "lab_2"]);
  expect([...catalog.objects.keys()].filter((name) => !name.includes("."))).toEqual([
    "projects",
    "samples",
    "lab_2_projects",
    "lab_2_samples",
  ]);
  expect((await initialised([url, other.url], folder, text)).isChanged).toBe(false);
});

test("reports what has gone, and takes nothing out", async () => {
  const { folder, url, run } = database();
  const first = (await initialised([url], folder)).text;
  run("ALTER TABLE samples DROP COLUMN collected_on; ALTER TABLE projects RENAME TO studies");
  const { text, merged } = await initialised([url], folder, first);
  addedLines(first, text);
  expect(merged.gone).toEqual(["projects", "samples.collected_on"]);
});

test("adds an org beside another one, and asks which one is meant", async () => {
  const { folder, url } = database();
  const first = (await initialised([url], folder)).text;
  const { text } = await initialised([url], folder, first, { org: "second" });
  addedLines(first, text);
  const { config } = await configured(text, folder);
  expect([...config.orgs.keys()]).toEqual(["lab", "second"]);
  await expect(initialised([url], folder, text)).rejects.toThrow("has several orgs");
});

test("refuses what is no configuration, naming the place", async () => {
  const { folder, url } = database();
  const cases: readonly [string, RegExp][] = [
    ["orgs:\n  lab: {\n", /waybill\.yaml:3:1: this is not YAML/],
    ["- a\n", /waybill\.yaml:1:1: a mapping with orgs was expected/],
    ["orgs: 3\n", /waybill\.yaml:1:1: a mapping was expected at "orgs"/],
    ["orgs: { lab: {} }\n", /waybill\.yaml:1:1: this is written in braces/],
    ["orgs:\n  lab:\n    objects: [a]\n", /waybill\.yaml:3:5: a mapping was expected at "objects"/],
  ];
  for (const [text, message] of cases) {
    await expect(initialised([url], folder, text)).rejects.toThrow(message);
  }
});

test.each(["# nothing yet\n", "mail: null\n", "orgs:\n  lab:\n", "orgs:\n  lab:\n    name: Lab", "﻿orgs:\n"])(
  "fills a file with little in it: %j",
  async (text) => {
    const { folder, url } = database();
    const result = await initialised([url], folder, text);
    addedLines(text, result.text);
    const { catalog } = await configured(result.text, folder);
    expect([...catalog.objects.keys()]).toContain("samples");
    expect((await initialised([url], folder, result.text)).isChanged).toBe(false);
  },
);
