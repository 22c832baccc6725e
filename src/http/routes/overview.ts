// An org as somebody who belongs to it finds it.
import * as z from "zod";
import { type Action, ACTIONS } from "../../access/actions.ts";
import { may } from "../../access/org-access.ts";
import { inLanguage } from "../../catalog/localised.ts";
import { principalIn } from "../../access/org-access.ts";
import type { App } from "../app.ts";
import { inOrg } from "../schemas/common.ts";
import { named } from "../schemas/named.ts";
import type { Service } from "../service.ts";

const overview = named(
  "Org",
  z.object({
    object: z.literal("org"),
    code: z.string(),
    name: z.string(),
    timeZone: z.string(),
    retention: z.string().describe("How long archives are kept: an ISO 8601 duration."),
    purpose: z.enum(["required", "optional"]).describe("Whether an export must say what it is for."),
    downloads: z
      .enum(["owner", "administrators"])
      .describe("Who may download an export: whoever ordered it and administrators, or administrators alone."),
    role: z.string().nullable().describe("`admin`, or the lowest role that is held in any namespace; null for none."),
    actions: z.array(z.string()).describe("What the caller may do somewhere in the org, or to what they made."),
  }),
);

export function overviewRoutes(app: App, { orgs }: Service): void {
  app.get(
    "/",
    {
      config: { action: "org.see" },
      schema: { summary: "The organisation", tags: ["org"], params: inOrg, response: { 200: overview } },
    },
    async ({ call: { access, language }, params: { org } }) => {
      const { name, timeZone, retention, purpose, downloads } = orgs.config.orgs.get(org)!;
      const owner = access.identity.person.id;
      const actions = (Object.keys(ACTIONS) as Action[]).filter((action) => may(access, action, { owner }));
      const { role } = await principalIn(access);
      const shown = inLanguage(name, language) ?? org;
      const facts = { timeZone, retention, purpose, downloads };
      return { object: "org" as const, code: org, name: shown, ...facts, role, actions };
    },
  );
}
