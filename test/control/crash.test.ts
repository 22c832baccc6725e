// kill -9 at random moments: what was acknowledged is there, and the next start needs no hand.
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { inOrg } from "../../src/control/in-org.ts";
import { type ControlPlace, openControl } from "../../src/control/open.ts";
import { listAudit } from "../../src/control/queries/audit.ts";
import { batchKeys, findBatch } from "../../src/control/queries/batches.ts";
import { emptyPlace, KINDS } from "../setup/control.ts";

/** `npm run torture` asks for more. */
const KILLS = Number(process.env["KILLS"] ?? 5);
const WRITER = fileURLToPath(new URL("./writer.ts", import.meta.url));

interface Writer {
  readonly process: ChildProcess;
  readonly open: Promise<void>;
  /** All lines that arrived, when the process is gone. */
  readonly ended: Promise<readonly string[]>;
}

function startWriter({ dataDir, databaseUrl }: ControlPlace, round: number): Writer {
  const child = spawn(process.execPath, [WRITER, dataDir, databaseUrl ?? "", String(round)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: string[] = [];
  const opened = Promise.withResolvers<void>();
  const reader = createInterface({ input: child.stdout });
  reader.on("line", (line) => {
    if (line === "open") opened.resolve();
    else lines.push(line);
  });
  const ended = new Promise<readonly string[]>((resolve) => reader.once("close", () => resolve(lines)));
  child.once("exit", (code) => opened.reject(new Error(`the writer ended with ${code}`)));
  return { process: child, open: opened.promise, ended };
}

test.each(KINDS)(
  `%s loses nothing that it acknowledged in ${KILLS} kills`,
  async (kind) => {
    const place = await emptyPlace(kind);
    const acknowledged: string[] = [];
    for (let round = 0; round < KILLS; round++) {
      const writer = startWriter(place, round);
      await writer.open;
      await sleep(Math.random() * 400);
      writer.process.kill("SIGKILL");
      acknowledged.push(...(await writer.ended));
    }
    expect(acknowledged.length).toBeGreaterThan(KILLS);
    const control = await openControl(place);
    const at = inOrg(control.db, "lab");
    const actions = new Set((await listAudit(at, { limit: 1_000_000 })).map(({ action }) => action));
    for (const line of acknowledged) {
      const [what, which = ""] = line.split(" ");
      if (what === "audit") expect(actions).toContain(which);
      else {
        expect(await findBatch(at, which)).toMatchObject({ keyCount: 5000 });
        expect(await batchKeys(at, which, 4999, 5)).toHaveLength(1);
      }
    }
    await control.close();
  },
  60_000 + KILLS * 5000,
);
