// Parts of a date pattern whose texts stay the same as long, and those of the texts that were written lately.
import { type Field, moment, type Piece, setDay, type Writer } from "./date-moment.ts";

/** Texts that are kept, by the last bits of their number: eleven years of days, every minute of a day, every second of a minute. */
const RECENT = 4096;
/** Longer texts are written anew each time. */
const MOST = 96;
const NONE = 0x7fffffff;

/**
 * Pieces in a row that are one: several of a day, a minute or a second, whose texts are kept since the same ones come again and
 * again, or a single one of any moment. One class for all, so that the loop over them calls no function through a pointer
 * unless it must.
 */
export class DateGroup {
  /** The most bytes that it writes. */
  readonly size: number;
  readonly #same: Field["same"];
  readonly #kept: boolean;
  readonly #writers: readonly Writer[];
  readonly #only: Writer;
  readonly #numbers: Int32Array;
  readonly #lengths: Uint8Array;
  readonly #texts: Uint8Array;

  constructor(pieces: readonly Piece[], same: Field["same"]) {
    this.size = pieces.reduce((sum, piece) => sum + piece.size, 0);
    this.#same = same;
    this.#writers = pieces.map((piece) => piece.write);
    this.#only = this.#writers[0]!;
    this.#kept = same !== null && this.size <= MOST;
    const slots = this.#kept ? RECENT : 0;
    this.#numbers = new Int32Array(slots).fill(NONE);
    this.#lengths = new Uint8Array(slots);
    this.#texts = new Uint8Array(slots * this.size);
  }

  /** Writes its part of `moment` at `at` and returns where it stopped. */
  write(bytes: Uint8Array, at: number): number {
    if (!this.#kept) return this.#same === null ? this.#only(bytes, at) : this.#writeAnew(bytes, at);
    const number =
      this.#same === "day" ? moment.day : this.#same === "minute" ? (moment.second / 60) | 0 : moment.second % 60;
    const slot = number & (RECENT - 1);
    const from = slot * this.size;
    const texts = this.#texts;
    if (this.#numbers[slot] === number) {
      const length = this.#lengths[slot]!;
      for (let n = 0; n < length; n++) bytes[at + n] = texts[from + n]!;
      return at + length;
    }
    const end = this.#writeAnew(bytes, at);
    this.#numbers[slot] = number;
    this.#lengths[slot] = end - at;
    for (let n = at; n < end; n++) texts[from + n - at] = bytes[n]!;
    return end;
  }

  #writeAnew(bytes: Uint8Array, at: number): number {
    if (this.#same === "day") setDay(moment.day);
    for (let n = 0; n < this.#writers.length; n++) at = this.#writers[n]!(bytes, at);
    return at;
  }
}
