// Members of an org, and invitations to it.
import * as z from "zod";
import { inLanguage } from "../../catalog/localised.ts";
import * as members from "../../service/members.ts";
import type { App } from "../app.ts";
import { pageOf } from "../paging.ts";
import { id, inOrg, inOrgWithId, list, listOf, nothing, role } from "../schemas/common.ts";
import { named } from "../schemas/named.ts";
import type { HttpOptions, Service } from "../service.ts";

const tags = ["org"];
const member = named(
  "Member",
  z.object({
    _id: id,
    object: z.literal("member"),
    name: z.string(),
    email: z.string(),
    role: z.literal("admin").nullable().describe("In the organisation itself."),
    created: z.date(),
    disabled: z.date().nullable().describe("Since when they may not sign in."),
    roles: z
      .array(z.object({ namespace: id, role }))
      .describe("What they were given; to an owner, of the owner's namespaces."),
  }),
);
const invitation = named(
  "Invitation",
  z.object({
    _id: id,
    object: z.literal("invitation"),
    email: z.string(),
    role: z.string().nullable(),
    namespace: id.nullable(),
    created: z.date(),
    expires: z.date(),
  }),
);

export function memberRoutes(app: App, service: Service, { baseUrl }: HttpOptions): void {
  app.get(
    "/members",
    {
      config: { action: "members.see" },
      schema: {
        summary: "The members, with the roles that they were given",
        tags,
        params: inOrg,
        querystring: z.strictObject(list),
        response: { 200: listOf(member) },
      },
    },
    async ({ call, query }) => pageOf(await members.listMembers(call, query), shownMember),
  );

  app.get(
    "/members/:id",
    {
      config: { action: "members.see" },
      schema: { summary: "A member with their roles", tags, params: inOrgWithId, response: { 200: member } },
    },
    async ({ call, params }) => shownMember(await members.findMember(call, params.id)),
  );

  app.patch(
    "/members/:id",
    {
      config: { action: "org.manage" },
      schema: {
        summary: "Make a member an administrator, or no longer",
        tags,
        params: inOrgWithId,
        body: z.strictObject({ role: z.literal("admin").nullable() }),
        response: { 204: nothing },
      },
    },
    async ({ call, params, body }, reply) => {
      await members.putAdministrator(call, params.id, body.role);
      return reply.code(204).send(null);
    },
  );

  app.delete(
    "/members/:id",
    {
      config: { action: "org.manage" },
      schema: {
        summary: "Take somebody out of the organisation, with their roles and tokens in it",
        tags,
        params: inOrgWithId,
        response: { 204: nothing },
      },
    },
    async ({ call, params }, reply) => {
      await members.removeMember(call, params.id);
      return reply.code(204).send(null);
    },
  );

  app.get(
    "/invitations",
    {
      config: { action: "members.see" },
      schema: {
        summary: "Invitations that were not accepted yet",
        tags,
        params: inOrg,
        querystring: z.strictObject(list),
        response: { 200: listOf(invitation) },
      },
    },
    async ({ call, query }) => pageOf(await members.listInvitations(call, query), shownInvitation),
  );

  app.post(
    "/invitations",
    {
      config: { action: "members.manage", once: true },
      schema: {
        summary: "Invite somebody by mail",
        tags,
        params: inOrg,
        body: z.strictObject({
          email: z.string().max(254),
          role: z
            .enum([...role.options, "admin"])
            .nullable()
            .default(null)
            .describe("`admin` and null need no namespace."),
          namespace: id.nullable().default(null),
        }),
        response: {
          201: invitation.extend({
            link: z.string().describe("Shown once: what the mail holds."),
            sent: z.boolean().describe("Whether the mail went out; else hand over the link."),
          }),
        },
      },
    },
    async ({ call, body, params: { org } }, reply) => {
      const { mailer, orgs } = service;
      const orgName = inLanguage(orgs.config.orgs.get(org)!.name, call.language) ?? org;
      const made = await members.inviteMember(call, body, { mailer, baseUrl, orgName });
      return reply.code(201).send({ ...shownInvitation(made.invitation), link: made.link, sent: made.isSent });
    },
  );

  app.delete(
    "/invitations/:id",
    {
      config: { action: "members.manage" },
      schema: { summary: "Take an invitation back", tags, params: inOrgWithId, response: { 204: nothing } },
    },
    async ({ call, params }, reply) => {
      await members.removeInvitation(call, params.id);
      return reply.code(204).send(null);
    },
  );
}

function shownMember({ person, name, email, role: its, createdAt, disabledAt, roles }: members.MemberWithRoles) {
  const object = "member" as const;
  return { _id: person, object, name, email, role: its, created: createdAt, disabled: disabledAt, roles: [...roles] };
}

function shownInvitation(it: Awaited<ReturnType<typeof members.listInvitations>>["data"][number]) {
  const { id: _id, email, role: its, namespace, createdAt, expiresAt } = it;
  return { _id, object: "invitation" as const, email, role: its, namespace, created: createdAt, expires: expiresAt };
}
