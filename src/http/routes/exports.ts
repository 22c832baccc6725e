// Exports: ordered, watched, taken, repeated, deleted.
import * as z from "zod";
import type { ExportBody } from "../../service/exports/body.ts";
import { cancelExport, deleteExport, deleteExports, resubmitExport } from "../../service/exports/change.ts";
import { createExport, type OrderedExport } from "../../service/exports/create.ts";
import { estimateExport } from "../../service/exports/estimate.ts";
import { exportDetails as detailsOf, findExport, listExports } from "../../service/exports/find.ts";
import { decideExport, shareExport, unshareExport } from "../../service/exports/share.ts";
import type { App } from "../app.ts";
import { pageOf } from "../paging.ts";
import { id, inOrg, inOrgWithId, list, listOf, nothing, pathList } from "../schemas/common.ts";
import { exportBody, exportDetails, exportEstimate, exportResource, exportState } from "../schemas/exports.ts";
import type { Service } from "../service.ts";
import { exportArchiveRoutes } from "./export-archive.ts";

const tags = ["exports"];
/** Bytes: ten thousand keys. */
const BODY_LIMIT = 4 * 1024 * 1024;
const SCRIPT_NOTE = "An organisation's administrators may give a script, and export with the rights of others.";

export function exportRoutes(app: App, { desk }: Service): void {
  const ordered = (org: string, { facts, joined }: OrderedExport) => ({
    status: joined ? (200 as const) : (201 as const),
    location: `/${org}/v2/exports/${facts._id}`,
    facts,
  });

  app.post(
    "/exports",
    {
      // Of analysis runs of one's own; all else takes more, which is looked at where it is known what is asked for.
      config: { action: "runs.export" },
      bodyLimit: BODY_LIMIT,
      schema: {
        summary: "Order an export, or join one that asks for the same",
        description: SCRIPT_NOTE,
        tags,
        params: inOrg,
        body: exportBody,
        response: { 201: exportResource, 200: exportResource.describe("One that asks for the same was there.") },
      },
    },
    async ({ call, body, params: { org } }, reply) => {
      const { status, location, facts } = ordered(org, await createExport(call, desk, body as ExportBody));
      void reply.header("location", location);
      return reply.code(status).send(facts as never);
    },
  );

  app.post(
    "/exports/estimate",
    {
      config: { action: "runs.export" },
      bodyLimit: BODY_LIMIT,
      schema: {
        summary: "What an export would be: rows, files, size, and how it begins. Nothing is ordered",
        description:
          "It refuses what ordering would refuse, with the same problems; only a purpose may still be missing.",
        tags,
        params: inOrg,
        body: exportBody,
        response: { 200: exportEstimate },
      },
    },
    async ({ call, body }) => (await estimateExport(call, body as ExportBody)) as never,
  );

  app.get(
    "/exports",
    {
      config: { action: "exports.see" },
      schema: {
        summary: "One's own exports and those shared with one; all for administrators; the newest first",
        tags,
        params: inOrg,
        querystring: z.strictObject({
          ...list,
          objects: z.string().max(500).optional().describe("Of one object type."),
          namespace: id.optional().describe("Of one namespace and those below it."),
          batch: id.optional().describe("Of one batch."),
          state: exportState.optional(),
          search: z.string().max(255).optional().describe("What an id begins with, or a label holds."),
          realms: z.stringbool().optional().describe("Requests of realms only."),
          mine: z.stringbool().optional().describe("One's own, also for administrators."),
        }),
        response: { 200: listOf(exportResource) },
      },
    },
    async ({ call, query }) => pageOf(await listExports(call, query, desk.baseUrl), (it) => it as never),
  );

  app.delete(
    "/exports",
    {
      config: { action: "exports.change" },
      schema: {
        summary: "Delete several exports with their archives: those with some ids, or all that have expired",
        tags,
        params: inOrg,
        querystring: z.strictObject({
          ids: pathList
            .pipe(z.array(id).min(1).max(500))
            .optional()
            .describe("Ids, with commas between them: all are deleted, or none."),
          state: z.enum(["expired", "error", "cancelled", "ready"]).optional().describe("All in this state."),
        }),
        response: { 200: z.object({ deleted: z.number().int() }) },
      },
    },
    async ({ call, query }) => ({ deleted: await deleteExports(call, desk, query) }),
  );

  app.get(
    "/exports/:id",
    {
      config: { action: "exports.see" },
      schema: {
        summary: "An export, with all that its page shows",
        tags,
        params: inOrgWithId,
        response: { 200: exportDetails },
      },
    },
    async ({ call, params }) => {
      const facts = await findExport(call, params.id, desk.baseUrl);
      return { ...facts, ...(await detailsOf(call, params.id)) } as never;
    },
  );

  app.delete(
    "/exports/:id",
    {
      config: { action: "exports.change" },
      schema: {
        summary: "Delete an export with its archive; one that runs is stopped at once",
        tags,
        params: inOrgWithId,
        response: { 204: nothing },
      },
    },
    async ({ call, params }, reply) => {
      await deleteExport(call, desk, params.id);
      return reply.code(204).send(null);
    },
  );

  app.post(
    "/exports/:id/cancel",
    {
      config: { action: "exports.change" },
      schema: {
        summary: "Stop an export that waits or runs",
        tags,
        params: inOrgWithId,
        response: { 200: exportResource },
      },
    },
    async ({ call, params }) => (await cancelExport(call, desk, params.id)) as never,
  );

  app.post(
    "/exports/:id/resubmit",
    {
      config: { action: "exports.change" },
      schema: {
        summary: "Order the same again, with the templates as they are now",
        tags,
        params: inOrgWithId,
        response: { 201: exportResource, 200: exportResource.describe("One that asks for the same was there.") },
      },
    },
    async ({ call, params }, reply) => {
      const { status, location, facts } = ordered(params.org, await resubmitExport(call, desk, params.id));
      void reply.header("location", location);
      return reply.code(status).send(facts as never);
    },
  );

  app.put(
    "/exports/:id/shares/:person",
    {
      config: { action: "exports.change" },
      schema: {
        summary: "Share an export with a colleague, who then sees and downloads it",
        tags,
        params: inOrgWithId.extend({ person: z.string().max(320).describe("An id or a mail address.") }),
        response: { 204: nothing },
      },
    },
    async ({ call, params }, reply) => {
      await shareExport(call, desk, params.id, params.person);
      return reply.code(204).send(null);
    },
  );

  app.delete(
    "/exports/:id/shares/:person",
    {
      config: { action: "exports.change" },
      schema: {
        summary: "Share an export no longer",
        tags,
        params: inOrgWithId.extend({ person: id }),
        response: { 204: nothing },
      },
    },
    async ({ call, params }, reply) => {
      await unshareExport(call, params.id, params.person);
      return reply.code(204).send(null);
    },
  );

  app.post(
    "/exports/:id/approval",
    {
      config: { action: "exports.approve" },
      schema: {
        summary: "Approve an export that waits for a second person, or refuse it",
        tags,
        params: inOrgWithId,
        body: z.strictObject({ approve: z.boolean(), note: z.string().max(2000).optional() }),
        response: { 200: exportResource },
      },
    },
    async ({ call, params, body }) => (await decideExport(call, desk, params.id, body)) as never,
  );

  exportArchiveRoutes(app, desk);
}
