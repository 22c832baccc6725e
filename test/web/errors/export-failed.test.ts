// The source goes away between an order and its run: the export's page says so, and orders it again once the source is back.
import { renameSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, onTestFinished, test } from "vitest";
import { ownService } from "../service.ts";
import { visit } from "../visit.ts";

test("an export whose source is gone when it runs says what to do, and works again when the source is back", async () => {
  const service = await ownService(inject("webPrepared"));
  onTestFinished(() => service.remove());
  const { page } = await visit({ url: service.url });
  await page.goto("/wetland/records/samples");
  await page.getByRole("table").getByRole("row").nth(3).waitFor();
  const database = join(service.folder, "demo.db");
  renameSync(database, `${database}.away`);
  await page.goto(`/wetland/exports/${inject("webSeeded").ids["spreadsheet-export"]}`);
  await page.getByRole("button", { name: "Order again" }).click();
  const alert = page.getByRole("alert").filter({ hasText: "The export failed" });
  await alert.getByText("Cannot open").waitFor();
  await alert.getByText("Check that the file exists and may be read.").waitFor();
  await alert.getByText("“Order again” makes the same export anew").waitFor();
  const french = await visit({ url: service.url, person: "zoe", setting: { language: "fr" } });
  await french.page.goto(page.url());
  await french.page.getByText("La base de données des enregistrements est injoignable.").waitFor();
  await page.goto("/wetland/exports");
  const row = page.getByRole("row").filter({ hasText: "Failed" }).first();
  await row.getByText("Cannot open").waitFor();
  await row.getByRole("link").first().click();
  await page.waitForURL("**/wetland/exports/*");
  const failed = page.url();
  renameSync(`${database}.away`, database);
  await page.getByRole("button", { name: "Order again" }).click();
  await page.getByText("It can be downloaded until").waitFor({ timeout: 60_000 });
  expect(page.url()).not.toBe(failed);
});
