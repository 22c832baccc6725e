// Checks what makes a bag of an archive (BagIt, RFC 8493): its declaration, its manifests, its size.
import { BAG_FILES, PAYLOAD } from "../archive/bag.ts";
import { readManifest, readTags } from "../archive/read-bag.ts";

/** A file of an archive, below the bag's folder. */
export interface BagEntry {
  readonly path: string;
  readonly size: number;
}

/** Tells what is wrong with a file of the bag, or with all of it. */
export type AddFinding = (path: string | null, code: string, detail: string) => void;

/** What a file must hash to, and which file says so. */
export interface ListedHash {
  readonly sha256: string;
  readonly by: string;
}

const { declaration, info, manifest, tagManifest } = BAG_FILES;

/**
 * Checks all that can be told without reading the content, and gives the hashes of the manifests.
 * @param texts the bag's own files, as far as they are there and can be read
 */
export function checkBag(
  texts: ReadonlyMap<string, string>,
  entries: readonly BagEntry[],
  add: AddFinding,
): ReadonlyMap<string, ListedHash> {
  const read = <T>(path: string, parse: (text: string) => T): T | null => {
    const text = texts.get(path);
    if (text === undefined) {
      if (!entries.some((it) => it.path === path)) add(path, "missing", "A bag has this file, but it is not there.");
      return null;
    }
    try {
      return parse(text);
    } catch (error) {
      add(path, "bag-damaged", `The file cannot be read: ${(error as Error).message}.`);
      return null;
    }
  };
  const declared = read(declaration, readTags);
  if (declared !== null) checkDeclaration(declared, add);
  const tags = read(info, readTags);
  if (tags !== null) checkSize(tags, entries, add);
  const hashes = new Map<string, ListedHash>();
  for (const by of [manifest, tagManifest]) {
    const lines = read(by, readManifest);
    if (lines === null) continue;
    for (const [path, sha256] of lines) {
      if (path.startsWith(PAYLOAD) === (by === manifest)) hashes.set(path, { sha256, by });
      else add(by, "bag-damaged", `The file lists "${path}", which does not belong there.`);
    }
    checkComplete(by, lines, entries, add);
  }
  return hashes;
}

function checkDeclaration(declared: ReadonlyMap<string, string>, add: AddFinding): void {
  const version = declared.get("bagit-version") ?? "";
  if (!/^(?:1\.0|0\.97)$/.test(version)) {
    add(declaration, "bag-damaged", `The bag is of a version that is not known: "${version}".`);
  }
  if (declared.get("tag-file-character-encoding")?.toUpperCase() !== "UTF-8") {
    add(declaration, "bag-damaged", "The bag does not say that its files are in UTF-8.");
  }
}

/** Section 2.2.2: `Payload-Oxum` is the bytes and the number of files of the payload. */
function checkSize(tags: ReadonlyMap<string, string>, entries: readonly BagEntry[], add: AddFinding): void {
  const payload = entries.filter(({ path }) => path.startsWith(PAYLOAD));
  const oxum = `${payload.reduce((sum, { size }) => sum + size, 0)}.${payload.length}`;
  const said = tags.get("payload-oxum");
  if (said !== oxum) add(info, "oxum", `The file says Payload-Oxum ${said ?? "nowhere"}, but it is ${oxum}.`);
}

function checkComplete(
  by: string,
  listed: ReadonlyMap<string, string>,
  entries: readonly BagEntry[],
  add: AddFinding,
): void {
  const there = new Set(entries.map(({ path }) => path));
  for (const path of listed.keys()) {
    if (!there.has(path)) add(path, "missing", `${by} lists this file, but it is not in the archive.`);
  }
  for (const { path } of entries) {
    if (path.startsWith(PAYLOAD) !== (by === manifest) || path === tagManifest) continue;
    if (!listed.has(path)) add(path, "extra", `${by} does not list this file.`);
  }
}
