// PostgreSQL's own way of saying things. COPY takes no parameters, so values are literals escaped by node-postgres.
import { escapeIdentifier, escapeLiteral } from "pg";
import type { FieldType } from "../../catalog/types.ts";
import { postgresYear } from "../../lib/postgres-year.ts";
import type { MeasureExpression, ScalarExpression } from "../../plan/select.ts";
import type { Value } from "../../query/predicate.ts";
import type { Dialect } from "../sql/dialect.ts";

const JSON_TYPE = { text: "string", float: "number", boolean: "boolean", null: "null", array: "array" } as const;

export const postgresDialect: Dialect = {
  identifier: escapeIdentifier,

  output(expression, sql) {
    if (expression.kind === "datePart") return sql;
    if (expression.kind === "measure") return measureOutput(expression, sql);
    const { type } = expression;
    const native = expression.kind === "column" ? expression.native : "";
    if (type === "text") return textOf(native, sql);
    if (type === "integer" && !INTEGERS.has(native)) return `${sql}::int8`;
    if (type === "array" && !isPlainArray(native)) return `${sql}::text[]`;
    return sql;
  },

  comparable(type, native, sql) {
    switch (type) {
      case "text":
        return `${textOf(native, sql)} COLLATE "C"`;
      case "json":
        return `${sql}::text COLLATE "C"`;
      case "array":
        return `${sql}::text COLLATE "C"`;
      default:
        return sql;
    }
  },
  comparableValue: (value, type, native) => literal(value, type, native),
  guard: () => null,
  // An index has the order of the column's own collation, in which what is the same is equal too.
  indexed(type, native, sql, values) {
    if (type !== "text" || native === null || !(isPlainText(native) || native.startsWith("character("))) return null;
    const texts = values.map(({ text }) => text);
    return `${sql} = ANY (${arrayOf(texts, native.startsWith("character(") ? "bpchar" : "text")})`;
  },
  linked(type, native, sql, value) {
    if (type !== "text" || native === null) return null;
    if (!isPlainText(native) && !native.startsWith("character(") && !/(?:^|\.)citext$/.test(native)) return null;
    // A literal without a type has that of the column.
    return `${sql} = ${escapeLiteral(value.text)}`;
  },
  // One literal is read in a fraction of the time that thousands take.
  oneOf(columns, rows) {
    const arrays = columns.map(({ type, native }, n) => {
      const its = rows.map((row) => row[n]!);
      return arrayOf(
        its.map((value) => elementText(value, type)),
        elementType(its, type, native),
      );
    });
    if (columns.length === 1) return `${columns[0]!.comparable} = ANY (${arrays[0]!})`;
    const names = columns.map(({ comparable }) => comparable).join(", ");
    return `(${names}) IN (SELECT * FROM unnest(${arrays.join(", ")}))`;
  },
  rowsAreValues: true,

  text: (_type, native, sql) => textOf(native, sql),
  match: (sql, pattern) => `${sql} COLLATE "C" ~ ${escapeLiteral(pattern)}`,
  contains: (sql, text) => `strpos(${sql} COLLATE "C", ${escapeLiteral(text)}) > 0`,
  startsWith: (sql, text) => `starts_with(${sql} COLLATE "C", ${escapeLiteral(text)})`,

  jsonKeys: (_expression, sql, keys) => `(${[sql, ...keys.map((key) => `${escapeLiteral(key)}::text`)].join(" -> ")})`,
  jsonIs: (_expression, sql, type) => `(jsonb_typeof((${sql})::jsonb) = '${JSON_TYPE[type]}')`,
  jsonAs(_expression, sql, type) {
    const text = `((${sql})::jsonb #>> '{}')`;
    return type === "text" ? text : type === "float" ? `${text}::float8` : `${text}::boolean`;
  },
  arraySize: (expression, sql) =>
    expression.type === "json" ? `jsonb_array_length((${sql})::jsonb)` : `cardinality(${sql})`,
  elements(expression, sql, alias) {
    const name = escapeIdentifier(alias);
    if (expression.type !== "json") {
      const plain = expression.kind !== "column" || isPlainArray(expression.native);
      return `unnest(${plain ? sql : `${sql}::text[]`}) AS ${name}(v)`;
    }
    const json = jsonNative(expression);
    const typed = `(${sql})::${json}`;
    const array = `CASE WHEN ${json}_typeof(${typed}) = 'array' THEN ${typed} ELSE '[]' END`;
    return `${json}_array_elements(${array}) WITH ORDINALITY AS ${name}(v, n)`;
  },
  element: (alias) => `${escapeIdentifier(alias)}.v`,
  elementRow(_expression, _sql, alias) {
    const name = escapeIdentifier(alias);
    return { position: `${name}.n`, value: `${name}.v` };
  },

  datePart(part, type, sql, timeZone) {
    const local = type === "instant" ? `(${sql} AT TIME ZONE ${escapeLiteral(timeZone)})` : sql;
    const format = { year: "YYYY", month: "YYYY-MM", day: "YYYY-MM-DD" }[part];
    return `to_char(${local}, '${format}')`;
  },
  measure(expression, sql) {
    if (sql === null) return "count(*)";
    const type = expression.of?.type ?? "integer";
    const comparable = this.comparable(type === "json" ? "float" : type, null, sql);
    switch (expression.measure) {
      case "count":
        return `count(${sql})`;
      case "distinct":
        return `count(DISTINCT ${type === "json" ? `${sql} COLLATE "C"` : comparable})`;
      case "sum":
        return `sum(${sql})`;
      case "mean":
        // Thirty decimals make the quotient round to the same double as exact arithmetic does.
        return type === "float" || type === "json"
          ? `avg(${sql})`
          : `(sum(${sql}::numeric)::numeric(1000, 30) / count(${sql}))::float8`;
      case "min":
      case "max":
        return `${expression.measure}(${comparable})`;
    }
  },

  strictGroups: true,
  nullsLast: "",
  nullsFirst: "",
  limit: (count) => `LIMIT ${count}`,
};

const INTEGERS = new Set(["smallint", "integer", "bigint"]);

/** Counts are bigint, exact sums numeric, whatever the server would give. */
function measureOutput(expression: MeasureExpression, sql: string): string {
  if (expression.type === "integer") return `${sql}::int8`;
  return expression.type === "decimal" ? `${sql}::numeric` : sql;
}

/** The functions of `json` keep numbers and keys as they are written; an element is what its array is. */
function jsonNative(expression: ScalarExpression): "json" | "jsonb" {
  const of = expression.kind === "keys" ? expression.of : expression;
  return of.kind === "column" && of.native === "json" ? "json" : "jsonb";
}

function isPlainText(native: string): boolean {
  return native === "text" || native.startsWith("character varying");
}

/** Element types whose binary form the decoder reads. */
const PLAIN_ELEMENTS =
  /^(?:smallint|integer|bigint|real|double precision|numeric|boolean|text|character varying|date|time|timestamp|uuid|bytea|jsonb?)\b/;

function isPlainArray(native: string): boolean {
  return PLAIN_ELEMENTS.test(native) && !native.startsWith("time with") && !/^time\(\d+\) with time/.test(native);
}

function textOf(native: string | null, sql: string): string {
  if (native === null || isPlainText(native)) return sql;
  // The cast shows a network mask that the type's own output leaves out.
  return native === "inet" ? `abbrev(${sql})` : `${sql}::text`;
}

/** An array literal (https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO). */
function arrayOf(texts: readonly string[], type: string): string {
  const elements = texts.map((text) => (PLAIN_ELEMENT.test(text) ? text : `"${text.replace(/["\\]/g, "\\$&")}"`));
  return `${escapeLiteral(`{${elements.join(",")}}`)}::${type}[]`;
}

/** What needs no quotes in an array literal, and is not taken for NULL. */
const PLAIN_ELEMENT = /^[\d.:-]+$/;

function elementText({ text }: Value, type: FieldType): string {
  if (type === "binary") return `\\x${Buffer.from(text, "base64").toString("hex")}`;
  return type === "date" || type === "datetime" || type === "instant" ? postgresYear(text) : text;
}

function elementType(its: readonly Value[], type: FieldType, native: string | null): string {
  switch (type) {
    case "integer":
      return its.every(({ text }) => isInt8(text)) ? "int8" : "numeric";
    case "decimal":
      return "numeric";
    case "float":
      return native === "real" ? "float4" : "float8";
    case "boolean":
    case "date":
    case "time":
    case "uuid":
      return type;
    case "datetime":
      return "timestamp";
    case "instant":
      return "timestamptz";
    case "binary":
      return "bytea";
    default:
      return "text";
  }
}

/** Whether a whole number surely is a bigint. */
function isInt8(text: string): boolean {
  return text.replace("-", "").length <= 18;
}

function literal(value: Value, type: FieldType, native: string | null): string {
  const { text } = value;
  switch (type) {
    case "integer":
      return isInt8(text) ? `${escapeLiteral(text)}::int8` : `${escapeLiteral(text)}::numeric`;
    case "decimal":
      return `${escapeLiteral(text)}::numeric`;
    case "float":
      return `${escapeLiteral(text)}::${native === "real" ? "float4" : "float8"}`;
    case "boolean":
      return `${escapeLiteral(text)}::boolean`;
    case "date":
      return `${escapeLiteral(postgresYear(text))}::date`;
    case "time":
      return `${escapeLiteral(text)}::time`;
    case "datetime":
      return `${escapeLiteral(postgresYear(text))}::timestamp`;
    case "instant":
      return `${escapeLiteral(postgresYear(text))}::timestamptz`;
    case "uuid":
      return `${escapeLiteral(text)}::uuid`;
    case "binary":
      return `decode(${escapeLiteral(text)}, 'base64')`;
    default:
      return escapeLiteral(text);
  }
}
