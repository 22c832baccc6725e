// What tests of the life of exports do with them, one person's of the lab.
import { expect } from "vitest";
import { beginRun } from "../../src/control/queries/export-runs.ts";
import { findExport } from "../../src/control/queries/exports.ts";
import { startWorker } from "../../src/exports/worker.ts";
import type { World } from "../setup/service.ts";
import { runAll, type Someone } from "./people.ts";

export type Hands = ReturnType<typeof handsOf>;

export function handsOf(world: World, ann: Someone) {
  const order = (body: object = {}, by = ann) => by.order({ join: false, ...body });
  const post = (path: string, by = ann) => by.ask("POST", `exports/${path}`);
  const stateOf = async (id: string): Promise<string | undefined> => (await findExport(world.lab, id))?.state;
  const queued = async (...ids: string[]): Promise<boolean[]> => {
    const all = await world.exports.parts.queue.queued();
    return ids.map((id) => all.has(id));
  };
  /** What is in the vault of an export. */
  const kept = async (id: string): Promise<string[]> => {
    const names: string[] = [];
    for await (const { name } of world.exports.parts.vault.list()) if (name.includes(id)) names.push(name);
    return names;
  };
  const ready = async (...orders: object[]): Promise<string[]> => {
    const ids = [];
    for (const body of orders) ids.push(await order(body));
    await runAll(world, ids);
    for (const id of ids) expect(await stateOf(id)).toBe("ready");
    return ids;
  };
  /** Runs an export until it gives records, does something, and waits until the worker has let it go. */
  const whileRunning = async (id: string, what: () => Promise<void>): Promise<void> => {
    const worker = startWorker(world.exports.parts, { slots: 1, lookEvery: 100 });
    try {
      await expect.poll(async () => (await findExport(world.lab, id))?.rows, { timeout: 30_000 }).toBeGreaterThan(0);
      await what();
      await expect.poll(() => worker.running, { timeout: 10_000 }).toBe(0);
    } finally {
      await worker.close(0);
    }
  };
  /** Takes the next export as a worker does that is then gone. */
  const takeAndVanish = async (id: string) => {
    const { queue } = world.exports.parts;
    const taken = await queue.take({ concurrency: new Map(), passOver: [] }, (at, its) => beginRun(at, its, "gone"));
    expect(taken?.begun.id).toBe(id);
    await queue.recover();
    return taken!;
  };
  return { order, post, stateOf, queued, kept, ready, whileRunning, takeAndVanish };
}
