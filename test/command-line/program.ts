// The program itself, run as people run it.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished } from "vitest";

/** The program's file. */
export const PROGRAM = fileURLToPath(new URL("../../bin/waybill.js", import.meta.url));

/** How a run ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** A run that is going on. */
export interface Running {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  kill(signal: NodeJS.Signals): void;
}

/** Starts `waybill` with arguments. */
export function start(args: readonly string[], cwd?: string): Running {
  return startProgram(process.execPath, [PROGRAM, ...args], cwd);
}

/** Runs `waybill` with arguments to its end. */
export function waybill(args: readonly string[], cwd?: string): Promise<Ended> {
  return start(args, cwd).ended;
}

/** Runs a line of bash, in which `$WAYBILL` is the program. */
export function shell(line: string, cwd?: string): Promise<Ended> {
  return startProgram("bash", ["-c", line], cwd).ended;
}

function startProgram(program: string, args: readonly string[], cwd: string | undefined): Running {
  const child = spawn(program, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, WAYBILL: `${process.execPath} ${PROGRAM}` },
    ...(cwd === undefined ? {} : { cwd }),
  });
  const chunks: Buffer[] = [];
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout: Buffer.concat(chunks), stderr }));
  });
  return { pid: child.pid!, ended, kill: (signal) => child.kill(signal) };
}

/** An empty folder that goes when the test is over. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "waybill-cli-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** What is in a folder, hidden files too. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder).toSorted();
}

/** Checks that a run failed in plain words: a sentence, perhaps a place and a hint, and nothing of our insides. */
export function expectFailure({ code, stderr }: Ended, expectedCode: number, message: RegExp): void {
  expect(stderr).toMatch(message);
  expect(code).toBe(expectedCode);
  expect(stderr).toMatch(/^waybill: \S.*[.?!…)]\n(?: {2}\S.*\n)*$/);
  expect(stderr).not.toMatch(/\bat .*:\d+:\d+|\bError:|secret|defect of Waybill/);
}

/** Waits until something is so; fails after `within` milliseconds. */
export async function until(what: () => boolean | Promise<boolean>, within: number): Promise<void> {
  const end = performance.now() + within;
  while (!(await what())) {
    if (performance.now() > end) throw new Error(`it was not so within ${within} ms`);
    await sleep(20);
  }
}

/** The child processes of a process. */
export async function childrenOf(pid: number): Promise<number[]> {
  const { stdout } = await shell(`cat /proc/${pid}/task/*/children 2>/dev/null; true`);
  return stdout.toString().trim().split(/\s+/).filter(Boolean).map(Number);
}

/** Whether a process is there and no zombie. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
