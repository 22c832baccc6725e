// MariaDB's own way of saying things, and MySQL's where it differs. Values are hexadecimal literals, which no mode of the server reads otherwise.
import type { Value } from "../../query/predicate.ts";
import type { Dialect } from "../sql/dialect.ts";
import { offsetOf } from "./offsets.ts";
import { isGeometry } from "./types.ts";

const JSON_TYPES = {
  text: "'STRING'",
  float: "'INTEGER', 'DOUBLE', 'DECIMAL', 'UNSIGNED INTEGER'",
  boolean: "'BOOLEAN'",
  null: "'NULL'",
  array: "'ARRAY'",
} as const;

/** A decimal has so many digits at most, and so many of them behind the point. */
const MAX_DIGITS = 65;
const MAX_SCALE = 38;

/** The dialect of MariaDB, or of MySQL. */
export function dialectOf(isMariaDb: boolean): Dialect {
  return isMariaDb ? mariadbDialect : mysqlDialect;
}

export const mariadbDialect: Dialect = dialect("utf8mb4_nopad_bin");
const mysqlDialect: Dialect = dialect("utf8mb4_0900_bin");

/** @param collation one that compares by code point and minds spaces at the end. */
function dialect(collation: string): Dialect {
  const exact = (sql: string): string => `CONVERT(${sql} USING utf8mb4) COLLATE ${collation}`;
  const literal = (text: string): string => `${textLiteral(text)} COLLATE ${collation}`;
  return {
    identifier,

    output(expression, sql) {
      return expression.kind === "column" && expression.type === "text" ? textOf(expression.native, sql) : sql;
    },

    comparable(type, native, sql) {
      switch (type) {
        case "text":
        case "uuid":
        case "json":
          return exact(textOf(native, sql));
        case "boolean":
          return native?.startsWith("bit") === true ? `(${sql} + 0)` : sql;
        default:
          return sql;
      }
    },
    comparableValue(value, type, native) {
      switch (type) {
        case "integer":
        case "decimal":
          return decimalLiteral(value.text);
        case "float":
          return floatLiteral(value.text, native);
        case "boolean":
          return value.text === "true" ? "1" : "0";
        case "date":
          return `CAST('${stored(value.text).slice(0, 10)}' AS DATE)`;
        case "time":
          return `CAST('${value.text}' AS TIME(6))`;
        case "datetime":
        case "instant":
          return `CAST('${stored(value.text)}' AS DATETIME(6))`;
        case "binary":
          return `X'${Buffer.from(value.text, "base64").toString("hex")}'`;
        default:
          return value.type === "float" ? floatLiteral(value.text, null) : literal(value.text);
      }
    },
    guard: () => null,
    // A collation that stands on one side holds for both, and a statement has no more room than max_allowed_packet.
    oneOf(columns, rows) {
      const valueOf = (value: Value, n: number): string => {
        const { type, native } = columns[n]!;
        if (type === "text" || type === "uuid") return keyLiteral(value.text);
        return this.comparableValue(value, type, native, []);
      };
      const names = columns.map(({ comparable }) => comparable).join(",");
      if (columns.length === 1) return `${names} IN (${rows.map(([value]) => valueOf(value!, 0)).join(",")})`;
      return `(${names}) IN (${rows.map((row) => `(${row.map(valueOf).join(",")})`).join(",")})`;
    },
    // An index has the order of the column's own collation, in which what is the same is equal too.
    indexed(type, native, sql, values) {
      if (native === null || !(type === "uuid" || (type === "text" && TEXTS.test(native)))) return null;
      // ASCII is the same in every character set that the column may have; others could be refused.
      if (!values.every(({ text }) => /^[\x20-\x7e]*$/.test(text))) return null;
      return `${sql} IN (${values.map(({ text }) => textLiteral(text)).join(", ")})`;
    },
    linked(type, native, sql, value) {
      return type === "text" ? (this.indexed?.(type, native, sql, [value]) ?? null) : null;
    },
    rowsAreValues: false,

    text: (_type, native, sql) => exact(textOf(native, sql)),
    match: (sql, pattern) => `(${sql}) REGEXP ${literal(strictPattern(pattern))}`,
    contains: (sql, text) => `LOCATE(${literal(text)}, ${sql}) > 0`,
    startsWith: (sql, text) => `LEFT(${sql}, ${[...text].length}) = ${literal(text)}`,

    jsonKeys: (_expression, sql, keys) => `JSON_EXTRACT(${sql}, ${textLiteral(jsonPath(keys))})`,
    jsonIs: (_expression, sql, type) => `(JSON_TYPE(${sql}) IN (${JSON_TYPES[type]}))`,
    jsonAs(_expression, sql, type) {
      const text = `JSON_UNQUOTE(${sql})`;
      if (type === "text") return exact(text);
      return type === "float" ? `CAST(${text} AS DOUBLE)` : `(${text} = ${textLiteral("true")})`;
    },
    arraySize: (_expression, sql) => `JSON_LENGTH(${sql})`,
    elements(_expression, sql, alias) {
      const array = `CASE WHEN JSON_TYPE(${sql}) = 'ARRAY' THEN ${sql} ELSE '[]' END`;
      return `JSON_TABLE(${array}, '$[*]' COLUMNS (n FOR ORDINALITY, v JSON PATH '$')) AS ${identifier(alias)}`;
    },
    element: (alias) => `${identifier(alias)}.v`,
    elementRow(_expression, _sql, alias) {
      const name = identifier(alias);
      return { position: `${name}.n`, value: `${name}.v` };
    },

    datePart(part, type, sql, timeZone) {
      const local = type === "instant" ? `(${sql} + INTERVAL ${offsetOf(sql, timeZone)} SECOND)` : sql;
      const format = { year: "%Y", month: "%Y-%m", day: "%Y-%m-%d" }[part];
      return `DATE_FORMAT(${local}, '${format}')`;
    },
    measure(expression, sql) {
      if (sql === null) return "COUNT(*)";
      const type = expression.of?.type ?? "integer";
      const native = expression.of?.kind === "column" ? expression.of.native : null;
      const comparable = this.comparable(type === "json" ? "float" : type, native, sql);
      switch (expression.measure) {
        case "count":
          return `COUNT(${sql})`;
        case "distinct":
          return `COUNT(DISTINCT ${type === "json" ? sql : comparable})`;
        case "sum":
          return `SUM(${sql})`;
        case "mean":
          // Thirty decimals more (div_precision_increment) make the quotient round to the same double as exact arithmetic.
          return type === "float" || type === "json" ? `AVG(${sql})` : `CAST(SUM(${sql}) / COUNT(${sql}) AS DOUBLE)`;
        case "min":
        case "max":
          return `${expression.measure === "min" ? "MIN" : "MAX"}(${comparable})`;
      }
    },

    strictGroups: false,
    nullsLast: "",
    nullsFirst: "",
    directed(sql, descending, canBeMissing) {
      // MariaDB puts missing values first, and last when descending.
      const missing = canBeMissing ? `${sql} IS NULL${descending ? " DESC" : ""}, ` : "";
      return `${missing}${sql}${descending ? " DESC" : ""}`;
    },
    limit: (count) => `LIMIT ${count}`,
  };
}

const TEXTS = /^(?:var)?char\b|^(?:tiny|medium|long)?text\b/;

function identifier(name: string): string {
  return `\`${name.replaceAll("`", "``")}\``;
}

/** Text as a literal in any mode and character set of the connection. */
function textLiteral(text: string): string {
  return `_utf8mb4 X'${Buffer.from(text, "utf8").toString("hex")}'`;
}

/** The same, but what means nothing in any of them as it is: of keys there are thousands in a statement. */
function keyLiteral(text: string): string {
  return /^[A-Za-z0-9_-]*$/.test(text) ? `_utf8mb4'${text}'` : textLiteral(text);
}

/** The text of what has none of its own on the wire. */
function textOf(native: string | null, sql: string): string {
  if (native === null) return sql;
  if (isGeometry(native)) return `ST_AsText(${sql})`;
  const bits = /^bit\((\d+)\)/.exec(native)?.[1];
  return bits === undefined ? sql : `LPAD(BIN(${sql} + 0), ${bits}, '0')`;
}

/** A number past all that the server has becomes the largest that it has. */
function decimalLiteral(text: string): string {
  if (!/\d/.test(text)) return floatLiteral(text, null);
  const [, sign = "", whole = "", fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole.length > MAX_DIGITS) return `${sign}${"9".repeat(MAX_DIGITS)}`;
  const room = Math.min(MAX_SCALE, MAX_DIGITS - whole.length);
  const rest = fraction.slice(room);
  // A digit that stays where others are cut off keeps the value from meeting one that has fewer.
  const kept = /[1-9]/.test(rest) ? fraction.slice(0, room).replace(/0$/, "1") : fraction.slice(0, room);
  return kept === "" ? `${sign}${whole}` : `${sign}${whole}.${kept}`;
}

/** There is neither NaN nor infinity in MariaDB: nothing compares with the one, everything lies within the other. */
function floatLiteral(text: string, native: string | null): string {
  const number = Number(text);
  if (Number.isNaN(number)) return "NULL";
  if (!Number.isFinite(number)) return `${number < 0 ? "-" : ""}1.7976931348623157e308`;
  const value = native?.startsWith("float") === true ? Math.fround(number) : number;
  const plain = String(value);
  return plain.includes("e") ? plain : `${plain}e0`;
}

const FIRST = "0000-01-01 00:00:00";
const LAST = "9999-12-31 23:59:59.999999";

/** Canonical text of a date as MariaDB reads it; what lies outside of its years becomes the first or the last moment. */
function stored(text: string): string {
  if (text === "infinity" || text.startsWith("+")) return LAST;
  if (text.startsWith("-")) return FIRST;
  return text.replace("T", " ").replace("Z", "");
}

/** A path to a value under keys; each is a JSON string, so that no character of it means anything else. */
function jsonPath(keys: readonly string[]): string {
  return `$${keys.map((key) => `.${JSON.stringify(key)}`).join("")}`;
}

/**
 * A pattern of the common subset (query/pattern.ts) for PCRE and ICU: there `.` leaves out line ends and `$` forgives
 * one, unless they are told.
 */
function strictPattern(pattern: string): string {
  let inside = false;
  let strict = "(?s)";
  for (let i = 0; i < pattern.length; i++) {
    const character = pattern[i]!;
    if (character === "\\") {
      strict += character + (pattern[++i] ?? "");
      continue;
    }
    if (character === "[") inside = true;
    if (character === "]") inside = false;
    strict += character === "$" && !inside ? "\\z" : character;
  }
  return strict;
}
