// JSON and NDJSON files as tables: a column for each name that any of the records has.
import { basename } from "node:path";
import { ReaderError } from "../reader-process.ts";
import { type Reader, texts } from "./ask.ts";
import { headOf, lineOf } from "./head.ts";
import type { DataFile } from "./folder.ts";
import { fieldTypeOf } from "./native-types.ts";
import { identifier, literal } from "./quote.ts";
import type { Found } from "./introspect.ts";
import { CANDIDATES, NUMBERS, TEXT, TIMES, typesOf, unique } from "./text-types.ts";

/** Looks into a file; one that is broken is refused by the line, or the record of an array, that is broken. */
export async function jsonTable(reader: Reader, file: DataFile): Promise<Found> {
  try {
    return await lookInto(reader, file);
  } catch (error) {
    // DuckDB counts the records, from 2, and calls them lines.
    const [, record, what] =
      /Malformed JSON in file "[^"]*", at byte \d+ in line (\d+): ([^\n]*)/.exec(String(error)) ?? [];
    if (record === undefined) throw error;
    const line = await lineOf(file, Number(record) - 1);
    throw new ReaderError("", `line ${line} of ${basename(file.path)}: ${what!.replace(/[.\s]+$/, "")}`);
  }
}

/** Reads the names and finds the types of their values, in all records. */
async function lookInto(reader: Reader, file: DataFile): Promise<Found> {
  const isArray = (await headOf(file))
    .toString("utf8")
    .replace(/^\ufeff/, "")
    .trimStart()
    .startsWith("[");
  const records = `read_json_objects(${literal(file.path)}, format = '${isArray ? "array" : "newline_delimited"}', hive_partitioning = false, compression = '${file.compression === "none" ? "uncompressed" : file.compression}')`;
  const others = await texts(
    reader,
    `SELECT n FROM (SELECT row_number() OVER () AS n, json FROM ${records}) WHERE json IS NULL OR json_type(json) <> 'OBJECT' LIMIT 1`,
  );
  if (others.length > 0) throw new ReaderError("", `record ${others[0]![0]} is no object`);
  const names = (
    await texts(
      reader,
      `SELECT name FROM (SELECT n, unnest(names) AS name, generate_subscripts(names, 1) AS place
        FROM (SELECT row_number() OVER () AS n, json_keys(json) AS names FROM ${records}))
        GROUP BY name ORDER BY min(n), min(place)`,
    )
  ).map(([name]) => name ?? "");
  if (names.length === 0) throw new ReaderError("", "the file has no records, so it names no columns");

  // A JSON null is a missing value.
  const member = (name: string): string => `NULLIF(waybill_member(json, ${literal(name)}), 'null')`;
  const members = `(SELECT ${names.map((name, n) => `${member(name)} AS m${n}`).join(", ")} FROM ${records})`;
  const [kinds = []] = await texts(
    reader,
    `SELECT ${names.map((_, n) => `string_agg(DISTINCT ${KIND(`m${n}`)}, '')`).join(", ")} FROM ${members}`,
  );
  const values = names.map((_, n) => (kinds[n] === "s" ? `m${n} ->> '$' AS c${n}` : `m${n} AS c${n}`));
  const from = `(SELECT ${values.join(", ")} FROM ${members})`;
  const candidates = kinds.map((kind) =>
    kind === "s" ? TIMES : kind === "n" ? NUMBERS : kind === "b" ? CANDIDATES : [],
  );
  const found = await typesOf(
    reader,
    candidates,
    from,
    kinds.map((kind) => kind === "n"),
  );
  // Numbers with exponents, and values of several kinds, stay JSON.
  const natives = found.natives.map((native, n) => (native === "VARCHAR" && kinds[n] !== "s" ? "JSON" : native));
  const free = unique(names);
  return {
    sql: `SELECT ${free.map((name, n) => `CAST(c${n} AS ${natives[n]!.endsWith(TEXT) ? "VARCHAR" : natives[n]!}) AS ${identifier(name)}`).join(", ")} FROM ${from}`,
    rows: found.rows,
    firstRises: found.rises,
    layout: null,
    columns: free.map((name, n) => ({
      name,
      ...fieldTypeOf(natives[n]!.replace(TEXT, "")),
      native: natives[n]!,
      nullable: found.missing[n]!,
      comment: null,
    })),
  };
}

/** What a value is, by the first letter of its text: a string, a number, a boolean, or something else. */
const KIND = (sql: string): string =>
  `CASE WHEN ${sql} IS NULL THEN NULL WHEN left(${sql}, 1) = '"' THEN 's' WHEN ${sql} IN ('true', 'false') THEN 'b' WHEN left(${sql}, 1) IN ('{', '[') THEN 'j' ELSE 'n' END`;
