// The rows that DuckDB gives.
import { CellBatch } from "../../cells/batch.ts";
import type { FieldType } from "../../catalog/types.ts";
import { release } from "../../lib/release.ts";
import type { RowsAnswer } from "../reader-process.ts";
import type { CellStream } from "../source.ts";
import type { Reader } from "./ask.ts";
import { Vectors } from "./decode.ts";
import type { WireType } from "./protocol.ts";

/** So many answers are asked for: enough that neither side waits for the other because of a single slow one. */
const AHEAD = 6;

/** Pulls vectors and decodes them. */
export class DuckDBStream implements CellStream {
  rowsSent = NaN;
  readonly #start: () => Promise<Reader>;
  readonly #id: number;
  readonly #sql: () => Promise<string>;
  readonly #types: readonly FieldType[];
  readonly #batch: CellBatch;
  #reader: Reader | null = null;
  #wire: readonly WireType[] = [];
  readonly #ahead: Promise<RowsAnswer>[] = [];
  #vectors: Vectors | null = null;
  #frame: Uint8Array = new Uint8Array(0);

  constructor(start: () => Promise<Reader>, id: number, sql: () => Promise<string>, types: readonly FieldType[]) {
    this.#start = start;
    this.#id = id;
    this.#sql = sql;
    this.#types = types;
    this.#batch = new CellBatch(types.length);
  }

  async next(): Promise<CellBatch | null> {
    const reader = (this.#reader ??= await this.#begin());
    while (this.#vectors?.decode(this.#wire, this.#types, this.#batch) !== true) {
      // While these rows are rendered, the next are on their way and the reader makes those after them.
      while (this.#ahead.length < AHEAD) this.#ahead.push(this.#ask(reader));
      const answer = await this.#ahead.shift()!;
      if ("end" in answer) {
        this.rowsSent = answer.end;
        return null;
      }
      release(this.#frame);
      this.#frame = answer.rows;
      this.#vectors = new Vectors(answer.rows as Uint8Array<ArrayBuffer>, answer.length);
    }
    return this.#batch;
  }

  async #begin(): Promise<Reader> {
    const sql = await this.#sql();
    const json = this.#types.flatMap((type, c) => (type === "json" || type === "array" ? [c] : []));
    const reader = await this.#start();
    this.#wire = await reader.ask<WireType[]>({ do: "stream", stream: this.#id, sql, json });
    return reader;
  }

  #ask(reader: Reader): Promise<RowsAnswer> {
    const answer = reader.askRows(this.#id);
    answer.catch(() => {});
    return answer;
  }
}
