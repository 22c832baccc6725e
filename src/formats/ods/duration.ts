// Times of day as ODF has them: the duration since midnight (ODF 1.3 part 3 section 19.382, xsd:duration).
import { writePadded } from "../../cells/integers.ts";

const ZERO = 0x30;

/** Writes `PT12H34M56.5S`, with a fraction only as far as it is not zero; gives where it stopped. */
export function writeDuration(bytes: Uint8Array, at: number, microseconds: number): number {
  const second = Math.floor(microseconds / 1e6);
  const hours = Math.floor(second / 3600);
  const minutes = Math.floor(second / 60) - hours * 60;
  bytes[at++] = 0x50;
  bytes[at++] = 0x54;
  at = writePadded(bytes, at, hours, 2);
  bytes[at++] = 0x48;
  at = writePadded(bytes, at, minutes, 2);
  bytes[at++] = 0x4d;
  at = writePadded(bytes, at, second % 60, 2);
  const fraction = microseconds - second * 1e6;
  if (fraction > 0) {
    bytes[at++] = 0x2e;
    at = writePadded(bytes, at, fraction, 6);
    while (bytes[at - 1] === ZERO) at--;
  }
  bytes[at++] = 0x53;
  return at;
}
