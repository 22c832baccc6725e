// DuckDB on its own, as a program: runs a statement, with its defaults.
import { DuckDBInstance } from "@duckdb/node-api";

const [sql] = process.argv.slice(2);
if (sql === undefined) throw new Error("usage: node bench/duckdb-way.ts <sql>");
const instance = await DuckDBInstance.create();
const connection = await instance.connect();
await connection.run(sql);
connection.closeSync();
instance.closeSync();
