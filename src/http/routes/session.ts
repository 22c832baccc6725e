// Whoever is signed in, and the ways in that need no account yet.
import * as z from "zod";
import { inLanguage } from "../../catalog/localised.ts";
import { inOrg } from "../../control/in-org.ts";
import { findPersonByEmail, isAnybodyThere, putPreferences } from "../../control/people.ts";
import type { Identity } from "../../identity/identity.ts";
import { acceptInvitation, invitationOf, useFirstLink } from "../../identity/people.ts";
import { failure } from "../../lib/errors.ts";
import { languageOf } from "../../lib/language.ts";
import { phrase } from "../../lib/sentence.ts";

import type { App } from "../app.ts";
import { identification } from "../identify.ts";
import { unauthorized } from "../org-scope.ts";
import { id, nothing } from "../schemas/common.ts";
import { named } from "../schemas/named.ts";
import type { HttpOptions, Service } from "../service.ts";

const tags = ["service"];
const language = z.enum(["en", "fr"]);
const person = named(
  "Person",
  z.object({
    _id: id,
    email: z.string(),
    name: z.string(),
    language: z.string().nullable(),
    timeZone: z.string().nullable(),
    theme: z.string().nullable(),
  }),
);
const session = named(
  "Session",
  z.object({
    person,
    via: z.enum(["session", "token"]),
    scopes: z.array(z.string()).nullable().describe("Of a token; null for a session."),
    orgs: z.array(
      z.object({ code: z.string(), name: z.string(), role: z.literal("admin").nullable(), timeZone: z.string() }),
    ),
  }),
);

/** A secret of a link: 48 hexadecimal digits. */
const linkToken = z.string().min(1).max(200).describe("What follows # in the link.");
const newPerson = { name: z.string().min(1).max(200), password: z.string().max(1000), language: language.optional() };

export function sessionRoutes(app: App, service: Service, options: HttpOptions): void {
  const { control, orgs, signIn, version } = service;
  app.addHook("onRequest", identification(service, options));
  const orgName = (code: string, tongue: string): string => {
    const name = orgs.config.orgs.get(code)?.name ?? null;
    return inLanguage(name, tongue) ?? code;
  };

  app.get(
    "/service",
    {
      config: { action: "service.see" },
      schema: {
        summary: "What the page to sign in needs to know",
        tags,
        response: {
          200: z.object({
            version: z.string(),
            setup: z
              .boolean()
              .describe("Whether nobody has an account yet: the first link is in the program's output."),
            passwordReset: z.boolean().describe("Whether a forgotten password can be reset by mail."),
            providers: z.array(z.object({ id: z.string(), name: z.string() })).describe("Of single sign-on."),
          }),
        },
      },
    },
    async () => ({
      version,
      setup: !(await isAnybodyThere(control.db)),
      passwordReset: service.mailer !== null,
      providers: orgs.codes.flatMap((code) => [...signIn.providersOf(code)]),
    }),
  );

  const shown = (identity: Identity) => {
    const tongue = languageOf(identity.person.language ?? "en");
    return {
      person: personOf(identity),
      via: identity.via.kind === "token" ? ("token" as const) : ("session" as const),
      scopes: identity.via.kind === "token" ? [...identity.via.scopes] : null,
      orgs: orgs.codes.flatMap((code) => {
        const role = identity.orgs.get(code);
        if (role === undefined) return [];
        return [{ code, name: orgName(code, tongue), role, timeZone: orgs.config.orgs.get(code)!.timeZone }];
      }),
    };
  };

  app.get(
    "/session",
    {
      config: { action: "session.see" },
      schema: { summary: "Who is signed in, and where they belong", tags, response: { 200: session } },
    },
    async ({ identity }) => {
      if (identity === null) throw unauthorized();
      return shown(identity);
    },
  );

  app.patch(
    "/session",
    {
      config: { action: "session.use" },
      schema: {
        summary: "Set one's own name, language, time zone and theme",
        tags,
        body: z.strictObject({
          name: z.string().trim().min(1).max(200).optional(),
          language: language.nullable().optional(),
          timeZone: z
            .string()
            .max(64)
            .refine(isTimeZone, phrase`is no time zone (Europe/Paris)`)
            .nullable()
            .optional(),
          theme: z.enum(["light", "dark", "auto"]).nullable().optional(),
        }),
        response: { 204: nothing },
      },
    },
    async ({ identity, body }, reply) => {
      if (identity === null) throw unauthorized();
      if (identity.via.kind === "token") throw failure("forbidden", "A token cannot do this.", { hint: "Sign in." });
      const { name, ...rest } = body;
      const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
      await putPreferences(control.db, identity.person.id, { ...given, ...(name === undefined ? {} : { name }) });
      return reply.code(204).send(null);
    },
  );

  app.post(
    "/setup",
    {
      config: { action: "service.see" },
      schema: {
        summary: "Make the first account, by the link that the first start printed",
        tags,
        body: z.strictObject({ token: linkToken, email: z.string().max(254), ...newPerson }),
        response: { 201: person },
      },
    },
    async ({ body: { token, language: tongue = null, ...its } }, reply) => {
      const made = await useFirstLink(control, token, orgs.codes, { ...its, language: tongue });
      return reply.code(201).send(personOf({ person: made }));
    },
  );

  const invitation = z.strictObject({ org: z.string().max(63), token: linkToken });

  app.post(
    "/invitations/lookup",
    {
      config: { action: "service.see" },
      schema: {
        summary: "What an invitation is to, before it is accepted",
        tags,
        body: invitation,
        response: {
          200: z.object({ email: z.string(), org: z.string(), name: z.string(), hasAccount: z.boolean() }),
        },
      },
    },
    async ({ body, headers }) => {
      const { email } = await invitationOf(inOrg(control.db, body.org), body.token);
      const known = await findPersonByEmail(control.db, email);
      const tongue = languageOf(headers["accept-language"] ?? "en");
      return { email, org: body.org, name: orgName(body.org, tongue), hasAccount: known !== undefined };
    },
  );

  app.post(
    "/invitations/accept",
    {
      config: { action: "service.see" },
      schema: {
        summary: "Accept an invitation, signed in or with a new account",
        tags,
        body: invitation.extend({
          account: z.strictObject(newPerson).optional().describe("For whoever has none; signed in, it is left out."),
        }),
        response: { 200: person },
      },
    },
    async ({ body: { org, token, account }, identity }) => {
      const isSignedIn = identity?.via.kind === "session";
      if (account === undefined && !isSignedIn) throw unauthorized();
      const { language: tongue = null, ...its } = account ?? { name: "", password: "" };
      const by = account === undefined ? { person: identity!.person.id } : { ...its, language: tongue };
      return personOf({ person: await acceptInvitation(control, org, token, by) });
    },
  );
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

function personOf({
  person: its,
}: {
  readonly person: {
    readonly id: string;
    readonly email: string;
    readonly name: string;
    readonly language: string | null;
    readonly timeZone: string | null;
    readonly theme: string | null;
  };
}) {
  const { id: _id, email, name, language: tongue, timeZone, theme } = its;
  return { _id, email, name, language: tongue, timeZone, theme };
}
