// A computing centre in its browser (XDMoD): a realm's jobs of some months are asked for, fulfilled in the org's window, and downloaded.
import { expect, test } from "vitest";
import { pythonCsv } from "../../readers/python.ts";
import { visit } from "../visit.ts";
import { downloaded, opened } from "./downloaded.ts";
import { BOTH, handsOf } from "./hands.ts";
import { signInWith } from "./sign-in.ts";

test.each(BOTH)("a request of a realm, by the %s", async (kind) => {
  const { page } = await visit({ person: null });
  const hands = handsOf(page, kind);
  await page.goto("/computing/realms");
  // Each sees their own requests.
  await signInWith(hands, page, kind === "mouse" ? "ann" : "max");
  if (kind === "keyboard") {
    // Maxime reads French.
    await expect.poll(() => page.locator("html").getAttribute("lang"), { timeout: 20_000 }).toBe("fr");
  }
  const words = (english: string, french: string): string => (kind === "mouse" ? english : french);
  const form = page.getByRole("region", { name: words("New request", "Nouvelle demande") });
  await hands.fill(form.getByRole("textbox", { name: words("First day", "Premier jour") }), "2023-01-01");
  await page.keyboard.press("Tab");
  await hands.fill(form.getByRole("textbox", { name: words("Last day", "Dernier jour") }), "2023-02-28");
  await page.keyboard.press("Tab");
  await hands.pick(form.getByRole("combobox", { name: "Format" }), "CSV");
  await hands.press(form.getByRole("button", { name: words("Submit request", "Envoyer la demande") }));
  const requests = page.getByRole("region", { name: words("Your requests", "Vos demandes") });
  const request = requests.getByRole("row").filter({ hasText: words("Feb 28, 2023", "28 févr. 2023") });
  const take = request.getByRole("link", { name: words("Download", "Télécharger") });
  await take.waitFor({ timeout: 30_000 });
  const files = await opened(await downloaded(page, () => hands.press(take)));
  const [header, ...rows] = await pythonCsv(files.get("jobs.csv")!);
  const ended = header!.indexOf("ended_at");
  expect(rows.length).toBeGreaterThan(100);
  // New York's days, in whichever zone they are written.
  for (const row of rows) expect(new Date(row[ended]!).getTime()).toBeLessThan(Date.parse("2023-03-01T05:00:00Z"));
  expect(files.get("README.txt")!.toString()).toContain("cpu_hours");
});
