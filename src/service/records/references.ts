// The records that a record refers to: their keys and titles, as far as the caller may know them.
import type { Reference } from "../../catalog/types.ts";
import { keyText } from "../../lib/record-key.ts";
import { isKnownKey } from "../../plan/keys.ts";
import type { FieldBehind } from "../../plan/page.ts";
import type { Value } from "../../query/predicate.ts";
import { followed, type From } from "./links.ts";

/** A record that another one refers to. */
export interface Referred {
  readonly key: string;
  /** Null where it has none, or may not be told. */
  readonly title: string | null;
}

/** A reference, and what is to be told of the record at its end. */
export interface ToldReference {
  readonly name: string;
  /** The fields of the key, then that of the title where there is one. */
  readonly told: readonly FieldBehind[];
  readonly keyLength: number;
}

/** The references that the caller may follow, to records that they may ask for. */
export function referencesOf(from: From): ToldReference[] {
  return followed<Reference>(from, from.object.references).flatMap(({ link: { name }, to }) => {
    if (!isKnownKey(to, from.access)) return [];
    const title = to.fields.find((it) => it.name === to.roles?.title && it.hidden !== true);
    const titles = title !== undefined && from.access.mayRead(to, title) ? [title.name] : [];
    const told = [...to.key, ...titles].map((field): FieldBehind => ({ through: [name], field }));
    return [{ name, told, keyLength: to.key.length }];
  });
}

/** @param told the values of what `references` tell, one after the other; a record that the caller may not see has none */
export function referred(
  references: readonly ToldReference[],
  told: readonly (Value | null)[],
): Readonly<Record<string, Referred | null>> {
  let at = 0;
  const found = references.map(({ name, told: fields, keyLength }): [string, Referred | null] => {
    const values = told.slice(at, (at += fields.length));
    const key = values.slice(0, keyLength);
    if (!key.every((it) => it !== null)) return [name, null];
    return [name, { key: keyText(key.map(({ text }) => text)), title: values[keyLength]?.text ?? null }];
  });
  return Object.fromEntries(found);
}
