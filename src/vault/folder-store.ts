// Archives in a folder.
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, statfs, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { failure } from "../lib/errors.ts";
import { FileWriter, syncFolder } from "../lib/file-writer.ts";
import { FULL, fileError } from "./file-errors.ts";
import { clearParts, newPart } from "./parts.ts";
import { SEALED_CHUNK } from "./payload.ts";
import { archiveCut, archiveMissing, checkName, type Putting, SIGN_OF_LIFE, type Store, type Stored } from "./store.ts";
import type { Readable } from "./unsealing.ts";

/** Free space that is left to others, in bytes. */
const RESERVE = 64 << 20;
/** Free space is looked at again after so many bytes. */
const CHECK_EVERY = 64 << 20;
/** What is read at once: some chunks, so that the next ones are read while these are decrypted. */
const READ_SIZE = 4 * SEALED_CHUNK;

/** Where to put archives, and how much to leave free. */
export interface FolderOptions {
  /** In bytes. */
  readonly reserve?: number;
}

/**
 * A store in a folder, which is made where it is missing; nobody else may look into it.
 * @throws failure `store-failed`
 */
export async function folderStore(folder: string, { reserve = RESERVE }: FolderOptions = {}): Promise<Store> {
  const place = `the vault's folder "${folder}"`;
  const inWords: InWords = (error) => {
    throw fileError(error, place);
  };
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch(inWords);
  const checkSpace = async (): Promise<void> => {
    const { bavail, bsize } = await statfs(folder).catch(inWords);
    if (bavail * bsize >= reserve) return;
    throw failure("store-full", `${place.replace("the", "The")} ${FULL[0]}.`, { hint: FULL[1] });
  };
  return {
    place,
    async put(name) {
      checkName(name);
      await checkSpace();
      const part = newPart(folder, name);
      const handle = await open(part, "wx", 0o600).catch(inWords);
      return putting(handle, part, join(folder, name), { checkSpace, inWords });
    },
    async open(name) {
      checkName(name);
      const handle = await open(join(folder, name), "r").catch((error: NodeJS.ErrnoException) => {
        throw error.code === "ENOENT" ? archiveMissing(name) : fileError(error, place);
      });
      return openFile(handle, name, inWords);
    },
    async delete(name) {
      checkName(name);
      await unlink(join(folder, name)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== "ENOENT") inWords(error);
      });
      await syncFolder(folder);
    },
    list: () => filesOf(folder, inWords),
    clear: () => clearParts(folder).catch(inWords),
    close: async () => {},
  };
}

/** Throws an error in plain words. */
type InWords = (error: unknown) => never;

interface Folder {
  readonly checkSpace: () => Promise<void>;
  readonly inWords: InWords;
}

async function* filesOf(folder: string, inWords: InWords): AsyncGenerator<Stored> {
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(inWords)) {
    if (!entry.isFile() || entry.name.startsWith(".")) continue;
    // One that was deleted meanwhile is not there.
    const there = await stat(join(folder, entry.name)).catch(() => null);
    if (there !== null) yield { name: entry.name, size: there.size, modified: there.mtime };
  }
}

/** Bytes to a part, which is then renamed. */
function putting(handle: FileHandle, part: string, path: string, folder: Folder): Putting {
  // Who looks at the folder from another machine sees that somebody is at work, also when rows are slow to come.
  const alive = setInterval(() => {
    handle.utimes(new Date(), new Date()).catch(() => {});
  }, SIGN_OF_LIFE).unref();
  const file = new FileWriter(handle);
  let unpublished = true;
  let unchecked = 0;
  return {
    async write(bytes) {
      if ((unchecked += bytes.length) >= CHECK_EVERY) {
        unchecked = 0;
        await folder.checkSpace();
      }
      await file.write(bytes).catch(folder.inWords);
    },
    async publish() {
      try {
        await file.end();
        clearInterval(alive);
        await rename(part, path);
        unpublished = false;
        await syncFolder(dirname(path));
      } catch (error) {
        folder.inWords(error);
      }
    },
    async discard() {
      if (!unpublished) return;
      unpublished = false;
      clearInterval(alive);
      await file.abandon();
      await rm(part, { force: true }).catch(() => {});
    },
  };
}

async function openFile(handle: FileHandle, name: string, inWords: InWords): Promise<Readable> {
  const { size } = await handle.stat().catch(inWords);
  return {
    size,
    range: (start, end) => bytesOf(handle, start, end, name, inWords),
    close: () => handle.close(),
  };
}

/** Reads ahead: while one piece is used, the next one is read. */
async function* bytesOf(
  handle: FileHandle,
  start: number,
  end: number,
  name: string,
  inWords: InWords,
): AsyncGenerator<Uint8Array> {
  const most = Math.min(READ_SIZE, end - start);
  const buffers = [Buffer.allocUnsafeSlow(most), Buffer.allocUnsafeSlow(end - start > most ? most : 0)] as const;
  const read = async (at: number, buffer: Buffer): Promise<Uint8Array> => {
    const length = Math.min(buffer.length, end - at);
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await handle.read(buffer, filled, length - filled, at + filled).catch(inWords);
      if (bytesRead === 0) throw archiveCut(name);
      filled += bytesRead;
    }
    return buffer.subarray(0, length);
  };
  let next = read(start, buffers[0]);
  for (let at = start, n = 1; at < end; n++) {
    const piece = await next;
    at += piece.length;
    if (at < end) next = read(at, buffers[n % 2 === 0 ? 0 : 1]);
    // Whoever stops early is not told of it.
    next.catch(() => {});
    yield piece;
  }
}
