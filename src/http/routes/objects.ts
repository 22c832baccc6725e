// What can be exported: object types, and their records.
import type { FastifyReply } from "fastify";
import * as z from "zod";
import { listObjectTypes, objectType } from "../../service/objects.ts";
import { countRecords } from "../../service/records/count.ts";
import { findKeys } from "../../service/records/lookup.ts";
import { findRecordFile } from "../../service/records/file.ts";
import { recordsPage, type RecordsPage } from "../../service/records/page.ts";
import { findRecord, recordList } from "../../service/records/record.ts";
import type { App } from "../app.ts";
import { sendFile } from "../attached-file.ts";
import { pageOf } from "../paging.ts";
import { sendJson } from "../raw-json.ts";
import { anyJson, id, inOrg, jsonText, list, listOf, page, pathList } from "../schemas/common.ts";
import { named } from "../schemas/named.ts";
import { objectSummary, objectWithFields } from "../schemas/objects.ts";

const tags = ["records"];
const objectName = z.string().max(500).describe("The object type's name.");
const ofObject = inOrg.extend({ name: objectName });
const ofRecord = ofObject.extend({
  key: z.string().max(2000).describe("The record's key; of several fields, the JSON text of an array."),
});

const recordsList = listOf(anyJson).extend({
  keys: z.array(z.string()).nullable().describe("The key of each record; null where they have none."),
});

const filter = {
  search: z.string().max(255).optional().describe("Words that must all be found in a record's texts."),
  namespace: id.optional().describe("Records of one namespace and those below it."),
};
const inQuery = {
  where: jsonText.optional(),
  ...filter,
};
const shownInQuery = {
  ...page,
  paths: pathList.optional(),
  include: pathList.optional().describe("Optional fields and lists in addition."),
  expand: pathList.optional().describe("References as nested objects."),
  order: pathList.optional().describe("Paths, descending with a minus in front: `-collected_on,name`."),
};
const paths = z.array(z.string().max(500)).max(2000);
const inBody = { where: anyJson.optional(), ...filter };
const shownInBody = {
  limit: z.number().int().min(1).max(500).default(50),
  after: page.after,
  paths: paths.optional(),
  include: paths.optional(),
  expand: paths.optional(),
  order: paths.optional(),
};
const counted = z.object({
  count: z.number().int().nullable().describe("Null where nobody knows without counting for longer."),
  exact: z.boolean(),
});

export function objectRoutes(app: App): void {
  app.get(
    "/objects",
    {
      config: { action: "objects.see" },
      schema: {
        summary: "The object types",
        tags,
        params: inOrg,
        querystring: z.strictObject(list),
        response: { 200: listOf(objectSummary) },
      },
    },
    async ({ call, query }) =>
      pageOf(await listObjectTypes(call, query), (it) => ({ ...it, key: [...it.key], range: it.range ?? null })),
  );

  app.get(
    "/objects/:name",
    {
      config: { action: "objects.see" },
      schema: {
        summary: "An object type with its fields, as the caller may have them",
        tags,
        params: ofObject,
        response: { 200: objectWithFields },
      },
    },
    async ({ call, params }, reply) => sendJson(reply, { ...(await objectType(call, params.name)) }),
  );

  app.get(
    "/objects/:name/records",
    {
      config: { action: "records.see" },
      schema: {
        summary: "A page of records",
        description: "For long conditions there is the same by POST, at `…/records/query`.",
        tags,
        params: ofObject,
        querystring: z.strictObject({ ...inQuery, ...shownInQuery }),
        response: { 200: recordsList },
      },
    },
    async ({ call, params, query }, reply) => sendPage(reply, await recordsPage(call, params.name, query)),
  );

  app.post(
    "/objects/:name/records/query",
    {
      config: { action: "records.see" },
      schema: {
        summary: "A page of records",
        tags,
        params: ofObject,
        body: z.strictObject({ ...inBody, ...shownInBody }),
        response: { 200: recordsList },
      },
    },
    async ({ call, params, body }, reply) => sendPage(reply, await recordsPage(call, params.name, body)),
  );

  app.get(
    "/objects/:name/count",
    {
      config: { action: "records.see" },
      schema: {
        summary: "How many records there are: exactly, or about how many where counting would be slow",
        tags,
        params: ofObject,
        querystring: z.strictObject(inQuery),
        response: { 200: counted },
      },
    },
    async ({ call, params, query }) => countRecords(call, params.name, query),
  );

  app.post(
    "/objects/:name/count",
    {
      config: { action: "records.see" },
      schema: {
        summary: "The same for long conditions",
        tags,
        params: ofObject,
        body: z.strictObject(inBody),
        response: { 200: counted },
      },
    },
    async ({ call, params, body }) => countRecords(call, params.name, body),
  );

  app.post(
    "/objects/:name/lookup",
    {
      config: { action: "records.see" },
      schema: {
        summary: "Which of some identifiers have records that the caller may see",
        tags,
        params: ofObject,
        body: z.strictObject({
          values: z.array(z.union([z.string().max(2000), z.number().transform(String)])).max(10_000),
          by: z.string().max(500).optional().describe("A field of text, whole numbers or UUIDs; the key when absent."),
          namespace: id.optional(),
        }),
        response: {
          200: z.object({
            found: z.array(z.object({ value: z.string(), key: z.string() })),
            notFound: z.array(z.string()),
          }),
        },
      },
    },
    async ({ call, params, body: { values, ...how } }) => {
      const { found, notFound } = await findKeys(call, params.name, values, how);
      return { found: [...found], notFound: [...notFound] };
    },
  );

  app.get(
    "/objects/:name/records/:key",
    {
      config: { action: "records.see" },
      schema: {
        summary: "A record with all its fields, the beginning of its lists, and its attached files",
        tags,
        params: ofRecord,
        response: {
          200: named(
            "RecordWithLists",
            z.object({
              key: z.string(),
              record: z.record(z.string(), anyJson),
              references: z
                .record(z.string(), z.object({ key: z.string(), title: z.string().nullable() }).nullable())
                .describe("The records that it refers to, as far as the caller may see them."),
              lists: z.record(
                z.string(),
                listOf(anyJson)
                  .omit({ object: true })
                  .extend({ keys: z.array(z.string()).nullable() }),
              ),
              files: z.record(
                z.string(),
                z.object({
                  data: z.array(
                    z.object({
                      key: z.string().nullable(),
                      name: z.string(),
                      type: z.string(),
                      size: z.number().nullable(),
                    }),
                  ),
                  hasMore: z.boolean(),
                }),
              ),
            }),
          ),
        },
      },
    },
    async ({ call, params }, reply) =>
      reply.type("application/json; charset=utf-8").send((await findRecord(call, params.name, params.key)) as never),
  );

  app.get(
    "/objects/:name/records/:key/lists/:list",
    {
      config: { action: "records.see" },
      schema: {
        summary: "A page of the items of one of a record's lists",
        tags,
        params: ofRecord.extend({ list: z.string().max(500) }),
        querystring: z.strictObject({ where: inQuery.where, search: inQuery.search, ...shownInQuery }),
        response: { 200: recordsList },
      },
    },
    async ({ call, params, query }, reply) =>
      sendPage(reply, await recordList(call, params.name, params.key, params.list, query)),
  );

  app.get(
    "/objects/:name/records/:key/files/:files/:file",
    {
      config: { action: "records.see" },
      schema: {
        summary: "One of a record's attached files",
        description:
          "A download, but for pictures and texts that are asked for with `inline`: a text is sent as `text/plain`, and only " +
          "its first 64 KiB. `X-File-Size` says how many bytes the whole has.",
        tags,
        params: ofRecord.extend({
          files: z.string().max(500).describe("Which of the record's files: a name below `files` of the record."),
          file: z.string().max(2000).describe("The file's key; where it has none, its place among them, from 0."),
        }),
        querystring: z.strictObject({
          inline: z
            .enum(["", "true", "false"])
            .optional()
            .describe("To be looked at instead of kept, where it is a picture or a text."),
        }),
        response: { 200: { description: "The file.", content: { "*/*": { schema: z.any() } } } },
      },
    },
    async (request, reply) => {
      const { call, params, query } = request;
      const file = await findRecordFile(call, params.name, params.key, params.files, params.file);
      return sendFile(request, reply, file, { inline: query.inline !== undefined && query.inline !== "false" });
    },
  );
}

function sendPage(reply: FastifyReply, { data, keys, hasMore, next }: RecordsPage): FastifyReply {
  return sendJson(reply, { object: "list", data, keys, hasMore, next });
}
