import { expect, it } from "vitest";
import { Output } from "../../cells/output.ts";
import { writeAttribute, writeParagraphs } from "./paragraphs.ts";

const BETWEEN = "</text:p><text:p>";

function paragraphs(text: string): [xml: string, odd: boolean] {
  const bytes = Buffer.from(text);
  const out = new Output(4);
  const odd = writeParagraphs(bytes, 0, bytes.length, out);
  return [Buffer.from(out.written()).toString(), odd];
}

it.each([
  ["one two", "one two", false],
  [" a  b   c ", `<text:s/>a<text:s text:c="2"/>b<text:s text:c="3"/>c<text:s/>`, false],
  ["a\t b", "a<text:tab/><text:s/>b", false],
  ["a \nb", `a<text:s/>${BETWEEN}b`, false],
  ["a\rb\r\nc\n\r", `a${BETWEEN}b${BETWEEN}c${BETWEEN}${BETWEEN}`, false],
  [`<a href="x">&</a>`, `&lt;a href="x"&gt;&amp;&lt;/a&gt;`, false],
  ["\0\u0001\u001b\u001f\u007f", "\u2400\u2401\u241b\u241f\u007f", true],
  ["a\ufffe\uffffb\ufeff", "a\ufffd\ufffdb\ufeff", true],
])("writes %j as %j", (text, xml, odd) => {
  expect(paragraphs(text)).toEqual([xml, odd]);
});

it("makes room as it goes through long text", () => {
  const text = "\n".repeat(40_000);
  expect(paragraphs(text)).toEqual([BETWEEN.repeat(40_000), false]);
  const spaces = ` a`.repeat(40_000);
  expect(paragraphs(spaces)[0]).toBe(`<text:s/>a${" a".repeat(39_999)}`);
});

it("writes attributes that XML gives back exactly", () => {
  const bytes = Buffer.from(`a\r\nb\tc "<&>" \u0001`);
  const out = new Output(4);
  writeAttribute(bytes, 0, bytes.length, out);
  expect(Buffer.from(out.written()).toString()).toBe("a&#13;&#10;b&#9;c &quot;&lt;&amp;&gt;&quot; \u2401");
});
