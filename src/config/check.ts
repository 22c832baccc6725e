// What a configuration must fulfil beyond its schema, as far as that needs no database.
import type { Said } from "../lib/sentence.ts";
import { suggest } from "../lib/suggest.ts";
import { dotted, shownName, type Path, type Problem } from "./problems.ts";
import type { Written, WrittenDeidentify, WrittenField, WrittenKey, WrittenObject, WrittenOrg } from "./schema.ts";
import { isStoreUrl } from "./values.ts";

type Report = (path: Path, message: string, hint?: Said) => void;

/** Names of object types and fields are left to the catalog: introspection may find what is not written here. */
export function check(written: Written): Problem[] {
  const problems: Problem[] = [];
  const report: Report = (path, message, hint) => {
    problems.push({ path, message: `${dotted(path)}: ${message}`, hint });
  };
  for (const [code, org] of Object.entries(written.orgs)) checkOrg(org, ["orgs", code], report);
  return problems;
}

function checkOrg(org: WrittenOrg, path: Path, report: Report): void {
  const sources = new Map(Object.entries(org.sources ?? {}).map(([name, { url }]) => [name, isStoreUrl(url)]));
  const names = [...sources.keys()];
  const tables = names.filter((name) => sources.get(name) === false);
  const stores = names.filter((name) => sources.get(name) === true);
  for (const [name, object] of Object.entries(org.objects ?? {})) {
    const here = [...path, "objects", name];
    const source = object?.source;
    if (source === undefined) {
      if (tables.length > 1)
        report(here, "it does not say its source.", `Write source: ${tables.map(shownName).join(" or ")}.`);
      if (tables.length === 0) report(here, "the org has no source with tables.", "Add a database under sources.");
    } else if (!tables.includes(source)) {
      const what = stores.includes(source) ? "is a store of files, it has no tables" : "is no source";
      report([...here, "source"], `"${shownName(source)}" ${what}.`, suggest(shownName(source), tables.map(shownName)));
    }
    if (object !== null) checkObject(object, stores, here, report);
  }
}

function checkObject(object: WrittenObject, stores: readonly string[], path: Path, report: Report): void {
  if (object.table !== undefined && object.query !== undefined) {
    report([...path, "query"], "expected a table or a query, found both.");
  }
  for (const part of ["references", "lists"] as const) {
    for (const [name, it] of Object.entries(object[part] ?? {})) {
      if (it === false || !("by" in it) || it.to === undefined) continue;
      const [by, to] = [[it.by].flat().length, [it.to].flat().length];
      if (by !== to) report([...path, part, name, "to"], `expected as many names as in by (${by}), found ${to}.`);
    }
  }
  for (const [name, files] of Object.entries(object.files ?? {})) {
    const here = [...path, "files", name];
    if (files.column !== undefined) {
      const both = (["store", "path"] as const).find((key) => files[key] !== undefined);
      if (both !== undefined)
        report([...here, both], "the bytes come from column or from store and path, not from both.");
    } else if (files.store === undefined || files.path === undefined) {
      report(here, "it does not say where the bytes are.", "Write store and path, or column.");
    } else if (!stores.includes(files.store)) {
      const hint = stores.length === 0 ? "Add one under sources, as { url: dir:/srv/uploads }." : undefined;
      const near = suggest(shownName(files.store), stores.map(shownName));
      report([...here, "store"], `"${shownName(files.store)}" is no store of files.`, hint ?? near);
    }
  }
  checkFields(object.fields ?? {}, [...path, "fields"], report);
  checkPrincipal(object.policy ?? null, [...path, "policy"], report);
}

type Fields = Readonly<Record<string, WrittenField | WrittenKey | null>>;

function checkFields(fields: Fields, path: Path, report: Report): void {
  const former = new Map<string, string>();
  for (const [name, field] of Object.entries(fields)) {
    if (field === null || typeof field === "string") continue;
    const here = [...path, name];
    if (field.was !== undefined) {
      const other = former.get(field.was);
      if (field.was === name) report([...here, "was"], "a field cannot have been itself.", "Take the line away.");
      else if (other !== undefined) report([...here, "was"], `"${shownName(other)}" says the same former name.`);
      former.set(field.was, name);
    }
    if (field.deidentify !== undefined && subjectOf(field.deidentify) === name) {
      report([...here, "deidentify"], "its subject is the field itself.", "Name the field with the subject's key.");
    }
    if ("keys" in field) checkFields(field.keys ?? {}, [...here, "keys"], report);
  }
}

function subjectOf(deidentify: WrittenDeidentify): string | null {
  if (typeof deidentify === "string") return null;
  const rule = typeof deidentify.rule === "string" ? deidentify : deidentify.rule;
  return "subject" in rule ? rule.subject : null;
}

const PRINCIPAL = /^\$principal\.(?:email|id|role|attributes\.[\w.-]+)$/;

/** What begins like `$principal` stands for the principal, and only these can. */
function checkPrincipal(value: unknown, path: Path, report: Report): void {
  if (typeof value === "string") sayPrincipal(value, path, report);
  if (value === null || typeof value !== "object") return;
  for (const [key, inside] of Object.entries(value)) {
    const here = [...path, Array.isArray(value) ? Number(key) : key];
    sayPrincipal(key, here, report);
    checkPrincipal(inside, here, report);
  }
}

function sayPrincipal(text: string, path: Path, report: Report): void {
  if (!/^\$princip/i.test(text) || PRINCIPAL.test(text)) return;
  const expected = "$principal.email, .id, .role or .attributes.<name>";
  report(path, `expected ${expected}, found "${shownName(text)}".`);
}
