// What an org's exports take.
import * as z from "zod";
import { usageOf } from "../../service/usage.ts";
import type { App } from "../app.ts";
import { inOrg } from "../schemas/common.ts";
import { named } from "../schemas/named.ts";

const count = z.number().int();
const usage = named(
  "Usage",
  z.object({
    object: z.literal("usage"),
    quota: count.nullable().describe("Bytes; null for no limit."),
    stored: count.describe("Bytes that archives take."),
    exports: z.object({
      pending: count,
      running: count,
      ready: count,
      error: count,
      cancelled: count,
      expired: count,
    }),
    overdue: count.describe("Exports that are later than was promised."),
    days: z
      .array(z.object({ day: z.string(), ordered: count, ready: count, rows: count, stored: count }))
      .describe("The last ninety days in the organisation's time zone, of exports that have not been deleted."),
  }),
);

export function usageRoutes(app: App): void {
  app.get(
    "/usage",
    {
      config: { action: "usage.see" },
      schema: {
        summary: "What exports take of the quota, and how busy the queue is",
        tags: ["org"],
        params: inOrg,
        response: { 200: usage },
      },
    },
    async ({ call }) => ({ object: "usage" as const, ...(await usageOf(call)) }) as never,
  );
}
