// Tables on a terminal.
import { printable } from "../lib/printable.ts";

/** Aligned columns under a header; columns that are empty throughout are left out. */
export function columns(header: readonly string[], values: readonly (readonly string[])[]): string {
  const rows = values.map((row) => row.map(printable));
  const used = header.map((_, c) => c).filter((c) => rows.some((row) => row[c] !== ""));
  const widths = used.map((c) => Math.max(header[c]!.length, ...rows.map((row) => [...row[c]!].length)));
  const line = (row: readonly string[]): string =>
    used
      .map((c, n) => row[c]! + " ".repeat(Math.max(0, widths[n]! - [...row[c]!].length)))
      .join("  ")
      .trimEnd();
  return `${[header, ...rows].map(line).join("\n")}\n`;
}
