// Times of day and points in time as INT64, in microseconds.
import type { CellBatch } from "../../cells/batch.ts";
import { Kind } from "../../cells/kinds.ts";
import type { ColumnShape, WriterContext } from "../../cells/row-writer.ts";
import { Int64Column } from "./integer-column.ts";
import type { ParquetType } from "./schema.ts";

const DAY = 86_400;
/** Up to so many seconds, their microseconds are a safe integer: until the year 2255. */
const SAFE_SECONDS = 9e9;

/** Microseconds since midnight. */
export class TimeColumn extends Int64Column {
  protected write(batch: CellBatch, i: number, kind: number): boolean {
    if (kind !== Kind.time) return this.leaveOut();
    const microseconds = batch.number[i]!;
    // 24:00:00 of PostgreSQL is no time to readers that follow Arrow (Schema.fbs: less than 86400 seconds).
    if (microseconds >= DAY * 1e6) return this.leaveOut("date-out-of-range");
    this.put(microseconds);
    return true;
  }
}

/** Microseconds since 1970-01-01T00:00:00, in UTC or as a local time. */
export class TimestampColumn extends Int64Column {
  readonly #utc: boolean;

  constructor(shape: ColumnShape, type: ParquetType, utc: boolean, context: WriterContext) {
    super(shape, type, context);
    this.#utc = utc;
  }

  protected write(batch: CellBatch, i: number, kind: number): boolean {
    const number = batch.number[i]!;
    switch (kind) {
      case Kind.instant:
        return this.#put(this.#utc ? number : this.#local(number), batch.start[i]!);
      case Kind.datetime:
        return this.#utc ? this.leaveOut() : this.#put(number, batch.start[i]!);
      case Kind.date:
        return this.#utc ? this.leaveOut() : this.#put(number * DAY, 0);
      default:
        return this.leaveOut();
    }
  }

  /** The local time of an instant in a column of local times, as the text of instants shows it. */
  #local(seconds: number): number {
    const { zone } = this.context;
    if (zone === null) return seconds;
    const local = seconds + zone.offsetAt(seconds);
    if (zone.instantAt(local) !== seconds) this.count("ambiguous-local-time");
    return local;
  }

  #put(seconds: number, microseconds: number): boolean {
    if (Math.abs(seconds) < SAFE_SECONDS) {
      this.put(seconds * 1e6 + microseconds);
      return true;
    }
    return this.putBig(BigInt(seconds) * 1_000_000n + BigInt(microseconds)) || this.leaveOut("date-out-of-range");
  }
}
