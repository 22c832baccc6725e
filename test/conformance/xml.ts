// What every engine's rows are as XML, by readers that are not ours.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { piped, pythonXml } from "../readers/python.ts";
import { exported } from "../setup/export.ts";
import * as tables from "./awkward.ts";
import { fitted, twin } from "./fitted.ts";
import type { TestEngine } from "./engine.ts";
import { golden } from "./golden.ts";

/** What XML cannot hold, as it is written instead. */
function held(text: string | null): string | null {
  return (
    text?.replaceAll(/[^\P{Cc}\t\n\r\u007f-\u009f]/gu, (sign) => String.fromCharCode(0x2400 + sign.charCodeAt(0))) ??
    null
  );
}

/** The text that a name was made of (ISO/IEC 9075-14, section 9.1). */
function decoded(name: string): string {
  return name.replaceAll(/_x([0-9A-F]{4}|[0-9A-F]{6})_/g, (_, digits: string) =>
    String.fromCodePoint(Number.parseInt(digits, 16)),
  );
}

/** Declares the tests of an engine's rows as XML. */
export function xmlBehaves(engine: TestEngine): void {
  const awkward = fitted(tables.awkward, engine);
  const awkwardNames = fitted(tables.awkwardNames, engine);
  describe(`${engine.name}: XML`, () => {
    let url = "";
    let drop = async (): Promise<void> => {};
    let other: Awaited<ReturnType<typeof twin>>;
    beforeAll(async () => {
      ({ url, drop } = await engine.make([awkward, awkwardNames]));
      other = await twin(engine, [awkward]);
    });
    afterAll(async () => {
      await drop();
      await other.drop();
    });

    it("gives the bytes of awkward.xml, which xmllint accepts", async () => {
      const { bytes, facts } = await exported(url, { object: "awkward", format: "xml" });
      const same = other.url === null ? null : (await exported(other.url, { object: "awkward", format: "xml" })).bytes;
      expect(bytes.equals(same ?? (await golden("awkward.xml", bytes)))).toBe(true);
      expect((await piped("xmllint", ["--noout", "--nonet", "-"], bytes)).length).toBe(0);
      expect(facts.problems).toEqual([{ code: "control-character", column: "text", count: 1 }]);
      expect(facts.tables).toEqual([{ name: "awkward", rows: awkward.rows.length }]);
    });

    it("gives Python's ElementTree every value of the database", async () => {
      const { bytes } = await exported(url, { object: "awkward", format: "xml" });
      const [root, rows] = await pythonXml(bytes);
      expect(root).toBe("records");
      const names = awkward.columns.map(({ name }) => name);
      expect(rows).toEqual(awkward.rows.map((row) => ["record", row.map((text, n) => [names[n], held(text)])]));
    });

    it("encodes odd names of columns so that they can be read back", async () => {
      const { bytes, facts } = await exported(url, { object: awkwardNames.name, format: "xml" });
      expect((await piped("xmllint", ["--noout", "--nonet", "-"], bytes)).length).toBe(0);
      const [, rows] = await pythonXml(bytes);
      expect(rows.map(([, cells]) => cells.map(([name, text]) => [decoded(name), text]))).toEqual(
        awkwardNames.rows.map((row) => row.map((text, n) => [awkwardNames.columns[n]!.name, text])),
      );
      const plain = new Set(["a.b", "Capital", "select", "ünïcödé", `${"é".repeat(31)}x`]);
      expect(facts.problems).toEqual(
        awkwardNames.columns
          .filter(({ name }) => !plain.has(name))
          .map(({ name: column }) => ({ code: "name-encoded", column, count: 1 })),
      );
    });

    it("writes a table without rows, and names as they are asked for", async () => {
      const { text } = await exported(url, {
        object: "awkward",
        format: "xml",
        paths: ["id"],
        limit: 0,
        options: { root: "données", row: "ligne", declaration: false },
      });
      expect(text).toBe('<données xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n</données>\n');
    });

    it("makes of the rows what a stylesheet says", async () => {
      const sheet = `<xsl:stylesheet version="2.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
        <xsl:output method="text"/>
        <xsl:template match="/records">
          <xsl:for-each-group select="record[not(enum/@xsi:nil)]" group-by="enum"
              xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
            <xsl:sort select="current-grouping-key()"/>
            <xsl:value-of select="concat(current-grouping-key(), ' ', count(current-group()), '&#10;')"/>
          </xsl:for-each-group>
        </xsl:template></xsl:stylesheet>`;
      const { text } = await exported(url, { object: "awkward", format: "xml", options: { xslt: sheet } });
      expect(text).toBe("happy 1\nok 1\nsad 1\n");
    });
  });
}
