// Cells of a worksheet as XML (ISO/IEC 29500-1 section 18.3.1.4), typed by what each holds.
import type { CellBatch } from "../../cells/batch.ts";
import { writeCompactJson } from "../../cells/json-text.ts";
import { Kind } from "../../cells/kinds.ts";
import { writeInteger } from "../../cells/integers.ts";
import { writeAscii } from "../../cells/numbers.ts";
import { Output } from "../../cells/output.ts";
import type { ColumnShape, WriterContext } from "../../cells/row-writer.ts";
import { BOUNDED_SIZE, writeBase64, writeBounded } from "../../cells/value-text.ts";
import { digitsFit, integerFits, isWord } from "../sheet-numbers.ts";
import { columnLetters, put } from "../sheet-xml.ts";
import { FIRST_DAY, LAST_DAY, SERIAL_SIZE, toMilliseconds, writeSerial, writeSerialTime } from "./serial.ts";
import { Style } from "./styles.ts";
import { cutAt, MAX_UNITS, needsPreserve, writeXstring } from "./xstring.ts";

const encoder = new TextEncoder();
const TEXT = encoder.encode(`" t="inlineStr"><is><t>`);
const TEXT_PRESERVED = encoder.encode(`" t="inlineStr"><is><t xml:space="preserve">`);
const TEXT_END = encoder.encode(`</t></is></c>`);
const NUMBER = encoder.encode(`"><v>`);
const BOOLEAN = encoder.encode(`" t="b"><v>`);
const DATE = styled(Style.date);
const DATETIME = styled(Style.datetime);
const DATETIME_MILLISECONDS = styled(Style.datetimeMilliseconds);
const TIME = styled(Style.time);
const TIME_MILLISECONDS = styled(Style.timeMilliseconds);
const NUMBER_END = encoder.encode(`</v></c>`);

/** What stands around a value: `<c r="XFD1048576"`, the longest of the above, and an end. */
const AROUND = 96;
const DAY = 86_400;
const DAY_MICROSECONDS = 86_400_000_000;
/** Excel has no numbers beyond these (its documentation, "Excel specifications and limits"). */
const LARGEST = 9.99999999999999e307;
const SMALLEST = 2.2250738585072014e-308;

function styled(style: number): Uint8Array {
  return encoder.encode(`" s="${style}"><v>`);
}

/** Writes the cells of a table's rows. */
export class CellXml {
  readonly #names: readonly string[];
  readonly #cells: Uint32Array;
  /** For each column `<c r="` and its letters. */
  readonly #opens: readonly Uint8Array[];
  readonly #context: WriterContext;
  /** The number of the row at hand, in decimal. */
  readonly #row = new Uint8Array(8);
  #rowLength = 0;
  readonly #scratch = new Output(1 << 10);

  constructor(columns: readonly ColumnShape[], context: WriterContext) {
    this.#names = columns.map(({ name }) => name);
    this.#cells = Uint32Array.from(columns, ({ cell }) => cell);
    this.#opens = columns.map((_, c) => encoder.encode(`<c r="${columnLetters(c)}`));
    this.#context = context;
  }

  /** Appends the cells of a row that hold something; `number` is the sheet's number of the row. */
  row(batch: CellBatch, row: number, number: number, out: Output): void {
    this.#rowLength = writeInteger(this.#row, 0, number);
    const cells = this.#cells;
    const { kind, start, end } = batch;
    const first = row * batch.width;
    for (let c = 0; c < cells.length; c++) {
      const i = first + cells[c]!;
      switch (kind[i]!) {
        case Kind.missing:
          break;
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
  }

  /** Appends the start of a cell. There must be room. */
  #open(c: number, after: Uint8Array, bytes: Uint8Array, at: number): number {
    at = put(bytes, at, this.#opens[c]!);
    const row = this.#row;
    for (let i = 0; i < this.#rowLength; i++) bytes[at++] = row[i]!;
    return put(bytes, at, after);
  }

  #text(c: number, from: Uint8Array, start: number, wholeEnd: number, out: Output): void {
    const end = cutAt(from, start, wholeEnd, MAX_UNITS);
    if (end < wholeEnd) this.#problem("text-cut", c);
    out.reserve(AROUND);
    const after = needsPreserve(from, start, end) ? TEXT_PRESERVED : TEXT;
    out.length = this.#open(c, after, out.bytes, out.length);
    if (writeXstring(from, start, end, out)) this.#problem("control-character", c);
    out.append(TEXT_END);
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
    out.reserve(AROUND + end - start);
    const { bytes } = out;
    let at = this.#open(c, NUMBER, bytes, out.length);
    for (let i = start; i < end; i++) bytes[at++] = from[i]!;
    out.length = put(bytes, at, NUMBER_END);
  }

  /** A cell of a kind whose text is short: numbers, dates and times, booleans, UUIDs. */
  #bounded(c: number, batch: CellBatch, i: number, out: Output): void {
    out.reserve(AROUND + BOUNDED_SIZE + SERIAL_SIZE);
    const { bytes } = out;
    const kind = batch.kind[i]!;
    const number = batch.number[i]!;
    switch (kind) {
      case Kind.integer: {
        if (!integerFits(number)) return this.#asText(c, batch, i, "number-as-text", out);
        const at = this.#open(c, NUMBER, bytes, out.length);
        out.length = put(bytes, writeInteger(bytes, at, number), NUMBER_END);
        return;
      }
      case Kind.float:
      case Kind.float32: {
        if (!Number.isFinite(number)) return this.#asText(c, batch, i, "not-a-number", out);
        const size = Math.abs(number);
        if (size > LARGEST || (size < SMALLEST && size > 0)) return this.#asText(c, batch, i, "number-as-text", out);
        const at = this.#open(c, NUMBER, bytes, out.length);
        out.length = put(bytes, writeBounded(batch, i, kind, null, bytes, at), NUMBER_END);
        return;
      }
      case Kind.boolean: {
        const at = this.#open(c, BOOLEAN, bytes, out.length);
        out.length = put(bytes, writeAscii(bytes, at, number === 0 ? "0" : "1"), NUMBER_END);
        return;
      }
      case Kind.date: {
        if (!dayFits(number)) return this.#asText(c, batch, i, "date-out-of-range", out);
        const at = this.#open(c, DATE, bytes, out.length);
        out.length = put(bytes, writeSerial(bytes, at, number, 0), NUMBER_END);
        return;
      }
      case Kind.time:
        return this.#time(c, batch, i, out);
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

  #time(c: number, batch: CellBatch, i: number, out: Output): void {
    const microseconds = batch.number[i]!;
    if (microseconds >= DAY_MICROSECONDS) return this.#asText(c, batch, i, "date-out-of-range", out);
    const seconds = Math.floor(microseconds / 1e6);
    const milliseconds = this.#milliseconds(c, microseconds - seconds * 1e6);
    const at = this.#open(c, milliseconds === 0 ? TIME : TIME_MILLISECONDS, out.bytes, out.length);
    out.length = put(out.bytes, writeSerialTime(out.bytes, at, seconds * 1000 + milliseconds), NUMBER_END);
  }

  #datetime(c: number, batch: CellBatch, i: number, seconds: number, out: Output): void {
    const day = Math.floor(seconds / DAY);
    if (!dayFits(day)) return this.#asText(c, batch, i, "date-out-of-range", out);
    const milliseconds = this.#milliseconds(c, batch.start[i]!);
    const at = this.#open(c, milliseconds === 0 ? DATETIME : DATETIME_MILLISECONDS, out.bytes, out.length);
    const ofDay = (seconds - day * DAY) * 1000 + milliseconds;
    out.length = put(out.bytes, writeSerial(out.bytes, at, day, ofDay), NUMBER_END);
  }

  #milliseconds(c: number, microseconds: number): number {
    const milliseconds = toMilliseconds(microseconds);
    if (milliseconds * 1000 !== microseconds) this.#problem("time-rounded", c);
    return milliseconds;
  }

  /** The canonical text of a bounded kind: it holds nothing that would need to be escaped. */
  #asText(c: number, batch: CellBatch, i: number, problem: string | null, out: Output): void {
    if (problem !== null) this.#problem(problem, c);
    const { bytes } = out;
    const at = this.#open(c, TEXT, bytes, out.length);
    out.length = put(bytes, writeBounded(batch, i, batch.kind[i]!, this.#context.zone, bytes, at), TEXT_END);
  }

  #problem(code: string, c: number): void {
    this.#context.problems.add(code, this.#names[c]!);
  }
}

function dayFits(day: number): boolean {
  return day >= FIRST_DAY && day <= LAST_DAY;
}
