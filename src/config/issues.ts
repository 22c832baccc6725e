// What the schema finds, in words: what was expected and what was found, at the most telling place.
import type { z } from "zod";
import { suggest } from "../lib/suggest.ts";
import { dotted, shownName, type Path, type Problem } from "./problems.ts";

type Issue = z.core.$ZodIssue;

/** What was expected where the schema itself does not say it: the error map of `safeParse`. */
export function expectedOf(issue: z.core.$ZodRawIssue): string {
  if (issue.code === "invalid_type") return TYPES[issue.expected as string] ?? issue.expected;
  if (issue.code === "invalid_value") return issue.values.map(String).join(", ");
  if (issue.code === "too_small") return `${issue.minimum} at least`;
  if (issue.code === "too_big") return `${issue.maximum} at most`;
  return "something else";
}

const TYPES: Readonly<Record<string, string | undefined>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a mapping",
  record: "a mapping",
};

/** @param raw the values before secrets were filled in: what may be quoted */
export function problemsOf(issues: readonly Issue[], raw: unknown): Problem[] {
  return issues.flatMap((issue) => problemsAt(issue, [], raw));
}

function problemsAt(issue: Issue, above: Path, raw: unknown): Problem[] {
  const path = [...above, ...(issue.path as (string | number)[])];
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: [...path, key],
      onKey: true,
      message: `unknown key "${shownName(key)}"${path.length > 0 ? ` in ${dotted(path)}` : ""}.`,
      hint: suggest(shownName(key), issue.message.split(" ")),
    }));
  }
  if (issue.code === "invalid_key") {
    const expected = issue.issues[0]?.message ?? "another name";
    const name = shownName(String(path.at(-1)));
    return [{ path, onKey: true, message: `${dotted(path.slice(0, -1))}: expected ${expected}, found "${name}".` }];
  }
  if (issue.code === "invalid_union") {
    const deeper = issue.errors.filter((branch) => branch.every(isInside));
    const best = deeper.toSorted((a, b) => a.length - b.length)[0];
    if (best !== undefined) return best.flatMap((inner) => problemsAt(inner, path, raw));
  }
  return [mismatch(path, issue.message, raw, issue.code === "invalid_value" ? issue.values.map(String) : [])];
}

/** Whether a branch of a union was meant, since only what is inside of it is wrong. */
function isInside(issue: Issue): boolean {
  return issue.path.length > 0 || issue.code === "unrecognized_keys";
}

function mismatch(path: Path, expected: string, raw: unknown, choices: readonly string[]): Problem {
  const value = valueAt(raw, path);
  if (value === undefined) {
    const where = path.length > 1 ? ` in ${dotted(path.slice(0, -1))}` : "";
    return {
      path: path.slice(0, -1),
      message: `${shownName(path.at(-1) ?? "")} is missing${where}, expected ${expected}.`,
    };
  }
  const near = typeof value === "string" && maySay(value, path) ? suggest(value, choices) : undefined;
  return {
    path,
    message: `${path.length > 0 ? `${dotted(path)}: ` : ""}expected ${expected}, found ${found(value, path)}.`,
    hint: near?.startsWith("Did you") === true ? near : undefined,
  };
}

function valueAt(value: unknown, path: Path): unknown {
  let inside = value;
  for (const step of path) {
    if (inside === null || typeof inside !== "object" || !Object.hasOwn(inside, step)) return undefined;
    inside = (inside as Record<string | number, unknown>)[step];
  }
  return inside;
}

/** Whether text may be quoted: not where addresses with passwords stand, nor what looks like one. */
function maySay(text: string, path: Path): boolean {
  return path[0] === "orgs" && path[2] !== "sources" && /^[^\p{Cc}@]{0,60}$/u.test(text) && !text.includes("://");
}

function found(value: unknown, path: Path): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") return maySay(String(value), path) ? `the number ${value}` : "a number";
  if (typeof value !== "string") return "a mapping";
  if (!maySay(value, path)) return "other text";
  // Outside of objects it is not what is written that was found, when it has placeholders.
  return path[2] !== "objects" && value.includes("${") ? `something else behind "${value}"` : `"${value}"`;
}
