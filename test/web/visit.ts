// Somebody at a browser, for the test at hand.
import type { Browser, Page } from "playwright-core";
import { afterAll, expect, inject, onTestFinished } from "vitest";
import { addressOf, PASSWORD, type Person } from "./api.ts";
import { openBrowser } from "./browser.ts";
import { openContext, type Setting, type Visit } from "./window.ts";

interface VisitOptions {
  /** Nobody when it is null. */
  readonly person?: Person | null;
  readonly setting?: Partial<Setting>;
  /** The shared service when absent. */
  readonly url?: string;
}

let browser: Promise<Browser> | undefined;

/** The browser of a test file, which is closed when its tests are over. */
export function theBrowser(): Promise<Browser> {
  return (browser ??= openBrowser());
}

afterAll(async () => {
  await (await browser)?.close();
});

/** A window of the app for the test at hand, in which nothing may go wrong unseen. */
export async function visit({
  person = "ada",
  setting = {},
  url = inject("webUrl"),
}: VisitOptions = {}): Promise<Visit> {
  const visited = await openContext(await theBrowser(), inject("webSeeded"), { person, setting, url });
  onTestFinished(async ({ task }) => {
    await visited.context.close();
    if (task.result?.state !== "fail") expect(visited.mishaps).toEqual([]);
  });
  return visited;
}

/** Signs in by the form of the page, as people do. */
export async function signInAs(page: Page, person: Person): Promise<void> {
  await page.getByLabel("E-mail address").fill(addressOf(person));
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
}
