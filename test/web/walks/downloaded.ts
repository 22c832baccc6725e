// A file that came through the browser: saved, then opened with Python's readers, and by `waybill verify` where it is an archive.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import { verify } from "../../../src/engine/verify.ts";
import type { Hands } from "./hands.ts";
import { pythonZip } from "../../readers/zip.ts";

export interface Downloaded {
  readonly name: string;
  readonly path: string;
  readonly bytes: Buffer;
}

/** What the browser saves after `start`. */
export async function downloaded(page: Page, start: () => Promise<void>): Promise<Downloaded> {
  const folder = mkdtempSync(join(tmpdir(), "waybill-web-download-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [download] = await Promise.all([page.waitForEvent("download"), start()]);
  const name = download.suggestedFilename();
  const path = join(folder, name);
  await download.saveAs(path);
  return { name, path, bytes: readFileSync(path) };
}

/** By “Download” above records: ordered, waited for, and taken. @param extension that tells it from others that are ready */
export async function quickly(page: Page, hands: Hands, format: string, extension: string): Promise<Downloaded> {
  await hands.press(page.getByRole("button", { name: "Download", exact: true }).first());
  await hands.press(page.getByRole("dialog", { name: "Download" }).getByRole("button", { name: format, exact: true }));
  return readyFile(page, hands, extension);
}

/** Takes what was ordered by “Download”, once it is ready. */
export async function readyFile(page: Page, hands: Hands, extension: string): Promise<Downloaded> {
  const ready = page.getByRole("alert").filter({ hasText: `${extension} is ready` });
  // A busy machine takes a while.
  await ready.waitFor({ timeout: 45_000 });
  const take = ready.getByRole("link", { name: "Download" });
  return downloaded(page, () => hands.press(take));
}

/** The files of an archive, which must be as it was made. */
export async function opened({ path, bytes }: Downloaded): Promise<ReadonlyMap<string, Buffer>> {
  const { findings, files } = await verify(path, AbortSignal.timeout(20_000));
  expect(findings).toEqual([]);
  expect(files).toBeGreaterThan(0);
  return pythonZip(bytes);
}
