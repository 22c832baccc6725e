// Templates made and changed: looked at, pinned to the fields that they mean, and kept with their former revisions.
import { isDuplicate } from "../../control/errors.ts";
import { atOnce, type InOrg } from "../../control/in-org.ts";
import { addTemplate, reviseTemplate, type WholeTemplate } from "../../control/queries/templates.ts";
import type { Template } from "../../control/tables.ts";
import { inputError } from "../../lib/errors.ts";
import { refusal } from "../../lib/mistakes.ts";
import { sentence } from "../../lib/sentence.ts";
import { pinned } from "../../plan/pin.ts";
import { templateJson } from "../../template/write.ts";
import { conflict } from "../errors.ts";
import { audit, type OrgCall } from "../org-call.ts";
import { isDraft, type Made, reviewed, type ReviewOptions } from "./review.ts";
import { changeableTemplate, mustMayIn } from "./rights.ts";
import { stored, type StoredTemplateWithBody } from "./stored.ts";

export interface NewTemplate {
  readonly kind: Template["kind"];
  /** Null for the caller alone. */
  readonly namespace: string | null;
  readonly body: unknown;
}

/**
 * Keeps a new template.
 * @throws usageError with everything that is wrong; failure `not-found`, `forbidden`; conflict `name-taken`
 */
export async function createTemplate(
  call: OrgCall,
  { kind, namespace, body }: NewTemplate,
): Promise<StoredTemplateWithBody> {
  await mustMayIn(call, "templates.create", namespace);
  const checked = await checkedBody(call, kind, body);
  return stored(call, await added(call, { kind, namespace, body: checked }));
}

/**
 * Changes a template: the former revision stays.
 * @param revision the one that the change was made from
 * @throws usageError with everything that is wrong; failure `not-found`, `forbidden`; conflict `revision-conflict`, `name-taken`
 */
export async function replaceTemplate(
  call: OrgCall,
  id: string,
  { body, revision }: { readonly body: unknown; readonly revision: number },
): Promise<StoredTemplateWithBody> {
  const template = await changeableTemplate(call, id);
  if (template.revision !== revision) throw meanwhile(template.revision);
  const checked = await checkedBody(call, template.kind, body);
  return stored(call, await revised(call, template, checked));
}

/** What a checked template says. */
export type Body = WholeTemplate["body"] & { readonly name: string };

/**
 * A template as it is kept: pinned, and without what goes without saying.
 * @throws usageError with everything that is wrong
 */
export async function checkedBody(
  call: OrgCall,
  kind: Template["kind"],
  body: unknown,
  options?: ReviewOptions,
): Promise<Body> {
  const { problems, made } = await reviewed(call, body, options);
  const wrong = problems.filter((it) => !isDraft(it));
  if (made === null || wrong.length > 0) throw refusal(wrong, MOST);
  if (made.template.kind !== kind)
    throw inputError("template-not-suited", "/kind", sentence`Expected a template that is "${kind}".`);
  return bodyOf(made);
}

/** So many problems are told at once. */
const MOST = 1000;

function bodyOf({ template, references, sight }: Made): Body {
  const body = templateJson(pinned(template, sight.catalog, sight.access));
  const named = body["datasets"] as readonly unknown[] | undefined;
  const datasets = named?.map((dataset, n) => {
    const reference = references.get(n);
    return reference === undefined ? dataset : { template: reference.template, name: reference.name };
  });
  return { ...body, ...(datasets === undefined ? {} : { datasets }), name: template.name };
}

/** Adds a template, and writes it into the audit log. @throws conflict `name-taken` */
export async function added(
  call: OrgCall,
  { kind, namespace, body }: Omit<NewTemplate, "body"> & { readonly body: Body },
): Promise<WholeTemplate> {
  const { name } = body;
  const person = call.access.identity.person.id;
  const template = await unlessTaken(name, () =>
    atOnce(call.access.at, async (at) => {
      const made = await addTemplate(at, { kind, namespace, name, person, body });
      await told(call, at, "template.create", made);
      return made;
    }),
  );
  return { ...template, body };
}

/** Adds a revision, and writes it into the audit log. @throws conflict `name-taken`, `revision-conflict` */
export async function revised(call: OrgCall, { id, revision }: Template, body: Body): Promise<WholeTemplate> {
  const { name } = body;
  const person = call.access.identity.person.id;
  const template = await unlessTaken(name, () =>
    atOnce(call.access.at, async (at) => {
      const made = await reviseTemplate(at, id, revision, { name, person, body });
      if (made === undefined) throw meanwhile();
      await told(call, at, "template.change", made);
      return made;
    }),
  );
  return { ...template, body };
}

/** Writes into the audit log what is done to a template, in the same transaction. */
export function told(
  call: OrgCall,
  at: InOrg,
  action: string,
  { id, kind, name, revision, namespace }: Template,
  details: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const within = { ...call, access: { ...call.access, at } };
  return audit(within, action, { kind: "template", id }, { kind, name, revision, namespace, ...details });
}

async function unlessTaken<Result>(name: string, task: () => Promise<Result>): Promise<Result> {
  try {
    return await task();
  } catch (error) {
    if (!isDuplicate(error, "template_name")) throw error;
    throw conflict(
      "name-taken",
      sentence`There is a template called "${name}" already.`,
      sentence`Choose another name.`,
    );
  }
}

function meanwhile(now?: number): Error {
  const is = now === undefined ? "" : sentence`: its revision is ${now} now`;
  return conflict(
    "revision-conflict",
    sentence`Somebody changed the template meanwhile${is}.`,
    sentence`Open it again, and make your change to what it is now.`,
  );
}
