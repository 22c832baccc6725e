// Runs a job: the export into the vault, sealed on its way, and its preview beside it.
import { createHash } from "node:crypto";
import { readConfig } from "../config/read.ts";
import { type Progress, run } from "../engine/run.ts";
import { failure } from "../lib/errors.ts";
import { sentence } from "../lib/sentence.ts";
import { version } from "../lib/version.ts";
import { reachOf } from "../orgs/org-reach.ts";
import { orgNamed } from "../orgs/org-catalog.ts";
import { recipientOf } from "../vault/age-keys.ts";
import { storeAt } from "../vault/store-at.ts";
import { openVault, type Vault } from "../vault/vault.ts";
import { type Done, previewName } from "./job.ts";
import type { Order } from "./messages.ts";
import { type Preview, PreviewMaker } from "./preview.ts";

/** What a worker understands. */
const PLAN_VERSION = 1;

export interface ExportOptions {
  /** When it aborts, statements are stopped at the server, and nothing is left in the vault. */
  readonly signal: AbortSignal;
  /** Called often; it must be quick. */
  readonly onProgress: (progress: Progress) => void;
  /** As `run` has it. */
  readonly batchKeys: (n: number) => Promise<readonly string[]>;
}

/**
 * Runs a job to its end. The preview is published first: an archive that is there has one.
 * @throws whatever keeps the export from being complete: failures of sources and vault, `quota-exceeded`, `plan-too-new`;
 *   usageError `config`, `unknown-org`, `source-removed`; the signal's reason
 */
export async function exportIntoVault({ job, places, quota }: Order, options: ExportOptions): Promise<Done> {
  const { plan, container } = job;
  const { signal } = options;
  checkVersion(plan.version);
  const recipient = job.recipient === null ? undefined : recipientOf(job.recipient, "The export's recipient");
  const [config, vault] = await Promise.all([
    readConfig(places.config, process.env),
    storeAt(places.vault.store).then((store) => openVault(store, places.vault.keys)),
  ]);
  try {
    const org = orgNamed(config, job.org);
    const { sourceNamed, storeNamed, pseudonymKey } = reachOf(org);
    const { timeZone } = plan;
    const preview = new PreviewMaker({ rows: job.preview.rows, timeZone, withheld: recipient !== undefined });
    const archive = await vault.seal(job.archive, recipient);
    let rows = 0;
    try {
      await using chunks = run(plan, {
        sourceNamed,
        storeNamed,
        pseudonymKey,
        container,
        signal,
        program: `Waybill ${version()}`,
        fonts: org.fonts,
        onProgress: (progress) => {
          ({ rows } = progress);
          options.onProgress(progress);
        },
        batchKeys: options.batchKeys,
        observer: preview,
      });
      const hash = createHash("sha256");
      let next = await chunks.next();
      let bytes = 0;
      // A chunk is written while the next one is made.
      for (let writing = Promise.resolve(); next.done !== true; await writing) {
        bytes += next.value.length;
        if (quota !== null && bytes > quota) throw quotaExceeded(quota);
        writing = archive.write(next.value);
        writing.catch(() => {});
        hash.update(next.value);
        next = await chunks.next();
      }
      const { tables, snapshotAt, files, problems } = next.value;
      signal.throwIfAborted();
      await keepPreview(vault, previewName(job.archive), preview.result());
      try {
        signal.throwIfAborted();
        await archive.publish();
      } catch (error) {
        await vault.delete(previewName(job.archive)).catch(() => {});
        throw error;
      }
      return { state: "done", rows, bytes, sha256: hash.digest("hex"), snapshotAt, tables, files, problems };
    } finally {
      await archive.discard();
    }
  } finally {
    await vault.close();
  }
}

async function keepPreview(vault: Vault, name: string, preview: Preview): Promise<void> {
  const putting = await vault.seal(name);
  try {
    await putting.write(Buffer.from(JSON.stringify(preview), "utf8"));
    await putting.publish();
  } finally {
    await putting.discard();
  }
}

function checkVersion(planned: number): void {
  if (planned === PLAN_VERSION) return;
  throw failure("plan-too-new", sentence`The export was planned by another version of Waybill.`, {
    hint: sentence`Order the export again.`,
  });
}

function quotaExceeded(left: number): Error {
  return failure(
    "quota-exceeded",
    sentence`The archive would be larger than the ${left} bytes that are left of the quota.`,
    {
      hint: sentence`Delete archives that nobody needs any more, or ask for fewer records.`,
    },
  );
}
