// A field leaves the source that a template has as a column and in its filter: its editor says so at both, keeps what was entered, and saves it mended.
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, inject, onTestFinished, test } from "vitest";
import { asking } from "../api.ts";
import { ownService } from "../service.ts";
import { visit } from "../visit.ts";

test("a template that a change of the catalog has broken says where, and is mended without losing what was entered", async () => {
  const { ids, cookies } = inject("webSeeded");
  const id = ids["strict-template"]!;
  const service = await ownService(inject("webPrepared"));
  onTestFinished(() => service.remove());
  const ask = asking(service.url, cookies.ada, "wetland");
  const { template, revision } = await ask("GET", `dataset-templates/${id}`);
  const where = { comment: { $exists: true } };
  await ask("PUT", `dataset-templates/${id}?revision=${revision}`, { ...template, where });
  const { page } = await visit({ url: service.url });
  await page.goto(`/wetland/templates/dataset/${id}`);
  const name = page.getByLabel("Name", { exact: true });
  await name.fill("Samples that must have a campaign");

  await service.stop();
  const database = new DatabaseSync(join(service.folder, "demo.db"));
  database.exec("ALTER TABLE samples DROP COLUMN comment");
  database.close();
  service.configure((orgs) => {
    delete (orgs["wetland"]!.objects["samples"]!["fields"] as Record<string, unknown>)["comment"];
  });
  await service.start();
  await page.getByLabel("Description").fill("For the campaigns alone.");

  const column = page.getByRole("listitem").filter({ has: page.getByLabel("Name of Comment in the export") });
  await column.getByText("Choose another field, or remove it.").waitFor();
  const filter = page.getByRole("group", { name: "Condition", exact: true });
  await filter.getByRole("alert").getByText("comment").waitFor();
  expect(await name.inputValue()).toBe("Samples that must have a campaign");
  await column.getByRole("button", { name: "Remove Comment" }).click();
  await filter.getByRole("button", { name: "Take the condition away" }).click();
  await page.getByText("Choose another field, or remove it.").first().waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText(/^Saved as revision \d+\./).waitFor();
  const saved = await ask("GET", `dataset-templates/${id}`);
  expect(saved.template).toMatchObject({
    name: "Samples that must have a campaign",
    description: "For the campaigns alone.",
  });
  expect(saved.template.columns.map((it: { field: string }) => it.field)).toEqual(["name", "campaign.name"]);
  expect(saved.template.where).toBeUndefined();
});
