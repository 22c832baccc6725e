// Workbooks against what Python users write them with, on as many rows as those get through in reasonable time.
import { join } from "node:path";
import type { Comparison, Contender } from "./contender.ts";
import { type Check, elements } from "./count.ts";
import { fewerRows } from "./data.ts";
import { python, waybill } from "./processes.ts";
import type { Workbench } from "./workbench.ts";

/** A format of workbooks, and who else writes it. */
interface Rivalry {
  readonly format: "xlsx" | "ods";
  readonly table: string;
  readonly rows: number;
  readonly check: Check;
  readonly rival: string;
  readonly script: string;
  readonly atMost: number;
}

/** The comparisons for `bench` of so many rows. The others take minutes, so that they run once. */
export function workbookComparisons(workbench: Workbench, rows: number): readonly Comparison[] {
  const { bench_sheet: sheet, bench_document: document } = fewerRows(rows);
  return [
    comparison(workbench, {
      format: "xlsx",
      table: "bench_sheet",
      rows: sheet,
      check: elements(sheet + 1, "row", "xl/worksheets/sheet1.xml"),
      rival: "XlsxWriter, constant_memory",
      script: "to_xlsx.py",
      atMost: 0.1,
    }),
    comparison(workbench, {
      format: "ods",
      table: "bench_document",
      rows: document,
      check: elements(document + 1, "table:table-row", "content.xml", "table:table"),
      rival: "odfpy",
      script: "to_ods.py",
      atMost: 0.1,
    }),
  ];
}

function comparison({ folder, postgres }: Workbench, rivalry: Rivalry): Comparison {
  const { format, table, rows, check, rival, script, atMost } = rivalry;
  const title = `PostgreSQL to ${format.toUpperCase()}, ${rows.toLocaleString("en-US")} rows`;
  const file = join(folder, `waybill.${format}`);
  const ours: Contender = {
    name: `Waybill, ${title}`,
    file,
    checks: [check],
    command: waybill("export", table, "--source", postgres, "--out", file, "--quiet"),
  };
  const other = join(folder, `python.${format}`);
  const theirs: Contender = {
    name: rival,
    file: other,
    checks: [check],
    command: python(`bench/python/${script}`, postgres, table, other),
    rounds: 1,
  };
  return { title, ours, theirs, atMost };
}
