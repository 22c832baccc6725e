// Exports: made, listed, found, and removed. What becomes of them while they run is in `export-runs.ts`.
import { sql } from "kysely";
import { uuidv7 } from "../../lib/uuid.ts";
import type { InOrg } from "../in-org.ts";
import { EXPORTS } from "../lists/lists.ts";
import { type ListPage, type Placed, readPage } from "../lists/page.ts";
import type { Export, ExportEvent, ExportState, NewExport } from "../tables.ts";

/** An export, with what is known of it by its neighbours. */
export interface OwnedExport extends Export, Known {}

interface Known {
  /** The name of its owner, where there still is one. */
  readonly personName: string | null;
  /** The days that a realm's export is about, as they were asked for. */
  readonly rangeFrom: string | null;
  readonly rangeTo: string | null;
}

/** Of all that change exports of an org at the same time, one after the other; until the transaction ends. */
export async function inTurn({ org, db }: InOrg): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`waybill export ${org}`}, 0))`.execute(db);
}

export async function addExport(
  { db }: InOrg,
  { request, revisions, approval, ...its }: WithoutJson<NewExport>,
): Promise<void> {
  await db
    .insertInto("export")
    .values({
      ...its,
      request: JSON.stringify(request),
      revisions: JSON.stringify(revisions),
      approval: approval === null ? null : JSON.stringify(approval),
    })
    .execute();
}

type WithoutJson<New> = Omit<New, "request" | "revisions" | "approval"> &
  Pick<Export, "request" | "revisions" | "approval">;

/** The parts of an export's row that lists leave aside: large, and of no use there. */
const IN_LISTS = [
  ...([
    "id",
    "person",
    "principal",
    "namespace",
    "label",
    "description",
    "kind",
    "object",
    "batch",
    "template",
  ] as const),
  ...(["format", "purpose", "approval", "notify", "language", "timeZone", "resubmitOf", "state", "attempt"] as const),
  ...(["createdAt", "startsAt", "dueAt", "startedAt", "endedAt", "expiresAt", "rows", "totalRows", "bytes"] as const),
  ...(["files", "progressAt", "fileName", "mime", "size", "sha256", "snapshotAt", "problems", "fault"] as const),
].map((column) => `export.${column}` as const);

/** An export as lists have it. */
export type ListedExport = Omit<
  OwnedExport,
  | "org"
  | "request"
  | "afterScript"
  | "revisions"
  | "joinKey"
  | "run"
  | "worker"
  | "archive"
  | "expiryToldAt"
  | "storedSize"
  | "result"
  | "script"
>;

/** What is known beside the row's own columns. */
const KNOWN = [
  sql<string | null>`person.name`.as("personName"),
  sql<string | null>`export.request ->> 'from'`.as("rangeFrom"),
  sql<string | null>`export.request ->> 'to'`.as("rangeTo"),
];

function from({ db }: InOrg) {
  return db.selectFrom("export").leftJoin("person", "person.id", "export.person");
}

export async function findExport(at: InOrg, id: string): Promise<OwnedExport | undefined> {
  return from(at).selectAll("export").select(KNOWN).where("export.id", "=", id).executeTakeFirst();
}

/** The same, and no transaction changes it until this one ends. */
export async function holdExport({ db }: InOrg, id: string): Promise<Export | undefined> {
  return db.selectFrom("export").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
}

/** Which exports are meant. */
export interface ExportChoice {
  /** Whose exports, and those that were shared with them; everybody's when absent. */
  readonly seenBy?: string | undefined;
  /** Whose exports alone. */
  readonly ownedBy?: string | undefined;
  readonly namespaces?: readonly string[] | undefined;
  readonly object?: string | undefined;
  readonly batch?: string | undefined;
  readonly state?: ExportState | undefined;
  /** A text that the id begins with, or that the label holds, whatever its case. */
  readonly search?: string | undefined;
  readonly realm?: true | undefined;
}

/** Exports, the newest first. */
export async function listExports(
  at: InOrg,
  { seenBy, ownedBy, namespaces, search, ...its }: ExportChoice,
  page: ListPage,
): Promise<Placed<ListedExport>[]> {
  let query = from(at).select([...IN_LISTS, ...KNOWN]);
  // Nothing is shared with most people: their own come from an index, in its order.
  if (seenBy !== undefined && !(await hasShares(at, seenBy))) query = query.where("export.person", "=", seenBy);
  else if (seenBy !== undefined) {
    query = query.where((it) =>
      it.or([
        it("export.person", "=", seenBy),
        it(
          "export.id",
          "in",
          it.selectFrom("exportShare").select("exportShare.export").where("exportShare.person", "=", seenBy),
        ),
      ]),
    );
  }
  if (ownedBy !== undefined) query = query.where("export.person", "=", ownedBy);
  if (namespaces !== undefined) query = query.where("export.namespace", "=", sql<string>`any(${namespaces}::uuid[])`);
  for (const column of ["object", "batch", "state"] as const) {
    const value = its[column];
    if (value !== undefined) query = query.where(`export.${column}`, "=", value as never);
  }
  if (its.realm === true) query = query.where("export.kind", "=", "realm");
  if (search !== undefined) {
    query = query.where((it) =>
      it.or([
        sql<boolean>`starts_with(export.id::text, lower(${search}))`,
        sql<boolean>`position(lower(${search}) in lower(export.label)) > 0`,
      ]),
    );
  }
  return readPage(query as never, EXPORTS, page) as Promise<Placed<ListedExport>[]>;
}

async function hasShares({ db }: InOrg, person: string): Promise<boolean> {
  const query = db.selectFrom("exportShare").select("export").where("person", "=", person).limit(1);
  return (await query.executeTakeFirst()) !== undefined;
}

/** Of how many pending exports of an org it is known which is the how manieth. */
const COUNTED = 1000;

/** The places of pending exports in the queue of their org, from 1; those beyond the first thousand have none. */
export async function positionsOf({ db }: InOrg, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map();
  const first = db
    .selectFrom("export")
    .select(["id", sql<number>`row_number() over (order by id)`.as("place")])
    .where("state", "=", "pending")
    .orderBy("id")
    .limit(COUNTED);
  const rows = await db.selectFrom(first.as("first")).select(["id", "place"]).where("id", "in", ids).execute();
  return new Map(rows.map(({ id, place }) => [id, place]));
}

/** The one that asks for the same, and is not done yet. */
export async function findJoinable({ db }: InOrg, joinKey: Uint8Array): Promise<string | null> {
  const found = await db
    .selectFrom("export")
    .select("id")
    .where("joinKey", "=", joinKey)
    .where("state", "in", ["pending", "running"])
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();
  return found?.id ?? null;
}

/** How many bytes the org's archives take in the vault. */
export async function bytesStored({ db }: InOrg): Promise<number> {
  const { sum } = await db
    .selectFrom("export")
    .select(sql<number>`coalesce(sum(stored_size), 0)::bigint`.as("sum"))
    .where("state", "=", "ready")
    .executeTakeFirstOrThrow();
  return sum;
}

/** How many exports there are in each state. */
export async function countExports({ db }: InOrg): Promise<ReadonlyMap<ExportState, number>> {
  const rows = await db
    .selectFrom("export")
    .select(["state", sql<number>`count(*)`.as("count")])
    .groupBy("state")
    .execute();
  return new Map(rows.map(({ state, count }) => [state, count]));
}

/** Takes an export away. @returns what it was; undefined where it is not there */
export async function removeExport({ db }: InOrg, id: string): Promise<Export | undefined> {
  return db.deleteFrom("export").where("id", "=", id).returningAll().executeTakeFirst();
}

/** Changes what people may change about an export. */
export async function changeExport(
  { db }: InOrg,
  id: string,
  {
    approval,
    ...its
  }: Partial<Pick<Export, "label" | "description" | "startsAt" | "dueAt" | "approval" | "expiryToldAt">>,
): Promise<void> {
  const values = { ...its, ...(approval === undefined ? {} : { approval: JSON.stringify(approval) }) };
  await db.updateTable("export").set(values).where("id", "=", id).execute();
}

/** Writes down what happened to an export. @returns the event's id */
export async function addEvent(
  { db }: InOrg,
  id: string,
  event: string,
  { person = null, ...details }: Readonly<Record<string, unknown>> & { readonly person?: string | null } = {},
): Promise<string> {
  const eventId = uuidv7();
  await db
    .insertInto("exportEvent")
    .values({ export: id, id: eventId, event, person, details: JSON.stringify(details) })
    .execute();
  return eventId;
}

/** What happened to an export, in order. */
export async function eventsOf({ db }: InOrg, id: string): Promise<ExportEvent[]> {
  return db.selectFrom("exportEvent").selectAll().where("export", "=", id).orderBy("id").execute();
}

/** Shares an export. @returns whether it was not shared with them before */
export async function addShare(
  { db }: InOrg,
  share: { readonly export: string; readonly person: string; readonly sharedBy: string },
): Promise<boolean> {
  const added = await db
    .insertInto("exportShare")
    .values(share)
    .onConflict((conflict) => conflict.columns(["org", "export", "person"]).doNothing())
    .executeTakeFirst();
  return (added.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function removeShare({ db }: InOrg, id: string, person: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom("exportShare")
    .where("export", "=", id)
    .where("person", "=", person)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Whom an export is shared with. */
export async function sharesOf(
  { db }: InOrg,
  id: string,
): Promise<{ readonly person: string; readonly name: string; readonly email: string }[]> {
  return db
    .selectFrom("exportShare")
    .innerJoin("person", "person.id", "exportShare.person")
    .select(["person.id as person", "person.name", "person.email"])
    .where("exportShare.export", "=", id)
    .orderBy("person.email")
    .execute();
}

export async function isSharedWith({ db }: InOrg, id: string, person: string): Promise<boolean> {
  const found = await db
    .selectFrom("exportShare")
    .select("person")
    .where("export", "=", id)
    .where("person", "=", person)
    .executeTakeFirst();
  return found !== undefined;
}
