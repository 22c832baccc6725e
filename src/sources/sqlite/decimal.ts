// Exact decimals as a whole number and a scale, for sums and comparisons of decimals that SQLite keeps as text.

import { plainDecimal } from "../../lib/decimal-text.ts";

/** `digits / 10^scale`. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/** The decimal that a stored value is, or null. Doubles are taken by their shortest text. */
export function decimalOf(value: unknown): Decimal | null {
  if (typeof value === "bigint") return { digits: value, scale: 0 };
  const parts = DECIMAL.exec(
    typeof value === "number" ? (plainDecimal(String(value)) ?? "") : typeof value === "string" ? value : "",
  );
  if (parts === null) return null;
  const [, sign, whole = "", fraction = ""] = parts;
  return { digits: BigInt(`${sign}${whole}${fraction}`), scale: fraction.length };
}

/** The sum, where null is nothing to add. */
export function addDecimals(a: Decimal | null, b: Decimal | null): Decimal | null {
  if (a === null || b === null) return a ?? b;
  const scale = Math.max(a.scale, b.scale);
  return { digits: atScale(a, scale) + atScale(b, scale), scale };
}

/** The quotient rounded to thirty decimals and then to a double, as the PostgreSQL dialect does it. */
export function meanOf(sum: Decimal, count: bigint): number {
  const wide = atScale(sum, Math.max(30, sum.scale));
  const quotient = (2n * wide + (wide < 0n ? -count : count)) / (2n * count);
  return Number(decimalText({ digits: quotient, scale: Math.max(30, sum.scale) }));
}

/** Text whose code points sort as the values do: sign, length of the whole part, digits; inverted when negative. */
export function decimalKey(decimal: Decimal): string {
  const [whole = "", fraction = ""] = decimalText({ digits: abs(decimal.digits), scale: decimal.scale }).split(".");
  const significant = whole.replace(/^0+/, "");
  const key = `${String(significant.length).padStart(6, "0")}${significant}.${fraction.replace(/0+$/, "")}`;
  if (decimal.digits >= 0n) return `1${key}`;
  // Nines' complement, closed by a character above every digit, since a longer fraction is then the smaller number.
  return `0${key.replace(/\d/g, (digit) => String(9 - Number(digit)))}~`;
}

/** The digits with the decimal point in its place. */
export function decimalText({ digits, scale }: Decimal): string {
  const sign = digits < 0n ? "-" : "";
  const all = abs(digits)
    .toString()
    .padStart(scale + 1, "0");
  return scale === 0 ? `${sign}${all}` : `${sign}${all.slice(0, -scale)}.${all.slice(-scale)}`;
}

function atScale(decimal: Decimal, scale: number): bigint {
  return decimal.digits * 10n ** BigInt(scale - decimal.scale);
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}
