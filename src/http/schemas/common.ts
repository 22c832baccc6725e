// Parts that many schemas have.
import * as z from "zod";
import { phrase } from "../../lib/sentence.ts";
import { splitPathList } from "../../query/path-list.ts";

/** The id of what Waybill keeps: a UUID. */
export const id = z.uuid().describe("An id.");

/** Parameters of pages, besides their own. */
export const page = {
  limit: z.coerce.number().int().min(1).max(500).default(50).describe("How many at most."),
  after: z.string().max(10_000).optional().describe("`next` of the page before."),
};

/** A page of a list. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    object: z.literal("list"),
    data: z.array(item),
    hasMore: z.boolean(),
    next: z.string().nullable().describe("What to send as `after` for the next page."),
  });
}

/** The params of a route below an org. */
export const inOrg = z.object({ org: z.string().describe("The organisation's code.") });
export const inOrgWithId = inOrg.extend({ id });

export const role = z.enum(["guest", "analyst", "maintainer", "owner"]);

/** An answer without content. */
export const nothing = z.null().describe("Done; there is nothing to say.");

/** JSON of any form. */
export const anyJson = z.unknown().describe("JSON.");

/** Paths as a list with commas; a name that has a comma stands in quotes, as in CSV. */
export const pathList = z
  .string()
  .max(20_000)
  .transform((text, context) => {
    try {
      return splitPathList(text);
    } catch (error) {
      context.addIssue({ code: "custom", message: (error as Error).message.replace(/\.$/, "") });
      return z.NEVER;
    }
  })
  .describe("Paths, with commas between them: `id,project.name`.");

/** JSON as a parameter of the query. */
export const jsonText = z
  .string()
  .max(70_000)
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: "custom", message: phrase`This is no valid JSON` });
      return z.NEVER;
    }
  })
  .describe('A condition as JSON: `{"type":"soil"}`.');

/** Parameters of lists, besides their own. What a list can be asked for by are the fields of its items. */
export const list = {
  ...page,
  where: jsonText
    .optional()
    .describe('A condition on fields of the items, as JSON: `{"name":{"$contains":"soil"}}` (docs/query-language.md).'),
  sort: pathList.optional().describe("Fields of the items, descending with a minus in front: `-created,name`."),
};
