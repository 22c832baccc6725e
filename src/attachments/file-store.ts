// Where attached files lie: a folder, a bucket, a column of a table. What each of them must offer.

/** Why a file could not be had. */
export type FileReason =
  /** It is not there. */
  | "missing"
  /** It is there and cannot be read. */
  | "unreadable"
  /** It changed while it was read. */
  | "changed"
  /** It has another size than the one that is recorded. */
  | "size"
  /** Its path leads out of the store. */
  | "outside";

/** A file that could not be had. The export goes on without it, and says so. */
export class FileProblem extends Error {
  readonly reason: FileReason;
  /** One sentence for people, without secrets and without the file's path. */
  readonly detail: string;
  /** Whether trying again may help: a connection broke, a disk was busy. */
  readonly passing: boolean;

  constructor(reason: FileReason, detail: string, more: { passing?: boolean; cause?: unknown } = {}) {
    super(detail, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = "FileProblem";
    this.reason = reason;
    this.detail = detail;
    this.passing = more.passing ?? false;
  }
}

/** A place that holds files. */
export interface FileStore {
  /** For people, without secrets: `the folder "/srv/uploads"`. */
  readonly place: string;
  /**
   * Opens a file, which must be closed.
   * @param path below the store's root, with `/` (or `\`) between folders
   * @throws FileProblem; failure `file-store-failed` when it is the store itself that cannot be used; the signal's reason
   */
  open(path: string, signal: AbortSignal): Promise<OpenedFile>;
  close(): Promise<void>;
}

/** A file as it was at one moment. */
export interface OpenedFile {
  /** In bytes. */
  readonly size: number;
  /**
   * The bytes from a place to the end of the file as it was opened, never more or fewer. A chunk is valid until the next
   * but one is asked for, and the last two for good. One reading at a time.
   * @throws FileProblem, after which it may be asked for the rest again
   */
  read(from: number): AsyncIterable<Uint8Array>;
  /** @throws FileProblem `changed` when what was read may be a mixture of two states of the file */
  check(): Promise<void>;
  /** Ends what is being read. */
  close(): Promise<void>;
}

export function fileMissing(): FileProblem {
  return new FileProblem("missing", "The file is not in its store.");
}

export function fileChanged(): FileProblem {
  return new FileProblem("changed", "The file changed while it was read.");
}

export function fileOutside(): FileProblem {
  return new FileProblem("outside", "The file's path leads out of its store.");
}

/**
 * A path as it may be looked for: as it is, and where it has `\` in it also as Windows means it. Steps of `.` are left out.
 * @throws FileProblem `outside` for absolute paths, drives, `..`, NUL, and paths that name nothing
 */
export function spellings(path: string): readonly string[] {
  const steps = path.split(/[/\\]/);
  const absolute = steps[0] === "" || /^[a-z]:/i.test(path);
  const names = steps.some((step) => step !== "" && step !== ".");
  if (absolute || !names || path.includes("\0") || !path.isWellFormed() || steps.includes("..")) throw fileOutside();
  const plain = path.replaceAll(/(?<=^|[/\\])\.(?:[/\\]|$)/g, "");
  return plain.includes("\\") ? [plain, plain.replaceAll("\\", "/")] : [plain];
}

/** Bytes that are there already. */
export function openedBytes(bytes: Uint8Array): OpenedFile {
  return {
    size: bytes.length,
    async *read(from) {
      yield bytes.subarray(from);
    },
    check: async () => {},
    close: async () => {},
  };
}
