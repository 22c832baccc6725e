// Exports by templates inside of the test's own process.
import type { Catalog } from "../../src/catalog/types.ts";
import type { Container } from "../../src/engine/run.ts";
import { formatAt } from "../../src/formats/index.ts";
import type { ExportPlan } from "../../src/plan/plan.ts";
import { accessOf } from "../../src/plan/access.ts";
import type { Access } from "../../src/plan/scope.ts";
import { planTemplate, type Review, type TemplateRequest } from "../../src/plan/template.ts";
import { readTemplate } from "../../src/template/read.ts";
import type { Template } from "../../src/template/template.ts";
import { type Exported, introspected, ran } from "./export.ts";

/** Who asks a template for what. */
export interface Asking extends Omit<TemplateRequest, "tokens"> {
  readonly catalog?: Catalog;
  readonly access?: Access;
  readonly container?: Container;
  readonly key?: Uint8Array | null;
}

/** Plans an export by a template as it stands in a file. */
export function planned(template: unknown, catalog: Catalog, asked: Asking = {}): ExportPlan {
  return plannedAs(readTemplate(JSON.parse(JSON.stringify(template))), catalog, asked);
}

/** Plans an export by a template. @param review where all that is wrong with it is wanted */
export function plannedAs(template: Template, catalog: Catalog, asked: Asking = {}, review?: Review): ExportPlan {
  const { access = accessOf(null, catalog), catalog: _, container: __, key: ___, ...request } = asked;
  const tokens = { date: "2024-05-01", time: "12-00-00", org: "lab" };
  return planTemplate(template, { ...request, tokens }, catalog, formatAt, access, review);
}

/** Runs a template against a source. */
export async function templated(
  url: string,
  template: unknown,
  asking: Asking = {},
): Promise<Exported & { readonly plan: ExportPlan }> {
  const plan = planned(template, asking.catalog ?? (await introspected(url)), asking);
  return { ...(await ran(plan, url, asking.container, asking.key)), plan };
}

/** A dataset template with columns, in CSV unless it says otherwise. */
export function dataset(object: string, columns: readonly unknown[], more: object = {}): object {
  return { kind: "dataset-template", name: "T", object, format: "csv", columns, ...more };
}
