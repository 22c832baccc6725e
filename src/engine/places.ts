// A column of a table that tells where the files of its records are in the archive.
import { Appended } from "../cells/appended.ts";
import type { CellBatch } from "../cells/batch.ts";
import { Kind } from "../cells/kinds.ts";
import type { Zone } from "../cells/zone.ts";
import type { PlacesPlan } from "../plan/plan.ts";
import type { AttachedFile, FilesCursor } from "./files-cursor.ts";
import { type PlacedFile, RecordNames } from "./record-names.ts";

/** What files lie under, beside tables. */
export const FILES = "files/";
/** The zip of their own that files can be in. */
export const FILES_ZIP = "files.zip";

/** Fills the columns of places, row by row, with JSON arrays. */
export class Places {
  readonly #plan: PlacesPlan;
  readonly #cursors: readonly FilesCursor[];
  readonly #names: RecordNames;
  readonly #appended = new Appended();

  constructor(plan: PlacesPlan, cursors: readonly FilesCursor[], zone: Zone | null) {
    this.#plan = plan;
    this.#cursors = cursors;
    this.#names = new RecordNames(plan, plan.zipFiles ? `${FILES_ZIP}/` : FILES, false, zone);
  }

  async fill(batch: CellBatch): Promise<void> {
    this.#appended.begin();
    for (let row = 0; row < batch.rows; row++) {
      const attached: AttachedFile[] = [];
      for (const cursor of this.#cursors) await cursor.take(batch, row, attached);
      fillPlaces(this.#plan, batch, row, this.#names.place(batch, row, attached).files, this.#appended);
    }
  }
}

/** Puts the places of a record's files into its row, each kind of files into its cell. */
export function fillPlaces(
  { files, cells }: PlacesPlan,
  batch: CellBatch,
  row: number,
  placed: readonly PlacedFile[],
  appended: Appended,
): void {
  for (const [n, cell] of cells.entries()) {
    const places = placed.filter(({ plan }) => plan === files[n]).map(({ place }) => place);
    const text = Buffer.from(JSON.stringify(places), "utf8");
    const out = appended.reserve(batch, text.length);
    const i = row * batch.width + cell;
    batch.kind[i] = Kind.json;
    batch.start[i] = out.length;
    out.append(text);
    batch.end[i] = out.length;
  }
}
