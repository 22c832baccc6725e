// What must hold of all exports when everything that was killed runs again, and nothing is left to do.
import { createHash } from "node:crypto";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { expect } from "vitest";
import { readConfig } from "../../src/config/read.ts";
import { inOrg } from "../../src/control/in-org.ts";
import { eventsOf } from "../../src/control/queries/exports.ts";
import type { Export } from "../../src/control/tables.ts";
import { verify } from "../../src/engine/verify.ts";
import { sweepVault } from "../../src/exports/sweep.ts";
import { previewName } from "../../src/runner/job.ts";
import { openWork } from "../../src/start/work.ts";
import { type CrashWorld, type Org, ORGS } from "./crash-world.ts";

/** An export that the server said it had taken. */
export interface Ordered {
  readonly org: Org;
  readonly rows: number;
  /** What else was asked of it, whether an answer came or not. */
  asked: "cancel" | "delete" | null;
  /** Whether the answer said that it was done. */
  done: boolean;
}

/** What was seen. */
export interface Seen {
  readonly ready: number;
  readonly failed: number;
  readonly again: number;
}

const HOUR = 3_600_000;

/** Downloads an archive, and checks it against its own description and what was said of it. */
export async function checkArchive(world: CrashWorld, org: Org, id: string, rows: number): Promise<void> {
  const { dataFile } = (await (await world.ask(org, `exports/${id}`)).json()) as { dataFile: { sha256: string } };
  const data = await world.ask(org, `exports/${id}/data`);
  const bytes = Buffer.from(await data.arrayBuffer());
  expect(createHash("sha256").update(bytes).digest("hex")).toBe(dataFile.sha256);
  const path = join(world.place.dataDir, "downloaded.zip");
  writeFileSync(path, bytes);
  const verdict = await verify(path, new AbortController().signal);
  expect(verdict).toMatchObject({ rows, findings: [], more: 0 });
}

/**
 * Checks all exports of all orgs, and what lies in vault and queue; the programs must have stopped.
 * @param ordered those that were acknowledged, by their ids
 * @param faults codes that exports may have failed with
 */
export async function checkPromises(
  { file, place, vault }: CrashWorld,
  ordered: ReadonlyMap<string, Ordered>,
  faults: ReadonlySet<string>,
): Promise<Seen> {
  const config = await readConfig(file, {});
  const log = (): void => {};
  const work = await openWork({ ...place, config, file, vault, slots: 0, baseUrl: "http://localhost", log });
  const archives = new Set<string>();
  const seen = { ready: 0, failed: 0, again: 0 };
  const { parts } = work;
  try {
    const found = new Set<string>();
    for (const org of ORGS) {
      const at = inOrg(parts.control.db, org);
      const all = await at.db.selectFrom("export").selectAll().orderBy("id").execute();
      for (const its of all) {
        found.add(its.id);
        const events = (await eventsOf(at, its.id)).map(({ event }) => event);
        checkOne(its, ordered.get(its.id), events, faults);
        if (its.attempt > 1) seen.again++;
        if (its.state === "error") seen.failed++;
        if (its.state !== "ready") continue;
        seen.ready++;
        archives.add(its.archive!).add(previewName(its.archive!));
      }
      checkOrder(all);
    }
    for (const [id, { asked, done }] of ordered) {
      if (asked === "delete" && done) expect(found, "was deleted").not.toContain(id);
      else if (asked !== "delete") expect(found, "was acknowledged").toContain(id);
    }
    const jobs = await sql`select id, state from pgboss.job where name = 'export' and state < 'completed'`
      .execute(parts.control.db)
      .then(({ rows }) => rows);
    expect(jobs, "left in the queue").toEqual([]);
    await sweepVault(parts, new Date(Date.now() + HOUR));
    expect(new Set(readdirSync(vault.store))).toEqual(archives);
  } finally {
    await work.close(0);
  }
  return seen;
}

/** What befalls a run, which is then begun again. */
const LOST: ReadonlySet<string> = new Set(["worker-lost", "control-lost", "control-unreachable"]);

function checkOne(
  { id, state, attempt, fault, rows }: Export,
  ordered: Ordered | undefined,
  events: readonly string[],
  faults: ReadonlySet<string>,
): void {
  const count = (event: string): number => events.filter((it) => it === event).length;
  const what = `${id} is ${state} (${fault?.code}) after ${events.join(", ")}`;
  expect(count("created"), what).toBe(1);
  expect(count("ready"), what).toBe(state === "ready" ? 1 : 0);
  expect(count("failed"), what).toBe(state === "error" ? 1 : 0);
  expect(count("cancelled"), what).toBe(state === "cancelled" ? 1 : 0);
  if (state === "ready") {
    if (ordered !== undefined) expect(rows, what).toBe(ordered.rows);
  } else if (state === "error") {
    if (LOST.has(fault!.code)) expect(attempt, what).toBeGreaterThanOrEqual(3);
    else expect(faults, what).toContain(fault?.code);
    expect(fault?.detail, what).toMatch(/^[A-Z].*\.$/s);
  } else expect([state, ordered?.asked], what).toEqual(["cancelled", "cancel"]);
  if (ordered?.asked === "cancel" && ordered.done) expect(state, what).toBe("cancelled");
}

/** In an org that runs one at a time each one began when the one before was over. */
function checkOrder(all: readonly Export[]): void {
  const begun = all.filter(({ startedAt }) => startedAt !== null);
  begun.forEach((its, n) => {
    const before = begun[n - 1];
    if (before === undefined) return;
    const what = `${before.id} (${before.state}) ended ${before.endedAt!.toISOString()}, ${its.id} (${its.state}) began`;
    expect(its.startedAt!.getTime(), what).toBeGreaterThanOrEqual(before.endedAt!.getTime());
  });
}
