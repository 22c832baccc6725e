// PostgreSQL's binary numeric (base 10,000 digits; src/backend/utils/adt/numeric.c, numeric_send) as exact ASCII digits.
import type { ByteWindow } from "../byte-window.ts";

const NAN = 0xc000;
const POSITIVE_INFINITY = 0xd000;
const NEGATIVE_INFINITY = 0xf000;

/** Writes the numeric at `at` of the window to its scratch room, and moves `scratch` behind it. */
export function writeNumeric(window: ByteWindow, at: number): void {
  const view = window.view;
  const count = view.getInt16(at);
  const weight = view.getInt16(at + 2);
  const sign = view.getUint16(at + 4);
  const scale = view.getUint16(at + 6);
  if (sign >= NAN) {
    writeWord(
      window,
      sign === NAN ? "NaN" : sign === POSITIVE_INFINITY ? "Infinity" : sign === NEGATIVE_INFINITY ? "-Infinity" : "",
    );
    return;
  }
  window.reserveScratch((Math.max(weight, 0) + 1) * 4 + scale + 8);
  const bytes = window.bytes;
  const first = at + 8;
  let to = window.scratch;
  if (sign !== 0) bytes[to++] = 45;

  if (weight < 0) {
    bytes[to++] = 48;
  } else {
    for (let group = 0; group <= weight; group++) {
      let digits = 0;
      if (group < count) digits = (bytes[first + group * 2]! << 8) | bytes[first + group * 2 + 1]!;
      const thousands = (digits / 1000) | 0;
      const hundreds = ((digits / 100) | 0) % 10;
      const tens = ((digits / 10) | 0) % 10;
      if (group > 0 || digits >= 1000) bytes[to++] = 48 + thousands;
      if (group > 0 || digits >= 100) bytes[to++] = 48 + hundreds;
      if (group > 0 || digits >= 10) bytes[to++] = 48 + tens;
      bytes[to++] = 48 + (digits % 10);
    }
  }
  if (scale > 0) {
    bytes[to++] = 46;
    const end = to + scale;
    for (let group = weight + 1; to < end; group++) {
      let digits = 0;
      if (group >= 0 && group < count) digits = (bytes[first + group * 2]! << 8) | bytes[first + group * 2 + 1]!;
      bytes[to++] = 48 + ((digits / 1000) | 0);
      if (to < end) bytes[to++] = 48 + (((digits / 100) | 0) % 10);
      if (to < end) bytes[to++] = 48 + (((digits / 10) | 0) % 10);
      if (to < end) bytes[to++] = 48 + (digits % 10);
    }
  }
  window.scratch = to;
}

function writeWord(window: ByteWindow, word: string): void {
  window.reserveScratch(word.length);
  for (let i = 0; i < word.length; i++) window.bytes[window.scratch++] = word.charCodeAt(i);
}
