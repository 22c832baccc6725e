// What people do where there is much: each goes through a page once, with the stopwatch.
import type { Page } from "playwright-core";
import { settled } from "../../test/web/pages.ts";
import { COLUMNS, ORG } from "./made.ts";
import type { Stopwatch } from "./stopwatch.ts";

/** Between keys, in milliseconds. */
const TYPING = { delay: 60 };

type Walk = (page: Page, watch: Stopwatch) => Promise<void>;

async function open(page: Page, path: string): Promise<void> {
  await page.goto(`/${ORG}/${path}`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await settled(page);
}

/** The records of a million, a hundred a page. */
const selecting: Walk = async (page, { time }) => {
  await open(page, "records/bench?limit=100");
  const button = (name: string | RegExp) => page.getByRole("button", { name });
  const boxes = page.getByRole("row").getByRole("checkbox");
  await boxes.nth(100).waitFor();
  await time("records: select a row", () => boxes.nth(1).click());
  await time("records: select a range of rows", () => boxes.nth(60).click({ modifiers: ["Shift"] }));
  await time("records: select the page", () => page.getByLabel("Select all rows of this page").click());
  await time("records: select all matches", () => button(/^Select all .* matches/).click());
  await page.getByText("are selected").waitFor();
  await time("records: open the export dialog on all matches", () => button("Export…").click());
  await page.getByRole("dialog").getByRole("button", { name: "Next" }).waitFor();
  await time("records: close the export dialog", () => page.keyboard.press("Escape"));
  await time("records: clear the selection", () => button("Clear the selection").click());
  await time("records: search", () => page.getByLabel("Search in texts").pressSequentially("said", TYPING));
  await settled(page);
  await time("records: clear the search", () => button("Clear the search").click());
  await settled(page);
  await time("records: next page", () => button("Next").click());
  await settled(page);
};

/** A list of 10,000 exports. */
const listing: Walk = async (page, { time }) => {
  await open(page, "exports");
  const main = page.getByRole("main");
  const button = (name: string) => main.getByRole("button", { name, exact: true });
  await main.getByRole("row").nth(5).waitFor();
  await time("exports: next page", () => button("Next").click());
  await settled(page);
  await time("exports: sort", () => button("Size").click());
  await settled(page);
  await time("exports: select the page", () => page.getByLabel("Select all rows of this page").click());
  await time("exports: open the dialog to delete them", () => button("Delete").click());
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Delete/ })
    .waitFor();
  await time("exports: leave it", () => page.keyboard.press("Escape"));
  await time("exports: search", () =>
    page.getByLabel("Search", { exact: true }).pressSequentially("Export 77", TYPING),
  );
  await settled(page);
  await time("exports: open the choice of states", () => page.getByRole("combobox", { name: "State" }).click());
  await time("exports: filter by state", () => page.getByRole("option", { name: "Ready" }).click());
  await settled(page);
};

/** The two lists of columns in the dialog that orders an export, and the filter, of a form of 300 fields. */
const choosing: Walk = async (page, { time }) => {
  await open(page, "records/survey");
  await page.getByRole("row").nth(50).waitFor();
  await time("300 fields: open the filter", () => page.getByRole("button", { name: "Filter", exact: true }).click());
  await time("300 fields: add a condition", () => page.getByRole("button", { name: "Add a condition" }).click());
  const field = page.getByRole("combobox", { name: "Field" });
  await time("300 fields: open the choice of fields", () => field.click());
  await time("300 fields: find a field", () => field.pressSequentially("answer_27", TYPING));
  await time("300 fields: choose it", () => page.getByRole("option", { name: "answer_271" }).click());
  await page.keyboard.press("Escape");
  await time("300 fields: open the choice of columns", () =>
    page.getByRole("button", { name: "Columns", exact: true }).click(),
  );
  await page.getByRole("dialog").getByText("All fields").waitFor();
  await page.keyboard.press("Escape");
  await time("300 fields: open the export dialog", () => page.getByRole("button", { name: "Export…" }).click());
  const dialog = page.getByRole("dialog");
  const next = dialog.getByRole("button", { name: "Next", exact: true });
  await next.waitFor();
  await time("300 fields: to the step of columns", () => next.click());
  const [from, to] = [dialog.getByLabel("Available columns"), dialog.getByLabel("Chosen columns")];
  const button = (name: string) => dialog.getByRole("button", { name, exact: true });
  await to.getByRole("option").first().waitFor();
  await time("300 fields: take all out", () => button("None").click());
  await time("300 fields: find columns", () =>
    dialog.getByLabel("Search columns").pressSequentially("answer_1", TYPING),
  );
  await time("300 fields: select a column", () => from.getByRole("option").nth(3).click());
  await time("300 fields: move one", () => button("Add").click());
  await time("300 fields: clear the search", () => dialog.getByLabel("Search columns").press("Escape"));
  await time("300 fields: move all", () => button("All").click());
  await to.getByRole("option").nth(299).waitFor();
  await time("300 fields: select a chosen one", () => to.getByRole("option").nth(5).click());
  await time("300 fields: move it up by a key", () => page.keyboard.press("Control+ArrowUp"));
  await time("300 fields: pick it up by a key", () => page.keyboard.press("Space"));
  await time("300 fields: drag it by keys", async () => {
    for (let n = 0; n < 3; n++) {
      await page.keyboard.press("ArrowDown");
      await page.waitForTimeout(TYPING.delay);
    }
  });
  await time("300 fields: put it down", () => page.keyboard.press("Space"));
  await time("300 fields: take one out", () => page.keyboard.press("Delete"));
};

/** The editor of dataset templates with a column for each of 300 fields. */
const editing: Walk = async (page, { time }) => {
  await open(page, "templates/dataset/new");
  const main = page.getByRole("main");
  await main.getByRole("combobox", { name: "Object type" }).click();
  await page.getByRole("option", { name: "survey" }).click();
  await settled(page);
  const button = (name: string) => main.getByRole("button", { name, exact: true });
  const columns = main.getByRole("textbox", { name: /^Name of .* in the export$/ });
  await time("template: open the choice of columns", () => button("Add columns").click());
  const dialog = page.getByRole("dialog");
  await addAll(page, time);
  await dialog.waitFor({ state: "detached" });
  await columns.nth(8).waitFor();
  if ((await main.getByRole("listitem").count()) < COLUMNS) throw new Error("columns are missing");
  await settled(page);
  await time("template: type in a column's name", () => columns.nth(5).pressSequentially("Survey", TYPING));
  await settled(page);
  await time("template: move a column by a key", () => columns.nth(5).press("Alt+ArrowDown"));
  await settled(page);
  const place = main.getByLabel(/^Place of /).nth(20);
  await time("template: type a place", async () => {
    await place.fill("7");
    await place.press("Enter");
  });
  await settled(page);
  const handle = main.getByRole("button", { name: /^Move / }).nth(10);
  await handle.focus();
  await time("template: pick a column up by a key", () => handle.press("Space"));
  await time("template: drag it by keys", async () => {
    for (let n = 0; n < 3; n++) {
      await page.keyboard.press("ArrowDown");
      await page.waitForTimeout(TYPING.delay);
    }
  });
  await time("template: put it down", () => page.keyboard.press("Space"));
  await settled(page);
  await time("template: open a column", () =>
    main
      .getByRole("button", { name: /its rules/ })
      .nth(8)
      .click(),
  );
  await time("template: take a column out", () =>
    main
      .getByRole("button", { name: /^Remove / })
      .nth(3)
      .click(),
  );
  await settled(page);
  await time("template: add a fixed value", () => button("Add a fixed value").click());
  await settled(page);
  await time("template: open the records that it is of", () => button("Which records, in which order").click());
};

/** The dialog that adds columns is gone through on its own. */
async function addAll(page: Page, time: Stopwatch["time"]): Promise<void> {
  const dialog = page.getByRole("dialog");
  const search = dialog.getByLabel("Search columns");
  await search.waitFor();
  await time("template: find columns to add", () => search.pressSequentially("answer_2", TYPING));
  await search.fill("");
  await time("template: choose all columns", () => dialog.getByRole("button", { name: "All", exact: true }).click());
  await time("template: add 300 columns", () => dialog.getByRole("button", { name: /^Add \d+ columns/ }).click());
}

export const WALKS: Readonly<Record<string, Walk>> = { selecting, listing, choosing, editing };
