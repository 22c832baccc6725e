// A network that falls silent in the middle of the rows: Ctrl-C ends the export all the same, a second one at once.
import { readFileSync, writeFileSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { createDatabase, type TestDatabase } from "../setup/postgres.ts";
import { emptyFolder, expectFailure, filesIn, start, until } from "./program.ts";

/** Bytes that get through before the silence. */
const BYTES = 2_000_000;

let postgres: TestDatabase;
let server: Server;
let url = "";
let silent = false;
const sockets = new Set<Socket>();

beforeAll(async () => {
  postgres = await createDatabase();
  await postgres.client
    .query(`CREATE TABLE t AS SELECT i AS id, repeat('x', 200) AS v FROM generate_series(1, 100000) i;
    ALTER TABLE t ADD PRIMARY KEY (id)`);
  const there = new URL(postgres.url);
  const { port, hostname } = there;
  server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => {});
    }
    let passed = 0;
    near.on("data", (bytes) => silent || far.write(bytes));
    far.on("data", (bytes) => {
      passed += bytes.length;
      silent ||= passed > BYTES;
      if (silent) far.pause();
      else near.write(bytes);
    });
    near.on("end", () => silent || far.end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  there.port = String(address.port);
  url = there.href;
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  server.close();
  await postgres.drop();
});

it.each([
  ["once", 1, 6_000],
  ["twice", 2, 1_900],
])("Ctrl-C %s", async (_name, times, within) => {
  silent = false;
  const out = emptyFolder();
  writeFileSync(join(out, "t.csv"), "as it was");
  const run = start(["export", "t", "--source", url, "-o", join(out, "t.csv"), "-q"]);
  onTestFinished(() => run.kill("SIGKILL"));
  await until(() => silent, 10_000);
  const begin = performance.now();
  run.kill("SIGINT");
  if (times > 1) {
    // Two at the same moment would be one.
    await until(() => performance.now() - begin > 100, 1_000);
    run.kill("SIGINT");
  }
  const ended = await run.ended;
  expect(performance.now() - begin).toBeLessThan(within);
  if (times === 1) expectFailure(ended, 1, /was interrupted; nothing was written/);
  else expect(ended.code).toBe(1);
  expect(filesIn(out)).toEqual(["t.csv"]);
  expect(readFileSync(join(out, "t.csv"), "utf8")).toBe("as it was");
});
