// The data files of a folder: which they are, what they are called, and whether they are still the same.
import { readdir, realpath, stat } from "node:fs/promises";
import { basename, join, sep } from "node:path";
import { failure } from "../../lib/errors.ts";

/** What is in a file. */
export type FileKind = "csv" | "tsv" | "json" | "ndjson" | "parquet";

/** A file that is a table. */
export interface DataFile {
  /** The table's name: the file's without its suffix, or with it where two files would be called the same. */
  readonly name: string;
  /** Where it is, with all links followed. */
  readonly path: string;
  readonly kind: FileKind;
  readonly compression: "none" | "gzip" | "zstd";
  /** Its place on the disk, size and times: other ones when it was written to or replaced. */
  readonly stamp: string;
  /** In bytes, as it lies there. */
  readonly size: number;
}

const SUFFIX = /\.(csv|tsv|json|ndjson|jsonl|parquet)(\.gz|\.zst)?$/i;
const COMPRESSION = { ".gz": "gzip", ".zst": "zstd" } as const;

/**
 * The data files of a folder, by name. Hidden files, sub-folders and links that lead out of the folder are left out.
 * @throws failure `source-unreachable`
 */
export async function dataFilesOf(folder: string, label: string): Promise<DataFile[]> {
  try {
    const root = await realpath(folder);
    const names = (await readdir(root)).filter((name) => !name.startsWith(".") && SUFFIX.test(name)).toSorted();
    const found = await Promise.all(names.map((name) => dataFile(root, name)));
    return named(found.filter((it) => it !== null));
  } catch (cause) {
    const isFile = (cause as NodeJS.ErrnoException).code === "ENOTDIR";
    throw failure("source-unreachable", isFile ? `${label} is no folder.` : `Cannot open ${label}.`, {
      hint: isFile ? "Name the folder that the file is in." : "Check that the folder exists and may be read.",
      cause,
    });
  }
}

async function dataFile(root: string, name: string): Promise<DataFile | null> {
  const [, suffix = "", packed = ""] = SUFFIX.exec(name)?.map((it) => it?.toLowerCase() ?? "") ?? [];
  const kind = suffix === "jsonl" ? "ndjson" : (suffix as FileKind);
  if (kind === "parquet" && packed !== "") return null;
  const path = await realpath(join(root, name)).catch(() => null);
  if (path === null || !path.startsWith(root === sep ? sep : root + sep)) return null;
  const facts = await stat(path);
  if (!facts.isFile()) return null;
  const compression = packed === "" ? "none" : COMPRESSION[packed as keyof typeof COMPRESSION];
  return { name, path, kind, compression, stamp: await stampOf(path), size: facts.size };
}

/** Names without suffixes, where they are not taken; DuckDB does not tell capitals from small letters. */
function named(files: readonly DataFile[]): DataFile[] {
  const bare = (file: DataFile): string => file.name.replace(SUFFIX, "");
  const counts = Map.groupBy(files, (file) => bare(file).toLowerCase());
  const taken = new Set<string>();
  return files.map((file) => {
    const wanted = counts.get(bare(file).toLowerCase())!.length === 1 ? bare(file) : file.name;
    let name = wanted;
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${wanted}_${n}`;
    taken.add(name.toLowerCase());
    return { ...file, name };
  });
}

async function stampOf(path: string): Promise<string> {
  const { dev, ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
  return [dev, ino, size, mtimeNs, ctimeNs].join(" ");
}

/**
 * Makes sure that files are what they were when they were found.
 * @throws failure `source-changed`
 */
export async function checkUnchanged(files: readonly DataFile[]): Promise<void> {
  for (const { path, stamp } of files) {
    if ((await stampOf(path).catch(() => "")) === stamp) continue;
    throw failure("source-changed", `The file ${basename(path)} has changed since the export began.`, {
      hint: "Run the export again.",
    });
  }
}
