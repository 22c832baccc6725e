// Dotted paths through references, lists and JSON keys, resolved against the catalog.
import { TYPE_WORDS } from "../catalog/type-words.ts";
import { type Catalog, type Field, isColumn, type List, type ObjectType, type Reference } from "../catalog/types.ts";
import { inputError } from "../lib/errors.ts";
import { sentence } from "../lib/sentence.ts";
import { suggest } from "../lib/suggest.ts";

/** What a path arrives at. `through` are the references walked; `object` is where the walk ends. */
export type ResolvedPath =
  | {
      readonly kind: "field";
      readonly through: readonly string[];
      readonly field: Field;
      readonly object: ObjectType;
      /** Keys inside of a JSON field. */
      readonly keys: readonly string[];
    }
  | {
      readonly kind: "reference";
      readonly through: readonly string[];
      readonly reference: Reference;
      /** The object type that it points to. */
      readonly object: ObjectType;
    }
  | {
      readonly kind: "list";
      readonly through: readonly string[];
      readonly list: List;
      /** The object type of the list's records. */
      readonly object: ObjectType;
      /** What follows the list's name. */
      readonly rest: readonly string[];
    };

/** Which fields may be read; a field that may not is refused. */
export interface ReadAccess {
  mayRead(object: ObjectType, field: Field): boolean;
  /** Whether a reference or list that goes by a field may be followed to the other end; all when absent. */
  mayLink?(object: ObjectType, field: Field, other: LinkEnd): boolean;
  /** Whether hidden fields are there, as they are for policies. */
  readonly hidden?: boolean;
}

/** A column that another one points at, or is pointed at by. */
export interface LinkEnd {
  readonly object: ObjectType;
  readonly field: Field;
}

const MAX_REFERENCES = 8;

/**
 * Resolves a path. At each object type the longest name that fits wins, so names may hold dots; fields go before
 * references, references before lists. `lists.measures` says plainly that a list is meant.
 * @throws usageError `unknown-field`, `too-deep`
 */
export function resolvePath(
  path: string,
  start: ObjectType,
  catalog: Catalog,
  pointer: string,
  access?: ReadAccess,
): ResolvedPath {
  const steps = path.split(".");
  const through: string[] = [];
  let object = start;
  let at = 0;
  for (;;) {
    const found = longest(steps, at, object, access);
    if (found === null) throw unknown(path, steps.slice(at).join("."), object, pointer, access);
    const { name, next } = found;
    const field = found.list ? undefined : fieldsOf(object, access).find((it) => it.name === name);
    if (field !== undefined) {
      if (access?.mayRead(object, field) === false) {
        throw closed(path, field, object, pointer);
      }
      const keys = steps.slice(next);
      if (keys.length > 0 && field.type !== "json") {
        throw inputError(
          "unknown-field",
          pointer,
          sentence`The field "${name}" of ${object.name} is ${TYPE_WORDS[field.type]}, so there is nothing under it.`,
          sentence`Leave out ".${keys.join(".")}".`,
        );
      }
      return { kind: "field", through, field, object, keys };
    }
    const reference = found.list ? undefined : object.references.find((it) => it.name === name);
    if (reference === undefined) {
      const list = object.lists.find((it) => it.name === name)!;
      const items = objectNamed(catalog, list.object);
      for (const { from, to } of list.by) checkLink(path, endAt(items, to), endAt(object, from), pointer, access);
      return { kind: "list", through, list, object: items, rest: steps.slice(next) };
    }
    const target = objectNamed(catalog, reference.object);
    for (const { from, to } of reference.by) checkLink(path, endAt(object, from), endAt(target, to), pointer, access);
    if (next === steps.length) return { kind: "reference", through, reference, object: target };
    through.push(name);
    if (through.length > MAX_REFERENCES) {
      throw inputError(
        "too-deep",
        pointer,
        sentence`The path "${path}" goes through more than ${MAX_REFERENCES} references.`,
      );
    }
    object = target;
    at = next;
  }
}

/** A field, or something of it, is not for this reader. */
function closed(path: string, field: Field, { fields }: ObjectType, pointer: string): Error {
  const secret = fields.some((it) => it.deidentify !== undefined && it.column === field.column);
  const why = secret ? sentence` as it is, since it is de-identified or holds something that is` : "";
  return inputError("unknown-field", pointer, sentence`The field "${path}" may not be read${why}.`);
}

/** What points at a record tells what a field holds: it is closed to whoever may not know that. */
function checkLink(path: string, end: LinkEnd, other: LinkEnd, pointer: string, access: ReadAccess | undefined): void {
  if (access?.mayLink?.(end.object, end.field, other) !== false) return;
  throw inputError(
    "unknown-field",
    pointer,
    sentence`"${path}" may not be followed, since it goes by a field that is de-identified ("${end.field.name}" of ${end.object.name}).`,
    sentence`Links may be followed where both ends are shown as pseudonyms (hash).`,
  );
}

function endAt(object: ObjectType, column: string): LinkEnd {
  const field = object.fields.find((it) => it.column === column && isColumn(it));
  if (field === undefined) throw new Error(`${object.name} has no column ${column}`);
  return { object, field };
}

/** The longest run of steps from `at` on that names something of the object type. */
function longest(
  steps: readonly string[],
  at: number,
  object: ObjectType,
  access: ReadAccess | undefined,
): { name: string; next: number; list: boolean } | null {
  const fields = fieldsOf(object, access);
  if (steps[at] === "lists" && steps.length > at + 1 && !fields.some((it) => it.name === "lists")) {
    for (let next = steps.length; next > at + 1; next--) {
      const name = steps.slice(at + 1, next).join(".");
      if (object.lists.some((it) => it.name === name)) return { name, next, list: true };
    }
  }
  for (const named of [fields, object.references, object.lists]) {
    for (let next = steps.length; next > at; next--) {
      const name = steps.slice(at, next).join(".");
      if (named.some((it) => it.name === name)) return { name, next, list: named === object.lists };
    }
  }
  return null;
}

function fieldsOf(object: ObjectType, access: ReadAccess | undefined): readonly Field[] {
  return access?.hidden === true ? object.fields : object.fields.filter((it) => it.hidden !== true);
}

function unknown(
  path: string,
  rest: string,
  object: ObjectType,
  pointer: string,
  access: ReadAccess | undefined,
): Error {
  const names = [...fieldsOf(object, access), ...object.references, ...object.lists].map((it) => it.name);
  const where = rest === path ? "" : sentence` (in "${path}")`;
  const [first = rest] = rest.split(".");
  const hint = suggest(names.some((name) => name.includes(".")) ? rest : first, names);
  return inputError("unknown-field", pointer, sentence`${object.name} has no field "${rest}"${where}.`, hint);
}

function objectNamed(catalog: Catalog, name: string): ObjectType {
  const object = catalog.objects.get(name);
  if (object === undefined) throw new Error(`the catalog has no object type ${name}`);
  return object;
}
