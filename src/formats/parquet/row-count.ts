// The number of rows that a Parquet file says it holds, read from its end (FileMetaData of parquet.thrift).
//
// The metadata is walked through where it lies, so that neither its size nor damage to it costs memory: general readers
// make it into objects, many times as large, and trust the lengths that it names.
import { Thrift } from "./thrift.ts";

const MAGIC = 0x31524150;
/** The length of the metadata and the magic number after it. */
const END_SIZE = 8;
/** Far deeper than Parquet's metadata goes. */
const MAX_DEPTH = 32;
/** Types that this format's writer has no use for. */
const I16 = 4;
const DOUBLE = 7;
const SET = 10;
const MAP = 11;

/**
 * How many bytes at the end of a file its metadata takes, with what follows it.
 * @param tail the last bytes of the file, 8 or more
 * @throws Error when it does not end as a Parquet file does
 */
export function parquetFooterSize(tail: Uint8Array): number {
  if (tail.length < END_SIZE) throw new Error("it is too short to be a Parquet file");
  const view = new DataView(tail.buffer, tail.byteOffset, tail.length);
  if (view.getUint32(tail.length - 4, true) !== MAGIC) throw new Error("it does not end as a Parquet file does");
  return view.getUint32(tail.length - END_SIZE, true) + END_SIZE;
}

/**
 * The number of rows.
 * @param tail the last bytes of the file
 * @returns null when `tail` does not reach back to the beginning of the metadata; see `parquetFooterSize`
 * @throws Error when the metadata is damaged, or its row groups do not add up
 */
export function parquetRowCount(tail: Uint8Array): number | null {
  const size = parquetFooterSize(tail);
  if (size > tail.length) return null;
  const reader = new Reader(tail.subarray(tail.length - size, tail.length - END_SIZE));
  let rows = -1;
  let inGroups = -1;
  reader.struct(0, (field, type) => {
    if (field === 3 && type === Thrift.i64) rows = reader.integer();
    else if (field === 4 && type === Thrift.list) inGroups = rowsOfGroups(reader);
    else reader.skip(type, 1);
  });
  if (rows < 0) throw damaged("the number of rows is missing");
  if (rows !== inGroups) throw damaged(`${rows} rows are announced, but its row groups hold ${Math.max(0, inGroups)}`);
  return rows;
}

function rowsOfGroups(reader: Reader): number {
  let rows = 0;
  const [type, count] = reader.list();
  if (type !== Thrift.struct && count > 0) throw damaged("the row groups are no structs");
  for (let n = 0; n < count; n++) {
    reader.struct(1, (field, fieldType) => {
      if (field === 3 && fieldType === Thrift.i64) rows += reader.integer();
      else reader.skip(fieldType, 2);
    });
  }
  return rows;
}

/** Walks through Thrift's compact protocol. */
class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Calls back for each field of a struct, which must then be read or skipped. */
  struct(depth: number, onField: (field: number, type: number) => void): void {
    if (depth > MAX_DEPTH) throw damaged("it is nested too deep");
    let field = 0;
    for (let head = this.#byte(); head !== 0; head = this.#byte()) {
      field = head >> 4 === 0 ? this.integer() : field + (head >> 4);
      onField(field, head & 15);
    }
  }

  /** The type of a list's elements, and how many there are. */
  list(): readonly [type: number, count: number] {
    const head = this.#byte();
    return [head & 15, head >> 4 === 15 ? this.#varint() : head >> 4];
  }

  integer(): number {
    const zigzag = this.#varint();
    return zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
  }

  /** Passes over the value of a field. */
  skip(type: number, depth: number): void {
    // The value of a boolean field is its type.
    if (type !== Thrift.true && type !== Thrift.false) this.#element(type, depth);
  }

  #element(type: number, depth: number): void {
    switch (type) {
      case Thrift.true:
      case Thrift.false:
      case Thrift.byte:
        return this.#pass(1);
      case I16:
      case Thrift.i32:
      case Thrift.i64:
        this.#varint();
        return;
      case DOUBLE:
        return this.#pass(8);
      case Thrift.binary:
        return this.#pass(this.#varint());
      case Thrift.list:
      case SET: {
        if (depth > MAX_DEPTH) throw damaged("it is nested too deep");
        // Each element takes a byte at least, so a wrong count comes to the end of the bytes.
        const [inside, count] = this.list();
        for (let n = 0; n < count; n++) this.#element(inside, depth + 1);
        return;
      }
      case MAP: {
        if (depth > MAX_DEPTH) throw damaged("it is nested too deep");
        const count = this.#varint();
        const types = count === 0 ? 0 : this.#byte();
        for (let n = 0; n < count; n++) {
          this.#element(types >> 4, depth + 1);
          this.#element(types & 15, depth + 1);
        }
        return;
      }
      case Thrift.struct:
        return this.struct(depth, (_, inside) => this.skip(inside, depth + 1));
      default:
        throw damaged(`there is no type ${type}`);
    }
  }

  #byte(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw damaged("it ends too early");
    return byte;
  }

  #pass(count: number): void {
    this.#at += count;
    if (this.#at > this.#bytes.length) throw damaged("it ends too early");
  }

  /** An unsigned integer; beyond 53 bits (bounds that are stored as numbers) only its length matters. */
  #varint(): number {
    let value = 0;
    for (let n = 0, factor = 1; n < 10; n++, factor *= 0x80) {
      const byte = this.#byte();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
    throw damaged("a number is too long");
  }
}

function damaged(how: string): Error {
  return new Error(`the metadata is damaged: ${how}`);
}
