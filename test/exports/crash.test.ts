// kill -9 of everything there is, at random moments, with exports in flight: no promise breaks.
import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { isAlive } from "../command-line/program.ts";
import { type Kind, KINDS } from "../setup/control.ts";
import { checkArchive, checkPromises, type Ordered } from "./crash-checks.ts";
import {
  aCrashWorld,
  type CrashWorld,
  eventually,
  exporterOf,
  type Org,
  ORGS,
  randomFrom,
  type Victim,
} from "./crash-world.ts";

/** `npm run torture` asks for more. */
const CRASHES = Number(process.env["CRASHES"] ?? 5);
/** `CRASH_SEED` repeats a run, as far as the machine is as quick. */
const SEED = Number(process.env["CRASH_SEED"] ?? randomInt(2 ** 31));
/** Of an org, so many exports wait at a time: the test is to end. */
const MOST_WAITING = 3;
/** What becomes of an export whose source is killed. */
const SOURCE_FAULTS = new Set(["source-lost", "source-unreachable", "source-error"]);

/** Orders exports, and cancels and deletes some, until it is told to end. */
function startOrdering(world: CrashWorld, random: () => number): { end(): Promise<ReadonlyMap<string, Ordered>> } {
  const ordered = new Map<string, Ordered>();
  const waiting = async (org: Org): Promise<number> => {
    const answer = await world.ask(org, "exports?limit=100&state=pending");
    return ((await answer.json()) as { data: unknown[] }).data.length;
  };
  const order = async (org: Org): Promise<void> => {
    if ((await waiting(org)) >= MOST_WAITING) return;
    // Some take no time, others some seconds.
    const isSlow = random() < 0.5;
    const rows = 1 + Math.floor(random() * (isSlow ? 300 : 1000));
    const answer = await world.ask(org, "exports", "POST", {
      objects: isSlow ? "slow" : "samples",
      where: { id: { $lte: rows } },
      format: "csv",
      join: false,
    });
    if (answer.status !== 201) return void (await answer.body?.cancel());
    const { _id: id } = (await answer.json()) as { _id: string };
    ordered.set(id, { org, rows, asked: null, done: false });
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
  let ending = false;
  const all = (async () => {
    while (!ending) {
      const org = ORGS[Math.floor(random() * ORGS.length)]!;
      // Nobody answers while the server is down.
      await (random() < 0.15 ? regret() : order(org)).catch(() => {});
      await sleep(random() * 400);
    }
  })();
  return {
    async end() {
      ending = true;
      await all;
      return ordered;
    },
  };
}

async function crash(kind: Kind, seed: number): Promise<void> {
  const w0 = performance.now();
  const world = await aCrashWorld(kind);
  console.log("world", performance.now() - w0);
  onTestFinished(() => world.drop());
  const [choices, orders] = [randomFrom(seed), randomFrom(seed + 1)];
  const ordering = startOrdering(world, orders);
  const { server, worker, source, control } = world;
  const victims: readonly Victim[] = [server, worker, source, control, exporterOf(world, choices)].filter(
    (it) => it !== null,
  );
  const exporters = new Set<number>();
  const note = async (): Promise<void> => {
    for (const its of [server, worker]) for (const pid of (await its?.exporters()) ?? []) exporters.add(pid);
  };
  for (let n = 0; n < CRASHES; n++) {
    await sleep(choices() * 3_000);
    await note();
    // Now and then two at once.
    const first = Math.floor(choices() * victims.length);
    const second = Math.floor(choices() * victims.length * 4);
    const hit = [...new Set([first, second])].flatMap((at) => victims[at] ?? []);
    await Promise.all(hit.map((it) => it.kill()));
    await sleep(choices() * 1_500);
    // Databases first: programs do not start without theirs.
    const isDatabase = (it: Victim): boolean => it === source || it === control;
    for (const it of hit.toSorted((a, b) => Number(isDatabase(b)) - Number(isDatabase(a)))) await it.restart();
  }
  const ordered = await ordering.end();
  const began = performance.now();
  let left = "";
  const over = async (): Promise<boolean> => {
    left = "";
    for (const org of ORGS) {
      for (const state of ["pending", "running"]) {
        const answer = await world.ask(org, `exports?state=${state}`);
        const { data } = (await answer.json()) as { data: { _id: string; attempt?: number }[] };
        if (data.length > 0) left += ` ${org} has ${data.length} ${state}`;
      }
    }
    return left === "";
  };
  await eventually(over, 90_000, () => left);
  console.log("drain", performance.now() - began);
  for (const [id, { org, rows }] of ordered) {
    const answer = await world.ask(org, `exports/${id}`);
    const { state } = (await answer.json()) as { state?: string };
    if (state === "ready") await checkArchive(world, org, id, rows);
  }
  await eventually(
    async () => (await world.statements()) === 0,
    5_000,
    () => "statements run at the source",
  );
  await note();
  expect(await Promise.all([server.stop(), worker?.stop() ?? 0])).toEqual([0, 0]);
  console.log("stopped", performance.now() - began);
  const seen = await checkPromises(world, ordered, SOURCE_FAULTS);
  expect([...exporters].filter(isAlive), "processes that are left").toEqual([]);
  expect(seen.ready).toBeGreaterThan(CRASHES / 2);
  console.log(`${kind}: ${CRASHES} crashes (seed ${seed}), ${ordered.size} exports:`, seen);
}

test.each(KINDS)(
  `%s keeps all promises in ${CRASHES} crashes (CRASH_SEED=${SEED})`,
  { timeout: 180_000 + CRASHES * 20_000 },
  async (kind) => crash(kind, SEED),
);
