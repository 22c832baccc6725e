// Reads information_schema, as MariaDB and MySQL have it, into our catalog.
import type { Catalog } from "../../catalog/types.ts";
import { buildCatalog, type RawColumn, type RawTable } from "../build-catalog.ts";
import { type Connected, rowsOf } from "./connection.ts";
import { messageOf } from "./errors.ts";
import { prepare } from "./prepare.ts";
import { fieldTypeOf, nativeOf } from "./types.ts";

/** Databases that belong to the server itself. */
const NOT_SYSTEM = "NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys')";

const TABLES = `
SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE, TABLE_COMMENT, TABLE_ROWS FROM information_schema.TABLES
WHERE TABLE_SCHEMA ${NOT_SYSTEM} AND TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED', 'VIEW')
ORDER BY CONVERT(TABLE_SCHEMA USING utf8mb4) COLLATE utf8mb4_bin, CONVERT(TABLE_NAME USING utf8mb4) COLLATE utf8mb4_bin`;

const COLUMNS = `
SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE, COLUMN_COMMENT FROM information_schema.COLUMNS
WHERE TABLE_SCHEMA ${NOT_SYSTEM} ORDER BY TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION`;

const KEYS = `
SELECT TABLE_SCHEMA, TABLE_NAME, CONSTRAINT_NAME, COLUMN_NAME,
  REFERENCED_TABLE_SCHEMA, REFERENCED_TABLE_NAME, REFERENCED_COLUMN_NAME
FROM information_schema.KEY_COLUMN_USAGE
WHERE TABLE_SCHEMA ${NOT_SYSTEM} AND (CONSTRAINT_NAME = 'PRIMARY' OR REFERENCED_TABLE_NAME IS NOT NULL)
ORDER BY TABLE_SCHEMA, TABLE_NAME, CONVERT(CONSTRAINT_NAME USING utf8mb4) COLLATE utf8mb4_bin, ORDINAL_POSITION`;

/** MariaDB has no type for JSON: the word stands for text that is checked to be JSON. */
const JSON_CHECKS = `
SELECT CONSTRAINT_SCHEMA, TABLE_NAME, CHECK_CLAUSE FROM information_schema.CHECK_CONSTRAINTS
WHERE CONSTRAINT_SCHEMA ${NOT_SYSTEM} AND CHECK_CLAUSE LIKE 'json\\_valid(%'`;

type TableRow = [schema: string, name: string, type: string, comment: string | null, rows: number | null];
type ColumnRow = [schema: string, table: string, name: string, type: string, nullable: string, comment: string | null];
type KeyRow = [
  schema: string,
  table: string,
  constraint: string,
  column: string,
  toSchema: string | null,
  toTable: string | null,
  toColumn: string | null,
];

/** The catalog of what the user may read; tables of `database` need no naming. */
export async function introspect(connected: Connected, database: string): Promise<Catalog> {
  const tables = await rowsOf<TableRow>(connected, TABLES);
  const columns = Map.groupBy(await rowsOf<ColumnRow>(connected, COLUMNS), ([schema, table]) => idOf(schema, table));
  const keys = Map.groupBy(await rowsOf<KeyRow>(connected, KEYS), ([schema, table]) => idOf(schema, table));
  const json = await jsonColumns(connected);
  const [[byCase] = [1]] = await rowsOf<[number]>(connected, "SELECT @@lower_case_table_names = 0");
  const isDefault = (schema: string): boolean =>
    byCase === 1 ? schema === database : schema.toLowerCase() === database.toLowerCase();
  return buildCatalog(
    tables.map(([schema, name, type, comment, rows]): RawTable => {
      const id = idOf(schema, name);
      const view = type === "VIEW";
      const own = keys.get(id) ?? [];
      const shown = columns.get(id) ?? [];
      return {
        id,
        schema,
        name,
        view,
        default: isDefault(schema),
        // Every view has the comment VIEW; one that cannot be read any more has its complaint there.
        comment: view && (comment === "VIEW" || shown.length > 0) ? null : comment,
        estimatedRows: view ? null : rows,
        columns: shown.map((column) => columnOf(column, json.has(`${id}\0${column[2]}`))),
        key: own.filter(([, , constraint]) => constraint === "PRIMARY").map(([, , , column]) => column),
        foreignKeys: foreignKeysOf(own),
      };
    }),
  );
}

/**
 * The columns that SELECTs give; an error of the server for one that it refuses.
 */
export async function describe(connected: Connected, queries: readonly string[]): Promise<(RawColumn[] | Error)[]> {
  const answers: (RawColumn[] | Error)[] = [];
  for (const query of queries) {
    try {
      const { columns } = await prepare(connected.client, `SELECT * FROM (${query}\n) AS q`);
      answers.push(
        columns.map((column) => {
          const native = nativeOf(column);
          return { name: column.name, type: fieldTypeOf(native), native, nullable: true, comment: null };
        }),
      );
    } catch (error) {
      if (!connected.client.isValid()) throw error;
      answers.push(new Error(messageOf(error), { cause: error }));
    }
  }
  return answers;
}

function columnOf([, , name, type, nullable, comment]: ColumnRow, json: boolean): RawColumn {
  const native = json ? "json" : type;
  return { name, type: fieldTypeOf(native), native, nullable: nullable === "YES", comment };
}

async function jsonColumns(connected: Connected): Promise<ReadonlySet<string>> {
  if (!connected.isMariaDb) return new Set();
  const checks = await rowsOf<[schema: string, table: string, clause: string]>(connected, JSON_CHECKS);
  return new Set(
    checks.flatMap(([schema, table, clause]) => {
      const column = /^json_valid\(`((?:[^`]|``)+)`\)$/.exec(clause)?.[1];
      return column === undefined ? [] : [`${idOf(schema, table)}\0${column.replaceAll("``", "`")}`];
    }),
  );
}

function foreignKeysOf(rows: readonly KeyRow[]): RawTable["foreignKeys"] {
  const references = rows.filter(([, , , , , toTable]) => toTable !== null);
  return [...Map.groupBy(references, ([, , constraint]) => constraint).values()].map((parts) => {
    const [, , , , schema, table] = parts[0]!;
    return {
      target: idOf(schema ?? "", table ?? ""),
      // Whoever loads a dump turns the checks off, and the server never looks again.
      enforced: false,
      columns: parts.map(([, , , column]) => column),
      targetColumns: parts.map(([, , , , , , column]) => column ?? ""),
    };
  });
}

function idOf(schema: string, table: string): string {
  return `${schema}\0${table}`;
}
