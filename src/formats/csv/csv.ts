// CSV (RFC 4180).
import type { FormatOptions, TabularFormat } from "../../cells/row-writer.ts";
import { type Delimited, DelimitedWriter } from "../delimited.ts";
import { anyText, character, oneOf, readOptions, yesOrNo } from "../options.ts";
import { DelimitedCounter } from "../row-counters.ts";

const OPTIONS = {
  delimiter: character,
  header: yesOrNo,
  bom: yesOrNo,
  quote: oneOf("auto", "all"),
  null: anyText,
  newline: oneOf("lf", "crlf"),
  formulaGuard: yesOrNo,
  preset: oneOf("excel"),
};

/** Languages whose spreadsheets expect a semicolon, since the comma is their decimal mark. */
const SEMICOLON = new Set(["fr", "de", "es", "it", "nl", "pt", "pl", "sv", "da", "nb", "fi", "cs", "tr", "ru"]);

export const csv: TabularFormat = {
  name: "csv",
  mime: "text/csv",
  extension: "csv",
  shape: "table",
  counter: (dialect) => new DelimitedCounter(dialect["header"] !== false),
  writer: (table, options, context) => new DelimitedWriter(table, csvStyle(options, context.language), context),
};

/** The look that options ask for; `preset: excel` stands for what Excel opens without questions. */
function csvStyle(options: FormatOptions, language: string): Delimited {
  const asked = readOptions("csv", OPTIONS, options);
  const excel = asked.preset === "excel";
  const local = SEMICOLON.has(language.slice(0, 2).toLowerCase()) ? ";" : ",";
  return {
    delimiter: asked.delimiter ?? (excel ? local : ","),
    header: asked.header ?? true,
    bom: asked.bom ?? excel,
    quote: asked.quote ?? "auto",
    null: asked.null ?? "",
    newline: (asked.newline ?? (excel ? "crlf" : "lf")) === "crlf" ? "\r\n" : "\n",
    formulaGuard: asked.formulaGuard ?? excel,
  };
}
