// Batches: lists of record keys that never change once they are sealed.
import { sql } from "kysely";
import { uuidv7 } from "../../lib/uuid.ts";
import { atOnce, type InOrg } from "../in-org.ts";
import { BATCHES } from "../lists/lists.ts";
import { type ListPage, type Placed, readPage } from "../lists/page.ts";
import type { Batch } from "../tables.ts";

/** What a batch is made with. */
export interface NewBatch {
  readonly name: string;
  readonly object: string;
  readonly namespace: string | null;
  readonly person: string | null;
  readonly keyColumns: readonly string[];
  readonly source: Readonly<Record<string, unknown>>;
}

/** The most keys that lie in a row of the database; the last row of what is added may have fewer. */
export const CHUNK = 4096;

/**
 * Begins a batch, which nobody sees until it is sealed: keys may come in for a while, and no transaction keeps others
 * waiting for them.
 */
export async function beginBatch({ db }: InOrg, { source, ...batch }: NewBatch): Promise<string> {
  const id = uuidv7();
  await db
    .insertInto("batch")
    .values({ ...batch, id, source: JSON.stringify(source), sealedAt: null })
    .execute();
  return id;
}

/**
 * Adds keys to a batch that is not sealed.
 * @param first the place of the first of them, from 0: how many there were before
 * @param keys a key of several columns is the JSON text of an array
 * @throws Error for a batch that is sealed
 */
export async function addBatchKeys(at: InOrg, batch: string, first: number, keys: readonly string[]): Promise<void> {
  const chunks: { count: number; json: string }[] = [];
  for (let from = 0; from < keys.length; from += CHUNK) {
    const part = keys.slice(from, from + CHUNK);
    chunks.push({ count: part.length, json: JSON.stringify(part) });
  }
  await addBatchChunks(at, batch, first, chunks);
}

/**
 * Adds keys that are JSON already.
 * @param first the place of the first of them, from 0
 * @param chunks at most `CHUNK` keys each, as the JSON text of an array
 * @throws Error for a batch that is sealed
 */
export async function addBatchChunks(
  at: InOrg,
  batch: string,
  first: number,
  chunks: readonly { readonly count: number; readonly json: string }[],
): Promise<void> {
  if (chunks.length === 0) return;
  await atOnce(at, async ({ db }) => {
    const open = await db
      .selectFrom("batch")
      .select("id")
      .where("id", "=", batch)
      .where("sealedAt", "is", null)
      .forShare()
      .executeTakeFirst();
    if (open === undefined) throw new Error(`the batch ${batch} is sealed or gone`);
    let place = first;
    const rows = chunks.map(({ count, json }) => {
      const row = { batch, first: place, keyCount: count, keys: json };
      place += count;
      return row;
    });
    await db.insertInto("batchKeys").values(rows).execute();
  });
}

/**
 * Seals a batch: from now on it is there, and never changes.
 * @param source what it was made from, where that is known only now
 */
export async function sealBatch({ db }: InOrg, id: string, source?: NewBatch["source"]): Promise<Batch> {
  return db
    .updateTable("batch")
    .set((it) => ({
      ...(source === undefined ? {} : { source: JSON.stringify(source) }),
      sealedAt: sql<Date>`now()`,
      keyCount: it
        .selectFrom("batchKeys")
        .whereRef("batchKeys.batch", "=", "batch.id")
        .select(sql<number>`coalesce(sum(batch_keys.key_count), 0)`.as("count")),
    }))
    .where("id", "=", id)
    .where("sealedAt", "is", null)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** A batch, with the name of the person who made it where there still is one. */
export interface OwnedBatch extends Batch {
  readonly personName: string | null;
}

function sealed({ db }: InOrg) {
  return db
    .selectFrom("batch")
    .leftJoin("person", "person.id", "batch.person")
    .selectAll("batch")
    .select("person.name as personName")
    .where("batch.sealedAt", "is not", null);
}

export function findBatch(at: InOrg, id: string): Promise<OwnedBatch | undefined> {
  return sealed(at).where("batch.id", "=", id).executeTakeFirst();
}

/**
 * Batches, the newest first; of a person, in some namespaces (and, with `orNone`, in none), of an object type where those
 * are given.
 */
export function listBatches(
  at: InOrg,
  {
    person,
    namespaces,
    orNone = false,
    object,
    ...page
  }: ListPage & {
    readonly person?: string | undefined;
    readonly namespaces?: readonly string[] | undefined;
    readonly orNone?: boolean;
    readonly object?: string | undefined;
  } = {},
): Promise<Placed<OwnedBatch>[]> {
  let query = sealed(at);
  if (person !== undefined) query = query.where("batch.person", "=", person);
  if (namespaces !== undefined) {
    query = query.where((it) => {
      const among = it("batch.namespace", "=", sql<string>`any(${namespaces}::uuid[])`);
      return orNone ? it.or([among, it("batch.namespace", "is", null)]) : among;
    });
  }
  if (object !== undefined) query = query.where("batch.object", "=", object);
  return readPage(query, BATCHES, page);
}

/** The keys of a sealed batch from a place on, in their order. */
export async function batchKeys(at: InOrg, batch: string, from: number, limit: number): Promise<string[]> {
  const keys: string[] = [];
  for await (const part of batchChunks(at, batch, from)) {
    keys.push(...part.slice(0, limit - keys.length));
    if (keys.length === limit) break;
  }
  return keys;
}

/** All keys of a sealed batch from a place on, some thousands at a time. */
export async function* batchChunks({ db }: InOrg, batch: string, from = 0): AsyncGenerator<readonly string[]> {
  let place = from;
  for (;;) {
    const row = await db
      .selectFrom("batchKeys")
      .innerJoin("batch", "batch.id", "batchKeys.batch")
      .select(["batchKeys.first", "batchKeys.keyCount", "batchKeys.keys"])
      .where("batchKeys.batch", "=", batch)
      .where("batch.sealedAt", "is not", null)
      .where(sql<boolean>`batch_keys.first + batch_keys.key_count > ${place}::bigint`)
      // At most a chunk before: the index then leads to the row.
      .where("batchKeys.first", ">", place - CHUNK)
      .orderBy("batchKeys.first")
      .limit(1)
      .executeTakeFirst();
    if (row === undefined) return;
    const keys = JSON.parse(row.keys) as string[];
    yield place > row.first ? keys.slice(place - row.first) : keys;
    place = row.first + row.keyCount;
  }
}

/** Deletes a batch with its keys. Whether it was there. */
export async function removeBatch({ db }: InOrg, id: string): Promise<boolean> {
  return (await db.deleteFrom("batch").where("id", "=", id).executeTakeFirst()).numDeletedRows > 0n;
}

/** Deletes batches that were begun before a time and never sealed: their makers are gone. */
export async function removeUnsealed({ db }: InOrg, before: Date): Promise<void> {
  await db.deleteFrom("batch").where("sealedAt", "is", null).where("createdAt", "<", before).execute();
}
