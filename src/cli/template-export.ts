// Templates on the command line: read from a file, and planned.
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { safeName } from "../archive/names.ts";
import type { Container } from "../engine/run.ts";
import { formatAt, formatNamed } from "../formats/index.ts";
import { usageError } from "../lib/errors.ts";
import { parseJsonText } from "../lib/json-text.ts";
import { accessOf } from "../plan/access.ts";
import { momentTokens } from "../plan/file-names.ts";
import { dataOf, type ExportPlan } from "../plan/plan.ts";
import { localeOf } from "../plan/selection.ts";
import type { Principal } from "../plan/principal.ts";
import { planTemplate, type TemplateRequest } from "../plan/template.ts";
import { readTemplate } from "../template/read.ts";
import type { Template } from "../template/template.ts";
import { formatOfName } from "./choose-output.ts";
import { type FileOptions, filesRequest } from "./file-options.ts";
import { limitOf } from "./limit.ts";
import type { OpenedCatalog } from "./open-catalog.ts";

/**
 * Reads a template file.
 * @throws usageError `template-not-suited` and others, naming the place
 */
export async function templateIn(file: string): Promise<Template> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw usageError("template-not-found", `The template "${file}" cannot be read.`, {
      hint: "Check that it exists and may be read.",
      cause,
    });
  });
  return readTemplate(parseJsonText(text.replace(/^\uFEFF/, ""), file));
}

/** The parts of the command line that a template leaves open, and those that its author has decided. */
export interface TemplateOptions extends FileOptions {
  readonly out: string;
  readonly where?: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit?: string;
  readonly timeZone?: string;
  readonly language: string;
}

/**
 * What plans an export by a template file.
 * @param object the object type that records are chosen of
 * @throws usageError `template-not-suited`, `not-with-template` and others
 */
export async function byTemplate(
  object: string | undefined,
  file: string,
  options: TemplateOptions,
): Promise<(opened: OpenedCatalog, principal: Principal | null) => ExportPlan> {
  refuseDecided({ ...options });
  const template = await templateIn(file);
  const { where, from, to, limit, timeZone, language, out } = options;
  const request = {
    object,
    language,
    ...filesRequest(options),
    ...(where === undefined ? {} : { where: parseJsonText(where, "--where") }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(limit === undefined ? {} : { limit: limitOf(limit) }),
    ...(timeZone === undefined ? {} : { timeZone }),
  };
  return (opened, principal) => {
    const plan = planOf(template, request, opened, principal);
    checkSuffix(out, plan);
    return plan;
  };
}

/** Plans an export by a template, here and now. */
export function planOf(
  template: Template,
  request: Omit<TemplateRequest, "tokens">,
  { catalog, org }: OpenedCatalog,
  principal: Principal | null,
): ExportPlan {
  const { timeZone } = localeOf(request, catalog);
  const tokens = { ...momentTokens(new Date(), timeZone), org };
  return planTemplate(template, { ...request, tokens }, catalog, formatAt, accessOf(principal, catalog));
}

/** Where the output goes: into a folder, under the name that the template gives it. */
export async function outputIn(out: string, plan: ExportPlan, container: Container): Promise<string> {
  const isFolder = out !== "-" && (await stat(out).catch(() => null))?.isDirectory() === true;
  if (!isFolder) return out;
  if (container === "zip") return join(out, safeName(plan.archiveName ?? "export", "zip"));
  const [dataset] = plan.datasets;
  const extension = dataset === undefined || "text" in dataset ? "txt" : formatNamed(dataset.format).extension;
  const name = dataset?.fileName ?? plan.archiveName ?? "export";
  const stem = name.toLowerCase().endsWith(`.${extension}`) ? name.slice(0, -extension.length - 1) : name;
  return `${join(out, safeName(stem, extension))}${{ none: "", gzip: ".gz", zstd: ".zst" }[container]}`;
}

/** @throws usageError `not-with-template` for options that the template's author has decided */
function refuseDecided(options: Readonly<Record<string, unknown>>): void {
  const decided = ["format", "paths", "include", "expand", "order", "aggregate", "option"].find(
    (name) => options[name] !== undefined,
  );
  if (decided === undefined) return;
  throw usageError("not-with-template", `--${decided} is decided by the template.`, {
    hint: "With a template go --where, --from, --to and --limit.",
  });
}

/** @throws usageError `format-not-suited` when the output's name promises another format */
function checkSuffix(out: string, plan: ExportPlan): void {
  const format = out === "-" ? null : formatOfName(out);
  const formats = dataOf(plan).map((dataset) => dataset.format);
  if (format === null || plan.datasets.length > 1 || formats.includes(format)) return;
  const is = formats[0] ?? "text";
  throw usageError("format-not-suited", `The template is for ${is}, but "${out}" is a name for ${format}.`, {
    hint: `Name a file with the suffix of ${is}.`,
  });
}
