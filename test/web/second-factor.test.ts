// A second factor is set up by a code that a camera reads off the page, and asked for at the next sign-in.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, inject, onTestFinished, test } from "vitest";
import { totp } from "../identity/totp.ts";
import { PASSWORD } from "./api.ts";
import { ownService } from "./service.ts";
import { signInAs, visit } from "./visit.ts";

test.each(["light", "dark"] as const)("the QR code is read by another program, in the %s theme", async (theme) => {
  const service = await ownService(inject("webPrepared"));
  const folder = mkdtempSync(join(tmpdir(), "waybill-web-qr-"));
  onTestFinished(async () => {
    rmSync(folder, { recursive: true, force: true });
    await service.remove();
  });
  const { page, context } = await visit({ person: "gus", url: service.url, setting: { theme } });
  await page.goto("/wetland/profile");
  await page.getByRole("button", { name: "Set up" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Your password").fill(PASSWORD);
  await dialog.getByRole("button", { name: "Continue" }).click();
  const picture = join(folder, "code.png");
  await dialog.getByRole("img", { name: "QR code of the key below" }).screenshot({ path: picture });
  const uri = execFileSync("zbarimg", ["--quiet", "--raw", picture], { encoding: "utf8" }).trim();
  const key = (await dialog.getByLabel("Key", { exact: true }).inputValue()).replaceAll(" ", "");
  expect(uri).toMatch(/^otpauth:\/\/totp\//);
  expect(new URL(uri).searchParams.get("secret")).toBe(key);
  await dialog.getByLabel("Code", { exact: true }).fill(totp(uri));
  await dialog.getByRole("button", { name: "Turn on" }).click();
  await dialog.getByRole("button", { name: "I have kept them" }).click();
  await page.getByRole("button", { name: "New backup codes" }).waitFor();
  await context.clearCookies();
  await page.goto("/sign-in");
  await signInAs(page, "gus");
  await page.getByLabel("Code", { exact: true }).fill(totp(uri));
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Account of Gus Nguyễn" }).waitFor();
});
