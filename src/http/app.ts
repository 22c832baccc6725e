// The HTTP server: what every request goes through, and the routes.
import { randomUUID } from "node:crypto";
import cors from "@fastify/cors";
import { fastify, type FastifyInstance, type FastifyBaseLogger, type RawServerDefault } from "fastify";
import { type ZodTypeProvider, validatorCompiler } from "fastify-type-provider-zod";
import helmet from "helmet";
import type { IncomingMessage, ServerResponse } from "node:http";
import { handleErrors, sendProblem } from "./error-handler.ts";
import { setsCookies } from "./identify.ts";
import { measure } from "./metrics.ts";
import { describeApi } from "./openapi.ts";
import { problemOf } from "./problem.ts";
import { scopeToOrg } from "./org-scope.ts";
import { authRoutes } from "./routes/auth.ts";
import { fileLinkRoutes } from "./routes/file-link.ts";
import { healthRoutes } from "./routes/health.ts";
import { graphqlPage, graphqlRoutes } from "./routes/graphql.ts";
import { orgRoutes } from "./routes/index.ts";
import { sessionRoutes } from "./routes/session.ts";
import type { HttpOptions, Service } from "./service.ts";
import { serveWebApp } from "./web-app.ts";

/** Fastify with schemas of zod. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** Bytes of a request's body, unless a route allows more. */
const BODY_LIMIT = 1024 * 1024;
/** How long a client may take to send a request, in milliseconds. */
const REQUEST_TIMEOUT = 120_000;
/** What pages of other origins may read of an answer, besides what the Fetch standard lets them. */
const EXPOSED = [
  "location",
  "content-disposition",
  "content-range",
  "accept-ranges",
  "repr-digest",
  "etag",
  "retry-after",
  "idempotency-replayed",
  "x-request-id",
  "x-file-size",
];

export async function makeApp(service: Service, options: HttpOptions): Promise<App> {
  const basePath = new URL(options.baseUrl).pathname.replace(/\/$/, "");
  const app: App = fastify({
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT,
    trustProxy: options.proxies.length === 0 ? false : [...options.proxies],
    genReqId: () => randomUUID(),
    // A proxy may hand on the path that Waybill is below, or take it away.
    rewriteUrl: ({ url = "/" }) => (basePath !== "" && isBelow(url, basePath) ? withRoot(url, basePath) : url),
    routerOptions: { maxParamLength: 2000 },
    forceCloseConnections: "idle",
    // Addresses that cannot be read, before there is a route.
    frameworkErrors: (error, request, reply) => void sendProblem(reply, problemOf(error, request.id).problem),
    logger: {
      level: options.logLevel,
      redact: ["req.headers.authorization", "req.headers.cookie"],
      serializers: { req: ({ method, url, ip }) => ({ method, path: withoutQuery(url), ip }) },
      ...(options.logTo === undefined ? {} : { stream: options.logTo }),
    },
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  // What goes out is what the types say; tests compare it with the schemas.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  app.removeContentTypeParser("text/plain");
  setsCookies(app);
  // Its plugin for Fastify makes it anew for each request, which costs more than most requests do.
  const secure = helmet({
    contentSecurityPolicy: CONTENT_SECURITY,
    strictTransportSecurity: isHttps(options),
    // With none at all, browsers do not tell us that a request is from our own page either (Fetch, section 3.2).
    referrerPolicy: { policy: "same-origin" },
  });
  app.addHook("onRequest", (request, reply, next) =>
    secure(request.raw, reply.raw, (error?: unknown) => next(error as Error)),
  );
  await app.register(cors, {
    origin: options.origins.length === 0 ? false : [...options.origins],
    credentials: true,
    methods: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
    exposedHeaders: EXPOSED,
    maxAge: 600,
  });
  app.addHook("onRequest", async (request, reply) => void reply.header("x-request-id", request.id));
  const page = await serveWebApp(app, basePath);
  handleErrors(app, page);
  endConnections(app);
  measure(app, service, options);
  await describeApi(app, service, basePath);
  healthRoutes(app, service);
  await app.register(async (its: App) => authRoutes(its, service, options));
  await app.register(async (its: App) => sessionRoutes(its, service, options), { prefix: "/api" });
  await app.register(
    async (its: App) => {
      scopeToOrg(its, service, options);
      orgRoutes(its, service, options);
    },
    { prefix: "/:org/v2" },
  );
  await app.register(
    async (its: App) => {
      graphqlPage(its, page);
      scopeToOrg(its, service, options);
      graphqlRoutes(its, service, options);
    },
    { prefix: "/:org" },
  );
  fileLinkRoutes(app, service);
  return app;
}

/** When the server closes, whoever was still answered is not waited for again. */
function endConnections(app: App): void {
  let closing = false;
  app.addHook("preClose", (done) => {
    closing = true;
    done();
  });
  app.addHook("onSend", async (_request, reply) => {
    if (closing) void reply.header("connection", "close");
  });
}

const CONTENT_SECURITY = {
  directives: {
    defaultSrc: ["'self'"],
    fontSrc: ["'self'"],
    imgSrc: ["'self'", "data:", "blob:"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    objectSrc: ["'none'"],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    // Set by the proxy that speaks https, where there is one.
    upgradeInsecureRequests: null,
  },
};

function isHttps({ baseUrl }: HttpOptions): boolean {
  return baseUrl.startsWith("https:");
}

function isBelow(url: string, basePath: string): boolean {
  return url === basePath || url.startsWith(`${basePath}/`) || url.startsWith(`${basePath}?`);
}

function withRoot(url: string, basePath: string): string {
  const rest = url.slice(basePath.length);
  return rest.startsWith("/") ? rest : `/${rest}`;
}

/** Filters may hold what is nobody's business. */
function withoutQuery(url: string): string {
  return url.split("?", 1)[0]!;
}
