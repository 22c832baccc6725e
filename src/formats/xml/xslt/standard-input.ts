// Standard input of the sandbox, read with blocking calls.
import { Buffer } from "node:buffer";
import { readSync } from "node:fs";

const LF = 0x0a;

/** A line of UTF-8 text, and then the rest. */
export class StandardInput {
  #parts: Buffer[] = [];

  /** The first line, without its end. */
  line(): string {
    for (;;) {
      const part = read();
      const end = part.indexOf(LF);
      if (end < 0 && part.length > 0) {
        this.#parts.push(part);
        continue;
      }
      const line = Buffer.concat([...this.#parts, part.subarray(0, Math.max(end, 0))]).toString("utf8");
      this.#parts = [part.subarray(end + 1)];
      return line;
    }
  }

  /** What follows the line. */
  rest(): string {
    for (let part = read(); part.length > 0; part = read()) this.#parts.push(part);
    const text = Buffer.concat(this.#parts).toString("utf8");
    this.#parts = [];
    return text;
  }
}

/** Some bytes; none at the end. */
function read(): Buffer {
  const part = Buffer.allocUnsafeSlow(1 << 16);
  return part.subarray(0, readSync(0, part));
}
