// A template as the text of a file: what is not said stays unsaid.
import type { Template } from "./template.ts";

/** JSON of a template. Reading it gives the same template. */
export function printTemplate(template: Template): string {
  return `${JSON.stringify(templateJson(template), null, 2)}\n`;
}

/** The same as an object. */
export function templateJson(template: Template): Readonly<Record<string, unknown>> {
  return said(template) as Readonly<Record<string, unknown>>;
}

/** Without what is the same as if it were absent. */
function said(value: unknown, key = ""): unknown {
  if (KEPT.has(key)) return value;
  if (Array.isArray(value)) return value.map((it: unknown) => said(it));
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).filter(([name, it]) => {
    if (it === null || it === undefined || (name === "mandatory" && it === false)) return false;
    if (name === "lists" || name === "options" || name === "translations") return Object.keys(it as object).length > 0;
    return !(name === "compressed" && it === true);
  });
  const placeOf = (name: string): number => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
  const sorted = members.toSorted(([a], [b]) => placeOf(a) - placeOf(b));
  return Object.fromEntries(sorted.map(([name, it]) => [name, said(it, name)]));
}

/** What a reader looks for first. */
const FIRST = ["kind", "field", "value", "list", "name", "description", "version", "compressed", "object", "format"];

/** Members that are the author's own JSON. */
const KEPT = new Set(["where", "options", "translations", "translate"]);
