// DuckDB's vectors as cells (DuckDB documentation, C API, "Vectors"): column by column, no value is copied but digits.
import type { CellBatch } from "../../cells/batch.ts";
import { isJson } from "../../cells/json-text.ts";
import { Kind } from "../../cells/kinds.ts";
import { writeInteger, writePadded } from "../../cells/integers.ts";
import type { FieldType } from "../../catalog/types.ts";
import { CHUNK_HEADER, COLUMN_HEADER, INLINE, Type, type WireType } from "./protocol.ts";

const TWO_32 = 4_294_967_296;

/** The chunks of a frame (`protocol.ts`), decoded some rows at a time. */
export class Vectors {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #words: Uint32Array;
  readonly #signed: Int32Array;
  readonly #view: DataView;
  /** The chunk at hand, where the chunks end, and the row in the chunk. */
  #chunk = 0;
  readonly #end: number;
  #row = 0;
  /** Where digits are written: behind the chunks. */
  #free: number;

  /** @param length of the chunks; the rest of the frame is free. */
  constructor(frame: Uint8Array<ArrayBuffer>, length: number) {
    this.#bytes = frame;
    const words = frame.length >> 2;
    this.#words = new Uint32Array(frame.buffer, 0, words);
    this.#signed = new Int32Array(frame.buffer, 0, words);
    this.#view = new DataView(frame.buffer);
    this.#end = length;
    this.#free = length;
  }

  /** Decodes the next rows into a batch; gives whether there were any. */
  decode(wire: readonly WireType[], types: readonly FieldType[], batch: CellBatch): boolean {
    if (this.#chunk >= this.#end) return false;
    const chunk = this.#chunk >> 2;
    const rows = this.#words[chunk]!;
    const from = this.#row;
    const count = Math.min(rows - from, batch.capacity);
    batch.bytes = this.#bytes;
    batch.rows = count;
    for (const [c, type] of wire.entries()) {
      const header = chunk + ((CHUNK_HEADER + c * COLUMN_HEADER) >> 2);
      const its = type.json ? (this.#words[header + 2] === 1 ? Kind.json : null) : textKind(type.id, types[c]!);
      this.#column(this.#words[header]!, from, count, type, its, batch, c);
      const validity = this.#words[header + 1]!;
      if (validity !== 0) this.#missing(validity, from, count, batch, c);
    }
    this.#row += count;
    if (this.#row === rows) {
      this.#chunk = (this.#words[chunk + 1]! + 15) & ~15;
      this.#row = 0;
    }
    return true;
  }

  #missing(at: number, from: number, count: number, batch: CellBatch, c: number): void {
    const { kind, width } = batch;
    for (let n = 0, i = c; n < count; n++, i += width) {
      const row = from + n;
      if ((this.#bytes[at + (row >> 3)]! & (1 << (row & 7))) === 0) kind[i] = Kind.missing;
    }
  }

  // Values of missing rows are decoded too: what they are made of is anything, but never outside of the frame.
  #column(
    at: number,
    from: number,
    count: number,
    type: WireType,
    text: Kind | null,
    batch: CellBatch,
    c: number,
  ): void {
    const { kind, number, width } = batch;
    const view = this.#view;
    at += from * type.size;
    switch (type.id) {
      case Type.varchar:
      case Type.blob:
        this.#text(at, count, text, batch, c);
        return;
      case Type.bigint:
      case Type.ubigint:
        for (let n = 0, i = c; n < count; n++, i += width, at += 8) this.#bigint(at, type, batch, i);
        return;
      case Type.decimal:
      case Type.hugeint:
      case Type.uhugeint:
        for (let n = 0, i = c; n < count; n++, i += width, at += type.size) this.#decimal(at, type, batch, i);
        return;
      case Type.timestamp:
      case Type.timestampTz: {
        const its = type.id === Type.timestamp ? Kind.datetime : Kind.instant;
        for (let n = 0, i = c; n < count; n++, i += width, at += 8) this.#timestamp(at, its, batch, i);
        return;
      }
      case Type.date:
        for (let n = 0, i = c; n < count; n++, i += width, at += 4) this.#date(at, batch, i);
        return;
      case Type.uuid:
        for (let n = 0, i = c; n < count; n++, i += width, at += 16) this.#uuid(at, batch, i);
        return;
      default: {
        const read = READ[type.id]!;
        const its = KIND[type.id]!;
        for (let n = 0, i = c; n < count; n++, i += width, at += type.size) {
          kind[i] = its;
          number[i] = read(view, at);
        }
      }
    }
  }

  /** @param its what the text is; null where it may be JSON and may be none. */
  #text(at: number, count: number, its: Kind | null, batch: CellBatch, c: number): void {
    const { kind, start, end, width } = batch;
    const words = this.#words;
    const most = this.#bytes.length;
    for (let n = 0, i = c; n < count; n++, i += width, at += 16) {
      const length = words[at >> 2]!;
      const from = length <= INLINE ? at + 4 : words[(at >> 2) + 2]!;
      start[i] = from;
      end[i] = from + length;
      if (its !== null) kind[i] = its;
      else kind[i] = from + length <= most && isJson(this.#bytes, from, from + length) ? Kind.json : Kind.text;
    }
  }

  #bigint(at: number, type: WireType, batch: CellBatch, i: number): void {
    const high = type.id === Type.bigint ? this.#signed[(at >> 2) + 1]! : this.#words[(at >> 2) + 1]!;
    if (high >= -0x200000 && high < 0x200000) {
      batch.kind[i] = Kind.integer;
      batch.number[i] = high * TWO_32 + this.#words[at >> 2]!;
      return;
    }
    const value = type.id === Type.bigint ? this.#view.getBigInt64(at, true) : this.#view.getBigUint64(at, true);
    this.#digits(value.toString(), 0, batch, i);
  }

  #decimal(at: number, { id, size, scale }: WireType, batch: CellBatch, i: number): void {
    const view = this.#view;
    let value: number;
    if (size === 2) value = view.getInt16(at, true);
    else if (size === 4) value = view.getInt32(at, true);
    else {
      const high = size === 8 ? this.#signed[(at >> 2) + 1]! : NaN;
      if (!(high >= -0x200000 && high < 0x200000)) {
        this.#digits(wide(view, at, size, id === Type.uhugeint).toString(), scale, batch, i);
        return;
      }
      value = high * TWO_32 + this.#words[at >> 2]!;
    }
    const power = POWERS[scale];
    if (power === undefined || scale > 9) {
      this.#digits(value.toString(), scale, batch, i);
      return;
    }
    const bytes = this.#bytes;
    let to = this.#free;
    batch.kind[i] = Kind.digits;
    batch.start[i] = to;
    if (value < 0) {
      bytes[to++] = 45;
      value = -value;
    }
    const whole = Math.floor(value / power);
    to = writeInteger(bytes, to, whole);
    if (scale > 0) {
      bytes[to++] = 46;
      to = writePadded(bytes, to, value - whole * power, scale);
    }
    batch.end[i] = this.#free = to;
  }

  /** Writes digits with a decimal point before the last `scale` of them. */
  #digits(text: string, scale: number, batch: CellBatch, i: number): void {
    const bytes = this.#bytes;
    const negative = text.startsWith("-");
    const digits = (negative ? text.slice(1) : text).padStart(scale + 1, "0");
    let to = this.#free;
    batch.kind[i] = Kind.digits;
    batch.start[i] = to;
    if (negative) bytes[to++] = 45;
    for (let n = 0; n < digits.length; n++) {
      if (scale > 0 && n === digits.length - scale) bytes[to++] = 46;
      bytes[to++] = digits.charCodeAt(n);
    }
    batch.end[i] = this.#free = to;
  }

  /** Microseconds since 1970 as a 64-bit integer, split without passing through a double. */
  #timestamp(at: number, its: Kind, batch: CellBatch, i: number): void {
    const high = this.#signed[(at >> 2) + 1]!;
    const low = this.#words[at >> 2]!;
    if ((high === 0x7fffffff && low === 0xffffffff) || (high === -0x80000000 && low <= 1)) {
      this.#infinity(high > 0, batch, i);
      return;
    }
    // 2^32 = 4294 * 10^6 + 967296, so every product below is a safe integer.
    const rest = high * 967_296 + low;
    const carried = Math.floor(rest / 1e6);
    batch.kind[i] = its;
    batch.number[i] = high * 4294 + carried;
    batch.start[i] = rest - carried * 1e6;
  }

  #date(at: number, batch: CellBatch, i: number): void {
    const days = this.#signed[at >> 2]!;
    if (days === 0x7fffffff || days === -0x7fffffff) {
      this.#infinity(days > 0, batch, i);
      return;
    }
    batch.kind[i] = Kind.date;
    batch.number[i] = days;
  }

  #infinity(positive: boolean, batch: CellBatch, i: number): void {
    const word = positive ? "infinity" : "-infinity";
    batch.kind[i] = Kind.word;
    batch.start[i] = this.#free;
    for (let n = 0; n < word.length; n++) this.#bytes[this.#free++] = word.charCodeAt(n);
    batch.end[i] = this.#free;
  }

  /** A UUID is kept as a 128-bit integer with its first bit turned, so that it sorts as text does. */
  #uuid(at: number, batch: CellBatch, i: number): void {
    const bytes = this.#bytes;
    for (let low = at, high = at + 15; low < high; low++, high--) {
      const byte = bytes[low]!;
      bytes[low] = bytes[high]!;
      bytes[high] = byte;
    }
    bytes[at]! ^= 0x80;
    batch.kind[i] = Kind.uuid;
    batch.start[i] = at;
  }
}

const POWERS = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

/** What text is, by the type of its field: numbers that DuckDB keeps as text are exact digits. */
function textKind(id: number, field: FieldType): Kind {
  if (id === Type.blob) return Kind.binary;
  return field === "decimal" || field === "integer" ? Kind.digits : Kind.text;
}

function wide(view: DataView, at: number, size: number, unsigned: boolean): bigint {
  if (size === 8) return view.getBigInt64(at, true);
  const high = unsigned ? view.getBigUint64(at + 8, true) : view.getBigInt64(at + 8, true);
  return (high << 64n) | view.getBigUint64(at, true);
}

const KIND: Readonly<Record<number, Kind | undefined>> = {
  [Type.boolean]: Kind.boolean,
  [Type.tinyint]: Kind.integer,
  [Type.smallint]: Kind.integer,
  [Type.integer]: Kind.integer,
  [Type.utinyint]: Kind.integer,
  [Type.usmallint]: Kind.integer,
  [Type.uinteger]: Kind.integer,
  [Type.float]: Kind.float32,
  [Type.double]: Kind.float,
  [Type.time]: Kind.time,
};

const READ: Readonly<Record<number, ((view: DataView, at: number) => number) | undefined>> = {
  [Type.boolean]: (view, at) => view.getUint8(at),
  [Type.tinyint]: (view, at) => view.getInt8(at),
  [Type.smallint]: (view, at) => view.getInt16(at, true),
  [Type.integer]: (view, at) => view.getInt32(at, true),
  [Type.utinyint]: (view, at) => view.getUint8(at),
  [Type.usmallint]: (view, at) => view.getUint16(at, true),
  [Type.uinteger]: (view, at) => view.getUint32(at, true),
  [Type.float]: (view, at) => view.getFloat32(at, true),
  [Type.double]: (view, at) => view.getFloat64(at, true),
  // Microseconds of a day.
  [Type.time]: (view, at) => view.getUint32(at, true) + view.getUint32(at + 4, true) * TWO_32,
};
