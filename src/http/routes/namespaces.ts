// Namespaces: the tree of groups and projects, and who has which role in them.
import * as z from "zod";
import * as members from "../../service/members.ts";
import * as namespaces from "../../service/namespaces.ts";
import type { App } from "../app.ts";
import { pageOf } from "../paging.ts";
import { id, inOrg, inOrgWithId, list, listOf, nothing, role } from "../schemas/common.ts";
import { named } from "../schemas/named.ts";
import { phrase } from "../../lib/sentence.ts";

const tags = ["org"];
const code = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, phrase`must be letters, digits, dots, hyphens and underscores`)
  .describe("Its short name, unique below its parent.");
const name = z.string().trim().min(1).max(200);
const namespace = named(
  "Namespace",
  z.object({
    _id: id,
    object: z.literal("namespace"),
    parent: id.nullable(),
    key: z.string().describe("What records of the namespace hold."),
    code: z.string(),
    name: z.string(),
    fromSource: z.boolean().describe("Whether a source says what it is called and where it is."),
    archived: z.date().nullable().describe("Since when it is closed for exports."),
    created: z.date(),
    role: z.string().describe("The caller's."),
  }),
);
const member = z.object({ person: id, name: z.string(), email: z.string(), role });
const inNamespace = inOrgWithId.extend({ person: id });

export function namespaceRoutes(app: App): void {
  app.get(
    "/namespaces",
    {
      config: { action: "namespaces.see" },
      schema: {
        summary: "The namespaces that the caller has a role in",
        tags,
        params: inOrg,
        querystring: z.strictObject(list),
        response: { 200: listOf(namespace) },
      },
    },
    async ({ call, query }) => pageOf(await namespaces.seenNamespaces(call, query), shown),
  );

  app.post(
    "/namespaces",
    {
      config: { action: "namespaces.manage" },
      schema: {
        summary: "Create a namespace",
        tags,
        params: inOrg,
        body: z.strictObject({
          parent: id.nullable().default(null).describe("Null for the top, where administrators alone may create one."),
          code,
          name,
          key: z.string().min(1).max(500).optional().describe("What its records hold; its code when absent."),
        }),
        response: { 201: namespace },
      },
    },
    async ({ call, body, params: { org } }, reply) => {
      const made = shown(await namespaces.createNamespace(call, body));
      return reply.code(201).header("location", `/${org}/v2/namespaces/${made._id}`).send(made);
    },
  );

  app.get(
    "/namespaces/:id",
    {
      config: { action: "namespaces.see" },
      schema: { summary: "A namespace", tags, params: inOrgWithId, response: { 200: namespace } },
    },
    async ({ call, params }) => shown(await namespaces.seenNamespace(call, params.id)),
  );

  app.patch(
    "/namespaces/:id",
    {
      config: { action: "namespaces.manage" },
      schema: {
        summary: "Rename, move, archive or open a namespace",
        description: "What is archived is closed for exports, with all below it; its records can still be seen.",
        tags,
        params: inOrgWithId,
        body: z.strictObject({
          name: name.optional(),
          code: code.optional(),
          parent: id.nullable().optional(),
          archived: z.boolean().optional(),
        }),
        response: { 200: namespace },
      },
    },
    async ({ call, params, body }) => shown(await namespaces.changeNamespace(call, params.id, body)),
  );

  app.delete(
    "/namespaces/:id",
    {
      config: { action: "namespaces.manage" },
      schema: { summary: "Delete an empty namespace", tags, params: inOrgWithId, response: { 204: nothing } },
    },
    async ({ call, params }, reply) => {
      await namespaces.deleteNamespace(call, params.id);
      return reply.code(204).send(null);
    },
  );

  app.get(
    "/namespaces/:id/members",
    {
      config: { action: "members.see" },
      schema: {
        summary: "Who was given a role in a namespace",
        tags,
        params: inOrgWithId,
        querystring: z.strictObject(list),
        response: { 200: listOf(member) },
      },
    },
    async ({ call, params, query }) => pageOf(await members.namespaceMembers(call, params.id, query), (it) => it),
  );

  app.put(
    "/namespaces/:id/members/:person",
    {
      config: { action: "members.manage" },
      schema: {
        summary: "Give a member a role in a namespace, and in all below it",
        tags,
        params: inNamespace,
        body: z.strictObject({ role }),
        response: { 204: nothing },
      },
    },
    async ({ call, params, body }, reply) => {
      await members.putNamespaceMember(call, params.id, params.person, body.role);
      return reply.code(204).send(null);
    },
  );

  app.delete(
    "/namespaces/:id/members/:person",
    {
      config: { action: "members.manage" },
      schema: {
        summary: "Take a member's role in a namespace away",
        tags,
        params: inNamespace,
        response: { 204: nothing },
      },
    },
    async ({ call, params }, reply) => {
      await members.putNamespaceMember(call, params.id, params.person, null);
      return reply.code(204).send(null);
    },
  );
}

function shown(it: namespaces.SeenNamespace) {
  const { id: _id, parent, key, code: its, name: called, fromSource, archivedAt, createdAt } = it;
  const object = "namespace" as const;
  return {
    _id,
    object,
    parent,
    key,
    code: its,
    name: called,
    fromSource,
    archived: archivedAt,
    created: createdAt,
    role: it.role,
  };
}
