// JSON: one array of objects, a record a line.
import type { NestingFormat } from "../../cells/row-writer.ts";
import { JsonObjectWriter } from "../json-objects.ts";
import { readOptions } from "../options.ts";
import { JsonArrayCounter } from "../row-counters.ts";

export const json: NestingFormat = {
  name: "json",
  mime: "application/json",
  extension: "json",
  plainNames: true,
  shape: "nested",
  counter: () => new JsonArrayCounter(false),
  writer: (table, options, context) => {
    readOptions("json", {}, options);
    const brackets = { head: "[\n", between: ",\n", after: "", tail: "\n]\n", empty: "[]\n" };
    return new JsonObjectWriter(table, brackets, context);
  },
};
