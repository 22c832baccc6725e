// All formats by name. A further format is a folder here and a line below.
import type { Format } from "../cells/row-writer.ts";
import { atPlace, usageError, WaybillError } from "../lib/errors.ts";
import { sentence } from "../lib/sentence.ts";
import { suggest } from "../lib/suggest.ts";
import { csv } from "./csv/csv.ts";
import { json } from "./json/json.ts";
import { jsonRows } from "./json-rows/json-rows.ts";
import { ndjson } from "./ndjson/ndjson.ts";
import { ods } from "./ods/ods.ts";
import { parquet } from "./parquet/parquet.ts";
import { tsv } from "./tsv/tsv.ts";
import { xlsx } from "./xlsx/xlsx.ts";
import { xml } from "./xml/xml.ts";

export const formats: readonly Format[] = [csv, tsv, ndjson, json, jsonRows, xml, xlsx, ods, parquet];

/**
 * The format of a name (`csv`) or MIME type (`text/csv`).
 * @throws usageError `unknown-format`
 */
export function formatNamed(name: string): Format {
  const format = formats.find((it) => it.name === name || it.mime === name);
  if (format !== undefined) return format;
  throw usageError("unknown-format", sentence`There is no format "${name}".`, {
    hint: suggest(
      name,
      formats.map((it) => it.name),
    ),
  });
}

/** The same, refused at a place of a template. */
export function formatAt(name: string, pointer: string): Format {
  try {
    return formatNamed(name);
  } catch (error) {
    if (!(error instanceof WaybillError)) throw error;
    throw atPlace(pointer, error);
  }
}
