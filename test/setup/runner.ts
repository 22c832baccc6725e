// A configuration with sources of both kinds, a vault, and what runs exports into it.
import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { readConfig } from "../../src/config/read.ts";
import type { Container } from "../../src/engine/run.ts";
import { formatNamed } from "../../src/formats/index.ts";
import { openOrg } from "../../src/orgs/open-org.ts";
import { accessOf } from "../../src/plan/access.ts";
import type { BatchAsked } from "../../src/plan/batch.ts";
import { planExport } from "../../src/plan/plan-export.ts";
import type { ExportRequest } from "../../src/plan/request.ts";
import { type ExportJob, type Places, previewName } from "../../src/runner/job.ts";
import type { Preview } from "../../src/runner/preview.ts";
import { storeAt } from "../../src/vault/store-at.ts";
import { openVault, type Vault } from "../../src/vault/vault.ts";
import { createDatabase, type TestDatabase } from "./postgres.ts";

/** Rows of `large`. Those of `slow` come one in ten milliseconds; there are 150 of them in `slowish`. */
export const LARGE = 300_000;

export interface RunnerLab {
  readonly folder: string;
  readonly places: Places;
  readonly database: TestDatabase;
  readonly vault: Vault;
  /** What must never be shown: the database's password, and the salt. */
  readonly secrets: readonly string[];
  /** A job of the org `pg` or `lite`. */
  readonly job: (
    org: string,
    request: ExportRequest,
    more?: Partial<ExportJob>,
    batch?: BatchAsked,
  ) => Promise<ExportJob>;
  /** The plain content of what is in the vault. */
  readonly read: (name: string) => Promise<Buffer>;
  readonly preview: (archive: string) => Promise<Preview>;
  /** Everything in the vault's folder, hidden files too. */
  readonly files: () => string[];
  /** The statements that run on PostgreSQL for Waybill. */
  readonly running: () => Promise<number>;
  readonly drop: () => Promise<void>;
}

const TABLES = `
CREATE TABLE people (id integer PRIMARY KEY, name text NOT NULL, patient text);
INSERT INTO people VALUES (1, 'Ada', 'P-1'), (2, 'Grace, née "Hopper"', 'P-2'), (3, 'Åsa', NULL);
CREATE TABLE measures (id integer PRIMARY KEY, person_id integer NOT NULL REFERENCES people (id), value integer);
INSERT INTO measures VALUES (1, 1, 10), (2, 1, 20), (3, 3, NULL);`;

const OBJECTS = {
  people: {
    fields: { patient: { deidentify: { rule: "hash" } } },
    lists: { measures: { object: "measures", by: "person_id" } },
  },
  measures: {},
};

/** The processes of this one's runners. */
export function workers(): number[] {
  const children = readdirSync("/proc/self/task").flatMap((task) =>
    readFileSync(`/proc/self/task/${task}/children`, "utf8").split(" ").filter(Boolean).map(Number),
  );
  return children.filter((pid) => argumentsOf(pid).includes("runner/child.ts"));
}

/** What a process was started with; nothing where it has gone. */
export function argumentsOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

export async function aRunnerLab(): Promise<RunnerLab> {
  const folder = mkdtempSync(join(tmpdir(), "waybill-runner-"));
  const lite = join(folder, "lab.db");
  {
    using sqlite = new DatabaseSync(lite);
    sqlite.exec(TABLES);
  }
  const database = await createDatabase();
  const role = `runner_${randomBytes(4).toString("hex")}`;
  const [password, salt] = [randomBytes(12).toString("hex"), randomBytes(24).toString("hex")];
  await database.client.query(`${TABLES}
    CREATE TABLE large AS SELECT i AS id, 'text number ' || i AS name FROM generate_series(1, ${LARGE}) i;
    ALTER TABLE large ADD PRIMARY KEY (id);
    CREATE FUNCTION nap(integer) RETURNS text LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN pg_sleep(0.01); END $$;
    CREATE VIEW slow AS SELECT id, repeat('x', 50000) AS name, nap(id) AS v FROM large;
    CREATE VIEW slowish AS SELECT * FROM slow WHERE id <= 150;
    CREATE VIEW waiting AS SELECT 1 AS id, pg_sleep(60)::text AS v;
    CREATE ROLE ${role} LOGIN PASSWORD '${password}' IN ROLE pg_read_all_data`);
  const url = new URL(database.url);
  url.username = role;
  url.password = password;
  const file = join(folder, "waybill.yaml");
  process.env["RUNNER_SALT"] = salt;
  process.env["RUNNER_SOURCE"] = url.href;
  const salted = { salt: "${RUNNER_SALT}" };
  const pg = { ...OBJECTS, large: {}, slow: { key: "id" }, slowish: { key: "id" }, waiting: {} };
  const orgs = {
    pg: { ...salted, sources: { main: { url: "${RUNNER_SOURCE}" } }, objects: pg },
    lite: { ...salted, sources: { main: { url: `sqlite:${lite}` } }, objects: OBJECTS },
  };
  writeFileSync(file, JSON.stringify({ orgs }));
  const places = { config: file, vault: { store: join(folder, "vault"), keys: join(folder, "keys") } };
  const vault = await openVault(await storeAt(places.vault.store), places.vault.keys);
  const read = async (name: string): Promise<Buffer> => {
    const archive = await vault.open(name);
    const parts: Buffer[] = [];
    for await (const part of archive.range(0, archive.size)) parts.push(Buffer.from(part));
    await archive.close();
    return Buffer.concat(parts);
  };
  const { signal } = new AbortController();
  const opened = new Map<string, ReturnType<typeof openOrg>>();
  return {
    folder,
    places,
    database,
    vault,
    secrets: [password, salt],
    async job(code, request, more = {}, batch) {
      const config = await readConfig(file, process.env);
      const org = opened.get(code) ?? openOrg(config, config.orgs.get(code)!, { file, warn: () => {}, signal });
      opened.set(code, org);
      const catalog = (await org).catalogIn("en");
      const access = accessOf(null, catalog);
      const plan = planExport(request, catalog, formatNamed(request.format), access, null, batch ?? null);
      const container: Container = "none";
      return { org: code, plan, container, recipient: null, archive: "a", preview: { rows: 50 }, ...more };
    },
    read,
    preview: async (archive) => JSON.parse((await read(previewName(archive))).toString("utf8")) as Preview,
    files: () => readdirSync(places.vault.store).toSorted(),
    async running() {
      const { rows } = await database.client.query(
        `SELECT count(*)::int AS n FROM pg_stat_activity WHERE usename = '${role}' AND state = 'active'
         AND backend_type = 'client backend' AND query LIKE 'COPY%'`,
      );
      return (rows as { n: number }[])[0]!.n;
    },
    async drop() {
      for (const org of opened.values()) await (await org).close();
      await vault.close();
      await database.client.query(
        `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = '${role}'; DROP ROLE ${role}`,
      );
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
