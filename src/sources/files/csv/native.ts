// What DuckDB calls the type of a column, by what its values have in common.
import { decimalNative } from "../text-types.ts";
import type { ColumnFacts } from "./column-facts.ts";
import { Form } from "./forms.ts";

/** DuckDB's names of the types of what has one form throughout. */
const NATIVE: Readonly<Record<number, string | undefined>> = {
  [Form.integer]: "BIGINT",
  [Form.boolean]: "BOOLEAN",
  [Form.date]: "DATE",
  [Form.time]: "TIME",
  [Form.datetime]: "TIMESTAMP",
  [Form.instant]: "TIMESTAMP WITH TIME ZONE",
  [Form.uuid]: "UUID",
};

/** The column's type. */
export function nativeOf(facts: ColumnFacts): string {
  if ((facts.forms & Form.decimal) !== 0 && (facts.forms & Form.text) === 0) return decimalNative(facts);
  return NATIVE[facts.forms] ?? "VARCHAR";
}
