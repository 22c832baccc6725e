// How people sign in: what HTTP hands on, what sessions are, and the links that passwords are chosen by.
import { hkdfSync, randomBytes } from "node:crypto";
import type { Control } from "../control/open.ts";
import { type ActiveSession, findPerson, findSession, keptSecret } from "../control/people.ts";
import { usageError } from "../lib/errors.ts";
import { languageOf } from "../lib/language.ts";
import {
  ADDRESS_HEADER,
  AUTH_PATH,
  type BetterAuth,
  makeAuth,
  PASSWORD_LINK_SECONDS,
  PROLONGED_EACH,
  SESSION_SECONDS,
} from "./better-auth.ts";
import type { Mailer } from "../mail/mailer.ts";
import { passwordMessage } from "./messages.ts";
import { type OidcProvider, providerIdOf, reachable } from "./oidc.ts";
import { sessionToken } from "./session-cookie.ts";

export interface SignInOptions {
  readonly control: Control;
  /** Where people find Waybill, as `https://exports.example.org`. */
  readonly baseUrl: string;
  /** 32 characters or more; null for one that is made once and kept in the control database. */
  readonly secret?: string | null;
  readonly trustedOrigins?: readonly string[];
  readonly providers?: readonly OidcProvider[];
  /** Null where no mail can be sent: passwords are then reset by `waybill user add`. */
  readonly mailer?: Mailer | null;
  readonly log?: (level: "warn" | "error", message: string) => void;
}

/** A session that is valid, and the cookies to set when it was prolonged. */
export interface Session extends ActiveSession {
  readonly setCookies: readonly string[];
}

export interface SignIn {
  /** Whether a path below the base URL is its own. */
  isOwn(path: string): boolean;
  /** Answers a request to `/api/auth/…`. @param address the client's, as the HTTP server knows it */
  handle(request: Request, address: string): Promise<Response>;
  /** The session that a cookie stands for; null when it is none, or over. */
  session(headers: Headers): Promise<Session | null>;
  /** A link by which a person chooses a password, once. */
  passwordLink(person: string): Promise<{ readonly link: string; readonly expiresAt: Date }>;
  /** The providers of an org, as the page to sign in shows them. */
  providersOf(org: string): readonly { readonly id: string; readonly name: string }[];
  /**
   * 32 bytes, made (RFC 5869) of what sessions are signed with: for one purpose, and the same in all processes and after
   * restarts.
   */
  keyFor(purpose: string): Uint8Array;
  /** Waits for mail that is on its way. */
  close(): Promise<void>;
}

/** A provider that did not answer is asked again after so many milliseconds at the earliest. */
const ASK_AGAIN = 10_000;

/** @throws usageError `short-secret` */
export async function openSignIn(options: SignInOptions): Promise<SignIn> {
  const { control, baseUrl, providers = [], mailer = null, trustedOrigins = [], log = () => {} } = options;
  const secret = checkedSecret(options.secret) ?? (await keptSecret(control.db, "sessions", newKey()));
  const background = new Set<Promise<unknown>>();
  const link = (token: string): string => `${baseUrl.replace(/\/$/, "")}/reset-password#${token}`;
  const inBackground = (task: Promise<unknown>): void => {
    const watched = task
      .catch((error: unknown) => log("error", messageOf(error)))
      .finally(() => background.delete(watched));
    background.add(watched);
  };
  const sendPasswordLink = async (person: string, token: string): Promise<void> => {
    const found = await findPerson(control.db, person);
    // Whoever was kept out gets no way in.
    if (found === undefined || found.disabledAt !== null || mailer === null) return;
    const expiresAt = new Date(Date.now() + PASSWORD_LINK_SECONDS * 1000);
    const message = passwordMessage(languageOf(found.language ?? "en"), { link: link(token), expiresAt });
    // Whoever asked is not told whether there is such an account, and so not whether its mail went out.
    await mailer.send(found.email, message).catch((error: unknown) => log("error", messageOf(error)));
  };
  const made = async (): Promise<{ auth: BetterAuth; missing: number; at: number }> => {
    const answering = await reachable(providers);
    const auth = makeAuth({
      control,
      baseUrl,
      secret,
      trustedOrigins,
      providers: answering,
      inBackground,
      log,
      ...(mailer === null ? {} : { sendPasswordLink }),
    });
    return { auth, missing: providers.length - answering.length, at: Date.now() };
  };
  let current = made();
  const authFor = async (path: string): Promise<BetterAuth> => {
    const { missing, at } = await current;
    if (missing > 0 && /\/(?:sign-in\/social|callback\/)/.test(path) && Date.now() - at > ASK_AGAIN) current = made();
    return (await current).auth;
  };
  return {
    isOwn: (path) => path.startsWith(`${AUTH_PATH}/`),
    async handle(request, address) {
      const headers = new Headers(request.headers);
      headers.set(ADDRESS_HEADER, address);
      const auth = await authFor(new URL(request.url).pathname);
      return auth.handler(new Request(request, { headers }));
    },
    async session(headers) {
      const { auth } = await current;
      const { authCookies, secret: key } = await auth.$context;
      const token = sessionToken(headers, authCookies.sessionToken.name, key);
      const session = token === null ? undefined : await findSession(control.db, token);
      if (session === undefined) return null;
      const left = (session.expiresAt.getTime() - Date.now()) / 1000;
      if (left > SESSION_SECONDS - PROLONGED_EACH) return { ...session, setCookies: [] };
      const { headers: set } = await auth.api.getSession({ headers, returnHeaders: true });
      return { ...session, setCookies: set.getSetCookie() };
    },
    async passwordLink(person) {
      const { internalAdapter } = await (await current).auth.$context;
      const token = randomBytes(24).toString("base64url");
      const expiresAt = new Date(Date.now() + PASSWORD_LINK_SECONDS * 1000);
      await internalAdapter.createVerificationValue({
        identifier: `reset-password:${token}`,
        value: person,
        expiresAt,
      });
      return { link: link(token), expiresAt };
    },
    providersOf: (org) =>
      providers.filter((it) => it.org === org).map((it) => ({ id: providerIdOf(it), name: it.name })),
    keyFor: (purpose) => new Uint8Array(hkdfSync("sha256", secret, "", `waybill ${purpose}`, 32)),
    async close() {
      await current;
      await Promise.all(background);
    },
  };
}

function newKey(): string {
  return randomBytes(32).toString("base64url");
}

function checkedSecret(secret: string | null | undefined): string | null {
  if (secret === undefined || secret === null || secret === "") return null;
  if (secret.length >= 32) return secret;
  throw usageError("short-secret", "WAYBILL_SECRET is too short to keep sessions from being forged.", {
    hint: "Give it 32 random characters or more, as openssl rand -hex 32 makes them.",
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "something failed in the background";
}
