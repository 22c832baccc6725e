// A town hall in its browser (demarches-simplifiees): case files of one procedure as a workbook and as folders, with the purpose that the org asks for.
import { expect, test } from "vitest";
import { pythonOds } from "../../readers/ods.ts";
import { visit } from "../visit.ts";
import { opened, quickly, readyFile } from "./downloaded.ts";
import { BOTH, handsOf } from "./hands.ts";
import { signInWith } from "./sign-in.ts";

test.each(BOTH)("case files of a procedure, by the %s", async (kind) => {
  const { page } = await visit({ person: null });
  const hands = handsOf(page, kind);
  await page.goto("/townhall/records/case_files");
  await signInWith(hands, page, "ann");
  await page.getByRole("heading", { level: 1, name: "Case files" }).waitFor();
  const boxes = page.getByRole("rowgroup").nth(1).getByRole("checkbox");
  for (const n of [0, 1]) await hands.press(boxes.nth(n));
  await page.getByRole("region", { name: "Selection" }).getByText("2 selected").waitFor();

  await hands.press(page.getByRole("button", { name: "Download", exact: true }).first());
  const menu = page.getByRole("dialog", { name: "Download" });
  await hands.press(menu.getByRole("button", { name: "LibreOffice (ODS)" }));
  await hands.fill(menu.getByRole("textbox", { name: "Purpose" }), "Hearing of the council");
  await hands.press(menu.getByRole("button", { name: "LibreOffice (ODS)" }));
  const ods = await readyFile(page, hands, ".ods");
  const sheets = Object.values(await pythonOds(ods.bytes));
  expect(sheets[0]!.length).toBe(3);

  // The purpose is not asked for twice.
  const zip = await quickly(page, hands, "ZIP, a folder each", ".zip").catch(async () => {
    await hands.fill(menu.getByRole("textbox", { name: "Purpose" }), "Hearing of the council");
    await hands.press(menu.getByRole("button", { name: "ZIP, a folder each" }));
    return readyFile(page, hands, ".zip");
  });
  const files = await opened(zip);
  const folders = new Set([...files.keys()].filter((it) => it.includes("/")).map((it) => it.split("/", 1)[0]));
  expect(folders.size).toBe(2);
  for (const folder of folders) {
    expect(files.get(`${folder}/record.pdf`)!.subarray(0, 5).toString()).toBe("%PDF-");
    expect(JSON.parse(files.get(`${folder}/record.json`)!.toString())).toHaveProperty("number");
  }
});
