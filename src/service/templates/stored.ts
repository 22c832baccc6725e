// Templates as callers have them.
import type { WholeTemplate } from "../../control/queries/templates.ts";
import type { Template } from "../../control/tables.ts";
import type { OrgCall } from "../org-call.ts";
import { mayChange } from "./rights.ts";

export interface StoredTemplate extends Omit<Template, "org" | "deletedAt"> {
  /** Whether the caller may change it. */
  readonly mayChange: boolean;
}

/** With what it says: a template file (CONTRACT section 4a), whose datasets may be `{"template": id, "name": …}`. */
export interface StoredTemplateWithBody extends StoredTemplate {
  readonly body: WholeTemplate["body"];
}

export function stored<T extends Template>(
  call: OrgCall,
  template: T,
): Omit<T, "org" | "deletedAt"> & Pick<StoredTemplate, "mayChange"> {
  const { org: _, deletedAt: __, ...told } = template;
  return { ...told, mayChange: mayChange(call, template) };
}
