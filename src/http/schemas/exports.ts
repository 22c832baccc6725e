// Exports as the API describes them (CONTRACT section 7).
import * as z from "zod";
import { anyJson, id } from "./common.ts";
import { named } from "./named.ts";
import { words } from "./words.ts";

export const exportState = z.enum(["pending", "running", "ready", "error", "cancelled", "expired"]);
const time = z.string().nullable();

const fault = z.object({
  code: z.string(),
  detail: z.string(),
  hint: z.string().optional(),
  words: words.optional(),
  places: z.array(z.object({ pointer: z.string(), detail: z.string(), words: words.optional() })).optional(),
});

export const exportResource = named(
  "Export",
  z.object({
    _id: id,
    object: z.literal("export"),
    label: z.string().nullable(),
    description: z.string().nullable(),
    kind: z.enum(["table", "files", "records", "analysis", "template", "realm", "aggregate"]),
    state: exportState,
    position: z.number().int().nullable().describe("Its place in the queue, from 1, within the first thousand."),
    objects: z.string().nullable().describe("The object type; null where only the template knows."),
    batch: id.nullable(),
    template: id.nullable(),
    namespace: id.nullable(),
    range: z
      .object({ from: z.string(), to: z.string() })
      .nullable()
      .describe("The days that a realm's export is about, both included."),
    format: z.string().describe("A MIME type."),
    owner: z.object({ id, name: z.string().optional() }).nullable(),
    principal: id.nullable().describe("Whose rights it has, where they are not the owner's."),
    purpose: z.string().nullable(),
    approval: z
      .object({
        reason: z.string(),
        state: z.enum(["wanted", "given", "refused"]),
        person: id.nullable(),
        at: time,
        note: z.string().nullable(),
      })
      .nullable()
      .describe("A second person's word, where the organisation asks for one."),
    notify: z.boolean(),
    language: z.string(),
    timeZone: z.string(),
    progress: z.object({
      rows: z.number().int(),
      totalRows: z.number().int().nullable().describe("About how many there will be, where that is known."),
      bytes: z.number().int(),
      files: z.number().int(),
      rowsPerSecond: z.number().int().nullable(),
      secondsLeft: z.number().int().nullable(),
    }),
    created: z.string(),
    startsAt: time.describe("When its window opens; null where it waits for none."),
    dueAt: time.describe("By when it is promised to be done."),
    started: time,
    ended: time,
    expiresAt: time,
    snapshotAt: time.describe("When the source was read: all of it is as it was at that moment."),
    attempt: z.number().int(),
    dataFile: z
      .object({ url: z.string(), filename: z.string(), mime: z.string(), size: z.number().int(), sha256: z.string() })
      .nullable(),
    fault: fault.nullable(),
    problems: z.number().int().describe("Values, files and records that are not as they should be, or are not there."),
    resubmitOf: id.nullable(),
  }),
);

export const exportDetails = exportResource.extend({
  request: z.record(z.string(), anyJson).describe("What was asked for."),
  revisions: z.array(z.object({ id, revision: z.number().int() })).describe("Of the templates that it is made by."),
  result: z.record(z.string(), anyJson).nullable().describe("Its tables with their rows, and its problems."),
  script: z.record(z.string(), anyJson).nullable().describe("What its afterScript did."),
  timeline: z.array(
    z.object({
      _id: id,
      at: z.string(),
      event: z.string(),
      person: id.nullable(),
      details: z.record(z.string(), anyJson),
    }),
  ),
  sharedWith: z.array(z.object({ person: id, name: z.string(), email: z.string() })),
  people: z.array(z.object({ id, name: z.string() })).describe("The names of all whose ids are in it."),
});

const count = z.number().int().nullable();

export const exportEstimate = named(
  "ExportEstimate",
  z.object({
    rows: z.object({
      count: count.describe("Null where nobody knows without counting for longer."),
      exact: z.boolean(),
    }),
    files: z.object({ count, bytes: count }).nullable().describe("Attached files; null where none are asked for."),
    bytes: count.describe("About how large the data will be, without attached files."),
    approval: z.enum(["objects", "rows"]).nullable().describe("Why a second person will be asked."),
    quotaLeft: count.describe("Bytes that are left of the organisation's quota; null without one."),
    preview: z
      .object({
        columns: z.array(z.object({ name: z.string(), label: z.string().nullable(), type: z.string() })),
        rows: z.array(z.array(anyJson)),
      })
      .nullable()
      .describe("The first rows; null for records as folders and files, and for very large batches."),
  }),
);

const paths = z.array(z.string().max(1000)).max(5000);
const text = (most: number) => z.string().max(most);

/** What is asked for. Lengths and places of what is inside are checked with the rest, so that errors say where. */
export const exportBody = z.strictObject({
  label: text(1000).optional().describe("At most 100 characters."),
  description: text(10_000).optional(),
  objects: text(500).optional().describe("The object type."),
  batch: id.optional(),
  realm: text(500).optional().describe("An object type that is requested by date range, with from and to."),
  namespace: id.optional(),
  search: text(255).optional(),
  keys: z
    .array(z.union([z.string().max(10_000), z.number().transform(String)]))
    .optional()
    .describe("Keys of records, each of which must be there."),
  format: text(200).optional().describe("A format's name, or its MIME type."),
  options: z
    .record(z.string(), z.union([z.string(), z.boolean(), z.number()]))
    .optional()
    .describe("Options of the format (CONTRACT section 4)."),
  paths: paths.optional(),
  include: paths.optional(),
  expand: paths.optional(),
  where: anyJson.optional(),
  order: paths.optional(),
  limit: z.number().int().optional(),
  aggregate: anyJson.optional(),
  datasetTemplate: id.optional(),
  exportTemplate: id.optional(),
  container: z.enum(["none", "gzip", "zstd", "zip"]).optional(),
  layout: z.enum(["tables", "folders", "files"]).optional(),
  bag: z.boolean().optional(),
  exportFiles: z.boolean().optional(),
  zipFiles: z.boolean().optional(),
  fileFormats: z.array(text(100)).max(100).optional(),
  fileWhere: anyJson.optional(),
  nameTemplate: text(2000).optional(),
  from: text(100).optional(),
  to: text(100).optional(),
  principal: text(320).optional().describe("Whose rights it has: an id or a mail address. For administrators."),
  prefix: text(10_000).optional().describe("`<key>/<list>`: the items of one record's list."),
  timeZone: text(100).optional(),
  language: text(35).optional(),
  recipient: text(200).optional().describe("`age1…`: who alone can open the archive."),
  notify: z.boolean().optional(),
  purpose: text(10_000).optional(),
  join: z.boolean().optional().describe("Whether it may join one that asks for the same; true unless it is said."),
  afterScript: text(200_000).optional().describe("JavaScript that runs afterwards. For administrators."),
});
