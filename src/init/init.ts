// Reads databases and writes what it finds as a configuration, or into one that is there.
import { dirname, resolve } from "node:path";
import { parseDocument } from "yaml";
import type { Catalog } from "../catalog/types.ts";
import { failure, usageError } from "../lib/errors.ts";
import { sourceAt } from "../sources/index.ts";
import { type Block, ExistingFile, keyOf } from "./existing.ts";
import { type ExistingObject, existingObjects, existingSources, merge, type Merged, type ReadSource } from "./merge.ts";
import { headLines, orgCode } from "./new-org.ts";
import { type ObjectProposal, proposalsOf, type ReadTable } from "./proposal.ts";
import { Sampler } from "./sample.ts";
import { identityOf, sourceName, type Variable, writtenUrl } from "./source-url.ts";
import { comment, flow, scalar } from "./yaml-lines.ts";

export interface InitRequest {
  readonly urls: readonly string[];
  /** The configuration's path, as it stands in messages. */
  readonly file: string;
  /** What is there already; null when there is no such file. */
  readonly text: string | null;
  /** The org's code; the only one of the file, or made of the first database's name, when null. */
  readonly org: string | null;
  /** Records of each table to look at; 0 for none. */
  readonly sample: number;
  /** `Waybill 1.0.0` */
  readonly program: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Told of the table that is being looked at. */
  readonly onTable: (label: string, table: string) => void;
}

export interface InitResult {
  readonly text: string;
  readonly isChanged: boolean;
  readonly org: string;
  readonly sources: readonly string[];
  readonly objects: readonly ObjectProposal[];
  readonly merged: Merged;
  readonly variables: readonly Variable[];
}

const TABLE_TIME = 5_000;
const ALL_TIME = 120_000;

/**
 * Makes the text of a configuration.
 * @throws usageError `no-source`, `source-url`, `config`, `unknown-org`; failure of a source, `no-tables`
 */
export async function init(request: InitRequest, signal: AbortSignal): Promise<InitResult> {
  if (request.urls.length === 0) {
    throw usageError("no-source", "No source was named.", {
      hint: "Add URLs, as postgres://user@host/database or sqlite:file.db.",
    });
  }
  const isNewFile = request.text === null || request.text.trim() === "";
  const start = isNewFile
    ? headLines(request.program)
        .map((line) => `${line}\n`)
        .join("")
    : (request.text ?? "");
  const file = new ExistingFile(start, request.file);
  const { org, block } = orgOf(file, request);
  const objects = existingObjects(file, block);
  const named = nameSources(request, existingSources(file, block));
  const all = AbortSignal.timeout(ALL_TIME);
  const catalogs = new Map<string, Catalog>();
  const tables = new Map<string, readonly ReadTable[]>();
  for (const { url, name } of named) {
    const source = sourceAt(url);
    const catalog = await source.introspect(signal);
    if (catalog.objects.size === 0) {
      throw failure("no-tables", `${source.label} has no tables that can be read.`, {
        hint: "Check the name of the database, and what its user may read.",
      });
    }
    const read: ReadTable[] = [];
    const sampler = new Sampler(source, { rows: request.sample, time: TABLE_TIME, all }, signal);
    try {
      for (const object of catalog.objects.values()) {
        request.onTable(source.label, object.name);
        const found = await sampler.sample(object);
        const isRead = "rows" in found;
        // Not asked for is no problem.
        const problem = isRead || request.sample === 0 ? null : found;
        read.push({ object, sample: isRead ? found : null, problem });
      }
    } finally {
      await sampler.close();
    }
    catalogs.set(name, catalog);
    tables.set(name, read);
  }
  const nameOf = namer(named, tables, objects, existingSources(file, block));
  const sources = named.map(({ name, isNew, written }): ReadSource => {
    const columns = [...catalogs.get(name)!.objects.values()].map(
      (it) => [it.name, it.fields.map((f) => f.name)] as const,
    );
    return {
      name,
      url: isNew ? written.url : null,
      columns: new Map(columns),
      objects: proposalsOf(name, tables.get(name)!, (table) => nameOf(name, table)),
    };
  });
  const proposals = sources.flatMap((it) => it.objects);
  const merged = merge(file, sources, {
    org,
    orgName: org,
    isNewFile,
    namespaces: namespacesOf(proposals, catalogs, nameOf),
    nameOf,
  });
  const text = file.result();
  check(start, text);
  return {
    text,
    isChanged: file.isChanged,
    org,
    sources: named.map(({ name }) => name),
    objects: proposals,
    merged,
    variables: named.flatMap(({ isNew, written }) => (isNew ? written.variables : [])),
  };
}

/** The org that is asked for, the only one that there is, or a new one. */
function orgOf(file: ExistingFile, request: InitRequest): { org: string; block: Block | null } {
  const { root } = file;
  const orgs = root === null ? null : file.block(root, "orgs");
  const there = orgs === null || orgs.kind === "empty" ? [] : (orgs.map?.items ?? []).map((it) => keyOf(it) ?? "");
  if (request.org !== null) {
    if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/.test(request.org)) {
      throw usageError("unknown-org", `"${request.org}" is no code for an org.`, {
        hint: "Use up to 63 letters, digits, - and _.",
      });
    }
    return { org: request.org, block: there.includes(request.org) ? file.block(orgs!, request.org) : null };
  }
  if (there.length > 1) {
    throw usageError("unknown-org", `${request.file} has several orgs.`, {
      hint: `Add --org with one of ${there.join(", ")}.`,
    });
  }
  if (there.length === 1) return { org: there[0]!, block: file.block(orgs!, there[0]!) };
  return { org: orgCode(sourceName(request.urls[0]!)), block: null };
}

interface NamedSource {
  readonly url: string;
  readonly name: string;
  readonly isNew: boolean;
  readonly written: ReturnType<typeof writtenUrl>;
}

/** Finds the sources of the file that are meant, and gives names to the others. */
function nameSources(request: InitRequest, before: ReadonlyMap<string, string>): readonly NamedSource[] {
  const folder = dirname(resolve(request.file));
  const identities = new Map(
    [...before].map(([name, url]) => [name, identityOf(filled(url, request.env), folder)] as const),
  );
  const named: NamedSource[] = [];
  for (const url of request.urls) {
    // What is wrong with a URL is said before anything is read.
    sourceAt(url);
    const identity = identityOf(url, process.cwd());
    const taken = (name: string): boolean => named.some((it) => it.name === name);
    const there = [...identities].find(([name, its]) => its === identity && !taken(name))?.[0];
    const own = sourceName(url);
    // A URL that is all in a variable that is not set here: the names tell.
    const unknown = (name: string): boolean => /^\$\{[^}]*\}$/.test(identities.get(name) ?? "") && !taken(name);
    const hidden = unknown(own)
      ? own
      : request.urls.length === 1 && before.size === 1
        ? [...before.keys()].find(unknown)
        : undefined;
    const known = there ?? hidden;
    const name = known ?? free(own, (it) => taken(it) || before.has(it));
    if (named.some((it) => identityOf(it.url, process.cwd()) === identity)) continue;
    named.push({ url, name, isNew: known === undefined, written: writtenUrl(url, name, request.file) });
  }
  return named;
}

/** A URL with its variables, where they are set. */
function filled(url: string, env: InitRequest["env"]): string {
  return url.replace(/\$\$\{|\$\{([A-Za-z_]\w*)\}/g, (written, name: string | undefined) => {
    return name === undefined ? "${" : (env[name] ?? written);
  });
}

function free(name: string, isTaken: (name: string) => boolean): string {
  if (!isTaken(name)) return name;
  for (let n = 2; ; n++) if (!isTaken(`${name}_${n}`)) return `${name}_${n}`;
}

/** What the object type of a table is called: as the file says, else as the table, unless that is taken. */
function namer(
  sources: readonly NamedSource[],
  tables: ReadonlyMap<string, readonly ReadTable[]>,
  objects: readonly ExistingObject[],
  before: ReadonlyMap<string, string>,
): (source: string, table: string) => string {
  const only = before.size === 1 ? [...before.keys()][0] : undefined;
  const names = new Map<string, string>();
  const keyOfTable = (source: string, table: string): string => JSON.stringify([source, table]);
  for (const it of objects) {
    const key = keyOfTable(it.source ?? only ?? "", it.table);
    if (!names.has(key)) names.set(key, it.name);
  }
  const taken = new Set(objects.map(({ name }) => name));
  for (const { name: source } of sources) {
    for (const { object } of tables.get(source)!) {
      const key = keyOfTable(source, object.name);
      if (names.has(key)) continue;
      const name = taken.has(object.name) ? free(`${source}_${object.name}`, (it) => taken.has(it)) : object.name;
      names.set(key, name);
      taken.add(name);
    }
  }
  return (source, table) => names.get(keyOfTable(source, table)) ?? table;
}

/** The proposal for `namespaces`: what most candidates point at. */
function namespacesOf(
  objects: readonly ObjectProposal[],
  catalogs: ReadonlyMap<string, Catalog>,
  nameOf: (source: string, table: string) => string,
): string | null {
  const votes = new Map<string, { count: number; source: string; table: string }>();
  for (const { source, namespaceTable: table, leftOut } of objects) {
    if (table === null || leftOut !== null) continue;
    const key = JSON.stringify([source, table]);
    votes.set(key, { count: (votes.get(key)?.count ?? 0) + 1, source, table });
  }
  const best = [...votes.values()].toSorted((a, b) => b.count - a.count)[0];
  const object = best === undefined ? undefined : catalogs.get(best.source)?.objects.get(best.table);
  if (best === undefined || object === undefined) return null;
  const field = (...names: string[]): string | undefined =>
    names.find((it) => object.fields.some((f) => f.name === it));
  const parts = {
    object: nameOf(best.source, best.table),
    parent: field("parent_id", "group_id", "organization_id", "organisation_id"),
    name: field("name", "title", "label"),
    code: field("slug", "code", "key"),
  };
  const entries = Object.entries(parts).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, scalar(value)] as const],
  );
  return `# namespaces: ${flow(entries)}  ${comment("if rights are given by them; kept by the API when absent")}`;
}

/** A defect of ours must not cost anybody their file. */
function check(before: string, after: string): void {
  const [old, fresh] = [before, after].map((text) => parseDocument(text, { schema: "core", logLevel: "silent" }));
  const wrong = fresh!.errors[0];
  if (wrong !== undefined) throw new Error(`init made no YAML: ${wrong.message}`);
  const isKept = contains(fresh!.toJS({ maxAliasCount: -1 }), old!.toJS({ maxAliasCount: -1 }));
  if (!isKept) throw new Error("init changed what was there");
}

/** Whether all of one value is in another; what was empty may have been filled. */
function contains(all: unknown, part: unknown): boolean {
  if (part === null || part === undefined) return true;
  if (typeof part !== "object" || Array.isArray(part)) return JSON.stringify(all) === JSON.stringify(part);
  if (typeof all !== "object" || all === null) return false;
  return Object.entries(part).every(([key, value]) => contains((all as Record<string, unknown>)[key], value));
}
