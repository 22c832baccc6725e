// Writes a file from its beginning to its end, and sends it to the disk behind the writer.
import { type FileHandle, open } from "node:fs/promises";

/** After so many bytes those before them are sent to the disk, so that there is little to wait for at the end. */
const SYNC_EVERY = 1 << 26;

/** A file that is being written. Errors are those of Node. */
export class FileWriter {
  readonly #handle: FileHandle;
  /** What is on its way to the disk; it gives what went wrong there, which is told only once. */
  #syncing: Promise<unknown> = Promise.resolve(null);
  #isSyncing = false;
  #unsynced = 0;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** Writes all bytes at the end of what was written. */
  async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) at += (await this.#handle.write(bytes, at)).bytesWritten;
    this.#unsynced += bytes.length;
    if (this.#unsynced >= SYNC_EVERY && !this.#isSyncing) this.#syncBehind();
  }

  #syncBehind(): void {
    this.#unsynced = 0;
    this.#isSyncing = true;
    const before = this.#syncing;
    this.#syncing = this.#handle.datasync().then(
      () => before,
      (error: unknown) => error,
    );
    void this.#syncing.then(() => (this.#isSyncing = false));
  }

  /** Waits until everything is on the disk, and closes the file. */
  async end(): Promise<void> {
    const failed = await this.#syncing;
    if (failed !== null) throw failed;
    await this.#handle.sync();
    await this.#handle.close();
  }

  /** Closes the file, whatever became of it. */
  async abandon(): Promise<void> {
    await this.#syncing;
    await this.#handle.close().catch(() => {});
  }
}

/** Makes a new name in a folder survive a power cut. Not every file system can; the file itself is safe already. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close();
}
