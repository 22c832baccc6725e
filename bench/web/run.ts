// `npm run bench:web [-- selecting listing choosing editing]`: from each interaction to the next paint where there is much: a selection across a
// million records, a list of 10,000 exports, a form of 300 fields. In a real Chromium, on the app as it is served.
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres } from "../../test/setup/embedded-postgres.ts";
import { PEOPLE, signedIn } from "../../test/web/api.ts";
import { openBrowser, unpackBrowser } from "../../test/web/browser.ts";
import { buildApp } from "../../test/web/setup.ts";
import { openContext } from "../../test/web/window.ts";
import { median, start, stop, URL_OF_IT } from "../served.ts";
import { WALKS } from "./interactions.ts";
import { makeRecords, makeService } from "./made.ts";
import { stopwatch, THRESHOLD } from "./stopwatch.ts";

const ROWS = Number(process.env["BENCH_ROWS"] ?? 1_000_000);
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 5);
/** Milliseconds, for the median of each interaction. */
const AT_MOST = 200;
/** Sessions are for the address that people know. */
const url = URL_OF_IT.replace("127.0.0.1", "localhost");
const only = new Set(process.argv.slice(2));

async function measure(): Promise<ReadonlyMap<string, readonly number[]>> {
  const cookies = await signedIn(url, "ada");
  const seeded = { cookies: Object.fromEntries(PEOPLE.map((it) => [it, cookies])) as never, ids: {} };
  const browser = await openBrowser();
  try {
    const { page, context, mishaps } = await openContext(browser, seeded, { person: "ada", setting: {}, url });
    const watch = await stopwatch(page);
    for (const [name, walk] of Object.entries(WALKS)) {
      if (only.size > 0 && !only.has(name)) continue;
      // Scripts that are loaded and compiled for the first time are not what is measured.
      for (let round = 0; round <= ROUNDS; round++) await walk(page, round === 0 ? UNTIMED : watch);
    }
    await context.close();
    if (mishaps.length > 0) throw new Error(mishaps.join("\n"));
    return watch.taken;
  } finally {
    await browser.close();
  }
}

const UNTIMED = { taken: new Map(), time: async (_what: string, act: () => Promise<unknown>) => void (await act()) };

function report(taken: ReadonlyMap<string, readonly number[]>): void {
  const shown = (milliseconds: number): string =>
    milliseconds < THRESHOLD ? `under ${THRESHOLD} ms` : `${milliseconds.toFixed(0)} ms`;
  for (const [what, all] of taken) {
    const kept = median(all) <= AT_MOST;
    console.log(`${what}: ${shown(median(all))}, at the worst ${shown(Math.max(...all))}${kept ? "" : " BROKEN"}`);
  }
  const worst = Math.max(...[...taken.values()].map(median));
  const kept = worst <= AT_MOST;
  console.log(
    `The worst median of ${taken.size} interactions: ${shown(worst)} (at most ${AT_MOST} ms: ${kept ? "kept" : "BROKEN"})`,
  );
  if (!kept) process.exitCode = 1;
}

buildApp();
await unpackBrowser();
const folder = await mkdtemp(join(tmpdir(), "waybill-bench-"));
await chmod(folder, 0o755);
const postgres = await startPostgres(join(folder, "postgres"));
try {
  await makeRecords(postgres.url, ROWS);
  await makeService(folder, postgres.url);
  const server = await start(folder, null);
  try {
    report(await measure());
  } finally {
    await stop(server);
  }
} finally {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
