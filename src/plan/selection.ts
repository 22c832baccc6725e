// What every request has: an object type, the records chosen of it, and where values are shown.
import type { Catalog, ObjectType } from "../catalog/types.ts";
import { failure, inputError, placeAt, usageError } from "../lib/errors.ts";
import { sentence } from "../lib/sentence.ts";
import { suggest } from "../lib/suggest.ts";
import { parseWhere } from "../query/parse-where.ts";
import type { Predicate } from "../query/predicate.ts";
import { planRange } from "./range.ts";
import type { ExportRequest } from "./request.ts";
import type { Access, Locale } from "./scope.ts";

/** The object type of a request. @throws usageError `unknown-object`; failure `nothing-to-read` */
export function objectAsked(name: string, catalog: Catalog, pointer: string): ObjectType {
  const object = catalog.objects.get(name);
  // What is inside of other records is reached through them, as their policies want it.
  if (object === undefined || object.kind === "elements") {
    throw usageError("unknown-object", sentence`There is no object type "${name}".`, {
      hint: suggest(name, exportable(catalog)),
      places: [placeAt(pointer, sentence`unknown object type`)],
    });
  }
  if (object.fields.length === 0) {
    throw failure("nothing-to-read", sentence`The ${object.kind} ${object.name} has no columns that can be read.`, {
      hint: object.documentation,
    });
  }
  return object;
}

/** In which zone and language. */
export function localeOf(
  { timeZone, language }: Pick<ExportRequest, "timeZone" | "language">,
  catalog: Catalog,
): Locale {
  return { timeZone: timeZone ?? catalog.timeZone ?? "UTC", language: language ?? "en" };
}

/** The source of an object type, by the name under which whoever runs the plan finds it. */
export function sourceOf({ source }: ObjectType): string {
  return source ?? "source";
}

/** The records that were asked for, by a condition or by dates; null for all. */
export function selectionOf(
  request: Pick<ExportRequest, "where" | "from" | "to">,
  object: ObjectType,
  catalog: Catalog,
  access: Access,
  { timeZone }: Locale,
): Predicate | null {
  const { where } = request;
  const asked = where === undefined ? null : parseWhere(where, object, catalog, { access, timeZone });
  return both(planRange(request, object, catalog, access), asked);
}

/** About how many rows there will be; null where nobody knows without counting. */
export function estimate({ estimatedRows }: ObjectType, restricted: boolean, limit?: number): number | null {
  return restricted || estimatedRows === undefined ? null : Math.min(estimatedRows, limit ?? estimatedRows);
}

function exportable(catalog: Catalog): string[] {
  return [...catalog.objects.values()].filter(({ kind }) => kind !== "elements").map(({ name }) => name);
}

/** Both of two conditions, of which each may be absent. */
export function both(a: Predicate | null, b: Predicate | null): Predicate | null {
  return a === null || b === null ? (a ?? b) : { op: "and", of: [a, b] };
}

/** @throws inputError `limit-not-suited` */
export function checkLimit(limit: number | undefined): void {
  if (limit === undefined || (Number.isSafeInteger(limit) && limit >= 0)) return;
  throw inputError("limit-not-suited", "/limit", sentence`The limit must be a whole number from 0 on.`);
}
