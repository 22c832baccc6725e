// Once for all browser tests: the app is built, Chromium unpacked, the demo's records made, people signed in, and the service started.
import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { unpackBrowser } from "./browser.ts";
import { forTests, seed, type Seeded, writeEmptyDatabase, writeSeeded } from "./seed.ts";
import { DEMO_CONFIG, startService } from "./service.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The service that all tests share which do not stop it. */
    webUrl: string;
    /** A folder that `ownService` copies: the demo's records, with what people have made. */
    webPrepared: string;
    webSeeded: Seeded;
  }
}

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [at] = await Promise.all([prepare(), unpackBrowser()]);
  const folder = join(at.root, "shared");
  cpSync(at.prepared, folder, { recursive: true });
  const service = await startService(folder);
  project.provide("webUrl", service.url);
  project.provide("webPrepared", at.prepared);
  project.provide("webSeeded", at.seeded);
  return async () => {
    await service.stop();
    rmSync(at.root, { recursive: true, force: true });
  };
}

/** The app as it is now, and a folder of the demo's service, stopped. Whoever asks for it deletes `root`. */
export async function prepare(): Promise<{
  readonly root: string;
  readonly prepared: string;
  readonly seeded: Seeded;
}> {
  buildApp();
  const root = mkdtempSync(join(tmpdir(), "waybill-web-"));
  const prepared = join(root, "prepared");
  const kept = process.env["WAYBILL_WEB_KEPT"];
  if (kept !== undefined && existsSync(kept)) {
    cpSync(kept, prepared, { recursive: true });
    return { root, prepared, seeded: JSON.parse(readFileSync(join(prepared, "seeded.json"), "utf8")) as Seeded };
  }
  const begun = performance.now();
  writeEmptyDatabase(prepared);
  copyFileSync(DEMO_CONFIG, join(prepared, "tests.yaml"));
  const service = await startService(prepared, forTests);
  let seeded: Seeded;
  try {
    seeded = await seed(service.url);
  } finally {
    await service.stop();
  }
  writeSeeded(join(prepared, "seeded.json"), seeded);
  if (kept !== undefined) cpSync(prepared, kept, { recursive: true });
  say(`the demo's records were made in ${seconds(begun)} s`);
  return { root, prepared, seeded };
}

/** Builds the web app where it is missing or older than its sources: `npm ci` has built it once. */
export function buildApp(): void {
  const page = join(ROOT, "dist/web/index.html");
  const built = existsSync(page) ? statSync(page).mtimeMs : 0;
  if (newest(join(ROOT, "web")) <= built) return;
  const begun = performance.now();
  // Vitest says "test", for which React is built with all that helps its developers.
  const env = { ...process.env, NODE_ENV: "production" };
  execFileSync("npm", ["run", "build:web"], { cwd: ROOT, env, stdio: ["ignore", "ignore", "inherit"] });
  say(`the web app was built in ${seconds(begun)} s`);
}

/** When something in a folder was last changed, in milliseconds. */
function newest(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((it) => it.isFile());
  return Math.max(...files.map((it) => statSync(join(it.parentPath, it.name)).mtimeMs));
}

function seconds(begun: number): string {
  return ((performance.now() - begun) / 1000).toFixed(1);
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
