// Formats by the names that people know.
const NAMES: Readonly<Record<string, string>> = {
  "text/csv": "CSV",
  "text/tab-separated-values": "TSV",
  "application/x-ndjson": "NDJSON",
  "application/json": "JSON",
  "application/json; profile=rows": "JSON (rows)",
  "application/xml": "XML",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
  "application/vnd.oasis.opendocument.spreadsheet": "ODS",
  "application/vnd.apache.parquet": "Parquet",
  "application/zip": "ZIP",
  "application/gzip": "GZIP",
  "application/zstd": "ZSTD",
  "text/plain": "TXT",
};

/** @param mime a MIME type, or the name of a format */
export function formatName(mime: string): string {
  if (mime === "json-rows") return NAMES["application/json; profile=rows"]!;
  return NAMES[mime.toLowerCase()] ?? NAMES[mime.split(";", 1)[0]!.toLowerCase()] ?? mime.toUpperCase();
}
