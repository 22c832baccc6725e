// From what a database says of its tables to object types: names, labels, references, and lists the other way round.
import type { Catalog, Field, FieldType, List, ObjectType, Reference } from "../catalog/types.ts";

/** A column as a database describes it. */
export interface RawColumn {
  readonly name: string;
  readonly type: FieldType;
  readonly element?: FieldType;
  readonly native: string;
  readonly nullable: boolean;
  readonly comment: string | null;
}

/** A table or view as a database describes it. */
export interface RawTable {
  /** What foreign keys call it. */
  readonly id: string;
  readonly schema: string | null;
  readonly name: string;
  readonly view: boolean;
  /** Whether its schema is the one that needs no naming. */
  readonly default: boolean;
  readonly comment: string | null;
  readonly estimatedRows: number | null;
  readonly columns: readonly RawColumn[];
  readonly key: readonly string[];
  readonly foreignKeys: readonly {
    readonly target: string;
    readonly columns: readonly string[];
    readonly targetColumns: readonly string[];
    /** See `Reference.enforced`. */
    readonly enforced: boolean;
  }[];
}

/** Builds the catalog. Object types are named after their table, with the schema in front where it is not the default. */
export function buildCatalog(tables: readonly RawTable[]): Catalog {
  const names = new Map(tables.map((table) => [table.id, objectName(table)]));
  const lists = new Map<string, List[]>(tables.map((table) => [table.id, []]));
  const references = new Map<string, Reference[]>();
  for (const table of tables) references.set(table.id, referencesOf(table, tables, names));
  for (const table of tables) addLists(table, tables, names, references, lists);

  const objects = tables.map((table): ObjectType => {
    const { label, documentation } = fromComment(table.comment);
    return {
      name: names.get(table.id)!,
      table: { ...(table.schema === null ? {} : { schema: table.schema }), name: table.name },
      kind: table.view ? "view" : "table",
      fields: table.columns.map(fieldOf),
      key: table.key,
      references: references.get(table.id)!,
      lists: lists.get(table.id)!,
      ...(label === undefined ? {} : { label }),
      ...(documentation === undefined ? {} : { documentation }),
      ...(table.estimatedRows === null ? {} : { estimatedRows: table.estimatedRows }),
    };
  });
  return { objects: new Map(objects.map((object) => [object.name, object])) };
}

function objectName(table: RawTable): string {
  return table.default || table.schema === null ? table.name : `${table.schema}.${table.name}`;
}

/** A column as a field of the same name. */
export function fieldOf(column: RawColumn): Field {
  const { label, documentation } = fromComment(column.comment);
  return {
    name: column.name,
    column: column.name,
    type: column.type,
    ...(column.element === undefined ? {} : { element: column.element }),
    native: column.native,
    nullable: column.nullable,
    ...(label === undefined ? {} : { label }),
    ...(documentation === undefined ? {} : { documentation }),
  };
}

/** A comment's first line is the label when it is short and is no sentence; all of it is the documentation. */
function fromComment(comment: string | null): { label?: string; documentation?: string } {
  const text = comment?.trim() ?? "";
  if (text === "") return {};
  const [first = ""] = text.split("\n", 1);
  const label = first.length <= 60 && !/[.!?]$/.test(first) ? { label: first } : {};
  return { ...label, documentation: text };
}

function referencesOf(table: RawTable, tables: readonly RawTable[], names: ReadonlyMap<string, string>): Reference[] {
  const taken = new Set(table.columns.map((column) => column.name));
  const references: Reference[] = [];
  for (const { target, columns, targetColumns, enforced } of table.foreignKeys) {
    const object = names.get(target);
    if (object === undefined || !sameLength(columns, targetColumns)) continue;
    const targetName = tables.find((it) => it.id === target)!.name;
    const name = freeName(referenceNames(columns, targetName), taken);
    taken.add(name);
    references.push({ name, object, by: columns.map((from, n) => ({ from, to: targetColumns[n]! })), enforced });
  }
  return references;
}

/** What a reference may be called, best first: `project_id` and `projectId` give `project`. */
function referenceNames(columns: readonly string[], target: string): string[] {
  const [column = ""] = columns;
  const stem = /^(.+?)(?:_(?:id|uuid|uid|key|fk|no|code|ref)|Id|ID|Uuid|Key)$/.exec(column)?.[1];
  if (columns.length === 1 && stem !== undefined) return [stem, `${stem}_record`];
  if (columns.length === 1) return [`${column}_record`];
  return [target, `${target}_record`];
}

function addLists(
  table: RawTable,
  tables: readonly RawTable[],
  names: ReadonlyMap<string, string>,
  references: ReadonlyMap<string, readonly Reference[]>,
  lists: ReadonlyMap<string, List[]>,
): void {
  const own = references.get(table.id)!;
  for (const reference of own) {
    const parent = tables.find((it) => names.get(it.id) === reference.object)!;
    const there = lists.get(parent.id)!;
    const taken = new Set([
      ...parent.columns.map((column) => column.name),
      ...references.get(parent.id)!.map((it) => it.name),
      ...there.map((it) => it.name),
    ]);
    const several = own.filter((it) => it.object === reference.object).length > 1;
    const name = freeName(several ? [`${table.name}_by_${reference.name}`] : [table.name, `${table.name}_list`], taken);
    there.push({
      name,
      object: names.get(table.id)!,
      by: reference.by.map(({ from, to }) => ({ from: to, to: from })),
      enforced: reference.enforced,
    });
  }
}

function freeName(wanted: readonly string[], taken: ReadonlySet<string>): string {
  const free = wanted.find((name) => !taken.has(name));
  if (free !== undefined) return free;
  const last = wanted[wanted.length - 1]!;
  for (let n = 2; ; n++) if (!taken.has(`${last}_${n}`)) return `${last}_${n}`;
}

function sameLength(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.length > 0;
}
