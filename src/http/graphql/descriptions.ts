// What people read about types and fields of the schema: the catalog's labels and documentation, and its own names.
import type { DeidentifyRule, Field } from "../../catalog/types.ts";

/** Paragraphs; those that are absent are left out. */
export function described(...paragraphs: readonly (string | null | undefined | false)[]): { description?: string } {
  const said = paragraphs.filter((it): it is string => typeof it === "string" && it.trim() !== "");
  return said.length === 0 ? {} : { description: said.join("\n\n") };
}

/** @param name what it is called in the schema */
export function describedField(
  { name: its, label, documentation, unit, optional, labels }: Field,
  name: string,
  rule: DeidentifyRule["rule"] | null,
): { description?: string } {
  const unitShown = unit === undefined ? "" : ` (${unit})`;
  return described(
    label === undefined && unit === undefined ? null : `${label ?? its}${unitShown}`,
    documentation,
    rule !== null && `De-identified (${rule}): it can be neither filtered nor sorted by.`,
    name !== its && `In conditions and orders: \`${its}\`.`,
    optional === true && labels === undefined && "Left out of exports unless it is asked for.",
  );
}
