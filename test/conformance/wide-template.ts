// A template of 300 columns over five references: the same bytes from every engine.
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Catalog } from "../../src/catalog/types.ts";
import { configured } from "../setup/configured.ts";
import { dataset, templated } from "../setup/templated.ts";
import type { TestColumn, TestEngine, TestTable } from "./engine.ts";
import { golden } from "./golden.ts";

const REFERENCES = ["first", "second", "third", "fourth", "fifth"] as const;
const PARTS = 40;
const ROWS = 200;

/** Ten kinds of column, five of each in a table; each with a rule. */
const KINDS: readonly {
  readonly type: TestColumn["type"];
  readonly value: (n: number) => string | null;
  readonly rules: object;
}[] = [
  { type: "integer", value: (n) => String((n * 7919) % 7), rules: { translate: "codes" } },
  { type: "integer", value: (n) => (n % 3 === 0 ? null : String(n * 1_000_003)), rules: { default: 0 } },
  { type: "text", value: (n) => (n % 4 === 0 ? null : `note ${n} é,"x"`), rules: { default: "none" } },
  { type: "text", value: (n) => `person-${n % 17}`, rules: { deidentify: "hash" } },
  { type: "text", value: (n) => `Ωμέγα-${n}`, rules: { deidentify: { rule: "truncate", length: 3 } } },
  { type: "date", value: (n) => day(n), rules: { date: "d MMM yyyy" } },
  { type: "date", value: (n) => day(n * 31), rules: { deidentify: "year" } },
  { type: "datetime", value: (n) => `${day(n)}T${clock(n)}`, rules: { date: "dd/MM/yyyy HH:mm:ss", default: "-" } },
  { type: "instant", value: (n) => `${day(n * 3)}T${clock(n * 7)}Z`, rules: { date: "yyyy-MM-dd'T'HH:mmxxx" } },
  { type: "boolean", value: (n) => String(n % 2 === 0), rules: { translate: { true: "yes", false: "no" } } },
];

function day(n: number): string {
  return new Date(Date.UTC(2020, 0, 1 + (n % 2000))).toISOString().slice(0, 10);
}

function clock(n: number): string {
  return new Date((n % 86_400) * 1000).toISOString().slice(11, 19);
}

const COLUMNS = KINDS.flatMap((kind, k) => Array.from({ length: 5 }, (_, n) => ({ ...kind, name: `c${k}_${n}` })));

function table(name: string, rows: number, references: readonly string[]): TestTable {
  return {
    name,
    columns: [
      { name: "id", type: "integer" },
      ...references.map((reference): TestColumn => ({ name: `${reference}_id`, type: "integer" })),
      ...COLUMNS.map(({ name: column, type }): TestColumn => ({ name: column, type })),
    ],
    key: ["id"],
    references: references.map((reference) => ({ columns: [`${reference}_id`], table: "parts", to: ["id"] })),
    rows: Array.from({ length: rows }, (_, row) => [
      String(row + 1),
      ...references.map((_it, n) => ((row + n) % 11 === 0 ? null : String(1 + ((row * (2 * n + 1)) % PARTS)))),
      ...COLUMNS.map(({ value }, n) => value(row * 50 + n)),
    ]),
  };
}

/** Declares the test of an engine. */
export function wideTemplateBehaves(engine: TestEngine): void {
  describe(`${engine.name}: a template of 300 columns`, () => {
    let url = "";
    let drop = async (): Promise<void> => {};
    let catalog: Catalog = { objects: new Map() };
    beforeAll(async () => {
      ({ url, drop } = await engine.make([table("parts", PARTS, []), table("wholes", ROWS, REFERENCES)]));
      const references = Object.fromEntries(REFERENCES.map((name) => [name, { object: "parts", by: `${name}_id` }]));
      const codes = { 0: "none", 1: "fresh", 2: "frozen", 3: "dried", 4: "lost" };
      catalog = await configured(
        url,
        { wholes: { references }, parts: {} },
        { timeZone: "Europe/Paris", translations: { codes } },
      );
    });
    afterAll(() => drop());

    it("gives the bytes that every engine gives", async () => {
      const columns = ["", ...REFERENCES.map((name) => `${name}.`)].flatMap((path) =>
        COLUMNS.map(({ name, rules }) => ({ field: `${path}${name}`, ...rules })),
      );
      expect(columns).toHaveLength(300);
      const { bytes, facts } = await templated(url, dataset("wholes", columns), { catalog });
      expect(facts.tables).toEqual([{ name: "wholes", rows: ROWS }]);
      const hash = Buffer.from(`${createHash("sha256").update(bytes).digest("hex")}\n`);
      expect(hash.toString()).toBe((await golden("wide-template.sha256", hash)).toString());
    });
  });
}
