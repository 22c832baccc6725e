// What the schema finds, in words: what was expected and what was found, at the most telling place.
import type { z } from "zod";
import { asSentence, english, sentence, type Sentence, type SentenceValue } from "../lib/sentence.ts";
import { suggest } from "../lib/suggest.ts";
import { dotted, shownName, type Path, type Problem } from "./problems.ts";

type Issue = z.core.$ZodIssue;

/** Whether text may be quoted at a place. */
export type MayQuote = (text: string, path: Path) => boolean;

/** What was written: the values before secrets were filled in, and whether they may be quoted. */
interface Raw {
  readonly value: unknown;
  readonly mayQuote: MayQuote;
}

/**
 * @param value the values before secrets were filled in: what may be quoted
 * @param mayQuote by default what `waybill.yaml` may hold without being secret
 */
export function problemsOf(
  issues: readonly Issue[],
  value: unknown,
  mayQuote: MayQuote = isNoSecret,
): ProblemInWords[] {
  const all = issues.flatMap((issue) => problemsAt(issue, [], { value, mayQuote }));
  const hints = new Map<string, string>();
  for (const { onKey, path, hint } of all) {
    const above = path.slice(0, -1).join("\n");
    if (onKey === true && hint !== undefined) hints.set(above, `${hints.get(above) ?? ""} ${english(hint)}`);
  }
  // A key that is misspelt is not missing besides.
  return all.filter(({ lacks, path }) => {
    const hint = hints.get(path.join("\n")) ?? "";
    return lacks === undefined || !new RegExp(`Did you mean[^?]*\\b${lacks}\\b`).test(hint);
  });
}

/** A problem that can be told in other languages. */
export interface ProblemInWords extends Problem {
  readonly message: Sentence;
  readonly hint?: Sentence | undefined;
}

/** A problem, and the key that is missing at its path. */
interface Found extends ProblemInWords {
  readonly lacks?: string;
}

function problemsAt(issue: Issue, above: Path, raw: Raw): Found[] {
  const path = [...above, ...(issue.path as (string | number)[])];
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: [...path, key],
      onKey: true,
      message:
        path.length > 0
          ? sentence`unknown key "${shownName(key)}" in ${dotted(path)}.`
          : sentence`unknown key "${shownName(key)}".`,
      hint: suggest(shownName(key), issue.message.split(" ")),
    }));
  }
  if (issue.code === "invalid_key") {
    const expected = asSentence(issue.issues[0]?.message ?? "another name");
    const name = shownName(String(path.at(-1)));
    return [
      { path, onKey: true, message: sentence`${dotted(path.slice(0, -1))}: expected ${expected}, found "${name}".` },
    ];
  }
  if (issue.code === "invalid_union") {
    const deeper = issue.errors.filter((branch) => branch.every(isInside));
    const best = deeper.toSorted((a, b) => misses(a) - misses(b) || a.length - b.length)[0];
    if (best !== undefined) return best.flatMap((inner) => problemsAt(inner, path, raw));
    return [mismatch(path, issue.message, raw, choices(issue.errors.flat()).flat())];
  }
  return [mismatch(path, issue.message, raw, choices([issue]).flat())];
}

/** How many choices failed in a branch of a union: where there are few, it is the one that was meant. */
function misses(branch: readonly Issue[]): number {
  return branch.filter((issue) => {
    if (issue.code === "invalid_union") return !issue.errors.some((inner) => inner.every(isInside));
    return issue.code === "invalid_value";
  }).length;
}

/** What could have been chosen, for each choice that failed. */
function choices(issues: readonly Issue[]): string[][] {
  return issues.flatMap((issue) => (issue.code === "invalid_value" ? [issue.values.map(String)] : []));
}

/** Whether a branch of a union was meant, since only what is inside of it is wrong. */
function isInside(issue: Issue): boolean {
  return issue.path.length > 0 || issue.code === "unrecognized_keys";
}

function mismatch(path: Path, text: string, raw: Raw, names: readonly string[]): Found {
  const expected = asSentence(text);
  const value = valueAt(raw.value, path);
  if (value === undefined) {
    const above = path.slice(0, -1);
    const lacks = String(path.at(-1) ?? "");
    const where = above.length > 0 ? `${dotted(above)}: ` : "";
    return { path: above, lacks, message: sentence`${where}${shownName(lacks)} is missing, expected ${expected}.` };
  }
  const where = path.length > 0 ? `${dotted(path)}: ` : "";
  const near = typeof value === "string" && maySay(value, path, raw) ? suggest(value, names) : undefined;
  return {
    path,
    message: sentence`${where}expected ${expected}, found ${found(value, path, raw)}.`,
    hint: near?.text.startsWith("Did you") === true ? near : undefined,
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
function isNoSecret(text: string, path: Path): boolean {
  return path[0] === "orgs" && !["sources", "salt", "signIn"].includes(String(path[2])) && !/:\S|@/.test(text);
}

function maySay(text: string, path: Path, { mayQuote }: Raw): boolean {
  return /^[^\p{Cc}]{0,60}$/u.test(text) && mayQuote(text, path);
}

function found(value: unknown, path: Path, raw: Raw): SentenceValue {
  if (value === null) return sentence`nothing`;
  if (typeof value === "object" && Object.keys(value).length === 0) return sentence`none`;
  if (Array.isArray(value)) return sentence`a list`;
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number")
    return maySay(String(value), path, raw) ? sentence`the number ${String(value)}` : sentence`a number`;
  if (typeof value !== "string") return sentence`a mapping`;
  if (!maySay(value, path, raw)) return sentence`other text`;
  // Outside of objects it is not what is written that was found, when it has placeholders.
  return path[2] !== "objects" && value.includes("${") ? sentence`something else behind "${value}"` : `"${value}"`;
}
