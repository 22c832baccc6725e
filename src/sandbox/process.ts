// The owner's side of the interpreter: starts it, listens to it, and ends it in time.
import { spawn } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { linesOf } from "./lines.ts";
import { GRACE, STARTUP } from "./limits.ts";
import { type Ending, type Message, readMessage } from "./messages.ts";
import { type Answer, REPORTS, type Task } from "./protocol.ts";

const PROGRAM = fileURLToPath(
  new URL(`./interpreter${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url),
);
const QUICKJS = quickjs();
const READABLE = [dirname(PROGRAM), ...QUICKJS.folders];
const COMPLAINT = 4096;
/** KiB of stack that the usual 8 MiB of a process leave room for. Nesting in a script is recursion in the interpreter. */
const STACK = 3900;

/** How a script ended, and how long it took in milliseconds, the start of the interpreter not counted. */
export interface Ended extends Ending {
  readonly milliseconds: number;
}

/**
 * Runs a task in a process of its own, which is gone when this is over.
 *
 * @param take is given what the script logs and calls; false when a sound interpreter would not have asked for it
 * @throws the signal's reason, and nothing else
 */
export async function interpret(
  task: Task,
  signal: AbortSignal,
  take: (message: Message, answer: (answer: Answer) => void) => boolean = () => false,
): Promise<Ended> {
  signal.throwIfAborted();
  const child = spawn(
    process.execPath,
    [
      "--disable-warning=ExperimentalWarning",
      "--disable-warning=SecurityWarning",
      // No file but these, no other program, no native code. The only thread is a watcher, begun before the script.
      "--permission",
      ...READABLE.map((folder) => `--allow-fs-read=${folder}`),
      "--allow-worker",
      "--disallow-code-generation-from-strings",
      "--max-old-space-size=128",
      `--stack-size=${STACK}`,
      PROGRAM,
      QUICKJS.core,
      QUICKJS.variant,
    ],
    // Times are UTC on every machine; of our environment it gets nothing.
    { stdio: ["pipe", "ignore", "pipe", "pipe"], env: { TZ: "UTC" } },
  );
  const closed = new Promise<void>((resolve) => {
    child.once("close", () => resolve());
    // One that never began is not closed either.
    child.once("error", () => child.pid === undefined && resolve());
  });
  let complaint = "";
  let isLate = false;
  const kill = (): void => void child.kill("SIGKILL");
  let timer = setTimeout(kill, STARTUP);
  signal.addEventListener("abort", kill, { once: true });
  // A write to an interpreter that has gone is noticed when it has not ended by itself.
  child.stdin?.on("error", () => {});
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (complaint = (complaint + text).slice(0, COMPLAINT)));
  const send = (what: Task | Answer): void => void child.stdin?.write(`${JSON.stringify(what)}\n`);
  let started: number | null = null;
  let ending: Ending | null = null;
  const begin = (): void => {
    clearTimeout(timer);
    started = performance.now();
    timer = setTimeout(() => {
      isLate = true;
      kill();
    }, task.milliseconds + GRACE);
  };
  send(task);
  try {
    for await (const line of linesOf((child.stdio?.[REPORTS] ?? Readable.from([])) as Readable)) {
      const message = readMessage(line);
      if (message !== null && "ready" in message && started === null) begin();
      else if (message !== null && "end" in message) {
        ending = message;
        break;
        // What no sound interpreter would say ends it.
      } else if (message === null || !take(message, send)) break;
    }
  } catch {
    // A line that no sound interpreter would write.
  }
  const milliseconds = Math.round(performance.now() - (started ?? performance.now()));
  // It would end by itself, and take longer.
  kill();
  await closed;
  clearTimeout(timer);
  signal.removeEventListener("abort", kill);
  signal.throwIfAborted();
  return { ...(ending ?? unsaid(task, isLate, complaint.includes("out of memory"))), milliseconds };
}

/** How it ended when the interpreter did not live to say so. */
function unsaid({ milliseconds }: Task, isLate: boolean, isMemory: boolean): Ending {
  const because = (end: Ending["end"], name: string, message: string): Ending => ({
    end,
    error: { name, message, line: null, column: null },
  });
  if (isLate) return because("timeout", "TimeoutError", `The script took more than ${milliseconds / 1000} seconds.`);
  if (isMemory) return because("memory", "MemoryError", "The script needed too much memory.");
  return because("crashed", "Error", "The process that ran the script has ended unexpectedly.");
}

/** The parts of QuickJS that are used: their main files, and the folders that they lie in, also as they see each other through links. */
function quickjs(): { readonly core: string; readonly variant: string; readonly folders: readonly string[] } {
  const { resolve } = createRequire(realpathSync(createRequire(import.meta.url).resolve("quickjs-emscripten")));
  const core = realpathSync(resolve("quickjs-emscripten-core"));
  const variant = realpathSync(resolve("@jitl/quickjs-wasmfile-release-sync"));
  const used = "@jitl/quickjs-ffi-types";
  const links = [core, variant].flatMap((file) =>
    (createRequire(file).resolve.paths(used) ?? []).map((folder) => join(folder, used)).filter(existsSync),
  );
  const folders = [
    dirname(dirname(core)),
    dirname(dirname(variant)),
    ...links,
    ...links.map((link) => realpathSync(link)),
  ];
  return { core, variant, folders: [...new Set(folders)] };
}
