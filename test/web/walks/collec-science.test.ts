// A laboratory in its browser (Collec-Science): samples are filtered and selected, frozen as a batch, and downloaded; by the mouse, and by the keyboard alone.
import { expect, test } from "vitest";
import { pythonCsv } from "../../readers/python.ts";
import { visit } from "../visit.ts";
import { opened, quickly } from "./downloaded.ts";
import { BOTH, handsOf } from "./hands.ts";
import { signInWith } from "./sign-in.ts";

test.each(BOTH)("from signing in to an opened archive, by the %s", async (kind) => {
  const { page } = await visit({ person: null });
  const hands = handsOf(page, kind);
  await page.goto("/wetland/records");
  await signInWith(hands, page, "ada");
  await hands.press(
    page
      .getByRole("main")
      .getByRole("link", { name: /^Samples/ })
      .first(),
  );

  // Frozen samples of one collection.
  await page.getByRole("heading", { level: 1, name: "Samples" }).waitFor();
  await hands.pick(page.getByRole("combobox", { name: "Group or project" }), "Sediment cores");
  await hands.press(page.getByRole("button", { name: "Filter", exact: true }));
  const filter = page.getByRole("dialog", { name: "Filter" });
  await hands.press(filter.getByRole("button", { name: "Add a condition" }));
  await hands.pick(filter.getByRole("combobox", { name: "Field" }), "Status");
  await hands.pick(filter.getByRole("combobox", { name: "Value" }), "Frozen");
  await hands.press(filter.getByRole("button", { name: "Done" }));
  await filter.waitFor({ state: "detached" });
  const status = page.getByRole("status").filter({ hasText: /records match$/ });
  await status.waitFor();
  const count = Number((await status.textContent())!.replaceAll(/\D/g, ""));

  // All of them, across pages.
  await hands.press(page.getByRole("checkbox", { name: "Select all rows of this page" }));
  await hands.press(page.getByRole("button", { name: /^Select all [\d,]+ matches$/ }));
  await page
    .getByRole("region", { name: "Selection" })
    .getByText(/^All [\d,]+ matches are selected$/)
    .waitFor();

  // Frozen for ever, as a batch.
  await hands.press(page.getByRole("button", { name: "Create batch" }));
  const dialog = page.getByRole("dialog", { name: "Create a batch" });
  const name = `Frozen cores, by the ${kind}`;
  await hands.fill(dialog.getByRole("textbox", { name: "Name" }), name);
  await hands.press(dialog.getByRole("button", { name: "Create batch" }));
  await hands.press(
    page.getByRole("link", { name: "Open the batch" }).or(page.getByRole("button", { name: "Open the batch" })),
  );
  await page.getByRole("heading", { level: 1, name }).waitFor();
  await page.goBack();

  // And as a file of its own, at once.
  const csv = await quickly(page, hands, "CSV", ".csv");
  const [header, ...rows] = await pythonCsv(csv.bytes, csv.bytes.subarray(0, 400).includes(";") ? ";" : ",");
  expect(header!.length).toBeGreaterThan(5);
  expect(rows.length).toBe(count);

  const zip = await quickly(page, hands, "ZIP, a folder each", ".zip");
  const files = await opened(zip);
  expect([...files.keys()].filter((it) => it.endsWith("/record.json")).length).toBe(count);
});
