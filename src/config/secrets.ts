// `${NAME}` and `${file:/path}` in values: what must not stand in the file itself.
import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";

/** Variables by name; `process.env` is one. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What is wrong with a placeholder. Never holds the text that it stands for. */
export interface SecretProblem {
  /** The placeholder as it is written, to find its column. */
  readonly written: string;
  readonly message: string;
  readonly hint: string;
}

/** More than any password, key or certificate. */
const MOST_BYTES = 65_536;

/**
 * Fills the placeholders of a text; `$${` stands for `${`. What is filled in is not looked through again.
 * @param folder what the paths of secret files are relative to
 * @param report is told what is wrong; the placeholder is then left as it is
 */
export function fillSecrets(
  text: string,
  env: Environment,
  folder: string,
  report: (problem: SecretProblem) => void,
): string {
  return text.replace(/\$\$\{|\$\{([^{}]*)\}?/g, (written, inside: string | undefined) => {
    if (inside === undefined) return "${";
    const secret = lookUp(written, inside, env, folder);
    if (typeof secret === "string") return secret;
    report({ written, ...secret });
    return written;
  });
}

type Failed = Omit<SecretProblem, "written">;

function lookUp(written: string, inside: string, env: Environment, folder: string): string | Failed {
  if (written.endsWith("}") && inside.startsWith("file:") && inside.length > 5)
    return readSecret(inside.slice(5), folder);
  if (!written.endsWith("}") || !/^[A-Za-z_]\w*$/.test(inside)) {
    return {
      message: "a placeholder is neither ${NAME} nor ${file:/path}.",
      hint: "Write $${ where the two characters themselves are meant.",
    };
  }
  const value = Object.hasOwn(env, inside) ? env[inside] : undefined;
  if (value !== undefined) return value;
  return {
    message: `the environment variable ${inside} is not set.`,
    hint: `Set it, as in ${inside}=… waybill serve, or name a secret file with \${file:/path}.`,
  };
}

function readSecret(name: string, folder: string): string | Failed {
  const failed = (why: string, hint: string): Failed => ({ message: `the secret file "${name}" ${why}.`, hint });
  try {
    const file = resolve(folder, name);
    const there = statSync(file);
    if (!there.isFile()) return failed("is no regular file", "Name a file that holds the secret and nothing else.");
    if (there.size > MOST_BYTES) return failed("is larger than 64 KiB", "Check that it is the file that was meant.");
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file)).replace(/\r?\n$/, "");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") return failed("is not text in UTF-8", "Secrets are text.");
    if (code === "ENOENT" || code === "ENOTDIR") {
      return failed("does not exist", "Paths are relative to the folder of the configuration.");
    }
    return failed("cannot be read", "Check that the account that runs Waybill may read it.");
  }
}
