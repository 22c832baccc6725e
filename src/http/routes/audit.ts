// The audit log.
import * as z from "zod";
import { auditLog } from "../../service/audit-log.ts";
import type { App } from "../app.ts";
import { pageOf } from "../paging.ts";
import { anyJson, id, inOrg, list, listOf } from "../schemas/common.ts";
import { named } from "../schemas/named.ts";

const auditEntry = named(
  "AuditEntry",
  z.object({
    _id: id,
    object: z.literal("auditEntry"),
    at: z.date(),
    person: id.nullable(),
    token: id.nullable(),
    action: z.string(),
    subjectKind: z.string().nullable(),
    subject: z.string().nullable(),
    details: z.record(z.string(), anyJson),
    address: z.string().nullable(),
    requestId: z.string().nullable(),
    names: z
      .record(z.string(), z.string())
      .describe("What people, exports and other things whose ids the entry holds are called now."),
  }),
);

export function auditRoutes(app: App): void {
  app.get(
    "/audit",
    {
      config: { action: "audit.see" },
      schema: {
        summary: "Who did what, the newest first",
        tags: ["org"],
        params: inOrg,
        querystring: z
          .strictObject({
            ...list,
            subjectKind: z.string().max(100).optional(),
            subject: z.string().max(500).optional(),
          })
          .refine((it) => (it.subjectKind === undefined) === (it.subject === undefined), {
            message: "subjectKind and subject go together",
          }),
        response: { 200: listOf(auditEntry) },
      },
    },
    async ({ call, query: { subjectKind: kind, subject: its, ...query } }) => {
      const subject = kind === undefined || its === undefined ? undefined : { kind, id: its };
      const found = await auditLog(call, query, subject);
      return pageOf(found, ({ id: _id, org: _org, ...entry }) => ({ _id, object: "auditEntry" as const, ...entry }));
    },
  );
}
