// Archives as bags (BagIt, RFC 8493): the data in a folder of its own, and lists of what all files must hash to.
import { type ArchivedFile, type Measure, measured } from "./contents.ts";
import { safeName } from "./names.ts";
import type { Entry } from "./zip.ts";

/** The folder of the data, below the bag's own. */
export const PAYLOAD = "data/";

/** The files that make a bag of a folder. Nothing else beside `data/` may have their names. */
export const BAG_FILES = {
  declaration: "bagit.txt",
  info: "bag-info.txt",
  manifest: "manifest-sha256.txt",
  tagManifest: "tagmanifest-sha256.txt",
} as const;

const DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/** What a bag says of itself. */
export interface BagFacts {
  /** The name of its folder, before it is made safe: that of the archive. */
  readonly name: string;
  /** The program and its version: `Waybill 1.0.0`. */
  readonly program: string;
  /** Further lines of `bag-info.txt` (section 2.2.2), such as `["External-Description", "Samples of 2024"]`. */
  readonly info?: readonly (readonly [label: string, value: string])[];
}

/** An archive that is to become a bag. */
export interface Baggable {
  /** The entries of what is exported: the payload. */
  readonly data: AsyncIterable<Entry>;
  /** What `data` has written, known when it is at its end. Their paths become those in the bag. */
  readonly archived: ArchivedFile[];
  /** What describes it, asked for after that: tag files, which lie beside the payload. */
  readonly description: AsyncIterable<Entry>;
}

/**
 * The entries of an archive as those of a bag, in the same order, between those that make it one. Each must be read to
 * its end before the next is asked for.
 */
export async function* bagged({ data, archived, description }: Baggable, facts: BagFacts): AsyncGenerator<Entry> {
  const folder = `${safeName(facts.name)}/`;
  const tags: Hashed[] = [];
  const tag = async function* (entries: AsyncIterable<Entry> | Iterable<Entry>): AsyncGenerator<Entry> {
    for await (const { name, content } of entries) {
      const measure: Measure = { bytes: 0, sha256: "" };
      yield { name: folder + name, content: measured(chunksOf(content), measure) };
      tags.push({ path: name, sha256: measure.sha256 });
    }
  };
  // First, as no archive may begin with an entry that is abandoned (EntryAbandoned).
  yield* tag([{ name: BAG_FILES.declaration, content: Buffer.from(DECLARATION) }]);
  for await (const entry of data) yield { ...entry, name: folder + PAYLOAD + entry.name };
  for (const [n, file] of archived.entries()) archived[n] = inPayload(file);
  // The folder must be there, even if there is nothing in it.
  if (archived.length === 0) yield { name: folder + PAYLOAD, content: new Uint8Array(0), stored: true };
  yield* tag(description);
  yield* tag([
    { name: BAG_FILES.info, content: Buffer.from(bagInfo(facts, archived)) },
    { name: BAG_FILES.manifest, content: manifest(archived) },
  ]);
  yield { name: folder + BAG_FILES.tagManifest, content: manifest(tags) };
}

function inPayload({ path, about, ...file }: ArchivedFile): ArchivedFile {
  const other = about?.pairedWith;
  const moved = other === undefined ? about : { ...about!, pairedWith: PAYLOAD + other };
  return { ...file, path: PAYLOAD + path, ...(moved === undefined ? {} : { about: moved }) };
}

async function* chunksOf(content: Entry["content"]): AsyncGenerator<Uint8Array> {
  if (content instanceof Uint8Array) yield content;
  else yield* content;
}

type Hashed = Pick<ArchivedFile, "path" | "sha256">;

/** Files and their hashes (section 2.1.3). */
async function* manifest(files: Iterable<Hashed>): AsyncGenerator<Uint8Array> {
  for (const { path, sha256 } of files) yield Buffer.from(`${sha256}  ${encodedPath(path)}\n`);
}

/** Section 2.1.3: CR, LF and % are percent-encoded, and nothing else. */
function encodedPath(path: string): string {
  return path.replace(/[\r\n%]/g, encodeURIComponent);
}

/** Section 2.2.2. */
function bagInfo({ program, info = [] }: BagFacts, payload: readonly ArchivedFile[]): string {
  const bytes = payload.reduce((sum, file) => sum + file.bytes, 0);
  const elements: (readonly [string, string])[] = [
    ["Bag-Software-Agent", program],
    ["Bagging-Date", new Date().toISOString().slice(0, 10)],
    ["Payload-Oxum", `${bytes}.${payload.length}`],
    ...info,
  ];
  return elements.map(([label, value]) => `${label}: ${onOneLine(value)}\n`).join("");
}

function onOneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
}
