// Text that goes out and comes back, and that nobody else can read, change or make: AES-256-GCM.
import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from "node:crypto";

const CIPHER = "aes-256-gcm";
/** Bytes (NIST SP 800-38D, section 8.2.2): by chance, so that a key seals some billions of texts and no more. */
const NONCE = 12;
const TAG = 16;

/** 32 bytes. */
type Key = Uint8Array | KeyObject;

const NOTHING = new Uint8Array();

/**
 * @param about what it is about, which must be the same when it comes back
 * @returns base64url: nonce, what is sealed, tag
 */
export function sealedText(text: string, key: Key, about: Uint8Array = NOTHING): string {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG }).setAAD(about);
  const sealed = [nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat(sealed).toString("base64url");
}

/** The text again; null for what was not sealed with this key about the same, or not written as it was. */
export function unsealedText(sealed: string, key: Key, about: Uint8Array = NOTHING): string | null {
  const bytes = Buffer.from(sealed, "base64url");
  // Other letters are passed over, and bits at the end: one text has one form.
  if (bytes.length < NONCE + TAG || bytes.toString("base64url") !== sealed) return null;
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE), { authTagLength: TAG });
  decipher.setAAD(about).setAuthTag(bytes.subarray(-TAG));
  const text = decipher.update(bytes.subarray(NONCE, -TAG));
  try {
    return Buffer.concat([text, decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}
