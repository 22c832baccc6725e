// A real Chromium, from the npm registry.
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import chromium from "@sparticuz/chromium";
import { type Browser, chromium as playwright } from "playwright-core";

/** Root may not have a sandbox; nothing but our own pages is opened. Letters lie where their font has them, whatever the screen. */
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--font-render-hinting=none"];

/** Starts Chromium, without a window. Whoever opens it closes it. */
export async function openBrowser(): Promise<Browser> {
  return playwright.launch({ executablePath: await chromium.executablePath(), args: FLAGS, headless: true });
}

/** Unpacks it, before many do at once, and says what is missing where it cannot start. */
export async function unpackBrowser(): Promise<void> {
  const browser = await openBrowser().catch(async () => {
    // Somebody may have been stopped while they unpacked it.
    for (const name of ["chromium", "fonts"]) rmSync(join(tmpdir(), name), { recursive: true, force: true });
    return openBrowser();
  });
  await browser.close();
}
