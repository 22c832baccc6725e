// What kind of file an attachment is, as far as its name tells.

/** The kinds in the order in which they are offered. */
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

const SUFFIXES: Readonly<Record<Exclude<FileFormat, "unknown">, string>> = {
  fasta: "fasta fa fas fna ffn faa frn fsa fsta mfa mpfa afa afasta",
  fastq: "fastq fq fastqsanger fastqillumina fastqsolexa fastqcssanger",
  text: "txt text log md markdown rst rtf asc",
  csv: "csv",
  tsv: "tsv tab",
  spreadsheet: "xls xlsx xlsm xlsb xlt xltx xltm ods fods ots sxc numbers gnumeric",
  json: "json jsonl ndjson ldjson geojson topojson jsonld",
  genbank: "gb gbk gbf gbff genbank gp gpf gpff",
  image: "png apng jpg jpeg jpe jfif jp2 gif bmp dib tif tiff webp avif heic heif svg svgz ico psd dng",
  pdf: "pdf",
};

const BY_SUFFIX: ReadonlyMap<string, FileFormat> = new Map(
  Object.entries(SUFFIXES).flatMap(([format, suffixes]) =>
    suffixes.split(" ").map((suffix): [string, FileFormat] => [suffix, format as FileFormat]),
  ),
);

/** Suffixes of compressed files, which stand behind the one that tells the kind; there may be several. */
const COMPRESSED = new Set("gz gzip bgz bgzf bz2 xz lzma zst zstd lz4 br z zip 7z".split(" "));

/** A name in parts: `a/b/Reads_R1.FASTQ.gz (2)` is `Reads_R1`, `fastq`, `gz`. */
export interface NameParts {
  readonly stem: string;
  /** In small letters, without the dot; empty where there is none. */
  readonly suffix: string;
  /** In small letters, the last first; empty where it is not compressed. */
  readonly compression: string;
}

/** Takes the name of a file, with or without folders, apart. */
export function nameParts(name: string): NameParts {
  let stem = tidy(name.slice(Math.max(name.lastIndexOf("/"), name.lastIndexOf("\\")) + 1));
  const compressed: string[] = [];
  for (;;) {
    const dot = stem.lastIndexOf(".");
    const suffix =
      dot < 0
        ? ""
        : stem
            .slice(dot + 1)
            .trim()
            .toLowerCase();
    const before = dot < 0 ? stem : stem.slice(0, dot);
    if (!COMPRESSED.has(suffix)) return { stem: before.trim(), suffix, compression: compressed.join(".") };
    compressed.push(suffix);
    stem = tidy(before);
  }
}

/** A name without what programs and people leave at its end: spaces, dots, the number of a copy (`reads.fastq (2)`). */
function tidy(name: string): string {
  let end = name.length;
  for (;;) {
    while (end > 0 && /[\s.~]/.test(name[end - 1]!)) end--;
    const [copy] = /\(\d{1,4}\)$/.exec(name.slice(Math.max(0, end - 6), end)) ?? [];
    if (copy === undefined) return name.slice(0, end);
    end -= copy.length;
  }
}

/**
 * The kind of a file by its name, whatever its capitals and compression; `unknown` where the name does not tell. Nothing
 * is read of the file itself.
 */
export function fileFormat(name: string): FileFormat {
  return BY_SUFFIX.get(nameParts(name).suffix) ?? "unknown";
}
