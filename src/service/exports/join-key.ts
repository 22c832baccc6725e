// What two exports have in common that are the same (DS9).
import { hash } from "node:crypto";
import type { Catalog } from "../../catalog/types.ts";
import { version } from "../../lib/version.ts";
import type { OrgCall } from "../org-call.ts";
import type { ExportBody } from "./body.ts";
import type { PlannedExport } from "./plan-of.ts";

/** What does not change what is in the archive, nor why it is made. */
const LEFT_OUT = ["label", "description", "notify", "join"] as const;

/**
 * A SHA-256, in hexadecimal, that two exports share when they are asked for by the same person, of the same org, with the
 * same rights, for the same thing of the same catalog. It tells nothing of what it was made from.
 */
export function joinKey(
  { access }: OrgCall,
  body: ExportBody,
  { principal, format, revisions, catalogVersion, namespace, batch }: PlannedExport,
): string {
  const options = Object.entries(body).filter(([name]) => !(LEFT_OUT as readonly string[]).includes(name));
  const asked = { ...Object.fromEntries(options), format, namespace, batch: batch?.id ?? null };
  const rights = { ...principal, namespaces: principal.namespaces?.toSorted() ?? null };
  const parts = [access.at.org, access.identity.person.id, rights, asked, revisions, catalogVersion, version()];
  return hash("sha256", canonicalJson(parts));
}

const versions = new WeakMap<Catalog, string>();

/** A hash of what a catalog says: another one where anything of it changes but estimates of rows. */
export function catalogVersionOf(catalog: Catalog): string {
  const known = versions.get(catalog) ?? hash("sha256", canonicalJson({ ...catalog, objects: [...catalog.objects] }));
  versions.set(catalog, known);
  return known;
}

/** JSON whose members are in the order of their names. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (name, its: unknown) => {
    if (name === "estimatedRows") return undefined;
    if (typeof its !== "object" || its === null || Array.isArray(its)) return its;
    return Object.fromEntries(Object.entries(its).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}
