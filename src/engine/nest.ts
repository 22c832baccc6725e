// Lists merged into their parents in flight: two streams in the same order, matched by equal keys.
import type { CellBatch } from "../cells/batch.ts";
import type { Output } from "../cells/output.ts";
import type { NestingRowWriter } from "../cells/row-writer.ts";
import { sameCell } from "../cells/same-cell.ts";
import type { ListPlan } from "../plan/plan.ts";
import type { RowFeed } from "./row-feed.ts";

/** A list's stream, at the row that comes next. */
export class ListCursor {
  readonly plan: ListPlan;
  readonly node: NestNode;
  readonly #feed: RowFeed;
  batch: CellBatch | null = null;
  row = 0;
  over = false;

  constructor(plan: ListPlan, feed: RowFeed, node: NestNode) {
    this.plan = plan;
    this.#feed = feed;
    this.node = node;
  }

  /** Fetches more rows after the last one at hand was used. */
  async fill(): Promise<void> {
    this.batch = await this.#feed.next();
    this.row = 0;
    this.over = this.batch === null;
  }

  /** Whether every row of the stream was used. */
  async used(): Promise<boolean> {
    if (this.batch !== null && this.row < this.batch.rows) return false;
    if (!this.over) await this.fill();
    return this.over && (await allUsed(this.node.cursors));
  }

  belongsTo(parent: CellBatch, row: number): boolean {
    const own = this.batch!;
    const { parentKey, ownKey } = this.plan;
    for (let n = 0; n < ownKey.length; n++) {
      const there = row * parent.width + parentKey[n]!;
      if (!sameCell(parent, there, own, this.row * own.width + ownKey[n]!)) return false;
    }
    return true;
  }
}

/** Whether all rows of all lists were used: what is left would have been lost. */
export async function allUsed(cursors: readonly ListCursor[]): Promise<boolean> {
  for (const cursor of cursors) if (!(await cursor.used())) return false;
  return true;
}

/**
 * Writes rows together with their lists. It works without waiting as long as the rows it needs are at hand, and
 * otherwise says which list has to be filled; it then goes on where it stopped.
 */
export class NestNode {
  readonly cursors: readonly ListCursor[];
  readonly #writer: NestingRowWriter;
  /** Whether a row is begun and not ended. */
  open = false;
  #batch: CellBatch | null = null;
  #row = 0;
  #list = 0;
  /** How many items of the current list were written; -1 before its beginning. */
  #items = -1;

  constructor(writer: NestingRowWriter, cursors: readonly ListCursor[]) {
    this.#writer = writer;
    this.cursors = cursors;
  }

  begin(batch: CellBatch, row: number, index: number, out: Output): void {
    this.#writer.beginRow(batch, row, index, out);
    this.#batch = batch;
    this.#row = row;
    this.#list = 0;
    this.#items = -1;
    this.open = true;
  }

  /** Writes a row that has no lists. */
  whole(batch: CellBatch, row: number, index: number, out: Output): void {
    this.#writer.beginRow(batch, row, index, out);
    this.#writer.endRow(out);
  }

  /** Writes on; null when the row is complete, else the list that has to be filled first. */
  step(out: Output): ListCursor | null {
    for (; this.#list < this.cursors.length; this.#list++) {
      const waiting = this.#writeList(this.cursors[this.#list]!, out);
      if (waiting !== null) return waiting;
      this.#items = -1;
    }
    this.#writer.endRow(out);
    this.open = false;
    return null;
  }

  #writeList(cursor: ListCursor, out: Output): ListCursor | null {
    const list = this.#writer.lists[this.#list]!;
    const { node } = cursor;
    if (this.#items < 0) {
      list.begin(out);
      this.#items = 0;
    }
    for (;;) {
      if (node.open) {
        const waiting = node.step(out);
        if (waiting !== null) return waiting;
        cursor.row++;
        this.#items++;
      }
      if (cursor.batch === null || cursor.row >= cursor.batch.rows) {
        if (cursor.over) break;
        return cursor;
      }
      if (!cursor.belongsTo(this.#batch!, this.#row)) break;
      if (node.cursors.length > 0) node.begin(cursor.batch, cursor.row, this.#items, out);
      else node.whole(cursor.batch, cursor.row++, this.#items++, out);
    }
    list.end(out);
    return null;
  }
}
