// The type of a field in GraphQL, and how its values become what GraphQL takes for it.
import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLInt,
  type GraphQLOutputType,
  type GraphQLScalarType,
  GraphQLString,
} from "graphql";
import { type DeidentifyRule, type Field, type FieldType, isColumn } from "../../catalog/types.ts";
import type { JsonForm } from "../../service/records/tree.ts";
import {
  Base64,
  BigInteger,
  CalendarDate,
  DateTime,
  Decimal,
  Json,
  LocalDateTime,
  textOf,
  Time,
  Uuid,
} from "./scalars.ts";

const TYPES: Readonly<Record<FieldType, GraphQLScalarType>> = {
  text: GraphQLString,
  integer: BigInteger,
  decimal: Decimal,
  float: GraphQLFloat,
  boolean: GraphQLBoolean,
  date: CalendarDate,
  time: Time,
  datetime: LocalDateTime,
  instant: DateTime,
  uuid: Uuid,
  binary: Base64,
  json: Json,
  array: Json,
  any: Json,
};

/** Types of PostgreSQL and MariaDB that hold 32 bits or less. */
const SMALL = /^(?:(?:small|tiny|medium)int|year|int(?:eger)?\b(?!.*unsigned))/i;

/**
 * @param rule how the field is de-identified for the reader; null where it is not
 * @param keepsTypes whether the database lets no other values into a column than those of its type
 */
export function typeOf(field: Field, rule: DeidentifyRule["rule"] | null, keepsTypes: boolean): GraphQLScalarType {
  // In a namespace where the reader may know it, it is as it is.
  if (rule !== null && rule !== "shift") return GraphQLString;
  if (field.type === "integer" && keepsTypes && isColumn(field) && SMALL.test(field.native)) return GraphQLInt;
  return TYPES[field.type];
}

/** How values of a type are written. */
export function formOf(type: GraphQLOutputType): JsonForm {
  return FORMS.get(type) ?? "text";
}

const FORMS = new Map<GraphQLOutputType, JsonForm>([
  [GraphQLInt, "integer"],
  [GraphQLFloat, "float"],
  [GraphQLBoolean, "boolean"],
  [Json, "any"],
]);

/**
 * A value as its type takes it.
 * @param tell is told why there is none
 */
export function shownAs(type: GraphQLScalarType, value: unknown, tell: (detail: string) => void): unknown {
  if (value === null || value === undefined) return null;
  if (type === GraphQLString) return textOf(value);
  if (type === GraphQLInt) return fits(toNumber(value), isSmall, "is no whole number of 32 bits", tell);
  if (type === GraphQLFloat) return fits(toNumber(value), Number.isFinite, "is no number that JSON has", tell);
  if (type === GraphQLBoolean) return fits(value, (it) => typeof it === "boolean", "is neither true nor false", tell);
  return value;
}

function fits<T>(value: T, does: (value: T) => boolean, else_: string, tell: (detail: string) => void): T | null {
  if (does(value)) return value;
  tell(`A value that ${else_} is null here.`);
  return null;
}

function toNumber(value: unknown): number {
  if (typeof value === "number") return value;
  return typeof value === "string" && value.trim() !== "" ? Number(value) : NaN;
}

function isSmall(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) <= 2 ** 31 - 1;
}
