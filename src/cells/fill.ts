// What stands where nothing is: the default of a template's column, and fixed values.
import type { FieldType } from "../catalog/types.ts";
import type { Appended } from "./appended.ts";
import type { CellBatch } from "./batch.ts";
import { Kind } from "./kinds.ts";
import { parseTime } from "./parse-time.ts";
import { readUuid } from "./uuid.ts";

/** A value by its canonical text. */
export interface FixedValue {
  readonly type: FieldType;
  readonly text: string;
}

/** Whether a cell of a template's column counts as missing: no value, or empty text. */
export function isBlank(batch: CellBatch, i: number): boolean {
  const kind = batch.kind[i];
  return kind === Kind.missing || (kind === Kind.text && batch.start[i] === batch.end[i]);
}

/** Puts a value where a cell is missing. */
export class Default {
  readonly #kind: Kind;
  readonly #hasBytes: boolean;
  readonly #bytes: Uint8Array;
  readonly #number: number;
  readonly #microseconds: number;

  constructor({ type, text }: FixedValue) {
    const encoded = new TextEncoder().encode(text);
    let bytes: Uint8Array = NOTHING;
    let number = 0;
    let microseconds = 0;
    let kind = KINDS[type] ?? Kind.text;
    if (/^-?infinity$/.test(text) && NUMBERS.has(kind)) kind = Kind.word;
    switch (kind) {
      case Kind.float:
        number = Number(text);
        break;
      case Kind.boolean:
        number = text === "true" ? 1 : 0;
        break;
      case Kind.uuid:
        bytes = new Uint8Array(16);
        readUuid(encoded, 0, encoded.length, bytes, 0);
        break;
      case Kind.binary:
        bytes = Buffer.from(text, "base64");
        break;
      case Kind.date:
      case Kind.time:
      case Kind.datetime:
      case Kind.instant:
        ({ number, microseconds } = parseTime(encoded, 0, encoded.length));
        if (kind === Kind.time) number = number * 1e6 + microseconds;
        break;
      default:
        bytes = encoded;
    }
    this.#kind = kind;
    this.#hasBytes = !NUMBERS.has(kind);
    this.#bytes = bytes;
    this.#number = number;
    this.#microseconds = microseconds;
  }

  /** Fills cell `cell` of every row where it is missing. */
  apply(batch: CellBatch, cell: number, appended: Appended): void {
    const { length } = this.#bytes;
    let at = -1;
    for (let i = cell; i < batch.rows * batch.width; i += batch.width) {
      if (!isBlank(batch, i)) continue;
      if (at === -1) {
        const out = appended.reserve(batch, length);
        at = out.length;
        out.append(this.#bytes);
      }
      batch.kind[i] = this.#kind;
      batch.number[i] = this.#number;
      batch.start[i] = this.#hasBytes ? at : this.#microseconds;
      batch.end[i] = at + length;
    }
  }
}

const KINDS: Readonly<Partial<Record<FieldType, Kind>>> = {
  integer: Kind.digits,
  decimal: Kind.digits,
  float: Kind.float,
  boolean: Kind.boolean,
  date: Kind.date,
  time: Kind.time,
  datetime: Kind.datetime,
  instant: Kind.instant,
  uuid: Kind.uuid,
  binary: Kind.binary,
};

/** Kinds whose value is a number and no bytes. */
const NUMBERS: ReadonlySet<Kind> = new Set([
  Kind.float,
  Kind.boolean,
  Kind.date,
  Kind.time,
  Kind.datetime,
  Kind.instant,
]);
const NOTHING = new Uint8Array(0);
