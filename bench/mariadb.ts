// MariaDB in the benchmarks: the rows of `bench` and of the narrow tables, and its own command line as the contender.
import { join } from "node:path";
import type { Comparison } from "./contender.ts";
import { lines } from "./count.ts";
import { type Command, runCommand, waybill } from "./processes.ts";
import type { Workbench } from "./workbench.ts";

/** As in PostgreSQL, but for the digits of `ref` that MariaDB wants to say a version and a variant. */
const BENCH = `
CREATE TABLE bench (
  id bigint PRIMARY KEY, parent_id int NOT NULL, code varchar(20) NOT NULL, name varchar(100) NOT NULL, price decimal(12,2),
  ratio double, active boolean, created timestamp(6) NULL, day date, note text, ref uuid, metadata json);
INSERT INTO bench
SELECT seq, 1 + seq % 1000, LPAD(seq * 7919 % 1000000, 8, '0'), CONCAT('Sample ', MD5(seq)), seq * 37 % 1000000 / 100,
  SIN(seq), seq % 3 = 0, '2020-01-01 00:00:00' + INTERVAL seq * 61.123456 SECOND_MICROSECOND,
  '2020-01-01' + INTERVAL seq % 1500 DAY,
  CASE WHEN seq % 10 = 0 THEN 'said "hello", then left' WHEN seq % 7 = 0 THEN NULL
    ELSE CONCAT('A plain note about sample number ', seq, ' of the collection') END,
  INSERT(INSERT(INSERT(INSERT(INSERT(INSERT(MD5(seq * 3), 13, 1, '4'), 17, 1, '8'), 21, 0, '-'), 17, 0, '-'), 13, 0, '-'), 9, 0, '-'),
  JSON_OBJECT('depth', seq % 400, 'operator', CONCAT('op', seq % 17), 'tags', JSON_ARRAY('a', 'b'))
FROM seq_1_to_:rows; ANALYZE TABLE bench;`;

const NARROW = `
CREATE TABLE :table (id int PRIMARY KEY, amount int NOT NULL, day date NOT NULL, name text NOT NULL);
INSERT INTO :table SELECT seq, seq % 1000 * 97, '2020-01-01' + INTERVAL seq % 1500 DAY, CONCAT('Sample ', seq)
FROM seq_1_to_:rows;
CREATE TABLE :table_note (id int PRIMARY KEY, owner_id int NOT NULL, note text NOT NULL);
INSERT INTO :table_note SELECT seq, seq, CONCAT('Note ', seq % 100) FROM seq_1_to_:rows;
ALTER TABLE :table_note ADD INDEX (owner_id);
SET foreign_key_checks = 0; ALTER TABLE :table_note ADD FOREIGN KEY (owner_id) REFERENCES :table (id);`;

/** Makes `bench` of so many rows. */
export async function makeMariadbBench(workbench: Workbench, rows: number): Promise<void> {
  await runCommand(client(workbench, BENCH.replaceAll(":rows", String(rows))), workbench.signal);
}

/** Makes a table of four narrow columns, and `<table>_note` with a row for each of its rows. */
export async function makeMariadbNarrow(workbench: Workbench, table: string, rows: number): Promise<void> {
  const sql = NARROW.replaceAll(":table", table).replaceAll(":rows", String(rows));
  await runCommand(client(workbench, sql), workbench.signal);
}

/** MariaDB to CSV, against its own command line. */
export function mariadbComparisons(workbench: Workbench, rows: number): readonly Comparison[] {
  const ours = join(workbench.folder, "waybill-mariadb.csv");
  const theirs = join(workbench.folder, "mariadb.tsv");
  return [
    {
      title: "MariaDB to CSV",
      ours: {
        name: "Waybill, MariaDB to CSV",
        file: ours,
        checks: [lines(rows + 1)],
        command: waybill("export", "bench", "--source", workbench.mariadb, "--out", ours, "--quiet"),
      },
      theirs: {
        name: "mariadb --quick --batch",
        file: theirs,
        checks: [lines(rows + 1)],
        command: { ...client(workbench, "select * from bench order by id", "--quick", "--batch"), output: theirs },
      },
      atMost: 1.1,
    },
  ];
}

/** A statement for MariaDB's own command line. */
function client({ mariadb }: Workbench, sql: string, ...options: readonly string[]): Command {
  const { hostname, port, username, password, pathname } = new URL(mariadb);
  const where = [`--host=${hostname}`, `--port=${port}`, `--user=${username}`, `--password=${password}`];
  const args = ["--no-defaults", ...where, "--default-character-set=utf8mb4", ...options, "-e", sql, pathname.slice(1)];
  return { program: "mariadb", args };
}
