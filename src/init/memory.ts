// What earlier runs have seen, as comments at the end of the file: what an author took out of it stays out.
import type { ObjectProposal } from "./proposal.ts";
import { quoted } from "./yaml-lines.ts";

/** The fields of a table that were seen, each with the keys or codes in it. */
export type SeenTable = ReadonlyMap<string, ReadonlySet<string>>;

interface Seen {
  readonly org: string;
  readonly source: string;
  readonly table: string;
  readonly fields: SeenTable;
}

const WORD = /"(?:[^"\\]|\\.)*"|[^\s"(),:]+/.source;
const LINE = new RegExp(`^[ \\t]*# seen (${WORD}) (${WORD}) (${WORD}): (.*?)\\r?$`);
const LONGEST_LINE = 118;

export const MEMORY_HEAD = [
  "# What waybill init has seen: what you take out of the file above stays out when it runs again, only what is new is",
  "# added. Without these lines it would propose everything again.",
];

/** What a table's proposal says, as it is remembered. */
export function seenOf(object: ObjectProposal): SeenTable {
  const fields = new Map(
    object.fields.map((field) => {
      const codes = (field.labels ?? []).map(([code]) => code);
      return [field.name, new Set([...field.keys.map(({ path }) => path), ...field.rareKeys, ...codes])];
    }),
  );
  for (const list of object.lists) {
    const inside = list.json.slice(list.column.length + 1);
    const seen = fields.get(list.column);
    for (const path of [...list.keys.map((it) => it.path), ...list.rareKeys]) seen?.add(`${inside}[].${path}`);
  }
  return fields;
}

/** All that a file remembers. */
export class Memory {
  readonly #all: readonly Seen[];

  constructor(text: string) {
    this.#all = text.split("\n").flatMap((line) => parsed(line));
  }

  /**
   * What was seen of a table; null when it was never seen. What was remembered under the name of a source that has gone
   * counts too: it was given another name.
   * @param isThere whether the file has a source of this name in an org
   */
  of(
    org: string,
    source: string,
    table: string,
    isThere: (org: string, source: string) => boolean,
  ): Map<string, Set<string>> | null {
    const its = this.#all.filter(
      (it) => it.table === table && ((it.org === org && it.source === source) || !isThere(it.org, it.source)),
    );
    if (its.length === 0) return null;
    const fields = new Map<string, Set<string>>();
    for (const [field, inside] of its.flatMap((it) => [...it.fields])) {
      fields.set(field, new Set([...(fields.get(field) ?? []), ...inside]));
    }
    return fields;
  }
}

/** The lines that remember what is seen of a table and was not seen before. */
export function memoryLines(
  org: string,
  source: string,
  table: string,
  seen: SeenTable,
  before: SeenTable | null,
): readonly string[] {
  const items = [...seen].flatMap(([field, inside]) => {
    const known = before?.get(field);
    const more = [...inside].filter((it) => known?.has(it) !== true);
    if (known !== undefined && more.length === 0) return [];
    if (more.length === 0) return [word(field)];
    // What a field holds may be as much as several lines.
    return groups(more).map((group) => `${word(field)}(${group.map(word).join(", ")})`);
  });
  if (items.length === 0 && before !== null) return [];
  const head = `# seen ${word(org)} ${word(source)} ${word(table)}:`;
  const lines: string[] = [];
  let line = head;
  for (const item of items) {
    if (line !== head && line.length + item.length + 2 > LONGEST_LINE) {
      lines.push(line);
      line = head;
    }
    line += line === head ? ` ${item}` : `, ${item}`;
  }
  return [...lines, line === head ? `${head} ` : line];
}

function groups(all: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(all.length / 6) }, (_, n) => all.slice(n * 6, n * 6 + 6));
}

/** A name by itself, or in quotes. */
function word(text: string): string {
  return /^[^\s"(),:#\p{C}]+$/u.test(text) ? text : quoted(text);
}

function parsed(line: string): Seen[] {
  const found = LINE.exec(line);
  if (found === null) return [];
  const [, org = "", source = "", table = "", rest = ""] = found;
  const fields = new Map<string, Set<string>>();
  const item = new RegExp(`(${WORD})(?:\\(((?:${WORD}|, )*)\\))?(?:, |$)`, "gy");
  for (const [, name = "", inside = ""] of rest.matchAll(item)) {
    const known = fields.get(unquoted(name)) ?? [];
    const more = [...inside.matchAll(new RegExp(WORD, "g"))].map(([it]) => unquoted(it));
    fields.set(unquoted(name), new Set([...known, ...more]));
  }
  return [{ org: unquoted(org), source: unquoted(source), table: unquoted(table), fields }];
}

function unquoted(text: string): string {
  if (!text.startsWith('"')) return text;
  try {
    return JSON.parse(text) as string;
  } catch {
    // Somebody changed it: it names nothing.
    return text;
  }
}
