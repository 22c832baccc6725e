// What format and container an output's name stands for.
import { basename } from "node:path";
import type { Container } from "../engine/run.ts";
import { formatNamed, formats } from "../formats/index.ts";
import { usageError } from "../lib/errors.ts";
import type { ExportPlan } from "../plan/plan.ts";

const COMPRESSED: readonly (readonly [string, Container])[] = [
  [".gz", "gzip"],
  [".zst", "zstd"],
  [".zip", "zip"],
];

/**
 * The format: named, or from the suffix of the output (`orders.csv`, `orders.csv.gz`).
 * @throws usageError `no-format`
 */
export function chooseFormat(named: string | undefined, out: string): string {
  if (named !== undefined) return named;
  const name = basename(out).toLowerCase();
  const packed = COMPRESSED.find(([suffix]) => name.endsWith(suffix));
  const bare = packed === undefined ? name : name.slice(0, -packed[0].length);
  const format = formats.find(({ extension }) => bare.endsWith(`.${extension}`));
  if (format !== undefined) return format.name;
  throw usageError(
    "no-format",
    `${out === "-" ? "Standard output" : `The output "${out}"`} does not tell its format.`,
    {
      hint: `Add --format with one of ${formats.map((it) => it.name).join(", ")}.`,
    },
  );
}

/**
 * The container: named, or from the suffix of the output; a zip for several files on standard output.
 * @throws usageError `container-not-suited`
 */
export function chooseContainer(named: string | undefined, out: string, plan: ExportPlan): Container {
  const bySuffix = COMPRESSED.find(([suffix]) => out.toLowerCase().endsWith(suffix))?.[1];
  const files = plan.datasets.flatMap(({ format, tables }) =>
    formatNamed(format).shape === "table" ? tables : [tables[0]],
  );
  const several = files.length > 1;
  const container = (named as Container | undefined) ?? bySuffix ?? (several && out === "-" ? "zip" : "none");
  if (several && container !== "zip") {
    const names = files.map(({ name }) => name).join(", ");
    throw usageError(
      "container-not-suited",
      `This export is ${files.length} files (${names}), which only a zip holds.`,
      {
        hint: "Write to a .zip file, choose a format that nests (json, ndjson), or leave the lists out.",
      },
    );
  }
  const binary = container !== "none" || plan.datasets.some(({ format }) => formatNamed(format).compressed === true);
  if (binary && out === "-") refuseTerminal("Compressed");
  return container;
}

/** @throws usageError `container-not-suited` where standard output is a terminal */
export function refuseTerminal(what: "Compressed" | "Encrypted"): void {
  if (!process.stdout.isTTY) return;
  throw usageError("container-not-suited", `${what} data is not for a terminal.`, { hint: "Add -o with a file." });
}
