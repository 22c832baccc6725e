// What pages of records are filtered by besides conditions: since when, and in which state, where the configuration says so.
import { type Field, type FieldType, isColumn, type ObjectType } from "../../../catalog/types.ts";
import { zoneNamed } from "../../../cells/zone.ts";
import { inputError } from "../../../lib/errors.ts";
import { child } from "../../../lib/pointer.ts";
import { sentence } from "../../../lib/sentence.ts";
import type { Predicate } from "../../../query/predicate.ts";
import { convertValue } from "../../../query/values.ts";
import type { Within } from "../page.ts";
import { operandOf } from "../search.ts";
import type { RecordsSight } from "../sight.ts";
import type { WantedPage } from "./wanted.ts";

/** The fields that filter; null where there is none that the caller may filter by. */
export interface PageFilters {
  readonly created: Field | null;
  readonly updated: Field | null;
  readonly state: Field | null;
}

const MOMENTS: ReadonlySet<FieldType> = new Set(["date", "datetime", "instant"]);
/** So many states can be asked for as values of a condition. */
const MOST_STATES = 1_000;

/** Which of `createdSince`, `updatedSince` and `state` are on offer. */
export function pageFilters({ object, access }: Pick<RecordsSight, "object" | "access">): PageFilters {
  const { created, updated, state } = object.roles ?? {};
  return {
    created: moment(object, created, access),
    updated: moment(object, updated, access),
    state: readable(object, state, access),
  };
}

/** A field that says when something happened, as a caller may ask for it. */
export function moment(object: ObjectType, name: string | undefined, access: RecordsSight["access"]): Field | null {
  const field = readable(object, name, access);
  return field !== null && MOMENTS.has(field.type) ? field : null;
}

/** A column that the caller may read as it is. */
export function readable(object: ObjectType, name: string | undefined, access: RecordsSight["access"]): Field | null {
  const field = object.fields.find((it) => it.name === name);
  if (field === undefined || field.hidden === true || !isColumn(field) || !access.mayRead(object, field)) return null;
  return field;
}

type Filters = Pick<WantedPage, "createdSince" | "updatedSince" | "state">;

/** What is asked for by them; null where nothing is. @throws inputError `filter-not-suited`, `value-not-suited` */
export function filteredBy({ createdSince, updatedSince, state }: Filters, sight: RecordsSight): Within | null {
  const on = pageFilters(sight);
  const all = [
    ...(createdSince === undefined ? [] : [since(createdSince, on.created, "createdSince", sight)]),
    ...(updatedSince === undefined ? [] : [since(updatedSince, on.updated, "updatedSince", sight)]),
    ...(state === undefined ? [] : [inState(state, on.state, sight)]),
  ];
  if (all.length === 0) return null;
  const as = ["since", createdSince ?? null, updatedSince ?? null, state ?? null];
  return { also: all.length === 1 ? all[0]! : { op: "and", of: all }, as };
}

/** Records of which a field says so late or later. @throws inputError `filter-not-suited`, `value-not-suited` */
export function since(text: string, field: Field | null, name: string, { object, locale }: RecordsSight): Predicate {
  const asked = offered(field, name, object);
  const value = convertValue(text, asked.type, `/${name}`, zoneNamed(locale.timeZone));
  return { op: "compare", operand: operandOf(asked), is: ">=", value };
}

function inState(states: readonly string[], field: Field | null, { object, locale }: RecordsSight): Predicate {
  const asked = offered(field, "state", object);
  if (states.length === 0) return { op: "constant", value: false };
  if (states.length > MOST_STATES) {
    throw inputError("filter-not-suited", "/state", sentence`At most ${MOST_STATES} states can be asked for at once.`);
  }
  const zone = zoneNamed(locale.timeZone);
  const values = states.map((it, n) => convertValue(it, asked.type, child("/state", n), zone));
  return { op: "in", operand: operandOf(asked), values };
}

function offered(field: Field | null, name: string, object: ObjectType): Field {
  if (field !== null) return field;
  throw inputError(
    "filter-not-suited",
    `/${name}`,
    sentence`Records of ${object.name} cannot be asked for by ${name}.`,
    sentence`Use where with a field that you may read.`,
  );
}
