// Runs scripts as the service does, with a host that remembers what it was asked.
import { runScript, type ScriptFacts, type ScriptHost, type ScriptRun } from "../../src/sandbox/run-script.ts";

/** What a run came to, and the notifications that reached the host. */
export interface Observed extends ScriptRun {
  readonly notified: readonly { readonly subject: string; readonly text: string }[];
}

const FACTS: ScriptFacts = { export: { _id: "0190", label: "Soil samples", state: "ready" }, err: null };

/** Runs a script with two seconds of time unless it is given other. No host is allowed unless it is given. */
export async function run(
  source: string,
  { facts = FACTS, ...host }: Partial<ScriptHost> & { readonly facts?: ScriptFacts } = {},
): Promise<Observed> {
  const notified: { subject: string; text: string }[] = [];
  const result = await runScript(source, facts, {
    notify: async (notification) => void notified.push(notification),
    fetch: { hosts: [], privateHosts: [] },
    signal: new AbortController().signal,
    milliseconds: 2000,
    ...host,
  });
  return { ...result, notified };
}
