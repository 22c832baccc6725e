// XML as written: what is escaped, what is counted, what options do.
import { expect, it } from "vitest";
import { textBatch } from "../../../test/setup/batch.ts";
import { Output } from "../../cells/output.ts";
import { Problems } from "../../cells/problems.ts";
import type { FormatOptions, RowWriter } from "../../cells/row-writer.ts";
import { xml } from "./xml.ts";

function writerOf(names: readonly string[], options: FormatOptions, problems = new Problems()): RowWriter {
  const columns = names.map((name, n) => ({ name, path: [name], type: "text" as const, cell: n }));
  return xml.writer({ name: "t", columns, groups: [], lists: [] }, options, { zone: null, language: "en", problems });
}

/** The content of the only cell of a row. */
async function cell(text: string | null, problems = new Problems()): Promise<string> {
  const out = new Output(4);
  await writerOf(["c"], {}, problems).rows(textBatch([[text]]), 0, 1, out);
  return Buffer.from(out.written()).toString("utf8").slice("<record>".length, -"</record>\n".length);
}

it.each([
  [null, '<c xsi:nil="true"/>'],
  ["", "<c></c>"],
  [" ", "<c> </c>"],
  ["a<b>&c]]>", "<c>a&lt;b&gt;&amp;c]]&gt;</c>"],
  ["\"'", "<c>\"'</c>"],
  ["\t\n\r\r\n", "<c>\t\n&#13;&#13;\n</c>"],
  ["\u007f\u0085\u2028", "<c>\u007f\u0085\u2028</c>"],
  ["\ufeff＝\uf000\ufffd", "<c>\ufeff＝\uf000\ufffd</c>"],
  [`${"x".repeat(100)}&${"é".repeat(100)}`, `<c>${"x".repeat(100)}&amp;${"é".repeat(100)}</c>`],
])("%j is written %s, and is no problem", async (text, element) => {
  const problems = new Problems();
  expect(await cell(text, problems)).toBe(element);
  expect(problems.list()).toEqual([]);
});

it.each([
  ["\u0000\u0001\u001f", "<c>␀␁␟</c>"],
  ["a\u0008b", "<c>a␈b</c>"],
  ["\ufffe\uffff", "<c>\ufffd\ufffd</c>"],
  [`${"x".repeat(100)}\u000b&`, `<c>${"x".repeat(100)}␋&amp;</c>`],
])("%j is written %s, and is counted once", async (text, element) => {
  const problems = new Problems();
  expect(await cell(text, problems)).toBe(element);
  expect(problems.list()).toEqual([{ code: "control-character", column: "c", count: 1 }]);
});

it("writes the document that PostgreSQL's table_to_xml would, and counts each name that it had to change", async () => {
  const problems = new Problems();
  const writer = writerOf(["id", "a b"], {}, problems);
  const out = new Output(4);
  writer.head(out);
  await writer.rows(
    textBatch([
      ["1", null],
      ["2", "x"],
    ]),
    0,
    2,
    out,
  );
  await writer.tail(out);
  expect(Buffer.from(out.written()).toString("utf8")).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n<records xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n' +
      '<record><id>1</id><a_x0020_b xsi:nil="true"/></record>\n<record><id>2</id><a_x0020_b>x</a_x0020_b></record>\n' +
      "</records>\n",
  );
  expect(problems.list()).toEqual([{ code: "name-encoded", column: "a b", count: 1 }]);
});

it.each<[FormatOptions, RegExp]>([
  [{ root: "a:b" }, /The option root of xml cannot be "a:b"/],
  [{ root: "" }, /The option root of xml cannot be ""/],
  [{ row: "1" }, /The option row of xml cannot be "1"/],
  [{ row: "a><b" }, /The option row of xml/],
  [{ row: 7 }, /The option row of xml cannot be 7/],
  [{ declaration: "perhaps" }, /The option declaration of xml/],
  [{ xslt: true }, /The option xslt of xml cannot be true/],
])("refuses %j", (options, message) => {
  expect(() => writerOf(["c"], options)).toThrow(message);
});
