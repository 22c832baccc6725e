// People, whom all orgs share: the queries that no org narrows.
import { type Kysely, sql } from "kysely";
import type { ControlTables, Person } from "./tables.ts";

type Db = Kysely<ControlTables>;

/** A person as others in the program see them. */
export type ShownPerson = Pick<Person, "id" | "email" | "name" | "language" | "timeZone" | "theme">;

/** Their columns. */
export const SHOWN_PERSON = [
  "person.id",
  "person.email",
  "person.name",
  "person.language",
  "person.timeZone",
  "person.theme",
] as const;

/** An e-mail address as it is kept: people write it in many ways. */
export function emailKey(email: string): string {
  return email.trim().toLowerCase();
}

export function findPerson(db: Db, id: string): Promise<Person | undefined> {
  return db.selectFrom("person").selectAll().where("id", "=", id).executeTakeFirst();
}

export function findPersonByEmail(db: Db, email: string): Promise<Person | undefined> {
  return db.selectFrom("person").selectAll().where("email", "=", emailKey(email)).executeTakeFirst();
}

/** Everybody, by e-mail. */
export function listPeople(db: Db): Promise<Person[]> {
  return db.selectFrom("person").selectAll().orderBy("email").execute();
}

/** Whether there is anybody who may sign in. */
export async function isAnybodyThere(db: Db): Promise<boolean> {
  const row = await db.selectFrom("person").select("id").limit(1).executeTakeFirst();
  return row !== undefined;
}

/** The orgs that people belong to, and whether they administer them; of one person when they are named. */
export async function membershipsOf(
  db: Db,
  person: string | null,
): Promise<{ readonly person: string; readonly org: string; readonly role: "admin" | null }[]> {
  const all = db.selectFrom("membership").select(["person", "org", "role"]).orderBy("org");
  return (person === null ? all : all.where("person", "=", person)).execute();
}

/** A session that is not over, of a person who may sign in, with the orgs that they belong to. */
export interface ActiveSession {
  readonly id: string;
  readonly expiresAt: Date;
  readonly person: ShownPerson;
  /** With whether they administer them. */
  readonly orgs: ReadonlyMap<string, "admin" | null>;
}

/** The session with a token: one statement, since every request begins with it. */
export async function findSession(db: Db, token: string): Promise<ActiveSession | undefined> {
  const rows = await db
    .selectFrom("session")
    .innerJoin("person", "person.id", "session.userId")
    .leftJoin("membership", "membership.person", "person.id")
    .select([...SHOWN_PERSON, "session.id as session", "session.expiresAt", "membership.org", "membership.role"])
    .where("session.token", "=", token)
    .where("session.expiresAt", ">", sql<Date>`now()`)
    .where("person.disabledAt", "is", null)
    .execute();
  const [first] = rows;
  if (first === undefined) return undefined;
  const { session, expiresAt, org: _org, role: _role, ...person } = first;
  const orgs = new Map(rows.flatMap((row) => (row.org === null ? [] : [[row.org, row.role] as const])));
  return { id: session, expiresAt, person, orgs };
}

/** Forgets sessions that are over. */
export async function removeOldSessions(db: Db): Promise<void> {
  await db
    .deleteFrom("session")
    .where("expiresAt", "<", sql<Date>`now()`)
    .execute();
}

/** Keeps a person out at once, sessions and tokens included, or lets them in again. Whether there is such a person. */
export async function putDisabled(db: Db, person: string, disabled: boolean): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable("person")
      .set({ disabledAt: disabled ? sql<Date>`coalesce(disabled_at, now())` : null })
      .where("id", "=", person)
      .executeTakeFirst();
    if (disabled) await transaction.deleteFrom("session").where("userId", "=", person).execute();
    return numUpdatedRows > 0n;
  });
}

/** What a person set for themselves. */
export async function putPreferences(
  db: Db,
  person: string,
  preferences: Partial<Pick<Person, "name" | "language" | "timeZone" | "theme">>,
): Promise<void> {
  await db
    .updateTable("person")
    .set({ ...preferences, updatedAt: sql<Date>`now()` })
    .where("id", "=", person)
    .execute();
}

/** How many members and administrators each org has that anybody belongs to. */
export function countMembers(db: Db): Promise<{ org: string; members: number; administrators: number }[]> {
  return db
    .selectFrom("membership")
    .select(["org", sql<number>`count(*)`.as("members")])
    .select(sql<number>`count(*) filter (where role = 'admin')`.as("administrators"))
    .groupBy("org")
    .orderBy("org")
    .execute();
}

/** A secret that the program makes for itself: the first one that was made is the one, whoever asks at once. */
export async function keptSecret(db: Db, name: string, fresh: string): Promise<string> {
  await db
    .insertInto("secret")
    .values({ name, value: fresh })
    .onConflict((it) => it.doNothing())
    .execute();
  const { value } = await db.selectFrom("secret").select("value").where("name", "=", name).executeTakeFirstOrThrow();
  return value;
}

/** Replaces the link that the first administrator comes by. */
export async function putSetupLink(db: Db, tokenHash: Uint8Array, expiresAt: Date): Promise<void> {
  await db
    .insertInto("setupLink")
    .values({ tokenHash, expiresAt })
    .onConflict((conflict) => conflict.column("onlyOne").doUpdateSet({ tokenHash, expiresAt }))
    .execute();
}

/** Uses the link up. False for one that is not it, or has run out. */
export async function useSetupLink(db: Db, tokenHash: Uint8Array): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom("setupLink")
    .where("tokenHash", "=", tokenHash)
    .where("expiresAt", ">", sql<Date>`now()`)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
