// Data is asked for by dates: the form, and the requests beside it.
import { expect, inject, onTestFinished, test } from "vitest";
import { pythonCsv } from "../readers/python.ts";
import { ownService } from "./service.ts";
import { visit } from "./visit.ts";
import { downloaded, opened } from "./walks/downloaded.ts";

test("a range that is too long is told before it is sent, and a request comes to its end in the list beside", async () => {
  const { page } = await visit({ person: "ann" });
  await page.goto("/computing/realms");
  const posted: string[] = [];
  page.on("request", (request) => request.method() === "POST" && posted.push(request.url()));
  await page.getByRole("button", { name: "Submit request" }).click();
  expect(await page.getByText("This is needed.").count()).toBe(3);
  await page.getByLabel("First day").fill("2023-01-01");
  await page.keyboard.press("Tab");
  await page.getByLabel("Last day").fill("2024-01-01");
  await page.keyboard.press("Tab");
  await page.getByText("From Jan 1, 2023 it may reach to Dec 31, 2023.").waitFor();
  await page.getByRole("button", { name: "Submit request" }).click();
  expect(posted).toEqual([]);
  await page.getByRole("button", { name: "End on Dec 31, 2023" }).click();
  await page.getByRole("combobox", { name: "Format" }).click();
  await page.getByRole("option", { name: "JSON: rows with a header" }).click();
  await page.getByRole("button", { name: "Submit request" }).click();
  const row = page.getByRole("row").filter({ hasText: "JSON (rows)" }).first();
  await row.getByText("Dec 31, 2023").waitFor();
  await row.getByText("Available").waitFor({ timeout: 25_000 });
  const link = row.getByRole("link", { name: /^Download/ });
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  expect(download.suggestedFilename()).toMatch(/\.zip$/);
  // What it was is documented below.
  await page.getByRole("row").filter({ hasText: "cpu_hours" }).getByText("Cores times hours").waitFor();
  await row.getByRole("button", { name: /^Submit again/ }).click();
  await page.getByText("The request was submitted again.").waitFor();
});

test("an optional field of a realm is in a request that asks for it", async () => {
  const service = await ownService(inject("webPrepared"), (orgs) => {
    const fields = orgs["computing"]!.objects["jobs"]!["fields"] as Record<string, object>;
    fields["wall_seconds"] = { ...fields["wall_seconds"], optional: true };
  });
  onTestFinished(() => service.remove());
  const { page } = await visit({ person: "ann", url: service.url });
  await page.goto("/computing/realms");
  await page.getByLabel("First day").fill("2023-03-01");
  await page.keyboard.press("Tab");
  await page.getByLabel("Last day").fill("2023-03-02");
  await page.keyboard.press("Tab");
  await page.getByRole("combobox", { name: "Format" }).click();
  await page.getByRole("option", { name: "CSV", exact: true }).click();
  await page.getByRole("combobox", { name: "Further fields" }).click();
  await page.getByRole("option", { name: "Wall time" }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Submit request" }).click();
  const link = page
    .getByRole("row")
    .filter({ hasText: "Mar 2, 2023" })
    .getByRole("link", { name: /^Download/ });
  await link.waitFor({ timeout: 25_000 });
  const files = await opened(await downloaded(page, () => link.click()));
  const [header] = await pythonCsv(files.get("jobs.csv")!);
  expect(header).toContain("wall_seconds");
});

test("an organisation without realms says so", async () => {
  const { page } = await visit();
  await page.goto("/wetland/realms");
  const said = page.getByText("Nothing here is asked for by dates");
  await said.waitFor();
  expect(await page.getByRole("button", { name: "Submit request" }).count()).toBe(0);
});
