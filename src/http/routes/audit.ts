// The audit log.
import * as z from "zod";
import { listAudit } from "../../control/queries/audit.ts";
import { mustMay } from "../../service/org-call.ts";
import type { App } from "../app.ts";
import { pageOf } from "../paging.ts";
import { anyJson, id, inOrg, listOf, page } from "../schemas/common.ts";
import { named } from "../schemas/named.ts";

const entry = named(
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
            ...page,
            after: id.optional(),
            subjectKind: z.string().max(100).optional(),
            subject: z.string().max(500).optional(),
          })
          .refine((it) => (it.subjectKind === undefined) === (it.subject === undefined), {
            message: "subjectKind and subject go together",
          }),
        response: { 200: listOf(entry) },
      },
    },
    async ({ call, query: { limit, after, subjectKind, subject } }) => {
      mustMay(call, "audit.see");
      const rows = await listAudit(call.access.at, {
        limit: limit + 1,
        ...(after === undefined ? {} : { before: after }),
        ...(subjectKind === undefined || subject === undefined ? {} : { subject: { kind: subjectKind, id: subject } }),
      });
      return pageOf(
        rows,
        limit,
        (row) => row.id,
        ({ id: _id, org: _org, ...its }) => ({ _id, object: "auditEntry" as const, ...its }),
      );
    },
  );
}
