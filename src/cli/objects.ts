// `waybill objects`: what can be exported, and the fields of one object type.
import { Command } from "commander";
import { type Catalog, type Field, isColumn, type ObjectType } from "../catalog/types.ts";
import { usageError } from "../lib/errors.ts";
import { printable } from "../lib/printable.ts";
import { columns } from "./columns.ts";
import { suggest } from "../lib/suggest.ts";
import { interruptible } from "./interrupt.ts";
import { type CatalogOptions, openCatalog } from "./open-catalog.ts";

export function objectsCommand(): Command {
  return new Command("objects")
    .description("show what can be exported; with a name, its fields")
    .argument("[object]", "an object type")
    .option("-s, --source <url>", "postgres://user@host/database, mysql://…, sqlite:file.db or files:folder")
    .option("-c, --config <file>", "the configuration (else ./waybill.yaml, where no source is named)")
    .option("--org <code>", "the organisation, where the configuration has several")
    .option("--language <code>", "the language of the labels, as fr", "en")
    .option("--json", "as JSON")
    .action(async (name: string | undefined, options: CatalogOptions & { json?: true }) => {
      const { catalog } = await interruptible((signal) => openCatalog(options, signal));
      process.stdout.write(name === undefined ? showAll(catalog, options.json) : showOne(catalog, name, options.json));
    });
}

function showAll(catalog: Catalog, json: true | undefined): string {
  const objects = [...catalog.objects.values()].filter(({ kind }) => kind !== "elements");
  const sources = new Set(objects.map(({ source }) => source));
  if (json === true) return `${JSON.stringify(objects, null, 2)}\n`;
  if (objects.length === 0) return "The source has no tables that can be read.\n";
  return columns(
    ["object", "kind", "source", "fields", "key", "records", "label"],
    objects.map((object) => [
      object.name,
      object.range === undefined ? object.kind : `${object.kind}, realm`,
      sources.size > 1 ? (object.source ?? "") : "",
      String(object.fields.filter(({ hidden }) => hidden !== true).length),
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
    columns(
      ["field", "type", "in the database", "", "label", "documentation"],
      object.fields
        .filter(({ hidden }) => hidden !== true)
        .map((field) => [
          field.name,
          field.type === "array" ? `array of ${field.element ?? "text"}` : field.type,
          isColumn(field) ? field.native : "",
          remarksOf(field, object),
          field.label ?? "",
          documentationOf(field),
        ]),
    ),
  ];
  const documentation = documentationOf(object);
  if (documentation !== "") parts.splice(1, 0, `${printable(documentation)}\n`);
  if (object.references.length > 0) {
    const rows = object.references.map((it) => [it.name, it.object, it.by.map((link) => link.from).join(", ")]);
    parts.push(columns(["reference", "to", "by"], rows));
  }
  if (object.lists.length > 0) {
    const rows = object.lists.map((it) => [it.name, it.object, it.by.map((link) => link.to).join(", ")]);
    parts.push(columns(["list", "of", "by"], rows));
  }
  if (object.files !== undefined) {
    const rows = object.files.map((it) => [it.name, it.object, it.store ?? `column ${it.column ?? ""}`]);
    parts.push(columns(["files", "of", "in"], rows));
  }
  return parts.join("\n");
}

function remarksOf(field: Field, object: ObjectType): string {
  const { roles = {}, range } = object;
  const roleNames = Object.entries(roles).flatMap(([role, name]) => (name === field.name ? [role] : []));
  const remarks = [
    object.key.includes(field.name) ? "key" : field.nullable || !isColumn(field) ? "" : "never missing",
    field.optional === true ? "optional" : "",
    ...roleNames,
    range?.field === field.name ? `range, at most ${range.max}` : "",
    field.deidentify === undefined ? "" : `de-identified (${field.deidentify.rule.rule})`,
    field.labels === undefined ? "" : `labels of ${Object.keys(field.labels).length} codes`,
    field.unit === undefined ? "" : `in ${field.unit}`,
  ];
  return remarks.filter((it) => it !== "").join(", ");
}

/** What is said besides the label, on one line. */
function documentationOf({ label, documentation = "" }: Pick<Field, "label" | "documentation">): string {
  return documentation === label ? "" : documentation.replaceAll(/\s+/g, " ");
}

function keyText(object: ObjectType): string {
  return object.key.length === 0 ? "no key" : `key ${object.key.join(", ")}`;
}
