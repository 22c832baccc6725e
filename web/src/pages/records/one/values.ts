// What a record holds, field by field.
import type { ObjectTypeWithFields } from "../../../api/generated.ts";
import { type Field, isLabelOfCode } from "../../../parts/fields/field.ts";

export type Values = Readonly<Record<string, unknown>>;

/** The fields that are shown: labels stand with their codes. */
export function shownFields({ fields }: ObjectTypeWithFields): readonly Field[] {
  return fields.filter((it) => !isLabelOfCode(it));
}

/** The value of a field; what is a key inside of JSON may stand in objects. Undefined where the record does not have it. */
export function valueOf(values: Values, name: string): unknown {
  if (Object.hasOwn(values, name)) return values[name];
  return name
    .split(".")
    .reduce<unknown>((at, step) => (typeof at === "object" && at !== null ? (at as Values)[step] : undefined), values);
}

export function isMissing(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

/** How a field or an object type is called. */
export function nameOf({ label, name }: { readonly label: string | null; readonly name: string }): string {
  return label ?? name;
}

/** The name of a record: its title, else its key. */
export function titleOf(type: ObjectTypeWithFields, values: Values, key: string): string {
  const title = type.title === null ? null : valueOf(values, type.title);
  return isMissing(title) || title === "" || typeof title === "object" ? key : rawText(title);
}

/** The address of a record's page. */
export function recordAddress(org: string, object: string, key: string): string {
  return `/${org}/records/${encodeURIComponent(object)}/${encodeURIComponent(key)}`;
}

/** A value as the API has it. */
export function rawText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
