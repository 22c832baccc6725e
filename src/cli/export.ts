// `waybill export`: one export, here and now, without a server.
import { readFile } from "node:fs/promises";
import { Command, Option } from "commander";
import type { Catalog } from "../catalog/types.ts";
import { type Container, run } from "../engine/run.ts";
import { formats, formatNamed } from "../formats/index.ts";
import { usageError } from "../lib/errors.ts";
import { parseJsonText } from "../lib/json-text.ts";
import { printable } from "../lib/printable.ts";
import { accessOf } from "../plan/access.ts";
import type { ExportPlan } from "../plan/plan.ts";
import { planExport } from "../plan/plan-export.ts";
import type { Principal } from "../plan/principal.ts";
import type { ExportRequest } from "../plan/request.ts";
import { splitPathList } from "../query/path-list.ts";
import { chooseContainer, chooseFormat, refuseTerminal } from "./choose-output.ts";
import { type FileOptions, filesRequest } from "./file-options.ts";
import { interruptible } from "./interrupt.ts";
import { limitOf } from "./limit.ts";
import { type CatalogOptions, openCatalog, type OpenedCatalog } from "./open-catalog.ts";
import { openOutput, type Output } from "./output.ts";
import { progressTo, type ProgressStyle } from "./progress.ts";
import { version } from "../lib/version.ts";

/** Options as commander hands them over. */
interface ExportOptions extends CatalogOptions, FileOptions {
  readonly as?: string;
  readonly from?: string;
  readonly to?: string;
  readonly format?: string;
  readonly out: string;
  readonly template?: string;
  readonly where?: string;
  readonly paths?: string;
  readonly include?: string;
  readonly expand?: string;
  readonly order?: string;
  readonly limit?: string;
  readonly aggregate?: string;
  readonly container?: string;
  readonly recipient?: string;
  readonly option?: readonly string[];
  readonly timeZone?: string;
  readonly language: string;
  readonly progress?: "bar" | "json";
  readonly quiet?: true;
}

export function exportCommand(): Command {
  return new Command("export")
    .description("write the records of an object type to a file")
    .argument("[object]", "the object type: a table's name, or schema.table (a template names its own)")
    .option("-s, --source <url>", "postgres://user@host/database, mysql://…, sqlite:file.db or files:folder")
    .option("-c, --config <file>", "the configuration (else ./waybill.yaml, where no source is named)")
    .option("--org <code>", "the organisation, where the configuration has several")
    .option("--as <principal>", "what this person may see: an e-mail address, an id, or JSON")
    .option("--from <date>", "of a realm: the first day, as 2024-01-01")
    .option("--to <date>", "of a realm: the last day, as 2024-12-31")
    .option("-o, --out <file>", "the file to write, or - for standard output", "-")
    .option("-f, --format <name>", `${formats.map((it) => it.name).join(", ")} (else from the output's suffix)`)
    .option("-t, --template <file.json>", "columns and rules that an author decided: a dataset or an export template")
    .option("-w, --where <json>", `which records, as {"status":"paid"}`)
    .option("-p, --paths <list>", "just these fields, as id,customer.name (a list's name asks for the list)")
    .option("--include <list>", "optional fields and lists in addition")
    .option("--expand <list>", "references as nested objects")
    .option("--order <list>", "order, as field,-field (else by the key)")
    .option("--limit <n>", "at most so many records")
    .option("--aggregate <json>", `groups instead of records, as {"by":["type"],"measures":{"n":{"count":"*"}}}`)
    .option("--files", "the attached files too (the output is a zip)")
    .option("--zip-files", "the attached files in a zip of their own inside of it")
    .option("--file-formats <list>", "only files of these kinds, as fastq,image")
    .option("--file-where <json>", "only files that match, as --where of what is attached")
    .addOption(
      new Option("--layout <name>", "how the zip is arranged: data files, or a folder a record").choices([
        "tables",
        "folders",
        "files",
      ]),
    )
    .option("--name-template <text>", "names of folders and files, as {record.number}/{index}-{file.name}")
    .option("--preview-names", "show the places that the files of the first records would get, and export nothing")
    .option("--font <file>", "a further font for the PDFs of records: .ttf, .otf, .ttc (repeatable)", collect)
    .option("--bag", "arrange the zip as a BagIt bag")
    .addOption(new Option("--container <kind>", "what to wrap it in").choices(["none", "gzip", "zstd", "zip"]))
    .option("--recipient <age1…>", "encrypt the output to this age key, so that only its owner can open it")
    .option("--option <key=value>", "an option of the format, or key=@file for a file's text (repeatable)", collect)
    .option("--time-zone <name>", "the zone in which instants are shown, as Europe/Paris (else UTC)")
    .option("--language <code>", "the language of the reader, as fr", "en")
    .addOption(new Option("--progress <style>", "how to show progress").choices(["bar", "json"]))
    .option("-q, --quiet", "print nothing but errors")
    .action((object: string | undefined, options: ExportOptions) => runExport(object, options));
}

/** Plans against a catalog; what of the command line is wrong is told before a source is opened. */
type Planner = (opened: OpenedCatalog, principal: Principal | null) => ExportPlan;

async function plannerOf(object: string | undefined, options: ExportOptions): Promise<Planner> {
  if (options.template !== undefined)
    return (await import("./template-export.ts")).byTemplate(object, options.template, options);
  if (object === undefined) {
    throw usageError("command-line", "No object type was named.", { hint: "See what there is with waybill objects." });
  }
  // Folders of records have no data files, so no format.
  const hasTables = options.layout === undefined || options.layout === "tables";
  const format = formatNamed(hasTables ? chooseFormat(options.format, options.out) : "json");
  const request = await requestOf(object, format.name, options);
  return ({ catalog }, principal) => planExport(request, catalog, format, accessOf(principal, catalog));
}

async function runExport(object: string | undefined, options: ExportOptions): Promise<void> {
  const principal = options.as === undefined ? null : (await import("./principal.ts")).principalOf(options.as);
  // Suffixes tell what is inside of the encryption.
  const sealed = await sealedTo(options.recipient, options.out);
  const planned = await plannerOf(object, { ...options, out: sealed.out });
  await interruptible(async (signal) => {
    const opened = await openCatalog(options, signal);
    const { catalog, sourceNamed, storeNamed, pseudonymKey } = opened;
    const plan = planned(opened, principal);
    if (options.quiet !== true) remarkOnNamespaces(plan.asked.object, catalog, principal);
    if (options.previewNames === true) {
      const { previewNames } = await import("../engine/preview-names.ts");
      for await (const place of previewNames(plan, { sourceNamed, signal, pseudonymKey })) {
        process.stdout.write(`${printable(place)}\n`);
      }
      return;
    }
    const container = chooseContainer(options.container, sealed.out, plan);
    const out = options.template === undefined ? options.out : await outputOf(options, plan, container);
    const progress = progressTo(process.stderr, styleOf(options), plan.template?.name ?? plan.asked.object);
    const output = sealed.wrap(await openOutput(out));
    try {
      // However this ends, the source is closed.
      await using chunks = run(plan, {
        sourceNamed,
        storeNamed,
        container,
        signal,
        program: `Waybill ${version()}`,
        pseudonymKey,
        fonts: [...(options.font ?? []), ...opened.fonts],
        onProgress: (at) => progress.update(at),
      });
      let next = await chunks.next();
      // A chunk is written while the next one is made.
      for (let writing = Promise.resolve(); next.done !== true; await writing) {
        writing = output.write(next.value);
        writing.catch(() => {});
        next = await chunks.next();
      }
      await output.publish();
      progress.done(next.value, out);
    } finally {
      progress.clear();
      await output.discard();
    }
  });
}

/** In a folder, the output has the name that its template gives it. */
async function outputOf(options: ExportOptions, plan: ExportPlan, container: Container): Promise<string> {
  const named = await (await import("./template-export.ts")).outputIn(options.out, plan, container);
  return named === options.out || options.recipient === undefined ? named : `${named}.age`;
}

async function requestOf(object: string, format: string, options: ExportOptions): Promise<ExportRequest> {
  const { where, from, to, paths, include, expand, order, limit, aggregate, timeZone } = options;
  return {
    object,
    format,
    options: await formatOptions(options.option ?? []),
    ...filesRequest(options),
    ...(where === undefined ? {} : { where: parseJsonText(where, "--where") }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(paths === undefined ? {} : { paths: splitPathList(paths) }),
    ...(include === undefined ? {} : { include: splitPathList(include) }),
    ...(expand === undefined ? {} : { expand: splitPathList(expand) }),
    ...(order === undefined ? {} : { order: splitPathList(order) }),
    ...(limit === undefined ? {} : { limit: limitOf(limit) }),
    ...(aggregate === undefined ? {} : { aggregate: parseJsonText(aggregate, "--aggregate") }),
    ...(timeZone === undefined ? {} : { timeZone }),
    language: options.language,
  };
}

/** How the output is encrypted, and what its name would be otherwise. */
interface Sealed {
  readonly out: string;
  readonly wrap: (output: Output) => Output;
}

/** @throws usageError `recipient-not-suited`, `recipient-missing`, `container-not-suited` */
async function sealedTo(recipient: string | undefined, out: string): Promise<Sealed> {
  const suffix = /\.age$/i;
  if (recipient !== undefined) {
    // Most exports are not encrypted, and do not wait for this.
    const [{ recipientOf }, { sealedOutput }] = await Promise.all([
      import("../vault/age-keys.ts"),
      import("./sealed-output.ts"),
    ]);
    const to = recipientOf(recipient, "--recipient");
    if (out === "-") refuseTerminal("Encrypted");
    return { out: out.replace(suffix, ""), wrap: (output) => sealedOutput(output, to) };
  }
  if (!suffix.test(out)) return { out, wrap: (output) => output };
  throw usageError("recipient-missing", `The output "${out}" would not be encrypted.`, {
    hint: "Say to whom with --recipient age1…, or choose a name that does not end with .age.",
  });
}

/** Who belongs to which namespace is kept by the server; here it is known only when it is said. */
function remarkOnNamespaces(name: string, catalog: Catalog, principal: Principal | null): void {
  const inNamespaces = catalog.objects.get(name)?.roles?.namespace !== undefined;
  if (principal === null || principal.namespaces !== null || !inNamespaces) return;
  process.stderr.write(
    `Records of all namespaces are included. Add "namespaces": [keys] to --as to see those of a member.\n`,
  );
}

async function formatOptions(pairs: readonly string[]): Promise<Record<string, string>> {
  const options: [string, string][] = [];
  for (const pair of pairs) {
    const equals = pair.indexOf("=");
    if (equals < 1) {
      throw usageError("option-not-suited", `--option ${pair} has no value.`, { hint: "Write --option key=value." });
    }
    const key = pair.slice(0, equals);
    const value = pair.slice(equals + 1);
    const literal = value.startsWith("@@") ? value.slice(1) : value;
    const text = value === literal && value.startsWith("@") ? await textOf(value.slice(1), key) : literal;
    options.push([key, text]);
  }
  return Object.fromEntries(options);
}

/** The text of a file that is named instead of a value, without a byte order mark. */
async function textOf(file: string, key: string): Promise<string> {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await readFile(file));
  } catch (cause) {
    const binary = cause instanceof TypeError;
    throw usageError("option-not-suited", `The file "${file}" of --option ${key} cannot be read.`, {
      hint: binary
        ? "It must hold text in UTF-8."
        : "Check that it exists and may be read; a value that begins with @ is written @@.",
      cause,
    });
  }
}

function styleOf(options: ExportOptions): ProgressStyle {
  if (options.quiet === true) return "none";
  return options.progress ?? (process.stderr.isTTY ? "bar" : "summary");
}

function collect(value: string, former: readonly string[] = []): readonly string[] {
  return [...former, value];
}
