// A tree as it will be read: everything that can be wrong with the question is found here, before anything is read.
import type { Attachments, Field, List, ObjectType, Reference } from "../../../catalog/types.ts";
import { inputError, WaybillError } from "../../../lib/errors.ts";
import { sentence } from "../../../lib/sentence.ts";
import { suggest } from "../../../lib/suggest.ts";
import { type Choice, fieldColumn, isOnOffer } from "../../../plan/choose.ts";
import { isKnownKey } from "../../../plan/keys.ts";
import { type FieldBehind, type PagePlan, type PageRequest, planPage } from "../../../plan/page.ts";
import { fieldOfColumn } from "../../../plan/scope.ts";
import { both } from "../../../plan/selection.ts";
import { MOST_FILES } from "../files.ts";
import { filesOf, type Followed, followed, linkingFields, listsOf } from "../links.ts";
import { filterOf, type Within } from "../page.ts";
import { pageOptions, type RecordsSight } from "../sight.ts";
import { filteredBy, pageFilters } from "./filters.ts";
import type { WantedFiles, WantedPage, WantedRecord } from "./wanted.ts";

/** A connection, planned. */
export interface PreparedPage {
  readonly sight: RecordsSight;
  readonly wanted: WantedPage;
  readonly request: Omit<PageRequest, "limit" | "each">;
  /** What is asked for besides `where` and `search`. */
  readonly filter: Within | null;
  /** Of its first page. */
  readonly plan: PagePlan;
  readonly record: RecordShape;
}

/** Where in a row the parts of a record are: among its values, or among those that are told. */
export interface RecordShape {
  readonly object: ObjectType;
  /** What is missing exactly when the record is; null for the row's own record. */
  readonly presence: number | null;
  /** What is told of its key; null where it may not be, and for the row's own record, which has one. */
  readonly key: readonly number[] | null;
  readonly fields: readonly { readonly name: string; readonly value: number }[];
  readonly references: readonly { readonly as: string; readonly of: RecordShape }[];
  readonly lists: readonly (Linked<List> & { readonly as: string; readonly page: PreparedPage })[];
  readonly files: readonly (Linked<Attachments> & { readonly wanted: WantedFiles; readonly sight: RecordsSight })[];
}

/** What hangs on a record, and where the fields that it begins at are told. */
export interface Linked<T extends List | Attachments = List | Attachments> {
  readonly link: Followed<T>;
  readonly names: readonly string[];
  readonly told: readonly number[];
}

/** References in one statement: databases join some sixty tables, and policies look at more. */
const MOST_REFERENCES = 40;
const MOST_RECORDS = 100;

/** @throws usageError naming the place in the question: below `/<as>` for what hangs on a record */
export function preparePage(wanted: WantedPage, sight: RecordsSight): PreparedPage {
  checkSize(wanted.size, MOST_RECORDS, "/size");
  const shaper = new Shaper(sight);
  const record = shaper.record(wanted.of, sight.object, []);
  const filter = filteredBy(wanted, sight);
  const { updated } = pageFilters(sight);
  const usual = wanted.updatedSince === undefined || updated === null ? undefined : [updated.name];
  const request = {
    choice: shaper.choice,
    tell: shaper.tell,
    where: both(filter?.also ?? null, filterOf(sight, wanted)),
    order: wanted.order ?? usual,
    backwards: wanted.backwards,
  };
  const { object, catalog, access, locale } = sight;
  const plan = planPage({ ...request, limit: wanted.size + 1 }, object, catalog, access, locale);
  // Whether there is a salt, where one is needed.
  pageOptions(sight, [plan], new AbortController().signal);
  return { sight, wanted, request, filter, plan, record };
}

/** Whether one select gives the whole tree: nothing hangs on its records that is not joined to them. */
export function isOneStatement({ wanted: { after, before }, plan, record }: PreparedPage): boolean {
  return isJoined(record) && !(plan.mayBeApart && (after ?? before) !== undefined);
}

function isJoined({ lists, files, references }: RecordShape): boolean {
  return lists.length === 0 && files.length === 0 && references.every(({ of }) => isJoined(of));
}

/** Gathers what is read of a row for a record and all that it refers to. */
class Shaper {
  readonly choice: Choice;
  readonly tell: FieldBehind[] = [];
  readonly #sight: RecordsSight;
  readonly #places = new Map<string, number>();
  #references = 0;

  constructor(sight: RecordsSight) {
    this.#sight = sight;
    this.choice = { object: sight.object, columns: [], groups: [], lists: [] };
  }

  /** @param through the references that lead to the record */
  record(wanted: WantedRecord, object: ObjectType, through: readonly string[]): RecordShape {
    const from = { ...this.#sight, object };
    const isKeyTold = through.length > 0 && isKnownKey(object, from.access);
    return {
      object,
      presence: null,
      key: isKeyTold ? object.key.map((name) => this.#told(through, name)) : null,
      fields: wanted.fields.map((name, n) => ({ name, value: this.#value(through, object, name, `/fields/${n}`) })),
      references: wanted.references.map(({ as, name, of }) => {
        const { link, to } = named(name, followed<Reference>(from, object.references), object, "reference");
        if (++this.#references > MOST_REFERENCES) throw tooManyReferences();
        const further = [...through, name];
        const presence = this.#told(further, fieldOfColumn(to, link.by[0]!.to).name);
        return { as, of: within(as, () => ({ ...this.record(of, to, further), presence })) };
      }),
      lists: wanted.lists.map(({ as, name, page }) => {
        const link = named(name, listsOf(from), object, "list");
        const items = { ...this.#sight, object: link.to };
        return { as, ...this.#linked(link, object, through), page: within(as, () => preparePage(page, items)) };
      }),
      files: wanted.files.map((its) => {
        const link = named(its.name, filesOf(from), object, "files");
        within(its.as, () => checkSize(its.first, MOST_FILES, "/first"));
        return { wanted: its, sight: { ...this.#sight, object: link.to }, ...this.#linked(link, object, through) };
      }),
    };
  }

  #linked<T extends List | Attachments>(link: Followed<T>, object: ObjectType, through: readonly string[]): Linked<T> {
    const names = linkingFields(object, [link]);
    return { link, names, told: names.map((it) => this.#told(through, it)) };
  }

  #value(through: readonly string[], object: ObjectType, name: string, pointer: string): number {
    const { access } = this.#sight;
    const shown = (it: Field): boolean => it.hidden !== true && isOnOffer(access, object, it);
    const field = object.fields.find((it) => it.name === name && shown(it));
    if (field === undefined) {
      const names = object.fields.filter(shown).map((it) => it.name);
      throw inputError(
        "unknown-field",
        pointer,
        sentence`There is no field "${name}" of ${object.name}.`,
        suggest(name, names),
      );
    }
    return this.#once(["value", ...through], name, () => this.choice.columns.push(fieldColumn(object, field, through)));
  }

  #told(through: readonly string[], field: string): number {
    return this.#once(["told", ...through], field, () => this.tell.push({ through, field }));
  }

  /** @param add gives the number of those that there are then */
  #once(place: readonly string[], name: string, add: () => number): number {
    const text = JSON.stringify([...place, name]);
    const at = this.#places.get(text) ?? add() - 1;
    this.#places.set(text, at);
    return at;
  }
}

function named<T extends Reference | List | Attachments>(
  name: string,
  some: readonly Followed<T>[],
  object: ObjectType,
  what: "reference" | "list" | "files",
): Followed<T> {
  const found = some.find(({ link }) => link.name === name);
  if (found !== undefined) return found;
  const names = some.map(({ link }) => link.name);
  const said = what === "files" ? sentence`files "${name}"` : sentence`${what} "${name}"`;
  throw inputError(
    `unknown-${what}`,
    `/${name}`,
    sentence`${object.name} has no ${said} that you may see.`,
    suggest(name, names),
  );
}

function checkSize(size: number, most: number, pointer: string): void {
  if (Number.isSafeInteger(size) && size >= 1 && size <= most) return;
  throw inputError("limit-not-suited", pointer, sentence`It must be a whole number from 1 to ${most}.`);
}

function tooManyReferences(): Error {
  const detail = sentence`More than ${MOST_REFERENCES} references can not be followed from one record.`;
  return inputError("too-many-references", "", detail, sentence`Ask for fewer at once.`);
}

/** What is wrong below something is wrong at its place. */
function within<T>(as: string, what: () => T): T {
  try {
    return what();
  } catch (error) {
    if (!(error instanceof WaybillError) || error.places.length === 0) throw error;
    const { kind, code, message, hint, cause } = error;
    const places = error.places.map((it) => ({ ...it, pointer: `/${as}${it.pointer}` }));
    throw new WaybillError(kind, code, message, { hint, places, cause });
  }
}
