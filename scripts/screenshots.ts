// `npm run screenshots`: every page in every setting, with what opens on it, as files in screenshots/ to be looked at.
// `npm run screenshots -- --page exports --setting fr-dark` makes those alone whose names begin so.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Browser } from "playwright-core";
import { openBrowser } from "../test/web/browser.ts";
import { goTo, type PageRow, PAGES, settled, wordsOf } from "../test/web/pages.ts";
import type { Seeded } from "../test/web/seed.ts";
import { startService } from "../test/web/service.ts";
import { nameOf, SETTINGS } from "../test/web/settings.ts";
import { prepare } from "../test/web/setup.ts";
import { openContext, type Setting } from "../test/web/window.ts";

const { values } = parseArgs({
  options: { page: { type: "string", default: "" }, setting: { type: "string", default: "" }, out: { type: "string" } },
});
const out = values.out ?? join(import.meta.dirname, "../screenshots");
/** Windows at once. */
const AT_ONCE = 3;

const begun = performance.now();
const { root, prepared, seeded } = await prepare();
const service = await startService(prepared);
const browser = await openBrowser();
try {
  const rows = PAGES.filter(({ name }) => name.startsWith(values.page));
  const waiting = SETTINGS.filter((it) => nameOf(it).startsWith(values.setting));
  if (values.page === "" && values.setting === "") rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const counts = await Promise.all(Array.from({ length: AT_ONCE }, () => shootAll(browser, waiting, rows)));
  const count = counts.reduce((sum, it) => sum + it, 0);
  console.log(`${count} screenshots are in ${out}, after ${Math.round((performance.now() - begun) / 1000)} s.`);
} finally {
  await browser.close();
  await service.stop();
  rmSync(root, { recursive: true, force: true });
}

/** Takes settings from those that wait, until none is left. @returns how many pictures were made */
async function shootAll(its: Browser, waiting: Setting[], rows: readonly PageRow[]): Promise<number> {
  let count = 0;
  for (let setting = waiting.shift(); setting !== undefined; setting = waiting.shift()) {
    for (const isPublic of [true, false]) {
      const some = rows.filter((row) => (row.isPublic ?? false) === isPublic);
      if (some.length > 0) count += await shoot(its, seeded, setting, some, isPublic);
    }
  }
  return count;
}

async function shoot(
  its: Browser,
  at: Seeded,
  setting: Setting,
  rows: readonly PageRow[],
  isPublic: boolean,
): Promise<number> {
  const person = isPublic ? null : setting.language === "fr" ? "zoe" : "ada";
  const { page, context, mishaps } = await openContext(its, at, { person, setting, url: service.url });
  let count = 0;
  for (const row of rows) {
    const views: NonNullable<PageRow["opens"]> = { "": () => Promise.resolve(), ...row.opens };
    for (const [name, open] of Object.entries(views)) {
      const file = `${row.name}${name === "" ? "" : `--${name}`}--${nameOf(setting)}.png`;
      try {
        await goTo(page, row, at.ids);
        await open(page, wordsOf(setting));
        await settled(page);
      } catch (error) {
        console.log(`${file}: ${(error as Error).message.split("\n", 1)[0]}`);
      }
      // What is opened lies over the part that is seen.
      await page.screenshot({ path: join(out, file), fullPage: name === "" });
      count++;
    }
  }
  for (const mishap of new Set(mishaps)) console.log(`${nameOf(setting)}: ${mishap}`);
  await context.close();
  return count;
}
