// However an export with a stylesheet ends, the process that runs the stylesheet ends too.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { childrenOf, emptyFolder, filesIn, isAlive, start, until } from "./program.ts";
import { inSqlite } from "./tables.ts";

const ENDLESS = `<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:template match="/"><xsl:value-of select="count(for $i in 1 to 1000000, $j in 1 to 1000000 return $i * $j)"/></xsl:template>
</xsl:stylesheet>`;

it.each(["SIGINT", "SIGKILL"] as const)("by %s", async (signal) => {
  const folder = emptyFolder();
  inSqlite(join(folder, "shop.db"));
  writeFileSync(join(folder, "endless.xsl"), ENDLESS);
  const args = [
    "export",
    "orders",
    "-s",
    "sqlite:shop.db",
    "-f",
    "xml",
    "--option",
    "xslt=@endless.xsl",
    "-o",
    "out.xml",
  ];
  const running = start(args, folder);
  // The reader of the database, and the sandbox.
  await until(async () => (await childrenOf(running.pid)).length === 2, 10_000);
  await sleep(1500);
  const children = await childrenOf(running.pid);
  expect(children.length).toBeGreaterThan(0);
  running.kill(signal);
  await running.ended;
  await until(() => !children.some(isAlive), 5000);
  expect(filesIn(folder).filter((file) => file === "out.xml")).toEqual([]);
});
