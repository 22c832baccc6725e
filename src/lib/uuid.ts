// Ids that sort by the time when they were made: UUID version 7 (RFC 9562, section 5.7).
import { randomBytes } from "node:crypto";

let last = 0n;

/** A new id. Those of one process rise strictly: the 12 bits after the milliseconds count on within one of them. */
export function uuidv7(now: number = Date.now()): string {
  // Milliseconds and 12 bits of a fraction that starts at 0 each millisecond, as one number (section 6.2, method 3).
  const time = BigInt(now) << 12n;
  last = time > last ? time : last + 1n;
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Number(last >> 12n), 0, 6);
  bytes.writeUInt16BE(0x7000 | Number(last & 0xfffn), 6);
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** Whether a text is a UUID as databases write it: anything else names nothing. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
