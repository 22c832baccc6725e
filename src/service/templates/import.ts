// Template files of other installations, each with an answer of its own: made, under which name, or why not.
import { findTemplateNamed } from "../../control/queries/templates.ts";
import { WaybillError } from "../../lib/errors.ts";
import { parseJsonText } from "../../lib/json-text.ts";
import { type Mistake, mistakesOf } from "../../lib/mistakes.ts";
import { sentence } from "../../lib/sentence.ts";
import { fitted } from "../../plan/pin.ts";
import { fromPhpPattern, looksLikePhp } from "../../template/php-date.ts";
import type { DatasetTemplate, Template, TemplateList } from "../../template/template.ts";
import { conflict, notFound } from "../errors.ts";
import type { OrgCall, Sight } from "../org-call.ts";
import { firstFree, nextNames } from "./names.ts";
import { changeableTemplate, mustMayIn } from "./rights.ts";
import { added, type Body, checkedBody, revised } from "./save.ts";
import { stored, type StoredTemplateWithBody } from "./stored.ts";

/** What becomes of a template whose name is taken where it is to be. */
export type OnCollision = "refuse" | "rename" | "replace";

export interface ImportedFile {
  /** The file's name, for the answer. */
  readonly name: string;
  /** JSON text, or what it says. */
  readonly content: unknown;
}

/** What became of a file. */
export type ImportAnswer =
  | { readonly file: string; readonly outcome: "created" | "replaced"; readonly template: StoredTemplateWithBody }
  /** `was`: the name that was taken. */
  | {
      readonly file: string;
      readonly outcome: "renamed";
      readonly was: string;
      readonly template: StoredTemplateWithBody;
    }
  | { readonly file: string; readonly outcome: "refused"; readonly problems: readonly Mistake[] };

/**
 * Imports template files, one after the other. Fields are found by the ids that they are pinned to where those fit here,
 * else by their paths; date patterns of PHP become Unicode patterns.
 * @param options `namespace`: null for the caller alone
 * @returns an answer for each file, in their order
 * @throws failure `not-found` for the namespace, `forbidden`; failure of a source
 */
export async function importTemplates(
  call: OrgCall,
  files: readonly ImportedFile[],
  { namespace, onCollision }: { readonly namespace: string | null; readonly onCollision: OnCollision },
): Promise<ImportAnswer[]> {
  await mustMayIn(call, "templates.create", namespace);
  const answers: ImportAnswer[] = [];
  for (const file of files) {
    try {
      answers.push(await imported(call, file, namespace, onCollision));
    } catch (error) {
      // A file may be wrong, or not fit what is there; that the database is away is no answer to it.
      const isAnswer = error instanceof WaybillError && (error.kind === "usage" || REFUSALS.has(error.code));
      if (!isAnswer) throw error;
      answers.push({ file: file.name, outcome: "refused", problems: mistakesOf(error) });
    }
  }
  return answers;
}

const REFUSALS: ReadonlySet<string> = new Set(["name-taken", "revision-conflict", "forbidden", "not-found"]);

async function imported(
  call: OrgCall,
  { name: file, content }: ImportedFile,
  namespace: string | null,
  onCollision: OnCollision,
): Promise<ImportAnswer> {
  const written = typeof content === "string" ? parseJsonText(content.replace(/^\uFEFF/, ""), `"${file}"`) : content;
  const isBundle = (written as { kind?: unknown } | null)?.kind === "export-template";
  const kind: Template["kind"] = isBundle ? "export-template" : "dataset-template";
  const body = await checkedBody(call, kind, written, { adapt });
  const make = (its: Body): ReturnType<typeof added> => added(call, { kind, namespace, body: its });
  try {
    return { file, outcome: "created", template: stored(call, await make(body)) };
  } catch (error) {
    if (!(error instanceof WaybillError) || error.code !== "name-taken") throw error;
    if (onCollision === "refuse") {
      throw conflict(
        "name-taken",
        error.words!.detail,
        sentence`Import it under another name, or let it replace the one there is.`,
      );
    }
  }
  if (onCollision === "rename") {
    const template = await firstFree(nextNames(body.name), (name) => make({ ...body, name }));
    return { file, outcome: "renamed", was: body.name, template: stored(call, template) };
  }
  const { at, identity } = call.access;
  const there = await findTemplateNamed(at, kind, body.name, namespace, identity.person.id);
  if (there === undefined) throw notFound("template");
  const former = await changeableTemplate(call, there.id);
  return { file, outcome: "replaced", template: stored(call, await revised(call, former, body)) };
}

/** A template of elsewhere, as it fits here. */
function adapt(template: Template, { catalog, access }: Sight): Template {
  const fitting = fitted(template, catalog, access);
  if (fitting.kind === "dataset-template") return withUnicodeDates(fitting);
  return { ...fitting, datasets: fitting.datasets.map(withUnicodeDates) };
}

function withUnicodeDates<T extends DatasetTemplate | TemplateList>(part: T): T {
  const columns = part.columns.map((column) =>
    column.date !== null && looksLikePhp(column.date) ? { ...column, date: fromPhpPattern(column.date) } : column,
  );
  return { ...part, columns, lists: part.lists.map(withUnicodeDates) };
}
