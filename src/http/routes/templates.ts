// Templates: what exports hold, decided once. Bodies are template files (CONTRACT section 4a), so that places in errors are places in them.
import * as z from "zod";
import { duplicateTemplate } from "../../service/templates/duplicate.ts";
import { exportTemplate } from "../../service/templates/export-file.ts";
import { findTemplate, listTemplates, revisionsOf } from "../../service/templates/find.ts";
import { importTemplates } from "../../service/templates/import.ts";
import { previewTemplate } from "../../service/templates/preview.ts";
import { problemsOf } from "../../service/templates/review.ts";
import { createTemplate, replaceTemplate } from "../../service/templates/save.ts";
import { deleteTemplate, sharesOf, shareTemplate } from "../../service/templates/share.ts";
import type { StoredTemplate } from "../../service/templates/stored.ts";
import { notFound } from "../../service/errors.ts";
import type { OrgCall } from "../../service/org-call.ts";
import type { App } from "../app.ts";
import { contentDisposition } from "../content-disposition.ts";
import { pageOf, wholeList } from "../paging.ts";
import { anyJson, id, inOrg, inOrgWithId, jsonText, list, listOf, nothing } from "../schemas/common.ts";
import { named } from "../schemas/named.ts";
import { words } from "../schemas/words.ts";

const tags = ["templates"];
/** Bytes: thousands of columns. */
const BODY_LIMIT = 4 * 1024 * 1024;
const revision = z.coerce
  .number()
  .int()
  .min(1)
  .max(2 ** 31 - 1);

const facts = {
  _id: id,
  object: z.enum(["dataset-template", "export-template"]),
  name: z.string(),
  namespace: id.nullable().describe("Null for its maker alone."),
  person: id.nullable(),
  revision: z.number().int(),
  created: z.date(),
  updated: z.date(),
  mayChange: z.boolean().describe("Whether the caller may change it."),
};
const listed = named(
  "ListedTemplate",
  z.object({
    ...facts,
    description: z.string().nullable(),
    objects: z.string().nullable().describe("The object type of a dataset template."),
    format: z.string().nullable(),
  }),
);
const whole = named("Template", z.object({ ...facts, template: z.record(z.string(), anyJson) }));
const mistake = z.object({
  pointer: z.string(),
  code: z.string(),
  detail: z.string(),
  hint: z.string().optional(),
  words: words.nullable(),
});
const note = z.object({
  pointer: z.string(),
  note: z.string(),
  table: z.string(),
  column: z.string(),
  before: z.string().optional(),
});
const findings = { problems: z.array(mistake), notes: z.array(note) };
const preview = named(
  "TemplatePreview",
  z.object({
    ...findings,
    fileName: z.string(),
    datasets: z.array(
      z.object({
        name: z.string(),
        pointer: z.string(),
        fileNames: z.array(z.string()),
        tables: z.array(
          z.object({
            name: z.string(),
            columns: z.array(
              z.object({
                name: z.string(),
                label: z.string().optional(),
                type: z.string(),
                pointer: z.string().optional(),
                problem: mistake.optional(),
                note: note.optional(),
              }),
            ),
            rows: z.array(z.array(anyJson)),
          }),
        ),
        text: z.object({ content: z.string(), complete: z.boolean() }).nullable(),
      }),
    ),
  }),
);
const body = z.record(z.string(), z.unknown()).describe("A template file.");
const previewed = {
  limit: z.coerce.number().int().min(1).max(50).default(10).describe("How many records of each dataset."),
  where: jsonText.optional(),
  objects: z.string().max(500).optional().describe("Which object type `where` is about."),
};

export function templateRoutes(app: App): void {
  kindRoutes(app, "dataset-template", "/dataset-templates", "dataset templates");
  kindRoutes(app, "export-template", "/export-templates", "export templates");
}

function kindRoutes(app: App, kind: StoredTemplate["kind"], path: string, plural: string): void {
  const one = plural.slice(0, -1);
  const aOne = kind === "export-template" ? `an ${one}` : `a ${one}`;
  const ofKind = async (call: OrgCall, its: string, was?: number): ReturnType<typeof findTemplate> => {
    const found = await findTemplate(call, its, was);
    if (found.kind !== kind) throw notFound("template");
    return found;
  };

  app.get(
    path,
    {
      config: { action: "templates.see" },
      schema: {
        summary: `The ${plural} that the caller may use, the newest first`,
        tags,
        params: inOrg,
        querystring: z.strictObject({
          ...list,
          objects: z.string().max(500).optional().describe("About this object type."),
          namespace: id.optional(),
          search: z.string().max(255).optional().describe("In name or description."),
        }),
        response: { 200: listOf(listed) },
      },
    },
    async ({ call, query: { objects: object, ...its } }) => {
      const found = await listTemplates(call, { ...its, kind, object });
      return pageOf(found, (it) => {
        return { ...shown(it), description: it.description, objects: it.object, format: it.format };
      });
    },
  );

  app.post(
    path,
    {
      config: { action: "templates.create" },
      bodyLimit: BODY_LIMIT,
      schema: {
        summary: `Create ${aOne}`,
        tags,
        params: inOrg,
        querystring: z.strictObject({
          namespace: id.optional().describe("Where it is to be; absent for oneself alone."),
        }),
        body,
        response: { 201: whole },
      },
    },
    async ({ call, query: { namespace = null }, body: template, params: { org } }, reply) => {
      const made = await createTemplate(call, { kind, namespace, body: template });
      void reply.code(201).header("location", `/${org}/v2${path}/${made.id}`);
      return reply.send({ ...shown(made), template: { ...made.body } });
    },
  );

  app.post(
    `${path}/preview`,
    {
      config: { action: "templates.see" },
      bodyLimit: BODY_LIMIT,
      schema: {
        summary: `What ${aOne} that is being made gives, and what is wrong with it`,
        tags,
        params: inOrg,
        querystring: z.strictObject(previewed),
        body,
        response: { 200: preview },
      },
    },
    async ({ call, query: { objects: object, ...its }, body: template }) =>
      shownPreview(await previewTemplate(call, { body: template }, { ...its, object })),
  );

  app.post(
    `${path}/check`,
    {
      config: { action: "templates.see" },
      bodyLimit: BODY_LIMIT,
      schema: {
        summary: `Everything that is wrong with ${aOne}`,
        tags,
        params: inOrg,
        body,
        response: { 200: z.object(findings) },
      },
    },
    async ({ call, body: template }) => {
      const { problems, notes } = await problemsOf(call, template);
      return { problems: [...problems], notes: [...notes] };
    },
  );

  app.post(
    `${path}/import`,
    {
      config: { action: "templates.create" },
      bodyLimit: BODY_LIMIT,
      schema: {
        summary: "Import template files of another installation, each with an answer of its own",
        tags,
        params: inOrg,
        querystring: z.strictObject({
          namespace: id.optional(),
          onCollision: z
            .enum(["refuse", "rename", "replace"])
            .default("refuse")
            .describe("What becomes of a template whose name is taken."),
        }),
        body: z.strictObject({
          files: z
            .array(z.strictObject({ name: z.string().max(255), content: z.unknown() }))
            .min(1)
            .max(100),
        }),
        response: {
          200: listOf(
            z.object({
              file: z.string(),
              outcome: z.enum(["created", "renamed", "replaced", "refused"]),
              was: z.string().optional().describe("The name that was taken."),
              template: z.object(facts).optional(),
              problems: z.array(mistake).optional(),
            }),
          ),
        },
      },
    },
    async ({ call, query: { namespace = null, onCollision }, body: { files } }) => {
      const answers = await importTemplates(call, files, { namespace, onCollision });
      return wholeList(
        answers.map((answer) =>
          answer.outcome === "refused"
            ? { ...answer, problems: [...answer.problems] }
            : { ...answer, template: shown(answer.template) },
        ),
      );
    },
  );

  app.get(
    `${path}/:id`,
    {
      config: { action: "templates.see" },
      schema: {
        summary: `${aOne.replace(/^a/, "A")}, or a former revision of it`,
        tags,
        params: inOrgWithId,
        querystring: z.strictObject({ revision: revision.optional() }),
        response: { 200: whole },
      },
    },
    async ({ call, params, query }) => {
      const found = await ofKind(call, params.id, query.revision);
      return { ...shown(found), template: { ...found.body } };
    },
  );

  app.put(
    `${path}/:id`,
    {
      config: { action: "templates.change" },
      bodyLimit: BODY_LIMIT,
      schema: {
        summary: `Change ${aOne}: the former revision stays`,
        tags,
        params: inOrgWithId,
        querystring: z.strictObject({ revision: revision.describe("The one that the change was made from.") }),
        body,
        response: { 200: whole },
      },
    },
    async ({ call, params, query, body: template }) => {
      await ofKind(call, params.id);
      const made = await replaceTemplate(call, params.id, { body: template, revision: query.revision });
      return { ...shown(made), template: { ...made.body } };
    },
  );

  app.delete(
    `${path}/:id`,
    {
      config: { action: "templates.change" },
      schema: { summary: `Delete ${aOne}`, tags, params: inOrgWithId, response: { 204: nothing } },
    },
    async ({ call, params }, reply) => {
      await ofKind(call, params.id);
      await deleteTemplate(call, params.id);
      return reply.code(204).send(null);
    },
  );

  app.get(
    `${path}/:id/versions`,
    {
      config: { action: "templates.see" },
      schema: {
        summary: `The revisions of ${aOne}, the newest first`,
        tags,
        params: inOrgWithId,
        querystring: z.strictObject(list),
        response: {
          200: listOf(
            z.object({
              revision: z.number().int(),
              person: id.nullable(),
              name: z.string().nullable().describe("Whoever made it."),
              created: z.date(),
            }),
          ),
        },
      },
    },
    async ({ call, params, query }) => {
      await ofKind(call, params.id);
      const found = await revisionsOf(call, params.id, query);
      return pageOf(found, ({ createdAt: created, ...its }) => ({ ...its, created }));
    },
  );

  app.post(
    `${path}/:id/duplicate`,
    {
      config: { action: "templates.create" },
      schema: {
        summary: `Make a copy of ${aOne}`,
        tags,
        params: inOrgWithId,
        body: z
          .strictObject({ name: z.string().max(200).optional(), namespace: id.nullable().optional() })
          .nullable()
          .default(null),
        response: { 201: whole },
      },
    },
    async ({ call, params, body: wanted }, reply) => {
      await ofKind(call, params.id);
      const made = await duplicateTemplate(call, params.id, wanted ?? {});
      void reply.code(201).header("location", `/${params.org}/v2${path}/${made.id}`);
      return reply.send({ ...shown(made), template: { ...made.body } });
    },
  );

  app.get(
    `${path}/:id/export`,
    {
      config: { action: "templates.see" },
      schema: {
        summary: `${aOne.replace(/^a/, "A")} as a file, for other installations and for waybill export --template`,
        tags,
        params: inOrgWithId,
        querystring: z.strictObject({ revision: revision.optional() }),
        response: { 200: body },
      },
    },
    async ({ call, params, query }, reply) => {
      await ofKind(call, params.id);
      const { fileName, text } = await exportTemplate(call, params.id, query.revision);
      void reply.header("content-disposition", contentDisposition(fileName)).type("application/json; charset=utf-8");
      return reply.serializer((it: unknown) => it as string).send(text as never);
    },
  );

  app.post(
    `${path}/:id/preview`,
    {
      config: { action: "templates.see" },
      schema: {
        summary: `What ${aOne} gives, on real records`,
        tags,
        params: inOrgWithId,
        querystring: z.strictObject({ ...previewed, revision: revision.optional() }),
        response: { 200: preview },
      },
    },
    async ({ call, params, query: { objects: object, revision: was, ...its } }) => {
      await ofKind(call, params.id);
      return shownPreview(await previewTemplate(call, { id: params.id, revision: was }, { ...its, object }));
    },
  );

  app.get(
    `${path}/:id/shares`,
    {
      config: { action: "templates.see" },
      schema: {
        summary: `The namespaces that ${aOne} is shared with`,
        tags,
        params: inOrgWithId,
        querystring: z.strictObject(list),
        response: { 200: listOf(z.object({ namespace: id })) },
      },
    },
    async ({ call, params, query }) => {
      await ofKind(call, params.id);
      return pageOf(await sharesOf(call, params.id, query), (it) => it);
    },
  );

  for (const method of ["PUT", "DELETE"] as const) {
    app.route({
      method,
      url: `${path}/:id/shares/:namespace`,
      config: { action: "templates.share" },
      schema: {
        summary: `${method === "PUT" ? "Share" : "No longer share"} ${aOne} with a namespace`,
        tags,
        params: inOrgWithId.extend({ namespace: id }),
        response: { 204: nothing },
      },
      async handler({ call, params }, reply) {
        await ofKind(call, params.id);
        await shareTemplate(call, params.id, params.namespace, method === "PUT");
        return reply.code(204).send(null);
      },
    });
  }
}

function shown(it: StoredTemplate) {
  const { id: _id, kind: object, name, namespace, person, revision: its, createdAt, updatedAt, mayChange } = it;
  return { _id, object, name, namespace, person, revision: its, created: createdAt, updated: updatedAt, mayChange };
}

function shownPreview(it: Awaited<ReturnType<typeof previewTemplate>>): z.output<typeof preview> {
  return it as unknown as z.output<typeof preview>;
}
