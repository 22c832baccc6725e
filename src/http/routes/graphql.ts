// GraphQL below an org: `/{org}/graphql` answers documents, gives browsers the page to write them in, and has its schema beside it.
import type { FastifyReply, FastifyRequest } from "fastify";
import * as z from "zod";
import { failure } from "../../lib/errors.ts";
import { sightOf } from "../../service/org-call.ts";
import type { App } from "../app.ts";
import { contentDisposition } from "../content-disposition.ts";
import { fileLinks } from "../file-link.ts";
import { type Answer, answer, type Answering, refused } from "../graphql/answer.ts";
import type { RESPONSE } from "../graphql/request.ts";
import { acceptedType, JSON_TYPE, requestOf } from "../graphql/request.ts";
import { schemaFor } from "../graphql/schema.ts";
import type { HttpOptions, Service } from "../service.ts";

const PATH = "/graphql";
/** Bytes of a request's body. */
const BODY_LIMIT = 256 * 1024;
/** How long a request may take, in milliseconds. */
const TIME_LIMIT = 30_000;

const config = { action: "graphql.use" } as const;
/** What a query means is said by GraphQL, in its own errors. */
const schema = { hide: true, querystring: z.looseObject({}) };

/** Gives browsers the page, whoever asks; to be added before what finds out who that is. @param page null where the web app was not built */
export function graphqlPage(app: App, page: string | null): void {
  app.addHook("onRequest", async (request, reply) => {
    const { method, routeOptions, query, headers } = request;
    const wants =
      page !== null &&
      (method === "GET" || method === "HEAD") &&
      routeOptions.url?.endsWith(PATH) === true &&
      headers.accept?.includes("text/html") === true &&
      (query as Readonly<Record<string, unknown>>)["query"] === undefined;
    if (wants)
      return reply.type("text/html; charset=utf-8").headers({ "cache-control": "no-cache", vary: "accept" }).send(page);
  });
}

export function graphqlRoutes(app: App, service: Service, options: HttpOptions): void {
  const { graphqlTimeLimit: timeLimit = TIME_LIMIT } = options;
  const baseUrl = options.baseUrl.replace(/\/$/, "");
  const fileLink = fileLinks(service, options);
  app.setErrorHandler((error, request, reply) => {
    if (request.raw.destroyed && !reply.raw.writable) return reply.hijack();
    return send(reply, refused([error], telling(request)), typeOr(request));
  });

  const handle = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const type = acceptedType(request);
    const { call } = request;
    const how: Answering = { ...telling(request), baseUrl, fileLink: (file) => fileLink(call, file), timeLimit };
    const its = await answer(call, requestOf(request), how);
    const codes = its.errors.map(({ told }) => `${told.extensions.code} ${told.extensions.reason}`);
    if (codes.length > 0)
      request.log.info({ codes: [...new Set(codes)] }, its.isExecuted ? "answered in part" : "refused");
    return send(reply, its, type);
  };
  app.get(PATH, { config, schema }, handle);
  app.post(PATH, { config, schema, bodyLimit: BODY_LIMIT }, handle);
  app.route({
    method: ["PUT", "PATCH", "DELETE"],
    url: PATH,
    config,
    schema,
    handler(_request, reply) {
      void reply.header("allow", "GET, HEAD, POST");
      throw failure("method-not-allowed", "Documents are sent by POST, or by GET in the query.");
    },
  });

  app.get(
    `${PATH}/schema.graphql`,
    { config: { action: "records.see" }, schema: { hide: true } },
    async ({ call, params }, reply) => {
      const { org } = params as { readonly org: string };
      const { text } = await schemaFor(await sightOf(call));
      return reply
        .type("text/plain; charset=utf-8")
        .header("content-disposition", contentDisposition(`${org}.graphql`, "attachment"))
        .header("cache-control", "private, no-cache")
        .send(await text());
    },
  );
}

function telling(request: FastifyRequest): Pick<Answering, "requestId" | "onDefect"> {
  return { requestId: request.id, onDefect: (error) => request.log.error({ err: error }, "defect") };
}

/** Errors go out even to those who take no JSON. */
function typeOr(request: FastifyRequest): typeof RESPONSE | typeof JSON_TYPE {
  try {
    return acceptedType(request);
  } catch {
    return JSON_TYPE;
  }
}

/**
 * With the older media type, whatever GraphQL has an answer to is 200 (GraphQL over HTTP, section 6.4.1): a document that is refused
 * too, but not a request that is none.
 */
function send(
  reply: FastifyReply,
  { status, body, errors }: Answer,
  type: typeof RESPONSE | typeof JSON_TYPE,
): FastifyReply {
  const isDocument = errors.every(({ told }) => !NO_DOCUMENT.has(told.extensions.reason));
  const its = type === JSON_TYPE && isDocument && (status === 400 || status === 408) ? 200 : status;
  if (its === 401) void reply.header("www-authenticate", "Bearer");
  if (its === 503) void reply.header("retry-after", "1");
  return reply
    .code(its)
    .type(`${type}; charset=utf-8`)
    .header("cache-control", "no-store")
    .serializer((text: unknown) => String(text))
    .send(body);
}

/** Reasons for which there was nothing that GraphQL could have read. */
const NO_DOCUMENT = new Set([
  "invalid",
  "json",
  "batching",
  "media-type",
  "variables-too-large",
  "address",
  "query-missing",
  "document-id",
  "document-hash",
]);
