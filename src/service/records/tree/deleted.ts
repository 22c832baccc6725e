// What was deleted: the entries of the log that an object type's configuration names.
import type { Catalog, Field, ObjectType } from "../../../catalog/types.ts";
import { openForPage, readValues } from "../../../engine/page.ts";
import { inputError } from "../../../lib/errors.ts";
import { keyText } from "../../../lib/record-key.ts";
import { sentence } from "../../../lib/sentence.ts";
import { fieldColumn } from "../../../plan/choose.ts";
import { isKnownKey } from "../../../plan/keys.ts";
import { planPage } from "../../../plan/page.ts";
import { both } from "../../../plan/selection.ts";
import type { Predicate } from "../../../query/predicate.ts";
import { forbidden } from "../../errors.ts";
import type { OrgCall } from "../../org-call.ts";
import { cursorOf } from "../cursor.ts";
import { placeIn, sealFor, type Within } from "../page.ts";
import { operandOf } from "../search.ts";
import { pageOptions, type RecordsSight, recordsSight } from "../sight.ts";
import { moment, readable, since } from "./filters.ts";

/** A record that is no more. */
export interface Deleted {
  /** As it was told while the record was there (`keyText`). */
  readonly key: string;
  /** When, as canonical text of the log's field. */
  readonly at: string;
}

export interface DeletedPage {
  readonly deleted: readonly Deleted[];
  readonly cursors: readonly (string | null)[];
  readonly hasNext: boolean;
}

export interface DeletedQuery {
  /** 1 to 100. */
  readonly first: number;
  /** A cursor of the same question. */
  readonly after?: string;
  /** ISO 8601, as the log's field has it: deleted then or later. */
  readonly since?: string;
}

/** A log, as far as a caller may read it. */
interface Log {
  readonly object: ObjectType;
  readonly key: readonly Field[];
  readonly at: Field;
}

/** Whether the caller may be told which records of an object type were deleted. */
export function deletionsOffered(sight: Pick<RecordsSight, "object" | "catalog" | "access">): boolean {
  return logOf(sight) !== null;
}

/**
 * A policy looks at records, and those that were deleted are none: whoever may see some of them only is told of what
 * the log's own policy lets through, and of nothing where it has none.
 */
function logOf({
  object,
  catalog,
  access,
}: { readonly object: ObjectType; readonly catalog: Catalog } & Pick<RecordsSight, "access">): Log | null {
  const role = object.roles?.deleted;
  const log = role === undefined ? undefined : catalog.objects.get(role.object);
  if (role === undefined || log === undefined || !isKnownKey(object, access)) return null;
  if (!isAll(access.policy(object)) && access.policy(log) === null) return null;
  const key = role.key.map((name) => readable(log, name, access)).filter((it) => it !== null);
  const at = moment(log, role.at, access);
  return at === null || key.length < role.key.length ? null : { object: log, key, at };
}

/** Whether a policy lets every record through, whatever the record is. */
function isAll(policy: Predicate | null): boolean {
  switch (policy?.op) {
    case undefined:
      return true;
    case "constant":
      return policy.value;
    case "or":
      return policy.of.some(isAll);
    case "and":
      return policy.of.every(isAll);
    default:
      return false;
  }
}

/**
 * Records that were deleted, in the order in which they were.
 * @throws usageError naming the place in the question; failure `forbidden`, or of the source
 */
export async function readDeleted(call: OrgCall, object: string, query: DeletedQuery): Promise<DeletedPage> {
  const { first, after } = query;
  if (!Number.isSafeInteger(first) || first < 1 || first > MOST) {
    throw inputError("limit-not-suited", "/first", sentence`It must be a whole number from 1 to ${MOST}.`);
  }
  const whole = await recordsSight(call, object);
  const log = logOf(whole);
  if (log === null) throw forbidden(sentence`You may not be told which records of ${whole.object.name} were deleted.`);
  const sight = await recordsSight(call, log.object.name);
  const { catalog, access, locale } = sight;
  const within: Within = { also: entries(log, query, sight), as: ["deleted", whole.object.name, query.since ?? null] };
  const columns = [...log.key, log.at].map((field) => fieldColumn(log.object, field));
  const choice = { object: log.object, columns, groups: [], lists: [] };
  const request = { choice, where: within.also, order: [log.at.name], limit: first + 1 };
  const begin = planPage(request, log.object, catalog, access, locale);
  const seal = sealFor(sight, begin, {}, within);
  const plan =
    after === undefined
      ? begin
      : planPage(request, log.object, catalog, access, locale, { after: placeIn(after, seal, log.object, "/after") });
  const session = await openForPage(plan, sight.source, call.signal);
  try {
    const { rows, hasMore } = await readValues(plan, session, pageOptions(sight, [plan], call.signal), first);
    return {
      deleted: rows.map(({ values }) => ({ key: keyText(values.slice(0, -1).map(String)), at: String(values.at(-1)) })),
      cursors: rows.map(({ place }) => (seal === null ? null : cursorOf(place, seal))),
      hasNext: hasMore,
    };
  } finally {
    await session.close();
  }
}

const MOST = 100;

/** Those that say what and when. */
function entries({ key, at }: Log, query: DeletedQuery, sight: RecordsSight): Predicate {
  const there = [...key, at].map((field): Predicate => ({
    op: "not",
    of: { op: "missing", operand: operandOf(field) },
  }));
  return both({ op: "and", of: there }, query.since === undefined ? null : since(query.since, at, "since", sight))!;
}
