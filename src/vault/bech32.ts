// Bech32 (BIP 173) without its limit of 90 characters: how age writes keys.

const ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
const CHECKSUM_LENGTH = 6;

/** Bytes under a prefix, in the case of the prefix. */
export function toBech32(prefix: string, bytes: Uint8Array): string {
  const data = regrouped(bytes, 8, 5);
  // Eight bits always fit into groups of five with padding.
  if (data === null) throw new RangeError("bytes are more than eight bits");
  const lower = prefix.toLowerCase();
  const sum = checksum([...expanded(lower), ...data, ...Array<number>(CHECKSUM_LENGTH).fill(0)]) ^ 1;
  for (let n = CHECKSUM_LENGTH - 1; n >= 0; n--) data.push((sum >>> (5 * n)) & 31);
  const text = `${lower}1${data.map((it) => ALPHABET[it]).join("")}`;
  return prefix === lower ? text : text.toUpperCase();
}

/** The prefix and the bytes of a text, or null where it is not well formed or its checksum is wrong. */
export function fromBech32(text: string): { readonly prefix: string; readonly bytes: Buffer } | null {
  const lower = text.toLowerCase();
  // Mixed cases are refused.
  if (text !== lower && text !== text.toUpperCase()) return null;
  const at = lower.lastIndexOf("1");
  const prefix = lower.slice(0, at);
  if (at < 1 || lower.length - at - 1 < CHECKSUM_LENGTH || !/^[!-~]+$/.test(prefix)) return null;
  const data = Array.from(lower.slice(at + 1), (character) => ALPHABET.indexOf(character));
  if (data.includes(-1) || checksum([...expanded(prefix), ...data]) !== 1) return null;
  const bytes = regrouped(data.slice(0, -CHECKSUM_LENGTH), 5, 8);
  return bytes === null ? null : { prefix: text.slice(0, at), bytes: Buffer.from(bytes) };
}

function expanded(prefix: string): number[] {
  const codes = Array.from(prefix, (character) => character.charCodeAt(0));
  return [...codes.map((it) => it >>> 5), 0, ...codes.map((it) => it & 31)];
}

function checksum(values: readonly number[]): number {
  let sum = 1;
  for (const value of values) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    GENERATOR.forEach((it, n) => (sum ^= (top >>> n) & 1 ? it : 0));
  }
  return sum;
}

/** Groups of bits in groups of another size; null where padding that is taken away is not zero, or too long. */
function regrouped(values: Iterable<number>, from: number, to: number): number[] | null {
  const groups: number[] = [];
  let bits = 0;
  let count = 0;
  for (const value of values) {
    bits = ((bits << from) | value) & 0xffff;
    for (count += from; count >= to;) groups.push((bits >>> (count -= to)) & ((1 << to) - 1));
  }
  const rest = (bits << (to - count)) & ((1 << to) - 1);
  if (from > to) return count > 0 ? [...groups, rest] : groups;
  return count >= from || rest !== 0 ? null : groups;
}
