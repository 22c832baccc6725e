// Writing calls with an `Idempotency-Key` are done once: whoever repeats one gets the first answer.
import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { beginCall, endCall, forgetCall } from "../control/queries/idempotency.ts";
import { failure, inputError } from "../lib/errors.ts";
import { sentence } from "../lib/sentence.ts";
import { conflict } from "../service/errors.ts";

const WRITING = new Set(["POST", "PUT", "PATCH", "DELETE"]);
/** For how long an answer is kept, and for how long a call without one keeps others waiting, in milliseconds. */
const KEPT = 24 * 3_600_000;
const GOING_ON = 10 * 60_000;

interface Begun {
  readonly person: string;
  readonly key: string;
}

const begun = new WeakMap<FastifyRequest, Begun>();

export function idempotent(app: FastifyInstance): void {
  app.addHook("preHandler", async (request, reply) => {
    const key = WRITING.has(request.method) ? keyOf(request) : null;
    if (key === null) return;
    const { access } = request.call;
    const person = access.identity.person.id;
    const requestHash = hashOf(request);
    const call = { person, key, requestHash, expiresAt: new Date(Date.now() + GOING_ON) };
    const earlier = await beginCall(access.at, call);
    if (earlier === null) {
      begun.set(request, { person, key });
      return;
    }
    if (!requestHash.equals(earlier.requestHash)) {
      throw inputError(
        "idempotency-mismatch",
        "/Idempotency-Key",
        sentence`This Idempotency-Key was used for another request.`,
        sentence`Take a new key for each request.`,
      );
    }
    return replay(reply, earlier);
  });
  app.addHook("onSend", async (request, reply, payload) => {
    const its = begun.get(request);
    if (its === undefined) return;
    begun.delete(request);
    const { at } = request.call.access;
    // What failed on our side may be tried again, and so may what was refused: nothing has happened.
    if (reply.statusCode >= 400) return forgetCall(at, its);
    const isText = typeof payload === "string" && request.routeOptions.config.once !== true;
    const headers = Object.fromEntries(
      ["content-type", "location"].flatMap((name) => {
        const value = reply.getHeader(name);
        return value === undefined ? [] : [[name, String(value)]];
      }),
    );
    const body = isText ? payload : null;
    await endCall(at, its, { status: reply.statusCode, headers, body, expiresAt: new Date(Date.now() + KEPT) });
  });
}

function keyOf({ headers }: FastifyRequest): string | null {
  const key = headers["idempotency-key"];
  if (key === undefined) return null;
  if (typeof key === "string" && /^[\x21-\x7e]{1,255}$/.test(key)) return key;
  const hint = sentence`Take a UUID.`;
  throw inputError(
    "idempotency-key",
    "/Idempotency-Key",
    sentence`An Idempotency-Key has 1 to 255 printable characters.`,
    hint,
  );
}

function hashOf({ method, url, body }: FastifyRequest): Buffer {
  return createHash("sha256")
    .update(JSON.stringify([method, url, body ?? null]))
    .digest();
}

type Earlier = NonNullable<Awaited<ReturnType<typeof beginCall>>>;

function replay(reply: FastifyReply, { status, headers, body }: Earlier): FastifyReply {
  if (status === null)
    throw failure("idempotency-busy", sentence`The first request with this Idempotency-Key is still going on.`);
  if (body === null && status !== 204) {
    throw conflict("idempotency-once", sentence`This was done already, and its answer is shown only once.`);
  }
  return reply
    .code(status)
    .headers({ ...headers, "idempotency-replayed": "true" })
    .serializer((text: unknown) => String(text))
    .send(body ?? "");
}
