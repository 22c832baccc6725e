// Cells as texts for people to look at: canonical, and cut where they are long.
import type { CellBatch } from "../cells/batch.ts";
import { Kind } from "../cells/kinds.ts";
import type { Zone } from "../cells/zone.ts";
import { textOf } from "../engine/cell-texts.ts";

/** Characters of a value that are shown. */
const MOST_CHARACTERS = 1000;
/** Bytes that are looked at for them, at most 4 a character; in base64, three make four characters. */
const MOST_BYTES = 4 * MOST_CHARACTERS;

/** The canonical text of a cell; of a longer one the beginning, and `…`. */
export function shortText(batch: CellBatch, i: number, zone: Zone | null): string {
  const kind = batch.kind[i]!;
  const isLong = LONG.has(kind) && batch.end[i]! - batch.start[i]! > MOST_BYTES;
  const text = isLong ? beginningOf(batch, i, kind) : textOf(batch, i, zone);
  if (!isLong && text.length <= MOST_CHARACTERS) return text;
  // Half of a surrogate pair is no character.
  return `${text.slice(0, MOST_CHARACTERS).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

/** Kinds whose length is that of their bytes. */
const LONG: ReadonlySet<number> = new Set([Kind.text, Kind.digits, Kind.word, Kind.binary, Kind.json]);

/** Of JSON as it is: what is cut off cannot be made compact. */
function beginningOf({ bytes, start }: CellBatch, i: number, kind: number): string {
  const part = Buffer.from(bytes.buffer, bytes.byteOffset + start[i]!, MOST_BYTES);
  return part.toString(kind === Kind.binary ? "base64" : "utf8");
}
