// How the payload of an age file is laid out (C2SP age, "Payload"): a nonce, then chunks with a tag each, the last one marked.

export const NONCE_LENGTH = 16;
/** Of plain text, in bytes; only the last chunk is shorter. */
export const CHUNK = 65_536;
export const SEALED_CHUNK = CHUNK + 16;

/** The nonce of chunk `number`, written into 12 bytes: a counter of 11 bytes, and whether it is the last. */
export function setNonce(nonce: Buffer, number: number, last: boolean): void {
  nonce.writeUIntBE(number, 5, 6);
  nonce[11] = last ? 1 : 0;
}
