// What a script logs, up to a limit.
import { LOG } from "./limits.ts";

/** The log of one script. */
export class KeptLog {
  text = "";
  isCut = false;
  #size = 0;

  /** Appends a line, or as much of it as there is room for. What a reader could not show as text is replaced. */
  add(line: string): void {
    if (this.isCut) return;
    const bytes = Buffer.from(`${line.slice(0, LOG + 1)}\n`, "utf8");
    const room = LOG - this.#size;
    this.isCut = bytes.length > room;
    // A character whose bytes do not all fit goes.
    const kept = this.isCut
      ? new TextDecoder().decode(bytes.subarray(0, room), { stream: true })
      : bytes.toString("utf8");
    this.text += kept;
    this.#size += bytes.length;
  }
}
