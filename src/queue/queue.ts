// What is to be done in the background: pg-boss on the control database (docs/decisions/0018-queue.md).
import { CompiledQuery, type Kysely, sql } from "kysely";
import { type Job, PgBoss } from "pg-boss";
import { type InOrg, inOrg } from "../control/in-org.ts";
import type { Control } from "../control/open.ts";

/** An export whose turn it is, as whoever took it knows it. */
export interface TakenExport<Begun> {
  readonly org: string;
  readonly begun: Begun;
  /** Tells the queue that it is still being worked on. */
  touch(): Promise<void>;
  /** It is done, however it ended: the next one of its org may begin. Part of the transaction of `at`. */
  done(at: InOrg): Promise<void>;
  /** It is to be done again, in its place. */
  again(at: InOrg): Promise<void>;
}

/** A mail that is to be sent; what it says is known when it is. */
export interface MailJob {
  readonly org: string;
  readonly export: string;
  /** The event that it is about. */
  readonly event: string;
  readonly kind: MailKind;
  /** The person it goes to, by their id; null for the operator. */
  readonly person: string | null;
  readonly details?: Readonly<Record<string, unknown>>;
}
export type MailKind = "ready" | "failed" | "expiring" | "operator" | "approval-wanted" | "approval-decided" | "shared";

export interface ScriptJob {
  readonly org: string;
  readonly export: string;
}

/** Does a job. @param attempt from 1 @throws what it is to be tried again for */
export type Handler<Data> = (data: Data, attempt: number) => Promise<void>;

export interface Queue {
  /** Puts an export behind those of its org. Part of the transaction of `at`, as all that adds. */
  addExport(at: InOrg, id: string, startsAt: Date | null): Promise<void>;
  addMail(at: InOrg, mail: MailJob): Promise<void>;
  addScript(at: InOrg, id: string): Promise<void>;
  /** Lets an export that waits for a time begin at once. */
  release(at: InOrg, id: string): Promise<void>;
  /** Takes an export out, that nobody is to run (any more). */
  removeExport(at: InOrg, id: string): Promise<void>;
  /** The ids of all exports that wait or are being worked on. */
  queued(): Promise<ReadonlySet<string>>;
  /**
   * Takes the next export: the oldest of an org that runs fewer than it may, and of none that is passed over.
   * @param begin begins it in the same transaction; undefined where it is not to be run: then it is done, and the next is taken
   */
  take<Begun>(
    options: { readonly concurrency: ReadonlyMap<string, number>; readonly passOver: readonly string[] },
    begin: (at: InOrg, id: string) => Promise<Begun | undefined>,
  ): Promise<TakenExport<Begun> | null>;
  /** Gives back what was taken by processes that are gone: only where this is the only one. */
  recover(): Promise<void>;
  /** Does mails and scripts from now on. */
  work(handlers: { readonly mail: Handler<MailJob>; readonly script: Handler<ScriptJob> }): Promise<void>;
  /** Waits for what is being done of those. */
  close(): Promise<void>;
}

const EXPORTS = "export";
const MAILS = "mail";
const SCRIPTS = "script";
/** Seconds; pg-boss takes ten or more. What has not been heard of for so long is begun again. */
const HEARTBEAT = 10;
const DAY = 86_400;
/** Any number that nobody else takes: whoever takes an export has its turn, so that two never begin one of the same org. */
const TAKING = 0x77_62_74_6b;
/** And whoever makes its tables has this one's. */
const OPENING = 0x77_62_6f_71;

/** Opens the queue, and makes its tables. @param warn told of what goes wrong in the background */
export async function openQueue(control: Control, warn: (message: string) => void): Promise<Queue> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => execute(control, text, values) },
    backend: control.kind,
    schema: "pgboss",
    schedule: false,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    maintenanceIntervalSeconds: 3600,
    monitorVacuum: false,
    reindex: false,
  });
  boss.on("error", (error) => warn(`queue: ${error.message}`));
  await alone(control, async () => {
    await boss.start();
    // Three attempts are ours to count: whoever takes it a fourth time says that it failed.
    const forever = { retentionSeconds: 3650 * DAY, deleteAfterSeconds: 3600 };
    await declare(boss, EXPORTS, {
      ...forever,
      heartbeatSeconds: HEARTBEAT,
      retryLimit: 1000,
      expireInSeconds: DAY - 1,
    });
    const mails = { retryLimit: 12, retryDelay: 15, retryBackoff: true, retryDelayMax: 4 * 3600 };
    await declare(boss, MAILS, { ...forever, ...mails, expireInSeconds: 300 });
    await declare(boss, SCRIPTS, { ...forever, retryLimit: 3, retryDelay: 1, expireInSeconds: 60 });
  });

  const send = async (at: InOrg, queue: string, data: object, options: object): Promise<void> => {
    await boss.send(queue, data, { ...options, db: within(at.db) });
  };
  return {
    async addExport(at, id, startsAt) {
      const { org } = at;
      const options = { id, group: { id: org, tier: org }, ...(startsAt && { startAfter: startsAt }) };
      await send(at, EXPORTS, { org }, options);
      // Its place is that of this moment: transactions that wait for their turn began in another order.
      await run(at.db, "update pgboss.job set created_on = clock_timestamp() where name = $1 and id = $2", [
        EXPORTS,
        id,
      ]);
    },
    addMail: (at, mail) => send(at, MAILS, mail, {}),
    addScript: (at, id) => send(at, SCRIPTS, { org: at.org, export: id } satisfies ScriptJob, {}),
    async release({ db }, id) {
      await boss.update(EXPORTS, undefined, { id, startAfter: new Date(), db: within(db) });
    },
    async removeExport({ db }, id) {
      await boss.deleteJob(EXPORTS, id, { db: within(db) });
    },
    async queued() {
      const jobs = await boss.findJobs(EXPORTS);
      return new Set(jobs.filter(({ state }) => UNFINISHED.has(state)).map(({ id }) => id));
    },
    async take({ concurrency, passOver }, begin) {
      for (;;) {
        const taken = await control.db.transaction().execute(async (db) => {
          await sql`select pg_advisory_xact_lock(${TAKING}::bigint)`.execute(db);
          const [job] = await boss.fetch<{ readonly org: string }>(EXPORTS, {
            groupConcurrency: { default: 1, tiers: Object.fromEntries(concurrency) },
            ignoreGroups: [...passOver],
            db: within(db),
          });
          if (job === undefined) return null;
          const org = job.data.org;
          const begun = await begin(inOrg(db, org), job.id);
          if (begun === undefined) await boss.complete(EXPORTS, job.id, null, { db: within(db) });
          return { job, org, begun };
        });
        if (taken === null) return null;
        const { job, org, begun } = taken;
        if (begun === undefined) continue;
        const attempt = { id: job.id, retryCount: job.retryCount };
        return {
          org,
          begun,
          touch: async () => void (await boss.touch(EXPORTS, attempt)),
          done: async ({ db }) => void (await boss.complete(EXPORTS, attempt, null, { db: within(db) })),
          again: async ({ db }) => void (await boss.fail(EXPORTS, attempt, null, { db: within(db) })),
        };
      }
    },
    async recover() {
      const active = (await boss.findJobs(EXPORTS)).filter(({ state }) => state === "active");
      if (active.length > 0)
        await boss.fail(
          EXPORTS,
          active.map(({ id }) => id),
        );
    },
    async work({ mail, script }) {
      const doing =
        <Data>(handler: Handler<Data>) =>
        async ([job]: Job<Data>[]): Promise<void> => {
          if (job !== undefined) await handler(job.data, job.retryCount + 1);
        };
      await boss.work<MailJob>(MAILS, { pollingIntervalSeconds: 1 }, doing(mail));
      await boss.work<ScriptJob>(SCRIPTS, { pollingIntervalSeconds: 1 }, doing(script));
    },
    close: () => boss.stop({ graceful: true, timeout: 30_000 }),
  };
}

/** One after the other, of processes that start at the same time: the library makes its schema without looking. */
function alone(control: Control, task: () => Promise<void>): Promise<void> {
  // An embedded database has one process, and one connection.
  if (control.kind === "pglite") return task();
  return control.db.transaction().execute(async (db) => {
    await sql`select pg_advisory_xact_lock(${OPENING}::bigint)`.execute(db);
    await task();
  });
}

const UNFINISHED: ReadonlySet<string> = new Set(["created", "retry", "active"]);

async function declare(boss: PgBoss, name: string, options: Parameters<PgBoss["createQueue"]>[1]): Promise<void> {
  await boss.createQueue(name, options);
  await boss.updateQueue(name, options);
  // It then knows the queue: asking for it in the midst of a transaction would wait for the only connection.
  await boss.findJobs(name, { id: NOBODY });
}

const NOBODY = "00000000-0000-0000-0000-000000000000";

type Database = NonNullable<ConstructorParameters<typeof PgBoss>[0]["db"]>;
type Answer = Awaited<ReturnType<Database["executeSql"]>>;

async function execute(control: Control, text: string, values: unknown[] = []): Promise<Answer> {
  if (values.length === 0) return { rows: [...(await control.script(text))] };
  return run(control.db, text, values);
}

/** For statements that are to be part of a transaction. */
function within<Tables>(db: Kysely<Tables>): Database {
  return { executeSql: (text, values = []) => run(db, text, values) };
}

async function run<Tables>(db: Kysely<Tables>, text: string, values: unknown[]): Promise<Answer> {
  // Its statements are its own: neither narrowed to an org nor in our way of writing names.
  const { rows } = await db.withoutPlugins().executeQuery(CompiledQuery.raw(text, values));
  return { rows };
}
