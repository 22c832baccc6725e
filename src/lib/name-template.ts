// Names of files and folders with tags in them, such as weekly-{date} or {record.number}/{field.name}-{index}.
import { PatternError } from "./pattern-error.ts";
import { printable } from "./printable.ts";
import { sentence, type Sentence } from "./sentence.ts";
import { suggest } from "./suggest.ts";

/** A name with tags, read and checked. */
export interface NameTemplate {
  /** Its tags, each once, in the order of their first place. */
  readonly tags: readonly string[];
  /**
   * The name with values in place of the tags. A value adds to a name and never to its structure: path separators,
   * control characters and marks that turn the direction of text become `_`, and so do dots at its ends and several in a
   * row; a value without characters is `_`. The template's own text stays as it was written, slashes included: the caller
   * splits at them where folders are allowed and refuses them where they are not, makes each part a safe name
   * (`safeName` or `NamesInFolder`: reserved characters and devices, length, hidden files) and keeps names apart.
   */
  render(value: (tag: string) => string): string;
}

/** Longer templates are a slip: a name has at most 255 bytes. */
const MOST = 1000;

/** What would change the path or how it is shown. */
const UNSAFE = /[/\\\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|^\.+|\.+$|\.{2,}/gu;

/**
 * Reads a name with tags: `{tag}`, where a tag is any text without braces, and `{{` and `}}` for braces.
 * @param tags those that there are; a set makes better hints
 * @throws PatternError `wrong-name-template`
 */
export function parseNameTemplate(text: string, tags: ReadonlySet<string> | ((tag: string) => boolean)): NameTemplate {
  if (text === "") refuse(0, sentence`is empty`, sentence`Write a name, such as export-{date}.`);
  if (text.length > MOST) refuse(MOST, sentence`is longer than ${MOST} characters`, sentence`Shorten it.`);
  const isTag = typeof tags === "function" ? tags : (tag: string): boolean => tags.has(tag);
  const parts: { readonly text: string; readonly tag: string | null }[] = [];

  for (let at = 0; at < text.length;) {
    const [found, tag] = /^(?:[^{}]+|\{\{|\}\}|\{([^{}]*)\})/.exec(text.slice(at)) ?? [];
    if (found === undefined && text[at] === "{") {
      const hint = sentence`Close the tag with }, or write {{ for a brace.`;
      refuse(at, sentence`opens a brace at character ${at + 1} and never closes it`, hint);
    }
    if (found === undefined) {
      refuse(at, sentence`closes a brace at character ${at + 1} that was not open`, sentence`Write }} for a brace.`);
    }
    if (tag !== undefined && !isTag(tag)) {
      const what = tag === "" ? sentence`an empty tag` : sentence`the unknown tag {${printable(tag)}}`;
      const hint = typeof tags === "function" || tag === "" ? undefined : suggest(tag, [...tags]);
      refuse(at + 1, sentence`has ${what} at character ${at + 2}`, hint ?? sentence`Write {{ and }} for braces.`);
    }
    parts.push(tag === undefined ? { text: /^[{}]/.test(found) ? found[0]! : found, tag: null } : { text: "", tag });
    at += found.length;
  }

  return {
    tags: [...new Set(parts.flatMap((part) => part.tag ?? []))],
    render: (value) => parts.map((part) => (part.tag === null ? part.text : safeValue(value(part.tag)))).join(""),
  };
}

function safeValue(value: string): string {
  return value.toWellFormed().replace(UNSAFE, "_") || "_";
}

function refuse(index: number, what: Sentence, hint: Sentence): never {
  throw new PatternError("wrong-name-template", index, sentence`The name template ${what}.`, hint);
}
