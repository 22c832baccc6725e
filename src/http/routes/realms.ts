// What can be exported by dates.
import * as z from "zod";
import { listRealms } from "../../service/objects.ts";
import type { App } from "../app.ts";
import { pageOf } from "../paging.ts";
import { inOrg, list, listOf } from "../schemas/common.ts";
import { objectWithFields } from "../schemas/objects.ts";

export function realmRoutes(app: App): void {
  app.get(
    "/realms",
    {
      config: { action: "objects.see" },
      schema: {
        summary: "The object types that exports are asked for by dates, with their fields as the caller may have them",
        description: "`range` names the field that the dates are about, and the longest range (an ISO 8601 duration).",
        tags: ["records"],
        params: inOrg,
        querystring: z.strictObject(list),
        response: { 200: listOf(objectWithFields) },
      },
    },
    async ({ call, query }) => pageOf(await listRealms(call, query), (it) => it as never),
  );
}
