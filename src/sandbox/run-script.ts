// Runs the script of an export once it has completed, whether it succeeded or failed. What it may do: docs/after-script.md.
import { failure, WaybillError } from "../lib/errors.ts";
import { fetchOnce, type Lookup, type Reach } from "./fetch.ts";
import { KeptLog } from "./kept-log.ts";
import { CALLS, SOURCE, SUBJECT_LENGTH, TEXT_LENGTH, TIME } from "./limits.ts";
import type { Ending, Message, Notification } from "./messages.ts";
import { interpret } from "./process.ts";
import type { Answer } from "./protocol.ts";

/** What a script is told: values that JSON can say. */
export interface ScriptFacts {
  readonly export: unknown;
  /** Why the export failed; null when it did not. */
  readonly err: { readonly code: string; readonly detail: string } | null;
}

/** What a script may use. */
export interface ScriptHost {
  /** Sends a notification. What it throws is told to the script: the words of a WaybillError, of others only that it failed. */
  readonly notify: (notification: Notification, signal: AbortSignal) => Promise<void>;
  readonly fetch: Pick<Reach, "hosts" | "privateHosts">;
  readonly signal: AbortSignal;
  /** Finds addresses; that of the system by default. */
  readonly lookup?: Lookup;
  /** How long it may take in all; 10 s by default. */
  readonly milliseconds?: number;
}

/** What came of a script, to be kept with its export. */
export interface ScriptRun {
  readonly outcome: "done" | "failed" | "timeout" | "memory" | "crashed";
  /** What was thrown and not caught, or why it was ended; `line` counts from 1. */
  readonly error: { readonly name: string; readonly message: string; readonly line?: number } | null;
  /** At most 64 KiB. Lines that begin with `waybill:` tell of calls that failed. */
  readonly log: string;
  readonly logCut: boolean;
  /** Calls that were attempted, refused ones included. */
  readonly calls: { readonly fetch: number; readonly notify: number };
  readonly milliseconds: number;
}

/**
 * Runs a script to its end, in a process of its own. It never throws for what the script is or does.
 *
 * @throws the signal's reason when it is aborted; the script has been ended then
 */
export async function runScript(source: string, facts: ScriptFacts, host: ScriptHost): Promise<ScriptRun> {
  const log = new KeptLog();
  const calls = { fetch: 0, notify: 0 };
  const task = tellable(source, facts);
  if (typeof task === "string") {
    return {
      outcome: "failed",
      error: { name: "Error", message: task },
      log: "",
      logCut: false,
      calls,
      milliseconds: 0,
    };
  }
  const over = new AbortController();
  const signal = AbortSignal.any([host.signal, over.signal]);
  const reach: Reach = { ...host.fetch, lookup: host.lookup };

  const take = (message: Message, answer: (answer: Answer) => void): boolean => {
    if ("log" in message) {
      log.add(message.log);
      return true;
    }
    if (!("call" in message)) return false;
    const kind = "fetch" in message ? "fetch" : "notify";
    if (++calls[kind] > CALLS[kind]) return false;
    const { call } = message;
    const work = "fetch" in message ? fetchOnce(message.fetch, reach, signal) : notified(message.notify, host, signal);
    work.then(
      (value) => answer({ call, ok: true, value: JSON.stringify(value) }),
      (error: unknown) => {
        if (signal.aborted) return;
        const words = error instanceof WaybillError ? error.message : "It failed for a reason of Waybill's own.";
        log.add(`waybill: ${kind}: ${words}`);
        answer({ call, ok: false, value: JSON.stringify(words) });
      },
    );
    return true;
  };

  try {
    const ended = await interpret(
      { source, facts: task.json, milliseconds: host.milliseconds ?? TIME },
      host.signal,
      take,
    );
    const { text, isCut } = log;
    const { end: outcome, milliseconds } = ended;
    return { outcome, error: shown(ended.error), log: text, logCut: isCut, calls, milliseconds };
  } finally {
    over.abort();
  }
}

async function notified({ subject, text }: Notification, { notify }: ScriptHost, signal: AbortSignal): Promise<null> {
  // A line break would begin another header of a mail.
  if (/\p{Cc}|^\s*$/u.test(subject)) throw failure("notify-refused", "A subject is one line of text.");
  if (subject.length > SUBJECT_LENGTH || text.length > TEXT_LENGTH) {
    throw failure("notify-refused", "The notification is too long.");
  }
  await notify({ subject, text }, signal);
  return null;
}

/** The facts as JSON, or why they or the script cannot be given to the interpreter. */
function tellable(source: string, facts: ScriptFacts): { readonly json: string } | string {
  if (Buffer.byteLength(source, "utf8") > SOURCE) return `The script has more than ${SOURCE / 1024} KiB.`;
  try {
    return { json: JSON.stringify({ export: facts.export ?? null, err: facts.err }) };
  } catch {
    return "The facts of the export cannot be told to a script.";
  }
}

function shown(error: Ending["error"]): ScriptRun["error"] {
  if (error === null) return null;
  const { name, message, line } = error;
  return line === null ? { name, message } : { name, message, line };
}
