// What hangs on a record: the lists and files that a caller may follow, and the condition that finds what belongs to one.
import type { Attachments, Catalog, List, ObjectType, Reference } from "../../catalog/types.ts";
import { type Access, fieldOfColumn } from "../../plan/scope.ts";
import type { Predicate, Value } from "../../query/predicate.ts";
import type { Within } from "./page.ts";
import { operandOf } from "./search.ts";

/** Whose links are followed, and by whom. */
export interface From {
  readonly object: ObjectType;
  readonly catalog: Catalog;
  readonly access: Access;
}

/** A way from a record to others. */
export interface Followed<T extends Reference | List | Attachments = List | Attachments> {
  readonly link: T;
  /** The object type at its end. */
  readonly to: ObjectType;
}

/** The lists that the caller may follow. What tells of files is not among them. */
export function listsOf(from: From): Followed<List>[] {
  const { lists, files = [] } = from.object;
  return followed(
    from,
    lists.filter(({ object }) => !files.some((it) => it.object === object)),
  );
}

export function filesOf(from: From): Followed<Attachments>[] {
  return followed(from, from.object.files ?? []);
}

/** What points at a record tells what a field holds: it is closed to whoever may not know that. */
export function followed<T extends Reference | List | Attachments>(
  { object, catalog, access }: From,
  links: readonly T[],
): Followed<T>[] {
  return links.flatMap((link) => {
    const to = catalog.objects.get(link.object);
    if (to === undefined || to.fields.length === 0) return [];
    const isOpen = link.by.every((by) => {
      const [near, far] = [
        { object, field: fieldOfColumn(object, by.from) },
        { object: to, field: fieldOfColumn(to, by.to) },
      ];
      return access.mayLink(near.object, near.field, far) && access.mayLink(far.object, far.field, near);
    });
    return isOpen ? [{ link, to }] : [];
  });
}

/** The fields that links begin at. */
export function linkingFields(object: ObjectType, links: readonly Followed[]): readonly string[] {
  const names = links.flatMap(({ link }) => link.by.map(({ from }) => fieldOfColumn(object, from).name));
  return [...new Set(names)];
}

/**
 * What belongs to one record.
 * @param told the record's values of the fields named by `names`
 * @param key null where the caller may not know it: another value tells it apart then, and is sealed
 * @returns null where nothing can
 */
export function belonging(
  parent: ObjectType,
  { link, to }: Followed,
  names: readonly string[],
  told: readonly (Value | null)[],
  key: string | null,
): Within | null {
  const values = link.by.map(({ from }) => told[names.indexOf(fieldOfColumn(parent, from).name)] ?? null);
  const conditions = link.by.map((by, n): Predicate | null => {
    const value = values[n]!;
    const operand = operandOf(fieldOfColumn(to, by.to));
    return value === null ? null : { op: "linked", operand, value };
  });
  if (!conditions.every((it) => it !== null)) return null;
  const also: Predicate = { op: "and", of: conditions };
  if (key !== null) return { also, as: [parent.name, key, link.name] };
  return { also, as: [parent.name, values.map((it) => it!.text), link.name], isSecret: true };
}
