// DuckDB's types by name: what they are to us, and nested ones as canonical JSON (docs/types.md).
import type { FieldType } from "../../catalog/types.ts";
import { identifier, literal } from "./quote.ts";

/** A type of DuckDB as it writes it: `DECIMAL(12,2)`, `STRUCT(a INTEGER, b VARCHAR[])`. */
interface NativeType {
  /** The name without what is in brackets; `LIST` for lists and arrays. */
  readonly name: string;
  /** Of lists, maps, structs and unions: the names (empty for lists and maps) and types of the parts. */
  readonly parts: readonly { readonly name: string; readonly type: NativeType }[];
}

const FIELD_TYPES: Readonly<Record<string, FieldType | undefined>> = {
  TINYINT: "integer",
  SMALLINT: "integer",
  INTEGER: "integer",
  BIGINT: "integer",
  UTINYINT: "integer",
  USMALLINT: "integer",
  UINTEGER: "integer",
  // Past 64 bits with a sign.
  UBIGINT: "decimal",
  HUGEINT: "decimal",
  UHUGEINT: "decimal",
  DECIMAL: "decimal",
  FLOAT: "float",
  DOUBLE: "float",
  BOOLEAN: "boolean",
  DATE: "date",
  TIME: "time",
  TIMESTAMP: "datetime",
  TIMESTAMP_S: "datetime",
  TIMESTAMP_MS: "datetime",
  "TIMESTAMP WITH TIME ZONE": "instant",
  UUID: "uuid",
  BLOB: "binary",
  JSON: "json",
  STRUCT: "json",
  MAP: "json",
  UNION: "json",
};

/** What a type is to us, and the type of an array's elements. Types that are not in the list are text as DuckDB writes it. */
export function fieldTypeOf(native: string): { readonly type: FieldType; readonly element?: FieldType } {
  const { name, parts } = nativeType(native);
  if (name !== "LIST") return { type: typeNamed(name) };
  const element = fieldTypeOf(nameOf(parts[0]!.type)).type;
  return parts[0]!.type.parts.length > 0 || element === "json" ? { type: "json" } : { type: "array", element };
}

function typeNamed(name: string): FieldType {
  return FIELD_TYPES[name.startsWith("DECIMAL(") ? "DECIMAL" : name] ?? "text";
}

/** Whether DuckDB has values of a type as JSON text already. */
export function isJsonText(native: string): boolean {
  return native === "JSON" || native === "VARCHAR";
}

/** Values of a nested type as JSON, decimals with all their digits, and everything else as the text of docs/types.md. */
export function jsonOf(native: string, sql: string): string {
  return isJsonText(native) ? sql : `CASE WHEN ${sql} IS NOT NULL THEN ${memberJson(nativeType(native), sql, 0)} END`;
}

function memberJson(type: NativeType, sql: string, depth: number): string {
  return `COALESCE(${valueJson(type, sql, depth)}, 'null')`;
}

function valueJson({ name, parts }: NativeType, sql: string, depth: number): string {
  const item = `x${depth}`;
  switch (name) {
    case "LIST": {
      const element = memberJson(parts[0]!.type, item, depth + 1);
      return `'[' || array_to_string(list_transform((${sql})::${nameOf(parts[0]!.type)}[], lambda ${item}: ${element}), ',') || ']'`;
    }
    case "MAP": {
      const value = memberJson(parts[1]!.type, `${item}.value`, depth + 1);
      const member = `to_json((${item}.key)::VARCHAR)::VARCHAR || ':' || ${value}`;
      return `'{' || array_to_string(list_transform(map_entries(${sql}), lambda ${item}: ${member}), ',') || '}'`;
    }
    case "STRUCT": {
      const members = parts.map(
        (part) =>
          `${literal(`${JSON.stringify(part.name)}:`)} || ${memberJson(part.type, `(${sql}).${identifier(part.name)}`, depth)}`,
      );
      // A row whose struct is missing has members that are missing.
      return `CASE WHEN ${sql} IS NOT NULL THEN '{' || ${members.join(" || ',' || ")} || '}' END`;
    }
    case "JSON":
      return `(${sql})::VARCHAR`;
    case "FLOAT":
    case "DOUBLE":
      // JSON has no NaN: inside of an array it is written as the word.
      return `CASE WHEN isnan(${sql}) THEN '"NaN"' WHEN isinf(${sql}) THEN CASE WHEN ${sql} > 0 THEN '"Infinity"' ELSE '"-Infinity"' END ELSE regexp_replace((${sql})::VARCHAR, '\\.0$', '') END`;
    case "BLOB":
      return `'"' || base64(${sql}) || '"'`;
    case "TIMESTAMP":
    case "TIMESTAMP_S":
    case "TIMESTAMP_MS":
    case "TIMESTAMP_NS":
      return `'"' || replace((${sql})::VARCHAR, ' ', 'T') || '"'`;
    case "TIMESTAMP WITH TIME ZONE":
      return `'"' || replace((${sql})::TIMESTAMP::VARCHAR, ' ', 'T') || 'Z"'`;
    default:
      return isBare(name) ? `(${sql})::VARCHAR` : `to_json((${sql})::VARCHAR)::VARCHAR`;
  }
}

/** Whether values stand in JSON without quotes. */
function isBare(name: string): boolean {
  const type = typeNamed(name);
  return type === "integer" || type === "decimal" || type === "boolean";
}

/** Reads a type's name. */
function nativeType(text: string): NativeType {
  const [type, end] = readType(text, 0);
  if (end !== text.length) throw new Error(`cannot read the type ${text}`);
  return type;
}

/** What DuckDB calls a type; without the parameters of decimals, which are nothing to us. */
function nameOf({ name, parts }: NativeType): string {
  switch (name) {
    case "LIST":
      return `${nameOf(parts[0]!.type)}[]`;
    case "MAP":
      return `MAP(${parts.map((it) => nameOf(it.type)).join(", ")})`;
    case "STRUCT":
    case "UNION":
      return `${name}(${parts.map((it) => `${identifier(it.name)} ${nameOf(it.type)}`).join(", ")})`;
    default:
      return name;
  }
}

function readType(text: string, at: number): [type: NativeType, end: number] {
  const [word] = /^(?:TIMESTAMP WITH TIME ZONE|TIME WITH TIME ZONE|"(?:[^"]|"")*"|\w+)/.exec(text.slice(at)) ?? [""];
  let end = at + word.length;
  let type: NativeType = { name: word.replaceAll('"', "").toUpperCase(), parts: [] };
  if (text[end] === "(") {
    if (type.name === "STRUCT" || type.name === "UNION" || type.name === "MAP") {
      [type, end] = readParts(type.name, text, end + 1);
    } else {
      const close = closing(text, end);
      type = { name: `${type.name}${type.name === "DECIMAL" ? text.slice(end, close) : ""}`, parts: [] };
      end = close;
    }
  }
  for (let list = /^\[\d*\]/.exec(text.slice(end)); list !== null; list = /^\[\d*\]/.exec(text.slice(end))) {
    type = { name: "LIST", parts: [{ name: "", type }] };
    end += list[0].length;
  }
  return [type, end];
}

function readParts(name: string, text: string, at: number): [type: NativeType, end: number] {
  const parts: { name: string; type: NativeType }[] = [];
  for (;;) {
    let label = "";
    if (name !== "MAP") {
      const [word] = /^(?:"(?:[^"]|"")*"|\S+)/.exec(text.slice(at)) ?? [""];
      label = word.startsWith('"') ? word.slice(1, -1).replaceAll('""', '"') : word;
      at += word.length + 1;
    }
    const [type, end] = readType(text, at);
    parts.push({ name: label, type });
    if (text[end] !== ",") return [{ name, parts }, end + 1];
    at = end + 2;
  }
}

/** Where a bracket that opens at `at` is closed, past quoted text. */
function closing(text: string, at: number): number {
  for (let quoted = false, i = at; i < text.length; i++) {
    if (text[i] === "'") quoted = !quoted;
    else if (text[i] === ")" && !quoted) return i + 1;
  }
  return text.length;
}
