// CSV and TSV files as tables. A column has a type only where every value of the file is canonical text of that type.
import { basename } from "node:path";
import type { DataFile } from "../folder.ts";
import { HEAD, headOf } from "../head.ts";
import type { Found } from "../introspect.ts";
import { fieldTypeOf } from "../native-types.ts";
import { identifier, literal } from "../quote.ts";
import { TEXT } from "../text-types.ts";
import { layoutOf } from "./layout.ts";
import { lookInto } from "./look.ts";
import { nativeOf } from "./native.ts";
import { MOST_SIZE } from "./records.ts";
import type { Rising } from "./rising.ts";
import type { CsvThreads } from "./thread.ts";

/** Reads the header, and finds each column's type. */
export async function csvTable(file: DataFile, threads: CsvThreads): Promise<Found> {
  const head = await headOf(file);
  const delimiters = file.kind === "tsv" ? ["\t"] : [",", ";", "\t", "|"];
  const layout = layoutOf(basename(file.path), head, head.length < HEAD, delimiters);
  const { names, delimiter, skipped } = layout;
  const { rows, columns: found, rising } = await lookInto(file, layout, threads);
  const natives = found.map(nativeOf);
  const options = [
    `auto_detect = false, header = true, delim = ${literal(delimiter)}, quote = '"', escape = '"', nullstr = '', skip = ${skipped}`,
    `allow_quoted_nulls = false, strict_mode = true, hive_partitioning = false, buffer_size = ${MOST_SIZE}`,
    `compression = '${file.compression}'`,
    `columns = {${natives.map((native, n) => `'c${n}': ${literal(native.endsWith(TEXT) ? "VARCHAR" : native)}`).join(", ")}}`,
  ];
  const selected = names.map((name, n) => `c${n} AS ${identifier(name)}`);
  return {
    sql: `SELECT ${selected.join(", ")} FROM read_csv(${literal(file.path)}, ${options.join(", ")})`,
    columns: names.map((name, n) => ({
      name,
      ...fieldTypeOf(natives[n]!.replace(TEXT, "")),
      native: natives[n]!,
      nullable: found[n]!.missing,
      comment: null,
    })),
    rows,
    firstRises: risesAs(natives[0]!, rising),
    layout,
  };
}

/** Whether the first column rises, where the order of its type is that of its text. */
function risesAs(native: string, { asText, asIntegers }: Rising): boolean | null {
  if (native === "BIGINT") return asIntegers;
  return native === "TIMESTAMP WITH TIME ZONE" || native.startsWith("DECIMAL") ? null : asText;
}
