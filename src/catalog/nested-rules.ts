// De-identification in and out of JSON: an array that is a list holds what the column holds that it is in.
import type { ElementRows, Field, List, ObjectType } from "./types.ts";

interface Nested {
  readonly list: List;
  readonly items: ObjectType;
  readonly rows: ElementRows;
}

/**
 * The object types with the JSON around de-identified parts of list items closed, and with the items of lists
 * de-identified where the JSON that they are in is, or another list of the same JSON.
 * @param secrets the fields of an object type, by its name, that are de-identified and were not before
 */
export function withNestedRules(
  objects: readonly ObjectType[],
  secrets: (object: string) => readonly Field[],
): ObjectType[] {
  const byName = new Map(objects.map((it) => [it.name, it]));
  for (const object of objects) {
    const nested = object.lists.flatMap((list): Nested[] => {
      const items = byName.get(list.object);
      return items !== undefined && "keys" in items.table ? [{ list, items, rows: items.table }] : [];
    });
    const around = nested.flatMap((it) => closed(it, secrets(it.items.name)));
    if (around.length > 0) {
      byName.set(object.name, { ...object, fields: [...object.fields, ...around.map(({ field }) => field)] });
    }
    const whole = secrets(object.name).map((field) => ({ field, by: null }));
    for (const { items, rows } of nested) {
      const secret = [...whole, ...around].find(({ field, by }) => by !== items && holds(field, rows));
      if (secret !== undefined) byName.set(items.name, withRule(items, secret.field));
    }
  }
  return [...byName.values()];
}

/** The JSON that the items are in, as a field that closes it to everybody. */
function closed({ list, items, rows }: Nested, secrets: readonly Field[]): { field: Field; by: ObjectType }[] {
  const [secret] = secrets;
  if (secret === undefined) return [];
  const { column, native, keys } = rows;
  const field = { ...secret, name: `${list.name}.0`, column, native, keys, type: "json", hidden: true } as const;
  return [{ field, by: items }];
}

function holds({ column, keys = [] }: Field, rows: ElementRows): boolean {
  return column === rows.column && keys.every((key, n) => n >= rows.keys.length || rows.keys[n] === key);
}

/** What is made of a whole JSON value need not suit its parts: those are left out then. */
function withRule(items: ObjectType, { deidentify }: Field): ObjectType {
  const rule = deidentify!.rule;
  const suited = rule.rule === "hash" || rule.rule === "truncate" ? rule : ({ rule: "drop" } as const);
  const fields = items.fields.map((field): Field =>
    field.column !== "value" || field.deidentify !== undefined
      ? field
      : { ...field, deidentify: { below: null, rule: suited } },
  );
  return { ...items, fields };
}
