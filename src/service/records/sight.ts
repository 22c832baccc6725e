// What a question about records is answered with: the object type, the caller's access to it, and where it lies.
import type { Catalog, ObjectType } from "../../catalog/types.ts";
import type { Purpose } from "../../access/org-access.ts";
import { findNamespace } from "../../control/queries/namespaces.ts";
import { pseudonymsFor } from "../../engine/run.ts";
import type { PageOptions } from "../../engine/page.ts";
import type { OpenOrg } from "../../orgs/open-org.ts";
import type { PagePlan } from "../../plan/page.ts";
import type { Principal } from "../../plan/principal.ts";
import type { Access, Locale } from "../../plan/scope.ts";
import { localeOf, objectAsked, sourceOf } from "../../plan/selection.ts";
import type { Source } from "../../sources/source.ts";
import { notFound } from "../errors.ts";
import { mustMay, type OrgCall, type Sight, sightOf } from "../org-call.ts";

/** One object type as a caller sees it. */
export interface RecordsSight {
  readonly org: OpenOrg;
  readonly catalog: Catalog;
  readonly principal: Principal;
  readonly access: Access;
  readonly object: ObjectType;
  readonly source: Source;
  readonly locale: Locale;
}

/**
 * @param namespace the id of the one namespace whose records are wanted; all that the caller may see when absent
 * @param purpose what they are wanted for: to look at them when absent
 * @throws failure `forbidden`, `not-found`; usageError `unknown-object`
 */
export async function recordsSight(
  call: OrgCall,
  object: string,
  namespace?: string,
  purpose: RecordsPurpose = {},
): Promise<RecordsSight> {
  return seen(call, await recordsAccess(call, namespace, purpose), object);
}

/** As `Purpose`, but for the namespace. */
export type RecordsPurpose = Omit<Purpose, "namespace">;

async function recordsAccess(call: OrgCall, id: string | undefined, purpose: RecordsPurpose): Promise<Sight> {
  if (id === undefined) {
    mustMay(call, "records.see");
    return sightOf(call, purpose);
  }
  const namespace = await findNamespace(call.access.at, id);
  if (namespace === undefined || !(call.access.isAdmin || call.access.namespaces.has(id))) throw notFound("namespace");
  mustMay(call, "records.see", { namespace });
  return sightOf(call, { ...purpose, namespace: id });
}

function seen({ language }: Pick<OrgCall, "language">, sight: Sight, name: string): RecordsSight {
  const object = objectAsked(name, sight.catalog, "/object");
  const locale = localeOf({ language }, sight.catalog);
  return { ...sight, object, source: sight.org.sourceNamed(sourceOf(object)), locale };
}

/** What a page is read with. @throws usageError `no-salt` */
export function pageOptions(sight: RecordsSight, plans: readonly PagePlan[], signal: AbortSignal): PageOptions {
  const tables = plans.map(({ table }) => table);
  return { ...sight.locale, signal, pseudonyms: pseudonymsFor(tables, sight.org.pseudonymKey) };
}
