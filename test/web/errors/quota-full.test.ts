// The organisation's quota is used up: the dialog says so with what to do, keeps what was chosen, and orders it once there is room.
import { expect, inject, onTestFinished, test } from "vitest";
import { asking } from "../api.ts";
import { ownService } from "../service.ts";
import { visit } from "../visit.ts";

test("an export that finds no room is ordered with the same columns once archives were deleted", async () => {
  const service = await ownService(inject("webPrepared"), (orgs) => (orgs["wetland"]!["quota"] = "1MB"));
  onTestFinished(() => service.remove());
  const { page } = await visit({ url: service.url, person: "ada" });
  await page.goto("/wetland/records/samples");
  await page.getByRole("button", { name: "Export…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Next", exact: true }).click();
  await dialog.getByRole("button", { name: "None", exact: true }).click();
  await dialog
    .getByLabel("Available columns")
    .getByRole("option", { name: /^UIDuid / })
    .dblclick();
  await dialog.getByRole("button", { name: "Order export" }).click();
  const alert = dialog.getByRole("alert");
  await alert.getByText("The organisation's quota for archives is used up.").waitFor();
  await alert.getByText("Delete archives that nobody needs any more").waitFor();
  expect(await dialog.getByLabel("Chosen columns").getByRole("option").allTextContents()).toEqual([
    expect.stringContaining("UID"),
  ]);
  const ask = asking(service.url, inject("webSeeded").cookies.ada, "wetland");
  const { data } = await ask("GET", "exports?limit=100");
  await ask("DELETE", `exports?ids=${data.map(({ _id: id }: { _id: string }) => id).join(",")}`);
  await dialog.getByRole("button", { name: "Order export" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByText(/^samples.* is ready/).waitFor();
});

test("in French, too", async () => {
  const service = await ownService(inject("webPrepared"), (orgs) => (orgs["wetland"]!["quota"] = "1KB"));
  onTestFinished(() => service.remove());
  const { page } = await visit({ url: service.url, person: "zoe", setting: { language: "fr" } });
  await page.goto("/wetland/records/samples");
  await page.getByRole("button", { name: "Exporter…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Commander l’export" }).click();
  const alert = page.getByRole("alert");
  await alert.getByText("Le quota d’archives de l’organisation est épuisé.").waitFor();
  expect(await alert.textContent()).toContain("Supprimez des archives dont personne n’a plus besoin");
});
