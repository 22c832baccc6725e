// What format and container an output's name stands for.
import { basename } from "node:path";
import type { Container } from "../engine/run.ts";
import { formatNamed, formats } from "../formats/index.ts";
import { usageError } from "../lib/errors.ts";
import { dataOf, type ExportPlan } from "../plan/plan.ts";

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
  const format = named ?? formatOfName(out);
  if (format !== null) return format;
  throw usageError(
    "no-format",
    `${out === "-" ? "Standard output" : `The output "${out}"`} does not tell its format.`,
    {
      hint: `Add --format with one of ${formats.map((it) => it.name).join(", ")}.`,
    },
  );
}

/** The format that a name tells, packed or not; null where it tells none. */
export function formatOfName(out: string): string | null {
  const name = basename(out).toLowerCase();
  const packed = COMPRESSED.find(([suffix]) => name.endsWith(suffix));
  const bare = packed === undefined ? name : name.slice(0, -packed[0].length);
  return formats.find(({ extension }) => bare.endsWith(`.${extension}`))?.name ?? null;
}

/**
 * The container: named, or from the suffix of the output; a zip for several files on standard output.
 * @throws usageError `container-not-suited`
 */
export function chooseContainer(named: string | undefined, out: string, plan: ExportPlan): Container {
  const bySuffix = COMPRESSED.find(([suffix]) => out.toLowerCase().endsWith(suffix))?.[1];
  const files = plan.datasets.flatMap((dataset) => {
    if ("text" in dataset) return [{ name: dataset.fileName }];
    const { format, tables } = dataset;
    return formatNamed(format).shape === "table" ? tables : [tables[0]];
  });
  // Folders, and what describes a bag, are files too.
  const several = files.length > 1 || plan.records !== undefined || plan.bag === true;
  const isBundle = plan.template !== undefined && plan.bundle === true;
  const usual = isBundle && (several || plan.bare !== true) ? "zip" : several && out === "-" ? "zip" : "none";
  const container = (named as Container | undefined) ?? bySuffix ?? usual;
  if (isBundle && usual === "zip" && named === undefined && container === "zip" && bySuffix === undefined) {
    checkZipName(out);
  }
  if (several && container !== "zip") {
    if (plan.records !== undefined || plan.bag === true) {
      throw usageError("container-not-suited", "Attached files, folders and bags need a zip.", {
        hint: "Write to a .zip file.",
      });
    }
    const names = files.map(({ name }) => name).join(", ");
    throw usageError(
      "container-not-suited",
      `This export is ${files.length} files (${names}), which only a zip holds.`,
      {
        hint: "Write to a .zip file, choose a format that nests (json, ndjson), or leave the lists out.",
      },
    );
  }
  const binary = container !== "none" || dataOf(plan).some(({ format }) => formatNamed(format).compressed === true);
  if (binary && out === "-") refuseTerminal("Compressed");
  return container;
}

/** A template that makes a zip does not write it under the name of something else. */
function checkZipName(out: string): void {
  const format = out === "-" ? null : formatOfName(out);
  if (format === null) return;
  throw usageError("container-not-suited", `The template makes a zip, but "${out}" is a name for ${format}.`, {
    hint: "Name a .zip file.",
  });
}

/** @throws usageError `container-not-suited` where standard output is a terminal */
export function refuseTerminal(what: "Compressed" | "Encrypted"): void {
  if (!process.stdout.isTTY) return;
  throw usageError("container-not-suited", `${what} data is not for a terminal.`, { hint: "Add -o with a file." });
}
