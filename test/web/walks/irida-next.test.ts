// Genomics in its browser (IRIDA Next): samples of a project with their files, and what the archive holds, seen before it is opened.
import { expect, test } from "vitest";
import { visit } from "../visit.ts";
import { downloaded, opened, quickly } from "./downloaded.ts";
import { BOTH, handsOf } from "./hands.ts";
import { signInWith } from "./sign-in.ts";

test.each(BOTH)("files of selected samples, by the %s", async (kind) => {
  const { page } = await visit({ person: null });
  const hands = handsOf(page, kind);
  await page.goto("/genomics/records/project_samples");
  await signInWith(hands, page, "ada");
  await page.getByRole("heading", { level: 1, name: "Samples" }).waitFor();
  const boxes = page.getByRole("rowgroup").nth(1).getByRole("checkbox");
  for (const n of [0, 1, 2]) await hands.press(boxes.nth(n));
  await page.getByRole("region", { name: "Selection" }).getByText("3 selected").waitFor();
  const files = await opened(await quickly(page, hands, "ZIP, a folder each", ".zip"));
  const folders = new Set([...files.keys()].filter((it) => it.includes("/")).map((it) => it.split("/", 1)[0]));
  expect(folders.size).toBe(3);
  expect([...files.keys()].some((it) => /\.fastq(?:\.gz)?$/.test(it))).toBe(true);

  // The same from the export's page, which shows what is inside.
  const toast = page.getByRole("alert").filter({ hasText: ".zip is ready" });
  await hands.press(toast.getByRole("button", { name: "Open the export" }));
  await page.getByRole("heading", { level: 1 }).waitFor();
  const preview = page.getByRole("tab", { name: "Preview" });
  if (kind === "mouse") await preview.click();
  else {
    // Arrows go from tab to tab.
    await page.getByRole("tab", { name: "Summary" }).waitFor();
    while (!(await page.getByRole("tab").evaluateAll((all) => all.some((it) => it === document.activeElement)))) {
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("ArrowRight");
  }
  await page.getByText("record.json").first().waitFor();
  const again = await downloaded(page, () => hands.press(page.getByRole("link", { name: /^Download/ }).first()));
  expect((await opened(again)).size).toBe(files.size);
});
