// What people ask of a field, and how the query language says it.

export const ASKED = [
  "is",
  "isNot",
  "contains",
  "notContains",
  "startsWith",
  "notStartsWith",
  "gt",
  "gte",
  "lt",
  "lte",
  "between",
  "in",
  "notIn",
  "matches",
  "hasAll",
  "size",
  "missing",
  "present",
] as const;
export type Asked = (typeof ASKED)[number];

/** What each needs of the operators that a field has. */
const NEEDS: Readonly<Record<Asked, string>> = {
  is: "$eq",
  isNot: "$ne",
  contains: "$contains",
  notContains: "$contains",
  startsWith: "$startsWith",
  notStartsWith: "$startsWith",
  gt: "$gt",
  gte: "$gte",
  lt: "$lt",
  lte: "$lte",
  between: "$gte",
  in: "$in",
  notIn: "$nin",
  matches: "$regex",
  hasAll: "$all",
  size: "$size",
  missing: "$exists",
  present: "$exists",
};

/** Which of them suit a field, the likeliest first. */
export function askedOf({
  type,
  labels,
  operators,
}: {
  readonly type: string;
  readonly labels: unknown;
  readonly operators: readonly string[];
}): readonly Asked[] {
  const suited = ASKED.filter((it) => operators.includes(NEEDS[it]));
  // The order of codes says nothing, and of two truth values one is enough.
  if (labels !== null) return suited.filter((it) => !["gt", "gte", "lt", "lte", "between"].includes(it));
  if (type === "boolean") return suited.filter((it) => !["isNot", "in", "notIn"].includes(it));
  const likeliest: Asked | null =
    type === "text" && suited.includes("contains") ? "contains" : isMoment(type) ? "gte" : null;
  return likeliest === null ? suited : [likeliest, ...suited.filter((it) => it !== likeliest)];
}

function isMoment(type: string): boolean {
  return type === "date" || type === "datetime" || type === "instant";
}

/** How many values it takes. */
export function valuesOf(asked: Asked): "none" | "one" | "two" | "many" {
  if (asked === "missing" || asked === "present") return "none";
  if (asked === "between") return "two";
  return asked === "in" || asked === "notIn" || asked === "hasAll" ? "many" : "one";
}

export function mindsCase(asked: Asked): boolean {
  return ["contains", "notContains", "startsWith", "notStartsWith", "matches"].includes(asked);
}

/** The key of its words: moments are before and after, numbers less and greater. */
export function wordOf(asked: Asked, type: string): Asked | "after" | "onOrAfter" | "before" | "onOrBefore" {
  if (!isMoment(type)) return asked;
  const words = { gt: "after", gte: "onOrAfter", lt: "before", lte: "onOrBefore" } as const;
  return asked in words ? words[asked as keyof typeof words] : asked;
}
