// Who belongs to an org, with which roles: seen and changed by owners in their namespaces and by administrators.
import { hold } from "../control/hold.ts";
import { atOnce } from "../control/in-org.ts";
import { INVITATIONS, MEMBERS, NAMESPACE_MEMBERS } from "../control/lists/lists.ts";
import * as kept from "../control/queries/members.ts";
import * as invitations from "../control/queries/invitations.ts";
import type { NamespaceRole } from "../control/tables.ts";
import { invitationMessage } from "../identity/messages.ts";
import type { Mailer } from "../mail/mailer.ts";
import { invite, type InvitationRequest } from "../identity/people.ts";
import { languageOf } from "../lib/language.ts";
import { sentence } from "../lib/sentence.ts";
import { conflict, notFound } from "./errors.ts";
import { answer, type ListAnswer, type ListQuery } from "./lists.ts";
import { seenNamespace } from "./namespaces.ts";
import { audit, mustMay, type OrgCall } from "./org-call.ts";

/** A member with the roles that they were given; an owner sees those in their own namespaces. */
export interface MemberWithRoles extends kept.Member {
  readonly roles: readonly { readonly namespace: string; readonly role: NamespaceRole }[];
}

export async function listMembers(call: OrgCall, query: ListQuery = {}): Promise<ListAnswer<MemberWithRoles>> {
  mustMay(call, "members.see");
  const { at } = call.access;
  const { data, next } = await answer(call, MEMBERS, query, null, (page) => kept.listMembers(at, page));
  return { data: await withRoles(call, data), next };
}

export async function findMember(call: OrgCall, person: string): Promise<MemberWithRoles> {
  mustMay(call, "members.see");
  const member = await kept.findMember(call.access.at, person);
  if (member === undefined) throw notFound("member");
  return (await withRoles(call, [member]))[0]!;
}

async function withRoles({ access }: OrgCall, members: readonly kept.Member[]): Promise<MemberWithRoles[]> {
  const given = Map.groupBy(
    await kept.rolesOfEach(
      access.at,
      members.map(({ person }) => person),
    ),
    ({ person }) => person,
  );
  return members.map((member) => {
    const all = given.get(member.person) ?? [];
    const seen = all.filter(({ namespace }) => access.isAdmin || access.namespaces.has(namespace));
    return { ...member, roles: seen.map(({ namespace, role }) => ({ namespace, role })) };
  });
}

/** Makes a member an administrator, or no longer. @throws failure `last-administrator` */
export async function putAdministrator(call: OrgCall, person: string, role: "admin" | null): Promise<void> {
  mustMay(call, "org.manage");
  await atOnce(call.access.at, async (at) => {
    // Two who step down at once would each count on the other.
    await hold(at, "members");
    const member = await kept.findMember(at, person);
    if (member === undefined) throw notFound("member");
    await kept.putMember(at, person, role);
    await mustHaveAdministrator(at);
  });
  await audit(call, "member.change", { kind: "person", id: person }, { role });
}

/** Takes somebody out of the org, with their roles and tokens in it. @throws failure `last-administrator` */
export async function removeMember(call: OrgCall, person: string): Promise<void> {
  mustMay(call, "org.manage");
  await atOnce(call.access.at, async (at) => {
    // Two who step down at once would each count on the other.
    await hold(at, "members");
    if (!(await kept.removeMember(at, person))) throw notFound("member");
    await mustHaveAdministrator(at);
  });
  await audit(call, "member.remove", { kind: "person", id: person });
}

async function mustHaveAdministrator(at: OrgCall["access"]["at"]): Promise<void> {
  if ((await kept.countAdministrators(at)) > 0) return;
  throw conflict(
    "last-administrator",
    sentence`An organisation keeps at least one administrator.`,
    sentence`Make another one first.`,
  );
}

/** Who was given a role in a namespace. */
export async function namespaceMembers(
  call: OrgCall,
  id: string,
  query: ListQuery = {},
): Promise<ListAnswer<Pick<kept.Member, "person" | "name" | "email"> & { readonly role: NamespaceRole }>> {
  const namespace = await seenNamespace(call, id);
  mustMay(call, "members.see", { namespace });
  return answer(call, NAMESPACE_MEMBERS, query, id, (page) => kept.rolesIn(call.access.at, id, page));
}

/** Gives a member a role in a namespace, or takes theirs away with null. */
export async function putNamespaceMember(
  call: OrgCall,
  id: string,
  person: string,
  role: NamespaceRole | null,
): Promise<void> {
  const namespace = await seenNamespace(call, id);
  mustMay(call, "members.manage", { namespace });
  const { at } = call.access;
  if ((await kept.findMember(at, person)) === undefined) throw notFound("member");
  await kept.putRole(at, id, person, role);
  await audit(call, "namespace.role", { kind: "person", id: person }, { namespace: id, role });
}

/** Invitations that nobody has accepted: all for an administrator, for an owner those to their namespaces. */
export async function listInvitations(
  call: OrgCall,
  query: ListQuery = {},
): Promise<ListAnswer<invitations.ShownInvitation>> {
  mustMay(call, "members.see");
  const { at, isAdmin, namespaces } = call.access;
  const owned = [...namespaces].filter(([, { role }]) => role === "owner").map(([id]) => id);
  const seen = isAdmin ? {} : { namespaces: owned };
  return answer(call, INVITATIONS, query, null, (page) => invitations.listInvitations(at, { ...page, ...seen }));
}

function maySee({ access }: OrgCall, namespace: string | null): boolean {
  return access.isAdmin || (namespace !== null && access.namespaces.get(namespace)?.role === "owner");
}

export interface InvitationOptions {
  /** Null where no mail can be sent. */
  readonly mailer: Mailer | null;
  readonly baseUrl: string;
  /** What people call the org. */
  readonly orgName: string;
}

/**
 * Invites somebody by mail.
 * @returns what was made, and its link, which is shown once; `isSent` tells whether the mail went out
 * @throws failure `not-found`, `forbidden`; usageError `email`, `invitation-role`
 */
export async function inviteMember(
  call: OrgCall,
  request: Omit<InvitationRequest, "invitedBy">,
  { mailer, baseUrl, orgName }: InvitationOptions,
): Promise<{ readonly invitation: invitations.ShownInvitation; readonly link: string; readonly isSent: boolean }> {
  if (request.namespace === null) mustMay(call, "org.manage");
  else mustMay(call, "members.manage", { namespace: await seenNamespace(call, request.namespace) });
  const { person } = call.access.identity;
  const { path, kept: invitation } = await invite(call.access.at, { ...request, invitedBy: person.id });
  const link = `${baseUrl.replace(/\/$/, "")}${path}`;
  const facts = { link, expiresAt: invitation.expiresAt, org: orgName, by: person.name };
  const isSent = mailer !== null && (await sent(mailer, invitation.email, languageOf(call.language), facts));
  return { invitation, link, isSent };
}

/** Whoever invites has the link, should the mail not go out. */
async function sent(
  mailer: Mailer,
  email: string,
  language: ReturnType<typeof languageOf>,
  facts: Parameters<typeof invitationMessage>[1],
): Promise<boolean> {
  try {
    await mailer.send(email, invitationMessage(language, facts));
    return true;
  } catch {
    return false;
  }
}

/** Takes an invitation back. */
export async function removeInvitation(call: OrgCall, id: string): Promise<void> {
  mustMay(call, "members.manage");
  const { at } = call.access;
  const invitation = await invitations.findOpenInvitation(at, id);
  if (invitation === undefined || !maySee(call, invitation.namespace)) throw notFound("invitation");
  await invitations.removeInvitation(at, id);
  await audit(call, "invitation.remove", { kind: "invitation", id });
}
