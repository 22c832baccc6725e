// Server-sent events: as Node's own EventSource reads them, and byte by byte; whoever ends it, all is given back.
import { spawn } from "node:child_process";
import { EventEmitter, on } from "node:events";
import { get, type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { fastify, type FastifyInstance } from "fastify";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { failure } from "../../src/lib/errors.ts";
import { handleErrors } from "../../src/http/error-handler.ts";
import { type Events, type EventsOptions, sendEvents, type ServerEvent, whenClosing } from "../../src/http/events.ts";
import { answered } from "./download-server.ts";

let app: FastifyInstance;
let port: number;
let events: Events;
let options: Omit<EventsOptions, "closing">;
/** Sources that have begun and not yet ended. */
let running = 0;
const log: { err?: { message?: string } }[] = [];

beforeEach(async () => {
  const stream = { write: (line: string) => void log.push(JSON.parse(line) as (typeof log)[number]) };
  app = fastify({ logger: { level: "warn", stream }, forceCloseConnections: "idle" });
  handleErrors(app);
  const closing = whenClosing(app);
  options = {};
  log.length = 0;
  running = 0;
  async function* counted(lastId: string | null, signal: AbortSignal): AsyncGenerator<ServerEvent> {
    running++;
    try {
      yield* events(lastId, signal);
    } finally {
      running--;
    }
  }
  app.get("/events", (request, reply) => sendEvents(request, reply, counted, { ...options, closing }));
  await app.listen({ host: "127.0.0.1", port: 0 });
  ({ port } = app.server.address() as AddressInfo);
  onTestFinished(async () => {
    app.server.closeAllConnections();
    await app.close();
    await vi.waitUntil(() => running === 0);
  });
});

/** What an emitter says, for ever. */
function from(emitter: EventEmitter): Events {
  return async function* heard(_lastId, signal) {
    for await (const [event] of on(emitter, "event", { signal })) yield event as ServerEvent;
  };
}

async function* listed(...list: readonly ServerEvent[]): AsyncGenerator<ServerEvent> {
  yield* list;
}

async function listen(headers: OutgoingHttpHeaders = {}, method = "GET"): Promise<IncomingMessage> {
  const response = await answered(get({ host: "127.0.0.1", port, path: "/events", headers, method }));
  response.on("error", () => {});
  return response.setEncoding("utf8");
}

async function textOf(response: IncomingMessage): Promise<string> {
  let text = "";
  for await (const piece of response) text += piece as string;
  return text;
}

describe("events", () => {
  it("are lines, and end when there are no more", async () => {
    events = () => listed({ id: "7", event: "progress", data: { rows: 1, text: "a\nb\u2028é" } }, { data: undefined });
    const response = await listen();
    expect(response.headers).toMatchObject({
      "content-type": "text/event-stream",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
      connection: "close",
    });
    expect(await textOf(response)).toBe(
      'retry: 3000\n\nid: 7\nevent: progress\ndata: {"rows":1,"text":"a\\nb\u2028é"}\n\ndata: null\n\n',
    );
  });

  it("are read by an EventSource, which comes back with the last id", { timeout: 20_000 }, async () => {
    const had: (string | null)[] = [];
    events = (lastId) => {
      had.push(lastId);
      const next = Number(lastId ?? 0) + 1;
      return listed({ id: String(next), event: "progress", data: { part: next } }, { event: "ready", data: "✓" });
    };
    const program = join(import.meta.dirname, "event-source.ts");
    const url = `http://127.0.0.1:${port}/events`;
    const args = ["--experimental-eventsource", "--no-warnings", program, url, "progress", "ready"];
    const client = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    onTestFinished(() => void client.kill());
    const lines: unknown[] = [];
    for await (const line of createInterface(client.stdout)) {
      lines.push(JSON.parse(line));
      if (lines.length === 7) break;
    }
    expect(lines).toEqual([
      { kind: "open" },
      { kind: "progress", id: "1", data: { part: 1 } },
      { kind: "ready", id: "1", data: "✓" },
      { kind: "error" },
      { kind: "open" },
      { kind: "progress", id: "2", data: { part: 2 } },
      { kind: "ready", id: "2", data: "✓" },
    ]);
    expect(had).toEqual([null, "1"]);
  });

  it("come as soon as they are there, with signs of life between them", async () => {
    const emitter = new EventEmitter();
    events = from(emitter);
    options = { heartbeat: 100 };
    const response = await listen();
    let text = "";
    response.on("data", (piece: string) => (text += piece));
    await vi.waitFor(() => expect(text).toBe("retry: 3000\n\n:\n\n:\n\n"));
    emitter.emit("event", { data: 1 });
    await vi.waitFor(() => expect(text).toContain("data: 1\n\n"), { interval: 5, timeout: 80 });
    response.destroy();
    await vi.waitFor(() => expect([running, emitter.listenerCount("event")]).toEqual([0, 0]));
  });

  it("of many at once all come, and in their order", async () => {
    const count = 50_000;
    events = () => listed(...Array.from({ length: count }, (_, n) => ({ id: String(n), data: n })));
    const text = await textOf(await listen());
    const its = [...text.matchAll(/^id: (\d+)\ndata: (\d+)$/gm)];
    expect(its.map(([, id, data]) => [Number(id), Number(data)])).toEqual(
      Array.from({ length: count }, (_, n) => [n, n]),
    );
  });

  it("are not begun for HEAD", async () => {
    events = () => listed({ data: 1 });
    const response = await listen({}, "HEAD");
    expect(response.headers["content-type"]).toBe("text/event-stream");
    expect(await textOf(response)).toBe("");
    expect(running).toBe(0);
  });
});

describe("it ends", () => {
  it("when the client goes away, whatever the source waits for", async () => {
    const emitter = new EventEmitter().setMaxListeners(0);
    events = from(emitter);
    const responses = await Promise.all(Array.from({ length: 20 }, () => listen()));
    await vi.waitFor(() => expect([running, emitter.listenerCount("event")]).toEqual([20, 20]));
    for (const response of responses) response.destroy();
    await vi.waitFor(() => expect([running, emitter.listenerCount("event")]).toEqual([0, 0]));
    emitter.emit("event", { data: 1 });
    expect(app.server.listening).toBe(true);
  });

  it("when the service stops, at once", async () => {
    events = from(new EventEmitter());
    const response = await listen();
    const text = textOf(response);
    await vi.waitFor(() => expect(running).toBe(1));
    const begun = performance.now();
    await app.close();
    expect(performance.now() - begun).toBeLessThan(5000);
    expect([await text, response.complete, running]).toEqual(["retry: 3000\n\n", true, 0]);
  });

  it("without having begun where the service is stopping already", async () => {
    const closing = AbortSignal.abort();
    const late = fastify();
    onTestFinished(() => late.close());
    let begun = 0;
    const begin: Events = () => (begun++, listed({ data: 1 }));
    late.get("/", (request, reply) => sendEvents(request, reply, begin, { closing }));
    expect((await late.inject("/")).body).toBe("retry: 3000\n\n");
    expect(begun).toBe(0);
  });

  it("when the client takes nothing, which fills no memory", async () => {
    let given = 0;
    const data = "x".repeat(10_000);
    events = async function* endless() {
      for (; ; given++) yield { data };
    };
    options = { patience: 500, heartbeat: 50 };
    const response = await listen();
    response.pause();
    await sleep(300);
    const before = given;
    // What the kernel takes, and 64 KiB.
    expect(before * data.length).toBeLessThan(12 << 20);
    await sleep(100);
    expect([given, running]).toEqual([before, 1]);
    await vi.waitFor(() => expect(running).toBe(0));
    expect(given).toBe(before);
  });

  it("not when the client is slow, but takes something", { timeout: 20_000 }, async () => {
    const data = "x".repeat(100_000);
    events = () => listed(...Array.from({ length: 200 }, (_, n) => ({ id: String(n), data })));
    options = { patience: 400 };
    let length = 0;
    for await (const piece of await listen()) {
      length += (piece as string).length;
      await sleep(5);
    }
    expect(length).toBeGreaterThan(200 * data.length);
  });

  it("broken off where the source fails, and the log says why", async () => {
    events = async function* failing() {
      yield { data: 1 };
      await sleep(50);
      throw failure("control-lost", "The control database went away.", { hint: "Wait." });
    };
    const response = await listen();
    let text = "";
    response.on("data", (piece: string) => (text += piece));
    await vi.waitFor(() => expect(response.closed).toBe(true));
    expect([text, response.complete]).toEqual(["retry: 3000\n\ndata: 1\n\n", false]);
    expect(log[0]?.err?.message).toBe("The control database went away.");
  });

  it.each(["a\ndata: evil", "a\r", "\0", "é", ""])(
    "broken off before the id %j, which no event can have",
    async (id) => {
      events = async function* evil() {
        yield { data: 1 };
        await sleep(20);
        yield { id, data: 2 };
      };
      const response = await listen();
      expect(await textOf(response).catch((error: Error) => error.message)).toBe("aborted");
      expect(log[0]?.err?.message).toBe("a field that no event can have");
    },
  );

  it("when the last of it is not taken either", async () => {
    events = () => listed({ data: "x".repeat(32 << 20) });
    options = { patience: 300 };
    const response = await listen();
    response.pause();
    const connections = promisify(app.server.getConnections.bind(app.server));
    await vi.waitUntil(async () => (await connections()) === 0, 5000);
    expect([response.complete, running]).toEqual([false, 0]);
  });
});
