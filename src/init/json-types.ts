// The types of values inside of JSON, as a sample of them suggests.
import type { DeclaredType } from "../config/config.ts";

/** A number with its digits as they were written. */
export class JsonNumber {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  /** Inside of a document that is written again. */
  toJSON(): number {
    return Number(this.source);
  }
}

/** Parses JSON; numbers keep their digits. */
export function parseExactly(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown, context?: { source: string }) => {
    return typeof value === "number" ? new JsonNumber(context?.source ?? String(value)) : value;
  });
}

const TEXTS: readonly (readonly [DeclaredType, RegExp])[] = [
  ["date", /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/],
  [
    "datetime",
    /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?$/,
  ],
  [
    "instant",
    /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)$/,
  ],
  ["time", /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?$/],
  ["uuid", /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i],
];

/** The type of one value that is neither missing, an array nor an object. */
export function scalarType(value: unknown): DeclaredType {
  if (typeof value === "boolean") return "boolean";
  if (value instanceof JsonNumber) return numberType(value.source);
  if (typeof value === "string") return TEXTS.find(([, pattern]) => pattern.test(value))?.[0] ?? "text";
  return "json";
}

function numberType(source: string): DeclaredType {
  if (/^-?\d+$/.test(source)) return "integer";
  // Seventeen digits are what is left of a binary fraction.
  return /e/i.test(source) || source.replace(/[-.]|^-?0\.0*/g, "").length > 15 ? "float" : "decimal";
}

/** The type that holds all of several; null for none. */
export function commonType(types: ReadonlySet<DeclaredType>): DeclaredType | null {
  const all = [...types];
  if (all.length <= 1) return all[0] ?? null;
  if (all.includes("json")) return "json";
  const isNumeric = all.every((type) => type === "integer" || type === "decimal" || type === "float");
  if (isNumeric) return all.includes("float") ? "float" : "decimal";
  return "text";
}
