// `waybill objects`: what can be exported, and the fields of one object type.
import { Command } from "commander";
import type { Catalog, Field, ObjectType } from "../catalog/types.ts";
import { usageError } from "../lib/errors.ts";
import { printable } from "../lib/printable.ts";
import { suggest } from "../lib/suggest.ts";
import { sourceAt } from "../sources/index.ts";
import { interruptible } from "./interrupt.ts";

export function objectsCommand(): Command {
  return new Command("objects")
    .description("show what can be exported; with a name, its fields")
    .argument("[object]", "an object type")
    .option("-s, --source <url>", "postgres://user@host/database, sqlite:file.db or files:folder")
    .option("--json", "as JSON")
    .action(async (name: string | undefined, options: { source?: string; json?: true }) => {
      if (options.source === undefined) {
        throw usageError("no-source", "No source was named.", {
          hint: "Add --source postgres://user@host/database, --source sqlite:file.db or --source files:folder.",
        });
      }
      const source = sourceAt(options.source);
      const catalog = await interruptible((signal) => source.introspect(signal));
      process.stdout.write(name === undefined ? showAll(catalog, options.json) : showOne(catalog, name, options.json));
    });
}

function showAll(catalog: Catalog, json: true | undefined): string {
  const objects = [...catalog.objects.values()];
  if (json === true) return `${JSON.stringify(objects, null, 2)}\n`;
  if (objects.length === 0) return "The source has no tables that can be read.\n";
  return table(
    ["object", "kind", "fields", "key", "records", "label"],
    objects.map((object) => [
      object.name,
      object.kind,
      String(object.fields.length),
      object.key.join(", "),
      object.estimatedRows === undefined ? "" : `~${object.estimatedRows.toLocaleString("en-US")}`,
      object.label ?? "",
    ]),
  );
}

function showOne(catalog: Catalog, name: string, json: true | undefined): string {
  const object = catalog.objects.get(name);
  if (object === undefined) {
    throw usageError("unknown-object", `There is no object type "${name}".`, {
      hint: suggest(name, [...catalog.objects.keys()]),
    });
  }
  return json === true ? `${JSON.stringify(object, null, 2)}\n` : describe(object);
}

function describe(object: ObjectType): string {
  const parts = [
    `${printable(`${object.name}${object.label === undefined ? "" : `: ${object.label}`}`)} (${object.kind}, ${keyText(object)})\n`,
    table(
      ["field", "type", "in the database", "", "label", "documentation"],
      object.fields.map((field) => [
        field.name,
        field.type === "array" ? `array of ${field.element ?? "text"}` : field.type,
        field.native,
        object.key.includes(field.name) ? "key" : field.nullable ? "" : "never missing",
        field.label ?? "",
        documentationOf(field),
      ]),
    ),
  ];
  const documentation = documentationOf(object);
  if (documentation !== "") parts.splice(1, 0, `${printable(documentation)}\n`);
  if (object.references.length > 0) {
    const rows = object.references.map((it) => [it.name, it.object, it.by.map((link) => link.from).join(", ")]);
    parts.push(table(["reference", "to", "by"], rows));
  }
  if (object.lists.length > 0) {
    const rows = object.lists.map((it) => [it.name, it.object, it.by.map((link) => link.to).join(", ")]);
    parts.push(table(["list", "of", "by"], rows));
  }
  return parts.join("\n");
}

/** What is said besides the label, on one line. */
function documentationOf({ label, documentation = "" }: Pick<Field, "label" | "documentation">): string {
  return documentation === label ? "" : documentation.replaceAll(/\s+/g, " ");
}

function keyText(object: ObjectType): string {
  return object.key.length === 0 ? "no key" : `key ${object.key.join(", ")}`;
}

/** Aligned columns under a header; columns that are empty throughout are left out. */
function table(header: readonly string[], values: readonly (readonly string[])[]): string {
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
