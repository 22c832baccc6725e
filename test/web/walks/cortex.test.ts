// Export jobs that a program orders and people look after (Medable Cortex): found in the list, opened, downloaded, ordered again, deleted.
import { randomUUID } from "node:crypto";
import { expect, inject, test } from "vitest";
import { asking } from "../api.ts";
import { visit } from "../visit.ts";
import { downloaded, opened } from "./downloaded.ts";
import { BOTH, handsOf } from "./hands.ts";
import { signInWith } from "./sign-in.ts";

test.each(BOTH)("an export by API, in the browser by the %s", async (kind) => {
  const ask = asking(inject("webUrl"), inject("webSeeded").cookies.ada, "computing");
  const label = `Accounting ${randomUUID().slice(0, 8)}, by the ${kind}`;
  const made = await ask("POST", "exports", {
    label,
    objects: "jobs",
    format: "application/x-ndjson",
    where: { queue: { $ne: null } },
    paths: ["id", "user.username", "cpu_hours"],
    limit: 500,
    join: false,
  });
  const { page } = await visit({ person: null });
  const hands = handsOf(page, kind);
  await page.goto("/computing/exports");
  await signInWith(hands, page, "ada");
  await hands.fill(page.getByRole("searchbox", { name: "Search" }), label);
  const row = page.getByRole("row").filter({ hasText: label });
  // It changes by itself: there is nothing to load again.
  await row.getByText("Ready", { exact: true }).waitFor({ timeout: 30_000 });
  await hands.press(row.getByRole("link", { name: label, exact: true }));
  await page.getByRole("heading", { level: 1, name: label }).waitFor();
  const files = await opened(
    await downloaded(page, () => hands.press(page.getByRole("link", { name: /^Download/ }).first())),
  );
  const lines = files.get("jobs.ndjson")!.toString().trimEnd().split("\n");
  expect(lines.length).toBe(500);
  expect(Object.keys(JSON.parse(lines[0]!) as object)).toContain("cpu_hours");

  await page.goBack();
  await hands.press(row.getByRole("checkbox"));
  await hands.press(page.getByRole("button", { name: /^Delete/ }).last());
  await hands.press(page.getByRole("dialog").getByRole("button", { name: "Delete the export" }));
  await row.waitFor({ state: "detached" });
  await expect(ask("GET", `exports/${made._id}`)).rejects.toThrow("404");
});
