// An export of a batch: its plan has a place for keys, which are put in by whoever runs it, a part after the other.
import type { Catalog, ObjectType } from "../catalog/types.ts";
import { inputError } from "../lib/errors.ts";
import { sentence, type Sentence } from "../lib/sentence.ts";
import type { Predicate } from "../query/predicate.ts";
import { isKnownKey, keyFields, keyOperands, KEYS_AT_ONCE, keySelect } from "./keys.ts";
import type { BatchPlan } from "./plan.ts";
import type { Access } from "./scope.ts";
import { sourceOf } from "./selection.ts";

/** A batch whose records are asked for: of these, the export has those that the principal may see. */
export interface BatchAsked {
  /** The object type of its records. */
  readonly object: string;
  /** How many keys it has. */
  readonly count: number;
  /** What it is called, for the archive's description. */
  readonly name?: string;
  /** The most keys that are put into one statement; `KEYS_AT_ONCE` when absent. */
  readonly keysInPart?: number;
}

/** What comes in parts anyway comes in small ones, which need less memory. */
const SMALL_PART = 20_000;

/** The records of the batch that a plan is about. */
export function recordsInBatch(object: ObjectType): Predicate {
  return { op: "inBatch", operands: keyOperands(object) };
}

/**
 * What a plan says of its batch.
 * @param shown the catalog in which the archive is written: a key that is de-identified there is not told
 * @throws inputError `no-key`
 */
export function planBatch(asked: BatchAsked, catalog: Catalog, access: Access, shown: Catalog = catalog): BatchPlan {
  const object = catalog.objects.get(asked.object)!;
  const fields = keyFields(object);
  if (fields.length === 0) {
    throw inputError(
      "no-key",
      "/batch",
      sentence`The records of "${object.name}" have no key by which they could be found again.`,
      sentence`Export them by a filter, or name a key in the configuration.`,
    );
  }
  return {
    object: object.name,
    source: sourceOf(object),
    count: asked.count,
    keysInPart: asked.keysInPart ?? (asked.count <= KEYS_AT_ONCE ? KEYS_AT_ONCE : SMALL_PART),
    types: fields.map(({ type }) => type),
    // In whichever order: they are looked up.
    there: { ...keySelect(object, recordsInBatch(object), catalog, access), order: [] },
    tellsKeys: isKnownKey(shown.objects.get(object.name)!, access),
  };
}

/** What is asked of all records of a batch together, which its parts do not know. */
interface Together {
  readonly order?: readonly string[] | undefined;
  readonly limit?: number | undefined;
  /** Groups, or the first of those that are alike: what makes fewer rows of them, and where it is asked for. */
  readonly gathered?: string | undefined;
  /** Records of another object type, which may be linked with those of several parts; and where it is named. */
  readonly linked?: string | undefined;
}

/**
 * Refuses what only a batch that is one part can have. The order of its key is that of its parts, in either direction.
 * @param pointer of the dataset, in a template
 * @throws inputError `batch-too-large`
 */
export function checkParts(
  { count, keysInPart: most }: BatchPlan,
  object: ObjectType,
  asked: Together,
  pointer = "",
): void {
  if (count <= most) return;
  const { order = [], limit, gathered, linked } = asked;
  const whole = most === SMALL_PART ? KEYS_AT_ONCE : most;
  const what = sentence`A batch of more than ${whole} records`;
  const refuse = (place: string, detail: Sentence, hint: Sentence): never => {
    throw inputError("batch-too-large", pointer + place, sentence`${what} ${detail}`, hint);
  };
  if (linked !== undefined) {
    const hint = sentence`Leave out ${object.name}, or take a smaller batch.`;
    refuse(linked, sentence`does not tell which records of ${object.name} are linked with them.`, hint);
  }
  if (gathered !== undefined)
    refuse(gathered, sentence`cannot be grouped.`, sentence`Group its records by a filter, or take a smaller batch.`);
  if (limit !== undefined)
    refuse("/limit", sentence`cannot be limited.`, sentence`Leave out the limit, or take a smaller batch.`);
  if (order.length > 0 && !isByKey(order, object)) {
    refuse(
      "/order",
      sentence`comes in the order of its keys only.`,
      sentence`Leave out the order, or take a smaller batch.`,
    );
  }
}

/** Whether an order is that of the key, or its opposite. What it lacks of the key comes after it, ascending. */
function isByKey(order: readonly string[], { key }: ObjectType): boolean {
  const isRising = order.every((path, n) => n >= key.length || path === key[n]);
  return isRising || key.every((name, n) => order[n] === `-${name}`);
}
