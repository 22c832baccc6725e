// Identifiers that people paste: which of them have records that the caller may see.
import { TYPE_WORDS } from "../../catalog/type-words.ts";
import type { Field, FieldType } from "../../catalog/types.ts";
import { openForPage, readPage } from "../../engine/page.ts";
import { failure, inputError } from "../../lib/errors.ts";
import { sentence } from "../../lib/sentence.ts";
import { planPage } from "../../plan/page.ts";
import { resolvePath } from "../../query/field-path.ts";
import type { Predicate } from "../../query/predicate.ts";
import type { OrgCall } from "../org-call.ts";
import { having, knownKey, keyValues } from "./keys.ts";
import { operandOf } from "./search.ts";
import { pageOptions, type RecordsSight, recordsSight } from "./sight.ts";
import { valueLike } from "./value-like.ts";

export interface Found {
  /** A record for each: a value of another field than the key may have several. */
  readonly found: readonly { readonly value: string; readonly key: string }[];
  readonly notFound: readonly string[];
}

/** How many values may be given, and how many records are found, at most. */
const MOST = 10_000;
const CHUNK = 500;
const SUITED: readonly FieldType[] = ["text", "integer", "uuid"];

/**
 * Finds the records of some keys, or of values of another field. Values come in the given order, those given twice once.
 * @param by a field that the caller may read; the key when absent
 * @throws usageError naming the place; failure `forbidden`, `not-found`, or of the source
 */
export async function findKeys(
  call: OrgCall,
  object: string,
  values: readonly string[],
  { by, namespace }: { readonly by?: string | undefined; readonly namespace?: string | undefined } = {},
): Promise<Found> {
  return findKeysIn(await recordsSight(call, object, namespace), values, by, call.signal);
}

/** The same for whoever has an object type in sight already. */
async function findKeysIn(
  sight: RecordsSight,
  values: readonly string[],
  by: string | undefined,
  signal: AbortSignal,
): Promise<Found> {
  if (values.length > MOST) {
    throw inputError("too-many-values", "/values", sentence`At most ${MOST} values can be looked up at once.`);
  }
  const { fields, lookup } = by === undefined ? byKey(sight) : byField(sight, by);
  const given = [...new Set(values)];
  const sought = new Map(given.map((value) => [value, lookup(value)]));
  // Several ways to write a value ask for it once.
  const all = [...new Map([...sought.values()].flatMap((it) => (it === null ? [] : [[it.same, it]]))).values()];
  const keys = new Map<string, string[]>();
  for (let from = 0; from < all.length; from += CHUNK) {
    await findSome(signal, sight, fields, all.slice(from, from + CHUNK), keys);
  }
  const keysOf = (value: string): readonly string[] => keys.get(sought.get(value)?.same ?? "") ?? [];
  return {
    found: given.flatMap((value) => keysOf(value).map((key) => ({ value, key }))),
    notFound: given.filter((value) => keysOf(value).length === 0),
  };
}

/** How values are looked up. */
interface Lookup {
  readonly fields: readonly Field[];
  /** What a value asks for; null where no record can have it. */
  readonly lookup: (value: string) => Sought | null;
}

interface Sought {
  /** Equal for values that are the same in the database. */
  readonly same: string;
  readonly predicate: Predicate;
}

function byKey({ object, access }: RecordsSight): Lookup {
  const fields = knownKey(object, access);
  if (fields === null) {
    throw inputError(
      "no-key",
      "/object",
      sentence`${object.name} has no key that you may look up.`,
      sentence`Name a field to look up by.`,
    );
  }
  return lookupOf(fields, (value) => keyValues(fields, value));
}

function byField({ object, catalog, access }: RecordsSight, by: string): Lookup {
  const found = resolvePath(by, object, catalog, "/by", access);
  const isPlain = found.kind === "field" && found.through.length === 0 && found.keys.length === 0;
  if (!isPlain || found.field.labels !== undefined || found.field.keys !== undefined) {
    throw inputError("field-not-suited", "/by", sentence`"${by}" is no field of its own that can be looked up by.`);
  }
  if (!SUITED.includes(found.field.type)) {
    throw inputError(
      "field-not-suited",
      "/by",
      sentence`"${by}" is ${TYPE_WORDS[found.field.type]}, which cannot be looked up by.`,
      sentence`It takes ${SUITED.join(", ")}.`,
    );
  }
  if (knownKey(object, access) === null) {
    throw inputError("no-key", "/object", sentence`${object.name} has no key that you may see.`);
  }
  return lookupOf([found.field], (text) => {
    const value = valueLike(text, found.field);
    return value === null ? null : [value];
  });
}

function lookupOf(fields: readonly Field[], valuesOf: (value: string) => ReturnType<typeof keyValues>): Lookup {
  return {
    fields,
    lookup(text) {
      const values = valuesOf(text);
      return values === null
        ? null
        : { same: sameText(values.map((it) => it.text)), predicate: having(fields, values) };
    },
  };
}

function sameText(texts: readonly string[]): string {
  return JSON.stringify(texts);
}

async function findSome(
  signal: AbortSignal,
  sight: RecordsSight,
  fields: readonly Field[],
  some: readonly Sought[],
  keys: Map<string, string[]>,
): Promise<void> {
  const { object, catalog, access, locale, source } = sight;
  const names = fields.map(({ name }) => name);
  const where = conditionOf(fields, some);
  const request = { where, paths: object.key, limit: MOST + 1, tell: names };
  const plan = planPage(request, object, catalog, access, locale);
  const session = await openForPage(plan, source, signal);
  try {
    const page = await readPage(plan, MOST, session, pageOptions(sight, [plan], signal));
    if (page.hasMore) throw failure("too-many-found", sentence`More than ${MOST} records have these values.`);
    page.told.forEach((values, row) => {
      // Numbers are the same however many zeros they are written with.
      const texts = values.map((value, n) => valueLike(value?.text ?? "", fields[n]!)?.text ?? value?.text ?? "");
      const same = sameText(texts);
      keys.set(same, [...(keys.get(same) ?? []), page.keys![row]!]);
    });
  } finally {
    await session.close();
  }
}

/** Values of one field are a list, which databases look up at once. */
function conditionOf(fields: readonly Field[], some: readonly Sought[]): Predicate {
  const [field] = fields;
  if (fields.length > 1) return { op: "or", of: some.map(({ predicate }) => predicate) };
  const values = some.flatMap(({ predicate }) => (predicate.op === "compare" ? [predicate.value] : []));
  return { op: "in", operand: operandOf(field!), values };
}
