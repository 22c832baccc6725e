// Records with very many attached files in a folder, some of which cannot be had; and whether an archive has all the others.
import { createHash } from "node:crypto";
import { closeSync, mkdirSync, openSync, unlinkSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { openPromise } from "yauzl";
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { once } from "node:events";

const CHANGER = fileURLToPath(new URL("./file-changer.ts", import.meta.url));

/** What is to be made. */
export interface Amount {
  readonly records: number;
  readonly filesEach: number;
  /** Of all files. */
  readonly bytes: number;
  readonly smallest: number;
  readonly largest: number;
  /** One of so many files is missing, and one is changed while it is read. */
  readonly oneIn: number;
}

/** What was made. */
export interface ManyFiles {
  /** Holds `lab.db`, `waybill.yaml` and the store. */
  readonly folder: string;
  readonly records: number;
  readonly bytes: number;
  /** SHA-256 by place in an archive, `<record>/<file>`. */
  readonly hashes: ReadonlyMap<string, string>;
  readonly missing: ReadonlySet<string>;
  readonly changing: ReadonlySet<string>;
  /** The paths of those that change. */
  readonly changingPaths: readonly string[];
}

const SUFFIXES = ["fastq.gz", "csv", "jpg", "txt", "bin", "pdf"];
const CONFIGURATION = `orgs:
  lab:
    sources:
      main: { url: "sqlite:lab.db" }
      store: { url: "dir:store" }
    objects:
      samples:
        title: name
        files:
          attachments: { object: attachments, by: sample_id, store: store, path: stored_path, name: filename, size: bytes }
      attachments: {}
      measures: {}
`;

/** Numbers between 0 and 1, the same ones each time. */
function* randoms(): Generator<number, never> {
  for (let state = 20_240_501; ;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** Sizes from the smallest to the largest, many small ones and few large ones, with the sum that is asked for. */
function sizesOf({ records, filesEach, bytes, smallest, largest }: Amount): number[] {
  const random = randoms();
  const count = records * filesEach;
  const places = Array.from({ length: count }, () => random.next().value);
  places[Math.floor(count / 3)] = 1;
  places[Math.floor(count / 2)] = 0;
  const sizes = (steepness: number): number[] =>
    places.map((place) => Math.round(smallest * (largest / smallest) ** (place ** steepness)));
  const sum = (all: readonly number[]): number => all.reduce((a, b) => a + b, 0);
  let [low, high] = [0, 100];
  for (let n = 0; n < 50; n++) {
    const middle = (low + high) / 2;
    if (sum(sizes(middle)) > bytes) low = middle;
    else high = middle;
  }
  return sizes(high);
}

/** Makes records and files below a folder. */
export function makeManyFiles(folder: string, amount: Amount): ManyFiles {
  const { records, filesEach, oneIn } = amount;
  const sizes = sizesOf(amount);
  const random = randoms();
  const noise = createNoise(32 << 20, random);
  const text = createText(8 << 20, random);
  const hashes = new Map<string, string>();
  const missing = new Set<string>();
  const changing = new Set<string>();
  const changingPaths: string[] = [];
  const wanted = Math.max(1, Math.round((records * filesEach) / oneIn));
  // The larger a file is, the surer somebody writes into it while it is read.
  const bySize = sizes.map((_, n) => n).toSorted((a, b) => sizes[b]! - sizes[a]!);
  const toChange = new Set(bySize.slice(0, wanted * 2).filter((_, n) => n % 2 === 1));
  let bytes = 0;

  using database = new DatabaseSync(join(folder, "lab.db"));
  database.exec(`
    CREATE TABLE samples (id INTEGER PRIMARY KEY, name TEXT NOT NULL, note TEXT);
    CREATE TABLE attachments (id INTEGER PRIMARY KEY, sample_id INTEGER NOT NULL REFERENCES samples (id),
      stored_path TEXT, filename TEXT, bytes INTEGER);
    CREATE TABLE measures (id INTEGER PRIMARY KEY, sample_id INTEGER NOT NULL REFERENCES samples (id), value REAL);
    CREATE INDEX attachments_sample ON attachments (sample_id); CREATE INDEX measures_sample ON measures (sample_id);
    BEGIN`);
  const sample = database.prepare("INSERT INTO samples VALUES (?, ?, ?)");
  const attachment = database.prepare("INSERT INTO attachments VALUES (?, ?, ?, ?, ?)");
  const measure = database.prepare("INSERT INTO measures (sample_id, value) VALUES (?, ?)");
  mkdirSync(join(folder, "store"));
  for (let id = 1; id <= records; id++) {
    sample.run(id, `Échantillon ${id}`, id % 4 === 0 ? null : `Note of sample ${id}\nin two lines`);
    for (let n = 0; n < 5; n++) measure.run(id, (id * 31 + n) / 7);
    for (let n = 0; n < filesEach; n++) {
      const at = (id - 1) * filesEach + n;
      const suffix = SUFFIXES[at % SUFFIXES.length]!;
      // The first ones are a paired-end read, the reverse one first.
      const name = id % 10 === 0 && n < 2 ? `s${id}_R${2 - n}.fastq.gz` : `file ${n}.${suffix}`;
      const stored = `${at % 100}/${at}`;
      const size = sizes[at]!;
      attachment.run(at + 1, id, stored, name, size);
      const place = `${id}/${name}`;
      const path = join(folder, "store", stored);
      if (at < 100) mkdirSync(join(folder, "store", String(at)));
      const content = suffix === "csv" || suffix === "txt" ? text : noise;
      hashes.set(place, writeContent(path, size, content, random));
      bytes += size;
      if (toChange.has(at)) {
        changing.add(place);
        changingPaths.push(path);
      } else if (at % oneIn === Math.floor(oneIn / 2) && missing.size < wanted) {
        unlinkSync(path);
        missing.add(place);
      }
    }
  }
  database.exec("COMMIT");
  writeFileSync(join(folder, "waybill.yaml"), CONFIGURATION);
  return { folder, records, bytes, hashes, missing, changing, changingPaths };
}

function createNoise(length: number, random: Iterator<number, never>): Buffer {
  const noise = Buffer.alloc(length);
  for (let at = 0; at < length; at += 4) noise.writeUInt32LE(random.next().value * 2 ** 32, at);
  return noise;
}

function createText(length: number, random: Iterator<number, never>): Buffer {
  const lines: string[] = [];
  for (let size = 0; size < length;) {
    const line = `${Math.floor(random.next().value * 1e6)},sample,${random.next().value.toFixed(4)}\n`;
    size = size + line.length;
    lines.push(line);
  }
  return Buffer.from(lines.join(""), "latin1").subarray(0, length);
}

function writeContent(path: string, size: number, source: Buffer, random: Iterator<number, never>): string {
  const hash = createHash("sha256");
  const file = openSync(path, "w");
  let at = Math.floor(random.next().value * source.length);
  for (let left = size; left > 0;) {
    const piece = source.subarray(at, Math.min(source.length, at + left));
    writeSync(file, piece);
    hash.update(piece);
    left -= piece.length;
    at = 0;
  }
  closeSync(file);
  return hash.digest("hex");
}

/** Changes the files that are to change, all the time until it is disposed of. */
export async function changeMeanwhile({ changingPaths }: ManyFiles): Promise<AsyncDisposable> {
  const changer: ChildProcess = fork(CHANGER, changingPaths, { stdio: "inherit" });
  await once(changer, "message");
  return {
    async [Symbol.asyncDispose]() {
      const gone = once(changer, "exit");
      changer.disconnect();
      await gone;
    },
  };
}

/**
 * Checks an archive of the layouts `files` or `folders`: every file that could be read is there to the byte, every other
 * one is listed with its reason, and there is nothing else.
 * @returns how many are listed as changed: a file that nobody wrote into while it was read is one that could be read
 * @throws Error that says what is wrong
 */
export async function checkManyFiles(made: ManyFiles, archive: string, layout: "files" | "folders"): Promise<number> {
  const left = new Map(made.hashes);
  const own = new Set(["README.txt", "datapackage.json"]);
  if (layout === "folders") {
    for (let id = 1; id <= made.records; id++) own.add(`${id}/record.json`).add(`${id}/record.pdf`);
  }
  let listed = "";
  const reader = await openPromise(archive);
  for await (const entry of reader.eachEntry()) {
    const { fileName } = entry;
    const hash = createHash("sha256");
    const chunks: Buffer[] = [];
    for await (const chunk of await reader.openReadStreamPromise(entry)) {
      hash.update(chunk as Buffer);
      if (fileName === "missing-files.csv") chunks.push(chunk as Buffer);
    }
    if (fileName === "missing-files.csv") listed = Buffer.concat(chunks).toString("utf8");
    else if (left.has(fileName)) {
      const digest = hash.digest("hex");
      if (digest !== left.get(fileName)) throw new Error(`${fileName} is not as it was`);
      left.delete(fileName);
    } else if (!own.delete(fileName)) throw new Error(`${fileName} should not be there`);
  }
  if (own.size > 0) throw new Error(`${[...own].slice(0, 3).join(", ")} and so on (${own.size}) are not there`);
  const lines = new Set(listed.split("\n").slice(1, -1));
  const isListed = (place: string, why: string): boolean =>
    lines.delete(`${place.slice(0, place.indexOf("/"))},${place},${why}`);
  for (const place of made.missing) {
    if (!isListed(place, "missing,The file is not in its store.")) throw new Error(`${place} is not listed as missing`);
    if (!left.delete(place)) throw new Error(`${place} is listed as missing, and is there`);
  }
  let changed = 0;
  for (const place of made.changing) {
    const isMissing = left.delete(place);
    if (isMissing !== isListed(place, "changed,The file changed while it was read.")) {
      throw new Error(`${place} is ${isMissing ? "neither there nor" : "both there and"} listed as changed`);
    }
    if (isMissing) changed++;
  }
  for (const line of lines) throw new Error(`missing-files.csv should not have ${line}`);
  if (left.size > 0)
    throw new Error(`${[...left.keys()].slice(0, 3).join(", ")} and so on (${left.size}) are not there`);
  return changed;
}
