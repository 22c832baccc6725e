// API tokens, shown once.
import * as z from "zod";
import { SCOPES } from "../../identity/tokens.ts";
import * as tokens from "../../service/tokens.ts";
import type { App } from "../app.ts";
import { pageOf } from "../paging.ts";
import { id, inOrg, inOrgWithId, list, listOf, nothing } from "../schemas/common.ts";
import { named } from "../schemas/named.ts";
import { phrase } from "../../lib/sentence.ts";

const tags = ["org"];
const token = named(
  "Token",
  z.object({
    _id: id,
    object: z.literal("token"),
    person: id,
    name: z.string(),
    scopes: z.array(z.string()),
    addresses: z.array(z.string()),
    created: z.date(),
    expires: z.date().nullable(),
    lastUsed: z.date().nullable(),
    revoked: z.date().nullable(),
  }),
);

export function tokenRoutes(app: App): void {
  app.get(
    "/tokens",
    {
      config: { action: "tokens.manage" },
      schema: {
        summary: "One's own tokens, or everybody's",
        tags,
        params: inOrg,
        querystring: z.strictObject({ ...list, of: z.enum(["me", "everybody"]).default("me") }),
        response: { 200: listOf(token) },
      },
    },
    async ({ call, query: { of, ...query } }) =>
      pageOf(await tokens.listTokens(call, of === "everybody", query), shown),
  );

  app.post(
    "/tokens",
    {
      config: { action: "tokens.manage", once: true },
      schema: {
        summary: "Make a token, which is shown once",
        description: "Tokens never make tokens: this needs somebody who is signed in.",
        tags,
        params: inOrg,
        body: z.strictObject({
          name: z.string().max(100).describe("What it is for."),
          scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length),
          addresses: z.array(z.string().max(64)).max(100).default([]).describe("`192.0.2.7`, `2001:db8::/32`."),
          expires: z.iso
            .datetime({ offset: true })
            // PGlite cannot write later ones.
            .refine((text) => new Date(text).getUTCFullYear() < 9999, phrase`is too far away`)
            .nullable()
            .default(null),
        }),
        response: {
          201: token.extend({ token: z.string().describe("The token itself: keep it, it is not shown again.") }),
        },
      },
    },
    async ({ call, body: { expires, ...request } }, reply) => {
      const expiresAt = expires === null ? null : new Date(expires);
      const made = await tokens.createToken(call, { ...request, expiresAt });
      return reply.code(201).send({ ...shown(made.kept), token: made.token });
    },
  );

  app.delete(
    "/tokens/:id",
    {
      config: { action: "tokens.manage" },
      schema: { summary: "End a token at once", tags, params: inOrgWithId, response: { 204: nothing } },
    },
    async ({ call, params }, reply) => {
      await tokens.revokeToken(call, params.id);
      return reply.code(204).send(null);
    },
  );
}

function shown(it: Awaited<ReturnType<typeof tokens.listTokens>>["data"][number]) {
  const { id: _id, person, name, scopes, addresses, createdAt, expiresAt, lastUsedAt, revokedAt } = it;
  return {
    _id,
    object: "token" as const,
    person,
    name,
    scopes: [...scopes],
    addresses: [...addresses],
    created: createdAt,
    expires: expiresAt,
    lastUsed: lastUsedAt,
    revoked: revokedAt,
  };
}
