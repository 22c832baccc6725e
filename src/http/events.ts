// Sends events as they come: `text/event-stream`, as the HTML standard has it (section 9.2, server-sent events).
import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

export interface ServerEvent {
  /** Printable ASCII; what a client that comes back says it had last. */
  readonly id?: string;
  /** `message` where there is none. */
  readonly event?: string;
  /** Becomes JSON. */
  readonly data: unknown;
}

/**
 * Begins to give events.
 * @param lastEventId the id of the last event that the client had before it came back; null at its first time
 * @param signal aborts when nobody wants any more: what waits must stop waiting then, in whatever way
 */
export type Events = (lastEventId: string | null, signal: AbortSignal) => AsyncIterable<ServerEvent>;

export interface EventsOptions {
  /** Aborts when the service stops: see `whenClosing`. */
  readonly closing: AbortSignal;
  /** Milliseconds from one sign of life to the next. */
  readonly heartbeat?: number;
  /** Milliseconds that a client may take nothing of what waits for it. */
  readonly patience?: number;
}

/** Proxies mostly cut what is silent for a minute or half of one. */
const HEARTBEAT = 15_000;
const PATIENCE = 30_000;
/** Milliseconds until a client comes back. */
const RETRY = 3000;
/** Bytes that wait for a client before no more events are asked for. */
const MOST_WAITING = 64 * 1024;

/**
 * Answers with events until there are no more, the client goes away, or the service stops. They are pulled: while
 * 64 KiB wait for a client no further ones are asked for, and one that takes nothing for 30 s is left; it may come back.
 */
export function sendEvents(
  request: FastifyRequest,
  reply: FastifyReply,
  events: Events,
  { closing, heartbeat = HEARTBEAT, patience = PATIENCE }: EventsOptions,
): FastifyReply {
  void reply.headers({
    "content-type": "text/event-stream",
    "cache-control": "no-store",
    // nginx would gather what it is sent.
    "x-accel-buffering": "no",
    // A connection that is kept would hold up the service's end.
    connection: "close",
  });
  if (request.method === "HEAD") return reply.send(Readable.from([]));
  const over = new AbortController();
  const end = (): void => over.abort();
  /** Is called when a part of what waits was taken. */
  let onTaken: (() => void) | null = null;
  const stream = new Readable({
    highWaterMark: MOST_WAITING,
    read: () => onTaken?.(),
    destroy(error, done) {
      end();
      done(error);
    },
  });
  /** Waits for it, and tells whether it came. */
  const wasTaken = async (): Promise<boolean> => {
    const timer = setTimeout(() => stream.destroy(), patience);
    await new Promise<void>((resolve) => (onTaken = resolve));
    clearTimeout(timer);
    onTaken = null;
    return !over.signal.aborted;
  };
  const pump = async (): Promise<void> => {
    for await (const event of events(lastEventId(request), over.signal)) {
      if (over.signal.aborted || (!stream.push(textOf(event)) && !(await wasTaken()))) break;
    }
  };
  stream.push(`retry: ${RETRY}\n\n`);
  const beat = setInterval(() => onTaken === null && stream.push(":\n\n"), heartbeat);
  over.signal.addEventListener("abort", () => {
    clearInterval(beat);
    closing.removeEventListener("abort", end);
    onTaken?.();
    // What still waits is not waited for any longer than before.
    reply.raw.setTimeout(patience, () => reply.raw.destroy());
    if (!stream.destroyed) stream.push(null);
  });
  closing.addEventListener("abort", end);
  if (closing.aborted) end();
  // What waited may say, by an error, that it was told to stop.
  else pump().then(end, (error: Error) => (over.signal.aborted ? undefined : stream.destroy(error)));
  return reply.send(stream);
}

/** A signal that aborts as soon as the server begins to close, which waits for the answers that are being given. */
export function whenClosing(app: FastifyInstance): AbortSignal {
  const closing = new AbortController();
  app.addHook("preClose", async () => closing.abort());
  return closing.signal;
}

function lastEventId({ headers }: FastifyRequest): string | null {
  const id = headers["last-event-id"];
  return typeof id === "string" && id !== "" ? id : null;
}

/** JSON has no line breaks, so that it is one line of data. */
function textOf({ id, event, data }: ServerEvent): string {
  for (const field of [id, event]) {
    if (field !== undefined && !/^[\x20-\x7e]+$/.test(field)) throw new RangeError("a field that no event can have");
  }
  const head = (id === undefined ? "" : `id: ${id}\n`) + (event === undefined ? "" : `event: ${event}\n`);
  return `${head}data: ${JSON.stringify(data ?? null)}\n\n`;
}
