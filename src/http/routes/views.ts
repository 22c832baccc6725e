// Saved views: what somebody looked at, to come back to.
import * as z from "zod";
import { VIEWS } from "../../control/lists/lists.ts";
import { listViews, removeView, saveView } from "../../control/queries/saved-views.ts";
import { notFound } from "../../service/errors.ts";
import { answer } from "../../service/lists.ts";
import { mustMay, sightOf } from "../../service/org-call.ts";
import type { App } from "../app.ts";
import { pageOf } from "../paging.ts";
import { anyJson, id, inOrg, inOrgWithId, list, listOf, nothing } from "../schemas/common.ts";
import { named } from "../schemas/named.ts";
import { phrase } from "../../lib/sentence.ts";

const tags = ["records"];
const body = z
  .strictObject({
    where: anyJson.optional(),
    search: z.string().max(255).optional(),
    namespace: id.optional(),
    paths: z.array(z.string().max(500)).max(500).optional(),
    order: z.array(z.string().max(500)).max(20).optional(),
  })
  .refine((it) => JSON.stringify(it).length <= 128 * 1024, phrase`is too long to be kept`);
const view = named(
  "View",
  z.object({
    _id: id,
    object: z.literal("view"),
    objects: z.string(),
    name: z.string(),
    view: z.record(z.string(), anyJson),
    created: z.date(),
  }),
);

export function viewRoutes(app: App): void {
  app.get(
    "/views",
    {
      config: { action: "views.use" },
      schema: {
        summary: "One's own saved views of an object type",
        tags,
        params: inOrg,
        querystring: z.strictObject({ ...list, objects: z.string().max(200).describe("The object type's name.") }),
        response: { 200: listOf(view) },
      },
    },
    async ({ call, query: { objects, ...query } }) => {
      const { id: person } = call.access.identity.person;
      mustMay(call, "views.use", { owner: person });
      const found = await answer(call, VIEWS, query, objects, (page) =>
        listViews(call.access.at, person, objects, page),
      );
      return pageOf(found, shown);
    },
  );

  app.put(
    "/views",
    {
      config: { action: "views.use" },
      schema: {
        summary: "Save a view, over one of the same name",
        tags,
        params: inOrg,
        body: z.strictObject({ objects: z.string().max(200), name: z.string().trim().min(1).max(100), view: body }),
        response: { 200: view },
      },
    },
    async ({ call, body: { objects, name, view: its } }) => {
      const { id: person } = call.access.identity.person;
      mustMay(call, "views.use", { owner: person });
      if (!(await sightOf(call)).catalog.objects.has(objects)) throw notFound("object type");
      return shown(await saveView(call.access.at, { person, object: objects, name, body: its }));
    },
  );

  app.delete(
    "/views/:id",
    {
      config: { action: "views.use" },
      schema: { summary: "Delete a saved view", tags, params: inOrgWithId, response: { 204: nothing } },
    },
    async ({ call, params }, reply) => {
      const { id: person } = call.access.identity.person;
      if (!(await removeView(call.access.at, person, params.id))) throw notFound("view");
      return reply.code(204).send(null);
    },
  );
}

function shown(it: Awaited<ReturnType<typeof saveView>>) {
  const { id: _id, object, name, body: its, createdAt } = it;
  return { _id, object: "view" as const, objects: object, name, view: { ...its }, created: createdAt };
}
