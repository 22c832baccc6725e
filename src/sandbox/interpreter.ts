// The interpreter: a process that runs one script in QuickJS, and by itself can do nothing else.
import { Buffer } from "node:buffer";
import { writeSync } from "node:fs";
import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";
import type * as QuickJS from "quickjs-emscripten";
import { linesOf } from "./lines.ts";
import { CALLS, INTERPRETER_MEMORY, LOG, MEMORY, PROCESS_MEMORY } from "./limits.ts";
import { PRELUDE, SCRIPT_NAME } from "./prelude.ts";
import type { Ending, Message } from "./messages.ts";
import { type Answer, REPORTS, type Task } from "./protocol.ts";

/** Flags of JS_Eval: `await` outside of functions, and nothing run. */
const ASYNC = 1 << 7;
const COMPILE_ONLY = 1 << 5;
/** Bytes of the interpreter's own stack, of the 5 MiB that it has. */
const STACK = 512 * 2 ** 10;
const PAGE = 2 ** 16;

type MemoryConstructor = new (pages: { readonly initial: number; readonly maximum: number }) => {
  readonly buffer: ArrayBuffer;
};

// Whoever waits for the result may be killed meanwhile: then nobody needs it. What is outside of any heap counts too.
const watcher = `setInterval(() => {
  if (process.ppid !== ${process.ppid} || process.memoryUsage.rss() > ${PROCESS_MEMORY}) process.kill(${process.pid}, "SIGKILL");
}, 250)`;
new Worker(watcher, { eval: true, stdout: true, stderr: true }).unref();

// Node's types do not have it.
const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: { readonly Memory: MemoryConstructor } };
const wasmMemory = new WebAssembly.Memory({ initial: (16 * 2 ** 20) / PAGE, maximum: INTERPRETER_MEMORY / PAGE });
// Where no folder may be read, names of packages cannot be looked up; their files can be opened.
const [coreFile = "", variantFile = ""] = process.argv.slice(2);
const open = createRequire(import.meta.url);
const { newQuickJSWASMModuleFromVariant, newVariant } = open(coreFile) as typeof QuickJS;
const { default: variant } = open(variantFile) as { readonly default: QuickJS.QuickJSSyncVariant };
const quickjs = await newQuickJSWASMModuleFromVariant(newVariant(variant, { wasmMemory }));
const lines = linesOf(process.stdin);
const { source, facts, milliseconds } = JSON.parse(await nextLine()) as Task;

send({ ready: true });
const deadline = performance.now() + milliseconds;
const runtime = quickjs.newRuntime({
  memoryLimitBytes: MEMORY,
  maxStackSizeBytes: STACK,
  interruptHandler: () => performance.now() > deadline,
});
const context = runtime.newContext();
let unanswered = 0;
let ending: Ending;
try {
  ending = facts === null ? compiled() : await run(facts);
} catch (error) {
  // It broke, and is not used again.
  ending = broken(error);
}
send(ending);
process.exit(0);

function compiled(): Ending {
  const prelude = start("{}");
  const result = context.evalCode(source, SCRIPT_NAME, ASYNC | COMPILE_ONLY);
  return result.error === undefined ? { end: "done", error: null } : failed(prelude, result.error);
}

async function run(factsText: string): Promise<Ending> {
  const prelude = start(factsText);
  const evaluated = context.evalCode(source, SCRIPT_NAME, ASYNC);
  if (evaluated.error !== undefined) return failed(prelude, evaluated.error);
  const watched = context.callMethod(prelude, "watch", [evaluated.value]);
  if (watched.error !== undefined) return failed(prelude, watched.error);
  const late = new Promise<null>((resolve) => setTimeout(resolve, deadline - performance.now(), null));
  for (;;) {
    const fault = runJobs();
    if (isLate()) return tooLate();
    if (fault !== null) return failed(prelude, fault);
    if (unanswered === 0) break;
    const line = await Promise.race([nextLine(), late]);
    if (line === null) return tooLate();
    settle(prelude, JSON.parse(line) as Answer);
  }
  const state = context.getPromiseState(watched.value);
  if (state.type === "fulfilled") return { end: "done", error: null };
  if (state.type === "rejected") return failed(prelude, state.error);
  // A promise whose function could not even be made is never settled.
  if (isFull()) return noMemory();
  return ended("failed", "Error", "The script waits for something that will never come.");
}

/** Runs what promises wait for until nothing is left, or gives what one of them threw that nobody can catch. */
function runJobs(): QuickJS.QuickJSHandle | null {
  while (runtime.hasPendingJob() && !isLate()) {
    // A batch, since jobs may give rise to ever more of them.
    const { error } = runtime.executePendingJobs(1000);
    if (error !== undefined) return error;
  }
  return null;
}

function start(factsText: string): QuickJS.QuickJSHandle {
  let logged = 0;
  const counts = { fetch: 0, notify: 0 };
  let last = 0;
  const tell = context.newFunction("tell", (json) => {
    // More than is kept tells that there was more.
    if (logged > LOG) return;
    const log = textOf(json);
    logged += log.length + 1;
    send({ log });
  });
  const ask = context.newFunction("ask", (kindHandle, json) => {
    const kind = context.getString(kindHandle) === "fetch" ? "fetch" : "notify";
    if (counts[kind] === CALLS[kind]) return context.newNumber(0);
    counts[kind]++;
    unanswered++;
    last++;
    send({ call: last, [kind]: JSON.parse(context.getString(json)) } as Message);
    return context.newNumber(last);
  });
  const make = context.unwrapResult(context.evalCode(PRELUDE, "prelude"));
  return context.unwrapResult(context.callFunction(make, context.undefined, tell, ask, context.newString(factsText)));
}

function settle(prelude: QuickJS.QuickJSHandle, { call, ok, value }: Answer): void {
  unanswered--;
  const parts = [context.newNumber(call), ok ? context.true : context.false, context.newString(value)];
  // It may run out of memory or time, which shows when nothing else happens.
  context.callMethod(prelude, "settle", parts).dispose();
}

/** How it ended when it threw something. */
function failed(prelude: QuickJS.QuickJSHandle, thrown: QuickJS.QuickJSHandle): Ending {
  if (isLate()) return tooLate();
  // Memory to say what is wrong, when that is what has run out.
  runtime.setMemoryLimit(MEMORY + 8 * 2 ** 20);
  const described = context.callMethod(prelude, "describe", [thrown]);
  if (isLate()) return tooLate();
  if (described.error !== undefined) return isFull() ? noMemory() : ended("failed", "Error", "It cannot be shown.");
  const error = JSON.parse(context.getString(described.value)) as NonNullable<Ending["error"]>;
  // When nothing is left to make an error of, null is thrown.
  const isMemory = error.name === "InternalError" && error.message.startsWith("out of memory");
  if (isMemory || (isFull() && context.eq(thrown, context.null)))
    return { ...noMemory(), error: { ...noMemory().error!, line: error.line } };
  return { end: "failed", error };
}

function broken(error: unknown): Ending {
  if (isLate()) return tooLate();
  if (isFull()) return noMemory();
  if (error instanceof RangeError) return ended("failed", "RangeError", "The script goes too deep.");
  return ended("crashed", "Error", "The interpreter broke down.");
}

function tooLate(): Ending {
  return ended("timeout", "TimeoutError", `The script took more than ${milliseconds / 1000} seconds.`);
}

function noMemory(): Ending {
  return ended("memory", "MemoryError", `The script needed more than ${MEMORY / 2 ** 20} MiB of memory.`);
}

function ended(end: Ending["end"], name: string, text: string): Ending {
  return { end, error: { name, message: text, line: null, column: null } };
}

function isLate(): boolean {
  return performance.now() > deadline;
}

/** Whether memory was asked for until nearly all there is was given. */
function isFull(): boolean {
  return wasmMemory.buffer.byteLength >= MEMORY;
}

function textOf(json: QuickJS.QuickJSHandle): string {
  return JSON.parse(context.getString(json)) as string;
}

async function nextLine(): Promise<string> {
  const { value } = (await lines.next()) as { readonly value: string | undefined };
  if (value === undefined) process.exit(1);
  return value;
}

function send(what: Message): void {
  const bytes = Buffer.from(`${JSON.stringify(what)}\n`, "utf8");
  for (let sent = 0; sent < bytes.length;) sent += writeSync(REPORTS, bytes, sent);
}
