// JSON and lists of names in addresses.
import { parseWhere } from "../../../parts/filter-builder/json.ts";

/** A text that is no JSON stays a text: the API says what is wrong with it. */
export function readJson(text: string): unknown {
  try {
    return parseWhere(text);
  } catch {
    return text;
  }
}

/** `a,b`, or JSON where a name has a comma. */
export function writeNames(names: readonly string[]): string {
  return names.some((it) => it.includes(",") || it.startsWith("[")) ? JSON.stringify(names) : names.join(",");
}
