// An archive expires while somebody looks at it: the link says so where it is, and the way to a new one is there.
import { join } from "node:path";
import { expect, inject, onTestFinished, test } from "vitest";
import { inOrg } from "../../../src/control/in-org.ts";
import { openControl } from "../../../src/control/open.ts";
import { ownService, type WebService } from "../service.ts";
import { visit } from "../visit.ts";

/** Days pass while the service is down. */
async function later(
  service: WebService,
  id: string,
  change: { readonly endedAt?: Date; readonly expiresAt?: Date },
): Promise<void> {
  await service.stop();
  const control = await openControl({ databaseUrl: null, dataDir: join(service.folder, "data") });
  await inOrg(control.db, "wetland").db.updateTable("export").set(change).where("id", "=", id).execute();
  await control.close();
  await service.start();
}

test("the page of an export that has expired meanwhile says so at its link, and orders it again", async () => {
  const id = inject("webSeeded").ids["export"]!;
  const service = await ownService(inject("webPrepared"));
  onTestFinished(() => service.remove());
  // Pages look again at what has just ended.
  await later(service, id, { endedAt: new Date(Date.now() - 3_600_000) });
  const { page } = await visit({ url: service.url });
  await page.goto(`/wetland/exports/${id}`);
  const link = page.getByRole("link", { name: /^Download/ });
  await link.waitFor();
  await later(service, id, { expiresAt: new Date(Date.now() - 1000) });
  await link.click();
  const alert = page.getByRole("alert");
  await alert.getByText("The archive's time is over, and it is deleted.").waitFor();
  await alert.getByText("Order the export again.").waitFor();
  await page.getByText("The archive has expired").waitFor();
  expect(await link.count()).toBe(0);
  await page.getByRole("button", { name: "Order again" }).click();
  await page.waitForURL((url) => url.pathname.startsWith("/wetland/exports/") && !url.pathname.endsWith(id));
  await page.getByText("Ready to download").waitFor({ timeout: 60_000 });
});

test("a download that waits beside the page says so there, and the page stays as it is", async () => {
  const service = await ownService(inject("webPrepared"));
  onTestFinished(() => service.remove());
  const { page } = await visit({ url: service.url });
  await page.goto("/wetland/records/samples");
  await page.getByLabel("Select 1", { exact: true }).check();
  await page.getByRole("button", { name: "Download", exact: true }).click();
  const ordered = page.waitForResponse((it) => it.request().method() === "POST" && it.url().endsWith("/v2/exports"));
  await page.getByRole("button", { name: "CSV", exact: true }).click();
  const { _id: id } = (await (await ordered).json()) as { readonly _id: string };
  const waiting = page.getByRole("alert").filter({ hasText: "is ready" });
  await waiting.waitFor();
  await later(service, id, { expiresAt: new Date(Date.now() - 1000) });
  await waiting.getByRole("link", { name: "Download" }).click();
  await page.getByRole("alert").getByText("The archive's time is over, and it is deleted.").waitFor();
  expect(new URL(page.url()).pathname).toBe("/wetland/records/samples");
  expect(await page.getByLabel("Select 1", { exact: true }).isChecked()).toBe(true);
});
