// Realms: records between two days, both included, in the org's time zone (XD1, XD2).
import type { Catalog, ObjectType } from "../catalog/types.ts";
import { addDuration, parseDuration } from "../lib/duration.ts";
import { inputError } from "../lib/errors.ts";
import { sentence, type Sentence } from "../lib/sentence.ts";
import { parseWhere } from "../query/parse-where.ts";
import type { Predicate } from "../query/predicate.ts";
import type { ExportRequest } from "./request.ts";
import type { Access } from "./scope.ts";

const DAY = 86_400_000;

/**
 * The records of the days that were asked for; null where none were.
 * @throws usageError `range-not-suited`, `range-too-long`
 */
export function planRange(
  { from, to }: Pick<ExportRequest, "from" | "to">,
  object: ObjectType,
  catalog: Catalog,
  access: Access,
): Predicate | null {
  if (from === undefined && to === undefined) return null;
  const { range } = object;
  if (range === undefined) {
    throw inputError(
      "range-not-suited",
      from === undefined ? "/to" : "/from",
      sentence`${object.name} is no realm, so it takes no dates.`,
      sentence`Give it a range in the configuration, or ask with where.`,
    );
  }
  const first = dayOf(from, "/from", sentence`The first day of the range is missing.`);
  const last = dayOf(to, "/to", sentence`The last day of the range is missing.`);
  if (last < first)
    throw inputError("range-not-suited", "/to", sentence`The range ends (${to!}) before it begins (${from!}).`);
  const longest = parseDuration(range.max);
  if (longest !== null && last >= addDuration(first, longest)) {
    const until = new Date(addDuration(first, longest).getTime() - DAY);
    throw inputError(
      "range-too-long",
      "/to",
      sentence`The range is longer than ${object.name} allows (${range.max}).`,
      sentence`From ${from!} it may reach to ${textOf(until)}.`,
    );
  }
  const field = object.fields.find((it) => it.name === range.field);
  if (field !== undefined && !access.mayRead(object, field)) {
    throw inputError(
      "range-not-suited",
      "/from",
      sentence`You may not choose records of ${object.name} by their dates.`,
    );
  }
  const dates = field?.type === "date";
  const where = dates
    ? { [range.field]: { $gte: textOf(first), $lte: textOf(last) } }
    : { [range.field]: { $gte: textOf(first), $lt: textOf(new Date(last.getTime() + DAY)) } };
  return parseWhere(where, object, catalog, { access, timeZone: catalog.timeZone ?? "UTC", pointer: "/from" });
}

function dayOf(text: string | undefined, pointer: string, missing: Sentence): Date {
  if (text === undefined) {
    throw inputError("range-not-suited", pointer, missing, sentence`Write 2024-05-01.`);
  }
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  if (date !== null && !Number.isNaN(date.getTime()) && textOf(date) === text) return date;
  throw inputError("range-not-suited", pointer, sentence`"${text}" is no date.`, sentence`Write 2024-05-01.`);
}

function textOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
