// SQLite's own way of saying things. Values are bound by number; comparisons that SQLite lacks are functions of ours.
import type { FieldType } from "../../catalog/types.ts";
import type { ScalarExpression } from "../../plan/select.ts";
import type { Value } from "../../query/predicate.ts";
import type { Dialect, SoughtColumn } from "../sql/dialect.ts";
import { comparisonKey, KEYED } from "./keys.ts";
import { keepsText } from "./storage.ts";

const JSON_TYPES = {
  text: "'text'",
  float: "'integer', 'real'",
  boolean: "'true', 'false'",
  null: "'null'",
  array: "'array'",
} as const;

export const sqliteDialect: Dialect = {
  identifier: (name) => `"${name.replaceAll('"', '""')}"`,
  output: (_expression, sql) => sql,

  comparable(type, native, sql) {
    if (isKeyed(type, native)) return `waybill_key('${type}', ${sql})`;
    return type === "text" ? `${sql} COLLATE BINARY` : sql;
  },
  comparableValue(value, type, native, values) {
    if (isKeyed(type, native)) {
      const key = comparisonKey(type, value.text);
      return typeof key === "bigint" ? `CAST(${bind(key.toString(), values)} AS INTEGER)` : bind(key ?? "", values);
    }
    switch (value.type) {
      case "integer":
      case "decimal":
        return `CAST(${bind(value.text, values)} AS NUMERIC)`;
      case "float":
        return float(value, values);
      case "boolean":
        return value.text === "true" ? "1" : "0";
      case "binary":
        return `x'${Buffer.from(value.text, "base64").toString("hex")}'`;
      default:
        return bind(value.text, values);
    }
  },
  guard(type, value, sql) {
    if (type !== "integer" && type !== "float" && type !== "decimal" && type !== "any") return null;
    const is = value.type === "text" ? "'text'" : "'integer', 'real'";
    return type === "decimal" ? null : `(${sql} IS NULL OR typeof(${sql}) IN (${is}))`;
  },
  mayBeUnread: isKeyed,
  isUnread: (value, type, native) => isKeyed(type, native) && comparisonKey(type, storedOf(value)) === null,

  indexedRows: (sql, of, values) =>
    `${sql} IN (SELECT value FROM json_each(${bind(JSON.stringify(of.map(({ text }) => text)), values)}))`,
  linked: (type, _native, sql, value, values) => (type === "text" ? `${sql} = ${bind(value.text, values)}` : null),
  // What it takes SQLite to number the values that it binds grows with their square: all of them are one.
  oneOf(columns, rows, values) {
    const seekers = columns.map(seekerOf);
    const [first] = seekers;
    const one = seekers.length === 1;
    const elements = rows.map((row) => {
      const its = row.map((value, n) => seekers[n]!.json(value));
      return one ? its[0]! : `[${its.join(",")}]`;
    });
    const all = `json_each(${bind(`[${elements.join(",")}]`, values)})`;
    if (one) return `${columns[0]!.comparable} IN (SELECT ${first!.sql("value")} FROM ${all})`;
    const names = columns.map(({ comparable }) => comparable).join(", ");
    return `(${names}) IN (SELECT ${seekers.map(({ sql }, n) => sql(`value ->> ${n}`)).join(", ")} FROM ${all})`;
  },
  rowsAreValues: true,
  text: (_type, _native, sql) => sql,
  match: (sql, pattern, values) => `waybill_match(${bind(pattern, values)}, ${sql})`,
  contains: (sql, text, values) => `instr(${sql}, ${bind(text, values)}) > 0`,
  startsWith: (sql, text, values) => {
    const start = bind(text, values);
    return `substr(${sql}, 1, length(${start})) = ${start}`;
  },

  jsonKeys: (expression, sql, keys, values) => `(${json(expression, sql)} -> ${bind(path(keys), values)})`,
  jsonIs: (expression, sql, type) => `${jsonType(expression, sql)} IN (${JSON_TYPES[type]})`,
  jsonAs(expression, sql, type) {
    if (type === "boolean") return `(${jsonType(expression, sql)} = 'true')`;
    const value = isElement(expression) ? `${rowOf(sql)}.atom` : `(${json(expression, sql)} ->> '$')`;
    return type === "float" ? `CAST(${value} AS REAL)` : value;
  },
  arraySize: (expression, sql) => `json_array_length(${json(expression, sql)})`,
  elements(expression, sql, alias) {
    const array = json(expression, sql);
    return `json_each(CASE WHEN json_type(${array}) = 'array' THEN ${array} ELSE '[]' END) AS "${alias}"`;
  },
  element: (alias) => `"${alias}".value`,
  elementRow(expression, sql, alias) {
    // Numbers are looked up for their digits; SQLite walks to each of them, so not everything is.
    const value = `CASE "${alias}".type WHEN 'object' THEN "${alias}".value WHEN 'array' THEN "${alias}".value
      WHEN 'text' THEN json_quote("${alias}".value) WHEN 'integer' THEN ${json(expression, sql)} -> "${alias}".fullkey
      WHEN 'real' THEN ${json(expression, sql)} -> "${alias}".fullkey ELSE "${alias}".type END`;
    return { position: `"${alias}".key + 1`, value };
  },

  datePart: (part, _type, sql, timeZone, values) => `waybill_date_part('${part}', ${bind(timeZone, values)}, ${sql})`,
  measure(expression, sql) {
    if (sql === null) return "count(*)";
    const { measure, of } = expression;
    const type = of?.type ?? "integer";
    const native = of?.kind === "column" ? of.native : null;
    const exact = type === "integer" || type === "decimal";
    switch (measure) {
      case "count":
        return `count(${sql})`;
      case "distinct":
        return `count(DISTINCT ${type === "json" ? sql : this.comparable(type, native, sql)})`;
      case "sum":
        return exact ? `waybill_sum(${sql})` : `sum(${sql})`;
      case "mean":
        return exact ? `waybill_mean(${sql})` : `avg(${sql})`;
      case "min":
      case "max":
        return isKeyed(type, native) ? `waybill_${measure}('${type}', ${sql})` : `${measure}(${sql})`;
    }
  },

  strictGroups: false,
  nullsLast: " NULLS LAST",
  nullsFirst: " NULLS FIRST",
  limit: (count) => `LIMIT ${count}`,
};

/** Whether values are compared by `waybill_key`: types that SQLite lacks, and decimals that are kept as text. */
function isKeyed(type: FieldType, native: string | null): boolean {
  return KEYED.has(type) || (type === "decimal" && native !== null && keepsText(native));
}

/** How values that are looked for stand in JSON, and what makes of them what a column is compared with. */
interface Seeker {
  readonly json: (value: Value) => string;
  readonly sql: (element: string) => string;
}

const asItIs = (element: string): string => element;

function seekerOf({ type, native }: SoughtColumn): Seeker {
  if (isKeyed(type, native)) {
    const inKey = ({ text }: Value): string => {
      const key = comparisonKey(type, text);
      return typeof key === "bigint" ? key.toString() : JSON.stringify(key ?? "");
    };
    return { json: inKey, sql: asItIs };
  }
  if (type === "binary") {
    return { json: ({ text }) => `"${Buffer.from(text, "base64").toString("hex")}"`, sql: (it) => `unhex(${it})` };
  }
  return { json: jsonOf, sql: asItIs };
}

function jsonOf({ type, text }: Value): string {
  if (type === "integer" || type === "decimal") return text;
  if (type !== "float") return JSON.stringify(text);
  const number = Number(text);
  // SQLite has no NaN: nothing equals it.
  return Number.isFinite(number) ? text : Number.isNaN(number) ? "null" : number > 0 ? "9e999" : "-9e999";
}

/** A value as SQLite has it. */
function storedOf({ type, text }: Value): string | number | Uint8Array {
  if (type === "binary") return Buffer.from(text, "base64");
  return type === "integer" || type === "float" ? Number(text) : text;
}

function bind(value: string | number, values: unknown[]): string {
  values.push(value);
  return `?${values.length}`;
}

function float(value: Value, values: unknown[]): string {
  const number = Number(value.text);
  if (Number.isFinite(number)) return bind(number, values);
  // SQLite has no NaN: nothing equals it.
  return Number.isNaN(number) ? "NULL" : number > 0 ? "9e999" : "-9e999";
}

/** A JSON path to a value under keys (https://www.sqlite.org/json1.html section 2.1). */
function path(keys: readonly string[]): string {
  return `$${keys.map((key) => `.${JSON.stringify(key)}`).join("")}`;
}

/** An expression as JSON text, or nothing where it holds something else. */
function json(expression: ScalarExpression, sql: string): string {
  if (expression.kind === "keys") return sql;
  if (isElement(expression)) return `CASE WHEN ${rowOf(sql)}.type IN ('array', 'object') THEN ${sql} END`;
  return `CASE WHEN json_valid(${sql}) THEN ${sql} END`;
}

function isElement(expression: ScalarExpression): boolean {
  return expression.kind === "element";
}

/** The type of JSON: json_each has it beside an element's value. */
function jsonType(expression: ScalarExpression, sql: string): string {
  return isElement(expression) ? `${rowOf(sql)}.type` : `json_type(${json(expression, sql)})`;
}

/** The alias of the json_each item whose `.value` is at hand. */
function rowOf(sql: string): string {
  return sql.slice(0, -".value".length);
}
