// Which records an export is of besides its filter: of a batch, a list of keys, a search, or what hangs on one record.
import type { Catalog, ObjectType } from "../../catalog/types.ts";
import { batchChunks, type OwnedBatch } from "../../control/queries/batches.ts";
import { inputError } from "../../lib/errors.ts";
import { sentence } from "../../lib/sentence.ts";
import { suggest } from "../../lib/suggest.ts";
import type { OpenOrg } from "../../orgs/open-org.ts";
import { keyFields, isKnownKey, recordsAmong } from "../../plan/keys.ts";
import { both, sourceOf } from "../../plan/selection.ts";
import type { Predicate } from "../../query/predicate.ts";
import { isStorableText } from "../../query/values.ts";
import { type NotFound, lookUpKeys } from "../batches/given-keys.ts";
import { keysThere, statementsOf } from "../batches/lookup.ts";
import type { OrgCall } from "../org-call.ts";
import { listsOf } from "../records/links.ts";
import { searchOf } from "../records/search.ts";
import type { ExportBody } from "./body.ts";
import type { Rights } from "./rights.ts";

/** Records of an object type, and the catalog in which the condition is meant. */
export interface Among {
  readonly object: ObjectType;
  readonly catalog: Catalog;
  /** Null for all. */
  readonly where: Predicate | null;
}

/** @throws inputError `key-not-readable`, `no-key` */
export function checkKeys(object: ObjectType, { access }: Pick<Rights, "access">): void {
  if (keyFields(object).length === 0) {
    const detail = sentence`The records of "${object.name}" have no key to be named by.`;
    throw inputError("no-key", "/keys", detail, sentence`Use a filter.`);
  }
  if (isKnownKey(object, access)) return;
  throw inputError(
    "key-not-readable",
    "/keys",
    sentence`The keys of these records are not shown to you.`,
    sentence`Use a filter.`,
  );
}

/** Those of some keys that are not there for whoever exports. @throws failure of the source */
export async function missingKeys(
  keys: readonly string[],
  object: ObjectType,
  catalog: Catalog,
  { access, also }: Rights,
  org: OpenOrg,
  signal: AbortSignal,
): Promise<NotFound> {
  const session = await org.sourceNamed(sourceOf(object)).open(1, signal);
  try {
    const { notFound } = await lookUpKeys(keys, session, object, { catalog, access, also }, () => {});
    return notFound;
  } finally {
    await session.close();
  }
}

/** The records of a batch in parts that each fit into a statement; all at once, which is null, without one. */
export async function* partsOf(
  { access: { at } }: OrgCall,
  batch: OwnedBatch | null,
  object: ObjectType,
): AsyncGenerator<Predicate | null> {
  if (batch === null) {
    yield null;
    return;
  }
  for await (const chunk of batchChunks(at, batch.id)) {
    for (const keys of statementsOf(chunk)) yield recordsAmong(object, keys);
  }
}

/** What is exported of an object type besides the filter. @throws inputError `search-not-suited` */
export function searched({ search }: ExportBody, object: ObjectType, { access, also }: Rights): Predicate | null {
  return both(also, searchOf(search, object, access));
}

/** The way back from the items of a list to their record, which nobody can name. */
const BACK = "\0record";

/**
 * The items of one record's list (`<key>/<list>`).
 * @throws inputError `prefix-not-suited`, `keys-not-found` at `/prefix`
 */
export async function itemsOf(
  prefix: string,
  object: ObjectType,
  catalog: Catalog,
  rights: Rights,
  org: OpenOrg,
  signal: AbortSignal,
): Promise<Among> {
  const slash = prefix.lastIndexOf("/");
  const [key, name] = [prefix.slice(0, slash), prefix.slice(slash + 1)];
  if (slash < 1 || name === "" || !isStorableText(prefix)) {
    const hint = sentence`Write <key>/<list>, as 42/measures.`;
    throw inputError("prefix-not-suited", "/prefix", sentence`The prefix is no key of a record and list of it.`, hint);
  }
  const { access, also } = rights;
  checkKeys(object, rights);
  const lists = listsOf({ object, catalog, access });
  const found = lists.find(({ link }) => link.name === name);
  if (found === undefined) {
    const names = lists.map(({ link }) => link.name);
    throw inputError("unknown-list", "/prefix", sentence`${object.name} has no list "${name}".`, suggest(name, names));
  }
  const session = await org.sourceNamed(sourceOf(object)).open(1, signal);
  try {
    const there = await keysThere(session, object, [key], { catalog, access, also });
    if (!there.includes(key)) {
      throw inputError("keys-not-found", "/prefix", sentence`The record was not found, or you may not see it.`);
    }
  } finally {
    await session.close();
  }
  const { link, to } = found;
  const by = link.by.map(({ from, to: its }) => ({ from: its, to: from }));
  const back = { name: BACK, object: object.name, by, enforced: false };
  // Documents inside of records are an object type like others here.
  const items: ObjectType = { ...to, kind: to.kind === "elements" ? "query" : to.kind, lists: [...to.lists, back] };
  const its: Predicate = {
    op: "some",
    list: { through: [], list: BACK },
    where: both(recordsAmong(object, [key]), also)!,
  };
  return {
    object: items,
    catalog: { ...catalog, objects: new Map([...catalog.objects, [items.name, items]]) },
    where: its,
  };
}
