// Exports by a template: planned as the command line does, with mistakes told at their places in the request.
import type { Catalog } from "../../catalog/types.ts";
import { formatAt } from "../../formats/index.ts";
import { atPlace, inputError, placeAt, usageError, WaybillError } from "../../lib/errors.ts";
import { sentence } from "../../lib/sentence.ts";
import type { ExportPlan } from "../../plan/plan.ts";
import { planTemplate, type TemplateRequest } from "../../plan/template.ts";
import type { Access } from "../../plan/scope.ts";
import type { Template } from "../../template/template.ts";
import type { OrgCall } from "../org-call.ts";
import type { UsedRevision } from "../templates/body.ts";
import { type ResolvedTemplate, resolveTemplate } from "../templates/resolve.ts";
import type { ExportBody } from "./body.ts";

/** A template, and the member of the request that names it. */
export interface NamedTemplate extends ResolvedTemplate {
  readonly member: "datasetTemplate" | "exportTemplate";
}

/**
 * The template of a request: in its newest revision, or in those that were used before.
 * @throws inputError at the member that names it: `not-found`, `template-not-suited`, `dataset-not-found`
 */
export async function templateNamed(
  call: OrgCall,
  body: ExportBody,
  member: NamedTemplate["member"],
  pinned: readonly UsedRevision[],
): Promise<NamedTemplate> {
  const id = body[member]!;
  const revision = pinned.find((it) => it.id === id)?.revision;
  const found = await placedAt(`/${member}`, () => resolveTemplate(call, id, revision, pinned));
  const isDataset = found.template.kind === "dataset-template";
  if (isDataset === (member === "datasetTemplate")) return { ...found, member };
  const { name } = found.template;
  const detail = isDataset ? sentence`"${name}" is a dataset template.` : sentence`"${name}" is an export template.`;
  const other = isDataset ? "datasetTemplate" : "exportTemplate";
  throw inputError("template-not-suited", `/${member}`, detail, sentence`Name it as ${other}.`);
}

/** The members of a request that go with a template; what is wrong elsewhere is the template's own. */
const OF_REQUEST =
  /^\/(?:exportFiles|zipFiles|fileFormats|fileWhere|nameTemplate|limit|objects|batch|realm|from|to)(?:\/|$)/;

/** @param request of which filter and dates were checked */
export async function planNamed(
  { template, member }: NamedTemplate,
  request: TemplateRequest,
  catalog: Catalog,
  access: Access,
): Promise<ExportPlan> {
  return placedAt(`/${member}`, () => planTemplate(template, request, catalog, formatAt, access), template);
}

/** What a mistake inside of a template means for whoever only names it. */
export async function placedAt<T>(pointer: string, make: () => T | Promise<T>, template?: Template): Promise<T> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof WaybillError)) throw error;
    if (error.code === "not-found") {
      throw inputError("not-found", pointer, sentence`There is no such template, or you may not see it.`);
    }
    if (error.kind !== "usage" || error.places.some((it) => OF_REQUEST.test(it.pointer))) throw error;
    const { code, message, hint, words } = error;
    const named = template === undefined ? sentence`the template` : `"${template.name}"`;
    const inside = error.places.map((it) => {
      const detail = sentence`In ${named} at ${it.pointer}: ${it.words?.detail ?? it.detail}`;
      return placeAt(pointer, detail, it.code);
    });
    const places = inside.length === 0 ? atPlace(pointer, error).places : inside;
    throw usageError(code, words?.detail ?? message, {
      hint: words === null ? hint : words.hint,
      places,
      cause: error,
    });
  }
}
