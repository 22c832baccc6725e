// Checks an archive against its own description: structure, sizes, hashes, row counts, missing and extra files.
import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { crc32 } from "node:zlib";
import type { Entry, ZipFile } from "yauzl";
import { BAG_FILES } from "../archive/bag.ts";
import { DATA_PACKAGE } from "../archive/contents.ts";
import { readDescriptor, type Resource } from "../archive/descriptor.ts";
import { folded, safeName } from "../archive/names.ts";
import { contentOf, headerMismatch, openZip } from "../archive/open-zip.ts";
import { failure } from "../lib/errors.ts";
import { rowsOf } from "./count-rows.ts";
import { type BagEntry, checkBag, type ListedHash } from "./verify-bag.ts";

/** Something that is wrong with an archive. */
export interface Finding {
  /** The file within the archive, or null for the archive as a whole. */
  readonly path: string | null;
  readonly code: string;
  /** One sentence. */
  readonly detail: string;
}

/** What checking an archive gave. Without findings it is as it was made. */
export interface Verdict {
  readonly files: number;
  readonly rows: number;
  readonly findings: readonly Finding[];
  /** Findings beyond those listed. */
  readonly more: number;
}

/** Findings that are listed; the others are counted. */
const MAX_FINDINGS = 1000;
/** Files that an archive may have, and bytes of its descriptor: what is read into memory at once. */
const MAX_ENTRIES = 2_000_000;
const MAX_DESCRIPTOR = 1 << 28;
/** A local header without its name (APPNOTE 4.3.7). */
const HEADER_SIZE = 30;

/**
 * Checks the archive at a path. Damage never throws: it is a finding.
 * @throws failure `archive-unreadable` when the file itself cannot be read; the signal's reason
 */
export async function verify(path: string, signal: AbortSignal): Promise<Verdict> {
  const there = await stat(path).catch((cause: unknown) => {
    const missing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    throw failure(
      "archive-unreadable",
      missing ? `There is no file "${path}".` : `The file "${path}" cannot be read: ${reason(cause)}.`,
      { cause },
    );
  });
  if (!there.isFile()) throw failure("archive-unreadable", `"${path}" is no file.`);
  return new Verifier(path, there.size, signal).run();
}

/** What an archive says of its files. */
interface Description {
  /** What their paths begin with: empty, or the folder of a bag with its slash. */
  readonly folder: string;
  /** By path below the folder; null where the descriptor is missing or damaged. */
  readonly described: ReadonlyMap<string, Resource[]> | null;
  /** Of the manifests of a bag, by path below the folder. */
  readonly hashes: ReadonlyMap<string, ListedHash>;
}

const NO_HASHES: ReadonlyMap<string, ListedHash> = new Map();
/** Files that describe others: at the root, or in the folder of a bag. */
const DESCRIBING: ReadonlySet<string> = new Set([DATA_PACKAGE, ...Object.values(BAG_FILES)]);

class Verifier {
  readonly #path: string;
  readonly #size: number;
  readonly #signal: AbortSignal;
  readonly #findings: Finding[] = [];
  #more = 0;
  #files = 0;
  #rows = 0;

  constructor(path: string, size: number, signal: AbortSignal) {
    this.#path = path;
    this.#size = size;
    this.#signal = signal;
  }

  async run(): Promise<Verdict> {
    const description = await this.#directory();
    if (description !== null) await this.#contents(description);
    return { files: this.#files, rows: this.#rows, findings: this.#findings, more: this.#more };
  }

  #add(path: string | null, code: string, detail: string): void {
    if (this.#findings.length < MAX_FINDINGS) this.#findings.push({ path, code, detail });
    else this.#more++;
  }

  /** Goes through the entries; what stops the reader is a finding too. */
  async #entries(visit: (zip: ZipFile, entry: Entry) => Promise<void>): Promise<boolean> {
    let zip: ZipFile | null = null;
    try {
      zip = await openZip(this.#path);
      for await (const entry of zip.eachEntry()) {
        this.#signal.throwIfAborted();
        await visit(zip, entry);
      }
      return true;
    } catch (error) {
      this.#signal.throwIfAborted();
      const code = zip === null ? "not-a-zip" : "directory-damaged";
      this.#add(
        null,
        code,
        `The ${zip === null ? "file is no zip archive" : "directory is damaged"}: ${reason(error)}.`,
      );
      return false;
    } finally {
      zip?.close();
    }
  }

  /** The structure of the archive as its directory has it, and what it says of its files. */
  async #directory(): Promise<Description | null> {
    const names = new Set<string>();
    const files: { start: number; end: number; path: string; size: number }[] = [];
    const texts = new Map<string, string | Error>();
    const whole = await this.#entries(async (zip, entry) => {
      const { fileName: path, relativeOffsetOfLocalHeader: start, compressedSize, uncompressedSize: size } = entry;
      if (names.size >= MAX_ENTRIES) throw new Error(`it has more than ${MAX_ENTRIES} files`);
      this.#checkName(isFolder(entry) ? path.slice(0, -1) : path, names);
      if (isFolder(entry)) return;
      files.push({ start, end: start + HEADER_SIZE + entry.fileNameRaw.length + compressedSize, path, size });
      const top = folderOf(files[0]!.path);
      const describes = path === DATA_PACKAGE || (path.startsWith(top) && DESCRIBING.has(path.slice(top.length)));
      if (describes && !texts.has(path)) {
        texts.set(path, await this.#text(zip, entry));
      }
    });
    const [first] = files;
    const top = folderOf(first?.path ?? "");
    const isBag = top !== "" && !texts.has(DATA_PACKAGE) && texts.size > 0;
    const folder = isBag ? top : "";
    this.#checkExtents([...files]);
    if (!whole) return null;
    const described = this.#described(folder, texts.get(folder + DATA_PACKAGE));
    const hashes = isBag ? this.#bag(folder, files, texts) : NO_HASHES;
    return described === null && !isBag ? null : { folder, described, hashes };
  }

  /** The files that the descriptor lists, by path. */
  #described(folder: string, text: string | Error | undefined): Map<string, Resource[]> | null {
    if (text === undefined) {
      this.#add(null, "no-descriptor", `The archive has no ${DATA_PACKAGE}, so there is nothing to check it against.`);
      return null;
    }
    try {
      if (text instanceof Error) throw text;
      return byPath(readDescriptor(text));
    } catch (error) {
      this.#add(folder + DATA_PACKAGE, "descriptor-damaged", `The descriptor cannot be read: ${reason(error)}.`);
      return null;
    }
  }

  /** What makes it a bag; gives the hashes that its manifests list. */
  #bag(
    folder: string,
    files: readonly { path: string; size: number }[],
    texts: ReadonlyMap<string, string | Error>,
  ): ReadonlyMap<string, ListedHash> {
    const entries: BagEntry[] = [];
    for (const { path, size } of files) {
      if (path.startsWith(folder)) entries.push({ path: path.slice(folder.length), size });
      else this.#add(path, "outside-bag", `The file lies outside of the bag's folder "${folder}".`);
    }
    const readable = new Map<string, string>();
    for (const [path, text] of texts) {
      if (typeof text === "string") readable.set(path.slice(folder.length), text);
      else if (path !== folder + DATA_PACKAGE)
        this.#add(path, "bag-damaged", `The file cannot be read: ${reason(text)}.`);
    }
    return checkBag(readable, entries, (path, code, detail) => {
      this.#add(path === null ? null : folder + path, code, detail);
    });
  }

  #checkName(path: string, names: Set<string>): void {
    const safe = path.split("/").every((step) => step !== "" && safeName(step) === step);
    if (!safe) this.#add(path, "unsafe-name", "The name is not safe to unpack on every system.");
    const name = folded(path);
    if (names.has(name)) this.#add(path, "duplicate-name", "Another file has the same name, but for case.");
    names.add(name);
  }

  /** No two files may lie over one another: that is how small archives become endless ones. */
  #checkExtents(extents: { start: number; end: number; path: string }[]): void {
    extents.sort((a, b) => a.start - b.start);
    for (const [n, { end, path }] of extents.entries()) {
      if (end > (extents[n + 1]?.start ?? this.#size)) {
        this.#add(path, "overlap", "The file reaches into what lies behind it.");
      }
    }
  }

  /** A file that describes others, or why it cannot be read. */
  async #text(zip: ZipFile, entry: Entry): Promise<string | Error> {
    try {
      if (entry.uncompressedSize > MAX_DESCRIPTOR) throw new Error(`it is larger than ${MAX_DESCRIPTOR} bytes`);
      const chunks: Uint8Array[] = [];
      for await (const chunk of contentOf(zip, entry)) chunks.push(chunk);
      const bytes = Buffer.concat(chunks);
      if (crc32(bytes) !== entry.crc32) throw new Error("its checksum is wrong");
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch (error) {
      return error as Error;
    }
  }

  /** Reads every file that is described, and compares. */
  async #contents({ folder, described, hashes }: Description): Promise<void> {
    // Content that lies over other content could be endless; it is not read.
    if (this.#findings.some(({ code }) => code === "overlap")) return;
    const seen = new Set<string>();
    await this.#entries(async (zip, entry) => {
      if (isFolder(entry) || !entry.fileName.startsWith(folder)) return;
      const path = entry.fileName.slice(folder.length);
      if (seen.has(path)) return;
      seen.add(path);
      const resources = described?.get(path) ?? [];
      const listed = hashes.get(path);
      if (resources.length === 0 && !isBagFile(path, folder) && path !== DATA_PACKAGE && described !== null) {
        this.#add(entry.fileName, "extra", `${DATA_PACKAGE} does not list this file.`);
      }
      if (resources.length > 0 || listed !== undefined) await this.#compare(zip, entry, resources, listed);
    });
    for (const path of described?.keys() ?? []) {
      if (seen.has(path)) continue;
      this.#add(folder + path, "missing", `${DATA_PACKAGE} lists this file, but it is not in the archive.`);
    }
  }

  async #compare(
    zip: ZipFile,
    entry: Entry,
    resources: readonly Resource[],
    listed: ListedHash | undefined,
  ): Promise<void> {
    const { fileName: path, uncompressedSize } = entry;
    const [described] = resources;
    if (described !== undefined) this.#files++;
    if (described !== undefined && uncompressedSize !== described.bytes) {
      this.#add(path, "size", `The file has ${uncompressedSize} bytes instead of ${described.bytes}.`);
      return;
    }
    try {
      const mismatch = await headerMismatch(zip, entry);
      if (mismatch !== null) this.#add(path, "header", `The file ${mismatch}.`);
      const hash = createHash("sha256");
      let crc = 0;
      const signal = this.#signal;
      const watched = async function* (): AsyncGenerator<Uint8Array> {
        for await (const chunk of contentOf(zip, entry)) {
          signal.throwIfAborted();
          hash.update(chunk);
          crc = crc32(chunk, crc);
          yield chunk;
        }
      };
      const counted = await rowsOf(resources, watched(), { path: this.#path, zip, entry });
      if (crc !== entry.crc32) this.#add(path, "checksum", "The file does not have the zip's checksum.");
      const sha256 = hash.digest("hex");
      if (described !== undefined && `sha256:${sha256}` !== described.hash.toLowerCase()) {
        this.#add(path, "hash", `The file does not have the SHA-256 hash that ${DATA_PACKAGE} gives.`);
      }
      if (listed !== undefined && sha256 !== listed.sha256) {
        this.#add(path, "hash", `The file does not have the SHA-256 hash that ${listed.by} gives.`);
      }
      this.#compareRows(path, resources, counted);
    } catch (error) {
      this.#signal.throwIfAborted();
      this.#add(path, "damaged", `The file cannot be read: ${reason(error)}.`);
    }
  }

  #compareRows(path: string, resources: readonly Resource[], counted: readonly (number | Error | null)[]): void {
    for (const [n, { rowCount, name }] of resources.entries()) {
      const found = counted[n];
      if (rowCount === undefined) continue;
      const where = resources.length > 1 ? `The sheet "${name}"` : "The file";
      if (found instanceof Error) {
        this.#add(path, "rows", `${where} cannot be counted: ${found.message}.`);
      } else if (typeof found === "number") {
        this.#rows += found;
        if (found !== rowCount) this.#add(path, "rows", `${where} has ${found} rows instead of ${rowCount}.`);
      }
    }
  }
}

/** Some programs write one for each folder. */
function isFolder({ fileName, uncompressedSize }: Entry): boolean {
  return fileName.endsWith("/") && uncompressedSize === 0;
}

/** The folder at the top that a file is in, with its slash; empty where it is in none. */
function folderOf(path: string): string {
  return path.slice(0, path.indexOf("/") + 1);
}

function isBagFile(path: string, folder: string): boolean {
  return folder !== "" && Object.values<string>(BAG_FILES).includes(path);
}

function byPath(resources: readonly Resource[]): Map<string, Resource[]> {
  const paths = new Map<string, Resource[]>();
  for (const resource of resources) {
    const known = paths.get(resource.path);
    if (known === undefined) paths.set(resource.path, [resource]);
    else known.push(resource);
  }
  return paths;
}

function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/\.$/, "");
}
