// Reads SQLite's schema (https://www.sqlite.org/pragma.html: table_list, table_xinfo, foreign_key_list) into our catalog.
import type { Catalog } from "../../catalog/types.ts";
import { buildCatalog, type RawColumn, type RawTable } from "../build-catalog.ts";
import { type ReaderProcess, ReaderError } from "../reader-process.ts";
import type { Request } from "./protocol.ts";
import { declaredType } from "./storage.ts";

const TABLES = `
SELECT name, type = 'view' FROM pragma_table_list
WHERE schema = 'main' AND type IN ('table', 'view', 'virtual') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
ORDER BY name COLLATE BINARY`;

/** The columns of one table; a condition on `t` chooses it, or takes all. */
const columnsWhere = (condition: string): string => `
SELECT t.name, c.name, c.type, c."notnull", c.pk, t.wr
FROM pragma_table_list t JOIN pragma_table_xinfo(t.name) c
WHERE t.schema = 'main' AND t.type IN ('table', 'view', 'virtual') AND c.hidden <> 1 AND ${condition}
ORDER BY t.name, c.cid`;

const FOREIGN_KEYS = `
SELECT t.name, f.id, f."table", f."from", f."to"
FROM pragma_table_list t JOIN pragma_foreign_key_list(t.name) f
WHERE t.schema = 'main' AND t.type = 'table'
ORDER BY t.name, f.id DESC, f.seq`;

type ColumnRow = [table: string, name: string, type: string, notNull: number, key: number, withoutRowid: number];
type ForeignKeyRow = [table: string, id: number, target: string, from: string, to: string | null];

/** The catalog of the database that the reader has open. */
export async function introspect(reader: ReaderProcess<Request>): Promise<Catalog> {
  const tables = await reader.ask<[string, number][]>({ do: "all", sql: TABLES });
  const { rows, complaints } = await readColumns(reader, tables);
  const columns = Map.groupBy(rows, ([table]) => table);
  const links = Map.groupBy(await reader.ask<ForeignKeyRow[]>({ do: "all", sql: FOREIGN_KEYS }), ([table]) => table);
  const keys = new Map([...columns].map(([table, its]) => [table, keyOf(its)]));
  return buildCatalog(
    tables.map(([name, isView]): RawTable => ({
      id: name,
      schema: null,
      name,
      view: isView === 1,
      default: true,
      comment: complaints.get(name) ?? null,
      estimatedRows: null,
      columns: (columns.get(name) ?? []).map((row) => columnOf(row, keys.get(name)?.length === 1)),
      key: keys.get(name) ?? [],
      foreignKeys: foreignKeysOf(links.get(name) ?? [], tables, keys),
    })),
  );
}

/** The columns that SELECTs give; an error of SQLite's for one that it refuses. */
export async function describe(
  reader: ReaderProcess<Request>,
  queries: readonly string[],
): Promise<(RawColumn[] | ReaderError)[]> {
  const answers: (RawColumn[] | ReaderError)[] = [];
  for (const query of queries) {
    try {
      const columns = await reader.ask<[name: string, type: string | null][]>({
        do: "columns",
        sql: `SELECT * FROM (${query}\n)`,
      });
      answers.push(
        columns.map(([name, type]) => {
          const native = type ?? "";
          return { name, type: declaredType(native), native, nullable: true, comment: null };
        }),
      );
    } catch (error) {
      if (!(error instanceof ReaderError)) throw error;
      answers.push(error);
    }
  }
  return answers;
}

/** The columns of all tables. A view whose tables have gone has none, and a complaint: it must not hide the others. */
async function readColumns(
  reader: ReaderProcess<Request>,
  tables: readonly [string, number][],
): Promise<{ rows: ColumnRow[]; complaints: Map<string, string> }> {
  const complaints = new Map<string, string>();
  try {
    return { rows: await reader.ask<ColumnRow[]>({ do: "all", sql: columnsWhere("true") }), complaints };
  } catch (error) {
    if (!(error instanceof ReaderError)) throw error;
  }
  const rows: ColumnRow[] = [];
  for (const [name] of tables) {
    try {
      const sql = columnsWhere(`t.name = '${name.replaceAll("'", "''")}'`);
      rows.push(...(await reader.ask<ColumnRow[]>({ do: "all", sql })));
    } catch (error) {
      if (!(error instanceof ReaderError)) throw error;
      complaints.set(name, `It cannot be read: ${error.message}.`);
    }
  }
  return { rows, complaints };
}

function columnOf(row: ColumnRow, isSingleKey: boolean): RawColumn {
  const [, name, type, notNull, key, withoutRowid] = row;
  // Only a rowid alias is never NULL by being a key (https://www.sqlite.org/lang_createtable.html section 3.5).
  const isRowid = key > 0 && /^INTEGER$/i.test(type) && isSingleKey;
  return {
    name,
    type: declaredType(type),
    native: type,
    nullable: notNull === 0 && !isRowid && !(key > 0 && withoutRowid === 1),
    comment: null,
  };
}

function keyOf(rows: readonly ColumnRow[]): string[] {
  return rows
    .filter(([, , , , key]) => key > 0)
    .toSorted((a, b) => a[4] - b[4])
    .map(([, name]) => name);
}

function foreignKeysOf(
  rows: readonly ForeignKeyRow[],
  tables: readonly [string, number][],
  keys: ReadonlyMap<string, readonly string[]>,
): RawTable["foreignKeys"] {
  const byId = Map.groupBy(rows, ([, id]) => id);
  return [...byId.values()].map((parts) => {
    // SQLite finds the table whatever its case, and the key where the columns are left out.
    const [, , named] = parts[0]!;
    const target = tables.find(([name]) => name.toLowerCase() === named.toLowerCase())?.[0] ?? named;
    const key = keys.get(target) ?? [];
    return {
      target,
      // Enforcing is a setting of each connection, off by default.
      enforced: false,
      columns: parts.map(([, , , from]) => from),
      targetColumns: parts.flatMap(([, , , , to], n) => to ?? key[n] ?? []),
    };
  });
}
