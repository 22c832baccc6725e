// Which of some keys are there, for somebody: asked of the source, thousands at a time.
import type { ObjectType } from "../../catalog/types.ts";
import { keyChunks } from "../../engine/key-chunks.ts";
import { KEYS_AT_ONCE, keySelect, recordsAmong } from "../../plan/keys.ts";
import { both } from "../../plan/selection.ts";
import type { Predicate } from "../../query/predicate.ts";
import type { SourceSession } from "../../sources/source.ts";
import type { Sight } from "../org-call.ts";

/** How long the keys of one statement may be together, in characters. */
const CHARACTERS = 1 << 18;

/** Whoever looks, and what records must be besides for them. */
export interface Looking extends Pick<Sight, "catalog" | "access"> {
  readonly also?: Predicate | null;
}

/** Keys by the thousand, as few as a statement may have. */
export function* statementsOf(keys: readonly string[]): Generator<readonly string[]> {
  let from = 0;
  let characters = 0;
  for (let n = 0; n < keys.length; n++) {
    characters += keys[n]!.length;
    if (n + 1 - from < KEYS_AT_ONCE && characters < CHARACTERS) continue;
    yield keys.slice(from, n + 1);
    from = n + 1;
    characters = 0;
  }
  if (from < keys.length) yield keys.slice(from);
}

/**
 * The keys of those records that are there and may be seen, in the order of the records.
 * @param keys of one statement
 */
export async function keysThere(
  session: SourceSession,
  object: ObjectType,
  keys: readonly string[],
  { catalog, access, also = null }: Looking,
): Promise<string[]> {
  const select = keySelect(object, both(recordsAmong(object, keys), also), catalog, access);
  const found: string[] = [];
  for await (const { json } of keyChunks(session, select, 4096)) {
    for (const key of JSON.parse(json) as string[]) found.push(key);
  }
  return found;
}
