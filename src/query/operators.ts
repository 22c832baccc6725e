// The operators of the query language, and the types that each suits.
import type { FieldType } from "../catalog/types.ts";
import { inputError } from "../lib/errors.ts";
import { sentence } from "../lib/sentence.ts";
import { suggest } from "../lib/suggest.ts";

export const OPERATORS = [
  "$eq",
  "$ne",
  "$gt",
  "$gte",
  "$lt",
  "$lte",
  "$in",
  "$nin",
  "$exists",
  "$regex",
  "$contains",
  "$startsWith",
  "$size",
  "$all",
  "$elemMatch",
  "$not",
] as const;
export type Operator = (typeof OPERATORS)[number];

const ORDERED: readonly FieldType[] = [
  "text",
  "integer",
  "decimal",
  "float",
  "date",
  "time",
  "datetime",
  "instant",
  "json",
  "any",
];
const EQUAL: readonly FieldType[] = [...ORDERED, "boolean", "uuid", "binary"];
const TEXTUAL: readonly FieldType[] = ["text", "json", "any"];
const ARRAYS: readonly FieldType[] = ["array", "json"];

/** Which types an operator suits; `$exists` and `$not` suit all. */
export const SUITED: Readonly<Record<Exclude<Operator, "$exists" | "$not">, readonly FieldType[]>> = {
  $eq: EQUAL,
  $ne: EQUAL,
  $in: EQUAL,
  $nin: EQUAL,
  $gt: ORDERED,
  $gte: ORDERED,
  $lt: ORDERED,
  $lte: ORDERED,
  $regex: TEXTUAL,
  $contains: TEXTUAL,
  $startsWith: TEXTUAL,
  $size: ARRAYS,
  $all: ARRAYS,
  $elemMatch: ARRAYS,
};

export const SIGNS = { $gt: ">", $gte: ">=", $lt: "<", $lte: "<=" } as const;

export function isOperator(name: string): name is Operator {
  return (OPERATORS as readonly string[]).includes(name);
}

export function unknownOperator(name: string, pointer: string, known: readonly string[]): Error {
  return inputError("unknown-operator", pointer, sentence`There is no operator ${name} here.`, suggest(name, known));
}
