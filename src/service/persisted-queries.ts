// Persisted queries: GraphQL documents that an administrator has registered, by the SHA-256 of their text. A token with the
// scope `query` runs these and nothing else.
import { createHash } from "node:crypto";
import { atOnce } from "../control/in-org.ts";
import { PERSISTED_QUERIES } from "../control/lists/lists.ts";
import * as queries from "../control/queries/persisted-queries.ts";
import { failure, inputError } from "../lib/errors.ts";
import { sentence } from "../lib/sentence.ts";
import { isStorableText } from "../query/values.ts";
import { notFound } from "./errors.ts";
import { answer, type ListAnswer, type ListQuery } from "./lists.ts";
import { audit, mustMay, type OrgCall } from "./org-call.ts";

/** That one was run is remembered to the minute, in milliseconds: not every call writes. */
const REMEMBERED = 60_000;

export interface QueryFacts {
  /** 64 hexadecimal digits. */
  readonly id: string;
  readonly name: string;
  /** Who registered it; without a name when they are gone. */
  readonly owner: { readonly id: string; readonly name?: string } | null;
  /** ISO 8601, UTC. */
  readonly created: string;
  readonly lastUsed: string | null;
}

/** By name. @throws failure `forbidden`; usageError with places */
export async function listPersistedQueries(call: OrgCall, query: ListQuery = {}): Promise<ListAnswer<QueryFacts>> {
  mustMay(call, "queries.manage");
  const { data, next } = await answer(call, PERSISTED_QUERIES, query, null, (page) =>
    queries.listPersistedQueries(call.access.at, page),
  );
  return { data: data.map(factsOf), next };
}

/** @throws failure `forbidden`, `not-found` */
export async function findPersistedQuery(
  call: OrgCall,
  id: string,
): Promise<QueryFacts & { readonly document: string }> {
  mustMay(call, "queries.manage");
  const found = await queries.findPersistedQuery(call.access.at, id);
  if (found === undefined) throw notFound("persisted query");
  return { ...factsOf(found), document: found.document };
}

/**
 * Registers a document, or gives one that is registered another name.
 * @param check refuses what cannot be run
 * @returns with `isNew` where it was not there before
 * @throws failure `forbidden`; inputError `query-name`; what `check` throws
 */
export async function registerQuery(
  call: OrgCall,
  { name, document }: { readonly name: string; readonly document: string },
  check: (document: string) => void,
): Promise<{ readonly query: QueryFacts & { readonly document: string }; readonly isNew: boolean }> {
  mustMay(call, "queries.manage");
  if (name.trim() === "" || !isStorableText(name)) {
    throw inputError(
      "query-name",
      "/name",
      sentence`A persisted query has a name.`,
      sentence`Name the program that it is for.`,
    );
  }
  check(document);
  const id = documentId(document);
  return atOnce(call.access.at, async (at) => {
    const isNew = (await queries.findPersistedQuery(at, id)) === undefined;
    await queries.putPersistedQuery(at, { id, name: name.trim(), document, person: call.access.identity.person.id });
    const within = { ...call, access: { ...call.access, at } };
    await audit(within, "query.register", { kind: "query", id }, { name: name.trim() });
    return { query: await findPersistedQuery(within, id), isNew };
  });
}

/** Ends a query at once. @throws failure `forbidden`, `not-found` */
export async function removePersistedQuery(call: OrgCall, id: string): Promise<void> {
  const { name } = await findPersistedQuery(call, id);
  await atOnce(call.access.at, async (at) => {
    if (!(await queries.removePersistedQuery(at, id))) throw notFound("persisted query");
    await audit({ ...call, access: { ...call.access, at } }, "query.remove", { kind: "query", id }, { name });
  });
}

/**
 * The document that is run. It is read each time: one that was removed is gone at once, in all processes.
 * @throws failure `forbidden`, `not-found`
 */
export async function documentToRun(call: OrgCall, id: string): Promise<string> {
  mustMay(call, "graphql.use");
  const { at } = call.access;
  const found = await queries.findPersistedQuery(at, id);
  if (found === undefined) {
    const hint = sentence`An administrator registers queries under Administration, or by POST /{org}/v2/persisted-queries.`;
    throw failure("not-found", sentence`There is no persisted query by this id.`, { hint });
  }
  const { lastUsedAt, document } = found;
  if (lastUsedAt === null || Date.now() - lastUsedAt.getTime() > REMEMBERED) await queries.touchPersistedQuery(at, id);
  return document;
}

/** SHA-256 of a document's text, in hexadecimal digits. */
export function documentId(document: string): string {
  return createHash("sha256").update(document).digest("hex");
}

function factsOf({ id, name, person, personName, createdAt, lastUsedAt }: queries.ListedQuery): QueryFacts {
  return {
    id,
    name,
    owner: person === null ? null : { id: person, ...(personName === null ? {} : { name: personName }) },
    created: createdAt.toISOString(),
    lastUsed: lastUsedAt?.toISOString() ?? null,
  };
}
