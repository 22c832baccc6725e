// Keys as text, and the records that have them.
import type { Field, ObjectType } from "../../catalog/types.ts";
import { keyParts } from "../../lib/record-key.ts";
import { isKnownKey } from "../../plan/keys.ts";
import type { Access } from "../../plan/scope.ts";
import type { Predicate, Value } from "../../query/predicate.ts";
import { operandOf } from "./search.ts";
import { valueLike } from "./value-like.ts";

/** The fields of an object type's key; null where it has none, or the principal may not know it. */
export function knownKey(object: ObjectType, access: Access): readonly Field[] | null {
  if (!isKnownKey(object, access)) return null;
  return object.key.map((name) => object.fields.find((it) => it.name === name)!);
}

/** A key's text (`lib/record-key.ts`) as the values of its fields; null where it can be none. */
export function keyValues(fields: readonly Field[], text: string): readonly Value[] | null {
  const texts = keyParts(text, fields.length);
  if (texts === null) return null;
  const values = texts.map((it, n) => valueLike(it, fields[n]!));
  return values.every((it) => it !== null) ? values : null;
}

/** The records whose fields have these values. */
export function having(fields: readonly Field[], values: readonly Value[]): Predicate {
  const all = fields.map((field, n): Predicate => ({
    op: "compare",
    operand: operandOf(field),
    is: "=",
    value: values[n]!,
  }));
  return all.length === 1 ? all[0]! : { op: "and", of: all };
}
