// What `waybill template` shows: files, columns and their rules.
import { writeFile } from "node:fs/promises";
import { usageError } from "../lib/errors.ts";
import { printable } from "../lib/printable.ts";
import { accessOf } from "../plan/access.ts";
import { pinned } from "../plan/pin.ts";
import type { ExportPlan, PlanColumn } from "../plan/plan.ts";
import { printTemplate } from "../template/write.ts";
import { columns as aligned } from "./columns.ts";
import { interruptible } from "./interrupt.ts";
import { openCatalog } from "./open-catalog.ts";
import { principalOf } from "./principal.ts";
import type { TemplateCommandOptions } from "./template.ts";
import { planOf, templateIn } from "./template-export.ts";

/** Prints the columns of a template. @throws usageError for what is wrong in it */
export async function showTemplate(file: string, options: TemplateCommandOptions): Promise<void> {
  const principal = options.as === undefined ? null : principalOf(options.as);
  const template = await templateIn(file);
  await interruptible(async (signal) => {
    const opened = await openCatalog(options, signal);
    if (options.pin === true) {
      if (opened.org === "") {
        throw usageError("command-line", "A source without a configuration has no stable ids.", {
          hint: "Name the configuration that has it with --config.",
        });
      }
      await writeFile(file, printTemplate(pinned(template, opened.catalog, accessOf(principal, opened.catalog))));
    }
    process.stdout.write(`${shown(planOf(template, { language: options.language ?? "en" }, opened, principal))}\n`);
  });
}

function shown({ datasets, notes = [], archiveName, bundle }: ExportPlan): string {
  const parts = bundle === true ? [`${printable(archiveName ?? "")}\n`] : [];
  for (const dataset of datasets) {
    if ("text" in dataset) {
      parts.push(`${printable(dataset.fileName)}: text, ${Buffer.byteLength(dataset.text)} bytes\n`);
      continue;
    }
    for (const table of dataset.tables) {
      parts.push(
        `${printable(table.name)} (${dataset.format}${dataset.fileName === undefined ? "" : `, ${printable(dataset.fileName)}`})\n`,
      );
      parts.push(
        aligned(
          ["column", "type", "rules"],
          table.columns.map((it) => [it.name, it.type, rulesOf(it)]),
        ),
      );
    }
  }
  for (const { table, column, note, before } of notes) {
    const what = {
      removed: "its field is no more: empty",
      renamed: `its field was ${before ?? ""}`,
      "type-changed": `it was ${before ?? ""}`,
    };
    parts.push(`${printable(`${table}, ${column}`)}: ${printable(what[note])}\n`);
  }
  return parts.join("\n").trimEnd();
}

function rulesOf({ rules, mandatory }: PlanColumn): string {
  const told = rules.flatMap((it): string[] => {
    switch (it.rule) {
      case "unwrapJson":
      case "readTimes":
        return [];
      case "translate":
        return [`translate ${Object.keys(it.labels).length} values`];
      case "default":
        return [`default ${JSON.stringify(it.value.text)}`];
      case "date":
        return [`date ${it.pattern}`];
      case "truncate":
        return [`truncate to ${it.length}`];
      case "shift":
        return [`shift by up to ${it.days} days`];
      default:
        return [it.rule];
    }
  });
  return [...told, ...(mandatory === true ? ["mandatory"] : [])].join(", ");
}
