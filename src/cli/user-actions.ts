// What `waybill user` does.
import { inOrg } from "../control/in-org.ts";
import type { Control } from "../control/open.ts";
import * as people from "../control/people.ts";
import { createPerson, makeAdministrator, makeMember } from "../identity/people.ts";
import { openSignIn } from "../identity/sign-in.ts";
import { usageError } from "../lib/errors.ts";
import { checkedUrl } from "./base-url.ts";
import { columns } from "./columns.ts";
import {
  configuration,
  type ControlOptions,
  orgOf,
  personNamed,
  timeText,
  withOpenControl,
} from "./control-options.ts";
import type { UserAddOptions } from "./user.ts";

/** @throws usageError `email`, `password`, `person-exists` and others */
export async function addUser(email: string, options: UserAddOptions): Promise<void> {
  const org = await orgToJoin(options);
  const password = options.passwordStdin === true ? await firstLine() : null;
  await withOpenControl(options, async (control) => {
    const known = await people.findPersonByEmail(control.db, email);
    if (known !== undefined && (org === null || password !== null)) {
      throw usageError("person-exists", `There is an account with the mail address "${known.email}".`, {
        hint: "waybill user link gives a link to choose another password; --org makes them a member.",
      });
    }
    // What is wrong with the link is said before there is an account without one.
    const linkFor = password === null ? await linkMaker(control, options) : null;
    const name = options.name ?? email.split("@")[0]!;
    const { language = null } = options;
    const person = known ?? (await createPerson(control, { email, name, password, language }));
    const lines = [`${person.email} ${known === undefined ? "has an account" : "had an account already"}.`];
    if (org !== null) {
      await (options.admin === true ? makeAdministrator : makeMember)(inOrg(control.db, org), person.id);
      lines.push(options.admin === true ? `They administer ${org}.` : `They belong to ${org}.`);
    }
    if (known === undefined && linkFor !== null) lines.push(await linkFor(person.id));
    process.stdout.write(`${lines.join("\n")}\n`);
  });
}

/** The org that somebody is put into; null where none is named and there is none to choose. */
async function orgToJoin(options: UserAddOptions): Promise<string | null> {
  if (options.org === undefined && options.admin !== true && (await configuration(options))?.orgs.size !== 1)
    return null;
  return orgOf(options, options.org);
}

export async function listUsers(options: ControlOptions & { readonly json?: true }): Promise<void> {
  await withOpenControl(options, async ({ db }) => {
    const memberships = Map.groupBy(await people.membershipsOf(db, null), ({ person }) => person);
    const rows = (await people.listPeople(db)).map(({ id, email, name, disabledAt, createdAt, twoFactorEnabled }) => {
      const orgs = (memberships.get(id) ?? []).map(({ org, role }) => ({ org, role }));
      return { id, email, name, orgs, twoFactor: twoFactorEnabled === true, createdAt, disabledAt };
    });
    if (options.json === true) process.stdout.write(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
    else if (rows.length === 0) process.stdout.write("Nobody has an account. waybill user add makes one.\n");
    else
      process.stdout.write(columns(["E-mail", "Name", "Organisations", "Second factor", "Disabled"], rows.map(cells)));
  });
}

function cells(row: {
  readonly email: string;
  readonly name: string;
  readonly orgs: readonly { readonly org: string; readonly role: "admin" | null }[];
  readonly twoFactor: boolean;
  readonly disabledAt: Date | null;
}): readonly string[] {
  const orgs = row.orgs.map(({ org, role }) => (role === null ? org : `${org} (administrator)`)).join(", ");
  return [row.email, row.name, orgs, row.twoFactor ? "yes" : "", timeText(row.disabledAt)];
}

/** @throws usageError `unknown-person`, `person-disabled` */
export async function linkUser(email: string, options: UserAddOptions): Promise<void> {
  await withOpenControl(options, async (control) => {
    const person = await personNamed(control, email);
    if (person.disabledAt !== null) {
      throw usageError("person-disabled", `${person.email} may not sign in.`, {
        hint: "waybill user enable lets them.",
      });
    }
    process.stdout.write(`${await (await linkMaker(control, options))(person.id)}\n`);
  });
}

/** @throws usageError `unknown-person` */
export async function disableUser(email: string, disabled: boolean, options: ControlOptions): Promise<void> {
  await withOpenControl(options, async (control) => {
    const person = await personNamed(control, email);
    await people.putDisabled(control.db, person.id, disabled);
    const what = disabled ? "may not sign in any more; their sessions are over" : "may sign in again";
    process.stdout.write(`${person.email} ${what}.\n`);
  });
}

/** @throws usageError `base-url`, `short-secret` */
async function linkMaker(control: Control, { baseUrl }: UserAddOptions): Promise<(person: string) => Promise<string>> {
  const base = checkedUrl(baseUrl ?? process.env["WAYBILL_BASE_URL"] ?? "http://localhost:8080");
  const signIn = await openSignIn({ control, baseUrl: base, secret: process.env["WAYBILL_SECRET"] ?? null });
  return async (person) => {
    const { link, expiresAt } = await signIn.passwordLink(person);
    return `This link lets them choose a password, once, until ${timeText(expiresAt)}:\n  ${link}`;
  };
}

/** @throws usageError `password` */
async function firstLine(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  const [line = ""] = Buffer.concat(chunks).toString("utf8").split(/\r?\n/, 1);
  if (line !== "") return line;
  throw usageError("password", "There is no password on standard input.", { hint: "Give it as one line." });
}
