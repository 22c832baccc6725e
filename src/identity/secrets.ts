// Secrets that go to people once: what is kept of them is a hash.
import { createHash, randomBytes } from "node:crypto";

/** SHA-256: enough for what is 192 random bits, unlike passwords. A hash is looked up, so no time tells of its parts. */
export function secretHash(secret: string): Uint8Array {
  return createHash("sha256").update(secret).digest();
}

/** 192 random bits as 48 hexadecimal digits. */
export function newSecret(): string {
  return randomBytes(24).toString("hex");
}
