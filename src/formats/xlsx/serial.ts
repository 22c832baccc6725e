// Dates as serial numbers of the 1900 date system (ISO/IEC 29500-1 section 18.17.4.1), written as bytes.
import { writeInteger, writePadded } from "../../cells/integers.ts";

/** The serial number of 1970-01-01. */
const EPOCH = 25_569;
/** 1900-03-01, in days since 1970: before it, programs differ by Excel's 29th of February 1900. */
export const FIRST_DAY = -25_508;
/** 9999-12-31, in days since 1970. */
export const LAST_DAY = 2_932_896;
/** The most bytes that `writeSerial` writes. */
export const SERIAL_SIZE = 24;

const ZERO = 0x30;
const POINT = 0x2e;

/**
 * Microseconds of a second as the milliseconds that a serial number keeps, 0 to 999. Those that round to a whole second
 * stay below it, so that no value moves to another minute or day.
 */
export function toMilliseconds(microseconds: number): number {
  return Math.min(999, Math.round(microseconds / 1000));
}

/** Writes a day (since 1970) and milliseconds within it; gives where it stopped. */
export function writeSerial(bytes: Uint8Array, at: number, day: number, milliseconds: number): number {
  at = writeInteger(bytes, at, day + EPOCH);
  // With the digits before the point about as many as a double has: the one that is nearest.
  return milliseconds === 0 ? at : writeFraction(bytes, at, milliseconds * 312_500, 12);
}

/** Writes a time of day, in milliseconds: a part of one day. */
export function writeSerialTime(bytes: Uint8Array, at: number, milliseconds: number): number {
  bytes[at++] = ZERO;
  return milliseconds === 0 ? at : writeFraction(bytes, at, milliseconds * 31_250_000, 14);
}

/**
 * Writes `.5` for noon, without zeros at the end. Of the 86,400,000 milliseconds of a day each is 312,500 / 27 of
 * 10^-12 days: what is handed in, before it is divided by 27, is an exact integer below 2^53.
 */
function writeFraction(bytes: Uint8Array, at: number, twentySevenths: number, digits: number): number {
  const fraction = Math.floor((twentySevenths + 13) / 27);
  const high = Math.floor(fraction / 1e9);
  bytes[at++] = POINT;
  at = writePadded(bytes, at, high, digits - 9);
  at = writePadded(bytes, at, fraction - high * 1e9, 9);
  while (bytes[at - 1] === ZERO) at--;
  return at;
}
