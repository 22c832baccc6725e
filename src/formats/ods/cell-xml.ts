// Cells of a table as XML (ODF 1.3 part 3 section 9.1.4), typed by what each holds, with the text that is shown.
import type { CellBatch } from "../../cells/batch.ts";
import { writeCompactJson } from "../../cells/json-text.ts";
import { Kind } from "../../cells/kinds.ts";
import { writeInteger } from "../../cells/integers.ts";
import { Output } from "../../cells/output.ts";
import type { ColumnShape, WriterContext } from "../../cells/row-writer.ts";
import { writeDate, writeDateTime, writeTime } from "../../cells/times.ts";
import { BOUNDED_SIZE, writeBase64, writeBounded } from "../../cells/value-text.ts";
import { digitsFit, integerFits, isWord } from "../sheet-numbers.ts";
import { put } from "../sheet-xml.ts";
import { writeDuration } from "./duration.ts";
import { CellStyle } from "./styles.ts";
import { textCellStart, writeTextCell } from "./text-cell.ts";

const encoder = new TextEncoder();
const CELL = `<table:table-cell`;
const EMPTY = encoder.encode(`${CELL}/>`);
const EMPTIES_OPEN = encoder.encode(`${CELL} table:number-columns-repeated="`);
const EMPTIES_CLOSE = encoder.encode(`"/>`);
const TEXT = encoder.encode(`${CELL} office:value-type="string"><text:p>`);
const TEXT_START = textCellStart(null);
const NUMBER = encoder.encode(`${CELL} office:value-type="float" office:value="`);
const FALSE = encoder.encode(
  `${CELL} office:value-type="boolean" office:boolean-value="false"><text:p>false</text:p></table:table-cell>`,
);
const TRUE = encoder.encode(
  `${CELL} office:value-type="boolean" office:boolean-value="true"><text:p>true</text:p></table:table-cell>`,
);
const DATE = dated(CellStyle.date);
const DATETIME = dated(CellStyle.datetime);
const DATETIME_FRACTION = dated(CellStyle.datetimeFraction);
const TIME = timed(CellStyle.time);
const TIME_FRACTION = timed(CellStyle.timeFraction);
/** Between a value and its text. */
const SHOWN = encoder.encode(`"><text:p>`);
const END = encoder.encode(`</text:p></table:table-cell>`);

/** What stands around a value: the longest of the above, `SHOWN` and `END`. */
const AROUND = 192;
const DAY = 86_400;
const DAY_MICROSECONDS = 86_400_000_000;
/** 0001-01-01 and 9999-12-31, in days since 1970: dates of ODF have years of four digits. */
const FIRST_DAY = -719_162;
const LAST_DAY = 2_932_896;
const SPACE = 0x20;
/** Digits of the date in `2024-05-01T12:34:56`. */
const DATE_LENGTH = 10;

function dated(style: string): Uint8Array {
  return encoder.encode(`${CELL} table:style-name="${style}" office:value-type="date" office:date-value="`);
}

function timed(style: string): Uint8Array {
  return encoder.encode(`${CELL} table:style-name="${style}" office:value-type="time" office:time-value="`);
}

/** Writes the cells of a table's rows. */
export class CellXml {
  readonly #names: readonly string[];
  readonly #cells: Uint32Array;
  readonly #context: WriterContext;
  readonly #scratch = new Output(1 << 10);

  constructor(columns: readonly ColumnShape[], context: WriterContext) {
    this.#names = columns.map(({ name }) => name);
    this.#cells = Uint32Array.from(columns, ({ cell }) => cell);
    this.#context = context;
  }

  /** Appends the cells of a row; those that are missing one after the other become one element. */
  row(batch: CellBatch, row: number, out: Output): void {
    const cells = this.#cells;
    const { kind, start, end } = batch;
    const first = row * batch.width;
    let missing = 0;
    for (let c = 0; c < cells.length; c++) {
      const i = first + cells[c]!;
      const its = kind[i]!;
      if (its === Kind.missing) {
        missing++;
        continue;
      }
      if (missing > 0) writeMissing(missing, out);
      missing = 0;
      switch (its) {
        case Kind.text:
        case Kind.word:
          this.#text(c, batch.bytes, start[i]!, end[i]!, out);
          break;
        case Kind.digits:
          this.#digits(c, batch.bytes, start[i]!, end[i]!, out);
          break;
        case Kind.json:
          this.#json(c, batch.bytes, start[i]!, end[i]!, out);
          break;
        case Kind.binary:
          this.#binary(c, batch.bytes, start[i]!, end[i]!, out);
          break;
        default:
          this.#bounded(c, batch, i, out);
      }
    }
    if (missing > 0) writeMissing(missing, out);
  }

  #text(c: number, from: Uint8Array, start: number, end: number, out: Output): void {
    if (writeTextCell(TEXT_START, from, start, end, out)) this.#problem("control-character", c);
  }

  #json(c: number, from: Uint8Array, start: number, end: number, out: Output): void {
    const scratch = this.#scratch;
    scratch.length = 0;
    scratch.reserve(end - start);
    this.#text(c, scratch.bytes, 0, writeCompactJson(from, start, end, scratch.bytes, 0), out);
  }

  #binary(c: number, from: Uint8Array, start: number, end: number, out: Output): void {
    const scratch = this.#scratch;
    scratch.length = 0;
    writeBase64(from, start, end, scratch);
    this.#text(c, scratch.bytes, 0, scratch.length, out);
  }

  #digits(c: number, from: Uint8Array, start: number, end: number, out: Output): void {
    const word = isWord(from, end);
    if (word || !digitsFit(from, start, end)) {
      this.#problem(word ? "not-a-number" : "number-as-text", c);
      this.#text(c, from, start, end, out);
      return;
    }
    out.reserve(AROUND + (end - start) * 2);
    const { bytes } = out;
    let at = put(bytes, out.length, NUMBER);
    for (let i = start; i < end; i++) bytes[at++] = from[i]!;
    at = put(bytes, at, SHOWN);
    for (let i = start; i < end; i++) bytes[at++] = from[i]!;
    out.length = put(bytes, at, END);
  }

  /** A cell of a kind whose text is short: numbers, dates and times, booleans, UUIDs. */
  #bounded(c: number, batch: CellBatch, i: number, out: Output): void {
    out.reserve(AROUND + BOUNDED_SIZE * 2);
    const number = batch.number[i]!;
    switch (batch.kind[i]!) {
      case Kind.integer:
        return integerFits(number) ? this.#number(batch, i, out) : this.#asText(c, batch, i, "number-as-text", out);
      case Kind.float:
      case Kind.float32:
        return Number.isFinite(number) ? this.#number(batch, i, out) : this.#asText(c, batch, i, "not-a-number", out);
      case Kind.boolean:
        return out.append(number === 0 ? FALSE : TRUE);
      case Kind.date: {
        if (!dayFits(number)) return this.#asText(c, batch, i, "date-out-of-range", out);
        const { bytes } = out;
        const at = writeDate(bytes, put(bytes, out.length, DATE), number);
        out.length = put(bytes, writeDate(bytes, put(bytes, at, SHOWN), number), END);
        return;
      }
      case Kind.time: {
        if (number >= DAY_MICROSECONDS) return this.#asText(c, batch, i, "date-out-of-range", out);
        const { bytes } = out;
        const open = number % 1e6 === 0 ? TIME : TIME_FRACTION;
        const at = writeDuration(bytes, put(bytes, out.length, open), number);
        out.length = put(bytes, writeTime(bytes, put(bytes, at, SHOWN), number), END);
        return;
      }
      case Kind.datetime:
        return this.#datetime(c, batch, i, number, out);
      case Kind.instant: {
        const { zone } = this.#context;
        if (zone === null) return this.#datetime(c, batch, i, number, out);
        const local = number + zone.offsetAt(number);
        // Where clocks show a time twice, what the cell shows is not the whole of the instant.
        if (zone.instantAt(local) !== number) this.#problem("ambiguous-local-time", c);
        return this.#datetime(c, batch, i, local, out);
      }
      default:
        this.#asText(c, batch, i, null, out);
    }
  }

  #number(batch: CellBatch, i: number, out: Output): void {
    const { bytes } = out;
    const kind = batch.kind[i]!;
    const start = put(bytes, out.length, NUMBER);
    const end = writeBounded(batch, i, kind, null, bytes, start);
    let at = put(bytes, end, SHOWN);
    for (let n = start; n < end; n++) bytes[at++] = bytes[n]!;
    out.length = put(bytes, at, END);
  }

  #datetime(c: number, batch: CellBatch, i: number, seconds: number, out: Output): void {
    if (!dayFits(Math.floor(seconds / DAY))) return this.#asText(c, batch, i, "date-out-of-range", out);
    const { bytes } = out;
    const microseconds = batch.start[i]!;
    const start = put(bytes, out.length, microseconds === 0 ? DATETIME : DATETIME_FRACTION);
    const end = writeDateTime(bytes, start, seconds, microseconds);
    let at = put(bytes, end, SHOWN);
    for (let n = start; n < end; n++) bytes[at++] = n === start + DATE_LENGTH ? SPACE : bytes[n]!;
    out.length = put(bytes, at, END);
  }

  /** The canonical text of a bounded kind: it holds nothing that would need to be escaped. */
  #asText(c: number, batch: CellBatch, i: number, problem: string | null, out: Output): void {
    if (problem !== null) this.#problem(problem, c);
    const { bytes } = out;
    const at = put(bytes, out.length, TEXT);
    out.length = put(bytes, writeBounded(batch, i, batch.kind[i]!, this.#context.zone, bytes, at), END);
  }

  #problem(code: string, c: number): void {
    this.#context.problems.add(code, this.#names[c]!);
  }
}

function writeMissing(count: number, out: Output): void {
  if (count === 1) {
    out.append(EMPTY);
    return;
  }
  out.reserve(AROUND);
  const at = writeInteger(out.bytes, put(out.bytes, out.length, EMPTIES_OPEN), count);
  out.length = put(out.bytes, at, EMPTIES_CLOSE);
}

function dayFits(day: number): boolean {
  return day >= FIRST_DAY && day <= LAST_DAY;
}
