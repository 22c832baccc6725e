// Who makes a request: a person, by the cookie of a session or by a token.
import type { Control } from "../control/open.ts";
import type { ShownPerson } from "../control/people.ts";
import { type Scope, useToken } from "./tokens.ts";
import type { SignIn } from "./sign-in.ts";

export interface Identity {
  readonly person: ShownPerson;
  /** The orgs that they belong to, and whether they administer them; with a token, its own org alone. */
  readonly orgs: ReadonlyMap<string, "admin" | null>;
  readonly via:
    | { readonly kind: "session"; readonly id: string }
    | { readonly kind: "token"; readonly id: string; readonly scopes: readonly Scope[] }
    /** Nobody asks: what they ordered is being done. */
    | { readonly kind: "run" };
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
    const via = { kind: "token", id: used.id, scopes: used.scopes as readonly Scope[] } as const;
    return { person: used.person, orgs: new Map([[used.org, used.role]]), via, setCookies: [] };
  }
  const session = await signIn.session(headers);
  if (session === null) return null;
  const { id, person, orgs, setCookies } = session;
  return { person, orgs, via: { kind: "session", id }, setCookies };
}
