// Lists of which only the part near to sight is drawn whole are put in order over all of their length, by keys and by the mouse.
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { visit } from "./visit.ts";

/** Picks up what has the focus, moves it down, and puts it down; each step is told to those who do not see it. */
async function carryDown(page: Page, times: number): Promise<void> {
  const told = page.locator('[id^="DndLiveRegion"]');
  const press = async (key: string): Promise<void> => {
    const before = await told.textContent();
    await page.keyboard.press(key);
    await expect.poll(() => told.textContent(), { timeout: 10_000, interval: 20 }).not.toBe(before);
  };
  await press("Space");
  for (let n = 0; n < times; n++) await press("ArrowDown");
  await press("Space");
}

test("a chosen column is carried by keys to a place that was far out of sight", async () => {
  const { page } = await visit();
  await page.goto("/wetland/records/samples");
  await page.getByRole("button", { name: "Export…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Next", exact: true }).click();
  await dialog.getByRole("button", { name: "All", exact: true }).click();
  const options = dialog.getByLabel("Chosen columns").getByRole("option");
  await expect.poll(() => options.count()).toBeGreaterThan(45);
  const paths = (): Promise<(string | null)[]> =>
    options.evaluateAll((all) => all.map((it) => it.getAttribute("data-path")));
  const before = await paths();
  await options.first().click();
  // Columns of one name are told alike: how far it is cannot be heard after each step.
  await page.keyboard.press("Space");
  for (let n = 0; n < 40; n++) {
    await page.waitForTimeout(120);
    await page.keyboard.press("ArrowDown");
  }
  await page.waitForTimeout(300);
  await page.keyboard.press("Space");
  await expect.poll(async () => (await paths()).indexOf(before[0]!)).toBeGreaterThan(30);
  const after = await paths();
  expect([after.length, new Set(after)]).toEqual([before.length, new Set(before)]);
});

test("a column of a template is carried by keys, placed by number and found from the preview, however long the list", async () => {
  const { page } = await visit();
  await page.goto("/wetland/templates/dataset/new");
  await page.getByRole("combobox", { name: "Object type" }).click();
  await page.getByRole("option", { name: "Samples", exact: true }).click();
  await page.getByRole("button", { name: "Add columns" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "All", exact: true }).click();
  await dialog.getByRole("button", { name: /^Add \d+ columns$/ }).click();
  const columns = page.locator("ol > li");
  const keys = (): Promise<(string | null)[]> =>
    columns.evaluateAll((all) => all.map((it) => it.getAttribute("data-pointer")));
  await expect.poll(() => columns.count()).toBeGreaterThan(45);
  const before = await keys();
  await columns
    .first()
    .getByRole("button", { name: /^Move / })
    .focus();
  await carryDown(page, 40);
  await expect.poll(async () => (await keys()).indexOf(before[0]!)).toBe(40);
  // What is far away has its name to be found by, and its controls once it is near.
  expect(await columns.nth(1).innerText()).not.toBe("");
  const place = columns.nth(40).getByLabel(/^Place of /);
  await place.fill("2");
  await place.press("Enter");
  await expect.poll(async () => (await keys()).indexOf(before[0]!)).toBe(1);
  await page.getByRole("columnheader").last().getByRole("button").click();
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.closest("li")?.getAttribute("data-pointer")))
    .toBe((await keys()).at(-1));
});
