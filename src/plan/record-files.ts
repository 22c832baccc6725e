// Records one by one, each with its attached files: what is read, and how folders and files are called.
import type { Attachments, List, ObjectType, Reference } from "../catalog/types.ts";
import { inputError } from "../lib/errors.ts";
import { parseNameTemplate } from "../lib/name-template.ts";
import { PatternError } from "../lib/pattern-error.ts";
import { sentence, type Sentence } from "../lib/sentence.ts";
import { suggest } from "../lib/suggest.ts";
import { resolvePath } from "../query/field-path.ts";
import { parseWhere } from "../query/parse-where.ts";
import { boundList, linked } from "./bound-list.ts";
import { Cells } from "./cells.ts";
import { type FieldColumn, shownOnly } from "./choose.ts";
import { ColumnPlanner, described, unique } from "./columns.ts";
import type { FilesPlan, PlanColumn, Reading, RecordsPlan, TablePlan, TagPlan } from "./plan.ts";
import { sourceOf } from "./selection.ts";
import type { FilesRequest } from "./request.ts";
import { type Access, fieldOfColumn, type PlanContext, Scope } from "./scope.ts";
import type { Select } from "./select.ts";
import { type Restriction, rootSelect } from "./table-planner.ts";

/** Tags of names that are no fields. */
const RECORD_TAGS = ["record.key", "record.index"];
const FILE_TAGS = ["file.name", "field.name", "index"];

/** The names of folders and files, as templates with tags. */
export interface NameTemplates {
  readonly folder: string;
  readonly file: string;
}

/**
 * A name template as a folder's and a file's: what stands before the last slash is the folder. Without a slash it is
 * the file's when it has a tag of files, else the folder's.
 * @throws inputError `name-not-suited`
 */
function splitNameTemplate(asked: string | undefined, object: ObjectType): NameTemplates {
  const isKnown =
    object.key.length > 0 && object.fields.every((it) => !object.key.includes(it.name) || it.hidden !== true);
  const usual = { folder: isKnown ? "{record.key}" : "{record.index}", file: "{file.name}" };
  if (asked === undefined) return usual;
  // There is nothing above an archive.
  const text = asked.replace(/^\/+/, "");
  if (text === "") {
    throw inputError(
      "name-not-suited",
      "/nameTemplate",
      sentence`The name template is empty.`,
      sentence`Write one such as {record.key}/{index}-{file.name}.`,
    );
  }
  const slash = text.lastIndexOf("/");
  if (slash !== -1) return { folder: text.slice(0, slash), file: text.slice(slash + 1) || usual.file };
  return /\{(?:file\.|field\.|index\})/.test(text) ? { ...usual, file: text } : { ...usual, folder: text };
}

/** Plans the attached files of the rows of a root table. */
export class FilePlanner {
  readonly #context: PlanContext;
  readonly #object: ObjectType;
  readonly #request: FilesRequest;
  readonly #names: NameTemplates;
  readonly #attached: readonly Attached[];

  /** @throws inputError `no-files`, `name-not-suited` and others */
  constructor(context: PlanContext, object: ObjectType, request: FilesRequest) {
    this.#context = context;
    this.#object = object;
    this.#request = request;
    this.#names = splitNameTemplate(request.nameTemplate, object);
    this.#attached = attachedTo(object, context);
    if (wantsFiles(request) && this.#attached.length === 0) {
      throw inputError(
        "no-files",
        "/exportFiles",
        sentence`${object.name} has no attached files.`,
        filesHint(object, context),
      );
    }
    if (request.fileFormats?.length === 0) {
      throw inputError(
        "no-files",
        "/fileFormats",
        sentence`No file format was chosen.`,
        sentence`Choose one at least, or leave it out for all.`,
      );
    }
  }

  /** The records alone, for files without data. */
  bare(scope: Scope, restriction: Restriction): RecordsPlan {
    const cells = new Cells();
    for (const name of this.#object.key) cells.add(scope.column([], name));
    const root: TablePlan = {
      name: this.#object.name,
      ...described(this.#object),
      select: rootSelect(scope, cells, restriction, this.#context.timeZone),
      columns: [],
      key: [],
      parent: null,
      groups: [],
      lists: [],
      estimatedRows: restriction.estimatedRows,
      part: { index: 0, count: 1 },
    };
    return this.records(root, scope, cells);
  }

  /** Records with their files, by a root table and its cells. */
  records(root: TablePlan, scope: Scope, cells: Cells): RecordsPlan {
    const { layout = "tables", zipFiles = false, fileFormats = null } = this.#request;
    const readings: Reading[] = [...(root.readings ?? [])];
    const tags = this.#tags("record", this.#names.folder + this.#names.file, this.#object, scope, cells, readings);
    const { title } = this.#object.roles ?? {};
    const titles = title === undefined ? [] : [this.#tag("record.title", title, this.#object, scope, cells, readings)];
    const files = wantsFiles(this.#request) ? this.#all(root.select, scope, cells, true) : [];
    // The record in its folder tells the names of its files.
    const columns = layout === "folders" ? placesOf(files, cells) : [];
    return {
      layout,
      source: sourceOf(this.#object),
      table: {
        ...root,
        columns: unique([...root.columns, ...columns]),
        ...(readings.length === 0 ? {} : { readings }),
        select: { ...root.select, columns: cells.expressions, joins: scope.joins },
      },
      files,
      tags: [...tags, ...titles],
      ...this.#names,
      formats: fileFormats,
      zipFiles,
      cells: columns.map(({ cell }) => cell),
    };
  }

  /** A table with columns besides that tell where the files of its records are in the archive. */
  withPlaces(root: TablePlan, scope: Scope, cells: Cells): TablePlan {
    const { zipFiles = false, fileFormats = null } = this.#request;
    const files = this.#all(root.select, scope, cells, false);
    const readings: Reading[] = [...(root.readings ?? [])];
    const tags = this.#tags("record", this.#names.folder + this.#names.file, this.#object, scope, cells, readings);
    const columns = placesOf(files, cells);
    const places = {
      files,
      tags,
      ...this.#names,
      formats: fileFormats,
      zipFiles,
      cells: columns.map(({ cell }) => cell),
    };
    return {
      ...root,
      columns: unique([...root.columns, ...columns]),
      ...(readings.length === 0 ? {} : { readings }),
      places,
      select: { ...root.select, columns: cells.expressions, joins: scope.joins },
    };
  }

  /**
   * The attached files of the rows of a select.
   * @param content whether their bytes are wanted too, not only their names.
   */
  #all(parent: Select, parentScope: Scope, parentCells: Cells, content: boolean): FilesPlan[] {
    return this.#attached.map((its) => this.#files(its, parent, parentScope, parentCells, content));
  }

  #files(
    { files: its, name: called, list }: Attached,
    parent: Select,
    parentScope: Scope,
    parentCells: Cells,
    content: boolean,
  ): FilesPlan {
    const context = this.#context;
    const object = context.object(its.object);
    const via = list === null ? null : itemOf(its, list);
    const scope = new Scope(context, via === null ? object : { ...object, references: [...object.references, via] });
    const cells = new Cells();
    const readings: Reading[] = [];
    const also = this.#fileWhere(object);
    const condition = also === null ? null : scope.condition(also);
    const { by } = list ?? its;
    const parentKey = by.map(({ from }) => parentCells.add(linked(parentScope, from)));
    const { ownKey, select } = boundList(
      { by, enforced: false },
      scope,
      cells,
      parentScope,
      parent,
      context,
      condition,
      ...(via === null ? [] : [{ through: [via.name], object: context.object(via.object) }]),
    );
    const raw = (field: string | null): number | null =>
      field === null ? null : cells.add(scope.value([], field, []));
    const named = its.fileName ?? its.path;
    const fileName = named === null ? null : this.#tag("file.name", named, object, scope, cells, readings).cells[0]!;
    const place = raw(its.path) ?? (content ? raw(its.column) : null);
    const tags = this.#tags("file", this.#names.file, object, scope, cells, readings);
    const size = raw(its.size);
    const key = object.key.map((field) => cells.add(scope.column([], field)));
    const table: TablePlan = {
      name: `${this.#object.name}.${called}`,
      ...described(object),
      select: select(),
      columns: [],
      ...(readings.length === 0 ? {} : { readings }),
      key: [],
      parent: null,
      groups: [],
      lists: [],
      estimatedRows: null,
      part: { index: 0, count: 1 },
    };
    return { name: called, table, parentKey, ownKey, store: its.store, place, fileName, size, key, tags };
  }

  #fileWhere(object: ObjectType): ReturnType<typeof parseWhere> | null {
    const { fileWhere } = this.#request;
    const { catalog, access, timeZone } = this.#context;
    return fileWhere === undefined
      ? null
      : parseWhere(fileWhere, object, catalog, { access, timeZone, pointer: "/fileWhere" });
  }

  /** The fields that the tags of names show: `{record.number}`, `{file.kind}`. */
  #tags(
    what: "record" | "file",
    text: string,
    object: ObjectType,
    scope: Scope,
    cells: Cells,
    readings: Reading[],
  ): TagPlan[] {
    const tags = tagsOf(text, what === "record" ? this.#names : { folder: "", file: text }, object);
    return tags.flatMap((tag): TagPlan[] => {
      if (!tag.startsWith(`${what}.`) || tag === "record.index" || tag === "file.name") return [];
      if (tag !== "record.key") return [this.#tag(tag, tag.slice(what.length + 1), object, scope, cells, readings)];
      return [{ tag, cells: object.key.flatMap((name) => this.#tag(tag, name, object, scope, cells, readings).cells) }];
    });
  }

  #tag(tag: string, path: string, object: ObjectType, scope: Scope, cells: Cells, readings: Reading[]): TagPlan {
    const { catalog, access } = this.#context;
    const found = resolvePath(path, object, catalog, "/nameTemplate", shownOnly(access));
    if (found.kind !== "field") {
      throw inputError(
        "name-not-suited",
        "/nameTemplate",
        found.kind === "list"
          ? sentence`{${tag}} is a list, which is no name.`
          : sentence`{${tag}} is a reference, which is no name.`,
        sentence`Name one of its fields.`,
      );
    }
    const planner = new ColumnPlanner(this.#context, scope, cells);
    const chosen: FieldColumn = {
      path: [tag],
      through: found.through,
      object: found.object,
      field: found.field,
      keys: found.keys,
    };
    const { cell, rules } = planner.column(chosen);
    readings.push(...planner.readings);
    if (rules.length > 0) readings.push({ cell, rules });
    return { tag, cells: [cell] };
  }
}

/** Files that are exported with a record. */
interface Attached {
  readonly files: Attachments;
  /** Of the record's own: as the configuration calls them; of others: `samples.reads`. */
  readonly name: string;
  /** The list whose records they are attached to; null for those of the record itself. */
  readonly list: List | null;
}

/** A record's own files; with an analysis run (IN5), those of each of its samples too, as far as they may be followed. */
function attachedTo(object: ObjectType, { catalog, access }: PlanContext): readonly Attached[] {
  const own = (object.files ?? []).map((files): Attached => ({ files, name: files.name, list: null }));
  if (object.roles?.complete === undefined) return own;
  const others = object.lists.flatMap((list): Attached[] => {
    const items = catalog.objects.get(list.object);
    if (items?.files === undefined || !mayFollow(list, object, items, access)) return [];
    const open = items.files.filter((it) => mayFollow(it, items, catalog.objects.get(it.object)!, access));
    return open.map((files) => ({ files, name: `${list.name}.${files.name}`, list }));
  });
  return [...own, ...others];
}

/** Whether the principal may know which records of a list belong to which record. */
function mayFollow({ by }: Pick<List, "by">, from: ObjectType, to: ObjectType, access: Access): boolean {
  return by.every((link) => {
    const near = { object: from, field: fieldOfColumn(from, link.from) };
    const far = { object: to, field: fieldOfColumn(to, link.to) };
    return access.mayLink(near.object, near.field, far) && access.mayLink(far.object, far.field, near);
  });
}

/** The way from a file to the record of the list that it is attached to. */
function itemOf({ by }: Attachments, { object }: List): Reference {
  return { name: "\0item", object, by: by.map(({ from, to }) => ({ from: to, to: from })), enforced: false };
}

/** A column for the places of each kind of files. */
function placesOf(files: readonly FilesPlan[], cells: Cells): PlanColumn[] {
  return files.map(({ name }) => {
    const cell = cells.addOwn({ kind: "nothing", type: "text" });
    return { name, path: [name], type: "array", nullable: true, cell, rules: [] };
  });
}

/** Whether files are asked for. */
export function wantsFiles({ exportFiles, zipFiles, layout }: FilesRequest): boolean {
  return exportFiles === true || zipFiles === true || layout === "files";
}

/** The tags of a name. @throws inputError `name-not-suited` */
function tagsOf(text: string, { folder, file }: NameTemplates, object: ObjectType): readonly string[] {
  check(folder, false);
  check(file, true);
  return parse(text, () => true).tags;

  function check(part: string, ofFile: boolean): void {
    if (part === "") return;
    const own = [...RECORD_TAGS, ...(ofFile ? FILE_TAGS : [])];
    parse(part, (tag) => own.includes(tag) || tag.startsWith("record.") || (ofFile && tag.startsWith("file.")), [
      ...own,
      ...object.fields.map(({ name }) => `record.${name}`),
    ]);
  }
}

function parse(
  text: string,
  isTag: (tag: string) => boolean,
  known: readonly string[] = [],
): ReturnType<typeof parseNameTemplate> {
  try {
    return parseNameTemplate(text, isTag);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    // Where a brace is missing, there is no tag to suggest another for.
    const tag = /^\{([^{}]+)\}/.exec(text.slice(Math.max(0, error.index - 1)))?.[1];
    const hint = (tag === undefined ? undefined : suggest(tag, known)) ?? error.words.hint;
    throw inputError("name-not-suited", "/nameTemplate", sentence`${error.words.detail} (in "${text}")`, hint);
  }
}

function filesHint(object: ObjectType, { catalog }: PlanContext): Sentence {
  const others = [...catalog.objects.values()].filter(({ files }) => files !== undefined).map(({ name }) => name);
  if (others.length > 0) return sentence`These have: ${others.join(", ")}.`;
  return sentence`Say where they are in the configuration, under objects.${object.name}.files.`;
}
