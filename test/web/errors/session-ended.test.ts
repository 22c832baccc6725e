// A session ends while somebody works: they sign in over the page, which stays as it is, with all that they entered.
import { expect, test } from "vitest";
import { PASSWORD } from "../api.ts";
import { visit } from "../visit.ts";

test("a form is sent again after signing in, with what was entered", async () => {
  const { page, context } = await visit({ person: "max", setting: { language: "fr" } });
  await page.goto("/wetland/profile");
  const name = page.getByLabel("Nom", { exact: true }).first();
  await name.fill("Maxime Lefèvre-Đặng");
  await context.clearCookies();
  await page.getByRole("button", { name: "Enregistrer" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Mot de passe", { exact: true }).fill(PASSWORD);
  await dialog.getByRole("button", { name: "Se connecter" }).click();
  await dialog.waitFor({ state: "detached" });
  expect(await name.inputValue()).toBe("Maxime Lefèvre-Đặng");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await page.getByRole("button", { name: "Maxime Lefèvre-Đặng" }).waitFor();
});

test("whoever comes without a session signs in first, and is then where they wanted to be", async () => {
  const { page } = await visit({ person: null });
  await page.goto("/wetland/exports?state=ready");
  await page.getByLabel("E-mail address").fill("ada@example.org");
  await page.getByLabel("Password", { exact: true }).fill("not this one");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("Address and password do not go together.").waitFor();
  expect(await page.getByLabel("E-mail address").inputValue()).toBe("ada@example.org");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/wetland\/exports\?state=ready$/);
});
