// A list of keys that somebody gives: each once, those that are not there counted.
import type { ObjectType } from "../../catalog/types.ts";
import { placeAt, usageError, type WaybillError } from "../../lib/errors.ts";
import { child } from "../../lib/pointer.ts";
import { keyParts, keyText } from "../../lib/record-key.ts";
import { sentence } from "../../lib/sentence.ts";
import type { SourceSession } from "../../sources/source.ts";
import type { Sight } from "../org-call.ts";
import type { BatchDraft } from "./draft.ts";
import { keysThere, type Looking, statementsOf } from "./lookup.ts";

/** Keys that are not there, or that the caller may not see. */
export interface NotFound {
  count: number;
  /** The first thousand, as they were given. */
  readonly keys: string[];
  /** The places of the first hundred in the list. */
  readonly places: number[];
}

const TOLD_KEYS = 1_000;
const TOLD_PLACES = 100;

/**
 * Adds the keys that are there, in the order of the list.
 * @returns how many different keys were given, and what was not found
 */
export function addGivenKeys(
  draft: BatchDraft,
  given: readonly string[],
  session: SourceSession,
  object: ObjectType,
  sight: Sight,
): Promise<{ readonly given: number; readonly notFound: NotFound }> {
  return lookUpKeys(given, session, object, sight, (key) => draft.addKey(key));
}

/** Looks for each key of a list, each once: those that are there are told in the order of the list. */
export async function lookUpKeys(
  given: readonly string[],
  session: SourceSession,
  object: ObjectType,
  sight: Looking,
  isThere: (key: string) => Promise<void> | void,
): Promise<{ readonly given: number; readonly notFound: NotFound }> {
  const notFound: NotFound = { count: 0, keys: [], places: [] };
  const places = new Map<string, number>();
  given.forEach((key, n) => {
    const text = plainKey(key, object);
    if (!places.has(text)) places.set(text, n);
  });
  for (const keys of statementsOf([...places.keys()])) {
    const there = new Set(await keysThere(session, object, keys, sight));
    for (const key of keys) {
      if (there.has(key)) await isThere(key);
      else note(notFound, places.get(key)!, given);
    }
  }
  return { given: places.size, notFound };
}

/** A key as sources give it: white space between the parts of an array, and numbers without quotes, are forgiven. */
function plainKey(key: string, { key: columns }: ObjectType): string {
  const parts = keyParts(key, columns.length);
  return parts === null ? key : keyText(parts);
}

function note(notFound: NotFound, place: number, given: readonly string[]): void {
  notFound.count++;
  if (notFound.keys.length < TOLD_KEYS) notFound.keys.push(given[place]!);
  if (notFound.places.length < TOLD_PLACES) notFound.places.push(place);
}

/** One answer for what is not there and for what may not be seen. */
export function keysNotFound(
  { count, places }: NotFound,
  hint = sentence`Correct them, or ask for the others alone with "missing": "leave-out".`,
): WaybillError {
  const message =
    count === 1
      ? sentence`One of the keys was not found, or you may not see its record.`
      : sentence`${count} of the keys were not found, or you may not see their records.`;
  return usageError("keys-not-found", message, {
    hint,
    places: places.map((n) => placeAt(child("/keys", n), sentence`There is no such record, or you may not see it.`)),
  });
}
