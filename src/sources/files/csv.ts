// CSV and TSV files as tables. A column has a type only where every value of the file reads as written in it.
import { ReaderError } from "../reader-process.ts";
import type { Reader } from "./ask.ts";
import type { DataFile } from "./folder.ts";
import { HEAD, headOf } from "./head.ts";
import type { Found } from "./introspect.ts";
import { fieldTypeOf } from "./native-types.ts";
import { identifier, literal } from "./quote.ts";
import { CANDIDATES, TEXT, typesOf, unique } from "./text-types.ts";

/** Bytes that DuckDB reads at once; several such are in memory. A record must fit. */
const BUFFER = 8_000_000;

/** What is known of a file before its rows are. */
interface Layout {
  readonly delimiter: string;
  readonly names: readonly string[];
}

/** Reads the header, and finds each column's type. */
export async function csvTable(reader: Reader, file: DataFile): Promise<Found> {
  const { delimiter, names } = layoutOf(await headOf(file), file.kind === "tsv" ? ["\t"] : [",", ";", "\t", "|"]);
  const from = (natives: readonly string[]): string => {
    const columns = natives.map((native, n) => `'c${n}': ${literal(native.endsWith(TEXT) ? "VARCHAR" : native)}`);
    return `read_csv(${literal(file.path)}, auto_detect = false, header = true, delim = ${literal(delimiter)}, quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false, strict_mode = true, hive_partitioning = false, buffer_size = ${BUFFER}, compression = '${file.compression}', columns = {${columns.join(", ")}})`;
  };
  const { natives, missing, rows, rises } = await typesOf(
    reader,
    names.map(() => CANDIDATES),
    from(names.map(() => "VARCHAR")),
    names.map(() => true),
    true,
  );
  const columns = names.map((name, n) => ({
    name,
    ...fieldTypeOf(natives[n]!.replace(TEXT, "")),
    native: natives[n]!,
    nullable: missing[n]!,
    comment: null,
  }));
  const selected = names.map((name, n) => `c${n} AS ${identifier(name)}`);
  return { sql: `SELECT ${selected.join(", ")} FROM ${from(natives)}`, columns, rows, firstRises: rises };
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
