// `npm run demo`: builds two databases, exports from them as a user would, and checks every file against its database.
import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { styleText } from "node:util";
import { main } from "../src/cli/main.ts";
import { size } from "../src/cli/progress.ts";
import { buildDemoDatabase } from "./build-database.ts";
import { bulkExports } from "./bulk-exports.ts";
import type { Check, DemoExport } from "./exports.ts";
import { fileFormats } from "./file-formats.ts";
import { filteredExports } from "./filtered-exports.ts";
import type { DemoCounts } from "./insert.ts";
import { type ReadTables, readBack } from "./read-back.ts";
import { loadRealData } from "./real-data.ts";
import { realExports } from "./real-exports.ts";

/** Where everything goes, from the folder of the repository. */
const OUT = "demo/out";

/** What became of an export. */
interface Outcome {
  readonly file: string;
  readonly bytes: number;
  /** Why the file is not what was asked for; none when it is. */
  readonly reasons: readonly string[];
}

async function demo(): Promise<void> {
  // The commands shown work from here.
  process.chdir(join(import.meta.dirname, ".."));
  // Before the export's own handler: the whole demo ends, not just one export.
  process.prependOnceListener("SIGINT", () => process.exit(130));
  rmSync(OUT, { recursive: true, force: true });
  const begin = performance.now();
  console.log(`\n${styleText("bold", "Waybill, on made-up and on real records")}\n`);
  built("demo.db", "made up, the same every time", buildDemoDatabase);
  built("real.db", "from the npm packages vega-datasets and world-countries", loadRealData);
  const outcomes: Outcome[] = [];
  for (const it of [...filteredExports, ...bulkExports, ...fileFormats, ...realExports])
    outcomes.push(await exported(it, outcomes.length + 1));
  conclude(outcomes, seconds(begin));
}

function built(name: string, origin: string, build: (file: string) => DemoCounts): void {
  const begin = performance.now();
  const file = `${OUT}/${name}`;
  const counts = Object.values(build(file));
  const records = counts.reduce((sum, count) => sum + count, 0);
  console.log(
    `Built ${file}: ${integer(records)} records in ${counts.length} tables, ` +
      `${size(statSync(file).size)}, in ${seconds(begin)} (${origin})`,
  );
}

/** Runs an export, reads its file back, and prints both. */
async function exported(it: DemoExport, number: number): Promise<Outcome> {
  const file = `${OUT}/${it.file}`;
  const words = [["export", it.object, "--source", `sqlite:${OUT}/${it.database}`], ...it.options, ["-o", file]];
  console.log(`\n${styleText("bold", `${String(number).padStart(2)}. ${it.title}`)}`);
  console.log(styleText("cyan", shown(words)));
  const begin = performance.now();
  const exitCode = await main([...words.flat(), "--quiet"]);
  const time = seconds(begin);
  const failed = (reason: string): Outcome => {
    console.log(`    ${styleText("red", "✗")} ${reason}`);
    return { file, bytes: 0, reasons: [reason] };
  };
  if (exitCode !== 0) return failed(`The export failed with exit code ${exitCode}.`);
  const bytes = statSync(file).size;
  console.log(`    ${file}  ${size(bytes)} in ${time}`);
  try {
    const tables = await readBack(file);
    using database = new DatabaseSync(`${OUT}/${it.database}`, { readOnly: true });
    const reasons = it.checks.map((check) => checked(check, tables, database)).filter((reason) => reason !== null);
    if (file.endsWith(".zip") && (await main(["verify", file])) !== 0) reasons.push("waybill verify finds it damaged.");
    return { file, bytes, reasons };
  } catch (error) {
    return failed(`The file cannot be read back: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Compares the file's number with the database's; gives the reason when they differ. */
function checked({ what, sql, ...where }: Check, tables: ReadTables, database: DatabaseSync): string | null {
  const expected = Number(Object.values(database.prepare(sql).get() ?? {})[0]);
  const found = numberIn(tables, where);
  if (found === expected) {
    console.log(`    ${styleText("green", "✓")} ${integer(found)} ${what}, as many as the database has`);
    return null;
  }
  const reason = `The file has ${integer(found)} ${what}, the database ${integer(expected)}.`;
  console.log(`    ${styleText("red", "✗")} ${reason}`);
  return reason;
}

function numberIn(tables: ReadTables, { entry, list, sum }: Omit<Check, "what" | "sql">): number {
  const records = entry === undefined ? [...tables.values()][0] : tables.get(entry);
  if (records === undefined) throw new Error(`There is no ${entry ?? "table"} in it.`);
  const each = records.map((record): number => {
    if (sum !== undefined) return Number(record[sum]);
    if (list === undefined) return 1;
    const nested = record[list];
    if (!Array.isArray(nested)) throw new Error(`A record has no list ${list}.`);
    return nested.length;
  });
  return each.reduce((total, count) => total + count, 0);
}

function conclude(outcomes: readonly Outcome[], time: string): void {
  const wrong = outcomes.filter(({ reasons }) => reasons.length > 0);
  if (wrong.length > 0) {
    process.exitCode = 1;
    console.log(`\n${styleText("red", `${wrong.length} of ${outcomes.length} exports are wrong:`)}`);
    for (const { file, reasons } of wrong) console.log(`  ${file}: ${reasons.join(" ")}`);
    return;
  }
  const bytes = outcomes.reduce((sum, outcome) => sum + outcome.bytes, 0);
  console.log(`
${styleText("bold", `${outcomes.length} files, ${size(bytes)}, in ${OUT}/. All are complete.`)} The whole demo took ${time}.

Next, try
  npx waybill objects --source sqlite:${OUT}/demo.db            # all that can be exported
  npx waybill objects samples --source sqlite:${OUT}/demo.db    # its fields, references and lists
  npx waybill export samples --source sqlite:${OUT}/demo.db --format csv --limit 5
  npx waybill export samples --source sqlite:${OUT}/demo.db --format csv --paths name,colected_on    # a slip, and a hint
  npx waybill export --help
and the same with a database of yours: --source postgres://user@host/database
`);
}

/** The command line as a person would type it. */
function shown(words: readonly (readonly string[])[]): string {
  return `    npx waybill ${words.map((group) => group.map(quotedForShell).join(" ")).join(" \\\n      ")}`;
}

function quotedForShell(word: string): string {
  return /^[\w./:,=@-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

function integer(value: number): string {
  return value.toLocaleString("en-US");
}

/** The time since `begin`. */
function seconds(begin: number): string {
  return `${((performance.now() - begin) / 1000).toFixed(2)} s`;
}

await demo();
