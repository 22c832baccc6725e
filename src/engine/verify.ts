// Checks an archive against its own description: structure, sizes, hashes, row counts, missing and extra files.
import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { crc32 } from "node:zlib";
import type { Entry, ZipFile } from "yauzl";
import { DATA_PACKAGE } from "../archive/contents.ts";
import { readDescriptor, type Resource } from "../archive/descriptor.ts";
import { folded, safeName } from "../archive/names.ts";
import { contentOf, headerMismatch, openZip } from "../archive/open-zip.ts";
import { failure } from "../lib/errors.ts";
import { rowsOf } from "./count-rows.ts";

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
    const described = await this.#directory();
    if (described !== null) await this.#contents(described);
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

  /** The structure of the archive as its directory has it, and the resources that its descriptor lists. */
  async #directory(): Promise<Map<string, Resource[]> | null> {
    const names = new Set<string>();
    const extents: { start: number; end: number; path: string }[] = [];
    let resources: readonly Resource[] | null = null;
    const whole = await this.#entries(async (zip, entry) => {
      const { fileName: path, relativeOffsetOfLocalHeader: start, compressedSize } = entry;
      if (names.size >= MAX_ENTRIES) throw new Error(`it has more than ${MAX_ENTRIES} files`);
      this.#checkName(path, names);
      extents.push({ start, end: start + HEADER_SIZE + entry.fileNameRaw.length + compressedSize, path });
      if (path === DATA_PACKAGE && resources === null) resources = await this.#descriptor(zip, entry);
    });
    this.#checkExtents(extents);
    if (!whole) return null;
    if (resources === null && !names.has(folded(DATA_PACKAGE))) {
      this.#add(null, "no-descriptor", `The archive has no ${DATA_PACKAGE}, so there is nothing to check it against.`);
    }
    return resources === null ? null : byPath(resources);
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

  async #descriptor(zip: ZipFile, entry: Entry): Promise<readonly Resource[] | null> {
    try {
      if (entry.uncompressedSize > MAX_DESCRIPTOR) throw new Error(`it is larger than ${MAX_DESCRIPTOR} bytes`);
      const chunks: Uint8Array[] = [];
      for await (const chunk of contentOf(zip, entry)) chunks.push(chunk);
      const bytes = Buffer.concat(chunks);
      if (crc32(bytes) !== entry.crc32) throw new Error("its checksum is wrong");
      return readDescriptor(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    } catch (error) {
      this.#add(DATA_PACKAGE, "descriptor-damaged", `The descriptor cannot be read: ${reason(error)}.`);
      return null;
    }
  }

  /** Reads every file that the descriptor lists, and compares. */
  async #contents(described: Map<string, Resource[]>): Promise<void> {
    // Content that lies over other content could be endless; it is not read.
    if (this.#findings.some(({ code }) => code === "overlap")) return;
    const seen = new Set<string>();
    await this.#entries(async (zip, entry) => {
      const { fileName: path } = entry;
      if (path === DATA_PACKAGE || seen.has(path)) return;
      seen.add(path);
      const resources = described.get(path);
      if (resources === undefined) this.#add(path, "extra", `${DATA_PACKAGE} does not list this file.`);
      else await this.#compare(zip, entry, resources);
    });
    for (const path of described.keys()) {
      if (!seen.has(path)) this.#add(path, "missing", `${DATA_PACKAGE} lists this file, but it is not in the archive.`);
    }
  }

  async #compare(zip: ZipFile, entry: Entry, resources: readonly Resource[]): Promise<void> {
    const { fileName: path, uncompressedSize } = entry;
    const [{ bytes, hash }] = resources as readonly [Resource];
    this.#files++;
    if (uncompressedSize !== bytes) {
      this.#add(path, "size", `The file has ${uncompressedSize} bytes instead of ${bytes}.`);
      return;
    }
    try {
      const mismatch = await headerMismatch(zip, entry);
      if (mismatch !== null) this.#add(path, "header", `The file ${mismatch}.`);
      const sha256 = createHash("sha256");
      let crc = 0;
      const signal = this.#signal;
      const watched = async function* (): AsyncGenerator<Uint8Array> {
        for await (const chunk of contentOf(zip, entry)) {
          signal.throwIfAborted();
          sha256.update(chunk);
          crc = crc32(chunk, crc);
          yield chunk;
        }
      };
      const counted = await rowsOf(resources, watched(), { path: this.#path, zip, entry });
      if (crc !== entry.crc32) this.#add(path, "checksum", "The file does not have the zip's checksum.");
      if (`sha256:${sha256.digest("hex")}` !== hash.toLowerCase()) {
        this.#add(path, "hash", `The file does not have the SHA-256 hash that ${DATA_PACKAGE} gives.`);
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
