// Text that people type or paste, as a value of a field where it can be one.
import type { Field } from "../../catalog/types.ts";
import { WaybillError } from "../../lib/errors.ts";
import type { Value } from "../../query/predicate.ts";
import { convertValue } from "../../query/values.ts";

/** Integers past these are none of any database's columns. */
const MOST_DIGITS = 38;

/** The value that text stands for; null where it does not fit the field's type, and so equals none of its values. */
export function valueLike(text: string, { type, keys }: Pick<Field, "type" | "keys">): Value | null {
  if (type === "integer" && text.length > MOST_DIGITS) return null;
  try {
    return convertValue(text, keys === undefined ? type : "json", "", null);
  } catch (error) {
    if (error instanceof WaybillError) return null;
    throw error;
  }
}
