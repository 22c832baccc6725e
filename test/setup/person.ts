// People who sign in with a password, without the time and memory that hashes of passwords are made to take.
import { argon2Sync, randomBytes } from "node:crypto";
import type { Control } from "../../src/control/open.ts";
import { createPerson, type NewPerson } from "../../src/identity/people.ts";

/** Makes an account. Its hash is of the usual form, which names its own cost: the least that there is. @returns its id */
export async function personWithPassword(
  control: Control,
  person: Omit<NewPerson, "password">,
  password: string,
): Promise<string> {
  const { id } = await createPerson(control, { ...person, password: null });
  await control.db
    .insertInto("account")
    .values({
      userId: id,
      providerId: "credential",
      accountId: id,
      password: cheapHash(password),
      updatedAt: new Date(),
    })
    .execute();
  return id;
}

function cheapHash(password: string): string {
  const nonce = randomBytes(16);
  const cost = { memory: 8, passes: 1, parallelism: 1 };
  const hash = argon2Sync("argon2id", { message: password, nonce, tagLength: 32, ...cost });
  const [salt, text] = [nonce, hash].map((bytes) => bytes.toString("base64").replaceAll("=", ""));
  return `$argon2id$v=19$m=8,t=1,p=1$${salt}$${text}`;
}
