// Where an export goes: a file that appears under its name only when complete, or standard output.
import { open, readdir, rename, rm, stat, type FileHandle } from "node:fs/promises";
import { write } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { failure, usageError, type WaybillError } from "../lib/errors.ts";

/** Takes the bytes of an export. Every output ends with `discard`, which does nothing after `publish`. */
export interface Output {
  write(chunk: Uint8Array): Promise<void>;
  /** Makes the output complete: from here on it has its name. */
  publish(): Promise<void>;
  /** Removes what is not published. */
  discard(): Promise<void>;
}

/**
 * Opens an output: `-` is standard output, anything else a file. A device or a named pipe is written to directly.
 * @throws usageError `output-not-suited`; failure `output-failed`, `output-taken`
 */
export async function openOutput(name: string): Promise<Output> {
  if (name === "-") return streamOutput(1, "standard output");
  const path = resolve(name);
  const there = await stat(path).catch(() => null);
  if (there?.isDirectory() === true) {
    throw usageError("output-not-suited", `"${name}" is a folder.`, { hint: "Name a file in it." });
  }
  if (there === null || there.isFile()) return FileOutput.open(path, name);
  const handle = await open(path, "w").catch((error: unknown) => {
    throw translate(error, name);
  });
  return streamOutput(handle.fd, name, handle);
}

/** Bytes straight to a descriptor. */
function streamOutput(descriptor: number, name: string, handle?: FileHandle): Output {
  return {
    async write(chunk) {
      for (let at = 0; at < chunk.length;) {
        at += await new Promise<number>((done, fail) => {
          write(descriptor, chunk, at, chunk.length - at, null, (error, count) =>
            error === null ? done(count) : fail(translate(error, name)),
          );
        });
      }
    },
    publish: async () => {},
    discard: async () => {
      await handle?.close();
    },
  };
}

/** Bytes to a file beside the final one, which is then renamed over it. */
class FileOutput implements Output {
  readonly #path: string;
  readonly #part: string;
  readonly #name: string;
  readonly #handle: FileHandle;
  #open = true;

  private constructor(path: string, part: string, name: string, handle: FileHandle) {
    this.#path = path;
    this.#part = part;
    this.#name = name;
    this.#handle = handle;
  }

  static async open(path: string, name: string): Promise<FileOutput> {
    const part = partOf(path, process.pid);
    try {
      await clearLeftovers(path);
      const handle = await open(part, "wx");
      const output = new FileOutput(path, part, name, handle);
      const earlier = await earlierWriter(path, part);
      if (earlier === null) return output;
      await output.discard();
      throw failure("output-taken", `Another export (process ${earlier}) is writing "${name}".`, {
        hint: "Wait until it is done, or name another file.",
      });
    } catch (error) {
      throw translate(error, name);
    }
  }

  async write(chunk: Uint8Array): Promise<void> {
    try {
      for (let at = 0; at < chunk.length;) at += (await this.#handle.write(chunk, at)).bytesWritten;
    } catch (error) {
      throw translate(error, this.#name);
    }
  }

  async publish(): Promise<void> {
    try {
      await this.#handle.sync();
      await this.#handle.close();
      this.#open = false;
      await rename(this.#part, this.#path);
      await syncFolder(dirname(this.#path));
    } catch (error) {
      throw translate(error, this.#name);
    }
  }

  async discard(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await this.#handle.close().catch(() => {});
    await rm(this.#part, { force: true }).catch(() => {});
  }
}

/** `.orders.csv.4711.waybill-part`: the process that writes it is in its name. */
function partOf(path: string, pid: number): string {
  return join(dirname(path), `.${basename(path)}.${pid}.waybill-part`);
}

/** The processes that have a part of this file, by the names of the parts. */
async function writers(path: string): Promise<number[]> {
  const prefix = `.${basename(path)}.`;
  const names = await readdir(dirname(path));
  return names
    .filter((name) => name.startsWith(prefix) && name.endsWith(".waybill-part"))
    .map((name) => Number(name.slice(prefix.length, -".waybill-part".length)))
    .filter(Number.isSafeInteger);
}

/** Removes what exports that were killed have left. */
async function clearLeftovers(path: string): Promise<void> {
  for (const pid of await writers(path)) {
    if (!isAlive(pid) || pid === process.pid) await rm(partOf(path, pid), { force: true });
  }
}

/** A living process that began to write the same file before this one, or null. */
async function earlierWriter(path: string, own: string): Promise<number | null> {
  const mine = await stat(own, { bigint: true });
  for (const pid of await writers(path)) {
    if (pid === process.pid || !isAlive(pid)) continue;
    const theirs = await stat(partOf(path, pid), { bigint: true }).catch(() => null);
    if (theirs === null) continue;
    const before = theirs.birthtimeNs < mine.birthtimeNs;
    if (before || (theirs.birthtimeNs === mine.birthtimeNs && pid < process.pid)) return pid;
  }
  return null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Makes a rename survive a power cut. Not every file system can; the file itself is safe already. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close();
}

function translate(error: unknown, name: string): WaybillError {
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
