// The control database as a file, and back: the same for both kinds, so that what was embedded can move to a server.
import { createHash } from "node:crypto";
import { type Kysely, sql } from "kysely";
import { failure, WaybillError } from "../lib/errors.ts";
import { migrate } from "./migrate.ts";
import { migrations } from "./migrations/index.ts";
import { connectControl, type ControlPlace } from "./open.ts";
import type { ControlTables } from "./tables.ts";

/*
 * The file is text, in lines. The first says what it is, and which steps its tables were made with; then come tables (`T person`),
 * each with its rows as the database writes them as JSON (`R {…}`), so that no value passes through types of ours. The last line
 * (`E`) has the number of rows and what everything before it hashes to: half a file is never taken for a whole one.
 */
const MAGIC = "waybill-control-1";

/** What begins anew: nobody is signed in after a restore. */
const LEFT_OUT = new Set(["migration", "session", "verification", "rate_limit", "idempotency"]);
const ROWS_AT_ONCE = 500;
/** About how many characters go into a statement of a restore. */
const CHARACTERS_AT_ONCE = 4_000_000;

type Db = Kysely<ControlTables>;

/** Everything that is kept, at one moment, as the lines of a file. @throws failure as `openControl` */
export async function* dumpControl(place: ControlPlace): AsyncGenerator<string> {
  const control = await connectControl(place);
  const { db } = control;
  try {
    await migrate(db, migrations);
    const transaction = await db.startTransaction().setIsolationLevel("repeatable read").execute();
    try {
      yield* linesOf(transaction);
    } finally {
      await transaction.rollback().execute();
    }
  } finally {
    await control.close();
  }
}

async function* linesOf(db: Db): AsyncGenerator<string> {
  const hash = createHash("sha256");
  let rows = 0;
  const hashed = (text: string): string => {
    hash.update(text);
    return text;
  };
  yield hashed(`${MAGIC} ${migrations.map(({ id }) => id).join(" ")}\n`);
  for (const name of await tablesOf(db)) {
    yield hashed(`T ${name}\n`);
    await sql`declare rows_of_table no scroll cursor for select row_to_json(t)::text as row from ${sql.id(name)} t`.execute(
      db,
    );
    for (;;) {
      const fetched = await sql<{ row: string }>`fetch ${sql.lit(ROWS_AT_ONCE)} from rows_of_table`.execute(db);
      if (fetched.rows.length === 0) break;
      rows += fetched.rows.length;
      yield hashed(fetched.rows.map(({ row }) => `R ${row}\n`).join(""));
    }
    await sql`close rows_of_table`.execute(db);
  }
  yield `E ${rows} ${hash.digest("hex")}\n`;
}

/** The tables that are kept, each after those that its rows refer to. */
async function tablesOf(db: Db): Promise<readonly string[]> {
  const all = await sql<{ name: string; refers: string[] }>`
    select c.relname as name, coalesce(array_agg(r.relname::text) filter (where r.relname is not null), '{}') as refers
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    left join pg_constraint k on k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid
    left join pg_class r on r.oid = k.confrelid
    where n.nspname = current_schema() and c.relkind = 'r'
    group by c.relname order by c.relname`.execute(db);
  const left = new Map(all.rows.map(({ name, refers }) => [name, refers]));
  const ordered: string[] = [];
  while (left.size > 0) {
    const [next] = [...left].find(([, refers]) => refers.every((it) => !left.has(it))) ?? [];
    if (next === undefined) throw new Error("tables of the control database refer to each other in a ring");
    left.delete(next);
    if (!LEFT_OUT.has(next)) ordered.push(next);
  }
  return ordered;
}

/**
 * Fills an empty control database with what `dumpControl` gave: all of it or nothing.
 * @param lines of the file, without their ends
 * @throws failure `control-not-empty`, `backup-damaged`, `control-newer`
 */
export async function restoreControl(place: ControlPlace, lines: AsyncIterable<string>): Promise<number> {
  const control = await connectControl(place);
  const { db, label } = control;
  try {
    const its = lines[Symbol.asyncIterator]();
    const first = await its.next();
    const [magic, ...steps] = first.done === true ? [] : first.value.split(" ");
    if (magic !== MAGIC) throw damaged("it is no backup of a control database");
    const known = migrations.map(({ id }) => id);
    if (steps.some((step, n) => known[n] !== step)) {
      throw failure("control-newer", "The backup was made by a later Waybill.", {
        hint: "Restore it with that version or a later one.",
      });
    }
    // The tables as they were then; what came after is done to the rows that are restored.
    await migrate(db, migrations.slice(0, steps.length));
    const rows = await db.transaction().execute(async (transaction) => {
      await mustBeEmpty(transaction, label);
      return load(transaction, first.value, its);
    });
    await migrate(db, migrations);
    return rows;
  } finally {
    await control.close();
  }
}

async function mustBeEmpty(db: Db, label: string): Promise<void> {
  for (const name of await tablesOf(db)) {
    const { rows } = await sql`select 1 from ${sql.id(name)} limit 1`.execute(db);
    if (rows.length === 0) continue;
    throw failure("control-not-empty", `There is something in ${label} already.`, {
      hint: "Restore into a new data folder, or a new database.",
    });
  }
}

async function load(db: Db, head: string, lines: AsyncIterator<string>): Promise<number> {
  const hash = createHash("sha256").update(`${head}\n`);
  const tables = new Set(await tablesOf(db));
  let table: string | null = null;
  let waiting: string[] = [];
  let size = 0;
  let rows = 0;
  const flush = async (): Promise<void> => {
    if (table === null || waiting.length === 0) return;
    const its = sql.id(table);
    const text = `[${waiting.join(",")}]`;
    await sql`insert into ${its} select * from json_populate_recordset(null::${its}, ${text}::json)`.execute(db);
    waiting = [];
    size = 0;
  };
  for (let next = await lines.next(); next.done !== true; next = await lines.next()) {
    const line: string = next.value;
    const rest = line.slice(2);
    if (line.startsWith("E ")) {
      await attempt(flush);
      if (rest !== `${rows} ${hash.digest("hex")}`) throw damaged("it is not what it was when it was made");
      return rows;
    }
    hash.update(`${line}\n`);
    if (line.startsWith("T ") && tables.has(rest)) {
      await attempt(flush);
      table = rest;
    } else if (line.startsWith("R ") && table !== null) {
      rows++;
      waiting.push(rest);
      size += rest.length;
      // Namespaces refer to each other: they go in together, and there are thousands at most.
      if (size > CHARACTERS_AT_ONCE && table !== "namespace") await attempt(flush);
    } else throw damaged("a line of it cannot be read");
  }
  throw damaged("its end is missing");
}

/** What the database will not have can only be a file that was changed. */
async function attempt(flush: () => Promise<void>): Promise<void> {
  try {
    await flush();
  } catch (error) {
    if (error instanceof WaybillError) throw error;
    throw damaged("the database refuses a row of it");
  }
}

function damaged(why: string): WaybillError {
  return failure("backup-damaged", `The backup of the control database is damaged: ${why}.`, {
    hint: "Nothing was restored. Take another backup.",
  });
}
