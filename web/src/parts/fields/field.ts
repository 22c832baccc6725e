// Fields as pages show them: those of an object type, and those of the records that its references point to.
import type { ObjectTypeWithFields } from "../../api/generated.ts";

export type Field = ObjectTypeWithFields["fields"][number];

/** A field seen from an object type. */
export interface PathField extends Field {
  /** What the API calls it from there: `name`, `collection.name`. */
  readonly path: string;
  /** What people call it. */
  readonly heading: string;
  /** The reference that it is reached through. */
  readonly via: string | null;
  /** What people call that reference. */
  readonly viaHeading: string | null;
  /** Whether it names the record that it is a field of. */
  readonly isTitle: boolean;
}

/** The fields of an object type, then those of what it refers to, as far as these are given. */
export function pathFields(
  type: ObjectTypeWithFields,
  referenced: ReadonlyMap<string, ObjectTypeWithFields> = new Map(),
): readonly PathField[] {
  const own = type.fields.map((it) => ({
    ...it,
    path: it.name,
    heading: it.label ?? it.name,
    via: null,
    viaHeading: null,
    isTitle: it.name === type.title,
  }));
  const others = type.references.flatMap(({ name, object }) => {
    const other = referenced.get(object);
    // References have no labels of their own; the field that holds the other's key mostly has one.
    const holds = type.fields.find((it) => it.name === `${name}_id` || it.name === name);
    const viaHeading = holds?.label ?? name;
    return (other?.fields ?? []).map((it) => ({
      ...it,
      path: `${name}.${it.name}`,
      heading: `${viaHeading} › ${it.label ?? it.name}`,
      via: name,
      viaHeading,
      isTitle: it.name === other?.title,
    }));
  });
  return [...own, ...others];
}

/** The lists of an object type as fields that a filter can ask about: how many records they have, and whether any. */
export function listFields({ lists }: ObjectTypeWithFields): readonly PathField[] {
  return lists.map(({ name }) => ({ ...LIST, name, path: name, heading: name }));
}

const LIST = {
  id: null,
  label: null,
  documentation: null,
  type: "list",
  element: null,
  native: null,
  unit: null,
  optional: true,
  nullable: false,
  labels: null,
  deidentified: null,
  deidentify: null,
  readable: true,
  sortable: false,
  operators: ["$exists", "$size"],
  via: null,
  viaHeading: null,
  isTitle: false,
};

/** A field that shows the label of a code that another field has. */
export function isLabelOfCode({ id, labels, operators }: Field): boolean {
  return id === null && labels !== null && operators.length === 0;
}

export function isNumeric({ type, labels }: Field): boolean {
  return labels === null && (type === "integer" || type === "decimal" || type === "float");
}

/** The value at a path: in a record, what is reached through a reference is a record inside. */
export function valueAt(record: unknown, { path, via, name }: PathField): unknown {
  const members = record as Readonly<Record<string, unknown>> | null | undefined;
  if (via === null) return members?.[path];
  return (members?.[via] as Readonly<Record<string, unknown>> | null | undefined)?.[name];
}
