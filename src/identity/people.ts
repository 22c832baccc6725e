// How people come: made by the operator, invited, or by the link of the first start.
import { type InOrg, inOrg, inTransaction } from "../control/in-org.ts";
import { isDuplicate } from "../control/errors.ts";
import type { Control } from "../control/open.ts";
import * as people from "../control/people.ts";
import { addAudit } from "../control/queries/audit.ts";
import { addInvitation, findInvitation, type ShownInvitation, useInvitation } from "../control/queries/invitations.ts";
import { addMember, findMember, putMember, putRole } from "../control/queries/members.ts";
import type { Person } from "../control/tables.ts";
import { failure, inputError } from "../lib/errors.ts";
import { sentence } from "../lib/sentence.ts";
import type { Role } from "../plan/principal.ts";
import { hashPassword, PASSWORD_LENGTH } from "./passwords.ts";
import { newSecret, secretHash } from "./secrets.ts";

export interface NewPerson {
  readonly email: string;
  readonly name: string;
  /** Null for whoever chooses one by a link, or signs in elsewhere. */
  readonly password: string | null;
  readonly language?: string | null;
}

/**
 * Makes an account.
 * @throws usageError `email`, `name`, `password` with places; `person-exists`
 */
export async function createPerson(
  { db }: Pick<Control, "db">,
  { email, name, password, language = null }: NewPerson,
): Promise<Person> {
  checkEmail(email);
  if (name.trim() === "" || name.length > 200) {
    throw inputError(
      "name",
      "/name",
      sentence`A name has 1 to 200 characters.`,
      sentence`Write it as people are to read it.`,
    );
  }
  const hash = password === null ? null : await hashPassword(checkedPassword(password));
  try {
    return await inTransaction(db, async (transaction) => {
      const values = { email: people.emailKey(email), name: name.trim(), emailVerified: true, language };
      const person = await transaction.insertInto("person").values(values).returningAll().executeTakeFirstOrThrow();
      if (hash !== null) {
        await transaction
          .insertInto("account")
          .values({
            userId: person.id,
            providerId: "credential",
            accountId: person.id,
            password: hash,
            updatedAt: new Date(),
          })
          .execute();
      }
      return person;
    });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    throw inputError(
      "person-exists",
      "/email",
      sentence`There is an account with this mail address.`,
      sentence`Sign in with it.`,
    );
  }
}

function checkEmail(email: string): void {
  if (/^[^\s@<>"\p{Cc}]+@[^\s@<>"\p{Cc}]+\.?[^\s@<>"\p{Cc}]+$/u.test(email.trim()) && email.length <= 254) return;
  throw inputError("email", "/email", sentence`This is no mail address.`, sentence`Write it as ada@example.org.`);
}

function checkedPassword(password: string): string {
  const { least, most } = PASSWORD_LENGTH;
  if (password.length >= least && password.length <= most) return password;
  const what = sentence`A password has ${least} to ${most} characters.`;
  throw inputError("password", "/password", what, sentence`Take several words that do not belong together.`);
}

/** How long invitations and the first link work, in milliseconds. */
const INVITATION = 14 * 86_400_000;
const FIRST_LINK = 86_400_000;

export interface InvitationRequest {
  readonly email: string;
  /** In the namespace; `admin`, or null for a member without a role, in the org. */
  readonly role: Role | null;
  readonly namespace: string | null;
  readonly invitedBy: string | null;
}

/** Makes an invitation. @returns its link below the base URL, which is not kept, and what is */
export async function invite(at: InOrg, request: InvitationRequest): Promise<{ path: string; kept: ShownInvitation }> {
  checkEmail(request.email);
  const inOrgItself = request.role === null || request.role === "admin";
  if (inOrgItself !== (request.namespace === null)) {
    const what = inOrgItself
      ? sentence`Administrators have no namespace.`
      : sentence`A role needs the namespace that it is held in.`;
    throw inputError(
      "invitation-role",
      "/namespace",
      what,
      sentence`Roles are held in namespaces, but for administrators.`,
    );
  }
  const token = newSecret();
  const expiresAt = new Date(Date.now() + INVITATION);
  const values = { ...request, email: people.emailKey(request.email), tokenHash: secretHash(token), expiresAt };
  const kept = await addInvitation(at, values);
  const details = { role: request.role, namespace: request.namespace };
  await addAudit(at, {
    action: "invitation.create",
    person: request.invitedBy,
    subjectKind: "invitation",
    subject: kept.id,
    details,
  });
  return { path: `/${at.org}/invitation#${token}`, kept };
}

/** The invitation that a token stands for, to be shown before it is accepted. @throws failure `invitation-over` */
export async function invitationOf(at: InOrg, token: string): Promise<ShownInvitation> {
  const invitation = await findInvitation(at, secretHash(token));
  if (invitation === undefined) throw over();
  return invitation;
}

function over(): Error {
  return failure("invitation-over", sentence`This invitation is not valid any more.`, {
    hint: sentence`Ask for another one.`,
  });
}

/**
 * Accepts an invitation: for whoever is signed in, or by making an account with the address that was invited. The link came to
 * that address, which proves it.
 * @throws failure `invitation-over`, `invitation-other`; usageError as `createPerson`
 */
export async function acceptInvitation(
  control: Pick<Control, "db">,
  org: string,
  token: string,
  by: { readonly person: string } | Omit<NewPerson, "email">,
): Promise<Person> {
  const invitation = await invitationOf(inOrg(control.db, org), token);
  const known = await people.findPersonByEmail(control.db, invitation.email);
  if ("person" in by ? known?.id !== by.person : known !== undefined) {
    throw failure("invitation-other", sentence`This invitation is for an account with another mail address.`, {
      hint: sentence`Sign in with the address that was invited.`,
    });
  }
  const person =
    known ?? (await createPerson(control, { ...(by as Omit<NewPerson, "email">), email: invitation.email }));
  await control.db.transaction().execute(async (db) => {
    const at = inOrg(db, org);
    if (!(await useInvitation(at, invitation.id))) throw over();
    const { role, namespace } = invitation;
    await addMember(at, person.id);
    if (role === "admin") await putMember(at, person.id, role);
    else if (role !== null && namespace !== null) await putRole(at, namespace, person.id, role);
    await addAudit(at, {
      action: "invitation.accept",
      person: person.id,
      subjectKind: "invitation",
      subject: invitation.id,
    });
  });
  return person;
}

/** The link by which the first administrator comes, below the base URL; null when there is anybody already. */
export async function firstLink({ db }: Control): Promise<string | null> {
  if (await people.isAnybodyThere(db)) return null;
  const token = newSecret();
  await people.putSetupLink(db, secretHash(token), new Date(Date.now() + FIRST_LINK));
  return `/welcome#${token}`;
}

/**
 * Makes the first administrator of all orgs, once.
 * @throws failure `first-link-over`; usageError as `createPerson`
 */
export async function useFirstLink(
  control: Control,
  token: string,
  orgs: readonly string[],
  person: NewPerson & { readonly password: string },
): Promise<Person> {
  // What is wrong with the form does not use the link up; its use and the account are one.
  return control.db.transaction().execute(async (db) => {
    if ((await people.isAnybodyThere(db)) || !(await people.useSetupLink(db, secretHash(token)))) {
      throw failure("first-link-over", sentence`This link is not valid any more.`, {
        hint: sentence`Start Waybill again for another one, or use waybill user add.`,
      });
    }
    const made = await createPerson({ db }, person);
    for (const org of orgs) await makeAdministrator(inOrg(db, org), made.id);
    return made;
  });
}

/** Makes a person an administrator of an org, and says so in the audit log. */
export async function makeAdministrator(at: InOrg, person: string): Promise<void> {
  await putMember(at, person, "admin");
  await addAudit(at, {
    action: "member.change",
    person,
    subjectKind: "person",
    subject: person,
    details: { role: "admin" },
  });
}

/** Makes a person a member of an org who has no role yet. */
export async function makeMember(at: InOrg, person: string): Promise<void> {
  if ((await findMember(at, person)) !== undefined) return;
  await addMember(at, person);
  await addAudit(at, { action: "member.add", subjectKind: "person", subject: person });
}
