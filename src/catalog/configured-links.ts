// References and lists of an object type: foreign keys, and what the configuration adds, renames and takes away.
import type { FilesConfig, ListConfig, NestedListConfig, ReferenceConfig } from "../config/config.ts";
import type { Said } from "../lib/sentence.ts";
import { suggest } from "../lib/suggest.ts";
import type { Draft } from "./configure.ts";
import { keysOf, type Report } from "./configured-fields.ts";
import { inLanguage } from "./localised.ts";
import {
  type Attachments,
  type ElementRows,
  type Field,
  isColumn,
  type Link,
  type List,
  type ObjectType,
} from "./types.ts";
import type { FieldType, Reference } from "./types.ts";

export interface ListContext {
  readonly drafts: ReadonlyMap<string, Draft>;
  readonly language: string;
  readonly problem: Report;
}

export interface Links {
  readonly references: readonly Reference[];
  readonly lists: readonly List[];
  /** The object types of arrays inside of JSON. */
  readonly elements: readonly ObjectType[];
  readonly files: readonly Attachments[];
  /** The object type's own fields; a list takes the place of its JSON. */
  readonly fields: readonly Field[];
}

/** The links of an object type, all inside of its source. */
export function linksOf(draft: Draft, context: ListContext): Links {
  return new Linker(draft, context).run();
}

class Linker {
  readonly #draft: Draft;
  readonly #context: ListContext;
  readonly #path: readonly string[];

  constructor(draft: Draft, context: ListContext) {
    this.#draft = draft;
    this.#context = context;
    this.#path = ["objects", draft.name];
  }

  run(): Links {
    const { config, fields } = this.#draft;
    const references: Reference[] = [];
    const lists: List[] = [];
    const elements: ObjectType[] = [];
    const covered: Field[] = [];
    for (const [name, it] of config?.references ?? []) {
      if (it === false) this.#known(["references", name], this.#draft.found?.references, name);
      else references.push(...this.#reference(name, it));
    }
    for (const [name, it] of config?.lists ?? []) {
      if (it === false) {
        this.#known(["lists", name], this.#draft.found?.lists, name);
      } else if ("json" in it) {
        const made = this.#nested(name, it);
        if (made === null) continue;
        lists.push(made.list);
        elements.push(made.object);
        covered.push(...made.covered);
      } else {
        lists.push(...this.#list(name, it));
      }
    }
    const isShown = (field: Field): boolean => !lists.some(({ name }) => name === field.name);
    const own = fields.map((field) => (isShown(field) ? field : { ...field, hidden: true }));
    const all = [...own, ...covered];
    const foundReferences = this.#foundReferences(references);
    this.#checkNames("references", [...references, ...foundReferences], own);
    return {
      references: [...foundReferences, ...references],
      lists: [...this.#foundLists(lists), ...lists],
      elements,
      files: [...(config?.files ?? [])].flatMap(([name, it]) => this.#files(name, it)),
      fields: all,
    };
  }

  /** Records of another object type that are files, and the fields that say where each is. */
  #files(name: string, { object, by, store, path, column, name: fileName, size }: FilesConfig): Attachments[] {
    const place = ["files", name];
    const child = this.#target(place, object);
    if (child === null) return [];
    const links = this.#links(place, by, child, this.#draft.key, this.#draft);
    if (links === null) return [];
    for (const [part, field] of Object.entries({ path, column, name: fileName, size })) {
      if (field === null || child.fields.some((it) => it.name === field)) continue;
      const names = child.fields.filter(isColumn).map((it) => it.name);
      this.#problem([...place, part], `${object} has no field "${field}".`, suggest(field, names));
    }
    const bytes = child.fields.find((it) => it.name === column);
    if (bytes !== undefined && bytes.type !== "binary" && bytes.type !== "text") {
      this.#problem([...place, "column"], `"${bytes.name}" is ${bytes.type}, so it holds no bytes.`);
    }
    const pointing = links.map(({ from, to }) => ({ from: to, to: from }));
    return [{ name, object, by: pointing, store, path, column, fileName, size }];
  }

  #reference(name: string, { object, by, to }: ReferenceConfig): Reference[] {
    const path = ["references", name];
    const target = this.#target(path, object);
    if (target === null) return [];
    const links = this.#links(path, by, this.#draft, to ?? target.key, target);
    return links === null ? [] : [{ name, object, by: links, enforced: false }];
  }

  #list(name: string, { object, by, to }: ListConfig): List[] {
    const path = ["lists", name];
    const child = this.#target(path, object);
    if (child === null) return [];
    const links = this.#links(path, by, child, to ?? this.#draft.key, this.#draft);
    if (links === null) return [];
    return [{ name, object, by: links.map(({ from, to: key }) => ({ from: key, to: from })), enforced: false }];
  }

  /** Pairs the fields that point (`by`, of `child`) with those that they point at. */
  #links(
    path: readonly string[],
    by: readonly string[],
    child: Draft,
    key: readonly string[],
    parent: Draft,
  ): Link[] | null {
    if (key.length !== by.length) {
      const detail =
        key.length === 0
          ? `${parent.name} has no key to point at.`
          : `${parent.name} is identified by ${key.join(" and ")}, so ${key.length} fields were expected here.`;
      this.#problem([...path, "by"], detail, key.length === 0 ? "Add key: to it." : undefined);
      return null;
    }
    const links = by.map((name, n) => {
      const from = this.#column([...path, "by"], child, name);
      const to = this.#column([...path, "to"], parent, key[n]!);
      if (from === null || to === null) return null;
      if (!comparable(from.type, to.type)) {
        const types = `"${name}" is ${from.type} and "${to.name}" of ${parent.name} is ${to.type}`;
        this.#problem([...path, "by"], `${types}, so they are never equal.`);
        return null;
      }
      return { from: from.column, to: to.column };
    });
    return links.every((it) => it !== null) ? links : null;
  }

  #column(path: readonly string[], { name: object, fields }: Draft, name: string): Field | null {
    const field = fields.find((it) => it.name === name);
    if (field !== undefined && isColumn(field)) return field;
    const names = fields.filter(isColumn).map((it) => it.name);
    if (field === undefined) this.#problem(path, `${object} has no field "${name}".`, suggest(name, names));
    else this.#problem(path, `"${name}" of ${object} is no column, so nothing can be linked by it.`);
    return null;
  }

  #target(path: readonly string[], name: string): Draft | null {
    const { drafts } = this.#context;
    const target = drafts.get(name);
    if (target === undefined) {
      this.#problem([...path, "object"], `There is no object type "${name}".`, suggest(name, [...drafts.keys()]));
      return null;
    }
    if (target.source === this.#draft.source) return target;
    const detail = `${name} is in the source ${target.source}, ${this.#draft.name} in ${this.#draft.source}.`;
    this.#problem([...path, "object"], detail, "Records are linked inside of one source.");
    return null;
  }

  /** An array of documents inside of JSON, as an object type of its own. */
  #nested(name: string, config: NestedListConfig): { list: List; object: ObjectType; covered: Field[] } | null {
    const { fields, key, found } = this.#draft;
    const path = ["lists", name];
    const column = fields
      .filter((it) => isColumn(it) && (config.json === it.name || config.json.startsWith(`${it.name}.`)))
      .toSorted((a, b) => b.name.length - a.name.length)[0];
    if (column === undefined || column.type !== "json") {
      const is = column === undefined ? `There is no field "${config.json}".` : `"${column.name}" is ${column.type}.`;
      const names = fields.filter((it) => it.type === "json" && isColumn(it)).map((it) => it.name);
      const hint = names.length === 0 ? undefined : `Fields that are JSON: ${names.join(", ")}.`;
      this.#problem([...path, "json"], is, hint);
      return null;
    }
    const inside = config.json === column.name ? [] : config.json.slice(column.name.length + 1).split(".");
    const closed = fields.find(
      (it) => it.column === column.column && it.deidentify !== undefined && overlap(it.keys ?? [], inside),
    );
    if (closed !== undefined) {
      this.#problem(
        [...path, "json"],
        `"${closed.name}" is de-identified as a whole.`,
        "De-identify fields of the list.",
      );
      return null;
    }
    const keys = key.map((it) => fields.find((field) => field.name === it && isColumn(field)));
    if (keys.length === 0 || keys.includes(undefined)) {
      this.#problem(path, `${this.#draft.name} has no key, by which the items would be told apart.`, "Add key:.");
      return null;
    }
    const of = found?.table ?? { query: this.#draft.config?.query ?? "" };
    // Documents in a list of structs are JSON like all others.
    const native = /[()[\]]/.test(column.native) ? "JSON" : column.native;
    const table: ElementRows = {
      of,
      key: keys.map((it) => it!.column),
      column: column.column,
      native: column.native,
      keys: inside,
    };
    const object = `${this.#draft.name}.${name}`;
    const label = inLanguage(config.label, this.#context.language);
    const value: Field = { name: "value", column: "value", type: "json", native, nullable: true };
    const items = keysOf(value, config.keys, "", this.#context.language);
    // Nobody gets to see them, and they lead nowhere but to the record that the documents are in.
    const links = keys.map((it, n): Field => {
      const { deidentify: _, ...rest } = it!;
      return { ...rest, name: `k${n}`, column: `k${n}`, hidden: true, nullable: false };
    });
    const secret = items.some((it) => it.hidden === true || it.deidentify !== undefined);
    return {
      list: {
        name,
        object,
        by: keys.map((it, n) => ({ from: it!.column, to: `k${n}` })),
        enforced: true,
      },
      object: {
        name: object,
        table,
        kind: "elements",
        fields: [
          ...links,
          { name: "position", column: "position", type: "integer", native: "bigint", nullable: false },
          items.length === 0 ? value : { ...value, optional: true, ...(secret ? { hidden: true } : {}) },
          ...items,
        ],
        key: [...links.map((it) => it.name), "position"],
        references: [],
        lists: [],
        source: this.#draft.source,
        ...(label === undefined ? {} : { label }),
      },
      covered: items
        .filter((it) => it.hidden === true || it.deidentify !== undefined)
        .map((it, n) => ({ ...it, name: `${name}.${n}`, column: column.column, keys: inside, native, hidden: true })),
    };
  }

  /** Foreign keys to object types that are offered, unless the configuration says otherwise. */
  #foundReferences(configured: readonly Reference[]): Reference[] {
    return (this.#draft.found?.references ?? []).flatMap((found) => {
      const object = this.#offered(found.object);
      if (object === null || this.#draft.config?.references.has(found.name) === true) return [];
      if (configured.some((it) => it.object === object && sameLinks(it.by, found.by))) return [];
      return [{ ...found, object }];
    });
  }

  #foundLists(configured: readonly List[]): List[] {
    return (this.#draft.found?.lists ?? []).flatMap((found) => {
      const object = this.#offered(found.object);
      if (object === null || this.#draft.config?.lists.has(found.name) === true) return [];
      if (configured.some((it) => it.object === object && sameLinks(it.by, found.by))) return [];
      const name = found.name === found.object ? object : found.name;
      return configured.some((it) => it.name === name) ? [] : [{ ...found, name, object }];
    });
  }

  /** The object type that offers a table of this source: the first one that does. */
  #offered(table: string): string | null {
    for (const { name, source, found } of this.#context.drafts.values()) {
      if (source === this.#draft.source && found?.name === table) return name;
    }
    return null;
  }

  #known(path: readonly string[], all: readonly { readonly name: string }[] | undefined, name: string): void {
    const names = (all ?? []).map((it) => it.name);
    if (!names.includes(name)) this.#problem(path, `There is no "${name}" to take away.`, suggest(name, names));
  }

  #checkNames(what: string, links: readonly { readonly name: string }[], fields: readonly Field[]): void {
    for (const { name } of links) {
      const field = fields.find((it) => it.name === name && it.hidden !== true);
      if (field === undefined || this.#draft.config?.references.get(name) === undefined) continue;
      this.#problem([what, name], `There is a field "${name}" already.`, "Give it another name.");
    }
  }

  #problem(path: readonly string[], detail: string, hint?: Said): void {
    this.#context.problem([...this.#path, ...path], detail, hint);
  }
}

const NUMBERS: ReadonlySet<FieldType> = new Set(["integer", "decimal", "float"]);

function comparable(a: FieldType, b: FieldType): boolean {
  return a === b || a === "any" || b === "any" || (NUMBERS.has(a) && NUMBERS.has(b));
}

/** Whether one of two lists of keys begins with the other. */
function overlap(a: readonly string[], b: readonly string[]): boolean {
  return a.every((key, n) => n >= b.length || b[n] === key);
}

function sameLinks(a: readonly Link[], b: readonly Link[]): boolean {
  return a.length === b.length && a.every((it) => b.some(({ from, to }) => it.from === from && it.to === to));
}
