// A page of records: filtered, searched, ordered, and going on where another page ended.
import type { ObjectType } from "../../catalog/types.ts";
import { openForPage, type Page, readPage } from "../../engine/page.ts";
import { inputError } from "../../lib/errors.ts";
import { sentence } from "../../lib/sentence.ts";
import { isKnownKey } from "../../plan/keys.ts";
import { type PagePlan, planPage } from "../../plan/page.ts";
import type { After } from "../../plan/select.ts";
import { both } from "../../plan/selection.ts";
import { parseWhere } from "../../query/parse-where.ts";
import type { Predicate } from "../../query/predicate.ts";
import type { OrgCall } from "../org-call.ts";
import { cursorOf, placeOf, type Seal, sealOf } from "./cursor.ts";
import { searchOf } from "./search.ts";
import { pageOptions, type RecordsSight, recordsSight } from "./sight.ts";

/** Which records are wanted. */
export interface RecordsFilter {
  /** JSON, CONTRACT section 3. */
  readonly where?: unknown;
  /** Words that must all be found in a record. */
  readonly search?: string | undefined;
  /** The id of a namespace; all that the caller may see when absent. */
  readonly namespace?: string | undefined;
}

/** What is wanted of them, and which of them at a time. */
export interface PageQuery {
  readonly paths?: readonly string[] | undefined;
  readonly include?: readonly string[] | undefined;
  readonly expand?: readonly string[] | undefined;
  /** Paths, descending with a minus in front; the key when absent. */
  readonly order?: readonly string[] | undefined;
  /** 1 to 500; 50 when absent. */
  readonly limit?: number | undefined;
  /** The cursor that a page of the same question gave. */
  readonly after?: string | undefined;
}

export interface RecordsPage extends Pick<Page, "data" | "keys" | "hasMore"> {
  /** The cursor of the page that follows; null where there is none, or an object type without a key cannot go on. */
  readonly next: string | null;
}

/** What more a list or a record itself asks of records than a caller may say. */
export interface Within {
  /** A condition of ours. */
  readonly also: Predicate;
  /** What it says, so that cursors of another list are told apart. */
  readonly as: unknown;
  /** Whether that is something that its reader may not know. */
  readonly isSecret?: boolean;
}

const USUAL_LIMIT = 50;
const HIGHEST_LIMIT = 500;

/**
 * A page of the records of an object type that the caller may see.
 * @throws usageError naming the place in the query; failure `forbidden`, `not-found`, or of the source
 */
export async function recordsPage(
  call: OrgCall,
  object: string,
  query: RecordsFilter & PageQuery = {},
): Promise<RecordsPage> {
  const sight = await recordsSight(call, object, query.namespace);
  const prepared = preparePage(sight, query);
  const session = await openForPage(prepared.plan, sight.source, call.signal);
  try {
    const page = await readPage(
      prepared.plan,
      prepared.limit,
      session,
      pageOptions(sight, [prepared.plan], call.signal),
    );
    return finishPage(page, prepared);
  } finally {
    await session.close();
  }
}

/** A page that can be read. */
export interface PreparedPage {
  readonly plan: PagePlan;
  readonly limit: number;
  /** Null where pages cannot go on. */
  readonly seal: Seal | null;
}

/** @throws usageError naming the place in the query */
export function preparePage(
  sight: RecordsSight,
  { where, search, after, limit = USUAL_LIMIT, ...wanted }: RecordsFilter & PageQuery,
  within: Within | null = null,
): PreparedPage {
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > HIGHEST_LIMIT) {
    throw inputError(
      "limit-not-suited",
      "/limit",
      sentence`The limit must be a whole number from 1 to ${HIGHEST_LIMIT}.`,
    );
  }
  const { object, catalog, access, locale } = sight;
  const condition = filterOf(sight, { where, search });
  const request = {
    ...wanted,
    where: both(within?.also ?? null, condition),
    limit: limit + 1,
  };
  const plan = planPage(request, object, catalog, access, locale);
  const seal = sealFor(sight, plan, { where, search }, within);
  if (after === undefined) return { plan, limit, seal };
  return {
    plan: planPage(request, object, catalog, access, locale, { after: placeIn(after, seal, object, "/after") }),
    limit,
    seal,
  };
}

/** What the cursors of a question are sealed with; null where a page cannot go on, since nothing tells its records apart. */
export function sealFor(
  { object, access, org }: RecordsSight,
  { ordered }: PagePlan,
  { where, search }: Pick<RecordsFilter, "where" | "search">,
  within: Within | null,
): Seal | null {
  if (object.key.length === 0) return null;
  const question = [object.name, ordered, where ?? null, search ?? null, within?.as ?? null];
  return sealOf(question, !isKnownKey(object, access) || within?.isSecret === true, org.pseudonymKey);
}

/** The place that a cursor is. @throws inputError `cursor-not-suited` */
export function placeIn(cursor: string, seal: Seal | null, object: ObjectType, pointer: string): After["values"] {
  if (seal !== null) return placeOf(cursor, seal, pointer);
  throw inputError(
    "cursor-not-suited",
    pointer,
    sentence`${object.name} has no key, so there is no telling where a page ended.`,
    sentence`Ask for fewer records by where, or export them.`,
  );
}

/** What a caller filters by; null for all records. @throws usageError naming the place */
export function filterOf(
  { object, catalog, access, locale }: RecordsSight,
  { where, search }: Pick<RecordsFilter, "where" | "search">,
): Predicate | null {
  const asked = where === undefined ? null : parseWhere(where, object, catalog, { access, timeZone: locale.timeZone });
  return both(asked, searchOf(search, object, access));
}

export function finishPage({ data, keys, hasMore, last }: Page, { seal }: PreparedPage): RecordsPage {
  const next = hasMore && seal !== null && last !== null ? cursorOf(last, seal) : null;
  return { data, keys, hasMore, next };
}
