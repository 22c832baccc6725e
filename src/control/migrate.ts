// Brings the tables of the control database up to date: forward only, each step once, one process at a time.
import { createHash } from "node:crypto";
import { type Kysely, sql } from "kysely";
import { failure } from "../lib/errors.ts";

/** A step that has been released is never changed: another one follows it. */
export interface Migration {
  /** `0001-ground`: they run in the order of their ids. */
  readonly id: string;
  /** SQL, each text one statement. */
  readonly statements: readonly string[];
}

/** What the advisory lock is called; any number that nobody else takes. */
const LOCK = 0x77_61_79_62;

/**
 * Runs the steps that the database lacks, each in a transaction of its own, under a lock that other processes wait for.
 * @throws failure `control-newer` for a database of a later Waybill, `control-changed` for a step that is not what it was
 */
export async function migrate<Tables>(anyDb: Kysely<Tables>, steps: readonly Migration[]): Promise<void> {
  const db = anyDb as unknown as Kysely<MigrationTables>;
  await db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${LOCK}::bigint)`.execute(connection);
    try {
      const done = await stepsDone(connection);
      refuseStrangers(done, steps);
      for (const step of steps.filter(({ id }) => !done.has(id))) {
        await connection.transaction().execute(async (transaction) => {
          for (const statement of step.statements) await sql.raw(statement).execute(transaction);
          await transaction
            .insertInto("migration")
            .values({ id: step.id, checksum: checksumOf(step) })
            .execute();
        });
      }
    } finally {
      await sql`select pg_advisory_unlock(${LOCK}::bigint)`.execute(connection);
    }
  });
}

interface MigrationTables {
  readonly migration: { readonly id: string; readonly checksum: string };
}

async function stepsDone(db: Kysely<MigrationTables>): Promise<ReadonlyMap<string, string>> {
  await sql`create table if not exists migration (
    id text primary key, checksum text not null, applied_at timestamptz not null default now())`.execute(db);
  const rows = await db.selectFrom("migration").select(["id", "checksum"]).execute();
  return new Map(rows.map(({ id, checksum }) => [id, checksum]));
}

function refuseStrangers(done: ReadonlyMap<string, string>, steps: readonly Migration[]): void {
  const known = new Map(steps.map((step) => [step.id, checksumOf(step)]));
  for (const [id, checksum] of done) {
    if (!known.has(id)) {
      throw failure("control-newer", `The control database was made by a later Waybill: it has ${id}.`, {
        hint: "Run that version or a later one, or restore a backup of this one.",
      });
    }
    if (known.get(id) !== checksum) {
      throw failure("control-changed", `The control database was made by another build of Waybill: ${id} differs.`, {
        hint: "Run the version that made it, or a release.",
      });
    }
  }
}

function checksumOf({ statements }: Migration): string {
  return createHash("sha256").update(statements.join("\n;\n")).digest("hex");
}
