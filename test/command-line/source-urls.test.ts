// Source URLs with a mistake, and servers that are none: no secret is shown, and nobody waits for ever.
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { emptyFolder, expectFailure, filesIn, start, until, waybill } from "./program.ts";

describe("a password is never shown", () => {
  // `expectFailure` looks for the word secret.
  it.each<[string, string, number, RegExp]>([
    ["in a URL that cannot be read", "postgres://me:secret@[::1/shop", 2, /cannot be read/],
    ["before a port that cannot be", "postgres://me:secret@127.0.0.1:99999/shop", 2, /cannot be read/],
    ["in a URL that lacks a slash", "postgres:/me:secret@127.0.0.1:1/shop", 2, /cannot be read/],
    ["in words as libpq has them", "postgres:host=127.0.0.1 port=1 password=secret", 2, /cannot be read/],
    ["for another database", "oracle://me:secret@127.0.0.1/shop", 2, /no known scheme/],
    ["without a scheme", "me:secret@127.0.0.1/shop", 2, /no known scheme/],
    ["as a parameter", "postgres://127.0.0.1:1/shop?user=me&password=secret", 1, /Cannot reach/],
    ["after a wrong percent sign", "postgres://me:%zzsecret@127.0.0.1:1/shop", 1, /Cannot reach/],
  ])("%s", async (_name, url, code, message) => {
    const ended = await waybill(["export", "orders", "--format", "csv", "--source", url], emptyFolder());
    expectFailure(ended, code, message);
    expect(ended.stdout.length).toBe(0);
  });
});

it.each(["sslrootcert", "sslcert", "sslkey"])("a certificate that is not there is named: %s", async (name) => {
  const url = `postgres://me:secret@127.0.0.1:1/shop?sslmode=verify-full&${name}=/no/such.pem`;
  const ended = await waybill(["export", "orders", "--format", "csv", "--source", url]);
  expectFailure(ended, 1, /\/no\/such\.pem/);
});

/** A server that answers each connection in its own way. */
async function serverThat(answers: (socket: Socket) => void): Promise<{ url: string; connections: () => number }> {
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    socket.on("error", () => {});
    answers(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { url: `postgres://me:secret@127.0.0.1:${address.port}/shop`, connections: () => connections };
}

describe("a server that is none", () => {
  it.each<[string, (socket: Socket) => void]>([
    ["hangs up", (socket) => socket.end()],
    ["cuts the connection", (socket) => socket.once("data", () => socket.resetAndDestroy())],
    ["speaks HTTP", (socket) => socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"))],
  ])("%s", async (_name, answers) => {
    const { url } = await serverThat(answers);
    const out = emptyFolder();
    const ended = await waybill(["export", "orders", "--source", url, "-o", join(out, "o.csv")]);
    expectFailure(ended, 1, /(connection to|Cannot reach) PostgreSQL database "shop" on 127\.0\.0\.1:\d+/);
    expect(filesIn(out)).toEqual([]);
  });

  it("says nothing, until Ctrl-C", async () => {
    const { url, connections } = await serverThat(() => {});
    const out = emptyFolder();
    const run = start(["export", "orders", "--source", url, "-o", join(out, "o.csv")]);
    await until(() => connections() === 1, 5_000);
    const begin = performance.now();
    run.kill("SIGINT");
    expectFailure(await run.ended, 1, /was interrupted/);
    expect(performance.now() - begin).toBeLessThan(5_000);
    expect(filesIn(out)).toEqual([]);
  });
});
