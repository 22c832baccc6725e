// better-auth as Waybill uses it: passwords, sessions, second factors and providers, on our tables.
import { betterAuth } from "better-auth";
import { APIError, createAuthMiddleware, isAPIError } from "better-auth/api";
import { genericOAuth, twoFactor } from "better-auth/plugins";
import { type AttemptRule, countAttempt } from "../control/attempts.ts";
import { inOrg } from "../control/in-org.ts";
import type { Control } from "../control/open.ts";
import { emailKey, findPerson } from "../control/people.ts";
import { addMember } from "../control/queries/members.ts";
import { oauthConfig, type OidcProvider, providerIdOf, refusalOf } from "./oidc.ts";
import { hashPassword, PASSWORD_LENGTH, verifyPassword } from "./passwords.ts";
import { secretHash } from "./secrets.ts";

/** Where it answers, below the base URL. */
export const AUTH_PATH = "/api/auth";
/** The header in which the client's address is handed over: whoever calls takes away what came from outside. */
export const ADDRESS_HEADER = "x-waybill-address";
/** Seconds. */
const DAY = 86_400;

/** A session lasts a week after it was last used, to the day. */
export const SESSION_SECONDS = 7 * DAY;
export const PROLONGED_EACH = DAY;

/** Attempts from an address, by path. */
const PER_ADDRESS: Readonly<Record<string, AttemptRule | false>> = {
  "/get-session": false,
  "/sign-in/*": { window: 60, max: 20 },
  "/two-factor/*": { window: 60, max: 20 },
  "/request-password-reset": { window: 3600, max: 20 },
  "/reset-password": { window: 60, max: 20 },
};

/** Attempts on an account, from wherever they come. */
const PER_ACCOUNT: Readonly<Record<string, AttemptRule | undefined>> = {
  "/sign-in/email": { window: 900, max: 20 },
  "/request-password-reset": { window: 3600, max: 5 },
};

/** What nobody needs: people come by invitation, and what providers gave for them stays here. */
const CLOSED = [
  "/account-info",
  "/change-email",
  "/delete-user",
  "/error",
  "/get-access-token",
  "/link-social",
  "/list-accounts",
  "/ok",
  "/refresh-token",
  "/send-verification-email",
  "/sign-up/email",
  "/two-factor/send-otp",
  "/two-factor/verify-otp",
  "/unlink-account",
  "/verify-email",
];

export interface AuthOptions {
  readonly control: Control;
  /** Where people find Waybill: `https://exports.example.org`, with a path when it is below one. */
  readonly baseUrl: string;
  /** What sessions are signed and second factors encrypted with. */
  readonly secret: string;
  /** Other places that the web app may be served from. */
  readonly trustedOrigins: readonly string[];
  readonly providers: readonly OidcProvider[];
  /** Sends a link by which a password is chosen; absent where there is no mail. */
  readonly sendPasswordLink?: (person: string, token: string) => Promise<void>;
  /** Takes what goes on after an answer, so that it can be waited for. */
  readonly inBackground: (task: Promise<unknown>) => void;
  /** Told what went wrong: a sentence without values. */
  readonly log: (level: "warn" | "error", message: string) => void;
}

export type BetterAuth = ReturnType<typeof makeAuth>;

export function makeAuth(options: AuthOptions) {
  const { control, baseUrl, secret, providers, log } = options;
  const providerNamed = (id: string | undefined): OidcProvider | undefined =>
    providers.find((provider) => providerIdOf(provider) === id);
  return betterAuth({
    appName: "Waybill",
    // A path in it would stand for all of the path below.
    baseURL: new URL(baseUrl).origin,
    basePath: `${new URL(baseUrl).pathname.replace(/\/$/, "")}${AUTH_PATH}`,
    secret,
    trustedOrigins: [...options.trustedOrigins],
    // Our plugin for camelCase would rename what is renamed below.
    database: { db: control.db.withoutPlugins(), type: "postgres" },
    telemetry: { enabled: false },
    disabledPaths: CLOSED,
    advanced: {
      // A test compares the tables, so that no start has to.
      database: { generateId: "uuid", validateSchema: false },
      // Said aloud, since NODE_ENV would turn them off.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      cookiePrefix: "waybill",
      useSecureCookies: baseUrl.startsWith("https:"),
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      backgroundTasks: { handler: options.inBackground },
    },
    onAPIError: {
      // What is no refusal is for whoever answers all requests.
      onError(error) {
        if (!isAPIError(error)) throw error;
      },
    },
    // What follows a message may hold anything.
    logger: {
      level: "warn",
      log: (level, message) => {
        if (level === "warn" || level === "error") log(level, message.replaceAll(/https?:\S+/g, "…"));
      },
    },
    user: {
      modelName: "person",
      fields: snakeCase("emailVerified", "createdAt", "updatedAt"),
      additionalFields: {
        language: { type: "string", required: false },
        timeZone: { type: "string", required: false, fieldName: "time_zone" },
        theme: { type: "string", required: false },
        disabledAt: { type: "date", required: false, input: false, returned: false, fieldName: "disabled_at" },
      },
      validateUserInfo({ user, source }) {
        if (source.method !== "oauth") return;
        const provider = providerNamed(source.oauth?.providerId);
        if (provider === undefined) return { error: "unknown_provider" };
        return refusalOf(provider, user) ?? undefined;
      },
    },
    session: {
      fields: snakeCase("expiresAt", "createdAt", "updatedAt", "ipAddress", "userAgent", "userId"),
      expiresIn: SESSION_SECONDS,
      updateAge: PROLONGED_EACH,
      // A session that was ended is over with the next request.
      cookieCache: { enabled: false },
    },
    account: {
      fields: snakeCase(
        ...(["accountId", "providerId", "userId", "accessToken", "refreshToken", "idToken"] as const),
        ...(["accessTokenExpiresAt", "refreshTokenExpiresAt", "createdAt", "updatedAt"] as const),
      ),
      updateAccountOnSignIn: false,
      accountLinking: { enabled: true, trustedProviders: [] },
    },
    verification: { fields: snakeCase("expiresAt", "createdAt", "updatedAt"), storeIdentifier: "hashed" },
    rateLimit: {
      enabled: true,
      window: 60,
      max: 300,
      modelName: "rate_limit",
      fields: snakeCase("lastRequest"),
      customRules: { ...PER_ADDRESS },
      customStorage: { consume: (key, rule) => countAttempt(control.db, key, rule) },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH.least,
      maxPasswordLength: PASSWORD_LENGTH.most,
      password: { hash: hashPassword, verify: verifyPassword },
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: PASSWORD_LINK_SECONDS,
      ...(options.sendPasswordLink === undefined
        ? {}
        : { sendResetPassword: ({ user, token }) => options.sendPasswordLink!(user.id, token) }),
    },
    plugins: [
      twoFactor({
        issuer: "Waybill",
        schema: {
          user: { fields: snakeCase("twoFactorEnabled") },
          twoFactor: {
            modelName: "two_factor",
            fields: snakeCase("backupCodes", "userId", "failedVerificationCount", "lockedUntil"),
          },
        },
      }),
      genericOAuth({ config: providers.map(oauthConfig) }),
    ],
    hooks: {
      before: createAuthMiddleware(async ({ path, body }) => {
        const rule = PER_ACCOUNT[path];
        const { email } = (body ?? {}) as { email?: unknown };
        if (rule === undefined || typeof email !== "string") return;
        const account = Buffer.from(secretHash(emailKey(email))).toString("hex");
        const { allowed, retryAfter } = await countAttempt(control.db, `${account}|${path}`, rule);
        if (allowed) return;
        throw new APIError(
          "TOO_MANY_REQUESTS",
          { code: "TOO_MANY_ATTEMPTS", message: "Too many attempts. Please try again later." },
          { "X-Retry-After": String(retryAfter) },
        );
      }),
    },
    databaseHooks: {
      session: {
        create: {
          async before({ userId }) {
            const person = await findPerson(control.db, userId);
            if (person?.disabledAt === null) return;
            throw new APIError("FORBIDDEN", { code: "ACCOUNT_DISABLED", message: "This account was shut." });
          },
        },
      },
      account: {
        create: {
          // Who it was is all that is wanted of a provider: its tokens are good for more, and are not kept.
          before: async (account) => ({ data: { ...account, accessToken: null, refreshToken: null, idToken: null } }),
          async after({ providerId, userId }) {
            const provider = providerNamed(providerId);
            if (provider !== undefined) await addMember(inOrg(control.db, provider.org), userId);
          },
        },
      },
    },
  });
}

/** How long a link to choose a password works. */
export const PASSWORD_LINK_SECONDS = DAY;

/** Fields with the columns that they are in: `{ userId: "user_id" }`. */
function snakeCase<const Name extends string>(...names: readonly Name[]): Record<Name, string> {
  const columns = names.map((name) => [name, name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)]);
  return Object.fromEntries(columns) as Record<Name, string>;
}
