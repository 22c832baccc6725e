// Everything below `/{org}/v2`: who asks is known, belongs to the org, and may do what the route is for, before its body is read.
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from "fastify";
import * as z from "zod";
import { type Action, ACTIONS } from "../access/actions.ts";
import { accessIn } from "../access/org-access.ts";
import { failure } from "../lib/errors.ts";
import { languageOf } from "../lib/language.ts";
import { mustMayAnywhere, type OrgCall } from "../service/org-call.ts";
import { idempotent } from "./idempotency.ts";
import { identification } from "./identify.ts";
import type { HttpOptions, Service } from "./service.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** What the route does, in the table of who may do what. Each route below an org has one. */
    action?: Action;
    /** The answer holds a secret that is shown once, and is not kept for whoever repeats the call. */
    once?: true;
  }
  interface FastifyRequest {
    /** In routes below an org. */
    call: OrgCall;
  }
}

/** Adds what all routes of an org go through. */
export function scopeToOrg(app: FastifyInstance, service: Service, options: HttpOptions): void {
  app.decorateRequest("call");
  app.addHook("onRoute", (route) => {
    checkAction(route);
    // A parameter that a route does not know is a mistake, and not to be passed over.
    route.schema = { querystring: z.strictObject({}), ...route.schema };
  });
  app.addHook("onRequest", identification(service, options));
  app.addHook("onRequest", async (request, reply) => {
    request.call = await callOf(service, request, signalOf(reply));
    mustMayAnywhere(request.call, actionOf(request));
  });
  idempotent(app);
}

/** A route that forgot to say what it does would be open to all members: the program does not start with one. */
function checkAction({ config, method, url }: RouteOptions): void {
  if (config?.action === undefined || !(config.action in ACTIONS)) {
    throw new Error(`${String(method)} ${url} has no action`);
  }
}

function actionOf({ routeOptions }: FastifyRequest): Action {
  return routeOptions.config.action!;
}

/** Aborts when whoever asked has gone before the answer was there. */
export function signalOf({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  raw.once("close", () => {
    if (!raw.writableFinished) gone.abort(failure("gone", "Nobody waits for the answer any more."));
  });
  return gone.signal;
}

async function callOf({ control, orgs }: Service, request: FastifyRequest, signal: AbortSignal): Promise<OrgCall> {
  if (request.identity === null) throw unauthorized();
  const { org } = request.params as { readonly org: string };
  const access = orgs.codes.includes(org) ? await accessIn(control, org, request.identity) : null;
  // An org that is not there and one of others are the same.
  if (access === null) throw failure("not-found", "There is nothing at this address.");
  const language = languageOf(request.identity.person.language ?? request.headers["accept-language"] ?? "en");
  return {
    org: () => orgs.open(org),
    access,
    language,
    timeZone: orgs.config.orgs.get(org)!.timeZone,
    address: request.ip,
    requestId: request.id,
    signal,
  };
}

export function unauthorized(): Error {
  return failure("unauthorized", "This needs somebody who is signed in, or a valid token.", {
    hint: "Send Authorization: Bearer wb_…, or sign in.",
  });
}
