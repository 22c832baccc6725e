// Analysis runs (IN5): whose they are, and whether they are complete.
import type { Catalog, ObjectType } from "../../catalog/types.ts";
import { keyChunks } from "../../engine/key-chunks.ts";
import { usageError, WaybillError } from "../../lib/errors.ts";
import { keyFields, keySelect, mayReadKey } from "../../plan/keys.ts";
import { both, sourceOf } from "../../plan/selection.ts";
import { parseWhere } from "../../query/parse-where.ts";
import type { Predicate } from "../../query/predicate.ts";
import type { Chosen } from "./nothing.ts";

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
export async function checkComplete(
  { org, object, catalog, access, where }: Chosen,
  pointer: string,
  signal: AbortSignal,
): Promise<void> {
  const { state, complete } = object.roles!;
  const isComplete = among(state!, complete!, object, catalog);
  const isMissing = parsed(state!, null, object, catalog);
  const incomplete: Predicate = {
    op: "or",
    of: [{ op: "not", of: isComplete }, ...(isMissing === null ? [] : [isMissing])],
  };
  const told: string[] = [];
  let isMore = false;
  const session = await org.sourceNamed(sourceOf(object)).open(1, signal);
  try {
    // Without a key there is nothing to tell them by: one is enough.
    const select = keySelect(object, both(where, incomplete), catalog, access);
    const some = { ...select, limit: TOLD + 1 };
    if (keyFields(object).length === 0) {
      const stream = session.stream({ ...some, columns: [{ kind: "nothing", type: "text" }], limit: 1 });
      if ((await stream.next()) !== null) isMore = true;
    } else {
      for await (const { json } of keyChunks(session, some, TOLD + 1)) told.push(...(JSON.parse(json) as string[]));
    }
  } finally {
    await session.close();
  }
  if (told.length === 0 && !isMore) return;
  const count = told.length > TOLD ? `More than ${TOLD}` : isMore ? "Some" : String(told.length);
  const keys = mayReadKey(object, access) ? told.slice(0, TOLD) : [];
  const shown = keys.slice(0, 3).join(", ") + (keys.length > 3 ? ", …" : "");
  const which = keys.length === 0 ? "" : ` (${shown})`;
  throw usageError(
    "run-not-complete",
    `${count} of the chosen runs ${told.length === 1 ? "is" : "are"} not complete${which}.`,
    {
      hint: "Leave them out, or wait until they are.",
      places: [
        { pointer, detail: "Files are exported of complete runs only." },
        ...keys.map((key) => ({ pointer, detail: key })),
      ],
    },
  );
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
