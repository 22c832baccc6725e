// What init proposes, added to a configuration that is there: only what is new, as lines of its own.
import type { Pair } from "yaml";
import { type Block, type ExistingFile, keyOf } from "./existing.ts";
import { Memory, MEMORY_HEAD, memoryLines, type SeenTable, seenOf } from "./memory.ts";
import { orgLines } from "./new-org.ts";
import type { FieldProposal, ObjectProposal } from "./proposal.ts";
import { codeLines, fieldLines, keyLines, leftOutLine, listLines, objectLines, referenceLine } from "./render.ts";
import { comment, entry, flow, indented, scalar } from "./yaml-lines.ts";

/** A source that was read, under the name that the file has or gets for it. */
export interface ReadSource {
  readonly name: string;
  /** Its URL as it is written; null where the file has it already. */
  readonly url: string | null;
  /** The columns of each table. */
  readonly columns: ReadonlyMap<string, readonly string[]>;
  readonly objects: readonly ObjectProposal[];
}

/** What a person should know afterwards. */
export interface Merged {
  /** What was added, in words: `samples.status`. */
  readonly added: readonly string[];
  /** What the file speaks of and no source has any more. */
  readonly gone: readonly string[];
}

export interface MergeOptions {
  readonly org: string;
  /** The org's name when it is new. */
  readonly orgName: string;
  /** Whether there was no file: nothing is marked as new then. */
  readonly isNewFile: boolean;
  /** The suggestion of namespaces, if there is one. */
  readonly namespaces: string | null;
  /** Names of object types by `source table`, as `existingNames` or the caller chose them. */
  readonly nameOf: (source: string, table: string) => string;
}

/** An object type of the file. */
export interface ExistingObject {
  readonly name: string;
  readonly source: string | null;
  readonly table: string;
  readonly isQuery: boolean;
  readonly block: Block;
}

/** The object types of an org. */
export function existingObjects(file: ExistingFile, org: Block | null): readonly ExistingObject[] {
  const objects = org === null ? null : file.block(org, "objects");
  if (objects === null || objects.kind === "empty" || objects.map === null) return [];
  return objects.map.items.flatMap((pair) => {
    const name = keyOf(pair);
    const block = name === null ? null : file.block(objects, name);
    if (name === null || block === null) return [];
    const [source, table, query] = ["source", "table", "query"].map((key) => file.scalar(block, key));
    return [{ name, source: source ?? null, table: table ?? name, isQuery: query !== null, block }];
  });
}

/** The URLs of an org's sources as they are written, by name. */
export function existingSources(file: ExistingFile, org: Block | null): ReadonlyMap<string, string> {
  const sources = org === null ? null : file.block(org, "sources");
  if (sources === null || sources.kind === "empty" || sources.map === null) return new Map();
  return new Map(
    sources.map.items.flatMap((pair) => {
      const name = keyOf(pair);
      const block = name === null ? null : file.block(sources, name);
      return name === null || block === null ? [] : [[name, file.scalar(block, "url") ?? ""] as const];
    }),
  );
}

/** Whether a URL, written or filled in, is of a store of files, without tables. */
function isStore(url: string): boolean {
  return /^(?:dir|s3):/i.test(url);
}

/** Adds to the file what is new in the sources. */
export function merge(file: ExistingFile, sources: readonly ReadSource[], options: MergeOptions): Merged {
  return new Merger(file, sources, options).run();
}

class Merger {
  readonly #file: ExistingFile;
  readonly #sources: readonly ReadSource[];
  readonly #options: MergeOptions;
  readonly #memory: Memory;
  readonly #mark: string | null;
  readonly #added: string[] = [];
  readonly #gone: string[] = [];
  readonly #isThere: (org: string, source: string) => boolean;
  readonly #remembered: string[] = [];

  constructor(file: ExistingFile, sources: readonly ReadSource[], options: MergeOptions) {
    this.#file = file;
    this.#sources = sources;
    this.#options = options;
    this.#memory = new Memory(file.text);
    this.#mark = options.isNewFile ? null : "new";
    const { root } = file;
    const orgs = root === null ? null : file.block(root, "orgs");
    this.#isThere = (org, source) => {
      const block = orgs === null ? null : file.block(orgs, org);
      return block !== null && existingSources(file, block).has(source);
    };
  }

  run(): Merged {
    const { root } = this.#file;
    const orgs = root === null ? null : this.#file.block(root, "orgs");
    const org = orgs === null ? null : this.#file.block(orgs, this.#options.org);
    const closed = [orgs, org].find((it) => it?.kind === "closed");
    if (closed !== undefined && closed !== null) {
      throw this.#file.refuse(closed, "this is written in braces, so no lines can be added");
    }
    if (org === null) this.#newOrg(root, orgs);
    else this.#oldOrg(org);
    if (this.#remembered.length > 0) {
      const isFirst = !/^# seen /m.test(this.#file.text);
      this.#file.addLast([...(isFirst ? ["", ...MEMORY_HEAD] : []), ...this.#remembered]);
    }
    return { added: this.#added, gone: this.#gone };
  }

  #newOrg(root: Block | null, orgs: Block | null): void {
    const { org, orgName, namespaces } = this.#options;
    const lines = [
      ...entry(org),
      ...indented([
        ...orgLines(orgName),
        ...(namespaces === null ? [] : [namespaces]),
        "sources:",
        ...indented([...this.#sources.flatMap((it) => sourceLines(it)), ...STORE]),
        "objects:",
        ...indented(
          this.#sources.flatMap(({ objects }, n) => this.#newObjects(objects, this.#sources.length > 1, n === 0)),
        ),
      ]),
    ];
    if (orgs !== null) this.#file.add(orgs, lines);
    else if (root !== null) this.#file.add(root, ["orgs:", ...indented(lines)]);
    else this.#file.addLast(["orgs:", ...indented(lines)]);
    this.#remember(() => null);
  }

  #newObjects(objects: readonly ObjectProposal[], withSource: boolean, isFirst: boolean): readonly string[] {
    const naming = ({ source, table }: ObjectProposal) => {
      return { name: this.#options.nameOf(source, table), withSource, mark: this.#mark };
    };
    const offered = objects.filter(({ leftOut }) => leftOut === null);
    const left = objects.filter(({ leftOut }) => leftOut !== null);
    this.#added.push(...offered.map((it) => naming(it).name));
    return [
      ...offered.flatMap((it, n) => [...(isFirst && n === 0 ? [] : [""]), ...objectLines(it, naming(it))]),
      ...(left.length === 0 ? [] : ["", "# Left out:"]),
      ...left.map((it) => leftOutLine(it, naming(it))),
    ];
  }

  #oldOrg(org: Block): void {
    const file = this.#file;
    const fresh = this.#sources.filter(({ url }) => url !== null);
    const before = existingSources(file, org);
    const tables = [...before].filter(([, url]) => !isStore(url)).map(([name]) => name);
    const objects = existingObjects(file, org);
    this.#addTo(
      org,
      "sources",
      fresh.flatMap((it) => sourceLines(it)),
    );
    this.#added.push(...fresh.map(({ name }) => `the source ${name}`));
    const isFirstSecond = fresh.length > 0 && tables.length === 1;
    if (isFirstSecond) this.#nameSources(objects, tables[0]!);
    const only = tables.length === 1 ? tables[0]! : null;
    const block = file.block(org, "objects");
    const inComments = block === null ? new Set<string>() : file.commented(block);
    const memories = new Map<ObjectProposal, SeenTable | null>();
    const lines = this.#sources.flatMap(({ name, objects: found, columns }) => {
      const its = objects.filter(({ source, isQuery }) => !isQuery && (source ?? only) === name);
      this.#reportGone(its, columns);
      const missing = found.filter((it) => {
        const memory = this.#memory.of(this.#options.org, name, it.table, this.#isThere);
        memories.set(it, memory);
        const same = its.filter(({ table }) => table === it.table);
        for (const entryOfIt of same) this.#mergeObject(entryOfIt, it, memory);
        const called = this.#options.nameOf(name, it.table);
        return same.length === 0 && memory === null && !inComments.has(it.table) && !inComments.has(called);
      });
      return missing.length === 0 ? [] : this.#newObjects(missing, tables.length + fresh.length > 1, false);
    });
    this.#addTo(org, "objects", lines);
    this.#remember((it) => memories.get(it) ?? null);
  }

  /** With a second source, each object type must say which one it is in. */
  #nameSources(objects: readonly ExistingObject[], source: string): void {
    for (const object of objects) {
      if (object.source !== null) continue;
      if (object.block.kind === "closed") {
        throw this.#file.refuse(object.block, `with a second source it must say source: ${source}`);
      }
      this.#file.addFirst(object.block, entry("source", scalar(source), "new: there are several sources now"));
    }
  }

  #remember(before: (object: ObjectProposal) => SeenTable | null): void {
    for (const { name, objects } of this.#sources) {
      for (const it of objects) {
        this.#remembered.push(...memoryLines(this.#options.org, name, it.table, seenOf(it), before(it)));
      }
    }
  }

  #reportGone(objects: readonly ExistingObject[], tables: ReadonlyMap<string, readonly string[]>): void {
    for (const { name, table, block } of objects) {
      const columns = tables.get(table);
      if (columns === undefined) {
        this.#gone.push(name);
        continue;
      }
      const fields = this.#file.block(block, "fields");
      const named = [
        ...(fields === null || fields.kind === "empty" ? [] : (fields.map?.items ?? []).map((it) => keyOf(it))),
        ...["title", "created", "updated", "state", "namespace", "owner"].map((role) => this.#file.scalar(block, role)),
      ];
      const gone = named.filter(
        (it) => it !== null && !columns.includes(it) && !columns.some((c) => it.startsWith(`${c}.`)),
      );
      this.#gone.push(...new Set(gone.map((it) => `${name}.${it ?? ""}`)));
    }
  }

  #mergeObject(existing: ExistingObject, proposal: ObjectProposal, memory: SeenTable | null): void {
    if (proposal.leftOut !== null) return;
    const file = this.#file;
    const { block, name } = existing;
    const fields = file.block(block, "fields");
    // What was seen before is told by the memory alone.
    const inComments = memory !== null || fields === null ? new Set<string>() : file.commented(fields);
    const written: string[] = [];
    const isNew = (field: FieldProposal): boolean => {
      if (memory !== null) return !memory.has(field.name);
      return field.keys.length > 0 || (field.labels?.length ?? 0) > 0 || field.personal !== null || field.hidden;
    };
    const added = new Set<string>();
    for (const field of proposal.fields) {
      const there = fields === null ? undefined : pairOf(fields, field.name);
      if (there !== undefined) this.#mergeField(name, fields!, field, memory?.get(field.name) ?? null);
      else if (isNew(field) && !inComments.has(field.name)) {
        written.push(...fieldLines(field, this.#mark));
        added.add(field.name);
        this.#added.push(`${name}.${field.name}`);
      }
    }
    this.#addTo(block, "fields", written);
    const references = proposal.references.filter(
      (it) => it.isSure && memory?.has(it.by) === false && added.has(it.by) && !this.#has(block, "references", it.name),
    );
    this.#addTo(
      block,
      "references",
      references.flatMap((it) => referenceLine(it)),
    );
    const lists = proposal.lists.filter((it) => {
      const inside = `${it.json.slice(it.column.length + 1)}[].`;
      const wasSeen = [...(memory?.get(it.column) ?? [])].some((path) => path.startsWith(inside));
      return memory !== null && !wasSeen && !this.#has(block, "lists", it.name);
    });
    // What goes further in comes first, where both go to the same place.
    for (const list of proposal.lists) this.#mergeList(block, list, memory?.get(list.column) ?? null);
    this.#addTo(
      block,
      "lists",
      lists.flatMap((it) => listLines(it, this.#mark)),
    );
    this.#added.push(...lists.map((it) => `${name}.${it.name}`));
  }

  /** Keys and codes that a field has got since it was seen. */
  #mergeField(object: string, fields: Block, field: FieldProposal, seen: ReadonlySet<string> | null): void {
    if (seen === null) return;
    const file = this.#file;
    const block = file.block(fields, field.name);
    if (block === null) return;
    const isNew = (part: string, name: string): boolean => !seen.has(name) && !this.#has(block, part, name);
    const keys = field.keys.filter(({ path }) => isNew("keys", path));
    const codes = (field.labels ?? []).filter(([code]) => isNew("labels", code));
    // Somebody took all of them out.
    const wants = (part: string, all: readonly string[]): boolean =>
      this.#has(fields, field.name, part) || !all.some((it) => seen.has(it));
    if (
      wants(
        "keys",
        field.keys.map(({ path }) => path),
      )
    ) {
      this.#grow(block, "keys", keyLines(keys, this.#mark), () => keys.map(({ path, type }) => [path, type]));
      this.#added.push(...keys.map(({ path }) => `${object}.${field.name}.${path}`));
    }
    if (
      wants(
        "labels",
        (field.labels ?? []).map(([code]) => code),
      )
    ) {
      this.#grow(block, "labels", codeLines(codes, this.#mark), () => codes.map(([code, it]) => [code, scalar(it)]));
      this.#added.push(...codes.map(([code]) => `${object}.${field.name} = ${code}`));
    }
  }

  #mergeList(object: Block, list: ObjectProposal["lists"][number], seen: ReadonlySet<string> | null): void {
    const lists = this.#file.block(object, "lists");
    const block = lists === null ? null : this.#file.block(lists, list.name);
    if (seen === null || block === null || block.kind === "empty") return;
    const prefix = `${list.json.slice(list.column.length + 1)}[].`;
    const keys = list.keys.filter(({ path }) => !seen.has(prefix + path) && !this.#has(block, "fields", path));
    this.#grow(block, "fields", keyLines(keys, this.#mark), () => keys.map(({ path, type }) => [path, type]));
    this.#added.push(...keys.map(({ path }) => `${list.name}.${path}`));
  }

  /** Adds entries under a part of a mapping; where lines cannot go in, as a comment behind it. */
  #grow(
    block: Block,
    part: string,
    lines: readonly string[],
    entries: () => readonly (readonly [string, string])[],
  ): void {
    if (lines.length === 0) return;
    const inside = block.kind === "empty" ? null : this.#file.block(block, part);
    const isClosed = block.kind === "closed" || inside?.kind === "closed";
    if (isClosed) this.#file.addAfter(block.pair!, [comment(`${this.#mark ?? ""}: ${part}: ${flow(entries())}`)]);
    else this.#addTo(block, part, lines);
  }

  /** Adds lines under a key of a mapping, with the key where it is not there. */
  #addTo(block: Block, key: string, lines: readonly string[]): void {
    if (lines.length === 0) return;
    const inside = block.kind === "empty" ? null : this.#file.block(block, key);
    if (inside === null) {
      if (block.kind === "closed")
        this.#file.addAfter(
          block.pair,
          lines.map((it) => comment(`${key}: ${it}`)),
        );
      else this.#file.add(block, [...entry(key), ...indented(lines)]);
    } else if (inside.kind === "closed") {
      this.#file.addAfter(
        inside.pair,
        lines.map((it) => comment(`${key}: ${it}`)),
      );
    } else this.#file.add(inside, lines);
  }

  #has(block: Block, ...path: readonly string[]): boolean {
    let inside: Block = block;
    for (const [n, key] of path.entries()) {
      if (pairOf(inside, key) === undefined) return false;
      if (n === path.length - 1) return true;
      const next = this.#file.block(inside, key);
      if (next === null) return false;
      inside = next;
    }
    return true;
  }
}

function pairOf(block: Block, key: string): Pair | undefined {
  return block.kind === "empty" ? undefined : block.map?.items.find((it) => keyOf(it) === key);
}

function sourceLines({ name, url }: ReadSource): readonly string[] {
  return entry(name, flow([["url", JSON.stringify(url ?? "")]]));
}

const STORE = ['# store: { url: "dir:/srv/uploads" }  # where attached files are: dir: or s3:'];
