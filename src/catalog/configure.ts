// The catalog of an org: what introspection found, refined by the configuration.
import type { ObjectConfig, OrgConfig } from "../config/config.ts";
import type { LockedField } from "../config/lock.ts";
import type { Said } from "../lib/sentence.ts";
import { suggest } from "../lib/suggest.ts";
import { fieldsOf, LABEL } from "./configured-fields.ts";
import { type ListContext, linksOf } from "./configured-links.ts";
import { checkDeletionLog } from "./deletion-log.ts";
import { withLinkedRules } from "./linked-rules.ts";
import { inLanguage } from "./localised.ts";
import { type Catalog, type Field, isColumn, type ObjectRoles, type ObjectType, type Relation } from "./types.ts";

/** A part of the configuration that does not fit what the sources hold. */
export interface ConfigProblem {
  /** Where it stands inside of the org: `["objects", "samples", "key"]`. */
  readonly path: readonly (string | number)[];
  readonly detail: string;
  readonly hint?: Said | undefined;
}

/** What the sources of an org hold. */
export interface Found {
  /** By the source's name; stores have none. */
  readonly catalogs: ReadonlyMap<string, Catalog>;
  /** The fields that `query` objects give, by the object type's name. */
  readonly queries: ReadonlyMap<string, readonly Field[]>;
}

export interface ConfigureOptions {
  /** The reader's language, for labels. */
  readonly language: string;
}

/**
 * Builds the catalog of an org. A source without an entry under `objects` offers all its tables, another one those that
 * have an entry.
 * @returns the catalog, and what does not fit; with problems it must not be used.
 */
export function configure(
  org: OrgConfig,
  found: Found,
  options: ConfigureOptions,
): { catalog: Catalog; problems: readonly ConfigProblem[] } {
  return new Configurer(org, found, options).run();
}

/** An object type on its way: what it is made of, before its links are known. */
export interface Draft {
  readonly name: string;
  readonly config: ObjectConfig | null;
  readonly source: string;
  /** As introspection found it; null for a query. */
  readonly found: ObjectType | null;
  readonly fields: readonly Field[];
  readonly key: readonly string[];
}

/**
 * The catalog with the fields of each object type in the order that the lock file keeps, new ones after them, with their
 * stable ids, and with those that are no more.
 */
export function inOrder(catalog: Catalog, locked: (object: string) => readonly LockedField[]): Catalog {
  const objects = [...catalog.objects.values()].map((object): ObjectType => {
    const all = locked(object.name);
    const place = new Map(all.map(({ name }, n) => [name, n]));
    // Labels have no place of their own: they stand behind their codes.
    const placeOf = ({ name, labels }: Field): number =>
      place.get(labels === undefined ? name : name.slice(0, -LABEL.length)) ?? all.length;
    const names = new Set(object.fields.map(({ name }) => name));
    const former = all.filter(({ name }) => name === null || !names.has(name)).map(({ id, name }) => ({ id, name }));
    const fields = object.fields.toSorted((a, b) => placeOf(a) - placeOf(b));
    const ids = new Map(all.map(({ id, name }) => [name, id]));
    return {
      ...object,
      fields: fields.map((field) => (ids.has(field.name) ? { ...field, id: ids.get(field.name)! } : field)),
      ...(former.length === 0 ? {} : { former }),
    };
  });
  return { ...catalog, objects: new Map(objects.map((it) => [it.name, it])) };
}

class Configurer {
  readonly #org: OrgConfig;
  readonly #found: Found;
  readonly #options: ConfigureOptions;
  readonly #problems: ConfigProblem[] = [];
  readonly #drafts = new Map<string, Draft>();

  constructor(org: OrgConfig, found: Found, options: ConfigureOptions) {
    this.#org = org;
    this.#found = found;
    this.#options = options;
  }

  run(): { catalog: Catalog; problems: readonly ConfigProblem[] } {
    for (const [name, config] of this.#org.objects) this.#draft(name, config);
    for (const [source, catalog] of this.#found.catalogs) this.#offerAll(source, catalog);
    const objects: ObjectType[] = [];
    const context: ListContext = {
      drafts: this.#drafts,
      language: this.#options.language,
      problem: (path, detail, hint) => this.#problem(path, detail, hint),
    };
    for (const draft of this.#drafts.values()) {
      const { references, lists, elements, files, fields } = linksOf(draft, context);
      const attached = files.length === 0 ? {} : { files };
      objects.push({ ...this.#object(draft, fields), references, lists, ...attached }, ...elements);
    }
    for (const { name, kind } of objects) {
      if (kind === "elements" && this.#drafts.has(name)) {
        this.#problem(["objects", name], `"${name}" is already the name of a list inside of JSON.`);
      }
    }
    const linked = withLinkedRules(objects);
    const { timeZone, translations } = this.#org;
    const catalog = { objects: new Map(linked.map((it) => [it.name, it])), timeZone, translations };
    this.#checkNamespaces();
    this.#checkApproval();
    for (const draft of this.#drafts.values()) this.#checkDeleted(draft);
    return { catalog, problems: this.#problems };
  }

  #draft(name: string, config: ObjectConfig): void {
    const path = ["objects", name];
    const source = config.source ?? this.#onlySource(path);
    const catalog = source === null ? undefined : this.#found.catalogs.get(source);
    if (source === null || catalog === undefined) return;
    const table = config.table ?? name;
    const found = config.query === null ? catalog.objects.get(table) : null;
    if (found === undefined) {
      const at = config.table === null ? path : [...path, "table"];
      const hint = suggest(table, [...catalog.objects.keys()]) ?? "Run waybill objects to see what there is.";
      this.#problem(at, `The source ${source} has no table "${table}".`, hint);
      return;
    }
    const columns = found?.fields ?? this.#found.queries.get(name);
    // A query that is refused was reported before.
    if (columns === undefined) return;
    const fields = fieldsOf(columns, config, this.#options.language, (at, detail, hint) =>
      this.#problem([...path, ...at], detail, hint),
    );
    this.#drafts.set(name, { name, config, source, found, fields, key: this.#key(path, config, found, fields) });
  }

  /** The object types of a source that the configuration says nothing of. */
  #offerAll(source: string, catalog: Catalog): void {
    const isMentioned = [...this.#org.objects.values()].some(
      (it) => it.source === source || (it.source === null && this.#found.catalogs.size === 1),
    );
    if (isMentioned) return;
    for (const found of catalog.objects.values()) {
      const { name, fields, key } = found;
      if (this.#drafts.has(name)) {
        this.#problem(
          ["sources", source],
          `"${name}" is a table of ${source} and of ${this.#drafts.get(name)!.source}.`,
          "Name the tables of one of them under objects.",
        );
      } else {
        this.#drafts.set(name, { name, config: null, source, found, fields, key });
      }
    }
  }

  #onlySource(path: readonly string[]): string | null {
    const names = [...this.#found.catalogs.keys()];
    if (names.length === 1) return names[0]!;
    const hint = names.length === 0 ? "Name one under sources." : `Add source: one of ${names.join(", ")}.`;
    this.#problem(path, "It does not say which source it is in.", hint);
    return null;
  }

  #key(
    path: readonly string[],
    config: ObjectConfig,
    found: ObjectType | null,
    fields: readonly Field[],
  ): readonly string[] {
    for (const name of config.key ?? []) {
      const field = fields.find((it) => it.name === name);
      if (field === undefined) this.#unknown([...path, "key"], name, fields);
      else if (!isColumn(field)) this.#problem([...path, "key"], `"${name}" is no column, so it is no key.`);
    }
    return config.key ?? found?.key ?? [];
  }

  #object(draft: Draft, fields: readonly Field[]): Omit<ObjectType, "references" | "lists"> {
    const { name, config, source, found, key } = draft;
    const { language } = this.#options;
    const label = inLanguage(config?.label ?? null, language) ?? found?.label;
    const documentation = inLanguage(config?.documentation ?? null, language) ?? found?.documentation;
    const table: Relation = found === null ? { query: config?.query ?? "" } : found.table;
    return {
      name,
      table,
      kind: found?.kind ?? "query",
      fields,
      key,
      source,
      ...(label === undefined ? {} : { label }),
      ...(documentation === undefined ? {} : { documentation }),
      ...(found?.estimatedRows === undefined ? {} : { estimatedRows: found.estimatedRows }),
      ...(config === null ? {} : this.#parts(name, config, fields)),
    };
  }

  #parts(name: string, config: ObjectConfig, fields: readonly Field[]): Pick<ObjectType, "roles" | "policy" | "range"> {
    const path = ["objects", name];
    const { title, created, updated, namespace, state, owner, complete, policy, range, deleted } = config;
    for (const [part, field] of Object.entries({ title, created, updated, namespace, state, owner })) {
      if (field !== null && !fields.some((it) => it.name === field)) this.#unknown([...path, part], field, fields);
    }
    if (complete !== null && state === null) {
      this.#problem([...path, "complete"], "It names states, but no field is the state.", "Add state: with a field.");
    }
    if (range !== null) this.#checkRange([...path, "range", "field"], range.field, fields);
    const roles: ObjectRoles = {
      ...(title === null ? {} : { title }),
      ...(created === null ? {} : { created }),
      ...(updated === null ? {} : { updated }),
      ...(namespace === null ? {} : { namespace }),
      ...(state === null ? {} : { state }),
      ...(owner === null ? {} : { owner }),
      ...(complete === null ? {} : { complete }),
      ...(deleted === null ? {} : { deleted }),
    };
    return {
      ...(Object.keys(roles).length === 0 ? {} : { roles }),
      ...(policy === null || policy === undefined ? {} : { policy }),
      ...(range === null ? {} : { range }),
    };
  }

  #checkRange(path: readonly string[], name: string, fields: readonly Field[]): void {
    const field = fields.find((it) => it.name === name);
    if (field === undefined) {
      this.#unknown(path, name, fields);
    } else if (!["date", "datetime", "instant"].includes(field.type)) {
      this.#problem(path, `"${name}" is ${field.type}; a range needs a date, a datetime or an instant.`);
    }
  }

  #checkDeleted(draft: Draft): void {
    const deleted = draft.config?.deleted ?? null;
    if (deleted === null) return;
    const path = ["objects", draft.name, "deleted"];
    checkDeletionLog(deleted, draft, this.#drafts, (at, detail, hint) => this.#problem([...path, ...at], detail, hint));
  }

  #checkNamespaces(): void {
    const { namespaces } = this.#org;
    if (namespaces === "api") return;
    const { object, parent, name, code } = namespaces;
    const draft = this.#drafts.get(object);
    if (draft === undefined) {
      const hint = suggest(object, [...this.#drafts.keys()]);
      this.#problem(["namespaces", "object"], `There is no object type "${object}".`, hint);
      return;
    }
    for (const [part, field] of Object.entries({ parent, name, code })) {
      if (field === null || draft.fields.some((it) => it.name === field)) continue;
      this.#unknown(["namespaces", part], field, draft.fields);
    }
  }

  #checkApproval(): void {
    this.#org.approval?.objects.forEach((object, n) => {
      if (this.#drafts.has(object)) return;
      const hint = suggest(object, [...this.#drafts.keys()]);
      this.#problem(["approval", "objects", n], `There is no object type "${object}".`, hint);
    });
  }

  #unknown(path: readonly (string | number)[], name: string, fields: readonly Field[]): void {
    this.#problem(
      path,
      `There is no field "${name}".`,
      suggest(
        name,
        fields.map((it) => it.name),
      ),
    );
  }

  #problem(path: readonly (string | number)[], detail: string, hint?: Said): void {
    this.#problems.push({ path, detail, hint });
  }
}
