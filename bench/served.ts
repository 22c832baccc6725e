// A `waybill serve` that benchmarks ask, and what they say of its figures.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("../bin/waybill.js", import.meta.url));
const PORT = 8093;
export const URL_OF_IT = `http://127.0.0.1:${PORT}`;

export interface Started {
  readonly child: ChildProcess;
  /** Until it answered. */
  readonly seconds: number;
}

/** Starts the service in a folder with a `waybill.yaml`. */
export async function start(cwd: string, databaseUrl: string | null): Promise<Started> {
  const began = performance.now();
  const env = { ...process.env, DATABASE_URL: databaseUrl ?? "", WAYBILL_LOG: "warn" };
  const child = spawn(process.execPath, [PROGRAM, "serve", "--port", String(PORT)], {
    cwd,
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  for (;;) {
    if (child.exitCode !== null) throw new Error(`waybill serve ended with ${child.exitCode}`);
    const answer = await fetch(`${URL_OF_IT}/health/ready`).catch(() => null);
    if (answer?.ok === true) return { child, seconds: (performance.now() - began) / 1000 };
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export async function stop({ child }: Started): Promise<void> {
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}

/** Prints a figure beside what was promised; one that is larger fails the benchmark. */
export function judged(what: string, figure: number, atMost: number, unit: string): void {
  const kept = figure <= atMost;
  console.log(`${what}: ${figure.toFixed(2)}${unit} (at most ${atMost}${unit}: ${kept ? "kept" : "BROKEN"})`);
  if (!kept) process.exitCode = 1;
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
