// Templates: what the rules of 300 columns cost beside the same columns without any.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Comparison, Contender } from "./contender.ts";
import { lines } from "./count.ts";
import { waybill } from "./processes.ts";
import type { Workbench } from "./workbench.ts";

/** How many records a reference can point at. */
const PARTS = 1000;
const REFERENCES = ["first", "second", "third", "fourth", "fifth"];

interface Kind {
  readonly type: string;
  /** How many columns of it a table has. */
  readonly count: number;
  /** The value in row `i` of the nth of them. */
  readonly value: (n: number) => string;
  readonly rule: object;
}

/** 50 columns, of which 38 have a rule. */
const KINDS: Readonly<Record<string, Kind>> = {
  code: { type: "integer", count: 12, value: (n) => `(i * ${n}) % 7`, rule: { translate: "codes" } },
  note: {
    type: "text",
    count: 12,
    value: (n) => `CASE WHEN (i + ${n}) % 3 > 0 THEN 'note ' || (i * ${n}) % 5000 END`,
    rule: { default: "none" },
  },
  seen: {
    type: "timestamptz",
    count: 6,
    value: (n) => `timestamptz '2020-01-01Z' + i * interval '${n}1.5 minutes'`,
    rule: { date: "dd/MM/yyyy HH:mm" },
  },
  day: { type: "date", count: 6, value: (n) => `date '2020-01-01' + (i * ${n}) % 1500`, rule: { date: "d MMM yyyy" } },
  person: { type: "text", count: 2, value: (n) => `'person ${n}-' || i % 20000`, rule: { deidentify: "hash" } },
  amount: { type: "numeric(12,2)", count: 12, value: (n) => `(i * ${n} % 1000000)::numeric / 100`, rule: {} },
};
const COLUMNS = Object.entries(KINDS).flatMap(([name, { count, ...kind }]) =>
  Array.from({ length: count }, (_, n) => ({ ...kind, name: `${name}${n + 1}`, value: kind.value(n + 1) })),
);

/** The table of 50 columns and five references to another one of 50 columns. */
export function wideTables(rows: number): string {
  const columns = COLUMNS.map(({ name, type }) => `${name} ${type}`);
  const values = COLUMNS.map(({ value }) => value);
  const points = REFERENCES.map((name, n) => [
    `${name}_id integer REFERENCES bench_part`,
    `1 + i * ${2 * n + 1} % ${PARTS}`,
  ]);
  return `
CREATE TABLE bench_part (id integer PRIMARY KEY, ${columns.join(", ")});
INSERT INTO bench_part SELECT i, ${values.join(", ")} FROM generate_series(1, ${PARTS}) i;
CREATE TABLE bench_wide (id integer PRIMARY KEY, ${[...points.map(([it]) => it), ...columns].join(", ")});
INSERT INTO bench_wide SELECT i, ${[...points.map(([, it]) => it), ...values].join(", ")} FROM generate_series(1, ${rows}) i;`;
}

/** How many rows the wide table holds. */
export function wideRows(rows: number): number {
  return Math.ceil(rows / 20);
}

/** A template of 300 columns, with their rules or without. */
function wideTemplate(rules: boolean): object {
  const columns = ["", ...REFERENCES.map((reference) => `${reference}.`)].flatMap((path) =>
    COLUMNS.map(({ name, rule }) => ({ field: `${path}${name}`, ...(rules ? rule : {}) })),
  );
  const codes = { 0: "none", 1: "fresh", 2: "frozen", 3: "dried", 4: "lost", 5: "used up" };
  return {
    kind: "dataset-template",
    name: "Wide",
    object: "bench_wide",
    format: "csv",
    columns,
    translations: { codes },
  };
}

/** The comparison of both. */
export function templateComparisons({ folder, postgres }: Workbench, rows: number): readonly Comparison[] {
  const contender = (name: string, rules: boolean): Contender => {
    const template = join(folder, rules ? "ruled.json" : "plain.json");
    writeFileSync(template, JSON.stringify(wideTemplate(rules)));
    const file = join(folder, rules ? "ruled.csv" : "plain.csv");
    const command = waybill("export", "--template", template, "--source", postgres, "--out", file, "--quiet");
    const environment = { WAYBILL_SALT: "a salt that only the benchmarks use, of 32 characters and more" };
    return { name, file, checks: [lines(wideRows(rows) + 1)], command: { ...command, environment } };
  };
  return [
    {
      title: "300 columns over five references, with rules",
      ours: contender("Waybill, 300 columns with rules", true),
      theirs: contender("Waybill, 300 columns without rules", false),
      atMost: 1.5,
    },
  ];
}
