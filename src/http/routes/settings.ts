// What the configuration says of the organisation.
import * as z from "zod";
import { settingsOf } from "../../service/settings.ts";
import type { App } from "../app.ts";
import { inOrg } from "../schemas/common.ts";
import { named } from "../schemas/named.ts";
import type { Service } from "../service.ts";

const duration = z.string().describe("An ISO 8601 duration.");
const names = z.array(z.string());
const settings = named(
  "Settings",
  z.object({
    object: z.literal("settings"),
    version: z.string().describe("Of the program."),
    timeZone: z.string(),
    retention: duration.describe("How long archives are kept."),
    history: duration.describe("How long expired exports are remembered."),
    retentionOf: z
      .array(z.object({ object: z.string(), retention: duration }))
      .describe("Object types whose archives are kept for another time."),
    quota: z.number().nullable().describe("Bytes that all archives may take; null for no limit."),
    concurrency: z.number().int().describe("How many exports run at once."),
    window: z
      .object({ cron: z.string(), next: z.array(z.date()).describe("When it opens next.") })
      .nullable()
      .describe("When exports begin; null for at once."),
    downloads: z.enum(["owner", "administrators"]).describe("Who may download, besides administrators."),
    administrators: z
      .enum(["all", "members"])
      .describe("What administrators export: all records, or where they are members."),
    purpose: z.enum(["required", "optional"]).describe("Whether an export must say what it is for."),
    approval: z
      .object({ rows: z.number().nullable(), objects: names })
      .nullable()
      .describe("Which exports wait for a second person."),
    scripts: z.object({ hosts: names, privateHosts: names }).describe("What scripts that run after exports may reach."),
    namespaces: z
      .string()
      .nullable()
      .describe("The object type whose records are the namespaces; null where they are made here."),
    pseudonyms: z.boolean().describe("Whether there is a secret that pseudonyms are made with."),
    translations: names.describe("Value translations that templates may name."),
    fonts: z.number().int().describe("Further fonts for PDFs of records."),
    sources: z
      .array(
        z.object({
          name: z.string(),
          kind: z.enum(["postgresql", "mariadb", "sqlite", "files", "folder", "s3"]),
        }),
      )
      .describe("Where records and files come from."),
    providers: z.array(z.object({ name: z.string(), domains: names })).describe("Of single sign-on."),
    mail: z.boolean().describe("Whether mail can be sent."),
  }),
);

export function settingsRoutes(app: App, { orgs, mailer, version }: Service): void {
  app.get(
    "/settings",
    {
      config: { action: "org.manage" },
      schema: {
        summary: "What the configuration says, without its secrets",
        tags: ["org"],
        params: inOrg,
        response: { 200: settings },
      },
    },
    async ({ call, params: { org } }) => {
      const its = settingsOf(call, orgs.config.orgs.get(org)!, new Date());
      return { object: "settings" as const, version, ...its, mail: mailer !== null } as never;
    },
  );
}
