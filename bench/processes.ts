// Runs programs as child processes, to their end.
import { spawn } from "node:child_process";
import { open } from "node:fs/promises";

/** A program to run. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** A file that takes its standard output. */
  readonly output?: string;
  /** Variables besides those of this process. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** What a program that succeeded gave. */
export interface Finished {
  /** Wall time from its start to its end, in seconds. */
  readonly seconds: number;
  /** Standard output; empty where a file took it. */
  readonly output: string;
  /** Standard error. */
  readonly remarks: string;
}

/**
 * Runs a program and waits until it is gone; an abort ends it first.
 * @param onStart is told its process id.
 * @throws Error when it fails; the signal's reason when it was aborted
 */
export async function runCommand(
  command: Command,
  signal: AbortSignal,
  onStart: (pid: number) => void = () => {},
): Promise<Finished> {
  signal.throwIfAborted();
  const file = command.output === undefined ? undefined : await open(command.output, "w");
  let output = "";
  let remarks = "";
  try {
    const begin = performance.now();
    const child = spawn(command.program, command.args, {
      stdio: ["ignore", file?.fd ?? "pipe", "pipe"],
      env: { ...process.env, ...command.environment },
      signal,
    });
    child.stdout?.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (remarks += text));
    // An abort is an error event too, but the process is gone only when its pipes are closed.
    child.on("error", (error) => (remarks += error.message));
    if (child.pid !== undefined) onStart(child.pid);
    const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
    const seconds = (performance.now() - begin) / 1000;
    signal.throwIfAborted();
    if (code !== 0) throw new Error(`${shown(command)}\nended with ${code ?? "a signal"}: ${remarks.trim()}`);
    return { seconds, output, remarks };
  } finally {
    await file?.close();
  }
}

/** A command line that can be pasted into a shell. */
function shown({ program, args }: Command): string {
  return [program, ...args]
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`))
    .join(" ");
}

/** A command line of Waybill, run by this very Node from the sources. */
export function waybill(...args: readonly string[]): Command {
  return { program: process.execPath, args: ["bin/waybill.js", ...args] };
}

/** Debian's Python: another one that comes first in the path would not see Debian's modules. */
const PYTHON = "/usr/bin/python3";

/** A command line for Python. */
export function python(...args: readonly string[]): Command {
  return { program: PYTHON, args };
}

/** A statement or backslash command for psql, on a database's URL. */
export function psql(url: string, statement: string): Command {
  return { program: "psql", args: ["-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", statement] };
}
