// CSV and TSV files as tables. A column has a type only where every value of the file reads as written in it.
import { createReadStream } from "node:fs";
import { createGunzip, createZstdDecompress } from "node:zlib";
import { ReaderError } from "../reader-process.ts";
import { type Reader, texts } from "./ask.ts";
import { TEXT } from "./dialect.ts";
import type { DataFile } from "./folder.ts";
import type { FileTable } from "./introspect.ts";
import { fieldTypeOf } from "./native-types.ts";
import { identifier, literal } from "./quote.ts";

/** So much of a file is read to see its delimiter and header. */
const HEAD = 1 << 18;
/** So many rows are tried for each type, before the types that fit are tried for all. */
const SAMPLE = 2_000;
const MOST_DIGITS = 38;

/** A type that a column may have: when its text is that type's canonical text, and how DuckDB calls it. */
interface Candidate {
  readonly native: string;
  readonly fits: (sql: string) => string;
}

const asWritten =
  (type: string, canonical = (sql: string) => sql) =>
  (sql: string): string =>
    `${canonical(`TRY_CAST(${sql} AS ${type})::VARCHAR`)} = ${sql}`;
const withT = (sql: string): string => `replace(${sql}, ' ', 'T')`;

/** The types besides decimals, the likeliest first. */
const CANDIDATES: readonly Candidate[] = [
  { native: "BIGINT", fits: asWritten("BIGINT") },
  { native: "BOOLEAN", fits: (sql) => `${sql} IN ('true', 'false')` },
  { native: "DATE", fits: (sql) => `length(${sql}) = 10 AND ${asWritten("DATE")(sql)}` },
  { native: "TIME", fits: asWritten("TIME") },
  { native: "TIMESTAMP", fits: (sql) => `length(${sql}) >= 19 AND ${asWritten("TIMESTAMP", withT)(sql)}` },
  {
    native: "TIMESTAMP WITH TIME ZONE",
    fits: (sql) => `length(${sql}) >= 20 AND ${asWritten("TIMESTAMP", (it) => `${withT(it)} || 'Z'`)(sql)}`,
  },
  { native: "UUID", fits: asWritten("UUID") },
];

/** Exact numbers: all digits as they are, no zeros in front, no negative zero. */
const DECIMAL = "'-?(0|[1-9][0-9]*)(\\.[0-9]+)?'";
const isDecimal = (sql: string): string =>
  `regexp_full_match(${sql}, ${DECIMAL}) AND NOT regexp_full_match(${sql}, '-[0.]+')`;

/** What is known of a file before its rows are. */
interface Layout {
  readonly delimiter: string;
  readonly names: readonly string[];
}

/** Reads the header, and finds each column's type. */
export async function csvTable(reader: Reader, file: DataFile): Promise<Pick<FileTable, "sql" | "columns" | "rows">> {
  const { delimiter, names } = layoutOf(await headOf(file), file.kind === "tsv" ? ["\t"] : [",", ";", "\t", "|"]);
  const from = (natives: readonly string[]): string => {
    const columns = natives.map((native, n) => `'c${n}': ${literal(native.endsWith(TEXT) ? "VARCHAR" : native)}`);
    return `read_csv(${literal(file.path)}, auto_detect = false, header = true, delim = ${literal(delimiter)}, quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false, strict_mode = true, hive_partitioning = false, compression = '${file.compression}', columns = {${columns.join(", ")}})`;
  };
  const { natives, missing, rows } = await typesOf(reader, names.length, from(names.map(() => "VARCHAR")));
  const columns = names.map((name, n) => ({
    name,
    ...fieldTypeOf(natives[n]!.replace(TEXT, "")),
    native: natives[n]!,
    nullable: missing[n]!,
    comment: null,
  }));
  const selected = names.map((name, n) => `c${n} AS ${identifier(name)}`);
  return { sql: `SELECT ${selected.join(", ")} FROM ${from(natives)}`, columns, rows };
}

/** The types of columns c0, c1, … of a relation of text: what fits the first rows is tried on all, until all fit. */
async function typesOf(
  reader: Reader,
  width: number,
  from: string,
): Promise<{ natives: string[]; missing: boolean[]; rows: number }> {
  const names = Array.from({ length: width }, (_, n) => `c${n}`);
  const open = new Map(names.map((name) => [name, [...CANDIDATES]]));
  const natives = new Map<string, string>();
  // Of the first rows: which types fit, and whether there is anything.
  const [sample = []] = await texts(
    reader,
    `SELECT ${names
      .flatMap((name) => [
        `count(${name})`,
        ...CANDIDATES.map((it) => `bool_and(${it.fits(name)})`),
        `bool_and(${isDecimal(name)})`,
      ])
      .join(", ")} FROM (FROM ${from} LIMIT ${SAMPLE})`,
  );
  const step = CANDIDATES.length + 2;
  const decimals = new Set<string>();
  names.forEach((name, n) => {
    const facts = sample.slice(n * step, (n + 1) * step);
    open.set(name, facts[0] === "0" ? [...CANDIDATES] : CANDIDATES.filter((_, k) => facts[k + 1] === "true"));
    if (facts[0] === "0" || facts[step - 1] === "true") decimals.add(name);
  });
  let missing: boolean[] | null = null;
  let rows = 0;
  for (;;) {
    const asked = names.filter((name) => !natives.has(name));
    if (asked.length === 0 && missing !== null) break;
    const questions = asked.flatMap((name) => {
      const [candidate] = open.get(name)!;
      if (candidate !== undefined) return [`bool_and(${candidate.fits(name)})`];
      if (!decimals.has(name)) return ["NULL"];
      const point = `strpos(${name}, '.')`;
      const scale = `CASE WHEN ${point} = 0 THEN 0 ELSE strlen(${name}) - ${point} END`;
      const whole = `strlen(${name}) - ${scale}`;
      return [
        `CASE WHEN bool_and(${isDecimal(name)}) THEN max(${whole}) || ' ' || min(${scale}) || ' ' || max(${scale}) END`,
      ];
    });
    // Missing values are counted once, for all columns.
    const counts = missing === null ? ["count(*)", ...names.map((name) => `count(${name})`)] : [];
    const [answers = []] = await texts(reader, `SELECT ${[...questions, ...counts].join(", ")} FROM ${from}`);
    if (missing === null) {
      rows = Number(answers[asked.length]);
      const its = answers.slice(asked.length + 1);
      missing = its.map((count) => Number(count) < rows);
      names.forEach((name, n) => {
        if (its[n] === "0") natives.set(name, "VARCHAR");
      });
    }
    asked.forEach((name, n) => {
      if (natives.has(name)) return;
      const candidates = open.get(name)!;
      const [candidate] = candidates;
      if (candidate === undefined) natives.set(name, decimalNative(answers[n] ?? null));
      else if (answers[n] === "true") natives.set(name, candidate.native);
      else candidates.shift();
    });
  }
  return { natives: names.map((name) => natives.get(name)!), missing, rows };
}

/** The decimal type of a column by its most digits before the point (a sign and the point among them) and its decimals. */
function decimalNative(facts: string | null): string {
  const [whole = 0, least = 0, most = 0] = facts?.split(" ").map(Number) ?? [];
  if (facts === null || whole + most > MOST_DIGITS) return "VARCHAR";
  const native = `DECIMAL(${MOST_DIGITS},${most})`;
  return least === most ? `DECIMAL(${Math.max(whole + most, 1)},${most})` : native + TEXT;
}

/** The delimiter that parts the first records best, and the names in the first one. */
function layoutOf(head: string, delimiters: readonly string[]): Layout {
  const text = head.replace(/^\ufeff/, "");
  if (text.trim() === "") throw new ReaderError("", "the file is empty, so it names no columns");
  const parted = delimiters.map((delimiter) => ({ delimiter, records: recordsOf(text, delimiter) }));
  const score = ({ records }: { records: readonly string[][] }): number => {
    const [first] = records;
    const same = records.filter((it) => it.length === first!.length).length;
    return first!.length === 1 ? 0 : same / records.length + first!.length / 1e6;
  };
  const best = parted.reduce((a, b) => (score(b) > score(a) ? b : a));
  return { delimiter: best.delimiter, names: unique(best.records[0]!) };
}

/** Names that are neither empty nor taken; DuckDB does not tell capitals from small letters. */
function unique(header: readonly string[]): string[] {
  const taken = new Set<string>();
  return header.map((name, n) => {
    const wanted = name === "" ? `column_${n + 1}` : name;
    let free = wanted;
    for (let k = 2; taken.has(free.toLowerCase()); k++) free = `${wanted}_${k}`;
    taken.add(free.toLowerCase());
    return free;
  });
}

/** The first records (RFC 4180). */
function recordsOf(text: string, delimiter: string, most = 50): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let field = "";
  let quoted = false;
  for (let i = 0; i <= text.length && records.length < most; i++) {
    const character = text[i];
    if (quoted && character !== undefined) {
      if (character !== '"') field += character;
      else if (text[i + 1] === '"') field += text[i++]!;
      else quoted = false;
    } else if (character === '"' && field === "") {
      quoted = true;
    } else if (character === delimiter || character === "\n" || character === undefined) {
      if (character === undefined && field === "" && record.length === 0) break;
      record.push(character === delimiter ? field : field.replace(/\r$/, ""));
      field = "";
      if (character === delimiter) continue;
      // What was cut off at the end of the head says nothing, unless it is all there is.
      if (character !== undefined || text.length < HEAD || records.length === 0) records.push(record);
      record = [];
    } else {
      field += character;
    }
  }
  return records;
}

/** The beginning of a file as text. */
async function headOf({ path, compression }: DataFile): Promise<string> {
  const file = createReadStream(path, compression === "none" ? { end: HEAD - 1 } : {});
  const unpack = compression === "gzip" ? createGunzip() : compression === "zstd" ? createZstdDecompress() : null;
  if (unpack !== null) file.on("error", (error) => unpack.destroy(error)).pipe(unpack);
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of (unpack ?? file) as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= HEAD) break;
    }
  } catch (error) {
    throw new ReaderError("", (error as Error).message);
  } finally {
    file.destroy();
  }
  const bytes = Buffer.concat(chunks).subarray(0, HEAD);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) throw new ReaderError("", "the file is UTF-16; save it as UTF-8");
  return bytes.toString("utf8");
}
