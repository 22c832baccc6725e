// Reads PostgreSQL's own catalog (pg_class, pg_attribute, pg_constraint, pg_description) into ours.
import type { Client } from "pg";
import type { FieldType } from "../../catalog/types.ts";
import { buildCatalog, type RawColumn, type RawTable } from "../build-catalog.ts";
import type { Catalog } from "../../catalog/types.ts";

const TABLES = `
SELECT c.oid::int8 AS id, n.nspname AS schema, c.relname AS name, c.relkind IN ('v', 'm') AS view,
       n.nspname = current_schema() AS "default", c.reltuples AS rows,
       obj_description(c.oid, 'pg_class') AS comment
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
  AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND has_schema_privilege(n.oid, 'USAGE')
ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"`;

const COLUMNS = `
SELECT a.attrelid::int8 AS "table", a.attname AS name, NOT a.attnotnull AS nullable,
       a.atttypid::int8 AS type, a.atttypmod AS modifier, col_description(a.attrelid, a.attnum) AS comment
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
  AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attrelid, a.attnum`;

const CONSTRAINTS = `
SELECT con.contype AS kind, con.conrelid::int8 AS "table", con.confrelid::int8 AS target, con.conname AS name,
       ARRAY(SELECT a.attname::text FROM unnest(con.conkey) WITH ORDINALITY k(n, i)
             JOIN pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = k.n ORDER BY k.i) AS columns,
       ARRAY(SELECT a.attname::text FROM unnest(con.confkey) WITH ORDINALITY k(n, i)
             JOIN pg_attribute a ON a.attrelid = con.confrelid AND a.attnum = k.n ORDER BY k.i) AS target_columns,
       con.convalidated AND NOT COALESCE((SELECT relrowsecurity FROM pg_class WHERE oid = con.confrelid), false) AS enforced
FROM pg_constraint con
WHERE con.contype IN ('p', 'f') AND con.conparentid = 0
ORDER BY con.conrelid, con.conname COLLATE "C"`;

/** Types used by columns, with what domains and arrays are made of. */
const TYPES = `
SELECT t.oid::int8 AS id, t.typname AS name, t.typtype AS kind, t.typbasetype::int8 AS base, t.typtypmod AS modifier,
       CASE WHEN t.typcategory = 'A' THEN t.typelem::int8 ELSE 0 END AS element,
       t.typnamespace = 'pg_catalog'::regnamespace AS builtin
FROM pg_type t WHERE t.typtype <> 'c'`;

interface TypeRow {
  readonly name: string;
  readonly kind: string;
  readonly base: string;
  readonly modifier: number;
  readonly element: string;
  readonly builtin: boolean;
}

interface ColumnRow {
  readonly table: string;
  readonly name: string;
  readonly nullable: boolean;
  readonly type: string;
  readonly modifier: number;
  readonly comment: string | null;
}

const FIELD_TYPES: Readonly<Record<string, FieldType | undefined>> = {
  int2: "integer",
  int4: "integer",
  int8: "integer",
  oid: "integer",
  numeric: "decimal",
  float4: "float",
  float8: "float",
  bool: "boolean",
  date: "date",
  time: "time",
  timestamp: "datetime",
  timestamptz: "instant",
  uuid: "uuid",
  bytea: "binary",
  json: "json",
  jsonb: "json",
};

/** The catalog of the database that `client` is connected to. */
export async function introspect(client: Client): Promise<Catalog> {
  const tables = (await client.query(TABLES)).rows as (Omit<RawTable, "columns" | "key" | "foreignKeys"> & {
    readonly rows: number;
  })[];
  const columns = (await client.query(COLUMNS)).rows as ColumnRow[];
  const constraints = (await client.query(CONSTRAINTS)).rows as {
    kind: string;
    table: string;
    target: string;
    columns: string[];
    target_columns: string[];
    enforced: boolean;
  }[];
  const typed = await typedColumns(client, columns);
  const columnsOf = Map.groupBy(typed, ({ table }) => table);
  return buildCatalog(
    tables.map((table) => ({
      ...table,
      estimatedRows: table.rows >= 0 && !table.view ? table.rows : null,
      columns: columnsOf.get(table.id) ?? [],
      key: constraints.find((it) => it.kind === "p" && it.table === table.id)?.columns ?? [],
      foreignKeys: constraints
        .filter((it) => it.kind === "f" && it.table === table.id)
        .map((it) => ({
          target: it.target,
          columns: it.columns,
          targetColumns: it.target_columns,
          enforced: it.enforced,
        })),
    })),
  );
}

/**
 * The columns that SELECTs give; an error of the server for one that it refuses.
 */
export async function describe(client: Client, queries: readonly string[]): Promise<(RawColumn[] | Error)[]> {
  const answers: (RawColumn[] | Error)[] = [];
  for (const query of queries) {
    try {
      const { fields } = await client.query(`SELECT * FROM (${query}\n) AS q LIMIT 0`);
      const columns = fields.map(({ name, dataTypeID, dataTypeModifier }) => ({
        table: "",
        name,
        nullable: true,
        type: String(dataTypeID),
        modifier: dataTypeModifier,
        comment: null,
      }));
      answers.push(await typedColumns(client, columns));
    } catch (error) {
      answers.push(error as Error);
    }
  }
  return answers;
}

/** Columns with their types in our words, domains as what they are made of. */
async function typedColumns(
  client: Client,
  columns: readonly ColumnRow[],
): Promise<(RawColumn & { readonly table: string })[]> {
  const types = new Map(((await client.query(TYPES)).rows as (TypeRow & { id: string })[]).map((row) => [row.id, row]));
  const resolved = columns.map((column) => {
    let { type, modifier } = column;
    for (let row = types.get(type); row?.kind === "d"; row = types.get(type)) {
      type = row.base;
      if (modifier < 0) modifier = row.modifier;
    }
    return { ...column, type, modifier };
  });
  const natives = await nativeNames(client, resolved);
  return resolved.map(({ table, name, nullable, comment, ...column }) => {
    const type = types.get(column.type);
    const element = type === undefined ? undefined : types.get(type.element);
    return {
      table,
      name,
      type: element === undefined ? fieldType(type) : "array",
      ...(element === undefined ? {} : { element: fieldType(element) }),
      native: natives.get(`${column.type} ${column.modifier}`) ?? "unknown",
      nullable,
      comment,
    };
  });
}

function fieldType(type: TypeRow | undefined): FieldType {
  return (type?.builtin === true ? FIELD_TYPES[type.name] : undefined) ?? "text";
}

/** The names of types with their modifiers, as `format_type` writes them. */
async function nativeNames(
  client: Client,
  columns: readonly { type: string; modifier: number }[],
): Promise<Map<string, string>> {
  const distinct = new Map(columns.map((it) => [`${it.type} ${it.modifier}`, it]));
  const { rows } = await client.query(
    "SELECT t || ' ' || m AS key, format_type(t::oid, m) AS name FROM unnest($1::int8[], $2::int4[]) AS u(t, m)",
    [[...distinct.values()].map((it) => it.type), [...distinct.values()].map((it) => it.modifier)],
  );
  return new Map((rows as { key: string; name: string }[]).map(({ key, name }) => [key, name]));
}
