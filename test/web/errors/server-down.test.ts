// The server goes away and comes back: pages say so where it happened, keep what was entered, and go on without being loaded again.
import { afterAll, beforeAll, beforeEach, expect, inject, test } from "vitest";
import { ownService, type WebService } from "../service.ts";
import { visit } from "../visit.ts";

let service: WebService & { remove(): Promise<void> };

beforeAll(async () => {
  service = await ownService(inject("webPrepared"));
});
afterAll(() => service.remove());
// A test that failed may have left it down.
beforeEach(async () => {
  await service.stop();
  await service.start();
});

const OFFLINE = "Waybill does not answer. Check the network; nothing that you entered is lost.";

test("a form says so, keeps its input, and saves once the server is back", async () => {
  const { page } = await visit({ url: service.url, person: "ann" });
  await page.goto("/wetland/profile");
  const name = page.getByLabel("Name", { exact: true }).first();
  await name.fill("Ann Kowalska-Nguyễn");
  await service.stop();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("alert").getByText(OFFLINE).waitFor();
  expect(await name.inputValue()).toBe("Ann Kowalska-Nguyễn");
  await service.start();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: "Ann Kowalska-Nguyễn" }).waitFor();
  await page.getByRole("alert").getByText(OFFLINE).waitFor({ state: "detached" });
});

test("a page that cannot load its data says so in its frame, and loads it when asked again", async () => {
  const { page } = await visit({ url: service.url });
  await page.goto("/wetland/profile");
  await page.getByRole("heading", { level: 1 }).waitFor();
  await service.stop();
  await page.getByRole("navigation").getByRole("link", { name: "Exports" }).click();
  await page.getByText(OFFLINE).waitFor();
  await page.getByRole("navigation").getByRole("link", { name: "Exports" }).waitFor();
  await service.start();
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("table").getByText("Photographs and notes").waitFor();
  await expect.poll(() => page.getByText(OFFLINE).count()).toBe(0);
});

test("a list that is there stays readable while the server is away", async () => {
  const { page } = await visit({ url: service.url });
  await page.goto("/wetland/exports");
  await page.getByText("Photographs and notes").waitFor();
  await service.stop();
  await page.evaluate(() => {
    window.dispatchEvent(new Event("offline"));
    window.dispatchEvent(new Event("online"));
    document.dispatchEvent(new Event("visibilitychange"));
  });
  expect(await page.getByText("Photographs and notes").count()).toBeGreaterThan(0);
});
