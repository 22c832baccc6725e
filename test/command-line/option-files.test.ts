// Options of formats that are read from files: --option key=@file.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { emptyFolder, expectFailure, filesIn, waybill } from "./program.ts";
import { inSqlite } from "./tables.ts";

const SHEET = `<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="text"/>
  <xsl:template match="/"><xsl:value-of select="concat('paid: ', count(//record[status = 'paid']), '&#10;')"/></xsl:template>
</xsl:stylesheet>`;

/** A folder with a database and files. */
function folderWith(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = emptyFolder();
  inSqlite(join(folder, "shop.db"));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

function exportWith(folder: string, ...args: readonly string[]): ReturnType<typeof waybill> {
  return waybill(["export", "orders", "--source", "sqlite:shop.db", "--quiet", ...args], folder);
}

it("takes a stylesheet from a file, a byte order mark or not", async () => {
  const folder = folderWith({ "sheet.xsl": SHEET, "marked.xsl": `\ufeff<?xml version="1.0"?>${SHEET}` });
  for (const file of ["sheet.xsl", "marked.xsl"]) {
    const { code, stdout, stderr } = await exportWith(folder, "-f", "xml", "--option", `xslt=@${file}`);
    expect(stderr).toBe("");
    expect(stdout.toString()).toBe("paid: 2\n");
    expect(code).toBe(0);
  }
});

it("takes @@ for a literal @", async () => {
  const folder = folderWith({});
  const { stdout } = await exportWith(folder, "-f", "csv", "--option", "null=@@none", "--paths", "placed");
  expect(stdout.toString()).toBe("placed\n2024-05-01\n@none\n2024-05-03\n");
});

it("says when a file cannot be read", async () => {
  const folder = folderWith({ binary: Buffer.from([0xff, 0xfe, 0x00]) });
  for (const [file, words] of [
    ["missing.xsl", /The file "missing.xsl" of --option xslt cannot be read\.\n {2}Check that it exists/],
    [".", /The file "\." of --option xslt cannot be read/],
    ["binary", /The file "binary" of --option xslt cannot be read\.\n {2}It must hold text in UTF-8/],
  ] as const) {
    expectFailure(await exportWith(folder, "-o", "out.xml", "--option", `xslt=@${file}`), 2, words);
  }
  expect(filesIn(folder)).toEqual(["binary", "shop.db"]);
});

it("leaves nothing behind when the stylesheet is wrong, forbidden, or fails", async () => {
  const folder = folderWith({
    "wrong.xsl": SHEET.replace("count(", "count(("),
    "forbidden.xsl": SHEET.replace("count(//record[status = 'paid'])", "document('/etc/passwd')"),
    "failing.xsl": SHEET.replace('version="1.0"', 'version="3.0"').replace(
      "count(//record[status = 'paid'])",
      "error((), 'it fails')",
    ),
  });
  const files = filesIn(folder);
  for (const [file, code, words] of [
    ["wrong.xsl", 2, /The option xslt of xml is no stylesheet that can be used\.\n {2}Line 3: .*Static error/],
    ["forbidden.xsl", 2, /The stylesheet uses the function document, which is not allowed/],
    ["failing.xsl", 1, /The stylesheet failed\.\n {2}Line 3: it fails/],
  ] as const) {
    for (const out of ["out.xml", "out.xml.gz"]) {
      expectFailure(await exportWith(folder, "-o", out, "--option", `xslt=@${file}`), code, words);
      expect(filesIn(folder)).toEqual(files);
    }
  }
});
