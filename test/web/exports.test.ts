// Exports as they are watched, taken, repeated and deleted on their pages.
import { expect, inject, test } from "vitest";
import { asking, over } from "./api.ts";
import { visit } from "./visit.ts";

const ada = (org = "wetland") => asking(inject("webUrl"), inject("webSeeded").cookies.ada, org);

test("an export's page follows it to its end without being loaded again, and hands out the archive", async () => {
  const { page } = await visit();
  const ask = ada();
  const order = (label: string) =>
    ask("POST", "exports", { objects: "samples", format: "xlsx", label, join: false, limit: 500 });
  await order("Runs before it");
  const { _id: id } = await order("Followed");
  await page.goto(`/wetland/exports/${id}`);
  let loads = 0;
  page.on("load", () => loads++);
  await page.getByText("Ready to download").waitFor({ timeout: 25_000 });
  expect(loads).toBe(0);
  await page.getByText("Will expire").waitFor();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: /^Download/ }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("Followed.zip");
  await page.getByRole("tab", { name: "Preview" }).click();
  await page.getByText("samples.xlsx").waitFor();
  await page.getByRole("columnheader").getByText("different value").first().waitFor();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete the export" }).click();
  await page.waitForURL("**/wetland/exports");
  await expect(ask("GET", `exports/${id}`)).rejects.toThrow("404");
});

test("a download that is refused says why, and stays on the page", async () => {
  const { page } = await visit();
  await page.goto(`/wetland/exports/${inject("webSeeded").ids["export"]}`);
  const body = { code: "forbidden", status: 403, detail: "Its owner may no longer see these records." };
  await page.route("**/data", (route) =>
    route.fulfill({ status: 403, contentType: "application/problem+json", body: JSON.stringify(body) }),
  );
  await page.getByRole("link", { name: /^Download/ }).click();
  await page.getByRole("alert").getByText(body.detail).waitFor();
  expect(await page.getByRole("heading", { level: 1 }).textContent()).toMatch(/^Frozen samples/);
});

test("exports are found, filtered, and deleted together, and the address keeps what was asked", async () => {
  const { page } = await visit();
  const ask = ada();
  const ids: string[] = [];
  for (const label of ["Sweep one", "Sweep two"]) {
    const { _id } = await ask("POST", "exports", { objects: "samples", format: "csv", label, limit: 1, join: false });
    ids.push(_id);
  }
  for (const id of ids) await over(ask, id);
  await page.goto("/wetland/exports");
  await page.getByLabel("Search").fill("sweep");
  await page.waitForURL("**?search=sweep");
  await page.getByRole("link", { name: "Sweep two", exact: true }).waitFor();
  await page.reload();
  expect(await page.getByLabel("Search").inputValue()).toBe("sweep");
  await page.getByRole("link", { name: "Sweep one", exact: true }).waitFor();
  expect(await page.locator("tbody tr").count()).toBe(2);
  await page.getByLabel("Select all rows of this page").check();
  await page.getByText("2 exports selected").waitFor();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("button", { name: "Delete 2 exports" }).click();
  await page.getByText("No export matches").waitFor();
  await page.getByRole("button", { name: "Clear filters" }).first().click();
  await page.getByText("Photographs and notes").waitFor();
});

test("who may decide approves with a note, and whoever ordered it is told by whom", async () => {
  const { ids, cookies } = inject("webSeeded");
  const ann = asking(inject("webUrl"), cookies.ann, "townhall");
  const request = { objects: "case_files", format: "csv", purpose: "A look at all of them", join: false };
  const { _id: id } = await ann("POST", "exports", { ...request, label: "For approval" });
  expect(ids["approval-export"]).not.toBe(id);
  const own = await visit({ person: "ann" });
  await own.page.goto(`/townhall/exports/${id}`);
  await own.page.getByText("another administrator has to decide").waitFor();
  const { page } = await visit();
  await page.goto(`/townhall/exports/${id}`);
  await page.getByLabel("Note").fill("For the report alone.");
  await page.getByRole("button", { name: "Approve" }).click();
  await page.getByText("For the report alone.").waitFor();
  await own.page.getByText("For the report alone.").waitFor();
  await own.page.getByText("Approved", { exact: true }).waitFor();
  expect(await ann("GET", `exports/${id}`)).toMatchObject({ approval: { state: "given" } });
});

test("what is told beside the page never lies over the foot of a dialog", async () => {
  const { page } = await visit({ setting: { width: 768 } });
  await page.goto("/wetland/records/samples");
  for (const format of ["CSV", "JSON"]) {
    await page.getByRole("button", { name: "Download", exact: true }).first().click();
    await page.getByRole("button", { name: format, exact: true }).click();
    await page.getByRole("button", { name: format, exact: true }).waitFor({ state: "detached" });
  }
  await page
    .getByText(/ is ready \(/)
    .nth(1)
    .waitFor({ timeout: 60_000 });
  await page.getByRole("button", { name: "Export…" }).click();
  const dialog = page.getByRole("dialog").filter({ hasText: "Export Samples" });
  for (let step = 0; step < 3; step++) await dialog.getByRole("button", { name: "Next", exact: true }).click();
  await expect.poll(() => dialog.getByLabel("Name", { exact: true }).isVisible()).toBe(true);
});
