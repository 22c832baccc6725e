// The demo's service for browser tests: a process on a folder, which can be stopped and started again.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parse, stringify } from "yaml";
import { freePort } from "../setup/embedded-postgres.ts";

const PROGRAM = fileURLToPath(new URL("../../demo/serve.ts", import.meta.url));
export const DEMO_CONFIG = fileURLToPath(new URL("../../demo/waybill.yaml", import.meta.url));

/** An organisation of `waybill.yaml`, as far as tests change it. */
interface OrgText {
  [key: string]: unknown;
  objects: Record<string, Record<string, unknown>>;
}

/** What tests change in the demo's configuration. */
export type Change = (orgs: Record<string, OrgText>) => void;

export interface WebService {
  readonly folder: string;
  /** Without a slash at its end; with the base path. */
  readonly url: string;
  stop(): Promise<void>;
  /** On the same folder and port. */
  start(): Promise<void>;
  /** Changes the configuration; it counts from the next start on. */
  configure(change: Change): void;
}

/** Starts the service on a folder, which is filled when it is empty. @param basePath as `/waybill` */
export async function startService(folder: string, change?: Change, basePath = ""): Promise<WebService> {
  const port = await freePort();
  const url = `http://localhost:${port}${basePath}`;
  const config = join(folder, "tests.yaml");
  let child: ChildProcess | null = null;
  const configure = (its: Change): void => {
    const text = parse(readFileSync(config, "utf8")) as { orgs: Record<string, OrgText> };
    its(text.orgs);
    writeFileSync(config, stringify(text));
  };
  const start = async (): Promise<void> => {
    const args = [PROGRAM, "--folder", folder, "--port", String(port), "--base-url", url, "--config", config];
    child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] });
    await ready(child, `http://localhost:${port}`);
  };
  if (change !== undefined) configure(change);
  await start();
  return {
    folder,
    url,
    configure,
    start,
    async stop() {
      if (child !== null) await ended(child);
      child = null;
    },
  };
}

/** A service of a test's own, on a copy of what was prepared for all. Whoever starts it stops it, which deletes the copy with `remove`. */
export async function ownService(
  prepared: string,
  change?: Change,
  basePath?: string,
): Promise<WebService & { remove(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "waybill-web-"));
  cpSync(prepared, folder, { recursive: true });
  const service = await startService(folder, change, basePath);
  return {
    ...service,
    async remove() {
      await service.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function ready(child: ChildProcess, url: string): Promise<void> {
  let stderr = "";
  child.stderr!.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the demo's service ended with ${child.exitCode}: ${stderr}`);
    const answer = await fetch(`${url}/health/ready`).catch(() => null);
    if (answer?.ok === true) return;
    await sleep(50);
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), 8_000);
  await exit;
  clearTimeout(late);
}
