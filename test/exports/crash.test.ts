// kill -9 of everything there is, at random moments, with exports in flight: no promise breaks.
import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isAlive } from "../command-line/program.ts";
import { KINDS } from "../setup/control.ts";
import { checkArchive, checkPromises, type Ordered } from "./crash-checks.ts";
import {
  AGAIN_WITHIN,
  aCrashWorld,
  type CrashWorld,
  type Databases,
  eventually,
  exporterOf,
  type Found,
  type Org,
  ORGS,
  Program,
  randomFrom,
  runsOf,
  theDatabases,
  type Victim,
} from "./crash-world.ts";

/** `npm run torture` asks for more. */
const CRASHES = Number(process.env["CRASHES"] ?? 5);
/** `CRASH_SEED` makes the same choices again; how far exports are then is the machine's. */
const SEED = Number(process.env["CRASH_SEED"] ?? randomInt(2 ** 31));
/** Of an org, so many exports wait at a time: the test is to end. */
const MOST_WAITING = 3;
/** What becomes of an export whose source is killed. */
const SOURCE_FAULTS = new Set(["source-lost", "source-unreachable"]);
/** Seconds. */
const GRACE = 2;

/** Orders exports, and cancels and deletes some, until it is told to end and `least` were taken. */
function startOrdering(
  world: CrashWorld,
  random: () => number,
  least: number,
): { end(): Promise<ReadonlyMap<string, Ordered>> } {
  const ordered = new Map<string, Ordered>();
  const waiting = async (org: Org): Promise<number> => {
    const answer = await world.ask(org, "exports?limit=100&state=pending");
    return ((await answer.json()) as { data: unknown[] }).data.length;
  };
  const order = async (org: Org): Promise<void> => {
    if ((await waiting(org)) >= MOST_WAITING) return;
    // Some take no time, others some seconds.
    const isSlow = random() < 0.5;
    const rows = 1 + Math.floor(random() * (isSlow ? 250 : 1000));
    const id = await world.order(org, isSlow ? "slow" : "samples", rows);
    if (id !== null) ordered.set(id, { org, rows, asked: null, done: false });
  };
  const regret = async (): Promise<void> => {
    const all = [...ordered].filter(([, { asked }]) => asked === null);
    const picked = all[Math.floor(random() * all.length)];
    if (picked === undefined) return;
    const [id, its] = picked;
    its.asked = random() < 0.5 ? "cancel" : "delete";
    const path = its.asked === "cancel" ? `exports/${id}/cancel` : `exports/${id}`;
    const answer = await world.ask(its.org, path, its.asked === "cancel" ? "POST" : "DELETE");
    await answer.body?.cancel();
    its.done = answer.ok;
    if (answer.status === 409) its.asked = null;
  };
  const ending = new AbortController();
  const all = (async () => {
    // At least some, on the slowest machine too.
    while (!ending.signal.aborted || ordered.size < least) {
      const org = ORGS[Math.floor(random() * ORGS.length)]!;
      // Nobody answers while the server is down.
      await (random() < 0.15 ? regret() : order(org)).catch(() => {});
      await sleep(random() * 400);
    }
  })();
  return {
    async end() {
      ending.abort();
      await all;
      return ordered;
    },
  };
}

/** Waits until nothing waits or runs. */
async function untilOver(world: CrashWorld): Promise<void> {
  let left = "";
  const isOver = async (): Promise<boolean> => {
    left = "";
    for (const org of ORGS) {
      for (const state of ["pending", "running"]) {
        const { data } = (await (await world.ask(org, `exports?state=${state}`)).json()) as { data: unknown[] };
        if (data.length > 0) left += ` ${data.length} ${state} in ${org}`;
      }
    }
    return left === "";
  };
  await eventually(isOver, 120_000, () => `${left}\n${world.server.log}\n${world.worker?.log ?? ""}`);
}

let databases: Databases;
beforeAll(async () => void (databases = await theDatabases()));
afterAll(() => databases.stop());

describe.each(KINDS)("on %s", { timeout: 180_000 + CRASHES * 20_000 }, (kind) => {
  let world: CrashWorld;
  beforeAll(async () => void (world = await aCrashWorld(kind, databases, GRACE)));
  afterAll(() => world.drop());

  const inState = async (id: string, state: string, within: number): Promise<Found> => {
    let found: Found | undefined;
    const isSo = async (): Promise<boolean> => (found = await world.find("lab", id)).state === state;
    await eventually(isSo, within, () => `${id} is ${JSON.stringify(found)}`);
    return found!;
  };
  const events = ({ timeline }: Found): string[] => timeline.map(({ event }) => event);

  test.runIf(kind === "pglite")(
    "an export whose process is killed is begun three times, and then says why it failed",
    async () => {
      const id = await world.order("lab", "slow", 1000);
      for (let lost = 1; lost <= 3; lost++) {
        // The statement before it may still be about to end.
        await eventually(
          async () => (await world.statements()) === 1,
          20_000,
          () => "no statement, or several",
        );
        for (const it of [world.server, world.worker]) {
          for (const pid of (await it?.exporters()) ?? []) process.kill(pid, "SIGKILL");
        }
        const isLost = async (): Promise<boolean> => (await world.find("lab", id!)).timeline.length > lost;
        await eventually(isLost, 20_000, () => "its loss was not noticed");
      }
      // Nobody reads it any more; it would take ten seconds.
      await eventually(
        async () => (await world.statements()) === 0,
        8_000,
        () => "the statement runs",
      );
      const found = await inState(id!, "error", 10_000);
      expect(found.fault).toEqual({
        code: "worker-lost",
        detail: "The process that ran the export ended unexpectedly (SIGKILL).",
        hint: expect.stringContaining("want of memory"),
      });
      expect(events(found)).toEqual(["created", "worker-lost", "worker-lost", "failed"]);
    },
  );

  // Where there is somebody to hand it to.
  test.runIf(kind === "postgres")(
    "what runs when the service is asked to stop is finished, or handed back to the next one",
    async () => {
      // One that does not take its exports.
      await world.worker?.stop();
      const short = await world.order("lab", "slow", 30);
      await inState(short!, "running", 20_000);
      expect(await world.server.stop()).toBe(0);
      await world.server.restart();
      expect(events(await inState(short!, "ready", 10_000))).toEqual(["created", "ready"]);

      const long = await world.order("lab", "slow", 500);
      const next = await world.order("lab", "samples", 5);
      await inState(long!, "running", 20_000);
      const began = performance.now();
      const stopped = world.server.stop();
      await world.worker?.restart();
      expect(await stopped).toBe(0);
      expect(performance.now() - began).toBeLessThan(GRACE * 1000 + 13_000);
      await world.server.restart();
      // It keeps its place, and it is no attempt.
      expect(events(await inState(long!, "ready", 40_000))).toEqual(["created", "handed-back", "ready"]);
      await inState(next!, "ready", 10_000);
    },
  );

  const crashes = kind === "postgres" ? Math.ceil(CRASHES * 0.6) : Math.floor(CRASHES * 0.4);
  test(`keeps all promises in ${crashes} crashes (CRASH_SEED=${SEED})`, async () => {
    const [choices, orders] = [randomFrom(SEED), randomFrom(SEED + 1)];
    const { server, worker, source, control } = world;
    const ordering = startOrdering(world, orders, 2 * crashes);
    const victims: readonly Victim[] = [server, worker, source, control, exporterOf(world, choices)].filter(
      (it) => it !== null,
    );
    const exporters = new Set<number>();
    const note = async (): Promise<void> => {
      for (const its of [server, worker]) for (const pid of (await its?.exporters()) ?? []) exporters.add(pid);
    };
    const beginAgain: Promise<number>[] = [];
    for (let n = 0; n < crashes; n++) {
      await sleep(500 + choices() * 2_500);
      await note();
      // Now and then two at once.
      const [first, second] = [choices() * victims.length, choices() * victims.length * 4].map(Math.floor);
      const hit = [...new Set([first!, second!])].flatMap((at) => victims[at] ?? []);
      const programs = control === null ? [] : hit.filter((it) => it instanceof Program);
      const lost = await Promise.all(programs.map((it) => runsOf(control!, it)));
      await Promise.all(hit.map((it) => it.kill()));
      beginAgain.push(...lost.map((wait) => wait()));
      await sleep(choices() * 500);
      // Databases first: programs do not start without theirs.
      for (const it of hit) if (!(it instanceof Program)) await it.restart();
      for (const it of hit) if (it instanceof Program) await it.restart();
    }
    const ordered = await ordering.end();
    await untilOver(world);
    const longest = Math.max(0, ...(await Promise.all(beginAgain)));
    expect(longest, "until a lost export began again").toBeLessThan(AGAIN_WITHIN);
    for (const [id, { org, rows }] of ordered) {
      if ((await world.find(org, id)).state === "ready") await checkArchive(world, org, id, rows);
    }
    await eventually(
      async () => (await world.statements()) === 0,
      10_000,
      () => "statements run at the source",
    );
    await note();
    expect(await Promise.all([server.stop(), worker?.stop() ?? 0])).toEqual([0, 0]);
    const seen = await checkPromises(world, ordered, SOURCE_FAULTS);
    expect([...exporters].filter(isAlive), "processes that are left").toEqual([]);
    expect(seen.ready).toBeGreaterThan(crashes / 2);
    process.stdout.write(
      `${kind}: ${crashes} crashes (CRASH_SEED=${SEED}), ${ordered.size} exports, ${seen.ready} ready, ${seen.failed} failed, ` +
        `${seen.again} begun again, within ${(longest / 1000).toFixed(1)} s\n`,
    );
  });
});
