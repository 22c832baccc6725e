// The keys of a batch as an export asks for them: part by part, in the order in which their records come.
import { setImmediate as turnOfEventLoop } from "node:timers/promises";
import type { InOrg } from "../../control/in-org.ts";
import { batchChunks, batchKeys, type OwnedBatch } from "../../control/queries/batches.ts";
import { keyParts } from "../../lib/record-key.ts";
import { compareKeyParts } from "../../plan/key-order.ts";
import type { BatchPlan } from "../../plan/plan.ts";

/** Gives part `n` of a batch's keys, from 0. */
export type BatchKeys = (n: number) => Promise<readonly string[]>;

/**
 * What a batch made by a filter has is in the order of its records. A list that somebody gave is in theirs, so that its
 * keys are put in order, unless all of them are one part.
 */
export function keysForExport(
  at: InOrg,
  { id, source }: Pick<OwnedBatch, "id" | "source">,
  { count, keysInPart, types }: Pick<BatchPlan, "count" | "keysInPart" | "types">,
): BatchKeys {
  const isGiven = (source as { readonly from?: string }).from === "keys";
  if (!isGiven || count <= keysInPart) return (n) => batchKeys(at, id, n * keysInPart, keysInPart);
  let parts: Promise<readonly string[]> | null = null;
  return async (n) => {
    parts ??= inOrder(batchChunks(at, id), types, keysInPart);
    return JSON.parse((await parts)[n] ?? "[]") as string[];
  };
}

/** A key, and the texts of its columns. */
interface Key {
  readonly key: string;
  readonly parts: readonly string[];
}

/**
 * Keys in order, so many a part, each part as JSON, which takes a fraction of what texts do. Chunks are sorted one by one
 * and then merged, so that others have their turn in between.
 */
async function inOrder(
  chunks: AsyncIterable<readonly string[]>,
  types: BatchPlan["types"],
  size: number,
): Promise<readonly string[]> {
  const compareParts = compareKeyParts(types);
  const compare = (a: Key, b: Key): number => compareParts(a.parts, b.parts);
  const runs: Iterator<Key>[] = [];
  for await (const chunk of chunks) {
    const keys = chunk.map((key): Key => ({ key, parts: keyParts(key, types.length) ?? [] }));
    runs.push(keys.toSorted(compare).values());
    await turnOfEventLoop();
  }
  const parts: string[] = [];
  let part: string[] = [];
  for (const { key } of merged(runs, compare)) {
    part.push(key);
    if (part.length < size) continue;
    parts.push(JSON.stringify(part));
    part = [];
    await turnOfEventLoop();
  }
  if (part.length > 0) parts.push(JSON.stringify(part));
  return parts;
}

/** All values of runs that are in order, in order: each time the first of those that come next, by a tournament of pairs. */
function* merged<T>(runs: readonly Iterator<T>[], compare: (a: T, b: T) => number): Generator<T> {
  if (runs.length < 2) {
    for (let next = runs[0]?.next(); next?.done === false; next = runs[0]!.next()) yield next.value;
    return;
  }
  const half = runs.length >> 1;
  const [some, others] = [merged(runs.slice(0, half), compare), merged(runs.slice(half), compare)];
  let [one, other] = [some.next(), others.next()];
  while (one.done !== true || other.done !== true) {
    if (other.done === true || (one.done !== true && compare(one.value, other.value) <= 0)) {
      yield one.value as T;
      one = some.next();
    } else {
      yield other.value;
      other = others.next();
    }
  }
}
