// What was asked for, as the archive tells it: without the values of filters on de-identified fields (CONTRACT section 5).
import type { Catalog, Field, ObjectType } from "../catalog/types.ts";
import { type ResolvedPath, resolvePath } from "../query/field-path.ts";
import type { Asked } from "./plan.ts";
import type { ExportRequest } from "./request.ts";

/** Stands for a value that is not told. */
const LEFT_OUT = "(left out)";

/** The parts of a checked request that a reader of the archive wants to know. */
export function askedOf(request: ExportRequest, object: ObjectType, catalog: Catalog): Asked {
  const { object: name, where, from, to, paths, include, expand, order, limit, aggregate } = request;
  const told = where === undefined ? undefined : members(where, object, catalog);
  const parts = { object: name, where: told, from, to, paths, include, expand, order, limit, aggregate };
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as unknown as Asked;
}

type Members = Readonly<Record<string, unknown>>;

/** `{"field": …, "$and": […]}` about an object type, which was checked before. */
function members(input: unknown, object: ObjectType, catalog: Catalog): unknown {
  if (!isMembers(input)) return input;
  const told = Object.entries(input).map(([name, value]): [string, unknown] => {
    if (["$and", "$or", "$nor"].includes(name) && Array.isArray(value)) {
      return [name, value.map((it: unknown) => members(it, object, catalog))];
    }
    if (name === "$not") return [name, members(value, object, catalog)];
    return [name, about(resolvePath(name, object, catalog, ""), value, catalog)];
  });
  return Object.fromEntries(told);
}

function about(found: ResolvedPath, value: unknown, catalog: Catalog): unknown {
  if (found.kind === "field") return isSecret(found.object, found.field, found.keys) ? LEFT_OUT : value;
  if (found.kind === "reference" || !isMembers(value)) return value;
  const told = Object.entries(value).map(([operator, its]): [string, unknown] => {
    if (operator === "$elemMatch") return [operator, members(its, found.object, catalog)];
    return [operator, operator === "$not" ? about(found, its, catalog) : its];
  });
  return Object.fromEntries(told);
}

/** Whether something of a field, or of what it is in, is de-identified for anybody. */
function isSecret({ fields }: ObjectType, { column, keys = [] }: Field, further: readonly string[]): boolean {
  const inside = [...keys, ...further];
  return fields.some((it) => it.deidentify !== undefined && it.column === column && isPrefix(it.keys ?? [], inside));
}

/** Whether one of two lists of keys begins with the other. */
function isPrefix(a: readonly string[], b: readonly string[]): boolean {
  return a.every((key, n) => n >= b.length || b[n] === key);
}

function isMembers(input: unknown): input is Members {
  return typeof input === "object" && input !== null && !Array.isArray(input);
}
