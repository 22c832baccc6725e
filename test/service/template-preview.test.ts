// What a preview shows: the beginning of the very export, what is wrong beside it, and nothing that the caller may not see.
import { beforeAll, describe, expect, test } from "vitest";
import type { OrgAccess } from "../../src/access/org-access.ts";
import type { NamespaceRole } from "../../src/control/tables.ts";
import type { WaybillError } from "../../src/lib/errors.ts";
import type { OpenOrg } from "../../src/orgs/open-org.ts";
import { accessOf } from "../../src/plan/access.ts";
import type { OrgCall } from "../../src/service/org-call.ts";
import { type PreviewRequest, previewTemplate, type TemplatePreview } from "../../src/service/templates/preview.ts";
import { templated } from "../setup/templated.ts";
import { type Engine, labOrg, labSource } from "./batch-lab.ts";

const ROWS = Array.from({ length: 120 }, (_, n) => {
  const id = n + 1;
  const big = 9_007_199_254_740_993n + BigInt(n);
  const day = `2024-05-${String((n % 28) + 1).padStart(2, "0")}`;
  return `(${id}, '${n % 3 === 2 ? "water" : "north"}', '${n % 2 === 0 ? "soil" : "air"} é', '${day}', ${n}.50, ${big}, 'P${n % 5}', ${n % 4 === 3 ? "NULL" : `'o${n}'`})`;
});
const SQL = `
CREATE TABLE samples (id integer PRIMARY KEY, project varchar(20) NOT NULL, kind varchar(20), day date, depth decimal(10,2),
  big bigint, patient varchar(20), owner varchar(40));
INSERT INTO samples VALUES ${ROWS.join(",\n")};
CREATE TABLE measures (no integer PRIMARY KEY, sample_id integer NOT NULL REFERENCES samples (id), value integer);
INSERT INTO measures VALUES ${Array.from({ length: 400 }, (_, n) => `(${n}, ${(n % 4) + 1}, ${n * 10})`).join(", ")};
CREATE TABLE texts (id integer PRIMARY KEY, text text);
INSERT INTO texts VALUES ${Array.from({ length: 40 }, (_, n) => `(${n}, '${"é".repeat(40_000)}')`).join(", ")};
`;
const IN_MARIADB = SQL.replace("text text", "text mediumtext CHARACTER SET utf8mb4");
const CONFIG = {
  objects: {
    samples: {
      key: "id",
      namespace: "project",
      fields: { patient: { deidentify: "hash" }, owner: { deidentify: { below: "maintainer", rule: "drop" } } },
      lists: { measures: { object: "measures", by: "sample_id" } },
    },
    measures: { key: "no" },
    texts: { key: "id" },
  },
};

/** A call of somebody with a role in the namespace `north`. Previews need no control database. */
function callOf(org: OpenOrg, role: NamespaceRole): OrgCall {
  const person = { id: "me", email: "me@example.org", name: "Me", language: null, timeZone: null, theme: null };
  const via = { kind: "session", id: "s" } as const;
  const access: OrgAccess = {
    at: { org: "lab" } as OrgAccess["at"],
    identity: { person, orgs: new Map([["lab", null]]), via, setCookies: [] },
    isAdmin: false,
    namespaces: new Map([["n", { key: "north", parent: null, isArchived: false, role }]]),
  };
  const { signal } = new AbortController();
  return { org: async () => org, access, language: "en", address: null, requestId: null, signal };
}

const COLUMNS = [
  { field: "id", name: "Nr" },
  { field: "kind", translate: { "soil é": "Boden" } },
  { field: "day", date: "dd/MM/yyyy" },
  { field: "depth" },
  { field: "big" },
  { field: "patient" },
  { field: "owner", default: "nobody" },
  { value: "LAB-7", name: "Laboratory" },
];
const LISTS = [{ list: "measures", columns: [{ field: "no" }, { field: "value" }] }];
const template = (more: object = {}) => {
  return { kind: "dataset-template", name: "T", object: "samples", format: "csv", columns: COLUMNS, ...more };
};

describe.each(["sqlite", "postgres", "mariadb"] as const)("%s", (engine: Engine) => {
  let url: string;
  let org: OpenOrg;
  let analyst: OrgCall;
  beforeAll(async () => {
    url = (await labSource(engine, engine === "mariadb" ? IN_MARIADB : SQL)).url;
    org = await labOrg(url, CONFIG);
    analyst = callOf(org, "analyst");
  });

  const shown = (body: unknown, request: Partial<PreviewRequest> = {}, call = analyst): Promise<TemplatePreview> =>
    previewTemplate(call, { body }, { limit: 10, ...request });
  /** The whole export of an analyst, by itself. */
  const exportedBy = (body: object) => {
    const catalog = org.catalogIn("en");
    const principal = {
      id: "me",
      email: "me@example.org",
      role: "analyst",
      attributes: {},
      namespaces: ["north"],
    } as const;
    return templated(url, body, { catalog, access: accessOf(principal, catalog), key: org.pseudonymKey });
  };

  test("rows are the first ones of the export, and text is how its file begins", async () => {
    const { problems, notes, fileName, datasets } = await shown(template());
    expect({ problems, notes, fileName }).toEqual({ problems: [], notes: [], fileName: "samples.csv" });
    const [{ tables, text, fileNames } = undefined!] = datasets;
    const whole = await exportedBy(template({ format: "json-rows" }));
    const lines = whole.text.split("\n");
    expect(lines).toHaveLength(80 + 4);
    const exact = (line: string): unknown[] => {
      return (
        line
          .replace(/,$/, "")
          .slice(1, -1)
          .match(/"(?:[^"\\]|\\.)*"|[^,]+/g) ?? []
      ).map((it) => (String(JSON.parse(it)) === it || it.startsWith('"') || it === "null" ? JSON.parse(it) : it));
    };
    expect(tables[0]!.rows).toEqual(lines.slice(2, 12).map(exact));
    expect(tables[0]!.rows[0]).toEqual([
      1,
      "Boden",
      "01/05/2024",
      engine === "sqlite" ? 0.5 : "0.50",
      "9007199254740993",
      expect.stringMatching(/^[0-9a-f]{16,}$/),
      "nobody",
      "LAB-7",
    ]);
    expect(tables[0]!.columns).toMatchObject([
      { name: "Nr", type: "integer", pointer: "/columns/0" },
      { type: "text" },
      { type: "text" },
      { type: "decimal" },
      {},
      { name: "patient (deidentified)", pointer: "/columns/5" },
      { name: "owner (deidentified)" },
      { name: "Laboratory", pointer: "/columns/7" },
    ]);
    const csv = (await exportedBy(template())).text.split("\n");
    expect(text).toEqual({ content: `${csv.slice(0, 11).join("\n")}\n`, complete: true });
    expect(fileNames).toEqual(["samples.csv"]);
  });

  test("what is de-identified below a role is shown to who has it; other namespaces never", async () => {
    const owners = async (role: NamespaceRole) => {
      const { datasets } = await shown(template(), { limit: 50 }, callOf(org, role));
      return datasets[0]!.tables[0]!.rows.map((row) => row[6]);
    };
    expect(new Set(await owners("analyst"))).toEqual(new Set(["nobody"]));
    const seen = await owners("maintainer");
    expect(seen).toContain("o0");
    expect(seen).not.toContain("o2");
    const guest = shown(template(), {}, callOf(org, "guest"));
    await expect(guest).rejects.toMatchObject({ code: "forbidden" });
    const secret = await shown(template({ where: { owner: "o0" }, order: ["patient"] }));
    expect(secret.problems).toMatchObject([{ pointer: "/where/owner" }, { pointer: "/order/0" }]);
    expect(secret.datasets[0]!.tables[0]!.rows).toEqual([]);
    await expect(shown(template(), { where: { owner: "o0" } })).rejects.toMatchObject({ code: "unknown-field" });
  });

  test("lists are tables of their own, of the records that are shown", async () => {
    const { datasets } = await shown(template({ lists: LISTS, order: ["-id"], where: { id: { $lte: 4 } } }), {
      limit: 3,
    });
    const [samples, measures] = datasets[0]!.tables;
    expect(samples!.rows.map(([id]) => id)).toEqual([4, 2, 1]);
    expect(measures!.name).toBe("samples.measures");
    expect(measures!.columns).toMatchObject([
      { name: "samples.id" },
      { name: "no", pointer: "/lists/0/columns/0" },
      { name: "value", pointer: "/lists/0/columns/1" },
    ]);
    expect(measures!.columns[0]).not.toHaveProperty("pointer");
    expect(measures!.rows).toHaveLength(3);
    expect(
      measures!.rows.every(([id, no]) => [4, 2, 1].includes(Number(id)) && Number(no) % 4 === Number(id) - 1),
    ).toBe(true);
    expect(datasets[0]!.fileNames).toEqual(["samples.csv", "samples.measures.csv"]);
  });

  test.each(["tsv", "ndjson", "json", "json-rows", "xml", "xlsx", "ods", "parquet"])("%s", async (format) => {
    const body = template({ format, lists: format.includes("json") && format !== "json-rows" ? LISTS : [] });
    const { problems, datasets } = await shown(body, { limit: 4 });
    expect(problems).toEqual([]);
    expect(datasets[0]!.tables[0]!.rows.map(([id]) => id)).toEqual([1, 2, 4, 5]);
    const { text } = datasets[0]!;
    if (["xlsx", "ods", "parquet"].includes(format)) {
      expect(text).toBeNull();
      return;
    }
    const whole = (await exportedBy(body)).text;
    const end = format.startsWith("json") ? "\n]\n" : format === "xml" ? "</records>\n" : "";
    expect(text!.complete).toBe(true);
    expect(whole.startsWith(text!.content.slice(0, text!.content.length - end.length))).toBe(true);
    expect(text!.content.length).toBeGreaterThan(200);
  });

  test("what is right is shown beside what is wrong, at its column", async () => {
    const columns = [
      { field: "id" },
      { field: "nope" },
      { field: "kind", date: "dd 'x" },
      { field: "depth", date: "dd" },
      { field: "day" },
    ];
    const { problems, datasets } = await shown(template({ columns }), { limit: 2 });
    expect(problems.map(({ pointer }) => pointer).toSorted()).toEqual([
      "/columns/1/field",
      "/columns/2/date",
      "/columns/3/date",
    ]);
    const [{ rows, columns: its } = undefined!] = datasets[0]!.tables;
    expect(rows).toEqual([
      [1, null, null, null, "2024-05-01"],
      [2, null, null, null, "2024-05-02"],
    ]);
    expect(its.map(({ name, problem }) => [name, problem?.pointer])).toEqual([
      ["id", undefined],
      ["nope", "/columns/1/field"],
      ["kind", "/columns/2/date"],
      ["depth", "/columns/3/date"],
      ["day", undefined],
    ]);
  });

  test("records without a mandatory value are told, and shown", async () => {
    const call = callOf(org, "maintainer");
    const columns = [{ field: "id" }, { field: "owner", mandatory: true }];
    const { problems, datasets } = await shown(template({ columns }), { limit: 4 }, call);
    expect(problems).toMatchObject([
      {
        pointer: "/columns/1",
        code: "mandatory-missing",
        detail: expect.stringMatching(/^owner \(samples\): 1 record without a value: 4$/),
      },
    ]);
    const [{ rows, columns: its } = undefined!] = datasets[0]!.tables;
    expect(rows.at(-2)).toEqual([4, null]);
    expect(its[1]!.problem).toMatchObject({ code: "mandatory-missing" });
    expect(datasets[0]!.text!.content).toContain("\n4,\n");
  });

  test("records are chosen, also of one dataset for the others", async () => {
    const second = { name: "M", object: "measures", format: "csv", columns: [{ field: "sample_id" }, { field: "no" }] };
    const bundle = {
      kind: "export-template",
      name: "B-{x}",
      fileName: "{name}-{date}",
      datasets: [{ ...template(), kind: undefined }, second],
    };
    const body = JSON.parse(JSON.stringify(bundle)) as object;
    const { datasets, fileName } = await shown(body, { where: { id: 2 }, limit: 2 });
    expect(datasets.map(({ tables }) => tables[0]!.rows.map(([id]) => id))).toEqual([[2], [2, 2]]);
    expect(fileName).toMatch(/^B-\{x\}-\d{4}-\d\d-\d\d\.zip$/);
    const byMeasure = await shown(body, { object: "measures", where: { no: 0 }, limit: 2 });
    expect(byMeasure.datasets.map(({ tables }) => tables[0]!.rows.length)).toEqual([1, 1]);
    await expect(shown(body, { object: "texts", where: {} })).rejects.toMatchObject({ code: "not-with-template" });
  });

  test("large values end a preview early, on a whole character and a whole row", async () => {
    const texts = template({ object: "texts", columns: [{ field: "id" }, { field: "text" }] });
    const [{ tables, text } = undefined!] = (await shown(texts, { limit: 40 })).datasets;
    expect(text!.complete).toBe(false);
    expect(Buffer.byteLength(text!.content)).toBeLessThanOrEqual(65_536);
    expect(Buffer.byteLength(text!.content)).toBeGreaterThan(65_530);
    expect(text!.content).not.toContain("\ufffd");
    expect(tables[0]!.rows.length).toBeGreaterThan(5);
    expect(tables[0]!.rows.length).toBeLessThan(40);
    expect(tables[0]!.rows.every(([, it]) => String(it).length === 40_000)).toBe(true);
  });
});

test("what only a run finds is told with the rest", async () => {
  const { url } = await labSource("sqlite", SQL);
  const org = await labOrg(url, CONFIG);
  const call = callOf({ ...org, pseudonymKey: null }, "analyst");
  const without = await previewTemplate(call, { body: template() }, { limit: 3 });
  expect(without.problems).toMatchObject([{ code: "no-salt", pointer: "" }]);
  expect(without.datasets).toMatchObject([{ tables: [{ rows: [] }], text: null }]);
  const analyst = callOf(org, "analyst");
  const styled = (xslt: string) =>
    previewTemplate(
      analyst,
      { body: template({ format: "xml", columns: [{ field: "id" }], options: { xslt } }) },
      { limit: 3 },
    );
  const sheet = (content: string) =>
    `<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:template match="/">${content}</xsl:template></xsl:stylesheet>`;
  const fine = await styled(sheet(`<n><xsl:value-of select="count(//record)"/></n>`));
  expect(fine.problems).toEqual([]);
  expect(fine.datasets[0]!.text!.content).toContain("<n>3</n>");
  const broken = await styled("<no/>");
  expect(broken.problems).toMatchObject([{ pointer: "/options/xslt", code: "option-not-suited" }]);
  expect(broken.datasets[0]!.tables[0]!.rows).toHaveLength(3);
  const failing = await styled(sheet(`<xsl:message terminate="yes">no</xsl:message>`));
  expect(failing.problems).toMatchObject([{ code: "xslt-failed" }]);
  const note = { kind: "dataset-template", name: "N", format: "text", columns: [{ value: "CC0" }] };
  const { datasets, fileName } = await previewTemplate(analyst, { body: note }, { limit: 3 });
  expect({ datasets, fileName }).toMatchObject({
    datasets: [{ tables: [], text: { content: "CC0" } }],
    fileName: "N.txt",
  });
  for (const limit of [0, 51, 1.5, Number.NaN]) {
    const refusal = await previewTemplate(analyst, { body: note }, { limit }).catch((it: unknown) => it);
    expect((refusal as WaybillError).places).toMatchObject([{ pointer: "/limit" }]);
  }
  const wrong = await previewTemplate(analyst, { body: { kind: "dataset-template" } }, { limit: 3 });
  expect(wrong).toMatchObject({ datasets: [], fileName: "" });
  expect(wrong.problems.length).toBeGreaterThan(0);
  const ended = { ...analyst, signal: AbortSignal.abort(new Error("nobody waits")) };
  await expect(previewTemplate(ended, { body: template() }, { limit: 3 })).rejects.toThrow("nobody waits");
});
