// Tab-separated values, with the quoting rules of CSV for values that hold a tab, a quote or a line end.
import type { TabularFormat } from "../../cells/row-writer.ts";
import { DelimitedWriter } from "../delimited.ts";
import { anyText, oneOf, readOptions, yesOrNo } from "../options.ts";
import { DelimitedCounter } from "../row-counters.ts";

const OPTIONS = {
  header: yesOrNo,
  bom: yesOrNo,
  quote: oneOf("auto", "all"),
  null: anyText,
  newline: oneOf("lf", "crlf"),
  formulaGuard: yesOrNo,
};

export const tsv: TabularFormat = {
  name: "tsv",
  mime: "text/tab-separated-values",
  extension: "tsv",
  shape: "table",
  counter: (dialect) => new DelimitedCounter(dialect["header"] !== false),
  writer: (table, options, context) => {
    const asked = readOptions("tsv", OPTIONS, options);
    const style = {
      delimiter: "\t",
      header: asked.header ?? true,
      bom: asked.bom ?? false,
      quote: asked.quote ?? "auto",
      null: asked.null ?? "",
      newline: asked.newline === "crlf" ? "\r\n" : "\n",
      formulaGuard: asked.formulaGuard ?? false,
    } as const;
    return new DelimitedWriter(table, style, context);
  },
};
