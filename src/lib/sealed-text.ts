// Text that goes out and comes back, and that nobody else can read, change or make: AES-256-GCM.
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const CIPHER = "aes-256-gcm";
/** Bytes (NIST SP 800-38D, section 8.2.2): by chance, so that a key seals some billions of texts and no more. */
const NONCE = 12;
const TAG = 16;

/**
 * @param key 32 bytes
 * @returns base64url: nonce, what is sealed, tag
 */
export function sealedText(text: string, key: Uint8Array): string {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG });
  const sealed = [nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat(sealed).toString("base64url");
}

/** The text again; null for what was not sealed with this key, or not written as it was. */
export function unsealedText(sealed: string, key: Uint8Array): string | null {
  const bytes = Buffer.from(sealed, "base64url");
  // Other letters are passed over, and bits at the end: one text has one form.
  if (bytes.length < NONCE + TAG || bytes.toString("base64url") !== sealed) return null;
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE), { authTagLength: TAG });
  decipher.setAuthTag(bytes.subarray(-TAG));
  const text = decipher.update(bytes.subarray(NONCE, -TAG));
  try {
    return Buffer.concat([text, decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}
