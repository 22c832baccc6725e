// X25519 keys as age writes them (C2SP age, "The X25519 recipient type"), and the files that age-keygen makes.
import { createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync, type KeyObject } from "node:crypto";
import { failure, usageError } from "../lib/errors.ts";
import { sentence, type Sentence, type SentenceValue } from "../lib/sentence.ts";
import { fromBech32, toBech32 } from "./bech32.ts";

/** Somebody to encrypt to. */
export interface Recipient {
  /** `age1…` */
  readonly text: string;
  readonly key: KeyObject;
  /** The 32 bytes of the key. */
  readonly bytes: Buffer;
}

/** A secret key. Its text is nowhere kept, so that it cannot be shown. */
export interface Identity {
  readonly recipient: Recipient;
  readonly key: KeyObject;
}

const RECIPIENT_PREFIX = "age";
const IDENTITY_PREFIX = "AGE-SECRET-KEY-";
const KEY_LENGTH = 32;

// RFC 8410: what stands before the 32 bytes of a key in DER.
const PUBLIC_HEAD = Buffer.from("302a300506032b656e032100", "hex");
const PRIVATE_HEAD = Buffer.from("302e020100300506032b656e04220420", "hex");

/** The public key of 32 bytes. */
export function publicKeyOf(bytes: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([PUBLIC_HEAD, bytes]), format: "der", type: "spki" });
}

/** The 32 bytes of a public key. */
export function publicBytes(key: KeyObject): Buffer {
  return key.export({ format: "der", type: "spki" }).subarray(PUBLIC_HEAD.length);
}

/**
 * Reads a recipient, `age1…`.
 * @param where what it was given as, for the message, such as `--recipient`
 * @throws usageError `recipient-not-suited`, which never shows a secret key
 */
export function recipientOf(text: string, where: SentenceValue = sentence`The recipient`): Recipient {
  const refused = (why: Sentence, hint: Sentence): Error =>
    usageError("recipient-not-suited", sentence`${where} is not an age recipient: ${why}.`, { hint });
  const usual = sentence`Give the public key that age-keygen prints; it begins with age1.`;
  if (/AGE-SECRET-KEY-/i.test(text)) {
    const hint = sentence`Give the public key that belongs to it: age-keygen -y <file>. Whoever has seen this key can decrypt.`;
    throw refused(sentence`it is a secret key`, hint);
  }
  if (text.startsWith("ssh-")) throw refused(sentence`SSH keys are not supported`, usual);
  if (!text.startsWith("age1")) throw refused(sentence`it does not begin with age1`, usual);
  const found = fromBech32(text);
  if (found === null) throw refused(sentence`a character is wrong or missing`, sentence`Copy it again, all of it.`);
  if (found.prefix === "age1pq") throw refused(sentence`post-quantum keys are not supported`, usual);
  if (found.prefix !== RECIPIENT_PREFIX) throw refused(sentence`keys of age plugins are not supported`, usual);
  if (found.bytes.length !== KEY_LENGTH) {
    throw refused(sentence`its key has ${found.bytes.length} bytes, not ${KEY_LENGTH}`, usual);
  }
  const recipient = { text, key: publicKeyOf(found.bytes), bytes: found.bytes };
  // A point of low order gives the same secret with every key.
  if (sharedSecret(generateKeyPairSync("x25519").privateKey, recipient.key) === null) {
    throw refused(sentence`everybody could decrypt what is encrypted to it`, usual);
  }
  return recipient;
}

/** What two keys have in common (RFC 7748), or null where it would be all zeros. */
export function sharedSecret(own: KeyObject, theirs: KeyObject): Buffer | null {
  try {
    return diffieHellman({ privateKey: own, publicKey: theirs });
  } catch {
    return null;
  }
}

/** Reads a recipients file: one recipient a line, empty lines and comments with #. */
export function recipientsIn(text: string, name: string): Recipient[] {
  const found = contentLines(text).map(([line, number]) => recipientOf(line, `Line ${number} of "${name}"`));
  if (found.length === 0) {
    throw usageError("recipient-not-suited", `The recipients file "${name}" holds no recipient.`, {
      hint: "Write one recipient a line, age1…",
    });
  }
  return found;
}

/**
 * Reads an identity file as age-keygen writes it: one secret key a line, empty lines and comments with #.
 * @throws failure `key-damaged`, without anything of the file
 */
export function identitiesIn(text: string, name: string): Identity[] {
  const hint =
    "It must hold lines that begin with AGE-SECRET-KEY-1, as age-keygen writes them. Restore it from a backup.";
  const found = contentLines(text).map(([line, number]) => {
    const its = fromBech32(line);
    if (its?.prefix === IDENTITY_PREFIX && its.bytes.length === KEY_LENGTH) return identityOf(its.bytes);
    throw failure("key-damaged", `Line ${number} of the identity file "${name}" is no age identity.`, { hint });
  });
  if (found.length === 0) throw failure("key-damaged", `The identity file "${name}" holds no identity.`, { hint });
  return found;
}

function identityOf(bytes: Uint8Array): Identity {
  const key = createPrivateKey({ key: Buffer.concat([PRIVATE_HEAD, bytes]), format: "der", type: "pkcs8" });
  const its = createPublicKey(key);
  const raw = publicBytes(its);
  return { key, recipient: { text: toBech32(RECIPIENT_PREFIX, raw), key: its, bytes: raw } };
}

/** A new identity, as the text of a file like those of age-keygen. */
export function newIdentityFile(now: Date): string {
  const { privateKey } = generateKeyPairSync("x25519");
  const secret = privateKey.export({ format: "der", type: "pkcs8" }).subarray(PRIVATE_HEAD.length);
  const created = now.toISOString().replace(/\.\d+/, "");
  const { recipient } = identityOf(secret);
  return `# created: ${created}\n# public key: ${recipient.text}\n${toBech32(IDENTITY_PREFIX, secret)}\n`;
}

/** Lines that say something, with their numbers from 1 on. */
function contentLines(text: string): [line: string, number: number][] {
  const lines = text.split(/\r?\n/).map((line, n): [string, number] => [line.trim(), n + 1]);
  return lines.filter(([line]) => line !== "" && !line.startsWith("#"));
}
