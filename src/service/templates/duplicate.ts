// A template once more, under another name.
import { mistake, refusal } from "../../lib/mistakes.ts";
import { sentence } from "../../lib/sentence.ts";
import { reaches } from "../../plan/principal.ts";
import type { OrgCall } from "../org-call.ts";
import { unkept } from "./body.ts";
import { copyNames, firstFree } from "./names.ts";
import { mustMayIn, seenTemplate } from "./rights.ts";
import { added } from "./save.ts";
import { stored, type StoredTemplateWithBody } from "./stored.ts";

/**
 * Makes a copy of a template, as it is: also of one whose fields are no more.
 * @param options `namespace`: where to; absent for where the template is, if the caller may make templates there, else
 * for the caller alone. `name`: absent for the next that is free of `Weekly (copy)`, `Weekly (copy 2)`
 * @throws failure `not-found`, `forbidden`; conflict `name-taken`; usageError for a name that cannot be kept
 */
export async function duplicateTemplate(
  call: OrgCall,
  id: string,
  { name, namespace }: { readonly name?: string | undefined; readonly namespace?: string | null | undefined } = {},
): Promise<StoredTemplateWithBody> {
  const template = await seenTemplate(call, id);
  const to = namespace === undefined ? placeFor(call, template.namespace) : namespace;
  await mustMayIn(call, "templates.create", to);
  const { kind, body } = template;
  const make = (its: string): ReturnType<typeof added> =>
    added(call, { kind, namespace: to, body: { ...body, name: its } });
  if (name === undefined) return stored(call, await firstFree(copyNames(template.name, call.language), make));
  const wrong =
    name === "" ? [mistake("template-not-suited", "/name", sentence`A copy has a name.`)] : unkept({ name });
  if (wrong.length > 0) throw refusal(wrong, 1);
  return stored(call, await make(name));
}

function placeFor({ access }: OrgCall, namespace: string | null): string | null {
  if (namespace === null || access.isAdmin) return namespace;
  return reaches(access.namespaces.get(namespace)?.role ?? null, "analyst") ? namespace : null;
}
