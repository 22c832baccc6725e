// De-identification along links: what points at a de-identified key holds the same values, and is de-identified like it.
import { type Deidentification, type Field, isColumn, type ObjectType } from "./types.ts";

interface Rules {
  /** By object type and column. */
  readonly of: Map<string, Deidentification>;
  changed: boolean;
}

/** The object types with the rules of keys on the columns that point at them, unless they have rules of their own. */
export function withLinkedRules(objects: readonly ObjectType[]): ObjectType[] {
  const byName = new Map(objects.map((it) => [it.name, it]));
  const rules: Rules = { of: new Map(objects.flatMap(ownRules)), changed: true };
  while (rules.changed) {
    rules.changed = false;
    for (const { name, references, lists } of objects) {
      for (const { object, by } of references) {
        for (const { from, to } of by) pass(rules, place(object, to), place(name, from), byName.get(name)!, from);
      }
      for (const { object, by } of lists) {
        const items = byName.get(object);
        if (items === undefined || items.kind === "elements") continue;
        for (const { from, to } of by) pass(rules, place(name, from), place(object, to), items, to);
      }
    }
  }
  return objects.map((object) => ({
    ...object,
    fields: object.fields.map((field): Field => {
      const rule = field.deidentify === undefined ? rules.of.get(place(object.name, field.column)) : undefined;
      return rule === undefined || field.keys !== undefined ? field : { ...field, deidentify: rule };
    }),
  }));
}

function ownRules({ name, fields }: ObjectType): [string, Deidentification][] {
  return fields.flatMap((field) =>
    field.deidentify === undefined || !isColumn(field) ? [] : [[place(name, field.column), field.deidentify]],
  );
}

function pass(rules: Rules, from: string, to: string, object: ObjectType, column: string): void {
  const rule = rules.of.get(from);
  if (rule === undefined || rules.of.has(to) || !object.fields.some((it) => it.column === column)) return;
  rules.of.set(to, rule);
  rules.changed = true;
}

function place(object: string, column: string): string {
  return JSON.stringify([object, column]);
}
