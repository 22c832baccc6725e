// Batches: lists of records, frozen.
import * as z from "zod";
import { createBatch } from "../../service/batches/create.ts";
import type { BatchFacts } from "../../service/batches/facts.ts";
import { deleteBatch, findBatch, listBatches } from "../../service/batches/find.ts";
import { batchRecords, checkBatch } from "../../service/batches/records.ts";
import type { App } from "../app.ts";
import { pageOf } from "../paging.ts";
import { sendJson } from "../raw-json.ts";
import { anyJson, id, inOrg, inOrgWithId, list, listOf, nothing, page, pathList } from "../schemas/common.ts";
import { named } from "../schemas/named.ts";

const tags = ["batches"];
/** Bytes: a list of half a million keys or so; more than that come by a filter. */
const BODY_LIMIT = 32 * 1024 * 1024;

const batch = named(
  "Batch",
  z.object({
    _id: id,
    object: z.literal("batch"),
    name: z.string(),
    objects: z.string().describe("The object type of its records."),
    namespace: id.nullable(),
    owner: z.object({ id, name: z.string().optional() }).nullable(),
    keyColumns: z.array(z.string()),
    count: z.number().int(),
    source: z.record(z.string(), anyJson).describe("What it was made from: a filter, or a list of keys."),
    created: z.string(),
  }),
);
const vanished = z
  .object({ count: z.number().int(), keys: z.array(z.string()) })
  .describe("Records that were there when the batch was made, and are not there for the caller any more.");

export function batchRoutes(app: App): void {
  app.post(
    "/batches",
    {
      config: { action: "batches.create" },
      bodyLimit: BODY_LIMIT,
      schema: {
        summary: "Freeze records as a batch",
        description:
          "Of a filter (`{}` for everything that the caller may see) or of a list of keys, up to 5 million. A key of several " +
          "fields is the JSON text of an array. Unless `missing` is `leave-out`, a key that is not found refuses the whole.",
        tags,
        params: inOrg,
        body: z.strictObject({
          object: z.string().max(500).describe("The object type."),
          name: z.string().max(200),
          namespace: id.nullable().optional(),
          where: anyJson.optional(),
          search: z.string().max(255).optional(),
          keys: z.array(z.union([z.string(), z.number().transform(String)])).optional(),
          missing: z.enum(["refuse", "leave-out"]).optional(),
        }),
        response: {
          201: batch.extend({
            notFound: z.object({ count: z.number().int(), keys: z.array(z.string()).describe("The first thousand.") }),
          }),
        },
      },
    },
    async ({ call, body, params: { org } }, reply) => {
      const { batch: made, notFound: keys, notFoundCount: count } = await createBatch(call, body);
      void reply.code(201).header("location", `/${org}/v2/batches/${made.id}`);
      return reply.send({ ...shown(made), notFound: { count, keys: [...keys] } });
    },
  );

  app.get(
    "/batches",
    {
      config: { action: "batches.see" },
      schema: {
        summary: "One's own batches; all for administrators; the newest first",
        tags,
        params: inOrg,
        querystring: z.strictObject({
          ...list,
          objects: z.string().max(500).optional().describe("Of one object type."),
          namespace: id.optional().describe("Of one namespace and those below it."),
        }),
        response: { 200: listOf(batch) },
      },
    },
    async ({ call, query: { objects: object, ...its } }) => pageOf(await listBatches(call, { ...its, object }), shown),
  );

  app.get(
    "/batches/:id",
    {
      config: { action: "batches.see" },
      schema: { summary: "A batch", tags, params: inOrgWithId, response: { 200: batch } },
    },
    async ({ call, params }) => shown(await findBatch(call, params.id)),
  );

  app.delete(
    "/batches/:id",
    {
      config: { action: "batches.delete" },
      schema: { summary: "Delete a batch", tags, params: inOrgWithId, response: { 204: nothing } },
    },
    async ({ call, params }, reply) => {
      await deleteBatch(call, params.id);
      return reply.code(204).send(null);
    },
  );

  app.get(
    "/batches/:id/records",
    {
      config: { action: "batches.see" },
      schema: {
        summary: "The records of a batch as they are now, in its order, and those that have vanished",
        tags,
        params: inOrgWithId,
        querystring: z.strictObject({
          ...page,
          after: z.coerce.number().int().min(0).max(5_000_000).default(0).describe("`next` of the page before."),
          paths: pathList.optional(),
          include: pathList.optional(),
          expand: pathList.optional(),
        }),
        response: {
          200: listOf(anyJson).extend({
            keys: z.array(z.string()).nullable().describe("The key of each record; null where they may not be read."),
            vanished,
          }),
        },
      },
    },
    async ({ call, params, query: { after: from, ...its } }, reply) => {
      const { records, keys, vanished: gone, next } = await batchRecords(call, params.id, { ...its, from });
      const facts = { hasMore: next !== null, next: next === null ? null : String(next), vanished: gone };
      return sendJson(reply, { object: "list", data: Buffer.from(`[${records.join(",")}]`), keys, ...facts });
    },
  );

  app.get(
    "/batches/:id/check",
    {
      config: { action: "batches.see" },
      schema: {
        summary: "Look for every record of a batch",
        tags,
        params: inOrgWithId,
        response: { 200: z.object({ count: z.number().int(), vanished }) },
      },
    },
    async ({ call, params }) => {
      const { count, vanished: gone } = await checkBatch(call, params.id);
      return { count, vanished: { ...gone, keys: [...gone.keys] } };
    },
  );
}

function shown({ id: _id, ...facts }: BatchFacts) {
  return { _id, ...facts, keyColumns: [...facts.keyColumns], source: { ...facts.source } };
}
