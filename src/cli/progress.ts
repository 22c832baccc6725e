// Progress on standard error: a bar on a terminal, or a JSON line a second.
import type { ExportFacts, Progress } from "../engine/run.ts";
import { printable } from "../lib/printable.ts";

/** `summary` is a single line at the end, for logs. */
export type ProgressStyle = "none" | "summary" | "bar" | "json";

export interface ProgressDisplay {
  update(progress: Progress): void;
  /** Says what came out. */
  done(facts: ExportFacts, out: string): void;
  /** Takes the bar away. */
  clear(): void;
}

const BAR_INTERVAL = 100;
const JSON_INTERVAL = 1000;
const BAR_WIDTH = 24;

/** Shows progress in a style. */
export function progressTo(
  stream: { write(text: string): unknown },
  style: ProgressStyle,
  object: string,
): ProgressDisplay {
  const shownName = printable(object);
  const begin = performance.now();
  const interval = style === "json" ? JSON_INTERVAL : BAR_INTERVAL;
  let last = style === "json" ? begin : -Infinity;
  let drawn = false;
  const clear = (): void => {
    if (drawn) stream.write("\r\u001b[K");
    drawn = false;
  };
  return {
    update(progress) {
      if (style === "none" || style === "summary") return;
      const now = performance.now();
      if (now - last < interval) return;
      last = now;
      const seconds = (now - begin) / 1000;
      if (style === "json") {
        stream.write(`${JSON.stringify({ state: "running", ...progress, seconds: round(seconds) })}\n`);
        return;
      }
      stream.write(`\r\u001b[K${bar(shownName, progress, seconds)}`);
      drawn = true;
    },
    done(facts, out) {
      clear();
      const seconds = round((performance.now() - begin) / 1000);
      if (style === "none") return;
      if (style === "json") {
        stream.write(`${JSON.stringify({ state: "ready", ...facts, seconds })}\n`);
        return;
      }
      const rows = facts.tables
        .map(({ name, rows: count }) => `${integer(count)} ${count === 1 ? "row" : "rows"} of ${printable(name)}`)
        .join(", ");
      const files =
        facts.files === 0 ? "" : `, ${integer(facts.files)} attached ${facts.files === 1 ? "file" : "files"}`;
      const where = out === "-" ? "" : ` to ${out}`;
      stream.write(`${rows}${files}${where}, ${size(facts.bytes)} in ${seconds} s\n`);
      for (const { code, column, count } of facts.problems) {
        const isFile = code.startsWith("file-");
        const what = `${integer(count)} ${isFile ? "file" : "value"}${count === 1 ? "" : "s"} of ${printable(column)}`;
        stream.write(`  ${what} could not be ${isFile ? "had; see missing-files.csv" : "written exactly"} (${code})\n`);
      }
    },
    clear,
  };
}

function bar(object: string, { rows, totalRows, bytes }: Progress, seconds: number): string {
  const rate = rows / Math.max(seconds, 0.001);
  const facts = `${integer(rows)} rows  ${integer(Math.round(rate))} rows/s  ${size(bytes)}`;
  if (totalRows === null || totalRows === 0) return `${object}  ${facts}`;
  // The total is the database's estimate: never promise more than it holds.
  const part = Math.min(rows / totalRows, 0.99);
  const filled = Math.round(part * BAR_WIDTH);
  const left = rate > 0 ? Math.max(0, totalRows - rows) / rate : 0;
  const shown = `[${"#".repeat(filled)}${"-".repeat(BAR_WIDTH - filled)}]`;
  return `${object}  ${shown} ${Math.floor(part * 100)} %  ${facts}  ${clock(left)} left`;
}

function integer(value: number): string {
  return value.toLocaleString("en-US");
}

/** Bytes in decimal units. */
export function size(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toPrecision(3)} ${units[unit]}`;
}

function clock(seconds: number): string {
  const whole = Math.ceil(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function round(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
