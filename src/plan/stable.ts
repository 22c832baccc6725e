// Where the field of a template's column is now: by its path, or by its stable id where it was renamed (DS6).
import type { Catalog, ObjectType } from "../catalog/types.ts";
import { inputError, WaybillError } from "../lib/errors.ts";
import { child } from "../lib/pointer.ts";
import { sentence } from "../lib/sentence.ts";
import { type ReadAccess, type ResolvedPath, resolvePath } from "../query/field-path.ts";
import type { TemplateColumn } from "../template/template.ts";
import type { ColumnNote } from "./plan.ts";

type FoundField = Extract<ResolvedPath, { kind: "field" }>;

/** A field, or null for one that is no more; and what became of it. */
export interface StableField {
  readonly found: FoundField | null;
  readonly note: ColumnNote["note"] | null;
  /** What it was called, or of which type it was, before. */
  readonly before?: string;
}

/**
 * Finds the field of a column.
 * @throws inputError for a field that never was
 */
export function stableField(
  column: TemplateColumn,
  path: string,
  object: ObjectType,
  catalog: Catalog,
  pointer: string,
  access: ReadAccess,
): StableField {
  const place = child(pointer, "field");
  const byPath = attempt(() => fieldAt(path, object, catalog, place, access));
  const now = byPath instanceof WaybillError ? null : byPath;
  const isSame = now !== null && (column.id === null || now.field.id === undefined || now.field.id === column.id);
  if (isSame) return typeChange(now, column);
  const { end, through, rest } = walk(path, object, catalog, access);
  const id = column.id ?? `${end.name}.${rest}`;
  const renamed = end.fields.find((it) => it.id === id && it.hidden !== true);
  if (renamed !== undefined) {
    const found = fieldAt([...through, renamed.name].join("."), object, catalog, place, access);
    const { note, before } = typeChange(found, column);
    return { found, note: note ?? "renamed", before: before ?? path };
  }
  if (end.former?.some((it) => it.id === id || (column.id === null && it.name === rest)) === true) {
    return { found: null, note: "removed" };
  }
  if (byPath instanceof WaybillError) throw byPath;
  // The path leads to another field than the one that was pinned, of which nothing is known here.
  throw inputError(
    "unknown-field",
    place,
    sentence`"${path}" is not the field that the template was made with (${id}).`,
    sentence`Take out "id" if this is the field that is meant.`,
  );
}

function typeChange(found: FoundField, { type }: TemplateColumn): StableField {
  const now = found.keys.length > 0 ? "json" : found.field.type;
  return type === null || type === now ? { found, note: null } : { found, note: "type-changed", before: type };
}

/** @throws inputError when the path leads to no field */
function fieldAt(path: string, object: ObjectType, catalog: Catalog, pointer: string, access: ReadAccess): FoundField {
  const found = resolvePath(path, object, catalog, pointer, access);
  if (found.kind === "field") return found;
  throw inputError(
    "column-not-suited",
    pointer,
    found.kind === "list"
      ? sentence`"${path}" is a list, of which one field has to be named.`
      : sentence`"${path}" is a reference, of which one field has to be named.`,
    found.kind === "list"
      ? sentence`Put it under "lists" with columns of its own.`
      : sentence`Name a field, as "${path}.${titleOf(found.object)}".`,
  );
}

function titleOf(object: ObjectType): string {
  return object.roles?.title ?? object.key[0] ?? object.fields[0]?.name ?? "id";
}

/** The references of a path, and what is left after them. */
function walk(
  path: string,
  object: ObjectType,
  catalog: Catalog,
  access: ReadAccess,
): { end: ObjectType; through: readonly string[]; rest: string } {
  const steps = path.split(".");
  for (let n = steps.length - 1; n > 0; n--) {
    const found = attempt(() => resolvePath(steps.slice(0, n).join("."), object, catalog, "", access));
    if (found instanceof WaybillError || found.kind !== "reference") continue;
    return { end: found.object, through: [...found.through, found.reference.name], rest: steps.slice(n).join(".") };
  }
  return { end: object, through: [], rest: path };
}

function attempt<T>(what: () => T): T | WaybillError {
  try {
    return what();
  } catch (error) {
    if (error instanceof WaybillError) return error;
    throw error;
  }
}
