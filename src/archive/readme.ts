// `README.txt`: the archive described for people, in the export's language.
import { typeName } from "../catalog/type-names.ts";
import { dataOf, type PlanColumn, type TablePlan } from "../plan/plan.ts";
import { type ArchiveContents, DATA_PACKAGE, README } from "./contents.ts";
import { type ReadmeWords, readmeWords } from "./readme-words.ts";

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** The text as UTF-8, a part a chunk, so that it needs little memory however many files there are. */
export async function* readme(contents: ArchiveContents): AsyncGenerator<Uint8Array> {
  const words = readmeWords(contents.plan.language);
  for (const part of [
    introduction(contents, words),
    question(contents, words),
    tree(contents, words),
    meanings(contents, words),
    problems(contents, words),
    [heading(words.notes, "-"), ...words.conventions.map((line) => `${line}\n`)],
  ]) {
    for (const text of part) yield Buffer.from(text);
    yield Buffer.from("\n");
  }
}

function heading(text: string, underline: string): string {
  return `${text}\n${underline.repeat([...text].length)}\n`;
}

function* introduction(
  { plan, createdAt, snapshotAt, program }: ArchiveContents,
  words: ReadmeWords,
): Generator<string> {
  const table = dataOf(plan)[0]?.tables[0] ?? plan.records?.table;
  const title = plan.template?.name ?? (table === undefined ? plan.asked.object : titleOf(table));
  yield `${heading(plain(title), "=")}\n`;
  const { documentation } = table ?? {};
  const description = plan.template === undefined ? documentation : plan.template.description;
  if (description !== undefined) yield `${plain(description)}\n\n`;
  yield `${words.madeBy(program, createdAt)}\n`;
  yield `${words.asOf(snapshotAt)}\n`;
  yield `${words.zone(plan.timeZone)}\n`;
}

/** What was asked for, a line each. */
function* question({ plan: { asked, template } }: ArchiveContents, words: ReadmeWords): Generator<string> {
  yield heading(words.asked, "-");
  const shown = (value: unknown): string => {
    if (Array.isArray(value)) return value.join(", ");
    return typeof value === "string" ? value : JSON.stringify(value);
  };
  const lines: (readonly [string, string])[] = [[words.object, asked.object]];
  if (template !== undefined) {
    const version = template.version === undefined ? "" : ` (${words.version(template.version)})`;
    lines.unshift([words.template, `${template.name}${version}`]);
  }
  for (const name of ["where", "from", "to", "paths", "include", "expand", "order", "limit", "aggregate"] as const) {
    if (asked[name] !== undefined) lines.push([words[name], shown(asked[name])]);
  }
  for (const [dataset, where] of Object.entries(asked.templateWhere ?? {})) {
    lines.push([words.filterOf(dataset), shown(where)]);
  }
  for (const name of ["batch", "prefix", "search", "keys"] as const) {
    if (asked[name] !== undefined) lines.push([words[name], shown(asked[name])]);
  }
  const width = Math.max(...lines.map(([name]) => name.length));
  for (const [name, value] of lines) yield `  ${name.padEnd(width)}  ${plain(value)}\n`;
}

/** The files as a tree, folders before what they hold. */
function* tree({ files }: ArchiveContents, words: ReadmeWords): Generator<string> {
  yield heading(words.files, "-");
  const width = Math.min(60, Math.max(README.length, DATA_PACKAGE.length, ...files.map(({ path }) => path.length)));
  let folder: readonly string[] = [];
  for (const { path, tables, bytes } of files) {
    const steps = path.split("/");
    const name = steps.pop()!;
    let depth = 0;
    while (depth < steps.length && folder[depth] === steps[depth]) depth++;
    for (; depth < steps.length; depth++) yield `  ${"  ".repeat(depth)}${steps[depth]}/\n`;
    folder = steps;
    const rows = tables.map((it) => words.rows(it.rows, it.rows.toLocaleString(words.locale)));
    const facts = [size(bytes, words.locale), ...rows].join(", ");
    yield `  ${"  ".repeat(steps.length)}${name.padEnd(Math.max(0, width - 2 * steps.length))}  ${facts}\n`;
  }
  yield `  ${README.padEnd(width)}  ${words.thisFile}\n`;
  yield `  ${DATA_PACKAGE.padEnd(width)}  ${words.descriptor}\n`;
  yield `\n${words.check}\n`;
}

/** Bytes for people, in decimal units. */
function size(bytes: number, locale: string): string {
  let value = bytes;
  let unit = 0;
  for (; value >= 1000 && unit < UNITS.length - 1; unit++) value /= 1000;
  const style = { style: "unit", unit: UNITS[unit]!, maximumSignificantDigits: unit === 0 ? 4 : 3 } as const;
  return value.toLocaleString(locale, unit === 0 ? { ...style, unitDisplay: "long" } : style);
}

/** What each column of each table means. A table that goes on in further sheets is told once. */
function* meanings({ files, plan }: ArchiveContents, words: ReadmeWords): Generator<string> {
  yield heading(words.fields, "-");
  for (const file of files) {
    const told = new Set<TablePlan>();
    for (const { table, sheet } of file.tables) {
      if (told.has(table)) continue;
      told.add(table);
      const where = sheet === null ? file.path : `${file.path}, ${words.sheet(sheet)}`;
      yield `\n${where}${table.label === undefined ? "" : `: ${plain(table.label)}`}\n`;
      if (table.parent !== null) {
        yield `  ${words.listOf(table.parent.columns.join(", "), table.parent.table)}\n`;
      }
      yield* columnsOf(table, file.nested, plan.language, words);
    }
  }
  yield* recordMeanings({ plan }, words);
}

/** What each member of `record.json` means. */
function* recordMeanings({ plan }: Pick<ArchiveContents, "plan">, words: ReadmeWords): Generator<string> {
  if (plan.records?.layout !== "folders") return;
  yield `\nrecord.json, record.pdf\n`;
  yield* columnsOf(plan.records.table, true, plan.language, words);
}

function* columnsOf(
  table: TablePlan,
  nested: boolean,
  language: string,
  words: ReadmeWords,
  prefix = "",
): Generator<string> {
  const { columns, lists } = table;
  const width = Math.min(40, Math.max(...columns.map(({ name }) => name.length + prefix.length)));
  for (const column of columns) {
    const type = [typeName(column.type, language), ...(column.unit === undefined ? [] : [column.unit])].join(", ");
    yield `  ${plain(`${prefix}${column.name}`).padEnd(width)}  ${plain(type)}${meaningOf(column, words)}\n`;
  }
  if (!nested) return;
  for (const { name, table: list } of lists) {
    yield `  ${plain(`${prefix}${name}`).padEnd(width)}  ${words.nestedList}\n`;
    yield* columnsOf(list, nested, language, words, `${prefix}${name}.`);
  }
}

function meaningOf({ label, documentation, deidentified }: PlanColumn, words: ReadmeWords): string {
  const secret = deidentified === undefined ? undefined : words.deidentified[deidentified];
  const parts = [label, documentation === label ? undefined : documentation, secret].filter((it) => it !== undefined);
  return parts.length === 0 ? "" : `: ${plain(parts.join(". "))}`;
}

function* problems({ problems: list, plan }: ArchiveContents, words: ReadmeWords): Generator<string> {
  if (plan.notes !== undefined) {
    yield heading(words.changes, "-");
    for (const { table, column, note, before } of plan.notes) {
      yield `  ${plain(`${table}, ${column}`)}: ${plain(words.change[note](before ?? ""))}\n`;
    }
    yield "\n";
  }
  yield heading(words.problems, "-");
  if (list.length === 0) yield `${words.noProblems}\n`;
  for (const { code, column, count, keys = [] } of list) {
    const shown = count.toLocaleString(words.locale);
    yield `  ${plain(column)}: ${shown} ${words.problem[code] ?? code} (${code})\n`;
    if (keys.length > 0) yield `    ${keys.map(plain).join(", ")}${keys.length < count ? ", …" : ""}\n`;
  }
}

function titleOf({ name, label }: TablePlan): string {
  return label === undefined || label === name ? name : `${label} (${name})`;
}

/** Text of the database on one line, without what would act on a terminal. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, " ");
}
