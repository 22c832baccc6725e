// Lines of YAML: names and texts as scalars that read back as they are, entries, comments.
import { printable } from "../lib/printable.ts";

/** What YAML, in its old or its new version, takes for something else than text. */
const TAKEN = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/i;
const PLAIN = /^[\p{L}_](?:[\p{L}\p{N}_.()/%°+'’&@-]| (?=[\p{L}\p{N}(%°&/+]))*$/u;

/** A text as a scalar: plain where it can be, in double quotes else. */
export function scalar(text: string): string {
  return PLAIN.test(text) && !TAKEN.test(text) ? text : quoted(text);
}

/** A text in double quotes, on one line. */
export function quoted(text: string): string {
  // JSON leaves as they are a few characters that YAML does not print.
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** YAML 1.2 section 7.4.2: a key on one line with its colon has at most 1024 characters. */
const LONGEST_KEY = 1000;

/** Whether the configuration can have a name as a key. */
export function canBeKey(name: string): boolean {
  return name !== "" && name !== "<<" && name !== "__proto__" && name.isWellFormed();
}

/** `key: value`; a mapping or nothing follows where the value is empty. */
export function entry(key: string, value = "", remark: string | null = null): readonly string[] {
  const name = scalar(key);
  const end = `${value === "" ? "" : ` ${value}`}${remark === null ? "" : `  ${comment(remark)}`}`;
  return name.length > LONGEST_KEY ? [`? ${name}`, `:${end}`] : [`${name}:${end}`];
}

/** A flow mapping of scalars and other flow values that are written already. */
export function flow(entries: readonly (readonly [key: string, written: string])[]): string {
  return `{ ${entries.map(([key, written]) => `${scalar(key)}: ${written}`).join(", ")} }`;
}

/** A list of names as the configuration takes it: one by itself. Plain scalars here have nothing that ends a flow. */
export function names(all: readonly string[]): string {
  return all.length === 1 ? scalar(all[0]!) : `[${all.map(scalar).join(", ")}]`;
}

const LONGEST_COMMENT = 300;

/** A comment on one line, whatever the text is. */
export function comment(text: string): string {
  const line = printable(text.replace(/\s+/g, " ").trim());
  return line.length > LONGEST_COMMENT ? `# ${line.slice(0, LONGEST_COMMENT)}…` : `# ${line}`;
}

/** A text as comment lines of a readable length. */
export function paragraph(text: string, width = 100): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line !== "" && line.length + word.length >= width) {
      lines.push(comment(line));
      line = "";
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  return line === "" ? lines : [...lines, comment(line)];
}

/** Lines further in. */
export function indented(lines: readonly string[], by = 2): readonly string[] {
  return lines.map((line) => (line === "" ? line : " ".repeat(by) + line));
}

/** Lines of YAML as comments, such that taking the `# ` away makes them count. */
export function commentedOut(lines: readonly string[]): readonly string[] {
  return lines.map((line) => (line === "" ? "#" : `# ${line}`));
}
