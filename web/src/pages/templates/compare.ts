// What differs between two revisions of a template: settings one by one, and columns as added, removed, moved, changed.
import type { Facts } from "./model.ts";

export interface Setting {
  /** `name`, `options.delimiter`. */
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
}

export interface Line {
  readonly key: string;
  readonly before: Facts | null;
  readonly after: Facts | null;
  /** Places from 1. */
  readonly from: number | null;
  readonly to: number | null;
  readonly isMoved: boolean;
  readonly isChanged: boolean;
}

export interface Section {
  /** `columns`, `lists.measures`, `datasets`. */
  readonly name: string;
  readonly lines: readonly Line[];
  /** How many are the same, at the same place among the others. */
  readonly same: number;
}

export interface Comparison {
  readonly settings: readonly Setting[];
  readonly sections: readonly Section[];
  readonly isSame: boolean;
}

const IN_SECTIONS = new Set(["kind", "columns", "lists", "datasets"]);

export function compare(before: Facts, after: Facts): Comparison {
  const settings = settingsOf(before, after);
  const sections = sectionNames(before, after)
    .map((name) => section(name, itemsAt(before, name), itemsAt(after, name)))
    .filter(({ lines }) => lines.length > 0);
  return { settings, sections, isSame: settings.length === 0 && sections.length === 0 };
}

function settingsOf(before: Facts, after: Facts): Setting[] {
  const one = flat(before);
  const other = flat(after);
  return [...new Set([...one.keys(), ...other.keys()])]
    .map((name) => ({ name, before: one.get(name), after: other.get(name) }))
    .filter((it) => JSON.stringify(it.before) !== JSON.stringify(it.after));
}

/** Options and translations one by one. */
function flat(body: Facts): Map<string, unknown> {
  const all = new Map<string, unknown>();
  for (const [name, value] of Object.entries(body)) {
    if (IN_SECTIONS.has(name)) continue;
    const isNested = (name === "options" || name === "translations") && typeof value === "object" && value !== null;
    if (!isNested) all.set(name, value);
    else for (const [its, inside] of Object.entries(value)) all.set(`${name}.${its}`, inside);
  }
  return all;
}

function sectionNames(before: Facts, after: Facts): string[] {
  const lists = [before, after].flatMap((it) => facts(it["lists"]).map((list) => `lists.${String(list["list"])}`));
  return [...new Set(["datasets", "columns", ...lists])];
}

function itemsAt(body: Facts, name: string): readonly Facts[] {
  if (!name.startsWith("lists.")) return facts(body[name]);
  const list = facts(body["lists"]).find((it) => `lists.${String(it["list"])}` === name);
  return facts(list?.["columns"]);
}

function section(name: string, before: readonly Facts[], after: readonly Facts[]): Section {
  const matched = match(before, after);
  const steady = longestRise(matched);
  const lines: Line[] = after.map((its, n) => {
    const at = matched[n]!;
    const former = at === -1 ? null : before[at]!;
    return {
      key: `after ${n}`,
      before: former,
      after: its,
      from: former === null ? null : at + 1,
      to: n + 1,
      isMoved: former !== null && !steady.has(n),
      isChanged: former !== null && textOf(former) !== textOf(its),
    };
  });
  for (const [n, its] of before.entries()) {
    if (matched.includes(n)) continue;
    const follows = lines.findLastIndex(({ from }) => from !== null && from <= n);
    const gone = { before: its, after: null, from: n + 1, to: null, isMoved: false, isChanged: false };
    lines.splice(follows + 1, 0, { key: `before ${n}`, ...gone });
  }
  const telling = lines.filter((it) => it.before === null || it.after === null || it.isMoved || it.isChanged);
  return { name, lines: telling, same: lines.length - telling.length };
}

/** What a later one was before: the same, else of the same name and field, else of the same field. */
function match(before: readonly Facts[], after: readonly Facts[]): number[] {
  const found = after.map(() => -1);
  const taken = new Set<number>();
  for (const likeness of [textOf, sourceAndName, source]) {
    for (const [n, its] of after.entries()) {
      if (found[n] !== -1) continue;
      const at = before.findIndex((it, m) => !taken.has(m) && likeness(it) === likeness(its));
      if (at === -1) continue;
      found[n] = at;
      taken.add(at);
    }
  }
  return found;
}

function source({ field = null, template = null, name }: Facts): string {
  return JSON.stringify([field, template, field === null && template === null ? name : null]);
}

function sourceAndName(its: Facts): string {
  return `${source(its)}${JSON.stringify(its["name"])}`;
}

/** Without what saving puts in by itself: the field's id and type, and the path as the header. */
function textOf(its: Facts): string {
  return JSON.stringify(bare(its));
}

function bare(its: Facts): Facts {
  const isGiven = (name: string, value: unknown): boolean =>
    name === "id" || name === "type" || (name === "name" && (value === its["field"] || value === its["value"]));
  return Object.fromEntries(
    Object.entries(its)
      .filter(([name, value]) => !isGiven(name, value))
      .map(([name, value]) => [name, name === "columns" ? facts(value).map(bare) : value] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** The places of a longest part that stayed in order: whatever is not in it was moved. */
function longestRise(values: readonly number[]): ReadonlySet<number> {
  const length: number[] = [];
  const previous: number[] = [];
  let last = -1;
  for (const [n, value] of values.entries()) {
    length[n] = 0;
    previous[n] = -1;
    if (value === -1) continue;
    length[n] = 1;
    for (let m = 0; m < n; m++) {
      if (values[m] === -1 || values[m]! > value || length[m]! < length[n]) continue;
      length[n] = length[m]! + 1;
      previous[n] = m;
    }
    if (last === -1 || length[n] > length[last]!) last = n;
  }
  const steady = new Set<number>();
  for (let n = last; n !== -1; n = previous[n]!) steady.add(n);
  return steady;
}

function facts(value: unknown): readonly Facts[] {
  return Array.isArray(value) ? (value as readonly Facts[]) : [];
}
