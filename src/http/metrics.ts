// Figures for Prometheus: requests by route, and the process.
import { timingSafeEqual } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { collectDefaultMetrics, Histogram, Registry } from "prom-client";
import { failure } from "../lib/errors.ts";
import type { HttpOptions } from "./service.ts";

export function measure(app: FastifyInstance, { metricsToken }: HttpOptions): void {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const requests = new Histogram({
    name: "waybill_http_request_seconds",
    help: "How long requests took, by route: never with the names or keys that were asked for.",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [register],
  });
  app.addHook("onResponse", async ({ method, routeOptions }, reply) => {
    const route = routeOptions.url ?? "none";
    requests.observe({ method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
  });
  app.get("/metrics", { schema: { hide: true }, logLevel: "warn" }, async (request, reply) => {
    if (!mayMeasure(request, metricsToken)) {
      throw failure("forbidden", "The metrics are for this machine, or for whoever has the token.", {
        hint: "Set WAYBILL_METRICS_TOKEN, and send it as Authorization: Bearer.",
      });
    }
    return reply.type(register.contentType).send(await register.metrics());
  });
}

/** Behind a proxy that is not declared, everybody would look like this machine. */
function mayMeasure({ headers, ip }: FastifyRequest, token: string | null): boolean {
  if (token === null) {
    const isForwarded = headers["x-forwarded-for"] !== undefined || headers.forwarded !== undefined;
    return !isForwarded && /^(?:::ffff:)?127\.|^::1$/.test(ip);
  }
  const given = Buffer.from(/^Bearer +(\S+) *$/i.exec(headers.authorization ?? "")?.[1] ?? "");
  const right = Buffer.from(token);
  return given.length === right.length && timingSafeEqual(given, right);
}
