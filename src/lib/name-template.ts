// Names with tokens in braces, as weekly-{date}: the little language of file and folder names.
import { PatternError } from "./pattern-error.ts";
import { suggest } from "./suggest.ts";

/** A parsed name. */
export interface NameTemplate {
  /** The name with each token's value in its place. Making it safe as a file name is the caller's part. */
  render(values: (tag: string) => string): string;
}

/**
 * Parses a name; `{{` and `}}` stand for braces.
 * @throws PatternError `wrong-name-template`
 */
export function parseNameTemplate(text: string, tags: ReadonlySet<string>): NameTemplate {
  const parts: ({ text: string } | { tag: string })[] = [];
  const known = [...tags].map((tag) => `{${tag}}`).join(" ");
  for (let at = 0; at < text.length;) {
    const [found = "", tag] = /^(?:\{\{|\}\}|\{([^{}]*)\}|[^{}]+)/.exec(text.slice(at)) ?? [];
    if (found === "") {
      const what = text[at] === "{" ? "a brace that is not closed" : "a closing brace without an opening one";
      throw new PatternError("wrong-name-template", at, `There is ${what}.`, "Write {{ and }} for braces.");
    }
    if (tag !== undefined && !tags.has(tag)) {
      const hint = suggest(tag, [...tags]) ?? `There are ${known}.`;
      throw new PatternError("wrong-name-template", at, `There is no {${tag}}.`, hint);
    }
    parts.push(tag === undefined ? { text: found === "{{" ? "{" : found === "}}" ? "}" : found } : { tag });
    at += found.length;
  }
  return { render: (values) => parts.map((part) => ("tag" in part ? values(part.tag) : part.text)).join("") };
}
