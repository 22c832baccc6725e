// Opens the control database: what Waybill itself has to remember.
import { CamelCasePlugin, type Dialect, Kysely, sql } from "kysely";
import { migrate } from "./migrate.ts";
import { migrations } from "./migrations/index.ts";
import type { ControlTables } from "./tables.ts";

export type ControlKind = "pglite" | "postgres";

/** The control database, with its tables as this program knows them. */
export interface Control {
  readonly kind: ControlKind;
  /** Columns are camelCase here and snake_case in the database. JSON is given as it is kept. */
  readonly db: Kysely<ControlTables>;
  /** Where it is, for messages; without secrets. */
  readonly label: string;
  /** @throws failure `control-lost`, `control-unreachable` */
  ping(): Promise<void>;
  /** Runs statements of others (a library's own tables), one or several in a text; gives the rows of all. */
  script(text: string): Promise<readonly unknown[]>;
  /** Ends what is going on in order, and frees the data folder. May be called twice. */
  close(): Promise<void>;
}

/** What a kind of database gives. */
export interface Opened {
  readonly kind: ControlKind;
  readonly label: string;
  readonly dialect: Dialect;
  readonly script: (db: Kysely<never>, text: string) => Promise<readonly unknown[]>;
  readonly close: (db: Kysely<never>) => Promise<void>;
}

/** Where the control database is. */
export interface ControlPlace {
  /** A PostgreSQL; null for the embedded database. */
  readonly databaseUrl: string | null;
  /** The folder that the embedded database is in, as `control`. */
  readonly dataDir: string;
}

/**
 * Opens the control database, and brings its tables up to date.
 * @throws failure `data-dir-in-use`, `control-unreachable`, `control-newer` and others; usageError `database-url`
 */
export async function openControl(place: ControlPlace): Promise<Control> {
  const control = await connectControl(place);
  try {
    await migrate(control.db, migrations);
    return control;
  } catch (error) {
    await control.close();
    throw error;
  }
}

/** The same with the tables that are there, or none. */
export async function connectControl({ databaseUrl, dataDir }: ControlPlace): Promise<Control> {
  // Each takes a moment to load that whoever uses the other one need not wait for.
  const opened =
    databaseUrl === null
      ? await (await import("./pglite.ts")).openPglite(dataDir)
      : (await import("./postgres.ts")).openPostgres(databaseUrl);
  const db = new Kysely<ControlTables>({
    dialect: opened.dialect,
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
  let closed: Promise<void> | undefined;
  return {
    kind: opened.kind,
    label: opened.label,
    db,
    async ping() {
      await sql`select 1`.execute(db);
    },
    script: (text) => opened.script(db as unknown as Kysely<never>, text),
    close: () => (closed ??= opened.close(db as unknown as Kysely<never>)),
  };
}
