// The records of a batch, part by part: a select with a place for keys becomes one statement after the other.
import type { CellBatch } from "../cells/batch.ts";
import type { Problems } from "../cells/problems.ts";
import { failure } from "../lib/errors.ts";
import { keyRows } from "../plan/keys.ts";
import type { BatchPlan } from "../plan/plan.ts";
import type { Condition, Select } from "../plan/select.ts";
import type { Value } from "../query/predicate.ts";
import type { CellStream, SourceSession } from "../sources/source.ts";
import { keyChunks } from "./key-chunks.ts";

/** What vanished is told by so many keys. */
const TOLD = 100;
/** Streams that go hand in hand are in the same part, or in two that follow each other. */
const KEPT_PARTS = 2;
const KEYS_READ = 4096;

type KeyRows = readonly (readonly Value[])[];

/** A session whose streams have the records of a plan's batch, if it is about one. */
export function inBatch(
  session: SourceSession,
  { batch }: { readonly batch?: BatchPlan },
  keys: ((n: number) => Promise<readonly string[]>) | undefined,
): SourceSession {
  return batch === undefined ? session : new BatchParts(batch, keys).within(session);
}

/** Puts a batch's keys where the selects of its plan have a place for them. */
export class BatchParts {
  readonly plan: BatchPlan;
  readonly #keys: (n: number) => Promise<readonly string[]>;
  readonly #count: number;
  /** The parts that were asked for last. */
  readonly #kept = new Map<number, Promise<KeyRows>>();

  constructor(plan: BatchPlan, keys: ((n: number) => Promise<readonly string[]>) | undefined) {
    if (keys === undefined) throw new Error("nobody has the keys of the batch");
    this.plan = plan;
    this.#keys = keys;
    this.#count = Math.ceil(plan.count / plan.keysInPart);
  }

  /** A session whose streams have the batch's records where they are asked for. */
  within(session: SourceSession): SourceSession {
    return {
      snapshotAt: session.snapshotAt,
      stream: (select) => (hasPlace(select) ? this.#stream(select, session) : session.stream(select)),
      close: () => session.close(),
    };
  }

  /**
   * Notes the records that are not there any more, or not for the principal.
   * @param session the snapshot that is exported
   */
  async noteVanished(session: SourceSession, problems: Problems): Promise<void> {
    const { object, there, tellsKeys, types } = this.plan;
    const told: string[] = [];
    let count = 0;
    for (let n = 0; n < this.#count; n++) {
      const keys = await this.#part(n);
      const gone = new Set(keys);
      const select = filled(there, rowsOf(keys, types));
      for await (const { json } of keyChunks(session, select, KEYS_READ)) {
        for (const key of JSON.parse(json) as string[]) gone.delete(key);
      }
      count += gone.size;
      for (const key of gone) if (told.length < TOLD) told.push(key);
    }
    if (count > 0) problems.addRecords("record-vanished", object, count, tellsKeys ? told : []);
  }

  #stream(select: Select, session: SourceSession): CellStream {
    const last = this.#count - 1;
    const isBackwards = rootOf(select).order[0]?.descending === true;
    let n = 0;
    let part: CellStream | null = null;
    let rows = 0;
    const next = async (): Promise<CellBatch | null> => {
      while (n <= last) {
        part ??= session.stream(filled(select, await this.#rows(isBackwards ? last - n : n)));
        const batch = await part.next();
        if (batch !== null) return batch;
        rows += part.rowsSent;
        part = null;
        n++;
      }
      return null;
    };
    return {
      next,
      get rowsSent() {
        return rows;
      },
    };
  }

  /** The keys of a part, as values. */
  #rows(n: number): Promise<KeyRows> {
    const known = this.#kept.get(n);
    if (known !== undefined) return known;
    const rows = this.#part(n).then((keys) => rowsOf(keys, this.plan.types));
    this.#kept.set(n, rows);
    for (const oldest of this.#kept.keys()) if (this.#kept.size > KEPT_PARTS) this.#kept.delete(oldest);
    return rows;
  }

  /** @throws failure `batch-gone` */
  async #part(n: number): Promise<readonly string[]> {
    const { count, keysInPart } = this.plan;
    const keys = await this.#keys(n);
    if (keys.length === Math.min(keysInPart, count - n * keysInPart)) return keys;
    throw failure("batch-gone", "The batch has been deleted since the export was ordered.", {
      hint: "Make the batch anew, and order the export again.",
    });
  }
}

function rowsOf(keys: readonly string[], types: BatchPlan["types"]): KeyRows {
  return keys.flatMap((key) => keyRows(key, types));
}

/** The select of the records that a select is about: that of its parents, where it is bound to some. */
function rootOf(select: Select): Select {
  return select.parent === null ? select : rootOf(select.parent.select);
}

function hasPlace(select: Select): boolean {
  const isPlace = (it: Condition | null): boolean =>
    it !== null && (it.op === "inBatch" || (it.op === "and" && it.of.some(isPlace)));
  return isPlace(rootOf(select).where);
}

/** The select with some keys in their place. */
function filled(select: Select, rows: KeyRows): Select {
  const { parent, where } = select;
  if (parent !== null) return { ...select, parent: { ...parent, select: filled(parent.select, rows) } };
  const put = (it: Condition): Condition => {
    if (it.op === "and") return { op: "and", of: it.of.map(put) };
    return it.op === "inBatch" ? { op: "oneOf", operands: it.operands, rows } : it;
  };
  return where === null ? select : { ...select, where: put(where) };
}
