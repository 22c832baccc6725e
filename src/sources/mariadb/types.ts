// What MariaDB's and MySQL's types become.
import type { FieldType } from "../../catalog/types.ts";
import type { PreparedColumn } from "./prepare.ts";
import { Wire } from "./wire.ts";

const BY_NAME: Readonly<Record<string, FieldType | undefined>> = {
  tinyint: "integer",
  smallint: "integer",
  mediumint: "integer",
  int: "integer",
  integer: "integer",
  bigint: "integer",
  year: "integer",
  decimal: "decimal",
  float: "float",
  double: "float",
  date: "date",
  time: "time",
  datetime: "datetime",
  timestamp: "instant",
  uuid: "uuid",
  json: "json",
  binary: "binary",
  varbinary: "binary",
  tinyblob: "binary",
  blob: "binary",
  mediumblob: "binary",
  longblob: "binary",
};

/** Types of places, which are written as WKT. */
const GEOMETRY =
  /^(?:geometry|point|linestring|polygon|geomcollection|geometrycollection|multi(?:point|linestring|polygon))\b/;

/** The field type of a column type as information_schema writes it: `decimal(12,2) unsigned`. */
export function fieldTypeOf(native: string): FieldType {
  if (/^(?:tinyint\(1\)|bit\(1\))/.test(native)) return "boolean";
  const [name = ""] = /^[a-z0-9]+/.exec(native) ?? [];
  return BY_NAME[name] ?? "text";
}

export function isGeometry(native: string): boolean {
  return GEOMETRY.test(native);
}

/** A column type with the same meaning for a column that a query gives. */
export function nativeOf(column: PreparedColumn): string {
  const { special, type, length, scale, unsigned } = column;
  if (type === Wire.geometry) return special === "" ? "geometry" : special;
  if (special !== "") return special;
  const sign = unsigned ? " unsigned" : "";
  switch (type) {
    case Wire.tiny:
      return length === 1 ? `tinyint(1)${sign}` : `tinyint${sign}`;
    case Wire.decimal:
    case Wire.oldDecimal: {
      const precision = length - (scale > 0 ? 1 : 0) - (unsigned ? 0 : 1);
      return `decimal(${precision},${scale})${sign}`;
    }
    case Wire.bit:
      return `bit(${length})`;
    default:
      return NAMES[type] === undefined ? (column.binary ? "longblob" : "longtext") : `${NAMES[type]}${sign}`;
  }
}

const NAMES: Readonly<Record<number, string | undefined>> = {
  [Wire.short]: "smallint",
  [Wire.int24]: "mediumint",
  [Wire.long]: "int",
  [Wire.longlong]: "bigint",
  [Wire.float]: "float",
  [Wire.double]: "double",
  [Wire.year]: "year",
  [Wire.date]: "date",
  [Wire.time]: "time",
  [Wire.datetime]: "datetime",
  [Wire.timestamp]: "timestamp",
  [Wire.json]: "json",
};
