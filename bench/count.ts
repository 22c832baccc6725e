// Counts what an output holds, whatever it is wrapped in.
import { spawn } from "node:child_process";
import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { Check } from "./contenders.ts";

/**
 * How often a text occurs in a file; in one of its entries for a zip, unpacked for `.gz`.
 * @throws the signal's reason when it aborts
 */
export async function countIn(file: string, { needle, entry }: Check, signal: AbortSignal): Promise<number> {
  const bytes = Buffer.from(needle);
  let rest: Buffer = Buffer.alloc(0);
  let count = 0;
  for await (const chunk of contentOf(file, entry) as AsyncIterable<Buffer>) {
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

function contentOf(file: string, entry: string | undefined): Readable {
  if (entry !== undefined) return spawn("unzip", ["-p", file, entry], { stdio: ["ignore", "pipe", "ignore"] }).stdout;
  const content = createReadStream(file, { highWaterMark: 1 << 20 });
  if (!file.endsWith(".gz")) return content;
  const unpacked = createGunzip();
  content.once("error", (error) => unpacked.destroy(error));
  return content.pipe(unpacked);
}
