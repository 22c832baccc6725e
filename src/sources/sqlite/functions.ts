// SQL functions of our own: what SQLite lacks to compare, match and sum by the meaning of CONTRACT section 3.
import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import { RE2JS } from "re2js";
import type { FieldType } from "../../catalog/types.ts";
import { zoneNamed, type Zone } from "../../cells/zone.ts";
import { TIME_SIZE, writeDate } from "../../cells/times.ts";
import { addDecimals, decimalOf, decimalText, meanOf, type Decimal } from "./decimal.ts";
import { comparisonKey, timeOf } from "./keys.ts";

type SqlValue = SQLOutputValue;

/** Defines the functions that the dialect calls. */
export function defineFunctions(database: DatabaseSync): void {
  const options = { deterministic: true, directOnly: true, useBigIntArguments: true };
  database.function("waybill_key", options, (type, value) => comparisonKey(type as FieldType, value));
  database.function("waybill_match", options, (pattern, text) => matches(pattern as string, text));
  database.function("waybill_date_part", options, (part, zone, value) =>
    datePart(part as string, zone as string, value),
  );
  accumulate<Decimal | null>(database, "waybill_sum", {
    start: () => null,
    step: (sum, value) => addDecimals(sum, decimalOf(value)),
    result: (sum) => (sum === null ? null : decimalText(sum)),
  });
  accumulate<{ sum: Decimal | null; count: bigint }>(database, "waybill_mean", {
    start: () => ({ sum: null, count: 0n }),
    step(mean, value) {
      const decimal = decimalOf(value);
      return decimal === null ? mean : { sum: addDecimals(mean.sum, decimal), count: mean.count + 1n };
    },
    result: ({ sum, count }) => (sum === null ? null : meanOf(sum, count)),
  });
  for (const [name, isBetter] of [
    ["waybill_min", (key: Key, best: Key) => key < best],
    ["waybill_max", (key: Key, best: Key) => key > best],
  ] as const) {
    accumulate<{ key: Key; value: SqlValue } | null>(database, name, {
      start: () => null,
      step(best, type, value) {
        const key = comparisonKey(type as FieldType, value);
        return key !== null && (best === null || isBetter(key, best.key)) ? { key, value } : best;
      },
      result: (best) => best?.value ?? null,
    });
  }
}

type Key = bigint | string;

/** Defines an aggregate whose state is any JavaScript value, which node:sqlite allows and its types do not say. */
function accumulate<T>(
  database: DatabaseSync,
  name: string,
  steps: { start: () => T; step: (state: T, ...values: SqlValue[]) => T; result: (state: T) => SqlValue },
): void {
  const options = { ...steps, directOnly: true, useBigIntArguments: true };
  database.aggregate(name, options as unknown as Parameters<DatabaseSync["aggregate"]>[1]);
}

const patterns = new Map<string, RE2JS>();

/**
 * Whether text matches a pattern of the common subset (query/pattern.ts); null for a missing text. RE2 takes time in
 * proportion to the text, where the runtime's own engine can take forever on patterns such as `(a+)+$`.
 */
function matches(pattern: string, text: SqlValue): number | null {
  if (text === null) return null;
  let compiled = patterns.get(pattern);
  if (compiled === undefined) {
    compiled = RE2JS.compile(pattern, RE2JS.DOTALL);
    patterns.set(pattern, compiled);
  }
  return compiled.test(String(text)) ? 1 : 0;
}

const zones = new Map<string, Zone | null>();
const part = new Uint8Array(TIME_SIZE);
const LENGTH_FROM_END: Readonly<Record<string, number>> = { year: 6, month: 3, day: 0 };

/** `2024`, `2024-05` or `2024-05-01` of a date, or of an instant in a zone. */
function datePart(name: string, zoneName: string, value: SqlValue): string | null {
  const time = timeOf(value);
  if (time === null) return null;
  let { seconds } = time;
  if (time.instant) {
    let zone = zones.get(zoneName);
    if (zone === undefined) {
      zone = zoneNamed(zoneName);
      zones.set(zoneName, zone);
    }
    seconds += zone?.offsetAt(seconds) ?? 0;
  }
  const end = writeDate(part, 0, Math.floor(seconds / 86_400));
  return Buffer.from(part.subarray(0, end - (LENGTH_FROM_END[name] ?? 0))).toString("latin1");
}
