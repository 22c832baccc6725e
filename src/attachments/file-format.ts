// What kind of file a name tells: fastq for `Sample 1_R1.FASTQ.GZ`.

/** The kinds by which files are chosen (IN3). */
export const FILE_FORMATS = [
  "fasta",
  "fastq",
  "text",
  "csv",
  "tsv",
  "spreadsheet",
  "json",
  "genbank",
  "image",
  "pdf",
  "unknown",
] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

/** Suffixes of each kind, without the dot, in lower case. */
const SUFFIXES: Readonly<Record<Exclude<FileFormat, "unknown">, readonly string[]>> = {
  fasta: ["fasta", "fa", "fna", "faa", "ffn", "frn", "fas", "fsa", "mpfa", "afa", "seq"],
  fastq: ["fastq", "fq"],
  text: ["txt", "text", "log", "md", "rtf", "readme", "out", "err"],
  csv: ["csv"],
  tsv: ["tsv", "tab"],
  spreadsheet: ["xlsx", "xls", "xlsm", "xlsb", "ods", "fods", "numbers"],
  json: ["json", "jsonl", "ndjson", "geojson"],
  genbank: ["gbk", "gb", "gbf", "gbff", "genbank"],
  image: ["png", "jpg", "jpeg", "jpe", "gif", "bmp", "tif", "tiff", "webp", "svg", "heic", "heif", "avif", "ico"],
  pdf: ["pdf"],
};

const BY_SUFFIX = new Map<string, FileFormat>(
  Object.entries(SUFFIXES).flatMap(([format, suffixes]) => suffixes.map((it) => [it, format as FileFormat] as const)),
);

/** What a file is wrapped in does not tell what it is. */
const PACKED = new Set(["gz", "gzip", "bgz", "bgzf", "bz2", "xz", "zst", "zstd", "lz4", "lzma", "z", "zip", "br"]);

/** Names without a suffix that are text by custom. */
const TEXT_NAMES = new Set(["readme", "licence", "license", "changelog", "notes", "makefile"]);

/**
 * The kind that a file's name tells. Capitals, spaces at the ends, and suffixes of compression do not matter, nor what
 * people and programs put behind a name (`report.csv (1)`, `reads.fastq~`).
 */
export function fileFormat(name: string): FileFormat {
  const bare = name
    .normalize("NFKC")
    .trim()
    .toLowerCase()
    .replace(/(?: ?\(\d+\)|~|\.(?:bak|orig|old|tmp))+$/, "");
  const parts = bare.slice(Math.max(bare.lastIndexOf("/"), bare.lastIndexOf("\\")) + 1).split(".");
  while (parts.length > 1 && PACKED.has(parts.at(-1)!.trim())) parts.pop();
  if (parts.length === 1) return TEXT_NAMES.has(parts[0]!.trim()) ? "text" : "unknown";
  return BY_SUFFIX.get(parts.at(-1)!.trim()) ?? "unknown";
}
