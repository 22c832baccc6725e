// The description of the API (OpenAPI 3.1), from the schemas that validate requests, and its page at /docs.
import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance } from "fastify";
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from "fastify-type-provider-zod";
import { ACTIONS } from "../access/actions.ts";
import { namedSchemas } from "./schemas/named.ts";
import type { Service } from "./service.ts";

/** JSON has no dates: they go out as RFC 3339 writes them. Of ids, `format` says enough. */
const zodToJsonConfig = {
  unrepresentable: "any",
  override({
    zodSchema,
    jsonSchema,
  }: {
    zodSchema: { _zod: { def: { type: string } } };
    jsonSchema: JsonSchema;
  }): void {
    if (zodSchema._zod.def.type === "date") Object.assign(jsonSchema, { type: "string", format: "date-time" });
    if (jsonSchema.format === "uuid") delete jsonSchema.pattern;
  },
} as const;

interface JsonSchema {
  format?: string;
  pattern?: string;
}

const TAGS = [
  { name: "service", description: "The service itself, and whoever is signed in." },
  { name: "org", description: "An organisation: namespaces, members, tokens, and what was done." },
  { name: "records", description: "What can be exported: object types and their records." },
  { name: "batches", description: "Lists of records, frozen." },
  { name: "templates", description: "What exports hold, decided once." },
];

export async function describeApi(app: FastifyInstance, { version }: Service, basePath: string): Promise<void> {
  const toSchema = createJsonSchemaTransform({ zodToJsonConfig, schemaRegistry: namedSchemas });
  const toComponents = createJsonSchemaTransformObject({ zodToJsonConfig, schemaRegistry: namedSchemas });
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Waybill",
        version,
        description:
          "Self-service exports. Errors are problem documents (RFC 9457) with a stable `code`; lists are " +
          "filtered with `where`, sorted with `sort` and paged with `limit` and `after`, by the fields of their items; writing calls honour `Idempotency-Key`.",
        license: { name: "Apache-2.0", identifier: "Apache-2.0" },
      },
      servers: [{ url: basePath === "" ? "/" : basePath }],
      tags: TAGS,
      components: {
        securitySchemes: {
          token: { type: "http", scheme: "bearer", description: "An API token: `wb_…`." },
          session: { type: "apiKey", in: "cookie", name: "waybill.session_token" },
        },
      },
      security: [{ token: [] }, { session: [] }],
    },
    transform(document) {
      const { schema, url } = toSchema(document);
      const { action } = document.route.config ?? {};
      if (action === undefined || schema.hide === true) return { schema: { ...schema, hide: true }, url };
      const { least } = ACTIONS[action];
      return {
        schema: {
          ...schema,
          ...(least === "nobody" ? { security: [] } : {}),
          operationId: operationId(String(document.route.method), url),
          "x-waybill-action": action,
          response: { ...(schema.response as object), "4XX": AS_PROBLEM, "5XX": AS_PROBLEM },
        } as typeof schema,
        url,
      };
    },
    transformObject: (document) => {
      const described = toComponents(document) as { components: { schemas: Record<string, unknown> } };
      const { schemas } = described.components;
      schemas["Problem"] = PROBLEM;
      // Those that nothing else refers to: each is made once for requests and once for answers.
      for (let unused: string[] | null = null; unused?.length !== 0;) {
        const text = JSON.stringify(described);
        unused = Object.keys(schemas).filter((name) => {
          const timesIn = (within: string): number => within.split(`"#/components/schemas/${name}"`).length;
          return timesIn(text) === timesIn(JSON.stringify(schemas[name]));
        });
        for (const name of unused) delete schemas[name];
      }
      return described as ReturnType<typeof toComponents>;
    },
  });
  await app.register(swaggerUi, {
    routePrefix: "/docs",
    staticCSP: "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'",
    uiHooks: {
      // Its parts are named from where it is.
      onRequest: (request, reply, next) => {
        if (request.url.split("?", 1)[0] === "/docs") void reply.redirect(`${basePath}/docs/`);
        else next();
      },
    },
    uiConfig: { docExpansion: "list", displayRequestDuration: true, tryItOutEnabled: true },
    theme: {
      title: "Waybill API",
      css: [{ filename: "theme.css", content: ".swagger-ui .topbar { display: none }" }],
    },
  });
  app.get("/openapi.json", { schema: { hide: true } }, () => app.swagger());
}

/** `getNamespacesByIdMembers`: what clients call `GET /{org}/v2/namespaces/{id}/members`. */
function operationId(method: string, url: string): string {
  const steps = url.replace(/^\/(?::org\/v2|api)/, "").split("/");
  const words = steps.map((step) => (step.startsWith(":") ? `By${capital(step.slice(1))}` : capital(step)));
  const name = words.join("").replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return method.toLowerCase() + (name === "" ? "Org" : name);
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

const text = { type: "string" };

const WORDS = { $ref: "#/components/schemas/Words" };

/** RFC 9457. */
const PROBLEM = {
  type: "object",
  required: ["type", "title", "status", "code", "detail", "requestId"],
  properties: {
    type: text,
    title: text,
    status: { type: "integer" },
    code: { ...text, description: "Stable: programs may rely on it." },
    detail: { ...text, description: "One sentence for people." },
    hint: { ...text, description: "What to do about it." },
    words: WORDS,
    errors: {
      type: "array",
      items: {
        type: "object",
        required: ["pointer", "code", "detail"],
        properties: {
          pointer: { ...text, description: "A JSON pointer (RFC 6901)." },
          in: { ...text, enum: ["body", "query", "path", "header"] },
          code: text,
          detail: text,
          words: WORDS,
        },
      },
    },
    requestId: text,
  },
};

const AS_PROBLEM = {
  description: "What went wrong, and where.",
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
};
