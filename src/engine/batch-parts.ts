// The records of a batch, part by part: a select with a place for keys becomes one statement after the other.
import type { CellBatch } from "../cells/batch.ts";
import type { Problems } from "../cells/problems.ts";
import { failure } from "../lib/errors.ts";
import { sentence } from "../lib/sentence.ts";
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
/** The keys of one statement have so many characters at most: written twice, they fit into what MariaDB takes at once, 16 MiB. */
const CHARACTERS = 3_700_000;

/** Keys of one statement, as values. */
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
  readonly #kept = new Map<number, Promise<readonly KeyRows[]>>();

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
      for (const keys of statementsOf(await this.#part(n))) {
        const gone = new Set(keys);
        const select = filled(there, rowsOf(keys, types));
        for await (const { json } of keyChunks(session, select, KEYS_READ)) {
          for (const key of JSON.parse(json) as string[]) gone.delete(key);
        }
        count += gone.size;
        for (const key of gone) if (told.length < TOLD) told.push(key);
      }
    }
    if (count > 0) problems.addRecords("record-vanished", object, count, tellsKeys ? told : []);
  }

  #stream(select: Select, session: SourceSession): CellStream {
    const selects = this.#selects(select);
    let part: CellStream | null = null;
    let rows = 0;
    const next = async (): Promise<CellBatch | null> => {
      for (;;) {
        if (part === null) {
          const following = await selects.next();
          if (following.done === true) return null;
          part = session.stream(following.value);
        }
        const batch = await part.next();
        if (batch !== null) return batch;
        rows += part.rowsSent;
        part = null;
      }
    };
    return {
      next,
      get rowsSent() {
        return rows;
      },
    };
  }

  /** @throws failure `batch-gone`, `batch-too-large` */
  async *#selects(select: Select): AsyncGenerator<Select> {
    const last = this.#count - 1;
    const isBackwards = rootOf(select).order[0]?.descending === true;
    for (let n = 0; n <= last; n++) {
      const statements = await this.#statements(isBackwards ? last - n : n);
      if (statements.length > 1 && !isByKey(rootOf(select))) {
        throw failure(
          "batch-too-large",
          sentence`The keys of the batch are too long for one statement of the database.`,
          {
            hint: sentence`Leave out order, limit and groups, so that there may be several, or take a smaller batch.`,
          },
        );
      }
      for (const rows of isBackwards ? statements.toReversed() : statements) yield filled(select, rows);
    }
  }

  /** The keys of a part, as values. */
  #statements(n: number): Promise<readonly KeyRows[]> {
    const known = this.#kept.get(n);
    if (known !== undefined) return known;
    const made = this.#part(n).then((keys) => [...statementsOf(keys)].map((its) => rowsOf(its, this.plan.types)));
    this.#kept.set(n, made);
    for (const oldest of this.#kept.keys()) if (this.#kept.size > KEPT_PARTS) this.#kept.delete(oldest);
    return made;
  }

  /** @throws failure `batch-gone` */
  async #part(n: number): Promise<readonly string[]> {
    const { count, keysInPart } = this.plan;
    const keys = await this.#keys(n);
    if (keys.length === Math.min(keysInPart, count - n * keysInPart)) return keys;
    throw failure("batch-gone", sentence`The batch has been deleted since the export was ordered.`, {
      hint: sentence`Make the batch anew, and order the export again.`,
    });
  }
}

function rowsOf(keys: readonly string[], types: BatchPlan["types"]): KeyRows {
  return keys.flatMap((key) => keyRows(key, types));
}

/** Keys as they go into one statement: all of them, unless they are long. */
function* statementsOf(keys: readonly string[]): Generator<readonly string[]> {
  let from = 0;
  let characters = 0;
  for (const [n, { length }] of keys.entries()) {
    characters += length;
    if (characters <= CHARACTERS || n === from) continue;
    yield keys.slice(from, n);
    from = n;
    characters = length;
  }
  yield keys.slice(from);
}

/**
 * Whether parts of a select's rows, one after the other, are the whole. What is linked with the records of several parts may
 * come with each of them.
 */
function isByKey({ order, limit, groupBy, last, where }: Select): boolean {
  if (limit !== null || groupBy !== null || last !== undefined) return false;
  const conditions = where?.op === "and" ? where.of : [where];
  const place = conditions.find((it) => it?.op === "inBatch");
  if (place?.op !== "inBatch") return false;
  return place.operands.every((key, n) => {
    const { by, descending } = order[n] ?? {};
    if (key.kind !== "column" || by?.kind !== "column" || descending !== order[0]?.descending) return false;
    return by.table === key.table && by.column === key.column;
  });
}

/** The select of the records that a select is about: that of its parents, where it is bound to some. */
function rootOf(select: Select): Select {
  return select.parent === null ? select : rootOf(select.parent.select);
}

function hasPlace(select: Select): boolean {
  const isPlace = (it: Condition): boolean =>
    it.op === "inBatch" ||
    (it.op === "and" || it.op === "or"
      ? it.of.some(isPlace)
      : it.op === "not"
        ? isPlace(it.of)
        : it.op === "some" && isPlace(it.where));
  const { where } = rootOf(select);
  return where !== null && isPlace(where);
}

/** The select with some keys in their place. */
function filled(select: Select, rows: KeyRows): Select {
  const { parent, where } = select;
  if (parent !== null) return { ...select, parent: { ...parent, select: filled(parent.select, rows) } };
  const put = (it: Condition): Condition => {
    switch (it.op) {
      case "inBatch":
        return { op: "oneOf", operands: it.operands, rows };
      case "and":
      case "or":
        return { op: it.op, of: it.of.map(put) };
      case "not":
        return { op: "not", of: put(it.of) };
      case "some":
        return { ...it, where: put(it.where) };
      default:
        return it;
    }
  };
  return where === null ? select : { ...select, where: put(where) };
}
