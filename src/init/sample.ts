// One bounded sample of a table, read through the engine itself: what its columns hold, and nothing more is kept of it.
import type { Field, ObjectType } from "../catalog/types.ts";
import { run } from "../engine/run.ts";
import { formatNamed } from "../formats/index.ts";
import { WaybillError } from "../lib/errors.ts";
import { planExport } from "../plan/plan-export.ts";
import { fullAccess } from "../plan/scope.ts";
import type { Source, SourceSession } from "../sources/source.ts";
import { Place } from "./json-keys.ts";
import { JsonNumber, parseExactly } from "./json-types.ts";

/** What a sample says of a column. */
export interface ColumnSample {
  /** Records that have a value. */
  readonly filled: number;
  readonly missing: number;
  /** Different values and how often each comes: at most so many that they can be told from all different. */
  readonly values: ReadonlyMap<string, number>;
  /** The length of the longest text, and of all of them together, in characters. */
  readonly longest: number;
  readonly length: number;
  /** What is inside of JSON. */
  readonly json: Place;
}

export interface TableSample {
  readonly rows: number;
  /** Whether these are all the records that there are. */
  readonly isWhole: boolean;
  readonly columns: ReadonlyMap<string, ColumnSample>;
}

/** Why there is no sample: `refused` by the source, too `slow`, or `skipped` by ourselves. */
export interface NoSample {
  readonly kind: "refused" | "slow" | "skipped";
  readonly why: string;
}

export interface SampleLimits {
  /** Records of a table; 0 for no sample. */
  readonly rows: number;
  /** Milliseconds for a table. */
  readonly time: number;
  /** When it aborts, the time for all tables is over. */
  readonly all: AbortSignal;
}

const MOST_BYTES = 8 * 1024 * 1024;
/** Without a key a table is sorted as a whole to be sampled. */
const MOST_SORTED = 200_000;
const OVER = "the time for samples was over";

/** Samples the tables of one source, all in one session as long as nothing goes wrong in it. */
export class Sampler {
  readonly #source: Source;
  readonly #limits: SampleLimits;
  readonly #signal: AbortSignal;
  #open: { readonly session: SourceSession; readonly controller: AbortController } | null = null;

  constructor(source: Source, limits: SampleLimits, signal: AbortSignal) {
    this.#source = source;
    this.#limits = limits;
    this.#signal = signal;
  }

  /**
   * Samples the newest records by key of a table or view.
   * @throws failure `interrupted`, `source-unreachable`: what concerns more than this table
   */
  async sample(object: ObjectType): Promise<TableSample | NoSample> {
    const { rows, all, time } = this.#limits;
    if (rows === 0) return { kind: "skipped", why: "no sample was asked for" };
    if (object.fields.length === 0) return { kind: "refused", why: object.documentation ?? "it has no columns" };
    if (object.key.length === 0 && (object.estimatedRows ?? 0) > MOST_SORTED) {
      return { kind: "skipped", why: "it has no key and is large" };
    }
    if (all.aborted) return { kind: "skipped", why: OVER };
    // Bytes say nothing here, and may be many.
    const fields = object.fields.filter(({ type }) => type !== "binary");
    if (fields.length === 0) return { kind: "skipped", why: "it holds bytes only" };
    const late = AbortSignal.timeout(time);
    try {
      return await this.#read(object, fields, AbortSignal.any([this.#signal, late, all]));
    } catch (error) {
      await this.close();
      this.#signal.throwIfAborted();
      if (all.aborted) return { kind: "skipped", why: OVER };
      if (late.aborted) return { kind: "slow", why: `its first records took longer than ${time / 1000} s` };
      if (!(error instanceof WaybillError) || error.code === "source-unreachable") throw error;
      const { cause, message } = error;
      // The database's own words are enough: which one it is stands above.
      return { kind: "refused", why: cause instanceof Error ? cause.message : message };
    }
  }

  /** Ends the session; the next sample begins another one. */
  async close(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    await open?.session.close();
  }

  async #read(object: ObjectType, fields: readonly Field[], signal: AbortSignal): Promise<TableSample> {
    const stop = (): void => this.#open?.controller.abort(signal.reason);
    signal.addEventListener("abort", stop);
    try {
      const sample = await read(object, fields, await this.#shared(), this.#limits.rows, signal);
      // What was left in a stream goes with its session.
      if (sample.isCut) await this.close();
      return sample;
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }

  /** The source, with one session for everything. */
  async #shared(): Promise<Source> {
    if (this.#open === null) {
      const controller = new AbortController();
      this.#open = { session: await this.#source.open(1, controller.signal), controller };
    }
    const { session } = this.#open;
    const { snapshotAt } = session;
    const lasting: SourceSession = { snapshotAt, stream: (select) => session.stream(select), close: async () => {} };
    const { label } = this.#source;
    return {
      label,
      introspect: (signal) => this.#source.introspect(signal),
      describe: (queries, signal) => this.#source.describe(queries, signal),
      open: () => Promise.resolve(lasting),
    };
  }
}

async function read(
  object: ObjectType,
  fields: readonly Field[],
  source: Source,
  limit: number,
  signal: AbortSignal,
): Promise<TableSample & { readonly isCut: boolean }> {
  const bare = { ...object, fields: withKey(object, fields), references: [], lists: [] };
  const order = orderOf(bare);
  const request = { object: object.name, format: "ndjson", limit, ...(order === null ? {} : { order }) };
  const plan = planExport(request, { objects: new Map([[object.name, bare]]) }, formatNamed("ndjson"), fullAccess);
  const columns = new Map(fields.map(({ name }) => [name, new Column()]));
  const decoder = new TextDecoder();
  let rest = "";
  let bytes = 0;
  let rows = 0;
  for await (const chunk of run(plan, { sourceNamed: () => source, container: "none", signal, program: "Waybill" })) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop()!;
    for (const line of lines) {
      const record = parseExactly(line) as Readonly<Record<string, unknown>>;
      for (const [name, column] of columns) column.add(record[name] ?? null);
      rows++;
    }
    bytes += chunk.length;
    if (bytes > MOST_BYTES) return { rows, isWhole: false, columns, isCut: true };
  }
  return { rows, isWhole: rows < limit, columns, isCut: false };
}

/** Bytes may be part of a key: they are left out of the records, but not out of the order. */
function withKey(object: ObjectType, fields: readonly Field[]): readonly Field[] {
  return object.fields
    .filter((it) => fields.includes(it) || object.key.includes(it.name))
    .map((it) => (fields.includes(it) ? it : { ...it, optional: true }));
}

/** From the end of the key: what came last is what comes next. */
function orderOf(object: ObjectType): readonly string[] | null {
  const keys = object.key.map((name) => object.fields.find((it) => it.name === name)!);
  if (keys.length === 0 || keys.some(({ type }) => type === "json" || type === "array")) return null;
  return keys.map(({ name }) => `-${name}`);
}

const MOST_VALUES = 1000;

class Column implements ColumnSample {
  filled = 0;
  missing = 0;
  longest = 0;
  length = 0;
  readonly values = new Map<string, number>();
  readonly json = new Place();

  add(value: unknown): void {
    if (value === null) {
      this.missing++;
      return;
    }
    this.filled++;
    const isNested = typeof value === "object" && !(value instanceof JsonNumber);
    const text = textOf(value);
    this.longest = Math.max(this.longest, text.length);
    this.length += text.length;
    if (isNested) this.json.add(value);
    else if (this.values.size < MOST_VALUES) this.values.set(text, (this.values.get(text) ?? 0) + 1);
  }
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return value instanceof JsonNumber ? value.source : JSON.stringify(value);
}
