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
  readonly #bytes: Uint8Array;
  readonly #number: number;
  readonly #microseconds: number;

  constructor({ type, text }: FixedValue) {
    let bytes: Uint8Array = new TextEncoder().encode(text);
    let number = 0;
    let microseconds = 0;
    const kind = KINDS[type] ?? Kind.text;
    if (kind === Kind.float) number = Number(text);
    else if (kind === Kind.boolean) number = text === "true" ? 1 : 0;
    else if (kind === Kind.uuid) {
      const uuid = new Uint8Array(16);
      readUuid(bytes, 0, bytes.length, uuid, 0);
      bytes = uuid;
    } else if (TIMES.has(kind)) {
      const parsed = parseTime(bytes, 0, bytes.length);
      ({ microseconds } = parsed);
      number = kind === Kind.time ? parsed.number * 1e6 + microseconds : parsed.number;
    }
    this.#kind = kind;
    this.#bytes = TIMES.has(kind) || kind === Kind.float || kind === Kind.boolean ? new Uint8Array(0) : bytes;
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
      batch.start[i] = length > 0 ? at : this.#microseconds;
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
  json: Kind.json,
};

const TIMES: ReadonlySet<Kind> = new Set([Kind.date, Kind.time, Kind.datetime, Kind.instant]);
