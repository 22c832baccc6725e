// Archives as bags (BagIt, RFC 8493): the data in a folder of its own, and lists of what all files must hash to.
import { Output } from "../cells/output.ts";
import { type Measure, measuredEntry, type MeasuredEntry } from "./contents.ts";
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
  /** ISO 8601; the day is what counts. */
  readonly createdAt: string;
  /** Further lines of `bag-info.txt` (section 2.2.2), such as `["External-Description", "Samples of 2024"]`. */
  readonly info?: readonly (readonly [label: string, value: string])[];
}

/**
 * The entries of an archive as those of a bag, in the same order, and those that make it one behind them. Entries below
 * `data/` are its payload; the others describe it and are left beside `data/`. Each must be read to its end before the
 * next is asked for; one that was abandoned is not listed.
 */
export async function* bagged(entries: AsyncIterable<MeasuredEntry>, facts: BagFacts): AsyncGenerator<Entry> {
  const folder = `${safeName(facts.name)}/`;
  const payload = new Manifest();
  const tags = new Manifest();
  for await (const { measure, ...entry } of entries) {
    yield { ...entry, name: folder + entry.name };
    (entry.name.startsWith(PAYLOAD) ? payload : tags).add(entry.name, measure);
  }
  // The folder must be there, even if there is nothing in it.
  if (payload.count === 0) yield { name: folder + PAYLOAD, content: new Uint8Array(0), stored: true };
  const tag = (name: string, content: Uint8Array): Entry => {
    const { measure, ...entry } = measuredEntry({ name, content });
    tags.add(name, measure);
    return { ...entry, name: folder + name };
  };
  yield tag(BAG_FILES.declaration, Buffer.from(DECLARATION));
  yield tag(BAG_FILES.info, Buffer.from(bagInfo(facts, payload)));
  yield tag(BAG_FILES.manifest, payload.text());
  yield { name: folder + BAG_FILES.tagManifest, content: tags.text() };
}

/** Files and their hashes (section 2.1.3), as bytes and not as objects, since there may be a million. */
class Manifest {
  readonly #lines = new Output(1 << 12);
  count = 0;
  bytes = 0;

  add(path: string, { bytes, sha256 }: Measure): void {
    // It was abandoned, and is not in the archive.
    if (sha256 === "") return;
    this.#lines.append(Buffer.from(`${sha256}  ${encodedPath(path)}\n`));
    this.count++;
    this.bytes += bytes;
  }

  text(): Uint8Array {
    return this.#lines.written();
  }
}

/** Section 2.1.3: CR, LF and % are percent-encoded, and nothing else. */
function encodedPath(path: string): string {
  return path.replace(/[\r\n%]/g, encodeURIComponent);
}

/** Section 2.2.2. */
function bagInfo({ program, createdAt, info = [] }: BagFacts, payload: Manifest): string {
  const elements: (readonly [string, string])[] = [
    ["Bag-Software-Agent", program],
    ["Bagging-Date", createdAt.slice(0, 10)],
    ["Payload-Oxum", `${payload.bytes}.${payload.count}`],
    ...info,
  ];
  return elements.map(([label, value]) => `${label}: ${onOneLine(value)}\n`).join("");
}

function onOneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
}
