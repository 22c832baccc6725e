// Who makes a request, and whether a page elsewhere makes it for them.
import type { FastifyInstance, FastifyRequest } from "fastify";
import { identify, type Identity } from "../identity/identity.ts";
import { failure } from "../lib/errors.ts";
import type { HttpOptions, Service } from "./service.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Null for nobody. Known in routes that ask (`config.action`). */
    identity: Identity | null;
  }
}

/** Requests by these methods change nothing. */
const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/** A hook that finds out who asks. @throws failure `origin` where a page of another origin would use somebody's session */
export function identification(service: Service, options: HttpOptions): (request: FastifyRequest) => Promise<void> {
  const own = new Set([new URL(options.baseUrl).origin, ...options.origins]);
  return async (request) => {
    const caller = { headers: headersOf(request), address: request.ip };
    request.identity = await identify(service.control, service.signIn, caller);
    if (request.identity?.via.kind === "session" && !SAFE.has(request.method)) checkOrigin(request, own);
  };
}

/** Browsers tell where a request comes from; programs that send a cookie without being one do not. */
function checkOrigin({ headers }: FastifyRequest, own: ReadonlySet<string>): void {
  const { origin, "sec-fetch-site": site } = headers;
  const isOwn = origin === undefined ? site === undefined || site === "same-origin" : own.has(origin);
  if (!isOwn) {
    throw failure("origin", "This request comes from a page that may not use your session.", {
      hint: "Use an API token, or have the operator list the page's origin.",
    });
  }
}

/** The request's headers as the Fetch standard has them. */
export function headersOf({ headers }: FastifyRequest): Headers {
  const all = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) all.append(name, one);
  }
  return all;
}

/** Cookies that prolong a session go with the answer. */
export function setsCookies(app: FastifyInstance): void {
  app.decorateRequest("identity", null);
  app.addHook("onSend", async (request, reply) => {
    for (const cookie of request.identity?.setCookies ?? []) void reply.header("set-cookie", cookie);
  });
}
