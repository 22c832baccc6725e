// `waybill serve` as a process of its own, for tests.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { PROGRAM } from "./program.ts";

export interface Started {
  readonly url: string;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly process: ChildProcess;
  /** Milliseconds until it answered. */
  readonly took: number;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** Starts the service, and waits until it answers. */
export async function start(
  cwd: string,
  env: Record<string, string> = {},
  args: readonly string[] = [],
): Promise<Started> {
  const port = await freePort();
  const began = performance.now();
  const child = spawn(process.execPath, [PROGRAM, "serve", "--port", String(port), ...args], {
    cwd,
    env: { ...process.env, DATABASE_URL: "", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const url = `http://127.0.0.1:${port}`;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${stderr}`);
    const answer = await fetch(`${url}/health/ready`).catch(() => null);
    if (answer?.ok === true && stdout.includes("listens at")) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return { url, stdout: () => stdout, stderr: () => stderr, process: child, took: performance.now() - began };
}

/** Asks it to stop. @returns its exit code */
export async function stopped({ process: child }: Started, signal: NodeJS.Signals = "SIGTERM"): Promise<number | null> {
  const ended = once(child, "exit");
  child.kill(signal);
  const [code] = (await ended) as [number | null];
  return code;
}

export function post(url: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}
