// What each column becomes: Parquet's physical and logical types
// (https://github.com/apache/parquet-format/blob/master/LogicalTypes.md).
import type { ColumnShape } from "../../cells/row-writer.ts";

/** Physical types, as parquet.thrift numbers them. */
export const Physical = { boolean: 0, int32: 1, int64: 2, double: 5, byteArray: 6, fixed: 7 } as const;
export type Physical = (typeof Physical)[keyof typeof Physical];

/** What values mean beyond their physical type; `none` where there is nothing to add. */
export type Logical =
  | { readonly kind: "none" | "string" | "integer" | "date" | "time" | "json" | "uuid" }
  | { readonly kind: "timestamp"; readonly utc: boolean }
  | { readonly kind: "decimal"; readonly precision: number; readonly scale: number };

/** The type of a column. */
export interface ParquetType {
  readonly physical: Physical;
  /** Bytes of a value of physical type `fixed`. */
  readonly size?: number;
  readonly logical: Logical;
}

/** The most digits of a decimal: as many as readers hold. */
const MAX_PRECISION = 38;

/** The type that a column becomes. */
export function parquetType({ type, native }: ColumnShape): ParquetType {
  switch (type) {
    case "integer":
      return { physical: Physical.int64, logical: { kind: "integer" } };
    case "decimal":
      return decimalType(native ?? "");
    case "float":
      return { physical: Physical.double, logical: { kind: "none" } };
    case "boolean":
      return { physical: Physical.boolean, logical: { kind: "none" } };
    case "date":
      return { physical: Physical.int32, logical: { kind: "date" } };
    case "time":
      return { physical: Physical.int64, logical: { kind: "time" } };
    case "datetime":
    case "instant":
      return { physical: Physical.int64, logical: { kind: "timestamp", utc: type === "instant" } };
    case "uuid":
      return { physical: Physical.fixed, size: 16, logical: { kind: "uuid" } };
    case "binary":
      return { physical: Physical.byteArray, logical: { kind: "none" } };
    case "json":
    case "array":
      return { physical: Physical.byteArray, logical: { kind: "json" } };
    case "text":
    case "any":
      return { physical: Physical.byteArray, logical: { kind: "string" } };
  }
}

const DECIMAL = /^(?:numeric|decimal|dec|number) ?\( ?(\d{1,3}) ?(?:, ?(\d{1,3}) ?)?\)(?: unsigned)?(?: zerofill)?$/i;

/** A decimal with as many digits as the database declares, or text where it declares none or more than readers hold. */
function decimalType(native: string): ParquetType {
  const declared = DECIMAL.exec(native);
  const precision = Number(declared?.[1] ?? 0);
  const scale = Number(declared?.[2] ?? 0);
  if (precision < 1 || precision > MAX_PRECISION || scale > precision) {
    return { physical: Physical.byteArray, logical: { kind: "string" } };
  }
  const logical = { kind: "decimal", precision, scale } as const;
  if (precision <= 9) return { physical: Physical.int32, logical };
  if (precision <= 18) return { physical: Physical.int64, logical };
  return { physical: Physical.fixed, size: bytesOf(precision), logical };
}

/** The fewest bytes whose two's complement holds so many digits. */
function bytesOf(precision: number): number {
  let bytes = 1;
  while (2n ** BigInt(8 * bytes - 1) <= 10n ** BigInt(precision) - 1n) bytes++;
  return bytes;
}
