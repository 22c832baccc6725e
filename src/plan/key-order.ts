// The order of keys as texts: the one in which every database gives the records that have them.
import type { FieldType } from "../catalog/types.ts";

type Compare = (a: string, b: string) => number;

/**
 * Compares keys by the canonical texts of their columns, of which there is one for each type.
 * @param types those of the key's columns
 */
export function compareKeyParts(types: readonly FieldType[]): (a: readonly string[], b: readonly string[]) => number {
  const compares = types.map(compareOf);
  return (a, b) => {
    for (const [n, compare] of compares.entries()) {
      const order = compare(a[n]!, b[n]!);
      if (order !== 0) return order;
    }
    return 0;
  };
}

function compareOf(type: FieldType): Compare {
  switch (type) {
    case "integer":
    case "decimal":
      return compareDecimals;
    case "float":
      return compareFloats;
    case "date":
    case "time":
    case "datetime":
    case "instant":
      return compareMoments;
    case "binary":
      return (a, b) => Buffer.compare(Buffer.from(a, "base64"), Buffer.from(b, "base64"));
    // In SQLite numbers come before texts.
    case "any":
      return (a, b) => Number(isText(a)) - Number(isText(b)) || (isText(a) ? compareText(a, b) : compareFloats(a, b));
    default:
      return compareText;
  }
}

/** By code point. What JavaScript compares are units of UTF-16, of which those of a pair come too early. */
function compareText(a: string, b: string): number {
  if (PAIRED.test(a) || PAIRED.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : a > b ? 1 : 0;
}

const PAIRED = /[\ud800-\udfff]/;

function isText(text: string): boolean {
  return text.trim() === "" || Number.isNaN(Number(text));
}

/** NaN comes after all numbers. */
function compareFloats(a: string, b: string): number {
  const [one, other] = [Number(a), Number(b)];
  if (Number.isNaN(one) || Number.isNaN(other)) return Number(Number.isNaN(one)) - Number(Number.isNaN(other));
  return one < other ? -1 : one > other ? 1 : 0;
}

function compareDecimals(a: string, b: string): number {
  const [one, other] = [Number(a), Number(b)];
  const isExact = Number.isSafeInteger(one) && Number.isSafeInteger(other);
  if (isExact || !Number.isFinite(one) || !Number.isFinite(other)) return compareFloats(a, b);
  const scale = Math.max(decimalsOf(a), decimalsOf(b));
  const [left, right] = [scaled(a, scale), scaled(b, scale)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function decimalsOf(text: string): number {
  const point = text.indexOf(".");
  return point === -1 ? 0 : text.length - point - 1;
}

function scaled(text: string, scale: number): bigint {
  return BigInt(text.replace(".", "") + "0".repeat(scale - decimalsOf(text)));
}

/** Years have signs where they have not four digits; what follows them is text of one form, but for its fraction. */
function compareMoments(a: string, b: string): number {
  const years = yearOf(a) - yearOf(b);
  if (years !== 0 && !Number.isNaN(years)) return years;
  const [one, other] = [afterYear(a), afterYear(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}

function yearOf(text: string): number {
  if (text.endsWith("infinity")) return text.startsWith("-") ? -Infinity : Infinity;
  return Number(/^[+-]?\d+(?=-)/.exec(text)?.[0] ?? 0);
}

/** What does not tell the zone, which is the same for all. */
function afterYear(text: string): string {
  return text.replace(/^[+-]?\d+(?=-)/, "").replace(/Z$/, "");
}
