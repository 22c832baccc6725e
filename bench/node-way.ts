// The usual way to export in Node, as a program: pg-query-stream through csv-stringify into a file.
import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { stringify } from "csv-stringify";
import { Client } from "pg";
import QueryStream from "pg-query-stream";

const [url, file] = process.argv.slice(2);
if (url === undefined || file === undefined) throw new Error("usage: node bench/node-way.ts <postgres-url> <file>");

const client = new Client({ connectionString: url });
await client.connect();
const rows = client.query(new QueryStream("select * from bench order by id", [], { batchSize: 1000 }));
const csv = stringify({
  header: true,
  cast: { date: (value) => value.toISOString(), boolean: String },
});
await pipeline(rows, csv, createWriteStream(file));
await client.end();
