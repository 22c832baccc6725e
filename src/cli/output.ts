// Where an export goes: a file that appears under its name only when complete, or standard output.
import { open, realpath, rename, rm, stat, type FileHandle } from "node:fs/promises";
import { rmSync, write } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { dirname, resolve } from "node:path";
import { failure, usageError } from "../lib/errors.ts";
import { FileWriter, syncFolder } from "../lib/file-writer.ts";
import { THIS_WRITER } from "../lib/writers.ts";
import { outputError } from "./output-error.ts";
import { clearLeftovers, earlierWriter, partOf } from "./part-files.ts";

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
  if (name === "")
    throw usageError("output-not-suited", "The output has no name.", {
      hint: "Name a file, or - for standard output.",
    });
  // A link keeps pointing to what it points to.
  const path = await realpath(name).catch(() => resolve(name));
  const there = await stat(path).catch(() => null);
  if (there?.isDirectory() === true) {
    throw usageError("output-not-suited", `"${name}" is a folder.`, { hint: "Name a file in it." });
  }
  if (there === null || there.isFile()) return FileOutput.open(path, name, there?.mode);
  const handle = await open(path, "w").catch((error: unknown) => {
    throw outputError(error, name);
  });
  return streamOutput(handle.fd, name, handle);
}

/** Bytes straight to a descriptor. */
function streamOutput(descriptor: number, name: string, handle?: FileHandle): Output {
  return {
    async write(chunk) {
      for (let at = 0; at < chunk.length;) {
        const count = await new Promise<number>((done, fail) => {
          write(descriptor, chunk, at, chunk.length - at, null, (error, written) => {
            if (error === null) done(written);
            else if (error.code === "EAGAIN") done(0);
            else fail(outputError(error, name));
          });
        });
        // A pipe that is full, and does not block since it is standard error's too.
        if (count === 0) await sleep(5);
        at += count;
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
  readonly #file: FileWriter;
  #open = true;

  private constructor(path: string, part: string, name: string, handle: FileHandle) {
    this.#path = path;
    this.#part = part;
    this.#name = name;
    this.#file = new FileWriter(handle);
    process.on("exit", this.#onExit);
  }

  /** A second Ctrl-C ends the process at once. */
  readonly #onExit = (): void => {
    if (this.#open) rmSync(this.#part, { force: true });
  };

  /** @param mode that of the file which is there already; the new one gets it too. */
  static async open(path: string, name: string, mode: number | undefined): Promise<FileOutput> {
    const part = partOf(path, THIS_WRITER);
    try {
      await clearLeftovers(path);
      const handle = await open(part, "wx");
      const output = new FileOutput(path, part, name, handle);
      if (mode !== undefined) await handle.chmod(mode & 0o7777);
      const earlier = await earlierWriter(path, part);
      if (earlier === null) return output;
      await output.discard();
      throw failure("output-taken", `Another export (process ${earlier}) is writing "${name}".`, {
        hint: "Wait until it is done, or name another file.",
      });
    } catch (error) {
      throw outputError(error, name);
    }
  }

  async write(chunk: Uint8Array): Promise<void> {
    try {
      await this.#file.write(chunk);
    } catch (error) {
      throw outputError(error, this.#name);
    }
  }

  async publish(): Promise<void> {
    try {
      await this.#file.end();
      this.#open = false;
      process.off("exit", this.#onExit);
      await rename(this.#part, this.#path);
      await syncFolder(dirname(this.#path));
    } catch (error) {
      throw outputError(error, this.#name);
    }
  }

  async discard(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    process.off("exit", this.#onExit);
    await this.#file.abandon();
    await rm(this.#part, { force: true }).catch(() => {});
  }
}
