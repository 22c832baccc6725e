// Files below a folder, and never a byte from outside of it.
import { constants } from "node:fs";
import { type FileHandle, lstat, open, readlink, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { failure } from "../lib/errors.ts";
import {
  fileChanged,
  fileMissing,
  fileOutside,
  FileProblem,
  type FileStore,
  type OpenedFile,
  spellings,
} from "./file-store.ts";

/** What is read at once. */
const CHUNK_SIZE = 1 << 18;
/** A pipe that took a file's place must not keep us waiting for its writer, nor a terminal take us over. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

/**
 * The files below a folder. Links are followed as long as they lead to a place below it.
 * @throws failure `file-store-failed` when there is no such folder
 */
export async function dirStore(root: string): Promise<FileStore> {
  const place = `the folder "${root}"`;
  const fails = (why: string, hint: string, cause?: unknown): Error =>
    failure("file-store-failed", `The folder of files "${root}" ${why}.`, { hint, cause });
  const base = await realpath(root).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") throw fails("does not exist", "Has it been moved, or not been mounted?", cause);
    throw fails(`cannot be read (${cause.code})`, "Check its rights.", cause);
  });
  if (!(await stat(base)).isDirectory()) throw fails("is no folder", "Name a folder.");
  const inside = base.endsWith(sep) ? base : base + sep;
  return {
    place,
    async open(path, signal) {
      for (const spelling of spellings(path)) {
        signal.throwIfAborted();
        // A colon names a stream of the file to Windows.
        if (sep === "\\" && spelling.includes(":")) throw fileOutside();
        const file = await openBelow(inside, join(base, spelling)).catch(fileError);
        if (file !== null) return file;
      }
      throw fileMissing();
    },
    close: async () => {},
  };
}

/** @param inside what the paths of files below the root begin with */
async function openBelow(inside: string, path: string): Promise<OpenedFile> {
  // To open a device may be to act on it, so it is looked at before.
  if (!(await stat(path)).isFile()) throw notOrdinary();
  const handle = await open(path, FLAGS);
  try {
    const { size, mtimeNs, ...opened } = await handle.stat({ bigint: true });
    if (!(await isBelow(handle, path, inside))) throw fileOutside();
    // Something else may have taken its place.
    if ((Number(opened.mode) & constants.S_IFMT) !== constants.S_IFREG) throw notOrdinary();
    return {
      size: Number(size),
      read: (from) => bytesOf(handle, from, Number(size)),
      async check() {
        const now = await handle.stat({ bigint: true }).catch(inWords);
        if (now.size !== size || now.mtimeNs !== mtimeNs) throw fileChanged();
      },
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/**
 * Whether what was opened lies below the root, whatever links were on the way to it and whoever changes them meanwhile:
 * it is the open file that is asked, not its path. Where the system does not tell that (outside of Linux), a path without
 * links must lead to the same file.
 */
async function isBelow(handle: FileHandle, path: string, inside: string): Promise<boolean> {
  const place = await readlink(`/proc/self/fd/${handle.fd}`).catch(() => null);
  if (place !== null) return place.startsWith(inside);
  const real = await realpath(path);
  const [there, opened] = await Promise.all([lstat(real, { bigint: true }), handle.stat({ bigint: true })]);
  const same = there.ino === opened.ino && there.dev === opened.dev;
  return same && real.startsWith(inside) && (await realpath(real)) === real;
}

/** Reads ahead: while one chunk is used, the next one is read, and the one before it stays as it is. */
async function* bytesOf(handle: FileHandle, from: number, size: number): AsyncGenerator<Uint8Array> {
  const buffers: Buffer[] = [];
  let at = from;
  const read = async (n: number): Promise<Uint8Array> => {
    const length = Math.min(CHUNK_SIZE, size - at);
    const buffer = (buffers[n % 3] ??= Buffer.allocUnsafeSlow(length));
    const start = at;
    at += length;
    for (let filled = 0; filled < length;) {
      const { bytesRead } = await handle.read(buffer, filled, length - filled, start + filled).catch(inWords);
      // It was cut off.
      if (bytesRead === 0) throw fileChanged();
      filled += bytesRead;
    }
    return buffer.length === length ? buffer : buffer.subarray(0, length);
  };
  let next = at < size ? read(0) : null;
  try {
    for (let n = 1; next !== null; n++) {
      const chunk = await next;
      next = at < size ? read(n) : null;
      // It is awaited in its turn, or by nobody.
      next?.catch(() => {});
      yield chunk;
    }
  } finally {
    // The handle must not be closed, nor its number be given to another file, while it is being read.
    await next?.catch(() => {});
  }
}

function notOrdinary(): FileProblem {
  return new FileProblem("unreadable", "There is no ordinary file at its path.");
}

/** Gives null where there is no file. */
function fileError(error: unknown): null {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ENOENT" || code === "ENOTDIR" || code === "ENAMETOOLONG") return null;
  return inWords(error);
}

function inWords(error: unknown): never {
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof FileProblem || code === undefined || !/^E[A-Z]+$/.test(code)) throw error;
  const [why, passing] = REASONS[code] ?? [`The file cannot be read (${code}).`, true];
  throw new FileProblem("unreadable", why, { passing, cause: error });
}

const RIGHTS = ["The file's rights, or those of its folder, do not allow Waybill to read it.", false] as const;

const REASONS: Readonly<Record<string, readonly [why: string, passing: boolean] | undefined>> = {
  EACCES: RIGHTS,
  EPERM: RIGHTS,
  ELOOP: ["The links on the file's path lead in a circle.", false],
  EISDIR: ["There is no ordinary file at its path.", false],
  EIO: ["The disk failed to read the file.", true],
  EMFILE: ["Too many files are open to read the file.", true],
  ENFILE: ["Too many files are open to read the file.", true],
};
