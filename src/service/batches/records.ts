// The records of a batch as they are now, and those that have vanished since.
import type { Catalog, ObjectType } from "../../catalog/types.ts";
import { batchChunks, batchKeys, type OwnedBatch } from "../../control/queries/batches.ts";
import { keyChunks } from "../../engine/key-chunks.ts";
import { run } from "../../engine/run.ts";
import { formatNamed } from "../../formats/index.ts";
import { failure } from "../../lib/errors.ts";
import { sentence } from "../../lib/sentence.ts";
import { isKnownKey, keyFields, keySelect, recordsAmong } from "../../plan/keys.ts";
import { concurrentStreams, dataOf, type ExportPlan } from "../../plan/plan.ts";
import { planExport } from "../../plan/plan-export.ts";
import { sourceOf } from "../../plan/selection.ts";
import type { Predicate } from "../../query/predicate.ts";
import type { Source, SourceSession } from "../../sources/source.ts";
import { conflict } from "../errors.ts";
import { type OrgCall, type Sight, sightOf } from "../org-call.ts";
import { batchSeen } from "./find.ts";
import { keysThere, statementsOf } from "./lookup.ts";

export interface BatchRecordsRequest {
  /** The place of the first record in the batch, from 0. */
  readonly from?: number | undefined;
  /** How many places of the batch are looked at. */
  readonly limit: number;
  /** As of exports. */
  readonly paths?: readonly string[] | undefined;
  readonly include?: readonly string[] | undefined;
  readonly expand?: readonly string[] | undefined;
}

/** Records that were in the batch when it was made, and are not there for the caller any more. */
export interface Vanished {
  readonly count: number;
  /** Their keys; none where the caller may not read them. */
  readonly keys: readonly string[];
}

export interface BatchRecordsPage {
  /** The JSON text of each record that is there, in the batch's order. */
  readonly records: readonly string[];
  /** The key of each; null where the caller may not read them. */
  readonly keys: readonly string[] | null;
  readonly vanished: Vanished;
  /** The place where the next page begins; null after the last. */
  readonly next: number | null;
}

/**
 * Some records of a batch, rendered as exports render them.
 * @throws failure `not-found`, `batch-outdated`, or that of the source; usageError for paths that do not fit
 */
export async function batchRecords(
  call: OrgCall,
  id: string,
  { from = 0, limit, paths, include, expand }: BatchRecordsRequest,
): Promise<BatchRecordsPage> {
  const batch = await batchSeen(call, id);
  const { object, sight } = await contentOf(call, batch);
  const keys = await batchKeys(call.access.at, id, from, limit);
  const request = {
    object: object.name,
    format: FORMAT,
    language: call.language,
    ...(paths === undefined ? {} : { paths }),
    ...(include === undefined ? {} : { include }),
    ...(expand === undefined ? {} : { expand }),
  };
  const waiting = new Map<string, string[]>();
  // The request is checked even where there is nothing to read.
  const parts = keys.length === 0 ? [[]] : [...statementsOf(keys)];
  for (const part of parts) {
    const among = recordsAmong(object, part);
    const plan = planExport(request, sight.catalog, formatNamed(FORMAT), sight.access, among);
    if (part.length > 0) await readInto(waiting, plan, object, among, sight, call.signal);
  }
  const records: string[] = [];
  const there: string[] = [];
  const vanished: string[] = [];
  for (const key of keys) {
    const record = waiting.get(key)?.shift();
    (record === undefined ? vanished : there).push(key);
    if (record !== undefined) records.push(record);
  }
  const isKnown = isKnownKey(object, sight.access);
  const next = from + keys.length;
  return {
    records,
    keys: isKnown ? there : null,
    vanished: { count: vanished.length, keys: isKnown ? vanished : [] },
    next: next < batch.keyCount ? next : null,
  };
}

/** A record a line, each the object that the json format writes. */
const FORMAT = "ndjson";
const TOLD = 100;

/**
 * Looks for every record of a batch.
 * @returns how many it has, and what of it has vanished: all counted, the first hundred by their keys
 * @throws as `batchRecords`
 */
export async function checkBatch(
  call: OrgCall,
  id: string,
): Promise<{ readonly count: number; readonly vanished: Vanished }> {
  const batch = await batchSeen(call, id);
  const { object, sight } = await contentOf(call, batch);
  const told: string[] = [];
  let count = 0;
  const session = await sight.org.sourceNamed(sourceOf(object)).open(1, call.signal);
  try {
    for await (const chunk of batchChunks(call.access.at, id)) {
      for (const keys of statementsOf(chunk)) {
        const there = new Set(await keysThere(session, object, keys, sight));
        for (const key of keys) {
          if (there.has(key)) continue;
          count++;
          if (told.length < TOLD) told.push(key);
        }
      }
    }
  } finally {
    await session.close();
  }
  const keys = isKnownKey(object, sight.access) ? told : [];
  return { count: batch.keyCount, vanished: { count, keys } };
}

/** The object type of a batch, and what the caller may see of it. @throws failure `batch-outdated` */
async function contentOf(
  call: OrgCall,
  { object: name, namespace, keyColumns }: OwnedBatch,
): Promise<{ readonly object: ObjectType; readonly sight: Sight }> {
  const sight = await sightOf(call, { least: "analyst", ...(namespace === null ? {} : { namespace }) });
  return { object: objectOfBatch({ object: name, keyColumns }, sight.catalog), sight };
}

/** The object type of a batch, whose key must be what it was. @throws failure `batch-outdated` */
export function objectOfBatch(
  { object: name, keyColumns }: Pick<OwnedBatch, "object" | "keyColumns">,
  catalog: Catalog,
): ObjectType {
  const object = catalog.objects.get(name);
  const columns = object === undefined ? [] : keyFields(object).map(({ column }) => column);
  if (object === undefined || columns.join("\n") !== keyColumns.join("\n")) {
    const what =
      object === undefined
        ? sentence`There is no object type "${name}" any more`
        : sentence`The key of "${name}" is another`;
    throw conflict("batch-outdated", sentence`${what} since the batch was made.`, sentence`Make the batch anew.`);
  }
  return object;
}

/** Reads the records of a plan, and puts them under their keys: both are read in the same order from one snapshot. */
async function readInto(
  records: Map<string, string[]>,
  plan: ExportPlan,
  object: ObjectType,
  among: Predicate,
  { org, catalog, access }: Sight,
  signal: AbortSignal,
): Promise<void> {
  const source = org.sourceNamed(sourceOf(object));
  const session = await source.open(concurrentStreams(dataOf(plan)[0]!.tables[0]), signal);
  try {
    const keys: string[] = [];
    for await (const { json } of keyChunks(session, keySelect(object, among, catalog, access), 4096)) {
      keys.push(...(JSON.parse(json) as string[]));
    }
    const lines = await linesOf(plan, lent(source, session), org.pseudonymKey, signal);
    if (lines.length !== keys.length) {
      throw failure("rows-lost", sentence`The source gave ${lines.length} records and ${keys.length} keys.`, {
        hint: sentence`Try again.`,
      });
    }
    keys.forEach((key, n) => {
      const known = records.get(key);
      if (known === undefined) records.set(key, [lines[n]!]);
      else known.push(lines[n]!);
    });
  } finally {
    await session.close();
  }
}

/** A source whose session is open, and stays so. */
function lent(source: Source, session: SourceSession): Source {
  const its: SourceSession = {
    snapshotAt: session.snapshotAt,
    stream: (select) => session.stream(select),
    close: async () => {},
  };
  return { ...source, open: async () => its };
}

/** The records of a plan as texts. */
async function linesOf(
  plan: ExportPlan,
  source: Source,
  pseudonymKey: Uint8Array | null,
  signal: AbortSignal,
): Promise<string[]> {
  const parts: Buffer[] = [];
  const options = { sourceNamed: () => source, container: "none", signal, program: "Waybill", pseudonymKey } as const;
  for await (const bytes of run(plan, options)) parts.push(Buffer.from(bytes));
  const lines = Buffer.concat(parts).toString("utf8").split("\n");
  lines.pop();
  return lines;
}
