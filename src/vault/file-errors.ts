// What file systems refuse, in plain words.
import { failure, type WaybillError } from "../lib/errors.ts";

/**
 * An error of a file system in plain words; others are given back as they are.
 * @param what was to be used, such as `the vault's folder "…"`
 */
export function fileError(error: unknown, what: string): WaybillError {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined || !/^E[A-Z]+$/.test(code)) return error as WaybillError;
  const [why, hint] = REASONS[code] ?? [`cannot be used (${code})`, "Check the disk."];
  const full = code === "ENOSPC" || code === "EDQUOT";
  const message = `${what.slice(0, 1).toUpperCase()}${what.slice(1)} ${why}.`;
  return failure(full ? "store-full" : "store-failed", message, { hint, cause: error });
}

/** No room to write. */
export const FULL = ["has no space left", "Make room on its disk, or let archives expire sooner."] as const;

const RIGHTS = [
  "may not be used",
  "Check its rights: the account that runs Waybill must be able to read and write it.",
] as const;

const REASONS: Readonly<Record<string, readonly [string, string] | undefined>> = {
  ENOSPC: FULL,
  EDQUOT: ["has used up its disk quota", FULL[1]],
  EACCES: RIGHTS,
  EPERM: RIGHTS,
  EROFS: ["is on a read-only file system", "Choose another folder, or mount it for writing."],
  ENOENT: ["does not exist", "Has it been moved, or not been mounted?"],
  ENOTDIR: ["is no folder", "Name a folder."],
  EEXIST: ["is no folder", "Name a folder."],
  EIO: ["cannot be read or written: the disk fails", "Check the disk, and restore from a backup."],
  EMFILE: ["cannot be opened: too many files are open", "Raise the limit of open files (ulimit -n)."],
};
