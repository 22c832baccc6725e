// XML: a record's element for each row, and in it one for each column; on request made into something else by XSLT.
import type { TabularFormat } from "../../cells/row-writer.ts";
import { sentence } from "../../lib/sentence.ts";
import { anyText, type OptionKind, readOptions, yesOrNo } from "../options.ts";
import { ElementCounter } from "../row-counters.ts";
import { isXmlName } from "./names.ts";
import { XmlWriter } from "./rows.ts";
import { transformed } from "./xslt/transform.ts";

const xmlName: OptionKind<string> = {
  expected: sentence`a name of XML without a colon`,
  read: (input) => (typeof input === "string" && isXmlName(input) ? input : undefined),
};

const OPTIONS = { root: xmlName, row: xmlName, declaration: yesOrNo, xslt: anyText };

export const xml: TabularFormat = {
  name: "xml",
  mime: "application/xml",
  extension: "xml",
  plainNames: true,
  shape: "table",
  counter: () => new ElementCounter(),
  writer: (table, options, context) => {
    const { root = "records", row = "record", declaration = true, xslt } = readOptions("xml", OPTIONS, options);
    const writer = new XmlWriter(table, { root, row, declaration }, context);
    if (xslt === undefined) return writer;
    return Object.assign(writer, {
      convert: (content: AsyncIterable<Uint8Array>, signal: AbortSignal) => transformed(content, xslt, signal),
    });
  },
};
