// Writes a zip of generated entries into a file, as a program of its own whose memory can be watched.
import { type Entry, zipped } from "../src/archive/zip.ts";
import { openOutput } from "../src/cli/output.ts";

const [kind, amount, file] = process.argv.slice(2);
if ((kind !== "entries" && kind !== "bytes") || file === undefined) {
  throw new Error("usage: node bench/zip-writer.ts entries|bytes <how many> <file>");
}

/** Small entries in folders: at hand, as a stream, and stored without compression, by turns. */
function* smallEntries(count: number): Generator<Entry> {
  for (let n = 0; n < count; n++) {
    const name = `folder ${Math.floor(n / 1000)}/été ${n}.txt`;
    const content = Buffer.from(`This is what entry ${n} holds. `.repeat(1 + (n % 20)));
    if (n % 3 === 0) yield { name, content };
    else yield { name, content: streamed(content), stored: n % 3 === 1 };
  }
}

async function* streamed(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}

/** Bytes like those of a table; the two chunks are used by turns. */
async function* tableBytes(size: number): AsyncGenerator<Uint8Array> {
  const chunks = [Buffer.alloc(1 << 20), Buffer.alloc(1 << 20)] as const;
  const line = (n: number): string => `${n};Sample ${(n * 7919) % 1_000_003};${(n * 37) % 1000}.${n % 100};plain\n`;
  for (const chunk of chunks) {
    for (let at = 0, n = 0; at < chunk.length; n++) at += chunk.write(line(n), at);
  }
  for (let at = 0, n = 0; at < size; n++) {
    const chunk = chunks[n % 2 === 0 ? 0 : 1];
    chunk.write(`${n};`, 0);
    const part = chunk.subarray(0, Math.min(chunk.length, size - at));
    yield part;
    at += part.length;
  }
}

const count = Number(amount);
const entries = kind === "entries" ? smallEntries(count) : [{ name: "large.csv", content: tableBytes(count) }];
const output = await openOutput(file);
for await (const chunk of zipped(entries)) await output.write(chunk);
await output.publish();
