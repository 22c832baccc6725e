// The description of the API (OpenAPI 3.1), from the schemas that validate requests, and its page at /docs.
import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance } from "fastify";
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from "fastify-type-provider-zod";
import { ACTIONS } from "../access/actions.ts";
import type { Service } from "./service.ts";

/** JSON has no dates: they go out as RFC 3339 writes them. */
const zodToJsonConfig = {
  unrepresentable: "any",
  override({ zodSchema, jsonSchema }: { zodSchema: { _zod: { def: { type: string } } }; jsonSchema: object }): void {
    if (zodSchema._zod.def.type === "date") Object.assign(jsonSchema, { type: "string", format: "date-time" });
  },
} as const;

export const TAGS = [
  { name: "service", description: "The service itself, and whoever is signed in." },
  { name: "org", description: "An organisation: namespaces, members, tokens, and what was done." },
  { name: "records", description: "What can be exported: object types and their records." },
  { name: "batches", description: "Lists of records, frozen." },
  { name: "templates", description: "What exports hold, decided once." },
];

export async function describeApi(app: FastifyInstance, { version }: Service, basePath: string): Promise<void> {
  const toSchema = createJsonSchemaTransform({ zodToJsonConfig });
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Waybill",
        version,
        description:
          "Self-service exports. Errors are problem documents (RFC 9457) with a stable `code`; lists are paged with " +
          "`limit` and `after`; writing calls honour `Idempotency-Key`.",
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
          "x-waybill-action": action,
          response: { ...(schema.response as object), "4XX": PROBLEM, "5XX": PROBLEM },
        } as typeof schema,
        url,
      };
    },
    transformObject: createJsonSchemaTransformObject({ zodToJsonConfig }),
  });
  await app.register(swaggerUi, {
    routePrefix: "/docs",
    staticCSP: true,
    uiConfig: { docExpansion: "none", displayRequestDuration: true, tryItOutEnabled: true },
    theme: { title: "Waybill API" },
  });
  app.get("/openapi.json", { schema: { hide: true } }, () => app.swagger());
}

const text = { type: "string" };

/** RFC 9457. */
const PROBLEM = {
  description: "What went wrong, and where.",
  content: {
    "application/problem+json": {
      schema: {
        type: "object",
        title: "Problem",
        required: ["type", "title", "status", "code", "detail", "requestId"],
        properties: {
          type: text,
          title: text,
          status: { type: "integer" },
          code: { ...text, description: "Stable: programs may rely on it." },
          detail: { ...text, description: "One sentence for people." },
          hint: { ...text, description: "What to do about it." },
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
              },
            },
          },
          requestId: text,
        },
      },
    },
  },
};
