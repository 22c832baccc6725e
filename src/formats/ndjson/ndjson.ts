// Newline-delimited JSON: one object a line.
import type { NestingFormat } from "../../cells/row-writer.ts";
import { JsonObjectWriter } from "../json-objects.ts";
import { readOptions } from "../options.ts";
import { LineCounter } from "../row-counters.ts";

export const ndjson: NestingFormat = {
  name: "ndjson",
  mime: "application/x-ndjson",
  extension: "ndjson",
  plainNames: true,
  shape: "nested",
  counter: () => new LineCounter(),
  writer: (table, options, context) => {
    readOptions("ndjson", {}, options);
    return new JsonObjectWriter(table, { head: "", between: "", after: "\n", tail: "", empty: "" }, context);
  },
};
