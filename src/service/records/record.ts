// One record: all of its fields, the beginning of its lists, and its attached files. Or one of its lists, page by page.
import { openFor, type Page, readPage } from "../../engine/page.ts";
import { inputError } from "../../lib/errors.ts";
import { sentence } from "../../lib/sentence.ts";
import { suggest } from "../../lib/suggest.ts";
import { isOnOffer } from "../../plan/choose.ts";
import { type PagePlan, type PageRequest, planPage } from "../../plan/page.ts";
import type { Value } from "../../query/predicate.ts";
import type { SourceSession } from "../../sources/source.ts";
import { notFound } from "../errors.ts";
import type { OrgCall } from "../org-call.ts";
import { filesAt } from "./files.ts";
import { having, knownKey, keyValues } from "./keys.ts";
import { belonging, filesOf, type Followed, linkingFields, listsOf } from "./links.ts";
import { finishPage, type PageQuery, preparePage, type RecordsFilter, type RecordsPage, type Within } from "./page.ts";
import { referencesOf, referred } from "./references.ts";
import { pageOptions, type RecordsSight, recordsSight } from "./sight.ts";

/** How many items of each list are shown with a record. */
const ITEMS = 20;

/**
 * A record as JSON: `{"key", "record": {…}, "references": {name: {"key", "title"}}, "lists": {name: {"data", "keys", "hasMore", "next"}}, "files": {name: {"data",
 * "hasMore"}}}`. A list's `next` goes on in `recordList`.
 * @throws failure `not-found`, `forbidden`, or of the source; usageError `unknown-object`
 */
export async function findRecord(call: OrgCall, object: string, key: string): Promise<Buffer> {
  const sight = await recordsSight(call, object);
  const lists = listsOf(sight);
  const files = filesOf(sight);
  const names = linkingFields(sight.object, [...lists, ...files]);
  const optional = sight.object.fields.filter(
    (it) => it.optional === true && it.hidden !== true && isOnOffer(sight.access, sight.object, it),
  );
  const references = referencesOf(sight);
  const tell = [...names, ...references.flatMap(({ told }) => told)];
  const plan = recordPlan(sight, key, { include: optional.map(({ name }) => name), tell });
  const session = await openFor([plan], sight.source, call.signal);
  try {
    const { page, told } = await theRecord(plan, sight, session, call.signal);
    const its = (link: Followed): Within | null => belonging(sight.object, link, names, told, key);
    const shown: [string, Buffer][] = [];
    for (const list of lists) {
      shown.push([list.link.name, await firstItems(its(list), { ...sight, object: list.to }, session, call.signal)]);
    }
    const attached: [string, Buffer][] = [];
    const reading = { session, signal: call.signal, answer: { bytes: 0 } };
    for (const link of files) {
      const found = await filesAt(its(link), link, sight, reading);
      attached.push([link.link.name, Buffer.from(JSON.stringify(found))]);
    }
    return Buffer.concat([
      Buffer.from(`{"key":${JSON.stringify(page.keys![0])},"record":`),
      // Without what makes an array of it: `[\n` and `\n]\n`.
      page.data.subarray(2, -3),
      Buffer.from(`,"references":${JSON.stringify(referred(references, told.slice(names.length)))},"lists":`),
      membersOf(shown),
      Buffer.from(`,"files":`),
      membersOf(attached),
      Buffer.from("}"),
    ]);
  } finally {
    await session.close();
  }
}

/**
 * A page of the items of one of a record's lists.
 * @throws as `findRecord`, and usageError naming the place in the query
 */
export async function recordList(
  call: OrgCall,
  object: string,
  key: string,
  list: string,
  query: Omit<RecordsFilter, "namespace"> & PageQuery = {},
): Promise<RecordsPage> {
  const sight = await recordsSight(call, object);
  const lists = listsOf(sight);
  const wanted = lists.find(({ link }) => link.name === list);
  if (wanted === undefined) {
    const names = lists.map(({ link }) => link.name);
    throw inputError(
      "unknown-list",
      "/list",
      sentence`${object} has no list "${list}" that you may see.`,
      suggest(list, names),
    );
  }
  const items = { ...sight, object: wanted.to };
  const names = linkingFields(sight.object, [wanted]);
  const plan = recordPlan(sight, key, { paths: sight.object.key, tell: names });
  // What is wrong with the question is said before anything is read.
  const { plan: streams } = preparePage(items, { ...query, after: undefined });
  const session = await openFor([plan, streams], sight.source, call.signal);
  try {
    const { told } = await theRecord(plan, sight, session, call.signal);
    const within = belonging(sight.object, wanted, names, told, key);
    if (within === null) return { data: Buffer.from("[]\n"), keys: [], hasMore: false, next: null };
    return await itemsPage(query, within, items, session, call.signal);
  } finally {
    await session.close();
  }
}

/** @throws failure `not-found` where no record can have the key */
export function recordPlan(
  { object, catalog, access, locale }: RecordsSight,
  key: string,
  wanted: {
    readonly paths?: readonly string[];
    readonly include?: readonly string[];
    readonly tell: NonNullable<PageRequest["tell"]>;
  },
): PagePlan {
  const fields = knownKey(object, access);
  const values = fields === null ? null : keyValues(fields, key);
  if (fields === null || values === null) throw notFound("record");
  return planPage({ ...wanted, where: having(fields, values), limit: 1 }, object, catalog, access, locale);
}

/** @throws failure `not-found`: whether there is none or the caller may not see it makes no difference, here or there */
export async function theRecord(
  plan: PagePlan,
  sight: RecordsSight,
  session: SourceSession,
  signal: AbortSignal,
): Promise<{ readonly page: Page; readonly told: readonly (Value | null)[] }> {
  const page = await readPage(plan, 1, session, pageOptions(sight, [plan], signal));
  if (page.last === null) throw notFound("record");
  return { page, told: page.told[0] ?? [] };
}

async function itemsPage(
  query: RecordsFilter & PageQuery,
  within: Within,
  items: RecordsSight,
  session: SourceSession,
  signal: AbortSignal,
): Promise<RecordsPage> {
  const prepared = preparePage(items, query, within);
  const page = await readPage(prepared.plan, prepared.limit, session, pageOptions(items, [prepared.plan], signal));
  return finishPage(page, prepared);
}

async function firstItems(
  within: Within | null,
  items: RecordsSight,
  session: SourceSession,
  signal: AbortSignal,
): Promise<Buffer> {
  if (within === null) return Buffer.from(`{"data":[],"keys":[],"hasMore":false,"next":null}`);
  const { data, keys, hasMore, next } = await itemsPage({ limit: ITEMS }, within, items, session, signal);
  const rest = Buffer.from(`,"keys":${JSON.stringify(keys)},"hasMore":${hasMore},"next":${JSON.stringify(next)}}`);
  return Buffer.concat([Buffer.from(`{"data":`), data, rest]);
}

function membersOf(members: readonly (readonly [string, Buffer])[]): Buffer {
  const parts = members.flatMap(([name, value], n) => [
    Buffer.from(`${n > 0 ? "," : ""}${JSON.stringify(name)}:`),
    value,
  ]);
  return Buffer.concat([Buffer.from("{"), ...parts, Buffer.from("}")]);
}
