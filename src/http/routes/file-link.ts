// An attached file by a link that needs no session and no token: what it leads to, and for whom, is sealed in it.
import * as z from "zod";
import { notFound } from "../../service/errors.ts";
import { findRecordFile } from "../../service/records/file.ts";
import { readFileTicket } from "../../service/records/file-link.ts";
import type { App } from "../app.ts";
import { sendFile } from "../attached-file.ts";
import { callOfTicket, FILE_LINKS } from "../file-link.ts";
import { signalOf } from "../org-scope.ts";
import { inOrg } from "../schemas/common.ts";
import type { Service } from "../service.ts";

/** Whoever has the address has the file: it goes to no other site, and stays nowhere. */
const TO_NOBODY = { "referrer-policy": "no-referrer", "cache-control": "private, no-store" };

export function fileLinkRoutes(app: App, service: Service): void {
  app.get(
    "/:org/v2/attached-file",
    {
      config: { action: "files.open" },
      schema: {
        summary: "An attached file, by a link that is good for an hour",
        description:
          "GraphQL gives such links. They need no session and no token, and work as long as whoever asked for one may see the " +
          "file still.",
        tags: ["records"],
        params: inOrg,
        querystring: z.strictObject({ ticket: z.string().max(10_000).describe("As the link has it.") }),
        response: { 200: { description: "The file.", content: { "*/*": { schema: z.any() } } } },
      },
    },
    async (request, reply) => {
      void reply.headers(TO_NOBODY);
      const ticket = readFileTicket(request.query.ticket, service.signIn.keyFor(FILE_LINKS));
      if (ticket.org !== request.params.org) throw notFound("file");
      const user = { address: request.ip, requestId: request.id, signal: signalOf(reply) };
      const { object, key: record, files, file } = ticket.file;
      const call = await callOfTicket(service, ticket, user);
      return sendFile(request, reply, await findRecordFile(call, object, record, files, file), { more: TO_NOBODY });
    },
  );
}
