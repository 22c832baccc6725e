// Lists of paths as a person types them: `a,b.c`, with quotes where a name has a comma, or a JSON array.
import { usageError } from "../lib/errors.ts";
import { sentence } from "../lib/sentence.ts";

/**
 * Splits a list of paths. `"a,b",c` are two paths, as CSV has it; text that begins with `[` is a JSON array of strings.
 * @throws usageError `path-list`
 */
export function splitPathList(text: string): string[] {
  const trimmed = text.trim();
  const paths = trimmed.startsWith("[") ? fromJson(trimmed) : fromCsv(trimmed);
  if (paths.some((path) => path === "")) {
    throw usageError("path-list", sentence`The list "${text}" holds an empty name.`, { hint: sentence`Write a,b.c.` });
  }
  return paths;
}

function fromJson(text: string): string[] {
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value) && value.every((it) => typeof it === "string")) return value;
  } catch {
    // Said below.
  }
  throw usageError("path-list", sentence`The list ${text} is not a JSON array of strings.`, {
    hint: sentence`Write ["a","b.c"].`,
  });
}

function fromCsv(text: string): string[] {
  if (text === "") return [];
  const paths: string[] = [];
  for (const [, quoted, plain] of text.matchAll(/(?:^|,)\s*(?:"((?:[^"]|"")*)"\s*(?=,|$)|([^,]*))/g)) {
    paths.push(quoted === undefined ? (plain ?? "").trim() : quoted.replaceAll('""', '"'));
  }
  return paths;
}
