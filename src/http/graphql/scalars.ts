// Scalars that GraphQL lacks. Values come as the text, number or JSON that they go out as.
import { type ConstValueNode, GraphQLFloat, GraphQLInt, GraphQLScalarType, Kind, valueFromASTUntyped } from "graphql";

const AT = "https://datatracker.ietf.org/doc/html/";

/** What a database holds in spite of a field's type is a text all the same. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" ? String(value) : JSON.stringify(value);
}

/** A text of a certain form; what a database holds in spite of its type goes out as it is. */
function text(name: string, description: string, specifiedByURL?: string): GraphQLScalarType<string, unknown> {
  const coerce = (value: unknown): string => {
    if (typeof value === "string") return value;
    throw new TypeError(`${name} is written as a string.`);
  };
  return new GraphQLScalarType<string, unknown>({
    name,
    description,
    ...(specifiedByURL === undefined ? {} : { specifiedByURL }),
    coerceOutputValue: textOf,
    coerceInputValue: coerce,
    coerceInputLiteral: (node) => coerce(node.kind === Kind.STRING ? node.value : null),
  });
}

export const BigInteger = text("BigInt", "A whole number of any size, as a string of digits.");
export const Decimal = text("Decimal", "A decimal number with every digit that is stored, as a string: `12.50`.");
export const CalendarDate = text("Date", "A date: `2024-05-01`.", `${AT}rfc3339`);
export const Time = text("Time", "A time of day: `12:34:56.789`.", `${AT}rfc3339`);
export const LocalDateTime = text("LocalDateTime", "A date and time without a zone: `2024-05-01T12:34:56`.");
export const DateTime = text(
  "DateTime",
  "A point in time: `2024-05-01T12:34:56Z`. One without a zone is meant in the organisation's.",
  `${AT}rfc3339`,
);
export const Uuid = text("UUID", "A UUID, in lower case with hyphens.", `${AT}rfc9562`);
export const Base64 = text("Base64", "Bytes, as base64 with padding.", `${AT}rfc4648`);

export const Json = new GraphQLScalarType<unknown, unknown>({
  name: "JSON",
  description: "JSON of any form. Numbers have all digits that are stored: some readers round them.",
  specifiedByURL: `${AT}rfc8259`,
  coerceOutputValue: (value) => value,
});

export const Where = new GraphQLScalarType<unknown, unknown>({
  name: "Where",
  description:
    'A condition, as everywhere in Waybill: `{"depth": {"$gt": 2}}`. An object as a variable, or a string of JSON, since names in ' +
    "GraphQL have no `$`. It names fields as the catalog does.",
  coerceOutputValue: (value) => value,
  coerceInputValue: (value) => (typeof value === "string" ? parsed(value) : value),
  coerceInputLiteral: whereLiteral,
});

function whereLiteral(node: ConstValueNode): unknown {
  return node.kind === Kind.STRING ? parsed(node.value) : valueFromASTUntyped(node);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // GraphQL says where.
    throw new TypeError("The condition is no valid JSON.");
  }
}

/** All that there are. */
export const SCALARS: readonly GraphQLScalarType[] = [
  GraphQLInt,
  GraphQLFloat,
  BigInteger,
  Decimal,
  CalendarDate,
  Time,
  LocalDateTime,
  DateTime,
  Uuid,
  Base64,
  Json,
  Where,
];
