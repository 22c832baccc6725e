// Every error leaves as a problem document, and is logged once: with its stack where it is a defect of ours.
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { failure } from "../lib/errors.ts";
import { type Problem, problemOf } from "./problem.ts";
import { wantsPage } from "./web-app.ts";

/** @param page what browsers get at addresses of the web app; null where it was not built */
export function handleErrors(app: FastifyInstance, page: string | null = null): void {
  app.setErrorHandler((error, request, reply) => {
    // Whoever went away is told nothing.
    if (request.raw.destroyed && !reply.raw.writable) return reply.hijack();
    const { problem, isDefect } = problemOf(error, request.id);
    if (isDefect) request.log.error({ err: error }, "defect");
    else if (problem.status >= 500) request.log.warn({ code: problem.code, detail: problem.detail }, "failed");
    else request.log.info({ code: problem.code }, "refused");
    return sendProblem(reply, problem);
  });
  app.setNotFoundHandler((request, reply) => {
    if (!wantsPage(request)) return sendProblem(reply, noRoute(request, "/docs shows what there is."));
    if (page === null) return sendProblem(reply, noRoute(request, "The web app is not built: npm run build:web."));
    // It names files that are there today, and may be others tomorrow.
    return reply.type("text/html; charset=utf-8").header("cache-control", "no-cache").send(page);
  });
}

function noRoute(request: FastifyRequest, hint: string): Problem {
  return problemOf(failure("not-found", "There is nothing at this address.", { hint }), request.id).problem;
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.status === 401) void reply.header("www-authenticate", "Bearer");
  if (problem.code === "idempotency-busy" || problem.status === 503) void reply.header("retry-after", "1");
  return reply
    .code(problem.status)
    .header("cache-control", "no-store")
    .type("application/problem+json")
    .serializer((body: unknown) => JSON.stringify(body))
    .send(problem);
}
