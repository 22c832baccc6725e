// A real Chromium, from the npm registry.
import chromium from "@sparticuz/chromium";
import { type Browser, chromium as playwright } from "playwright-core";

/** Starts Chromium, without a window. Whoever opens it closes it. */
export async function openBrowser(): Promise<Browser> {
  // What it is started with where it has no display, no graphics card and no namespaces of its own.
  return playwright.launch({ executablePath: await chromium.executablePath(), args: chromium.args, headless: true });
}
