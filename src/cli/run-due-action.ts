// What `waybill run-due` does: lets what waits for a window begin, and runs it to its end.
import { setTimeout as pause } from "node:timers/promises";
import { inOrg } from "../control/in-org.ts";
import { findExport, listExports, type ListedExport } from "../control/queries/exports.ts";
import { failure, usageError } from "../lib/errors.ts";
import { releaseWaiting } from "../service/exports/change.ts";
import { openWork, type Work } from "../start/work.ts";
import { checkedUrl } from "./base-url.ts";
import { columns } from "./columns.ts";
import { configuration, orgOf, timeText } from "./control-options.ts";
import { askedToStop } from "./stop-signal.ts";
import { env, logLines, slotsOf, vaultPlace } from "./work-options.ts";
import type { RunDueOptions } from "./worker.ts";

const GRACE = 30_000;
/** Milliseconds from one look at what was begun to the next. */
const LOOK = 200;
const OVER: ReadonlySet<string> = new Set(["ready", "error", "cancelled", "expired"]);

interface Waiting extends ListedExport {
  readonly org: string;
}

/**
 * Fulfils what waits for its org's window.
 * @throws usageError `no-config` and others; failure `exports-failed` when some did not become ready
 */
export async function runDue(options: RunDueOptions): Promise<void> {
  const slots = slotsOf(options.exports, 1);
  const config = await configuration(options);
  if (config === null) {
    throw usageError("no-config", "There is no configuration.", { hint: "Name the one of the service with --config." });
  }
  const orgs = options.org === undefined ? [...config.orgs.keys()] : [await orgOf(options, options.org)];
  const asked = askedToStop();
  const work = await openWork({
    config,
    file: options.config ?? "waybill.yaml",
    databaseUrl: env("DATABASE_URL"),
    dataDir: options.dataDir,
    vault: vaultPlace(options.dataDir),
    slots,
    baseUrl: checkedUrl(options.baseUrl ?? env("WAYBILL_BASE_URL") ?? "http://localhost:8080"),
    log: logLines,
  });
  try {
    const waiting = (await Promise.all(orgs.map((org) => waitingOf(work, org)))).flat();
    if (waiting.length === 0) {
      process.stdout.write("No request waits for a window.\n");
      return;
    }
    if (options.dryRun === true) {
      process.stdout.write(shown(waiting));
      return;
    }
    const isStopped = Promise.race([asked.then(() => true), fulfil(work, orgs, waiting).then(() => false)]);
    if (await isStopped) throw failure("stopped", "Stopped; what was not done waits for its window again.");
    const failed = await told(work, waiting);
    if (failed > 0) throw failure("exports-failed", `${failed} of ${waiting.length} requests were not fulfilled.`);
  } finally {
    await work.close(GRACE);
  }
}

/** What waits, in order; not what waits for somebody's approval. */
async function waitingOf({ parts }: Work, org: string): Promise<Waiting[]> {
  const its = await listExports(inOrg(parts.control.db, org), { state: "pending" }, {});
  return its
    .filter(({ startsAt, approval }) => startsAt !== null && (approval === null || approval.state === "given"))
    .map((it) => ({ ...it, org }))
    .toReversed();
}

async function fulfil(work: Work, orgs: readonly string[], waiting: readonly Waiting[]): Promise<void> {
  const { parts, desk } = work;
  await work.start();
  for (const org of orgs) {
    const ids = waiting.filter((it) => it.org === org).map(({ id }) => id);
    await releaseWaiting(inOrg(parts.control.db, org), desk, ids);
  }
  for (const { org, id } of waiting) {
    const at = inOrg(parts.control.db, org);
    for (;;) {
      const its = await findExport(at, id);
      if (its === undefined || OVER.has(its.state)) break;
      await pause(LOOK);
    }
  }
}

/** A line for each. @returns how many are not ready */
async function told({ parts }: Work, waiting: readonly Waiting[]): Promise<number> {
  let failed = 0;
  for (const { org, id, label } of waiting) {
    const its = await findExport(inOrg(parts.control.db, org), id);
    const name = `${org} ${id}${label === null ? "" : ` (${label})`}`;
    if (its === undefined) process.stdout.write(`${name}: deleted meanwhile\n`);
    else if (its.state === "ready") process.stdout.write(`${name}: ready, ${its.rows} rows, ${its.size} bytes\n`);
    else {
      failed++;
      process.stdout.write(`${name}: ${its.state}${its.fault === null ? "" : `: ${its.fault.detail}`}\n`);
    }
  }
  return failed;
}

function shown(waiting: readonly Waiting[]): string {
  const rows = waiting.map(({ org, id, label, object, personName, createdAt, startsAt, dueAt }) => [
    org,
    id,
    label ?? "",
    object ?? "",
    personName ?? "",
    timeText(createdAt),
    timeText(startsAt),
    timeText(dueAt),
  ]);
  return columns(["ORG", "ID", "LABEL", "OBJECTS", "OWNER", "CREATED", "STARTS", "DUE"], rows);
}
