// Reads a prepared tree from the top: what hangs on all records of one place in it is read together.
import type { JsonRecords, ValueRow } from "../../../engine/page.ts";
import { inputError } from "../../../lib/errors.ts";
import { keyText } from "../../../lib/record-key.ts";
import { sentence } from "../../../lib/sentence.ts";
import type { After } from "../../../plan/select.ts";
import type { Value } from "../../../query/predicate.ts";
import { cursorOf, type Seal } from "../cursor.ts";
import { type FoundRows, readEach } from "../each.ts";
import { belonging } from "../links.ts";
import { placeIn, sealFor, type Within } from "../page.ts";
import type { CountJob } from "./count.ts";
import { type FilesReading, readFiles } from "./files.ts";
import type { Linked, PreparedPage, RecordShape } from "./prepare.ts";
import type { PageInfo, TreeFiles, TreePage, TreeRecord } from "./wanted.ts";

/** What reading a tree shares. */
export interface TreeReading extends FilesReading {
  /** What is to be counted when all was read. */
  readonly counts: CountJob[];
}

/**
 * Reads pages of the same kind, one for each parent.
 * @param parents null for what nothing belongs to
 * @throws inputError `cursor-not-suited`; failure of the source, `page-too-large`
 */
export async function readPages(
  prepared: PreparedPage,
  parents: readonly (Within | null)[],
  reading: TreeReading,
): Promise<TreePage[]> {
  if (parents.length === 0) return [];
  const { wanted, request, sight, record } = prepared;
  const seals = parents.map((it) => sealFor(sight, prepared.plan, wanted, joined(it, prepared.filter)));
  const between = placesOf(prepared, seals);
  const conditions = parents.map((it) => it?.also ?? null);
  const found = await readEach(request, wanted.size, conditions, sight, reading, between);
  const ordered = found.map(({ rows }) => (wanted.backwards === true ? rows.toReversed() : rows));
  const records = await recordsOf(ordered.flat(), record, reading);
  let from = 0;
  const pages = found.map((its, n) =>
    pageOf(its, ordered[n]!, records.slice(from, (from += its.rows.length)), prepared, seals[n]!),
  );
  if (wanted.count) reading.counts.push({ prepared, conditions, pages });
  return pages;
}

/** A page's number of all records may be put in later. */
export interface Counted {
  count: number | null;
}

function pageOf(
  { hasMore }: FoundRows,
  rows: readonly ValueRow[],
  records: readonly TreeRecord[],
  prepared: PreparedPage,
  seal: Seal | null,
): TreePage & Counted {
  const cursors = prepared.wanted.cursors ? rows.map(({ place }) => sealed(place, seal)) : [];
  const [first, last] = [rows[0]?.place ?? null, rows.at(-1)?.place ?? null];
  return pageInfo({ first, last, hasMore }, prepared, seal, { records, cursors });
}

/** @param its what is of the page besides */
export function pageInfo<Page extends object>(
  { first, last, hasMore }: Pick<JsonRecords, "first" | "last" | "hasMore">,
  { wanted }: PreparedPage,
  seal: Seal | null,
  its: Page,
): Page & PageInfo & Counted {
  const isBackwards = wanted.backwards === true;
  return {
    ...its,
    // What is on the other side of a cursor is there, as far as anybody knows without looking.
    hasNext: isBackwards ? wanted.before !== undefined : hasMore,
    hasPrevious: isBackwards ? hasMore : wanted.after !== undefined,
    // They are seldom asked for both.
    get start() {
      return sealed(first, seal);
    },
    get end() {
      return sealed(last, seal);
    },
    count: null,
  };
}

function sealed(place: After["values"] | null, seal: Seal | null): string | null {
  return seal === null || place === null ? null : cursorOf(place, seal);
}

export function placesOf(
  { wanted: { after, before }, sight: { object } }: PreparedPage,
  seals: readonly (Seal | null)[],
): { readonly after?: After["values"]; readonly before?: After["values"] } {
  if (seals.length > 1 && (after !== undefined || before !== undefined)) {
    throw inputError(
      "cursor-not-suited",
      after === undefined ? "/before" : "/after",
      sentence`A cursor is a place in one list of ${object.name}, and here are the lists of several records.`,
      sentence`Ask for the one record by its key, and go on in its list.`,
    );
  }
  return {
    ...(after === undefined ? {} : { after: placeIn(after, seals[0]!, object, "/after") }),
    ...(before === undefined ? {} : { before: placeIn(before, seals[0]!, object, "/before") }),
  };
}

/** What a question is within, for its cursors. */
export function joined(parent: Within | null, filter: Within | null): Within | null {
  if (parent === null || filter === null) return parent ?? filter;
  return { ...parent, as: [parent.as, filter.as] };
}

/** A record on its way, and the row that it was made of. */
interface Held {
  readonly record: {
    readonly key: string | null;
    readonly fields: Readonly<Record<string, unknown>>;
    readonly references: Readonly<Record<string, TreeRecord | null>>;
    readonly lists: Record<string, TreePage>;
    readonly files: Record<string, TreeFiles>;
  };
  readonly told: readonly (Value | null)[];
  /** What the record refers to, by `as`. */
  readonly references: ReadonlyMap<string, Held>;
}

async function recordsOf(
  rows: readonly ValueRow[],
  shape: RecordShape,
  reading: TreeReading,
): Promise<readonly TreeRecord[]> {
  const held = rows.map((row) => heldOf(row, shape, row.key));
  await fill(held, shape, reading);
  return held.map(({ record }) => record);
}

function heldOf(row: ValueRow, { fields, references }: RecordShape, key: string | null): Held {
  const found = references.flatMap(({ as, of }): [string, Held][] => {
    if (row.told[of.presence!] === null) return [];
    const its = of.key?.map((n) => row.told[n]?.text ?? "") ?? null;
    return [[as, heldOf(row, of, its === null ? null : keyText(its))]];
  });
  const referred = new Map(found);
  return {
    record: {
      key,
      fields: named(fields.map(({ name, value }) => [name, row.values[value]])),
      references: named(references.map(({ as }) => [as, referred.get(as)?.record ?? null])),
      lists: named([]),
      files: named([]),
    },
    told: row.told,
    references: referred,
  };
}

/** Without what objects have by themselves: any name may be one of a record. */
function named<T>(members: readonly (readonly [string, T])[]): Record<string, T> {
  const its = Object.create(null) as Record<string, T>;
  for (const [name, value] of members) its[name] = value;
  return its;
}

/** Reads what hangs on records, and on those that they refer to. */
async function fill(held: readonly Held[], shape: RecordShape, reading: TreeReading): Promise<void> {
  for (const list of shape.lists) {
    const read = (parents: readonly Within[]): Promise<TreePage[]> => readPages(list.page, parents, reading);
    const pages = await below(held, list, shape, read);
    held.forEach(({ record }, n) => (record.lists[list.as] = pages[n] ?? NO_PAGE));
  }
  for (const files of shape.files) {
    const read = (parents: readonly Within[]): Promise<TreeFiles[]> =>
      readFiles(
        files,
        parents.map(({ also }) => also),
        reading,
      );
    const found = await below(held, files, shape, read);
    held.forEach(({ record }, n) => (record.files[files.wanted.as] = found[n] ?? { files: [], hasMore: false }));
  }
  for (const { as, of } of shape.references) {
    await fill(
      held.flatMap(({ references }) => references.get(as) ?? []),
      of,
      reading,
    );
  }
}

const NO_PAGE: TreePage = {
  records: [],
  cursors: [],
  hasNext: false,
  hasPrevious: false,
  start: null,
  end: null,
  count: 0,
};

/**
 * Reads what hangs on each record. Those that have the same, as records to which several refer, share it.
 * @returns in the order of the records; null where nothing can belong to one
 */
async function below<T>(
  held: readonly Held[],
  { link, names, told }: Linked,
  { object }: RecordShape,
  read: (parents: readonly Within[]) => Promise<readonly T[]>,
): Promise<(T | null)[]> {
  const parents = new Map<string, { readonly within: Within; readonly n: number }>();
  const places = held.map((it) => {
    const values = told.map((n) => it.told[n] ?? null);
    const within = belonging(object, link, names, values, it.record.key);
    if (within === null) return null;
    const text = JSON.stringify(within.also);
    const place = parents.get(text) ?? { within, n: parents.size };
    parents.set(text, place);
    return place;
  });
  const found = await read([...parents.values()].map(({ within }) => within));
  return places.map((it) => (it === null ? null : found[it.n]!));
}
