// What a template says, as it was sent: whether it can be kept, and its datasets that are templates of their own.
import { findRevision, findTemplate } from "../../control/queries/templates.ts";
import { type Mistake, mistake } from "../../lib/mistakes.ts";
import { child } from "../../lib/pointer.ts";
import { sentence } from "../../lib/sentence.ts";
import { isUuid } from "../../lib/uuid.ts";
import { isStorableText } from "../../query/values.ts";
import type { OrgCall } from "../org-call.ts";
import { seenBy } from "./rights.ts";

/** Names are shorter than in files, since no two templates of a place have the same. */
export const LONGEST_NAME = 200;
const DEEPEST = 64;

/** What no database keeps, and names that are too long. */
export function unkept(body: unknown): Mistake[] {
  const mistakes: Mistake[] = [];
  const code = "template-not-suited";
  const left: { value: unknown; pointer: string; depth: number }[] = [{ value: body, pointer: "", depth: 0 }];
  for (let it = left.pop(); it !== undefined; it = left.pop()) {
    const { value, pointer, depth } = it;
    if (typeof value === "string" && !isStorableText(value)) {
      mistakes.push(
        mistake(code, pointer, sentence`The text has a character that cannot be kept (zero, or half of one).`),
      );
    }
    if (typeof value !== "object" || value === null) continue;
    if (depth === DEEPEST) {
      mistakes.push(mistake(code, pointer, sentence`The template is nested more than ${DEEPEST} deep.`));
      continue;
    }
    for (const [key, inside] of Object.entries(value).toReversed()) {
      if (isStorableText(key)) left.push({ value: inside, pointer: child(pointer, key), depth: depth + 1 });
      else
        mistakes.push(
          mistake(code, pointer, sentence`A key has a character that cannot be kept (zero, or half of one).`),
        );
    }
  }
  const { name } = (body ?? {}) as { name?: unknown };
  if (typeof name === "string" && name.length > LONGEST_NAME) {
    mistakes.push(mistake(code, "/name", sentence`The name has more than ${LONGEST_NAME} characters.`));
  }
  return mistakes;
}

/** A dataset of an export template that is a dataset template of its own. */
export interface DatasetReference {
  readonly template: string;
  readonly name: string;
  /** Its newest revision. */
  readonly revision: number;
}

export interface Inlined {
  /** With the datasets themselves in the place of references. */
  readonly body: unknown;
  /** By the place of the dataset. */
  readonly references: ReadonlyMap<number, DatasetReference>;
  readonly mistakes: readonly Mistake[];
}

/** Stands for a dataset that is not there. */
const MISSING = { name: "missing", format: "text", columns: [{ value: "" }] };

/** A revision of a template, as an export remembers it. */
export interface UsedRevision {
  readonly id: string;
  readonly revision: number;
}

/**
 * Puts dataset templates where an export template names them by their ids.
 * @param pinned their revisions, where they are not the newest
 */
export async function inlined(call: OrgCall, body: unknown, pinned: readonly UsedRevision[] = []): Promise<Inlined> {
  const references = new Map<number, DatasetReference>();
  const mistakes: Mistake[] = [];
  if (!isObject(body) || body["kind"] !== "export-template" || !Array.isArray(body["datasets"])) {
    return { body, references, mistakes };
  }
  const datasets: unknown[] = [];
  for (const [n, dataset] of (body["datasets"] as unknown[]).entries()) {
    if (!isObject(dataset) || !Object.hasOwn(dataset, "template")) {
      datasets.push(dataset);
      continue;
    }
    const found = await referenced(call, dataset, child("/datasets", n), pinned, mistakes);
    datasets.push(found?.body ?? MISSING);
    if (found !== undefined) references.set(n, { template: found.id, name: found.name, revision: found.revision });
  }
  return { body: { ...body, datasets }, references, mistakes };
}

async function referenced(
  call: OrgCall,
  { template, name, ...others }: Readonly<Record<string, unknown>>,
  pointer: string,
  pinned: readonly UsedRevision[],
  mistakes: Mistake[],
): Promise<Awaited<ReturnType<typeof findTemplate>>> {
  const code = "template-not-suited";
  for (const key of Object.keys(others)) {
    const hint = sentence`Change the dataset template that is named, or write the dataset itself.`;
    mistakes.push(mistake(code, child(pointer, key), sentence`A named dataset has no "${key}" of its own.`, hint));
  }
  const place = child(pointer, "template");
  if (typeof template !== "string") {
    mistakes.push(mistake(code, place, sentence`Expected the id of a dataset template.`));
    return undefined;
  }
  const found = isUuid(template) ? await findTemplate(call.access.at, template, seenBy(call)) : undefined;
  const pin = pinned.find(({ id }) => id === found?.id)?.revision;
  if (found?.kind === "dataset-template") {
    if (pin === undefined || pin === found.revision) return found;
    const former = await findRevision(call.access.at, found.id, pin);
    if (former !== undefined) return { ...found, body: former.body, revision: pin, name: String(former.body["name"]) };
  }
  const detail = isStorableText(name)
    ? sentence`The dataset template "${name.slice(0, LONGEST_NAME)}" is not there any more, or you may not see it.`
    : sentence`The dataset template that is named here is not there any more, or you may not see it.`;
  mistakes.push(mistake("dataset-not-found", place, detail, sentence`Take it out, or choose another one.`));
  return undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
