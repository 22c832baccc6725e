// The attached files of records: a stream of rows in the order of the records that they belong to.
import type { CellBatch } from "../cells/batch.ts";
import { Kind } from "../cells/kinds.ts";
import { sameCell } from "../cells/same-cell.ts";
import type { Zone } from "../cells/zone.ts";
import type { FilesPlan } from "../plan/plan.ts";
import { textOf, textsOf } from "./cell-texts.ts";
import type { RowFeed } from "./row-feed.ts";

/** A file as its row tells it. */
export interface AttachedFile {
  readonly plan: FilesPlan;
  readonly name: string;
  /** The recorded size in bytes; null where none is. */
  readonly size: number | null;
  /** The path in the store, or the bytes; null where the row has none. */
  readonly content: string | Uint8Array | null;
  readonly tags: ReadonlyMap<string, string>;
}

/** Reads the files of one record after the other. */
export class FilesCursor {
  readonly #plan: FilesPlan;
  readonly #feed: RowFeed;
  readonly #zone: Zone | null;
  #batch: CellBatch | null = null;
  #row = 0;
  #over = false;

  constructor(plan: FilesPlan, feed: RowFeed, zone: Zone | null) {
    this.#plan = plan;
    this.#feed = feed;
    this.#zone = zone;
  }

  /** Adds the files of a record to those of other cursors. */
  async take(parent: CellBatch, row: number, files: AttachedFile[]): Promise<void> {
    for (;;) {
      if (this.#batch === null || this.#row >= this.#batch.rows) {
        if (this.#over) return;
        this.#batch = await this.#feed.next();
        this.#row = 0;
        this.#over = this.#batch === null;
        continue;
      }
      if (!this.#belongsTo(parent, row)) return;
      files.push(this.#file(this.#batch, this.#row++));
    }
  }

  /** Whether every row was used. */
  async used(): Promise<boolean> {
    if (this.#batch !== null && this.#row < this.#batch.rows) return false;
    return this.#over || (await this.#feed.next()) === null;
  }

  #belongsTo(parent: CellBatch, row: number): boolean {
    const { parentKey, ownKey } = this.#plan;
    return ownKey.every((own, n) =>
      sameCell(parent, row * parent.width + parentKey[n]!, this.#batch!, this.#row * this.#batch!.width + own),
    );
  }

  #file(batch: CellBatch, row: number): AttachedFile {
    const plan = this.#plan;
    const at = (cell: number): string => textOf(batch, row * batch.width + cell, this.#zone);
    const path = plan.fileName === null ? "" : at(plan.fileName);
    // A path tells the name by its last part.
    const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
    const size = plan.size === null ? NaN : Number.parseInt(at(plan.size), 10);
    return {
      plan,
      name: name === "" ? `${plan.name}-${plan.key.map(at).join("-")}` : name,
      size: Number.isSafeInteger(size) && size >= 0 ? size : null,
      content: contentOf(batch, row, plan),
      tags: textsOf(plan.tags, batch, row, this.#zone),
    };
  }
}

function contentOf(batch: CellBatch, row: number, { place, store }: FilesPlan): string | Uint8Array | null {
  if (place === null) return null;
  const i = row * batch.width + place;
  const kind = batch.kind[i];
  if (kind === Kind.missing) return null;
  if (store === null && (kind === Kind.binary || kind === Kind.text)) {
    return batch.bytes.slice(batch.start[i], batch.end[i]);
  }
  return textOf(batch, i, null);
}
