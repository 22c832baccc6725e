// Lines of JSON from a pipe. `node:readline` would end a line at U+2028 too, which JSON may hold.
import type { Readable } from "node:stream";

/** Characters that a line may have: a body of 1 MiB in which each character is escaped twice has fewer. */
const LONGEST = 2 ** 24;

/**
 * Gives the lines of a stream.
 *
 * @throws RangeError for one that is longer than any that we write
 */
export async function* linesOf(stream: Readable): AsyncGenerator<string, undefined> {
  let begun = "";
  for await (const text of stream.setEncoding("utf8") as AsyncIterable<string>) {
    const lines = text.split("\n");
    lines[0] = begun + lines[0]!;
    begun = lines.pop()!;
    yield* lines;
    if (begun.length > LONGEST) throw new RangeError("A line is too long.");
  }
}
