// Persisted queries: GraphQL documents that are run by their ids.
import * as z from "zod";
import {
  findPersistedQuery,
  listPersistedQueries,
  type QueryFacts,
  registerQuery,
  removePersistedQuery,
} from "../../service/persisted-queries.ts";
import type { App } from "../app.ts";
import { checkRegistered } from "../graphql/registered-document.ts";
import { pageOf } from "../paging.ts";
import { inOrg, list, listOf, nothing } from "../schemas/common.ts";
import { named } from "../schemas/named.ts";

const tags = ["org"];
const hash = z
  .string()
  .regex(/^[0-9a-f]{64}$/, "is not 64 hexadecimal digits in lower case")
  .describe("The SHA-256 of the document, in hexadecimal digits.");
const summary = z.object({
  _id: hash,
  object: z.literal("persisted-query"),
  documentId: z.string().describe("What requests send as `documentId`: `sha256:` and the id."),
  name: z.string(),
  owner: z.object({ id: z.string(), name: z.string().optional() }).nullable().describe("Who registered it."),
  created: z.string(),
  lastUsed: z.string().nullable().describe("To the minute."),
});
const persistedQuery = named("PersistedQuery", summary);
const withDocument = named("PersistedQueryWithDocument", summary.extend({ document: z.string() }));
const withId = inOrg.extend({ id: hash });

export function persistedQueryRoutes(app: App): void {
  app.get(
    "/persisted-queries",
    {
      config: { action: "queries.manage" },
      schema: {
        summary: "The GraphQL queries that are registered, by name",
        tags,
        params: inOrg,
        querystring: z.strictObject(list),
        response: { 200: listOf(persistedQuery) },
      },
    },
    async ({ call, query }) => pageOf(await listPersistedQueries(call, query), shown),
  );

  app.post(
    "/persisted-queries",
    {
      config: { action: "queries.manage" },
      schema: {
        summary: "Register a GraphQL query, so that tokens with the scope `query` may run it",
        description: "One that is registered already gets the name, and is 200 instead of 201.",
        tags,
        params: inOrg,
        body: z.strictObject({
          name: z.string().max(200).describe("Which program it is for, and what it asks."),
          document: z.string().max(100_000).describe("One query. Its id is made of its exact text."),
        }),
        response: { 200: withDocument, 201: withDocument },
      },
    },
    async ({ call, body, params: { org } }, reply) => {
      const { query, isNew } = await registerQuery(call, body, checkRegistered);
      if (isNew) void reply.code(201).header("location", `/${org}/v2/persisted-queries/${query.id}`);
      return reply.send({ ...shown(query), document: query.document });
    },
  );

  app.get(
    "/persisted-queries/:id",
    {
      config: { action: "queries.manage" },
      schema: { summary: "A registered query", tags, params: withId, response: { 200: withDocument } },
    },
    async ({ call, params }) => {
      const its = await findPersistedQuery(call, params.id);
      return { ...shown(its), document: its.document };
    },
  );

  app.delete(
    "/persisted-queries/:id",
    {
      config: { action: "queries.manage" },
      schema: {
        summary: "End a query at once: nobody runs it any more",
        tags,
        params: withId,
        response: { 204: nothing },
      },
    },
    async ({ call, params }, reply) => {
      await removePersistedQuery(call, params.id);
      return reply.code(204).send(null);
    },
  );
}

function shown({ id, name, owner, created, lastUsed }: QueryFacts) {
  return { _id: id, object: "persisted-query" as const, documentId: `sha256:${id}`, name, owner, created, lastUsed };
}
