// A query is registered for a program, which runs it with a token that is good for nothing else, until the query is deleted.
import { expect, inject, test } from "vitest";
import { visit } from "./visit.ts";

const DOCUMENT = "query Two { samples(first: 2) { nodes { __typename } } }";

async function ask(token: string, payload: object): Promise<unknown> {
  const answer = await fetch(`${inject("webUrl")}/wetland/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify(payload),
  });
  const { data, errors } = (await answer.json()) as {
    readonly data?: unknown;
    readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
  };
  return data ?? errors?.map(({ extensions }) => extensions.code);
}

test("from registering a query to its end", async () => {
  const { page } = await visit();
  await page.goto("/wetland/administration/queries");
  await page.getByRole("button", { name: "Register a query" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Two of them");
  await dialog.getByLabel("Document").fill("mutation { samples }");
  await dialog.getByRole("button", { name: "Register a query" }).click();
  await dialog.getByText("The document is a mutation.").waitFor();
  await dialog.getByLabel("Document").fill(DOCUMENT);
  await dialog.getByRole("button", { name: "Register a query" }).click();
  const documentId = await dialog.getByLabel("Id", { exact: true }).inputValue();
  expect(documentId).toMatch(/^sha256:[0-9a-f]{64}$/);
  await dialog.getByRole("button", { name: "Done" }).click();
  const row = page.getByRole("row").filter({ hasText: "Two of them" });
  await row.getByText("never").waitFor();

  await page.goto("/wetland/profile");
  await page.getByRole("button", { name: "New token" }).click();
  await dialog.getByLabel("Name").fill("For two of them");
  await dialog.getByRole("checkbox", { name: "Persisted queries" }).check();
  await dialog.getByRole("checkbox", { name: "Read" }).uncheck();
  await dialog.getByRole("button", { name: "Make the token" }).click();
  const token = await dialog.getByLabel("Token", { exact: true }).inputValue();
  const two = { samples: { nodes: [{ __typename: "Samples" }, { __typename: "Samples" }] } };
  expect(await ask(token, { documentId })).toEqual(two);
  expect(await ask(token, { query: "{ batches { nodes { id } } }" })).toEqual(["forbidden"]);

  await page.goto("/wetland/administration/queries");
  await row.getByText("never").waitFor({ state: "detached" });
  await row.getByRole("button", { name: "Two of them", exact: true }).click();
  await dialog.getByText(DOCUMENT).waitFor();
  await page.keyboard.press("Escape");
  await row.getByRole("button", { name: "Delete Two of them" }).click();
  await dialog.getByRole("button", { name: "Delete the query" }).click();
  await row.waitFor({ state: "detached" });
  expect(await ask(token, { documentId })).toEqual(["not_found"]);

  await page.goto("/wetland/administration/audit");
  await page.getByText("Ada Martin deleted the query “Two of them”.").waitFor();
});
