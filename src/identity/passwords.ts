// Passwords as they are kept: Argon2id (RFC 9106), in the PHC string format.
import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const derive = promisify(argon2);

/** The first choice of OWASP's Password Storage Cheat Sheet: 46 MiB, one pass, one lane. */
const COST = { memory: 47_104, passes: 1, parallelism: 1 };

/** Fewer are guessed, and more only cost time. */
export const PASSWORD_LENGTH = { least: 12, most: 256 } as const;

/** Made of the same characters, however a keyboard composes them (NFKC). */
function messageOf(password: string): string {
  return password.normalize("NFKC");
}

/** `$argon2id$v=19$m=47104,t=1,p=1$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const hash = await derive("argon2id", { message: messageOf(password), nonce, tagLength: 32, ...COST });
  const { memory, passes, parallelism } = COST;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(nonce)}$${base64(hash)}`;
}

/** Whether a password is the one; false for text that is no hash of ours. */
export async function verifyPassword({ hash, password }: { hash: string; password: string }): Promise<boolean> {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(hash)?.slice(1);
  if (parts === undefined) return false;
  const [memory, passes, parallelism] = parts.map(Number) as [number, number, number];
  const [nonce, expected] = [Buffer.from(parts[3]!, "base64"), Buffer.from(parts[4]!, "base64")];
  const cost = { memory, passes, parallelism, tagLength: expected.length };
  return timingSafeEqual(await derive("argon2id", { message: messageOf(password), nonce, ...cost }), expected);
}

function base64(bytes: Buffer): string {
  return bytes.toString("base64").replaceAll("=", "");
}
