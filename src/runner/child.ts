// The process that runs one export, told by its owner (`worker.ts`), and ends. A crash in it takes nothing else along.
import { writeFileSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { failure } from "../lib/errors.ts";
import type { Progress } from "../engine/run.ts";
import { AskedKeys } from "./asked-keys.ts";
import { exportIntoVault } from "./export-into-vault.ts";
import { errorOf, failureOf } from "./failures.ts";
import type { Outcome } from "./job.ts";
import type { FromChild, Order, ToChild } from "./messages.ts";

/** Milliseconds from one report of progress to the next. */
const REPORT_EVERY = 250;
/** How long putting away may take when the owner is gone, or something is badly wrong; in milliseconds. */
const GRACE = 5_000;

const controller = new AbortController();
const keys = new AskedKeys(controller.signal, (n) => tell({ keysOfPart: n }));
let isWorking = false;

// Whoever orders exports comes first, whatever the machine has to do.
try {
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  // It has a session of its own, and Linux may share out time among sessions: then it is the session's priority that counts
  // (sched(7), "The autogroup feature").
  writeFileSync("/proc/self/autogroup", String(constants.priority.PRIORITY_BELOW_NORMAL));
} catch {
  // Where that is forbidden, or there is no such thing, they share.
}
// These are sent to all processes of a service: it is the owner who decides what becomes of exports then.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});

process.on("message", (message: ToChild) => {
  if ("stop" in message) controller.abort(errorOf(message.stop));
  else if ("part" in message) keys.take(message);
  else void work(message.run);
});

process.on("disconnect", () => {
  // What nobody asks for any more is not finished either.
  endWith(failure("owner-gone", "The service that ordered the export is gone."));
});

// What is thrown where nobody waits for it fails the export, which is then put away in order.
process.on("uncaughtException", endWith);

function endWith(error: unknown): void {
  if (!isWorking) process.exit();
  controller.abort(error);
  setTimeout(() => process.exit(1), GRACE).unref();
}

async function work(order: Order): Promise<void> {
  isWorking = true;
  const outcome = await outcomeOf(order);
  isWorking = false;
  if (!process.connected) process.exit();
  tell({ outcome }, () => process.exit());
}

async function outcomeOf(order: Order): Promise<Outcome> {
  const { signal } = controller;
  try {
    return await exportIntoVault(order, { signal, onProgress: reporter(), batchKeys: (n) => keys.part(n) });
  } catch (error) {
    return { state: "failed", failure: failureOf(signal.aborted ? signal.reason : error) };
  }
}

function reporter(): (progress: Progress) => void {
  let last = -Infinity;
  return (progress) => {
    const now = performance.now();
    if (now - last < REPORT_EVERY) return;
    last = now;
    tell({ progress });
  };
}

function tell(message: FromChild, then: () => void = () => {}): void {
  // That the owner is gone is told by `disconnect`.
  if (process.connected) process.send!(message, undefined, {}, then);
}
