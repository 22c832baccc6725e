// Reads exported files back, with none of Waybill's own code: so that what the demo says of them is a second opinion.
import { readFileSync } from "node:fs";
import { crc32, gunzipSync, inflateRawSync, zstdDecompressSync } from "node:zlib";
import { DuckDBConnection } from "@duckdb/node-api";
import { read, utils } from "xlsx";

/** A record of a file; each value as its format gives it. */
type ReadRecord = Readonly<Record<string, unknown>>;

/** The records of each table in a file, by the table's file name or the sheet's. */
export type ReadTables = ReadonlyMap<string, readonly ReadRecord[]>;

/**
 * Reads an exported file, whatever it is wrapped in.
 * @throws Error when it is not what its suffix says.
 */
export async function readBack(file: string): Promise<ReadTables> {
  const bytes = readFileSync(file);
  const name = file.slice(file.lastIndexOf("/") + 1);
  if (name.endsWith(".xlsx") || name.endsWith(".ods")) return sheets(bytes);
  if (name.endsWith(".parquet")) return new Map([[name, await parquetRecords(file)]]);
  if (name.endsWith(".zip")) {
    const entries = unzipped(bytes).filter((entry) => !DESCRIPTORS.has(entry.name));
    return new Map(entries.map((entry) => [entry.name, recordsOf(entry)]));
  }
  if (name.endsWith(".gz")) return single(name.slice(0, -3), gunzipSync(bytes));
  if (name.endsWith(".zst")) return single(name.slice(0, -4), zstdDecompressSync(bytes));
  return single(name, bytes);
}

/** What an archive holds besides data. */
const DESCRIPTORS: ReadonlySet<string> = new Set(["README.txt", "datapackage.json"]);

/** The sheets of a workbook, by SheetJS. */
function sheets(bytes: Buffer): ReadTables {
  const { SheetNames, Sheets } = read(bytes, { dense: true });
  return new Map(SheetNames.map((name) => [name, utils.sheet_to_json<ReadRecord>(Sheets[name]!)]));
}

/** The rows of a Parquet file, by DuckDB. */
async function parquetRecords(file: string): Promise<ReadRecord[]> {
  const connection = await DuckDBConnection.create();
  const result = await connection.runAndReadAll("SELECT * FROM read_parquet($1)", [file]);
  connection.closeSync();
  return result.getRowObjectsJson();
}

interface Entry {
  readonly name: string;
  readonly bytes: Buffer;
}

function single(name: string, bytes: Buffer): ReadTables {
  return new Map([[name, recordsOf({ name, bytes })]]);
}

function recordsOf({ name, bytes }: Entry): ReadRecord[] {
  // The byte order mark goes; bytes that are no UTF-8 are refused.
  const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  if (name.endsWith(".ndjson"))
    return text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as ReadRecord);
  if (name.endsWith(".json")) return fromJson(JSON.parse(text) as unknown[]);
  if (name.endsWith(".xml")) return fromXml(text);
  if (name.endsWith(".tsv")) return named(delimited(text, "\t"));
  const header = text.slice(0, text.indexOf("\n"));
  return named(delimited(text, header.includes(";") ? ";" : ","));
}

/** An array of objects, or of arrays with the header first. */
function fromJson(rows: readonly unknown[]): ReadRecord[] {
  return Array.isArray(rows[0]) ? named(rows as unknown[][]) : (rows as ReadRecord[]);
}

/** The elements below the root, each with its own elements as values. */
function fromXml(text: string): ReadRecord[] {
  return [...text.matchAll(/<record>(.*?)<\/record>/gsu)].map(([, record = ""]) =>
    Object.fromEntries([...record.matchAll(/<([^ >/]+)>(.*?)<\/\1>/gsu)].map(([, name, value]) => [name, value])),
  );
}

function named([header = [], ...rows]: readonly (readonly unknown[])[]): ReadRecord[] {
  return rows.map((row, n) => {
    if (row.length !== header.length)
      throw new Error(`Record ${n + 1} has ${row.length} values for ${header.length} columns.`);
    return Object.fromEntries(header.map((name, column) => [String(name), row[column]]));
  });
}

/** Delimited text (RFC 4180): values in quotes may hold delimiters and line ends, and doubled quotes. */
function delimited(text: string, delimiter: string): string[][] {
  const value = new RegExp(`(?:"((?:[^"]|"")*)"|([^"${delimiter}\\r\\n]*))(${delimiter}|\\r?\\n|$)`, "y");
  const rows: string[][] = [];
  let row: string[] = [];
  while (value.lastIndex < text.length) {
    const at = value.lastIndex;
    const found = value.exec(text);
    if (found === null) throw new Error(`No value can be read at character ${at}.`);
    const [, inQuotes, plain = "", end] = found;
    row.push(inQuotes?.replaceAll('""', '"') ?? plain);
    if (end === delimiter) continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** The files of a zip by its central directory (PKWARE APPNOTE 6.3.10, sections 4.3.12 and 4.3.16). */
function unzipped(zip: Buffer): Entry[] {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0) throw new Error("The zip has no directory.");
  const entries: Entry[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let n = 0; n < zip.readUInt16LE(end + 10); n++) {
    const nameEnd = at + 46 + zip.readUInt16LE(at + 28);
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = inflateRawSync(zip.subarray(start, start + zip.readUInt32LE(at + 20)));
    if (bytes.length !== zip.readUInt32LE(at + 24)) throw new Error("A file in the zip has another size than it says.");
    if (crc32(bytes) !== zip.readUInt32LE(at + 16))
      throw new Error("A file in the zip has another checksum than it says.");
    entries.push({ name: zip.toString("utf8", at + 46, nameEnd), bytes });
    at = nameEnd + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}
