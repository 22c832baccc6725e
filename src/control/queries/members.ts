// Who belongs to an org, and who administers it.
import { isUuid } from "../../lib/uuid.ts";
import { isStorableText } from "../../query/values.ts";
import type { InOrg } from "../in-org.ts";
import { emailKey } from "../people.ts";
import { MEMBERS, NAMESPACE_MEMBERS } from "../lists/lists.ts";
import { type ListPage, type Placed, readPage } from "../lists/page.ts";
import type { NamespaceRole } from "../tables.ts";

/** A person as an org shows them. */
export interface Member {
  readonly person: string;
  readonly name: string;
  readonly email: string;
  readonly role: "admin" | null;
  readonly createdAt: Date;
  /** When the operator shut their account; null for whoever may sign in. */
  readonly disabledAt: Date | null;
}

/** The members of the org, by their ids. */
export function listMembers({ db }: InOrg, page: ListPage = {}): Promise<Placed<Member>[]> {
  return readPage(members(db), MEMBERS, page);
}

/** One member; undefined for whoever is none. */
export function findMember({ db }: InOrg, person: string): Promise<Member | undefined> {
  return members(db).where("membership.person", "=", person).executeTakeFirst();
}

/** The member with a mail address, however it is written. */
function findMemberByEmail({ db }: InOrg, email: string): Promise<Member | undefined> {
  return members(db).where("person.email", "=", emailKey(email)).executeTakeFirst();
}

/** The member with an id, or a mail address. */
export async function findMemberNamed(at: InOrg, whom: string): Promise<Member | undefined> {
  if (isUuid(whom)) return findMember(at, whom);
  return isStorableText(whom) ? findMemberByEmail(at, whom) : undefined;
}

function members(db: InOrg["db"]) {
  return db
    .selectFrom("membership")
    .innerJoin("person", "person.id", "membership.person")
    .select(["membership.person", "person.name", "person.email", "membership.role", "membership.createdAt"])
    .select("person.disabledAt");
}

/** Makes a person a member, or changes whether they administer the org. */
export async function putMember({ db }: InOrg, person: string, role: "admin" | null): Promise<void> {
  await db
    .insertInto("membership")
    .values({ person, role })
    .onConflict((conflict) => conflict.columns(["org", "person"]).doUpdateSet({ role }))
    .execute();
}

/** Makes a person a member, and changes nothing for whoever is one. */
export async function addMember({ db }: InOrg, person: string): Promise<void> {
  await db
    .insertInto("membership")
    .values({ person, role: null })
    .onConflict((conflict) => conflict.columns(["org", "person"]).doNothing())
    .execute();
}

/** Takes a person out of the org, with their roles and tokens in it. Whether they were in it. */
export async function removeMember({ db }: InOrg, person: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom("membership").where("person", "=", person).executeTakeFirst();
  return numDeletedRows > 0n;
}

/** How many administrators there are who may sign in: the last one must stay. */
export async function countAdministrators({ db }: InOrg): Promise<number> {
  const { count } = await db
    .selectFrom("membership")
    .innerJoin("person", "person.id", "membership.person")
    .where("membership.role", "=", "admin")
    .where("person.disabledAt", "is", null)
    .select((select) => select.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return count;
}

/** The roles that some people were given, by namespace; not what follows from them further down. */
export async function rolesOfEach(
  { db }: InOrg,
  people: readonly string[],
): Promise<{ person: string; namespace: string; role: NamespaceRole }[]> {
  if (people.length === 0) return [];
  return db
    .selectFrom("namespaceRole")
    .select(["person", "namespace", "role"])
    .where("person", "in", people)
    .orderBy("namespace")
    .execute();
}

/** A namespace in which a person has a role, given there or in one above it. */
export interface HeldRole {
  readonly namespace: string;
  /** What the records of the namespace hold. */
  readonly key: string;
  readonly parent: string | null;
  readonly archivedAt: Date | null;
  readonly role: NamespaceRole;
}

/** The roles that a person has, with what follows from them further down; a namespace comes once for each. */
export function heldRoles({ db }: InOrg, person: string): Promise<HeldRole[]> {
  return db
    .withRecursive("held", (query) =>
      query
        .selectFrom("namespaceRole as given")
        .innerJoin("namespace as at", "at.id", "given.namespace")
        .where("given.person", "=", person)
        .select(["at.id as namespace", "at.key", "at.parent", "at.archivedAt", "given.role"])
        .union(
          query
            .selectFrom("namespace as child")
            .innerJoin("held", "held.namespace", "child.parent")
            .select(["child.id as namespace", "child.key", "child.parent", "child.archivedAt", "held.role"]),
        ),
    )
    .selectFrom("held")
    .select(["held.namespace", "held.key", "held.parent", "held.archivedAt", "held.role"])
    .execute();
}

/** Who was given a role in a namespace itself, by their ids. */
export function rolesIn(
  { db }: InOrg,
  namespace: string,
  page: ListPage = {},
): Promise<Placed<{ person: string; name: string; email: string; role: NamespaceRole }>[]> {
  const all = db
    .selectFrom("namespaceRole")
    .innerJoin("person", "person.id", "namespaceRole.person")
    .select(["namespaceRole.person", "person.name", "person.email", "namespaceRole.role"])
    .where("namespaceRole.namespace", "=", namespace);
  return readPage(all, NAMESPACE_MEMBERS, page);
}

/** Gives a member a role in a namespace, or takes theirs away with null. */
export async function putRole(
  { db }: InOrg,
  namespace: string,
  person: string,
  role: NamespaceRole | null,
): Promise<void> {
  if (role === null) {
    await db.deleteFrom("namespaceRole").where("namespace", "=", namespace).where("person", "=", person).execute();
    return;
  }
  await db
    .insertInto("namespaceRole")
    .values({ namespace, person, role })
    .onConflict((conflict) => conflict.columns(["org", "namespace", "person"]).doUpdateSet({ role }))
    .execute();
}

/** The ids of those who administer the org and may sign in. */
export async function administrators({ db }: InOrg): Promise<string[]> {
  const rows = await db
    .selectFrom("membership")
    .innerJoin("person", "person.id", "membership.person")
    .select("person.id")
    .where("membership.role", "=", "admin")
    .where("person.disabledAt", "is", null)
    .orderBy("person.email")
    .execute();
  return rows.map(({ id }) => id);
}
