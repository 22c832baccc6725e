// Whatever a text or a column's name holds, an XML reader gets it back, but for what XML cannot hold.
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { Output } from "../../src/cells/output.ts";
import { Problems } from "../../src/cells/problems.ts";
import { encodeName } from "../../src/formats/xml/names.ts";
import { xml } from "../../src/formats/xml/xml.ts";
import { piped, pythonXml } from "../readers/python.ts";
import { textBatch } from "../setup/batch.ts";
import { fuzz, hostileText } from "../setup/fuzz.ts";

const piece = fc.oneof(
  fc.constantFrom(
    "&",
    "<",
    ">",
    "]]>",
    "&#13;",
    "\r",
    "\n",
    "\t",
    "\u0000",
    "\u0008",
    "\ufffe",
    "\uffff",
    "\ufeff",
    "＝",
  ),
  fc.constantFrom(
    "\u0085",
    "\u2028",
    "\u007f",
    "\u009f",
    "😀",
    "_x0041_",
    "xsi:nil",
    " ",
    "\ufffd",
    "\uf8ff",
    "a".repeat(70),
  ),
  hostileText,
);
const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
const name = text.filter((column) => column !== "");
const table = fc.uniqueArray(name, { minLength: 2, maxLength: 5 }).chain((names) =>
  fc.record({
    names: fc.constant(names),
    rows: fc.array(fc.tuple(...names.map(() => fc.option(text))), { minLength: 5, maxLength: 20 }),
  }),
);

it("comes back from Python's reader, and xmllint accepts it", async () => {
  await fuzz(
    table,
    async ({ names, rows }) => {
      const problems = new Problems();
      const columns = names.map((column, cell) => ({ name: column, path: [column], type: "text" as const, cell }));
      const shape = { name: "t", columns, groups: [], lists: [] };
      const writer = xml.writer(shape, {}, { zone: null, language: "en", problems });
      const out = new Output(16);
      writer.head(out);
      await writer.rows(textBatch(rows), 0, rows.length, out);
      await writer.tail(out);
      await piped("xmllint", ["--noout", "--nonet", "-"], out.written());
      const [, read] = await pythonXml(out.written());
      expect(read.map(([, cells]) => cells)).toEqual(
        rows.map((row) => row.map((value, n) => [encodeName(names[n]!), held(value)])),
      );
      const changed = rows.flat().filter((value) => value !== null && held(value) !== value).length;
      const counts = problems.list().filter(({ code }) => code === "control-character");
      expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(changed);
    },
    20,
  );
});

/** The text, with what XML cannot hold as it is written instead. */
function held(value: string | null): string | null {
  if (value === null) return null;
  return Array.from(value, (sign) => {
    if ("\ufffe\uffff".includes(sign)) return "\ufffd";
    return sign < " " && !"\t\n\r".includes(sign) ? String.fromCharCode(0x2400 + sign.charCodeAt(0)) : sign;
  }).join("");
}
