// `datapackage.json`: the archive described for programs (Data Package v2, datapackage.org/standard/data-package).
import type { FieldType } from "../catalog/types.ts";
import { dataOf, type ExportPlan, type PlanColumn, type TablePlan } from "../plan/plan.ts";
import type { Dialect } from "../cells/row-writer.ts";
import type { ArchiveContents, ArchivedFile, PlacedTable } from "./contents.ts";
import { folded } from "./names.ts";

const PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json";

/** A field of a Table Schema (datapackage.org/standard/table-schema). */
interface SchemaField {
  readonly name: string;
  readonly type: string;
  readonly format?: string;
  readonly title?: string;
  readonly description?: string;
  readonly unit?: string;
  readonly deidentified?: string;
  readonly constraints?: { readonly required: true };
}

/** Types of ours as Table Schema has them. JSON may be any value. */
const TYPES: Readonly<Record<FieldType, { readonly type: string; readonly format?: string }>> = {
  text: { type: "string" },
  integer: { type: "integer" },
  decimal: { type: "number" },
  float: { type: "number" },
  boolean: { type: "boolean" },
  date: { type: "date" },
  time: { type: "time" },
  datetime: { type: "datetime" },
  instant: { type: "datetime" },
  uuid: { type: "string", format: "uuid" },
  binary: { type: "string", format: "binary" },
  json: { type: "any" },
  array: { type: "array" },
  any: { type: "any" },
};

/** Types whose empty values readers take for missing ones, so that `required` would be wrong. */
const EMPTY_IS_A_VALUE: ReadonlySet<FieldType> = new Set(["text", "binary", "any"]);

/**
 * The descriptor as UTF-8 text, a resource a chunk, so that it needs little memory however many files there are.
 * Every file but itself is a resource; a workbook is one for each sheet, under the same path. Beyond the standard,
 * a table's resource has `rowCount`, a field `unit` and `deidentified`, and the package `provenance`, `problems` and
 * `columnNotes`.
 */
export async function* dataPackage(contents: ArchiveContents): AsyncGenerator<Uint8Array> {
  const { plan, files, createdAt, snapshotAt, snapshots, problems, program } = contents;
  const { timeZone, language, asked, template, notes } = plan;
  const { title, description } = titleOf(plan);
  const head = {
    $schema: PROFILE,
    name: plan.archiveName ?? asked.object,
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    created: createdAt,
    provenance: {
      program,
      ...asked,
      ...(template === undefined ? {} : { template }),
      snapshotAt,
      ...(Object.keys(snapshots).length < 2 ? {} : { snapshots }),
      timeZone,
      language,
    },
    problems,
    ...(notes === undefined ? {} : { columnNotes: notes }),
  };
  yield Buffer.from(`${JSON.stringify(head, null, 2).slice(0, -2)},\n  "resources": [`);
  const names = new ResourceNames();
  let separator = "\n";
  for (const file of files) {
    for (const resource of resourcesOf(file, names)) {
      const text = JSON.stringify(resource, null, 2).replaceAll("\n", "\n    ");
      yield Buffer.from(`${separator}    ${text}`);
      separator = ",\n";
    }
  }
  yield Buffer.from("\n  ]\n}\n");
}

/** What an archive is called: as its template, else as its object type. */
export function titleOf(plan: ExportPlan): { title?: string | undefined; description?: string | undefined } {
  if (plan.template !== undefined) return { title: plan.template.name, description: plan.template.description };
  const table = dataOf(plan)[0]?.tables[0] ?? plan.records?.table;
  return { title: table?.label, description: table?.documentation };
}

/** Names of resources, which must differ. */
class ResourceNames {
  readonly #taken = new Set<string>();
  /** The first resource of each table, by the table's name. */
  readonly ofTable = new Map<string, { readonly name: string; readonly table: TablePlan }>();

  take(wanted: string): string {
    let name = wanted;
    for (let n = 2; this.#taken.has(folded(name)); n++) name = `${wanted} (${n})`;
    this.#taken.add(folded(name));
    return name;
  }
}

function* resourcesOf(file: ArchivedFile, names: ResourceNames): Generator<object> {
  const { path, format, mime, nested, bytes, sha256, tables, dialect, about } = file;
  const facts = { path, format, mediatype: mime, bytes, hash: `sha256:${sha256}`, ...about };
  const encoding = isText(mime) ? { encoding: "utf-8" } : {};
  if (tables.length === 0) yield { name: names.take(path), ...facts, ...encoding };
  for (const placed of tables) {
    const { table, sheet, rows } = placed;
    const name = names.take(sheet ?? table.name);
    if (!names.ofTable.has(table.name)) names.ofTable.set(table.name, { name, table });
    const how = dialectOf(placed, dialect);
    yield {
      name,
      ...facts,
      ...encoding,
      ...(table.label === undefined ? {} : { title: table.label }),
      ...(table.documentation === undefined ? {} : { description: table.documentation }),
      rowCount: rows,
      ...(how === null ? {} : { dialect: how }),
      schema: schemaOf(table, nested, dialect, names),
    };
  }
}

function isText(mime: string): boolean {
  return /^text\/|json|\/xml$/.test(mime);
}

function dialectOf({ sheet }: PlacedTable, dialect: Dialect | null): Dialect | null {
  return sheet === null ? dialect : { header: true, sheetName: sheet };
}

function schemaOf(table: TablePlan, nested: boolean, dialect: Dialect | null, names: ResourceNames): object {
  const { key } = table;
  const missing = dialect?.["nullSequence"];
  return {
    fields: nested ? membersOf(table) : table.columns.map(fieldOf),
    missingValues: [typeof missing === "string" ? missing : ""],
    ...(key.length === 0 ? {} : { primaryKey: key }),
    ...foreignKey(table, names),
  };
}

/** How a list's rows point at their parents, where the columns that they point at are shown. */
function foreignKey({ parent }: TablePlan, names: ResourceNames): object {
  const target = parent === null ? undefined : names.ofTable.get(parent.table);
  if (parent === null || target === undefined) return {};
  const shown = new Set(target.table.columns.map(({ name }) => name));
  if (!parent.to.every((name) => shown.has(name))) return {};
  return { foreignKeys: [{ fields: parent.columns, reference: { resource: target.name, fields: parent.to } }] };
}

/** The members of a record in a format that nests. */
function membersOf({ columns, lists }: TablePlan): SchemaField[] {
  const fields = new Map<string, SchemaField>();
  const leaves = new Set(columns.filter(({ path }) => path.length === 1).map(({ name }) => name));
  for (const column of columns) {
    const [first = column.name] = column.path;
    if (column.path.length === 1 || leaves.has(first)) fields.set(column.name, fieldOf(column));
    else fields.set(first, { name: first, type: "object" });
  }
  for (const { name } of lists) fields.set(name, { name, type: "array" });
  return [...fields.values()];
}

function fieldOf({ name, type, label, documentation, unit, deidentified, nullable }: PlanColumn): SchemaField {
  return {
    name,
    ...TYPES[type],
    ...(unit === undefined ? {} : { unit }),
    ...(deidentified === undefined ? {} : { deidentified }),
    ...(label === undefined ? {} : { title: label }),
    ...(documentation === undefined ? {} : { description: documentation }),
    ...(nullable || EMPTY_IS_A_VALUE.has(type) ? {} : { constraints: { required: true } }),
  };
}
