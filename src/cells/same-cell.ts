// Whether two cells hold the same value in the same form.
import type { CellBatch } from "./batch.ts";
import { Kind } from "./kinds.ts";

/** Compares cell `i` of `a` with cell `j` of `b`. Values of different kinds are never the same. */
export function sameCell(a: CellBatch, i: number, b: CellBatch, j: number): boolean {
  const kind = a.kind[i]!;
  if (kind !== b.kind[j]) return false;
  switch (kind) {
    case Kind.missing:
      return true;
    case Kind.datetime:
    case Kind.instant:
      return a.number[i] === b.number[j] && a.start[i] === b.start[j];
    case Kind.text:
    case Kind.digits:
    case Kind.binary:
    case Kind.json:
    case Kind.word:
      return sameBytes(a.bytes, a.start[i]!, a.end[i]! - a.start[i]!, b.bytes, b.start[j]!, b.end[j]! - b.start[j]!);
    case Kind.uuid:
      return sameBytes(a.bytes, a.start[i]!, 16, b.bytes, b.start[j]!, 16);
    default:
      return Object.is(a.number[i], b.number[j]);
  }
}

function sameBytes(a: Uint8Array, i: number, length: number, b: Uint8Array, j: number, otherLength: number): boolean {
  if (length !== otherLength) return false;
  for (let n = 0; n < length; n++) if (a[i + n] !== b[j + n]) return false;
  return true;
}
