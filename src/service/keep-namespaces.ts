// Namespaces that a source has (`namespaces:` of the configuration), kept in the control database: roles are held there.
import type { InOrg } from "../control/in-org.ts";
import { type FoundNamespace, keepFoundNamespaces } from "../control/queries/namespaces.ts";
import { readTexts } from "../engine/read-texts.ts";
import { formatNamed } from "../formats/index.ts";
import { usageError } from "../lib/errors.ts";
import type { OpenOrg } from "../orgs/open-org.ts";
import { planExport } from "../plan/plan-export.ts";
import { fullAccess } from "../plan/scope.ts";

/** More would not be groups and projects of people. */
const MOST = 50_000;

/**
 * Brings the namespaces of an org up to date with its source; does nothing where they are kept by API.
 * @throws failure of the source; usageError `namespaces`
 */
export async function keepNamespaces(at: InOrg, org: OpenOrg, signal: AbortSignal): Promise<void> {
  const { namespaces } = org.config;
  if (namespaces === "api") return;
  const catalog = org.catalogIn("en");
  const { object, parent, name, code } = namespaces;
  const [key, ...more] = catalog.objects.get(object)?.key ?? [];
  if (key === undefined || more.length > 0) {
    throw usageError("namespaces", `${object} cannot be the namespaces: they need a key of one field.`, {
      hint: "Look at namespaces: in the configuration.",
    });
  }
  const paths = [...new Set([key, parent, name, code])].filter((path) => path !== null);
  const format = formatNamed("csv");
  const plan = planExport({ object, format: "csv", paths, limit: MOST }, catalog, format, fullAccess);
  const rows = await readTexts(plan, { sourceNamed: org.sourceNamed, signal });
  const taken = new Set<string>();
  const found = rows.map((row): FoundNamespace => {
    const of = (path: string | null): string | null => (path === null ? null : (row.get(path) ?? null));
    const its = of(key)!;
    const parentKey = of(parent);
    // Codes are unique below a parent here, and perhaps not there.
    const wanted = of(code) ?? its;
    const isTaken = taken.has(JSON.stringify([parentKey, wanted]));
    taken.add(JSON.stringify([parentKey, wanted]));
    return { key: its, parentKey, code: isTaken ? its : wanted, name: of(name) ?? its };
  });
  await keepFoundNamespaces(at, found);
}
