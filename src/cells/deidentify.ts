// De-identification that needs no secret, and dates shifted by one: what remains of a value.
import type { Appended } from "./appended.ts";
import type { CellBatch } from "./batch.ts";
import { Kind } from "./kinds.ts";
import { Output } from "./output.ts";
import type { Pseudonyms } from "./pseudonym.ts";
import { civil, toCivil } from "./times.ts";
import { writeValue } from "./value-text.ts";
import type { Zone } from "./zone.ts";

const DAY = 86_400;

/** Keeps the first `length` characters (code points) of the canonical text. */
export function truncate(batch: CellBatch, cell: number, length: number, appended: Appended): void {
  const { kind, start, end } = batch;
  const text = new Output(256);
  for (let i = cell; i < batch.rows * batch.width; i += batch.width) {
    if (kind[i] === Kind.missing) continue;
    if (kind[i] !== Kind.text) {
      text.length = 0;
      writeValue(batch, i, null, text);
      const out = appended.reserve(batch, text.length);
      start[i] = out.length;
      out.append(text.written());
      end[i] = out.length;
      kind[i] = Kind.text;
    }
    const { bytes } = batch;
    let at = start[i]!;
    for (let left = length; at < end[i]!; at++) {
      // Every byte but those that continue a character begins one (RFC 3629 section 3).
      if ((bytes[at]! & 0xc0) !== 0x80 && left-- === 0) break;
    }
    end[i] = at;
  }
}

/**
 * Keeps the year of dates and points in time.
 * @param leftOut told of values that are no dates: they are left out.
 */
export function keepYear(batch: CellBatch, cell: number, zone: Zone | null, leftOut: () => void): void {
  const { kind, number } = batch;
  for (let i = cell; i < batch.rows * batch.width; i += batch.width) {
    switch (kind[i]) {
      case Kind.missing:
        continue;
      case Kind.date:
        toCivil(number[i]!);
        break;
      case Kind.datetime:
        toCivil(Math.floor(number[i]! / DAY));
        break;
      case Kind.instant:
        toCivil(Math.floor((number[i]! + (zone?.offsetAt(number[i]!) ?? 0)) / DAY));
        break;
      default:
        kind[i] = Kind.missing;
        leftOut();
        continue;
    }
    kind[i] = Kind.integer;
    number[i] = civil[0]!;
  }
}

/**
 * Moves dates and points in time by whole days: at most `days` earlier or later, never none, and as many for all dates
 * of one subject, so that the time between them stays.
 * @param subject the cell that says whose date it is; without a subject, or for what is no date, the value is left out.
 */
export function shift(
  batch: CellBatch,
  cell: number,
  { days, subject }: { readonly days: number; readonly subject: number },
  pseudonyms: Pseudonyms,
  leftOut: () => void,
): void {
  const { kind, number, width } = batch;
  for (let row = 0; row < batch.rows; row++) {
    const i = row * width + cell;
    if (kind[i] === Kind.missing) continue;
    const whose = row * width + subject;
    const isDate = kind[i] === Kind.date || kind[i] === Kind.datetime || kind[i] === Kind.instant;
    if (!isDate || kind[whose] === Kind.missing) {
      kind[i] = Kind.missing;
      leftOut();
      continue;
    }
    const by = shiftOf(pseudonyms.ofCell(batch, whose), days);
    number[i] = number[i]! + (kind[i] === Kind.date ? by : by * DAY);
  }
}

/** Days from -`most` to `most` without 0. Six bytes more than any calendar needs make all of them as likely. */
function shiftOf(digest: Uint8Array, most: number): number {
  const drawn = Buffer.from(digest.buffer, digest.byteOffset).readUIntBE(0, 6) % (2 * most);
  return drawn < most ? drawn - most : drawn - most + 1;
}
