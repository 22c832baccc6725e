// A condition of the query language as the form has it. What the form has no fields for stays as it is.
import { type Condition, emptyGroup, freshId, type Group, type Item, type Joined } from "./model.ts";
import type { Asked } from "./operators.ts";

type Members = Readonly<Record<string, unknown>>;

const JOINED: Readonly<Record<string, Joined>> = { $and: "all", $or: "any", $nor: "none" };
const SIMPLE: Readonly<Record<string, Asked>> = {
  $eq: "is",
  $ne: "isNot",
  $gt: "gt",
  $gte: "gte",
  $lt: "lt",
  $lte: "lte",
  $in: "in",
  $nin: "notIn",
  $all: "hasAll",
  $size: "size",
};
const TEXTUAL: Readonly<Record<string, Asked>> = {
  $contains: "contains",
  $startsWith: "startsWith",
  $regex: "matches",
};
const NEGATED: Readonly<Record<string, Asked>> = { contains: "notContains", startsWith: "notStartsWith" };

export function readWhere(where: unknown): Group {
  const items = readAll(where);
  const [only] = items;
  return items.length === 1 && only?.kind === "group" ? only : emptyGroup("all", items);
}

/** Items that must all hold. */
function readAll(where: unknown): readonly Item[] {
  if (where === undefined) return [];
  if (!isMembers(where)) return [raw(where)];
  return Object.entries(where).flatMap(([name, value]) => {
    const joined = JOINED[name];
    if (joined !== undefined && Array.isArray(value)) return [emptyGroup(joined, value.map(readOne))];
    if (name === "$not" && isMembers(value)) return [emptyGroup("none", [readOne(value)])];
    return name.startsWith("$") ? [raw({ [name]: value })] : readField(name, value);
  });
}

function readOne(where: unknown): Item {
  const items = readAll(where);
  return items.length === 1 ? items[0]! : emptyGroup("all", items);
}

function readField(path: string, value: unknown): readonly Item[] {
  const make = (asked: Asked, its?: unknown, matchCase = false): Condition => {
    return { kind: "condition", id: freshId(), path, asked, value: its, matchCase };
  };
  if (value === null) return [make("missing")];
  if (!isMembers(value)) return Array.isArray(value) ? [raw({ [path]: value })] : [make("is", value)];
  const names = Object.keys(value).toSorted().join(" ");
  if (names === "$gte $lte") return [make("between", [value["$gte"], value["$lte"]])];
  if (names === "$not" && isMembers(value["$not"])) {
    const text = readText(value["$not"]);
    const negated = text === null ? undefined : NEGATED[text.asked];
    return negated === undefined || text === null
      ? [raw({ [path]: value })]
      : [make(negated, text.value, text.matchCase)];
  }
  const text = readText(value);
  if (text !== null) return [make(text.asked, text.value, text.matchCase)];
  const all = Object.entries(value).map(([operator, its]) => {
    if (operator === "$exists" && typeof its === "boolean") return make(its ? "present" : "missing");
    if (operator === "$eq" && its === null) return make("missing");
    if (operator === "$ne" && its === null) return make("present");
    const asked = SIMPLE[operator];
    return asked === undefined ? null : make(asked, its);
  });
  const known = all.filter((it) => it !== null);
  return known.length === all.length && known.length > 0 ? known : [raw({ [path]: value })];
}

function readText(value: Members): Pick<Condition, "asked" | "value" | "matchCase"> | null {
  const { $options: options, ...rest } = value;
  const entries = Object.entries(rest);
  const [operator, text] = entries[0] ?? [];
  const asked = operator === undefined ? undefined : TEXTUAL[operator];
  if (entries.length !== 1 || asked === undefined || typeof text !== "string") return null;
  if (options !== undefined && options !== "i") return null;
  return { asked, value: text, matchCase: options === undefined };
}

function raw(json: unknown): Item {
  return { kind: "raw", id: freshId(), json };
}

function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
