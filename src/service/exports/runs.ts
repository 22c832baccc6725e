// Analysis runs (IN5): whose they are, and whether they are complete.
import type { Catalog, ObjectType } from "../../catalog/types.ts";
import { keyChunks } from "../../engine/key-chunks.ts";
import { placeAt, usageError, WaybillError } from "../../lib/errors.ts";
import { sentence } from "../../lib/sentence.ts";
import { keyFields, keySelect, isKnownKey } from "../../plan/keys.ts";
import { both, sourceOf } from "../../plan/selection.ts";
import { parseWhere } from "../../query/parse-where.ts";
import type { Predicate } from "../../query/predicate.ts";
import { type Chosen, isAny } from "./nothing.ts";

const NONE: Predicate = { op: "constant", value: false };
/** So many keys of runs that are not complete are told. */
const TOLD = 100;

/** Whether records of an object type are analysis runs: the configuration says when they are complete. */
export function isRun({ roles }: ObjectType): boolean {
  return roles?.complete !== undefined && roles.state !== undefined;
}

/** The runs that somebody started. */
export function ownRuns(
  object: ObjectType,
  catalog: Catalog,
  { id, email }: { readonly id: string; readonly email: string },
): Predicate {
  return among(object.roles!.owner!, [email, id], object, catalog);
}

/** The runs of namespaces, by the keys that records hold. */
export function runsIn(namespaces: readonly string[], object: ObjectType, catalog: Catalog): Predicate {
  const field = object.roles?.namespace;
  return field === undefined ? { op: "constant", value: true } : among(field, namespaces, object, catalog);
}

/** The runs of a selection that are not complete must be none. @throws usageError `run-not-complete` */
export async function checkComplete(chosen: Chosen, pointer: string, signal: AbortSignal): Promise<void> {
  const { object, catalog, access } = chosen;
  const { state, complete } = object.roles!;
  const isMissing = parsed(state!, null, object, catalog)!;
  const isOther: Predicate = { op: "not", of: among(state!, complete!, object, catalog) };
  const keys = await keysOf({ op: "or", of: [isOther, isMissing] }, chosen, signal);
  if (keys.length === 0) return;
  const told = isKnownKey(object, access) ? keys.slice(0, TOLD).filter((key) => key !== null) : [];
  const shown = told.slice(0, 3).join(", ") + (told.length > 3 ? ", …" : "");
  const which = told.length === 0 ? "" : sentence` (${shown})`;
  const detail =
    keys.length > TOLD
      ? sentence`More than ${TOLD} of the chosen runs are not complete${which}.`
      : keys.length === 1
        ? sentence`1 of the chosen runs is not complete${which}.`
        : sentence`${keys.length} of the chosen runs are not complete${which}.`;
  throw usageError("run-not-complete", detail, {
    hint: sentence`Leave them out, or wait until they are.`,
    places: [
      placeAt(pointer, sentence`Files are exported of complete runs only.`),
      ...told.map((key) => placeAt(pointer, sentence`The run ${key} is not complete.`)),
    ],
  });
}

/** The keys of the first chosen records that fulfil a condition, one more than are told; null for one without a key. */
async function keysOf(also: Predicate, chosen: Chosen, signal: AbortSignal): Promise<(string | null)[]> {
  const { org, object, catalog, access, where, parts } = chosen;
  if (keyFields(object).length === 0) return (await isAny(also, chosen, signal)) ? [null] : [];
  const found: string[] = [];
  const session = await org.sourceNamed(sourceOf(object)).open(1, signal);
  try {
    for await (const part of parts()) {
      const all = both(both(where, part), also);
      const select = { ...keySelect(object, all, catalog, access), limit: TOLD + 1 - found.length };
      for await (const { json } of keyChunks(session, select, TOLD + 1)) found.push(...(JSON.parse(json) as string[]));
      if (found.length > TOLD) break;
    }
    return found;
  } finally {
    await session.close();
  }
}

/** Records whose field has one of some values. One that cannot be a value of the field is nobody's. */
function among(field: string, values: readonly string[], object: ObjectType, catalog: Catalog): Predicate {
  const of = values.flatMap((value) => parsed(field, value, object, catalog) ?? []);
  return of.length === 0 ? NONE : { op: "or", of };
}

function parsed(field: string, value: string | null, object: ObjectType, catalog: Catalog): Predicate | null {
  try {
    return parseWhere({ [field]: { $eq: value } }, object, catalog, {
      access: { mayRead: () => true, hidden: true },
      timeZone: catalog.timeZone ?? "UTC",
    });
  } catch (error) {
    if (error instanceof WaybillError) return null;
    throw error;
  }
}
