// DuckDB's own way of saying things. Values are literals, so that what is grouped by reads the same wherever it stands.
import type { FieldType } from "../../catalog/types.ts";
import type { KeysExpression, ScalarExpression } from "../../plan/select.ts";
import type { Value } from "../../query/predicate.ts";
import type { Dialect } from "../sql/dialect.ts";
import { SEPARATOR } from "./member.ts";
import { isJsonText, jsonOf } from "./native-types.ts";
import { identifier, literal } from "./quote.ts";
import { TEXT } from "./text-types.ts";

const JSON_TYPES = {
  text: "'VARCHAR'",
  float: "'BIGINT', 'UBIGINT', 'HUGEINT', 'DOUBLE', 'DECIMAL'",
  boolean: "'BOOLEAN'",
  null: "'NULL'",
  array: "'ARRAY'",
} as const;

export const duckdbDialect: Dialect = {
  identifier,

  output(expression, sql) {
    if (expression.kind === "measure" && expression.measure === "sum") return sumOutput(sql);
    if (expression.kind === "keys" && expression.of.kind === "column") return exactKeys(expression, sql);
    if (expression.kind !== "column") return expression.type === "text" ? `(${sql})::VARCHAR` : sql;
    const { type, native } = expression;
    if (type === "json" || type === "array") return `(${jsonOf(native, sql)})::VARCHAR`;
    return native.endsWith(TEXT) ? sql : plain(type, native, sql);
  },

  comparable(type, native, sql) {
    if (native === null) return type === "json" ? `(${sql})::VARCHAR` : sql;
    if (native === EXACT_SUM) return sql;
    if (native.endsWith(TEXT)) return `CAST(${sql} AS ${native.slice(0, -TEXT.length)})`;
    return type === "json" || type === "array" ? `(${jsonOf(native, sql)})::VARCHAR` : plain(type, native, sql);
  },
  comparableValue: (value, type, native) => valueLiteral(value, type, native),
  guard: () => null,
  // It makes a join of a long list, after it has read each literal on its own; JSON is read at once.
  oneOf(columns, rows) {
    const casts = columns.map(({ type }, n) =>
      castOf(
        type,
        rows.map((row) => row[n]!),
      ),
    );
    if (rows.length < MANY || casts.includes(null)) return null;
    const texts = JSON.stringify(rows.map((row) => row.map(({ text }) => text)));
    const parts = casts.map((its, n) => `TRY_CAST(r[${n + 1}] AS ${its})`).join(", ");
    const names = columns.map(({ comparable }) => comparable).join(", ");
    return `(${names}) IN (SELECT ${parts} FROM (SELECT unnest(from_json(${literal(texts)}, '[["VARCHAR"]]')) AS r))`;
  },
  rowsAreValues: false,

  text: (type, native, sql) => (native === null ? sql : plain(type, native, sql)),
  match: (sql, pattern) => `regexp_matches(${sql}, ${literal(pattern)}, 's')`,
  contains: (sql, text) => `contains(${sql}, ${literal(text)})`,
  startsWith: (sql, text) => `starts_with(${sql}, ${literal(text)})`,

  jsonKeys: (expression, sql, keys) => keys.reduce(member, json(of(expression), sql)),
  jsonIs: (expression, sql, type) => `(json_type(${json(expression, sql)}) IN (${JSON_TYPES[type]}))`,
  jsonAs(expression, sql, type) {
    const text = `(${json(expression, sql)} ->> '$')`;
    if (type === "text") return text;
    return `TRY_CAST(${text} AS ${type === "float" ? "DOUBLE" : "BOOLEAN"})`;
  },
  arraySize: (expression, sql) =>
    expression.type === "json" ? `json_array_length(${json(expression, sql)})` : `len(${sql})`,
  elements(expression, sql, alias) {
    const name = identifier(alias);
    if (expression.type !== "json") return `unnest(${sql}) AS ${name}(v)`;
    const array = expression.kind === "keys" ? exactKeys(expression, sql) : json(expression, sql);
    return `unnest(string_split(waybill_elements((${array})::VARCHAR), chr(${SEPARATOR}))) WITH ORDINALITY AS ${name}(v, n)`;
  },
  element: (alias) => `${identifier(alias)}.v`,
  elementRow(_expression, _sql, alias) {
    const name = identifier(alias);
    return { position: `${name}.n`, value: `${name}.v` };
  },

  datePart(part, type, sql, timeZone) {
    const local = type === "instant" ? `(${sql} AT TIME ZONE ${literal(timeZone)})` : sql;
    const year = `year(${local})`;
    const digits = `lpad(abs(${year})::VARCHAR, greatest(4, length(abs(${year})::VARCHAR))::INTEGER, '0')`;
    const signed = `CASE WHEN ${year} < 0 THEN '-' WHEN ${year} > 9999 THEN '+' ELSE '' END || ${digits}`;
    const rest = { year: "", month: "-%m", day: "-%m-%d" }[part];
    return rest === "" ? `(${signed})` : `(${signed} || strftime(${local}, '${rest}'))`;
  },
  measure(expression, sql) {
    if (sql === null) return "count(*)";
    const { of: its } = expression;
    const type = its?.type ?? "integer";
    const native = its?.kind === "column" ? its.native : null;
    const comparable = type === "json" ? sql : this.comparable(type, native, sql);
    switch (expression.measure) {
      case "count":
        return `count(${sql})`;
      case "distinct":
        return `count(DISTINCT ${comparable})`;
      case "sum":
        return `sum(${comparable})`;
      case "mean":
        return `avg(${comparable})`;
      case "min":
      case "max":
        // Of numbers that are kept as text, the text.
        return native?.endsWith(TEXT) === true
          ? `arg_${expression.measure}(${sql}, ${comparable})`
          : `${expression.measure}(${comparable})`;
    }
  },

  strictGroups: true,
  readsOnce: true,
  nullsLast: "",
  nullsFirst: "",
  limit: (count) => `LIMIT ${count}`,
};

/** From so many rows on, they are handed over as JSON. */
const MANY = 100;

/** The type of which values are that are looked for; null where only a literal says them exactly. */
function castOf(type: FieldType, values: readonly Value[]): string | null {
  if (type === "text") return "VARCHAR";
  if (type === "uuid") return "UUID";
  if (type !== "integer") return null;
  return values.every(({ text }) => text.replace("-", "").length <= 18) ? "BIGINT" : null;
}

/** What the compiler calls the type of sums of integers and decimals. */
const EXACT_SUM = "decimal text";

/** What is under keys as it is written. Where it is grouped by, `sql` is something else, and has to stay. */
function exactKeys({ of: its, keys }: KeysExpression, sql: string): string {
  if (its.kind !== "column") return sql;
  const column = `${identifier(its.table)}.${identifier(its.column)}`;
  if (sql !== duckdbDialect.jsonKeys(its, column, keys, [])) return sql;
  const whole = `(${json(its, column)})::VARCHAR`;
  return keys.reduce((object, key) => `waybill_member(${object}, ${literal(key)})`, whole);
}

/** A sum of numbers that are kept as text has as many decimals as the one of them that has most. */
function sumOutput(sum: string): string {
  const [, text, scale] = /^sum\(CAST\((.*) AS DECIMAL\(\d+,(\d+)\)\)\)$/s.exec(sum) ?? [];
  if (text === undefined) return sum;
  const point = `strpos(${text}, '.')`;
  const most = `max(CASE WHEN ${point} = 0 THEN 0 ELSE strlen(${text}) - ${point} + 1 END)`;
  return `left((${sum})::VARCHAR, strlen((${sum})::VARCHAR) - ${Number(scale) > 0 ? Number(scale) + 1 : 0} + ${most})`;
}

/** A column in the form of its type that the decoder reads. */
function plain(type: FieldType, native: string, sql: string): string {
  if (type === "text" && native !== "VARCHAR") return `(${sql})::VARCHAR`;
  if (type === "datetime" && native !== "TIMESTAMP") return `(${sql})::TIMESTAMP`;
  return sql;
}

/** An expression as JSON, or nothing where it holds something else. */
function json(expression: ScalarExpression, sql: string): string {
  if (expression.kind !== "column") return sql;
  if (!isJsonText(expression.native)) return `(${jsonOf(expression.native, sql)})::JSON`;
  return `CASE WHEN json_valid(${sql}) THEN ${sql} END`;
}

function of(expression: ScalarExpression): ScalarExpression {
  return expression.kind === "keys" ? expression.of : expression;
}

/** The member of an object, by a JSON pointer (RFC 6901), which would also take a number for a place in an array. */
function member(object: string, key: string): string {
  const pointer = literal(`/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`);
  const found = `json_extract(${object}, ${pointer})`;
  return /^(?:\d+|-|)$/.test(key) ? `CASE WHEN json_type(${object}) = 'OBJECT' THEN ${found} END` : found;
}

const MOST_DIGITS = 38;

/** A value of a query; a decimal in the column's own scale where it fits. */
function valueLiteral({ type: its, text }: Value, type: FieldType, native: string | null): string {
  switch (type === "any" ? its : type) {
    case "integer":
    case "decimal":
      return decimalLiteral(text, native);
    case "float":
      return `CAST(${literal(text)} AS ${native === "FLOAT" ? "FLOAT" : "DOUBLE"})`;
    case "boolean":
      return text === "true" ? "true" : "false";
    case "date":
      return `CAST(${literal(duckdbYear(text))} AS DATE)`;
    case "time":
      return `CAST(${literal(text)} AS TIME)`;
    case "datetime":
      return `CAST(${literal(duckdbMoment(text))} AS TIMESTAMP)`;
    case "instant":
      return `CAST(${literal(duckdbMoment(text))} AS TIMESTAMPTZ)`;
    case "uuid":
      return `CAST(${literal(text)} AS UUID)`;
    case "binary":
      return `from_base64(${literal(text)})`;
    default:
      return literal(text);
  }
}

/**
 * A number as DuckDB can compare it with the column: it has at most 38 digits for both together. A number beyond all
 * that the column holds becomes one that is beyond them too; one between two that it can hold stays between.
 */
function decimalLiteral(text: string, native: string | null): string {
  const [, sign = "", whole = "", fraction = ""] = /^(-?)0*(\d*)\.?(\d*?)0*$/.exec(text) ?? [];
  const [, width, its] = /^DECIMAL\((\d+),(\d+)\)/.exec(native ?? "") ?? [];
  // Integers have up to 39 digits; of a sum, nobody knows.
  const scale = its !== undefined ? Number(its) : native === null || native === EXACT_SUM ? fraction.length : 0;
  const room = width === undefined ? MOST_DIGITS - scale : Number(width) - scale;
  if (whole.length > room) {
    if (room + scale < MOST_DIGITS) return decimal(sign, `1${"0".repeat(room)}`, "");
    return native === "HUGEINT" || native === "UHUGEINT"
      ? `${sign}${whole}::${native}`
      : decimal(sign, "9".repeat(room), "9".repeat(scale));
  }
  return decimal(sign, whole, fraction.length <= scale ? fraction : `${fraction.slice(0, scale)}5`);
}

function decimal(sign: string, whole: string, fraction: string): string {
  const width = Math.max(1, whole.length + fraction.length);
  return `CAST('${sign}${whole === "" ? "0" : whole}${fraction === "" ? "" : `.${fraction}`}' AS DECIMAL(${Math.min(MOST_DIGITS, width)},${fraction.length}))`;
}

/** DuckDB takes signs of years with `-`, and none before years past 9999. */
function duckdbYear(text: string): string {
  return text.startsWith("+") ? text.slice(1) : text;
}

/** The last year that DuckDB has as a whole: a date of a query may lie up to thirty years later. */
const LAST_YEAR = 294_246;

/** A moment as DuckDB reads it; one past all that it has becomes one that nothing is after. */
function duckdbMoment(text: string): string {
  const isLater = Number(/^\+(\d+)/.exec(text)?.[1] ?? 0) > LAST_YEAR;
  return isLater ? `${LAST_YEAR}-12-31T23:59:59.999999${text.endsWith("Z") ? "Z" : ""}` : duckdbYear(text);
}
