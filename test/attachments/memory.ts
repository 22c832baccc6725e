// Reads files ahead, and tells the most memory that this took.
import { readFileSync } from "node:fs";
import { dirStore } from "../../src/attachments/dir-store.ts";
import { readAhead } from "../../src/attachments/read-ahead.ts";

const [, , root, path, times] = process.argv as unknown as [string, string, string, string, string];
const { signal } = new AbortController();
const store = await dirStore(root);
const before = peak();
let bytes = 0;
const requests = (async function* () {
  for (let n = 0; n < Number(times); n++) {
    yield { place: path, size: null, open: (own: AbortSignal) => store.open(path, own) };
  }
})();
for await (const file of readAhead(requests, { signal })) {
  if ("problem" in file) throw file.problem;
  if (file.content instanceof Uint8Array) bytes += file.content.length;
  else for await (const chunk of file.content) bytes += chunk.length;
}
process.send?.({ bytes, mebibytes: (peak() - before) / 1024 }, () => process.exit());

/** In KiB; what the system calls maxrss counts the process that made this one, too. */
function peak(): number {
  return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1]);
}
