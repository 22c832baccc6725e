// Thrift's compact protocol, as far as Parquet's metadata needs it
// (https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md).
import type { Output } from "../../cells/output.ts";

/** Types of fields and of the elements of lists, as the compact protocol numbers them. */
export const Thrift = { true: 1, false: 2, byte: 3, i32: 5, i64: 6, binary: 8, list: 9, struct: 12 } as const;

/** The most bytes that an integer takes: seven bits each. */
const VARINT_SIZE = 10;

/** Writes structs. Fields of a struct must come in the order of their numbers. */
export class ThriftWriter {
  readonly #out: Output;
  /** The number of the field written last; fields are numbered by their distance from it. */
  #last = 0;

  constructor(out: Output) {
    this.#out = out;
  }

  /** @param value an integer of at most 53 bits, for a field of type i8 it must fit in one byte */
  number(field: number, type: typeof Thrift.byte | typeof Thrift.i32 | typeof Thrift.i64, value: number): void {
    this.#header(field, type);
    if (type === Thrift.byte) this.#out.bytes[this.#out.length++] = value;
    else writeVarint(this.#out, zigzag(value));
  }

  boolean(field: number, value: boolean): void {
    this.#header(field, value ? Thrift.true : Thrift.false);
  }

  binary(field: number, value: Uint8Array): void {
    this.#header(field, Thrift.binary);
    this.#bytes(value);
  }

  text(field: number, value: string): void {
    this.binary(field, Buffer.from(value, "utf8"));
  }

  struct(field: number, content: () => void): void {
    this.#header(field, Thrift.struct);
    this.element(content);
  }

  /** The head of a list, to be followed by so many elements. */
  list(field: number, type: number, count: number): void {
    this.#header(field, Thrift.list);
    this.#out.bytes[this.#out.length++] = (Math.min(count, 15) << 4) | type;
    if (count >= 15) writeVarint(this.#out, count);
  }

  /** A struct in a list, or one that stands by itself. */
  element(content: () => void): void {
    const last = this.#last;
    this.#last = 0;
    content();
    this.#last = last;
    this.#out.reserve(1);
    this.#out.bytes[this.#out.length++] = 0;
  }

  numberElement(value: number): void {
    this.#out.reserve(VARINT_SIZE);
    writeVarint(this.#out, zigzag(value));
  }

  textElement(value: string): void {
    this.#bytes(Buffer.from(value, "utf8"));
  }

  /** Makes room for the field itself, too, when it is a number or the head of a list. */
  #header(field: number, type: number): void {
    const out = this.#out;
    out.reserve(2 + 2 * VARINT_SIZE);
    const delta = field - this.#last;
    this.#last = field;
    if (delta < 1 || delta > 15) throw new RangeError(`field ${field} does not follow`);
    out.bytes[out.length++] = (delta << 4) | type;
  }

  #bytes(value: Uint8Array): void {
    this.#out.reserve(VARINT_SIZE);
    writeVarint(this.#out, value.length);
    this.#out.append(value);
  }
}

/** Signed integers with small ones of either sign first: 0, -1, 1, -2, … */
function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

function writeVarint(out: Output, value: number): void {
  const { bytes } = out;
  while (value >= 0x80) {
    bytes[out.length++] = (value % 0x80) | 0x80;
    value = Math.floor(value / 0x80);
  }
  bytes[out.length++] = value;
}
