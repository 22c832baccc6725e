// The queue beneath exports: places that hold whatever begins first, and processes that start at the same time.
import { expect, test } from "vitest";
import { sql } from "kysely";
import { atOnce, inOrg } from "../../src/control/in-org.ts";
import { openControl } from "../../src/control/open.ts";
import { inTurn } from "../../src/control/queries/exports.ts";
import { uuidv7 } from "../../src/lib/uuid.ts";
import { openQueue } from "../../src/queue/queue.ts";
import { emptyPlace } from "../setup/control.ts";

const warn = (message: string): void => {
  throw new Error(message);
};

test("exports have the order in which they were added, not that in which their transactions began", async () => {
  const control = await openControl(await emptyPlace("postgres"));
  const queue = await openQueue(control, warn);
  try {
    const at = inOrg(control.db, "lab");
    const added: string[] = [];
    const second = Promise.withResolvers<void>();
    const late = atOnce(at, async (within) => {
      // The time of a transaction is that of its first statement.
      await sql`select 1`.execute(within.db);
      await second.promise;
      await inTurn(within);
      added.push(uuidv7());
      await queue.addExport(within, added[1]!, null);
    });
    await atOnce(at, async (within) => {
      await inTurn(within);
      added.push(uuidv7());
      await queue.addExport(within, added[0]!, null);
    });
    second.resolve();
    await late;
    const taken: string[] = [];
    for (;;) {
      const next = await queue.take({ concurrency: new Map(), passOver: [] }, async (_, id) => id);
      if (next === null) break;
      taken.push(next.begun);
      await next.done(at);
    }
    expect(taken).toEqual(added);
  } finally {
    await queue.close();
    await control.close();
  }
});

test("several processes that start on an empty database open one queue", { timeout: 60_000 }, async () => {
  const place = await emptyPlace("postgres");
  const controls = await Promise.all([1, 2, 3, 4].map(() => openControl(place)));
  const queues = await Promise.all(controls.map((control) => openQueue(control, warn)));
  try {
    const id = uuidv7();
    await queues[0]!.addExport(inOrg(controls[0]!.db, "lab"), id, null);
    for (const queue of queues) expect(await queue.queued()).toEqual(new Set([id]));
  } finally {
    for (const queue of queues) await queue.close();
    for (const control of controls) await control.close();
  }
});
