// Lists as callers ask for them (CONTRACT section 7): a filter, an order, and pages one after the other.
import type { Catalog, Field, ObjectType } from "../catalog/types.ts";
import type { List, ListOrder } from "../control/lists/list.ts";
import type { ListPage, Place, Placed } from "../control/lists/page.ts";
import { inputError } from "../lib/errors.ts";
import { sentence } from "../lib/sentence.ts";
import { suggest } from "../lib/suggest.ts";
import type { Predicate } from "../query/predicate.ts";
import { parseWhere } from "../query/parse-where.ts";
import { convertValue } from "../query/values.ts";
import { checkPatterns } from "./list-patterns.ts";
import type { OrgCall } from "./org-call.ts";
import { cursorOf, placeOf, type Seal, sealOf } from "./records/cursor.ts";

export interface ListQuery {
  /** A condition in the query language, as parsed JSON. */
  readonly where?: unknown;
  /** Names of fields, descending with a minus in front. */
  readonly sort?: readonly string[] | undefined;
  /** `next` of the page before. */
  readonly after?: string | undefined;
  /** How many at most; 50 when absent. */
  readonly limit?: number | undefined;
}

export interface ListAnswer<Item> {
  readonly data: readonly Item[];
  /** What the next page begins after; null for the last one. */
  readonly next: string | null;
}

/** A page each of whose items one can go on from. */
export interface PlacedAnswer<Item> extends ListAnswer<Item> {
  /** What a page begins after that begins behind an item, by its place on this page. @throws inputError `order-not-suited` */
  readonly cursorBehind: (n: number) => string;
}

/**
 * Answers a question about a list.
 * @param besides what else is asked for, so that a cursor of another question is told apart
 * @param read gives what a page holds, of what the caller may see
 * @throws usageError naming the place: `/where/…`, `/sort`, `/after`
 */
export async function answer<Item>(
  call: Pick<OrgCall, "timeZone">,
  list: List,
  { where, sort, after, limit = 50 }: ListQuery,
  besides: unknown,
  read: (page: ListPage) => Promise<Placed<Item>[]>,
): Promise<PlacedAnswer<Omit<Placed<Item>, "place">>> {
  const order = orderOf(sort, list);
  const seal = sealOf([list.name, order, where ?? null, besides], false, null);
  const rows = await read({
    where: where === undefined ? null : conditionOf(where, list, call.timeZone),
    order,
    after: after === undefined ? null : placeAt(after, seal, order, list),
    limit: limit + 1,
  });
  const page = rows.slice(0, limit);
  const cursorBehind = (n: number): string => cursorAt(page[n]!.place, seal, order, list);
  const next = rows.length > limit ? cursorBehind(limit - 1) : null;
  return { data: page.map(({ place: _place, ...item }) => item), next, cursorBehind };
}

function conditionOf(where: unknown, list: List, timeZone: string | undefined): Predicate {
  const object = objectOf(list);
  const catalog: Catalog = { objects: new Map([[object.name, object]]) };
  const condition = parseWhere(where, object, catalog, timeZone === undefined ? {} : { timeZone });
  checkPatterns(condition);
  return condition;
}

/** A list as the query language sees it. */
function objectOf({ name, columns, key }: List): ObjectType {
  const fields = Object.entries(columns).map(([field, { type, nullable, hidden }]): Field => {
    const element = type === "array" ? { element: "text" as const } : {};
    return { name: field, column: field, type, native: "", nullable, hidden: hidden === true, ...element };
  });
  return { name, table: { name }, kind: "table", fields, key: [key], references: [], lists: [] };
}

function orderOf(sort: readonly string[] = [], list: List): readonly ListOrder[] {
  const order: ListOrder[] = [];
  for (const text of sort) {
    const descending = text.startsWith("-");
    const by = descending ? text.slice(1) : text;
    const { type, hidden } = Object.hasOwn(list.columns, by) ? list.columns[by]! : { hidden: true };
    if (hidden === true) {
      const names = Object.keys(list.columns).filter((it) => list.columns[it]?.hidden !== true);
      throw inputError("unknown-field", "/sort", sentence`${list.name} has no field "${by}".`, suggest(by, names));
    }
    if (type === "array") {
      throw inputError("order-not-suited", "/sort", sentence`The field "${by}" has no order, since it is an array.`);
    }
    if (order.some((it) => it.by === by)) {
      throw inputError(
        "order-not-suited",
        "/sort",
        sentence`The field "${by}" is named twice.`,
        sentence`Name it once.`,
      );
    }
    order.push({ by, descending });
  }
  const last = order.at(-1);
  if (last === undefined) return list.order;
  // What is the same in all of them has an order too.
  return order.some(({ by }) => by === list.key) ? order : [...order, { by: list.key, descending: last.descending }];
}

function typesOf(order: readonly ListOrder[], { columns }: List) {
  return order.map(({ by }) => columns[by]!.type);
}

function cursorAt(place: Place, seal: Seal, order: readonly ListOrder[], list: List): string {
  const types = typesOf(order, list);
  const values = place.map((text, n) => (text === null ? null : { type: types[n]!, text: ofFarYear(text, types[n]!) }));
  const cursor = cursorOf([values], seal);
  if (cursor !== null) return cursor;
  throw inputError(
    "order-not-suited",
    "/sort",
    sentence`The values that the list is sorted by are too long to go on from.`,
    sentence`Sort by something else, or ask for more at once.`,
  );
}

/** ISO 8601 wants a sign before years of more than four digits. */
function ofFarYear(text: string, type: string): string {
  return type === "instant" ? text.replace(/^\d{5,6}(?=-)/, (year) => `+${year.padStart(6, "0")}`) : text;
}

function placeAt(cursor: string, seal: Seal, order: readonly ListOrder[], list: List): Place {
  const [place = [], ...more] = placeOf(cursor, seal);
  const types = typesOf(order, list);
  if (place.length !== types.length || more.length > 0) {
    throw inputError(
      "cursor-not-suited",
      "/after",
      sentence`The cursor is damaged.`,
      sentence`Begin at the first page without it.`,
    );
  }
  // Whoever knows how could have made it.
  return place.map((value, n) => (value === null ? null : convertValue(value.text, types[n]!, "/after", null).text));
}
