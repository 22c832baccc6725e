// Figures for Prometheus: requests by route, and the process.
import { timingSafeEqual } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { type InOrg, inOrg } from "../control/in-org.ts";
import { overdue } from "../control/queries/export-runs.ts";
import { bytesStored, countExports } from "../control/queries/exports.ts";
import { failure } from "../lib/errors.ts";
import type { HttpOptions, Service } from "./service.ts";

export function measure(app: FastifyInstance, service: Service, { metricsToken }: HttpOptions): void {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const requests = new Histogram({
    name: "waybill_http_request_seconds",
    help: "How long requests took, by route: never with the names or keys that were asked for.",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [register],
  });
  measureExports(service, register);
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

/** Exports of each org, as they are when somebody looks. */
function measureExports({ control, orgs }: Service, register: Registry): void {
  const measures = {
    waybill_exports_overdue: {
      help: "Exports that are later than was promised to whoever waits for their window.",
      valueOf: (at: InOrg) => overdue(at, new Date()),
    },
    waybill_archive_bytes: { help: "Bytes that archives take in the vault.", valueOf: bytesStored },
  };
  for (const [name, { help, valueOf }] of Object.entries(measures)) {
    const gauge = new Gauge({
      name,
      help,
      labelNames: ["org"],
      registers: [],
      async collect() {
        for (const org of orgs.codes) this.set({ org }, await valueOf(inOrg(control.db, org)));
      },
    });
    register.registerMetric(gauge);
  }
  const states = new Gauge({
    name: "waybill_exports",
    help: "Exports by state; deleted ones are not counted.",
    labelNames: ["org", "state"],
    registers: [],
    async collect() {
      this.reset();
      for (const org of orgs.codes) {
        for (const [state, count] of await countExports(inOrg(control.db, org))) this.set({ org, state }, count);
      }
    },
  });
  register.registerMetric(states);
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
