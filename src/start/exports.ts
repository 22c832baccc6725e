// What runs exports: queue, vault, runner and worker, made together and taken down in order.
import type { Config } from "../config/config.ts";
import type { Control } from "../control/open.ts";
import { changesOf } from "../exports/changes.ts";
import { mailSender } from "../exports/mails.ts";
import type { ExportParts } from "../exports/parts.ts";
import { callOfPerson } from "../exports/person-call.ts";
import { runExportScript } from "../exports/scripts.ts";
import { removeArchive } from "../exports/settle.ts";
import { type ExportWorker, startWorker } from "../exports/worker.ts";
import { failure, WaybillError } from "../lib/errors.ts";
import type { Mailer } from "../mail/mailer.ts";
import type { Orgs } from "../orgs/orgs.ts";
import { openQueue } from "../queue/queue.ts";
import { previewName } from "../runner/job.ts";
import { openRunner } from "../runner/runner.ts";
import type { ExportDesk } from "../service/exports/desk.ts";
import { storeAt } from "../vault/store-at.ts";
import { openVault, type Vault } from "../vault/vault.ts";

export interface VaultPlace {
  /** The store's URL, and the folder of its keys. */
  readonly store: string;
  readonly keys: string;
}

export interface ExportsOptions {
  readonly control: Control;
  readonly orgs: Orgs;
  readonly config: Config;
  /** The file that the configuration was read from. */
  readonly file: string;
  readonly vault: VaultPlace;
  readonly mailer: Mailer | null;
  readonly baseUrl: string;
  /** How many exports run here at a time; none where others run them. */
  readonly slots: number;
  readonly log: ExportParts["log"];
}

/** Exports that are ordered, run and kept. */
export interface Exports {
  readonly desk: ExportDesk;
  readonly parts: ExportParts;
  /** Begins to run exports, and to send their mails. */
  start(): Promise<void>;
  /** Takes no more, gives what runs so many milliseconds, and hands back the rest. What is asked is still answered. */
  finish(grace: number): Promise<void>;
  /** The same, where that was not done, and ends. */
  close(grace: number): Promise<void>;
}

/** Milliseconds from one look at the queue to the next. What is ordered in this process is begun at once. */
const LOOK_EVERY = { postgres: 1_000, pglite: 5_000 };

/** @throws failures of the control database, the vault and its store */
export async function openExports(options: ExportsOptions): Promise<Exports> {
  const { control, orgs, config, mailer, baseUrl, slots, log } = options;
  const ends: (() => Promise<void> | void)[] = [];
  const end = async (): Promise<void> => {
    while (ends.length > 0) await ends.pop()!();
  };
  try {
    const vault = await openVault(await storeAt(options.vault.store), options.vault.keys);
    ends.push(() => vault.close());
    const queue = await openQueue(control, (message) => log("warn", message));
    ends.push(() => queue.close());
    // Nobody else has it then.
    if (control.kind === "pglite") await queue.recover();
    const runner = openRunner({ config: options.file, vault: options.vault }, { spare: slots > 0 });
    ends.push(() => runner.close());
    const changes = changesOf();
    const parts: ExportParts = { control, orgs, queue, runner, vault, changes, log };
    const closing = new AbortController();
    const mails = mailSender(parts, { mailer, baseUrl, operator: config.mail?.operator ?? null });
    let worker: ExportWorker | null = null;
    let finished: Promise<void> | undefined;
    const finish = (grace: number): Promise<void> => (finished ??= worker?.close(grace) ?? Promise.resolve());
    const desk: ExportDesk = {
      queue,
      baseUrl,
      wake: () => worker?.wake(),
      stop: (id) => worker?.stop(id),
      tell: (id) => changes.tell(id),
      wait: (id, milliseconds, signal) => changes.wait(id, milliseconds, signal),
      openArchive: (archive, sealed) => (sealed ? vault.openSealed(archive) : vault.open(archive)),
      preview: (archive) => previewOf(vault, archive),
      removeArchive: (archive) => removeArchive(parts, archive),
      async accessOf(org, person) {
        const call = await callOfPerson(parts, org, person, { language: "en", signal: closing.signal });
        return call?.access ?? null;
      },
    };
    return {
      desk,
      parts,
      async start() {
        if (slots === 0) return;
        worker = startWorker(parts, { slots, lookEvery: LOOK_EVERY[control.kind] });
        await queue.work({
          mail: (job) => mails.send(job),
          script: (job) => runExportScript(parts, job, mails, baseUrl, closing.signal),
        });
      },
      finish,
      async close(grace) {
        await finish(grace);
        closing.abort(failure("stopping", "The service is stopping."));
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Bytes: previews have a few megabytes at most. */
async function previewOf(vault: Vault, archive: string): Promise<unknown> {
  const name = previewName(archive);
  const sealed = await vault.open(name).catch((error: unknown) => {
    if (error instanceof WaybillError && error.code === "archive-missing") return null;
    throw error;
  });
  if (sealed === null) return null;
  try {
    const parts: Uint8Array[] = [];
    for await (const part of sealed.range(0, sealed.size)) parts.push(Buffer.from(part));
    return JSON.parse(Buffer.concat(parts).toString("utf8")) as unknown;
  } finally {
    await sealed.close();
  }
}
