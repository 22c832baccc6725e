// What an export gave, and how it goes: the archive, a look into it, and news of it.
import * as z from "zod";
import { audit, type OrgCall } from "../../service/org-call.ts";
import type { ExportDesk } from "../../service/exports/desk.ts";
import { findExport } from "../../service/exports/find.ts";
import { readyExport } from "../../service/exports/take.ts";
import { notFound } from "../../service/errors.ts";
import type { App } from "../app.ts";
import { sendDownload } from "../download.ts";
import { type ServerEvent, sendEvents, whenClosing } from "../events.ts";
import { anyJson, inOrgWithId } from "../schemas/common.ts";

const tags = ["exports"];
/** An export of another process is looked at so often, in milliseconds. */
const LOOK = 1_000;
/** After this time a client has to come back, so that its rights are looked at again; in milliseconds. */
const LONGEST = 600_000;
const OVER: ReadonlySet<string> = new Set(["ready", "error", "cancelled", "expired"]);

/** An answer of any MIME type. */
const bytes = (description: string) => ({ description, content: { "*/*": { schema: z.any() } } });

export function exportArchiveRoutes(app: App, desk: ExportDesk): void {
  const closing = whenClosing(app);

  app.get(
    "/exports/:id/data",
    {
      config: { action: "exports.download" },
      schema: {
        summary: "Download the archive: whole, or a range of it",
        description: "Ranges, conditions and ETag as RFC 9110 has them: an interrupted download can be resumed.",
        tags,
        params: inOrgWithId,
        response: { 200: bytes("The archive, with its MIME type."), 206: bytes("A range of it.") },
      },
    },
    async (request, reply) => {
      const { call, params } = request;
      const its = await readyExport(call, desk, params.id);
      const { archive, size, sha256, endedAt, fileName, mime } = its;
      return sendDownload(request, reply, {
        size,
        sha256,
        lastModified: endedAt,
        fileName,
        mime,
        // Called only where bytes are sent: none goes out that the audit log does not know of.
        async open() {
          const { range = null } = request.headers;
          await audit(call, "export.download", { kind: "export", id: its.id }, range === null ? {} : { range });
          return desk.openArchive(archive, its.request["recipient"] !== undefined);
        },
      });
    },
  );

  app.get(
    "/exports/:id/preview",
    {
      config: { action: "exports.download" },
      schema: {
        summary: "What is in the archive: its files, the first rows of its tables, and a profile of each column",
        tags,
        params: inOrgWithId,
        response: { 200: z.record(z.string(), anyJson) },
      },
    },
    async ({ call, params }, reply) => {
      const { archive } = await readyExport(call, desk, params.id);
      const preview = await desk.preview(archive);
      if (preview === null) throw notFound("preview");
      void reply.header("cache-control", "private, no-cache");
      return preview as Record<string, unknown>;
    },
  );

  app.get(
    "/exports/:id/events",
    {
      config: { action: "exports.see" },
      schema: {
        summary: "News of an export, as they come: server-sent events",
        description:
          "Each `export` event holds the export as it is then. After the one that says how it ended, they end.",
        tags,
        params: inOrgWithId,
        response: { 200: { description: "Events.", content: { "text/event-stream": { schema: z.string() } } } },
      },
    },
    async (request, reply) => {
      const { call, params } = request;
      // What the caller may not see is said as an error, not as an event.
      await findExport(call, params.id, desk.baseUrl);
      return sendEvents(request, reply, (_last, signal) => newsOf(call, desk, params.id, signal), { closing });
    },
  );
}

async function* newsOf(call: OrgCall, desk: ExportDesk, id: string, signal: AbortSignal): AsyncGenerator<ServerEvent> {
  const end = Date.now() + LONGEST;
  let said = "";
  while (!signal.aborted && Date.now() < end) {
    const facts = await findExport(call, id, desk.baseUrl).catch(() => null);
    // Deleted meanwhile.
    if (facts === null) return yield { event: "deleted", data: { _id: id } };
    const says = JSON.stringify(facts);
    if (says !== said) yield { event: "export", data: facts };
    said = says;
    if (OVER.has(facts.state)) return;
    await desk.wait(id, LOOK, signal);
  }
}
