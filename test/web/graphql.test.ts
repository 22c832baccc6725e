// GraphQL in the browser: GraphiQL with the org's own schema, an example that runs as it is, and the schema as a file.
import { readFileSync } from "node:fs";
import { buildSchema } from "graphql";
import { expect, test } from "vitest";
import { visit } from "./visit.ts";

test("the example runs, and what is written stays in this browser for whoever wrote it", async () => {
  const { page } = await visit();
  await page.goto("/wetland/administration/catalog");
  await page.getByRole("link", { name: "GraphQL" }).click();
  const asked = page.locator(".graphiql-query-editor");
  await asked.getByText("hasNextPage").waitFor();
  await page.getByRole("button", { name: /Execute query/ }).click();
  await page.locator(".graphiql-response").getByText('"nodes"').waitFor();
  await asked.locator(".CodeMirror").click();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.insertText("{ nothingOfTheKind }");
  await page.keyboard.press("ControlOrMeta+Enter");
  await page.locator(".graphiql-response").getByText('"bad_request"').waitFor();
  // It keeps what is written when one has paused.
  await page.waitForFunction(() => Object.values(localStorage).some((it) => it.includes("nothingOfTheKind")));
  await page.reload();
  await asked.getByText("nothingOfTheKind").waitFor();
  const names = await page.evaluate(() => Object.keys(localStorage));
  expect(names.filter((it) => it.startsWith("graphiql:"))).toEqual([]);
  expect(names.some((it) => it.startsWith("waybill.graphql.wetland."))).toBe(true);
});

test("the schema is a download that other programs read", async () => {
  const { page } = await visit();
  await page.goto("/wetland/graphql");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Schema (SDL)" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("wetland.graphql");
  const schema = buildSchema(readFileSync(await download.path(), "utf8"));
  expect(schema.getType("Samples")).toBeDefined();
});
