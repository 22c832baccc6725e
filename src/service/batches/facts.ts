// A batch as callers see it.
import type { OwnedBatch } from "../../control/queries/batches.ts";

/** What a batch was made from. */
export type BatchSource =
  /** Values of de-identified fields are left out of the filter, and of what was searched for where there are any. */
  | { readonly from: "filter"; readonly where: unknown; readonly search?: string | null }
  /** `given` counts what was asked for, each once; `notFound` what of it was left out. */
  | { readonly from: "keys"; readonly given: number; readonly notFound: number };

export interface BatchFacts {
  readonly id: string;
  readonly object: "batch";
  readonly name: string;
  /** The object type of its records. */
  readonly objects: string;
  /** The namespace's id. */
  readonly namespace: string | null;
  /** Who made it; without a name when they are gone. */
  readonly owner: { readonly id: string; readonly name?: string } | null;
  /** The columns that make the key. */
  readonly keyColumns: readonly string[];
  readonly count: number;
  readonly source: BatchSource;
  /** ISO 8601, UTC. */
  readonly created: string;
}

export function batchFacts(batch: OwnedBatch): BatchFacts {
  const { id, name, object, namespace, person, personName, keyColumns, keyCount, source, createdAt } = batch;
  return {
    id,
    object: "batch",
    name,
    objects: object,
    namespace,
    owner: person === null ? null : { id: person, ...(personName === null ? {} : { name: personName }) },
    keyColumns,
    count: keyCount,
    source: source as unknown as BatchSource,
    created: createdAt.toISOString(),
  };
}
