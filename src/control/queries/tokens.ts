// API tokens: what is kept of them is a hash.
import { sql } from "kysely";
import { uuidv7 } from "../../lib/uuid.ts";
import { compiledOnce } from "../compiled.ts";
import type { InOrg } from "../in-org.ts";
import { TOKENS } from "../lists/lists.ts";
import { type ListPage, type Placed, readPage } from "../lists/page.ts";
import { SHOWN_PERSON, type ShownPerson } from "../people.ts";
import type { ApiToken } from "../tables.ts";

/** A token as it is shown: without its hash. */
export type ShownToken = Omit<ApiToken, "hash" | "org">;

const SHOWN = [
  ...(["id", "person", "name", "scopes", "addresses"] as const),
  ...(["expiresAt", "createdAt", "lastUsedAt", "revokedAt"] as const),
];

export function addToken(
  { db }: InOrg,
  token: Pick<ApiToken, "person" | "name" | "hash" | "scopes" | "addresses" | "expiresAt">,
): Promise<ShownToken> {
  return db
    .insertInto("apiToken")
    .values({ ...token, id: uuidv7() })
    .returning(SHOWN)
    .executeTakeFirstOrThrow();
}

/** Those of a person, or of everybody with null; the newest first. */
export function listTokens({ db }: InOrg, person: string | null, page: ListPage = {}): Promise<Placed<ShownToken>[]> {
  const all = db.selectFrom("apiToken").select(SHOWN);
  return readPage(person === null ? all : all.where("person", "=", person), TOKENS, page);
}

/** A token that is used, with whom it stands for: one statement, since every call of a program begins with it. */
export interface UsedToken {
  readonly id: string;
  readonly scopes: readonly string[];
  readonly addresses: readonly string[];
  readonly lastUsedAt: Date | null;
  readonly person: ShownPerson;
  readonly role: "admin" | null;
}

/** The token with a hash or an id, as long as it is valid and its person may sign in. */
export async function findToken(
  at: InOrg,
  by: { readonly hash: Uint8Array } | { readonly id: string },
): Promise<UsedToken | undefined> {
  const [row] = "id" in by ? await valid(at).where("apiToken.id", "=", by.id).execute() : await byHash(at, by.hash);
  if (row === undefined) return undefined;
  const { token, scopes, addresses, lastUsedAt, role, ...person } = row;
  return { id: token, scopes, addresses, lastUsedAt, role, person };
}

const byHash = compiledOnce((at, hash: Uint8Array) => valid(at).where("apiToken.hash", "=", hash));

function valid({ db }: InOrg) {
  return db
    .selectFrom("apiToken")
    .innerJoin("person", "person.id", "apiToken.person")
    .innerJoin("membership", "membership.person", "apiToken.person")
    .select(["apiToken.id as token", "apiToken.scopes", "apiToken.addresses", "apiToken.lastUsedAt"])
    .select(["membership.role", ...SHOWN_PERSON])
    .where("apiToken.revokedAt", "is", null)
    .where("person.disabledAt", "is", null)
    .where((it) => it.or([it("apiToken.expiresAt", "is", null), it("apiToken.expiresAt", ">", sql<Date>`now()`)]));
}

/** Remembers that a token was used. */
export async function touchToken({ db }: InOrg, id: string): Promise<void> {
  await db
    .updateTable("apiToken")
    .set({ lastUsedAt: sql<Date>`now()` })
    .where("id", "=", id)
    .execute();
}

/** Ends a token at once, of one person or of anybody with null. Whether there was one to end. */
export async function revokeToken({ db }: InOrg, id: string, person: string | null): Promise<boolean> {
  let update = db.updateTable("apiToken").set({ revokedAt: sql<Date>`now()` });
  update = update.where("id", "=", id).where("revokedAt", "is", null);
  if (person !== null) update = update.where("person", "=", person);
  return (await update.executeTakeFirst()).numUpdatedRows > 0n;
}
