// Exports while they run, and what becomes of them: each step is one statement that only whoever has the run can do.
import { sql } from "kysely";
import { uuidv7 } from "../../lib/uuid.ts";
import { archiveName } from "../archive-names.ts";
import type { InOrg } from "../in-org.ts";
import type { Export, ExportFault, ExportState } from "../tables.ts";

/** A run of an export, as whoever has it knows it. */
export interface Run {
  readonly id: string;
  /** The run's own id. */
  readonly run: string;
}

/** How far a run is. */
export type RunProgress = Pick<Export, "rows" | "totalRows" | "bytes" | "files">;

/** How often an export is begun at most, when its workers are lost. */
export const MOST_ATTEMPTS = 3;

/** An export whose run was begun, with the name that its archive will have in the vault. */
export type Begun = Export & { readonly run: string; readonly archive: string };

/** Begins a run, also of one whose worker was lost. @returns undefined where there is nothing to run (any more) */
export async function beginRun(at: InOrg, id: string, worker: string): Promise<Begun | undefined> {
  const run = uuidv7();
  const begun = await at.db
    .updateTable("export")
    .set({
      state: "running",
      attempt: sql<number>`attempt + 1`,
      run,
      worker,
      archive: archiveName(at.org, id, run),
      // Not `now()`: whoever takes an export may have waited, within the transaction, for the end of the one before it.
      startedAt: sql<Date>`clock_timestamp()`,
      rows: 0,
      totalRows: null,
      bytes: 0,
      files: 0,
      progressAt: null,
    })
    .where("id", "=", id)
    .where("state", "in", ["pending", "running"])
    .where(sql<boolean>`coalesce(approval ->> 'state', 'given') = 'given'`)
    .returningAll()
    .executeTakeFirst();
  return begun as Begun | undefined;
}

/** Writes how far a run is. @returns whether it still is whose it was: otherwise it is to be stopped */
export async function keepProgress({ db }: InOrg, { id, run }: Run, progress: RunProgress | null): Promise<boolean> {
  const kept = await db
    .updateTable("export")
    .set({ ...(progress === null ? {} : progress), progressAt: sql<Date>`now()` })
    .where("id", "=", id)
    .where("run", "=", run)
    .executeTakeFirst();
  return kept.numUpdatedRows > 0n;
}

/** What an export gave. */
export interface Gave {
  readonly rows: number;
  readonly files: number;
  readonly size: number;
  readonly storedSize: number;
  readonly sha256: string;
  readonly snapshotAt: Date;
  readonly problems: number;
  readonly result: Readonly<Record<string, unknown>>;
  readonly expiresAt: Date;
}

/** Publishes what a run gave: at most once, since the run is over with it. @returns whether it still was its own */
export async function endReady({ db }: InOrg, { id, run }: Run, { result, ...gave }: Gave): Promise<boolean> {
  const ended = await db
    .updateTable("export")
    .set({
      ...gave,
      state: "ready",
      run: null,
      bytes: gave.size,
      totalRows: gave.rows,
      result: JSON.stringify(result),
      fault: null,
      endedAt: sql<Date>`now()`,
    })
    .where("id", "=", id)
    .where("run", "=", run)
    .executeTakeFirst();
  return ended.numUpdatedRows > 0n;
}

/** Ends a run that failed. @returns whether it still was its own */
export async function endFailed({ db }: InOrg, { id, run }: Run, fault: ExportFault): Promise<boolean> {
  const ended = await db
    .updateTable("export")
    .set({
      state: "error",
      // Saying that it was begun too often is no attempt.
      attempt: sql<number>`least(attempt, ${MOST_ATTEMPTS})`,
      run: null,
      archive: null,
      fault: JSON.stringify(fault),
      endedAt: sql<Date>`now()`,
    })
    .where("id", "=", id)
    .where("run", "=", run)
    .executeTakeFirst();
  return ended.numUpdatedRows > 0n;
}

/** Gives a run back: it is to be begun again, in its place. @param counts whether it was an attempt */
export async function handBack({ db }: InOrg, { id, run }: Run, counts: boolean): Promise<boolean> {
  const given = await db
    .updateTable("export")
    .set({
      state: "pending",
      run: null,
      archive: null,
      ...(counts ? {} : { attempt: sql<number>`greatest(attempt - 1, 0)` }),
    })
    .where("id", "=", id)
    .where("run", "=", run)
    .executeTakeFirst();
  return given.numUpdatedRows > 0n;
}

/** Ends an export that has not ended yet, whoever runs it. @returns what it was; undefined where it had ended */
export async function endUnfinished(
  { db }: InOrg,
  id: string,
  state: Extract<ExportState, "cancelled" | "error">,
  fault: ExportFault | null = null,
): Promise<Export | undefined> {
  return db
    .updateTable("export")
    .set({
      state,
      run: null,
      archive: null,
      fault: fault === null ? null : JSON.stringify(fault),
      endedAt: sql<Date>`now()`,
    })
    .where("id", "=", id)
    .where("state", "in", ["pending", "running"])
    .returningAll()
    .executeTakeFirst();
}

/** Ends the time of archives that have outlived it, at most so many. @returns their ids, with the names of the archives */
export async function expire(
  { db }: InOrg,
  now: Date,
  limit: number,
): Promise<{ readonly id: string; readonly archive: string }[]> {
  const due = db
    .selectFrom("export as due")
    .select("due.id")
    .where("due.state", "=", "ready")
    .where("due.expiresAt", "<=", now)
    .orderBy("due.expiresAt")
    .limit(limit);
  const expired = await db
    .updateTable("export")
    .set({ state: "expired" })
    .where("id", "in", due)
    .where("state", "=", "ready")
    .returning(["id", "archive"])
    .execute();
  return expired.map(({ id, archive }) => ({ id, archive: archive! }));
}

/** The archive of an expired export is gone from the vault. */
export async function forgetArchive({ db }: InOrg, id: string): Promise<void> {
  await db.updateTable("export").set({ archive: null }).where("id", "=", id).where("state", "=", "expired").execute();
}

/** Exports that are over, and were before a time. */
export async function endedBefore({ db }: InOrg, before: Date, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom("export")
    .select("id")
    .where("state", "in", ["error", "cancelled", "expired"])
    .where(sql<Date>`greatest(ended_at, expires_at)`, "<", before)
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** Exports that are ready until a time and whose owner was not told that yet. */
export async function expiringUntil(
  { db }: InOrg,
  until: Date,
): Promise<{ readonly id: string; readonly createdAt: Date; readonly expiresAt: Date }[]> {
  const rows = await db
    .selectFrom("export")
    .select(["id", "createdAt", "expiresAt"])
    .where("state", "=", "ready")
    .where("notify", "=", true)
    .where("expiryToldAt", "is", null)
    .where("expiresAt", "<=", until)
    .execute();
  return rows.map((it) => ({ ...it, expiresAt: it.expiresAt! }));
}

/** Whether an archive of a run is one that an export has, or will have. */
export async function isArchiveOf({ db }: InOrg, name: string): Promise<boolean> {
  const found = await db.selectFrom("export").select("id").where("archive", "=", name).executeTakeFirst();
  return found !== undefined;
}

/** Exports that wait, or run, in order. */
export async function unfinished({
  db,
}: InOrg): Promise<
  Pick<Export, "id" | "state" | "startsAt" | "createdAt" | "dueAt" | "approval" | "worker" | "run">[]
> {
  return db
    .selectFrom("export")
    .select(["id", "state", "startsAt", "createdAt", "dueAt", "approval", "worker", "run"])
    .where("state", "in", ["pending", "running"])
    .orderBy("id")
    .execute();
}

/** How many exports should be done by now, and are not. */
export async function overdue({ db }: InOrg, now: Date): Promise<number> {
  const { count } = await db
    .selectFrom("export")
    .select(sql<number>`count(*)`.as("count"))
    .where("state", "in", ["pending", "running"])
    .where("dueAt", "<", now)
    .executeTakeFirstOrThrow();
  return count;
}

/** Keeps what an export's script did. @returns whether the export is still there */
export async function keepScript(
  { db }: InOrg,
  id: string,
  script: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  const kept = await db
    .updateTable("export")
    .set({ script: JSON.stringify(script) })
    .where("id", "=", id)
    .executeTakeFirst();
  return kept.numUpdatedRows > 0n;
}
