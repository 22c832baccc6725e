#!/usr/bin/env node
// Starts Waybill: from its sources in a clone, compiled in a package. Plain JavaScript, so that an old Node can say why not.
import { existsSync } from "node:fs";
import * as runtime from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";

const OLDEST = 24;

if (Number(process.versions.node.split(".")[0]) < OLDEST) {
  process.stderr.write(
    `waybill: Waybill needs Node ${OLDEST} or newer; this is Node ${process.versions.node}.\n` +
      `  In a clone, run npm ci first, then npx waybill. Elsewhere, npm install node@${OLDEST} beside it.\n`,
  );
  process.exitCode = 2;
} else {
  // Compiled once, started faster ever after; in a folder of one's own, since what lies there is run.
  runtime.enableCompileCache(join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "waybill"));
  const sources = new URL("../src/cli/main.ts", import.meta.url);
  const { main, guardStandardStreams } = await import(
    existsSync(sources) ? sources.href : new URL("../dist/cli/main.js", import.meta.url).href
  );
  guardStandardStreams();
  const code = await main(process.argv.slice(2));
  // A standard stream may have failed already.
  process.exitCode ||= code;
}
