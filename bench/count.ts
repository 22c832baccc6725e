// Checks of complete outputs: how often something occurs, by other means than ours, whatever it is wrapped in.
import { spawn } from "node:child_process";
import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { python, runCommand } from "./processes.ts";

/** How often something must occur in an output. */
export interface Check {
  readonly what: string;
  readonly count: number;
  /**
   * How often it does occur in a file.
   * @throws Error when the file is broken; the signal's reason when it aborts
   */
  readonly found: (file: string, signal: AbortSignal) => Promise<number>;
}

/** Lines; of one of the entries for a zip, unpacked for `.gz`. */
export function lines(count: number, entry?: string): Check {
  const what = entry === undefined ? "lines" : `lines of ${entry}`;
  return { what, count, found: (file, signal) => occurrences(contentOf(file, entry), "\n", signal) };
}

/** Occurrences of a text. */
export function texts(what: string, text: string, count: number): Check {
  return { what, count, found: (file, signal) => occurrences(contentOf(file), text, signal) };
}

/** Elements of XML, or of a member of a zip, which expat finds to be well-formed. */
export function elements(count: number, name: string, ...member: readonly string[]): Check {
  const found = async (file: string, signal: AbortSignal): Promise<number> => {
    const { output } = await runCommand(python("bench/python/count_elements.py", file, name, ...member), signal);
    return Number(output);
  };
  return { what: `elements ${name}`, count, found };
}

/** Rows of Parquet, as DuckDB reads all of their values. */
export function parquetRows(count: number): Check {
  const found = async (file: string): Promise<number> => {
    const instance = await DuckDBInstance.create();
    const connection = await instance.connect();
    try {
      const sql = "SELECT count(*), bit_xor(hash(rows)) FROM read_parquet($1) AS rows";
      const [row] = (await connection.runAndReadAll(sql, [file])).getRows();
      return Number(row?.[0]);
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  };
  return { what: "rows for DuckDB", count, found };
}

async function occurrences(content: Readable, needle: string, signal: AbortSignal): Promise<number> {
  const bytes = Buffer.from(needle);
  let rest: Buffer = Buffer.alloc(0);
  let count = 0;
  for await (const chunk of content as AsyncIterable<Buffer>) {
    signal.throwIfAborted();
    const text = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let end = 0;
    for (let at = text.indexOf(bytes); at >= 0; at = text.indexOf(bytes, end)) {
      count++;
      end = at + bytes.length;
    }
    // The next chunk may complete what begins here.
    rest = text.subarray(Math.max(end, text.length - bytes.length + 1));
  }
  return count;
}

function contentOf(file: string, entry?: string): Readable {
  if (entry !== undefined) return spawn("unzip", ["-p", file, entry], { stdio: ["ignore", "pipe", "ignore"] }).stdout;
  const content = createReadStream(file, { highWaterMark: 1 << 20 });
  if (!file.endsWith(".gz")) return content;
  const unpacked = createGunzip();
  content.once("error", (error) => unpacked.destroy(error));
  return content.pipe(unpacked);
}
