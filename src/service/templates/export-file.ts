// A template as a file that other installations, and the command line, can read.
import { safeName } from "../../archive/names.ts";
import { printTemplate } from "../../template/write.ts";
import type { OrgCall } from "../org-call.ts";
import { resolveTemplate } from "./resolve.ts";

export interface TemplateFile {
  /** What to call it. */
  readonly fileName: string;
  /** JSON, complete: with the datasets that the template names. */
  readonly text: string;
}

/** @throws failure `not-found`; usageError `dataset-not-found` */
export async function exportTemplate(call: OrgCall, id: string, revision?: number): Promise<TemplateFile> {
  const { template } = await resolveTemplate(call, id, revision);
  return { fileName: safeName(template.name, "json"), text: printTemplate(template) };
}
