// A filter of the form as the query language has it, with the place of each item in it.
import type { Condition, Group, Item } from "./model.ts";
import { valuesOf } from "./operators.ts";

export interface Written {
  /** Undefined where nothing is asked. */
  readonly where: unknown;
  /** JSON pointers by the ids of items; those that are not complete yet have none. */
  readonly places: ReadonlyMap<number, string>;
}

export function writeWhere(group: Group): Written {
  const places = new Map<number, string>();
  const where = writeGroup(group, "", places);
  return { where, places };
}

export function isComplete({ path, asked, value }: Condition): boolean {
  if (path === "") return false;
  const given = (it: unknown): boolean => it !== undefined && it !== "" && it !== null;
  switch (valuesOf(asked)) {
    case "none":
      return true;
    case "one":
      return given(value);
    case "two":
      return Array.isArray(value) && given(value[0]) && given(value[1]);
    case "many":
      return Array.isArray(value) && value.length > 0;
  }
}

function isAsked(item: Item): boolean {
  return item.kind === "group" ? item.items.some(isAsked) : item.kind === "raw" || isComplete(item);
}

function writeItem(item: Item, at: string, places: Map<number, string>): unknown {
  if (item.kind === "group") return writeGroup(item, at, places);
  if (item.kind === "raw") {
    places.set(item.id, at);
    return item.json;
  }
  places.set(item.id, `${at}/${escaped(item.path)}`);
  return { [item.path]: writeCondition(item) };
}

function writeGroup({ id, joined, items }: Group, at: string, places: Map<number, string>): unknown {
  places.set(id, at);
  const asked = items.filter(isAsked);
  if (asked.length === 0) return undefined;
  if (asked.length === 1 && joined !== "none") return writeItem(asked[0]!, at, places);
  const paths = asked.map((it) => (it.kind === "condition" ? it.path : null));
  if (joined === "all" && !paths.includes(null) && new Set(paths).size === paths.length) {
    return Object.assign({}, ...asked.map((it) => writeItem(it, at, places))) as unknown;
  }
  const name = { all: "$and", any: "$or", none: "$nor" }[joined];
  return { [name]: asked.map((it, n) => writeItem(it, `${at}/${name}/${n}`, places)) };
}

function writeCondition({ asked, value, matchCase }: Condition): unknown {
  const text = (operator: string): object => ({ [operator]: value, ...(matchCase ? {} : { $options: "i" }) });
  switch (asked) {
    case "is":
      return typeof value === "object" ? { $eq: value } : value;
    case "isNot":
      return { $ne: value };
    case "contains":
      return text("$contains");
    case "notContains":
      return { $not: text("$contains") };
    case "startsWith":
      return text("$startsWith");
    case "notStartsWith":
      return { $not: text("$startsWith") };
    case "matches":
      return text("$regex");
    case "between":
      return { $gte: (value as readonly unknown[])[0], $lte: (value as readonly unknown[])[1] };
    case "in":
      return { $in: value };
    case "notIn":
      return { $nin: value };
    case "hasAll":
      return { $all: value };
    case "missing":
      return { $exists: false };
    case "present":
      return { $exists: true };
    default:
      return { [`$${asked}`]: value };
  }
}

/** A step of a JSON pointer (RFC 6901). */
function escaped(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}
