// The records of a file, a batch at a time, in memory that is used again and again.
import { isUtf8 } from "node:buffer";
import type { CellBatch } from "../../../cells/batch.ts";
import type { Content } from "./content.ts";
import { CsvError, type CsvScanner, SENTINELS } from "./scanner.ts";

/** What a batch of records takes at first, and at the least; what one may take. DuckDB has the same limit. */
const FIRST_SIZE = 1 << 18;
const LEAST_SIZE = 1 << 16;
export const MOST_SIZE = 8_000_000;

/** Memory for a batch, and the bytes of its values. */
export interface Slot {
  readonly batch: CellBatch;
  /** Makes `batch.bytes` at least so large; what it held may be gone. */
  grow(size: number): void;
}

/** Where the records end that are asked for. */
export interface Part {
  /** Bytes of the content. */
  readonly from: number;
  /** Where another part begins; Infinity where there is none. */
  readonly to: number;
}

/**
 * The batches of the records of a content that begins at `part.from`. Gives at last whether the records ended where
 * the part does; where one does not, all that follow are given too.
 * @param slotFor gives the memory for the next batch.
 * @throws CsvError whose place is counted from the beginning of the content
 */
export async function* records<S extends Slot>(
  content: Content,
  scanner: CsvScanner,
  { from, to }: Part,
  slotFor: () => S | Promise<S>,
): AsyncGenerator<S, boolean> {
  let slot = await slotFor();
  /** The place of the slot's first byte, how many there are, and how many there are to be. */
  let place = from;
  let length = 0;
  let size = FIRST_SIZE;
  let until = to;
  let isOver = false;
  for (;;) {
    if (slot.batch.bytes.length < size + SENTINELS) {
      const kept = slot.batch.bytes.slice(0, length);
      slot.grow(size + SENTINELS);
      slot.batch.bytes.set(kept);
    }
    const { bytes } = slot.batch;
    while (length < size && place + length < until && !isOver) {
      const count = await content.read(bytes, length, Math.min(size - length, until - place - length));
      isOver = count === 0;
      length += count;
    }
    const next = scan(scanner, slot.batch, place, length, isOver);
    if (slot.batch.rows > 0) {
      const held = slot.batch.bytes;
      yield slot;
      slot = await slotFor();
      // A little more than what these took.
      size = Math.min(MOST_SIZE, Math.max(LEAST_SIZE, next + (next >> 4), length - next));
      if (slot.batch.bytes.length < length - next) slot.grow(size + SENTINELS);
      slot.batch.bytes.set(held.subarray(next, length));
    } else {
      slot.batch.bytes.copyWithin(0, next, length);
    }
    place += next;
    length -= next;
    if (isOver && length === 0) return false;
    if (place === until) return true;
    if (next > 0 || length === 0) continue;
    // No record ends among these bytes.
    if (place + length === until) until = Infinity;
    else if (size >= MOST_SIZE) throw new CsvError(`it has more than ${MOST_SIZE} bytes`, place);
    else size = Math.min(MOST_SIZE, size * 2);
  }
}

function scan(scanner: CsvScanner, batch: CellBatch, place: number, length: number, isOver: boolean): number {
  try {
    const next = scanner.scan(batch.bytes, 0, length, isOver, batch);
    if (!isUtf8(batch.bytes.subarray(0, next))) throw new CsvError("it is not UTF-8", firstNot(batch.bytes, next));
    return next;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new CsvError(error.message, place + error.at);
  }
}

/** Where the first line begins that is not UTF-8. */
function firstNot(bytes: Uint8Array, length: number): number {
  for (let at = 0; at < length;) {
    const end = bytes.indexOf(0x0a, at) + 1 || length;
    if (!isUtf8(bytes.subarray(at, Math.min(end, length)))) return at;
    at = end;
  }
  return 0;
}
