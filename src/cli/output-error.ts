// What file systems and pipes refuse, in plain words.
import { failure, type WaybillError } from "../lib/errors.ts";

/** An error of writing in plain words. */
export function outputError(error: unknown, name: string): WaybillError {
  const { code, message } = error as NodeJS.ErrnoException;
  const shown = name === "standard output" ? name : `"${name}"`;
  const reason = code === undefined ? undefined : REASONS[code];
  if (reason !== undefined)
    return failure("output-failed", reason[0].replace("%", shown), { hint: reason[1], cause: error });
  if (code !== undefined && /^E[A-Z]+$/.test(code)) {
    return failure("output-failed", `Cannot write ${shown}: ${message}.`, { cause: error });
  }
  return error as WaybillError;
}

const REASONS: Readonly<Record<string, readonly [string, string] | undefined>> = {
  ENOSPC: ["There is no space left to write %.", "Make room on the disk, or write somewhere else."],
  EDQUOT: ["The disk quota is used up, so % cannot be written.", "Make room, or write somewhere else."],
  EFBIG: ["% would be larger than files may be here.", "Write somewhere else, or compress it."],
  EACCES: ["% may not be written here.", "Check the rights of the folder."],
  EPERM: ["% may not be written here.", "Check the rights of the folder."],
  EROFS: ["% is on a read-only file system.", "Write somewhere else."],
  ENOENT: ["The folder of % does not exist.", "Make it first, or name another file."],
  ENOTDIR: ["The folder of % does not exist.", "Make it first, or name another file."],
  ENAMETOOLONG: ["The name % is too long.", "Choose a shorter one."],
  EPIPE: ["The reader of % stopped before the export was complete.", "This is normal after commands such as head."],
};
