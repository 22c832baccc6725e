// Who makes a request: a person, by the cookie of a session or by a token.
import type { Control } from "../control/open.ts";
import { findPerson, membershipsOf } from "../control/people.ts";
import type { Scope } from "./tokens.ts";
import { useToken } from "./tokens.ts";
import type { SignIn } from "./sign-in.ts";

/** A person as others in the program see them. */
export interface IdentifiedPerson {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly language: string | null;
  readonly timeZone: string | null;
  readonly theme: string | null;
}

export interface Identity {
  readonly person: IdentifiedPerson;
  /** The orgs that they belong to, and whether they administer them; with a token, its own org alone. */
  readonly orgs: ReadonlyMap<string, "admin" | null>;
  readonly via:
    | { readonly kind: "session"; readonly id: string }
    | { readonly kind: "token"; readonly id: string; readonly scopes: readonly Scope[] };
  /** Cookies to set with the answer: the session was prolonged. */
  readonly setCookies: readonly string[];
}

/** What is needed of a request. */
export interface Caller {
  readonly headers: Headers;
  /** The client's address, as the HTTP server knows it. */
  readonly address: string;
}

/**
 * Finds out who makes a request. With an `Authorization` header the cookie does not count, so that a wrong token is
 * not made good by a browser's session.
 * @returns null for nobody: without credentials, or with such as are not valid (any more)
 */
export async function identify(
  control: Control,
  signIn: SignIn,
  { headers, address }: Caller,
): Promise<Identity | null> {
  const authorization = headers.get("authorization");
  if (authorization !== null) {
    const token = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
    const used = token === undefined ? null : await useToken(control, token, address);
    if (used === null) return null;
    const { id, person, scopes } = used.kept;
    const via = { kind: "token", id, scopes: scopes as readonly Scope[] } as const;
    return identityOf(control, person, via, used.org, []);
  }
  const session = await signIn.session(headers);
  if (session === null) return null;
  return identityOf(control, session.person, { kind: "session", id: session.id }, null, session.setCookies);
}

async function identityOf(
  { db }: Control,
  id: string,
  via: Identity["via"],
  only: string | null,
  setCookies: readonly string[],
): Promise<Identity | null> {
  const [person, memberships] = await Promise.all([findPerson(db, id), membershipsOf(db, id)]);
  if (person === undefined || person.disabledAt !== null) return null;
  const orgs = new Map(
    memberships.filter(({ org }) => only === null || org === only).map(({ org, role }) => [org, role]),
  );
  const { email, name, language, timeZone, theme } = person;
  return { person: { id, email, name, language, timeZone, theme }, orgs, via, setCookies };
}
