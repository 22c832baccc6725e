// Which columns the table has.
import type { ObjectTypeWithFields } from "../../../api/generated.ts";
import { isLabelOfCode, type PathField } from "../../../parts/fields/field.ts";
import type { RecordsView } from "./view.ts";

/** Columns that are shown before anybody chooses. */
const USUAL = 24;

/** Fields that columns can be made of: labels stand with their codes already, and bytes say nothing. */
export function columnFields(fields: readonly PathField[]): readonly PathField[] {
  return fields.filter((it) => !isLabelOfCode(it) && it.type !== "binary");
}

/** The field that leads to a record's page. */
export function titlePath({ title, key }: Pick<ObjectTypeWithFields, "title" | "key">): string | null {
  return title ?? (key.length === 1 ? key[0]! : null);
}

/**
 * The columns before anybody chooses: the title first, then all fields that are not optional, what is referred to by its
 * title instead of its key, and long identifiers last.
 */
function usualPaths(type: ObjectTypeWithFields, fields: readonly PathField[]): readonly string[] {
  const title = titlePath(type);
  const titles = new Map(
    fields.flatMap((it) =>
      it.via !== null && it.isTitle ? [[`${it.via}_id`, it] as const, [it.via, it] as const] : [],
    ),
  );
  const own = columnFields(fields)
    .filter((it) => it.via === null && (!it.optional || it.path === title))
    .map((it) => titles.get(it.path) ?? it);
  const rank = ({ path, type: its }: PathField): number => (path === title ? 0 : its === "uuid" ? 2 : 1);
  return own
    .toSorted((a, b) => rank(a) - rank(b))
    .slice(0, USUAL)
    .map((it) => it.path);
}

export function isDeep(paths: readonly string[], type: ObjectTypeWithFields): boolean {
  const own = new Set(type.fields.map((it) => it.name));
  return paths.some((it) => !own.has(it.replace(/^-/, "")));
}

/** What a view shows of the fields that there are: an address or a saved view may name others. */
export function shownColumns(
  { paths, order }: Pick<RecordsView, "paths" | "order">,
  type: ObjectTypeWithFields,
  fields: readonly PathField[],
): { readonly columns: readonly PathField[]; readonly paths: readonly string[]; readonly order: readonly string[] } {
  const byPath = new Map(fields.map((it) => [it.path, it]));
  const known = [...new Set(paths)].flatMap((it) => byPath.get(it) ?? []);
  const columns = known.length > 0 ? known : usualPaths(type, fields).flatMap((it) => byPath.get(it) ?? []);
  return {
    columns,
    paths: columns.map((it) => it.path),
    order: order.filter((it) => byPath.get(it.replace(/^-/, ""))?.sortable === true),
  };
}
