// The parts of opening an org: its sources, what they hold, and what of the configuration does not fit.
import { type ConfigProblem, configure, type Found } from "../catalog/configure.ts";
import type { Catalog, Field } from "../catalog/types.ts";
import type { Config, OrgConfig } from "../config/config.ts";
import { usageError, WaybillError } from "../lib/errors.ts";
import { child } from "../lib/pointer.ts";
import { english, sentence } from "../lib/sentence.ts";
import { suggest } from "../lib/suggest.ts";
import { checkPolicy } from "../plan/access.ts";
import { checkDeidentification } from "../plan/columns.ts";
import { sourceAt } from "../sources/index.ts";
import type { Source } from "../sources/source.ts";

/** @throws usageError `no-org`, `unknown-org` */
export function orgNamed(config: Config, code: string | undefined): OrgConfig {
  const codes = [...config.orgs.keys()];
  const org = config.orgs.get(code ?? (codes.length === 1 ? codes[0]! : ""));
  if (org !== undefined) return org;
  if (code === undefined) {
    const hint = sentence`Add --org with one of ${codes.join(", ")}.`;
    throw usageError("no-org", sentence`The configuration has several organisations.`, { hint });
  }
  throw usageError("unknown-org", sentence`There is no organisation "${code}".`, { hint: suggest(code, codes) });
}

/** The sources of an org that hold tables, by name. */
export function sourcesOf(org: OrgConfig): ReadonlyMap<string, Source> {
  return new Map(
    [...org.sources].filter(([, { isStore }]) => !isStore).map(([name, { url }]) => [name, sourceAt(url)]),
  );
}

/** What one source holds, and what it says of the queries that the configuration gives it. */
export interface FoundInSource {
  readonly catalog: Catalog;
  readonly queries: ReadonlyMap<string, readonly Field[]>;
  readonly problems: readonly ConfigProblem[];
}

/** @throws failure of the source */
export async function findIn(
  name: string,
  source: Source,
  org: OrgConfig,
  signal: AbortSignal,
): Promise<FoundInSource> {
  const isOnly = [...org.sources.values()].filter(({ isStore }) => !isStore).length === 1;
  const asked = [...org.objects].flatMap(([object, { query, source: its }]) =>
    query !== null && (its === name || (its === null && isOnly)) ? [{ object, query }] : [],
  );
  const queries = new Map<string, readonly Field[]>();
  const problems: ConfigProblem[] = [];
  const catalog = await source.introspect(signal);
  const sql = asked.map(({ query }) => query);
  const answers = sql.length === 0 ? [] : await source.describe(sql, signal);
  answers.forEach((answer, n) => {
    const { object } = asked[n]!;
    if (!(answer instanceof WaybillError)) queries.set(object, answer);
    else problems.push({ path: ["objects", object, "query"], detail: answer.message, hint: answer.hint });
  });
  return { catalog, queries, problems };
}

/** The catalog of an org, and everything of the configuration that does not fit. */
export function catalogOf(
  org: OrgConfig,
  found: ReadonlyMap<string, FoundInSource>,
  language: string,
): { catalog: Catalog; problems: readonly ConfigProblem[] } {
  const all: Found = {
    catalogs: new Map([...found].map(([name, { catalog }]) => [name, catalog])),
    queries: new Map([...found.values()].flatMap(({ queries }) => [...queries])),
  };
  const { catalog, problems } = configure(org, all, { language });
  const refused = [...found.values()].flatMap((it) => it.problems);
  const before = [...refused, ...problems];
  // Policies are read against the catalog, so it must be whole.
  return { catalog, problems: before.length > 0 ? before : [...policyProblems(catalog), ...ruleProblems(catalog)] };
}

/** De-identification that does not suit its field. */
function ruleProblems(catalog: Catalog): ConfigProblem[] {
  return [...catalog.objects.values()].flatMap((object) =>
    object.fields.flatMap((field) => {
      const path = ["objects", object.name, "fields", field.column];
      if (field.keys !== undefined) path.push("keys", field.keys.join("."));
      return attempt(() => checkDeidentification(field, object, catalog), [...path, "deidentify"]);
    }),
  );
}

function policyProblems(catalog: Catalog): ConfigProblem[] {
  return [...catalog.objects.values()].flatMap((object) =>
    attempt(() => checkPolicy(object, catalog), ["objects", object.name, "policy"]),
  );
}

/** What a check finds wrong, at the place that its JSON pointer tells below a path. */
function attempt(check: () => void, path: readonly string[]): ConfigProblem[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!(error instanceof WaybillError)) throw error;
    const steps = (error.places[0]?.pointer ?? "").split("/").slice(1);
    const names = steps.filter((it) => it !== "").map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
    return [{ path: [...path, ...names], detail: error.message, hint: error.hint }];
  }
}

/** Problems with their places in the file, from its top: `waybill.yaml:12:7: There is no field "nam".` */
export function placed(
  config: Config,
  org: OrgConfig,
  problems: readonly ConfigProblem[],
): readonly { readonly pointer: string; readonly detail: string; readonly hint: string | undefined }[] {
  return problems
    .map(({ path, detail, hint }) => ({ path, detail, hint, at: config.place(["orgs", org.code, ...path]) }))
    .toSorted((a, b) => a.at.line - b.at.line || a.at.column - b.at.column)
    .map(({ path, detail, hint, at }) => ({
      pointer: ["orgs", org.code, ...path].reduce<string>(child, ""),
      detail: `${at.file}:${at.line}:${at.column}: ${detail}`,
      hint: hint === undefined ? undefined : english(hint),
    }));
}
