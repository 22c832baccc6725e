// From a template to a plan: the same as a request, with the columns and their rules decided by the template's author.
import type { Catalog, DeidentifyRule, Field, ObjectType } from "../catalog/types.ts";
import { withLinkedRules } from "../catalog/linked-rules.ts";
import { withNestedRules } from "../catalog/nested-rules.ts";
import { inputError, usageError } from "../lib/errors.ts";
import { type Attempt, collecting, strictly } from "../lib/mistakes.ts";
import { child } from "../lib/pointer.ts";
import { sentence } from "../lib/sentence.ts";
import { suggest } from "../lib/suggest.ts";
import { resolvePath } from "../query/field-path.ts";
import { parseWhere } from "../query/parse-where.ts";
import type { Predicate } from "../query/predicate.ts";
import {
  type DatasetTemplate,
  datasetsOf,
  type Template,
  type TemplateColumn,
  type TemplateList,
  type Translations,
} from "../template/template.ts";
import { askedOf } from "./asked.ts";
import { type BatchAsked, checkParts, planBatch, recordsInBatch } from "./batch.ts";
import { type Choice, type ChosenColumn, type ColumnRules, shownOnly } from "./choose.ts";
import { checkDeidentification, subjectOf } from "./columns.ts";
import { fileNamer, type Tokens } from "./file-names.ts";
import { carriedOver } from "./linked.ts";
import { orderOf } from "./order.ts";
import type { Asked, BatchPlan, ColumnNote, DatasetPlan, ExportPlan, RecordsPlan, TextPlan } from "./plan.ts";
import { both, checkLimit, estimate, localeOf, objectAsked, selectionOf, sourceOf } from "./selection.ts";
import { FilePlanner, wantsFiles } from "./record-files.ts";
import type { ExportRequest, FilesRequest } from "./request.ts";
import { type Access, type Locale, PlanContext, Scope } from "./scope.ts";
import type { FirstOfEach, ScalarExpression } from "./select.ts";
import { stableField } from "./stable.ts";
import { type FormatTraits, TablePlanner } from "./table-planner.ts";

/** What may be asked of a template: which records, and how values are shown. */
export interface TemplateRequest
  extends FilesRequest, Pick<ExportRequest, "where" | "from" | "to" | "limit" | "timeZone" | "language"> {
  /** The object type that `where`, `from`, `to` and `limit` are about: that of the first dataset when absent. */
  readonly object?: string | undefined;
  /** The records that are exported of those that `where`, `from` and `to` find, as `planExport` has it. */
  readonly among?: Predicate | undefined;
  /** The batch whose records they are: datasets about its object type have only these. It is the one of `object`, too. */
  readonly batch?: BatchAsked | undefined;
  /** At most so many records of each dataset, whatever it is about. */
  readonly each?: number | undefined;
  /** What the tokens in names stand for. */
  readonly tokens: Tokens;
}

/** How a template is looked at that is being made: all that is wrong with it, and what became of its columns. */
export interface Review {
  /** Collects mistakes. What is wrong is then empty in the plan, at its place; it is there to be looked at. */
  readonly attempt: Attempt;
  readonly noted: (pointer: string, note: ColumnNote) => void;
}

/**
 * Plans an export by a template.
 * @param formatNamed throws for a format that does not exist
 * @param review where not the first mistake is to be thrown
 * @throws usageError naming the place in the template as a JSON pointer
 */
export function planTemplate(
  template: Template,
  request: TemplateRequest,
  catalog: Catalog,
  formatNamed: (name: string, pointer: string) => FormatTraits,
  access: Access,
  review: Review = AT_ONCE,
): ExportPlan {
  checkLimit(request.limit);
  return new TemplatePlanner(template, request, catalog, formatNamed, access, review).plan();
}

const AT_ONCE: Review = { attempt: strictly, noted: () => {} };

/** A dataset with its place in the template. */
interface Placed {
  readonly dataset: DatasetTemplate;
  readonly pointer: string;
}

/** The object type that records were chosen of, and the choice; null for all records. */
interface Chosen {
  readonly selected: ObjectType | null;
  readonly selection: Predicate | null;
}
const NOTHING_CHOSEN: Chosen = { selected: null, selection: null };

class TemplatePlanner {
  readonly #template: Template;
  readonly #request: TemplateRequest;
  readonly #catalog: Catalog;
  readonly #formatNamed: (name: string, pointer: string) => FormatTraits;
  readonly #access: Access;
  readonly #attempt: Attempt;
  readonly #review: Review;
  readonly #locale: Locale;
  readonly #notes: ColumnNote[] = [];
  readonly #nameOf: ReturnType<typeof fileNamer>;
  #batch: BatchPlan | null = null;

  constructor(
    template: Template,
    request: TemplateRequest,
    catalog: Catalog,
    formatNamed: (name: string, pointer: string) => FormatTraits,
    access: Access,
    review: Review,
  ) {
    this.#review = review;
    this.#attempt = review.attempt;
    this.#template = template;
    this.#request = request;
    this.#catalog = catalog;
    this.#formatNamed = formatNamed;
    this.#access = access;
    this.#locale = localeOf(request, catalog);
    this.#nameOf = fileNamer({ ...request.tokens, name: template.name, version: versionOf(template) });
  }

  plan(): ExportPlan {
    const template = this.#template;
    const bundle = template.kind === "export-template";
    const placed = datasetsOf(template).map((dataset, n): Placed => {
      return { dataset, pointer: bundle ? child("/datasets", n) : "" };
    });
    const catalog = this.#deidentified(placed);
    const { selected, selection } = this.#selection(placed);
    const { batch } = this.#request;
    this.#batch = batch === undefined ? null : planBatch(batch, this.#catalog, this.#access, catalog);
    const datasets = placed.map((it) =>
      this.#attempt<DatasetPlan | TextPlan>(
        () => (it.dataset.format === "text" ? this.#text(it) : this.#data(it, catalog, selected, selection)),
        () => ({ text: "", fileName: it.dataset.name }),
        it.pointer,
      ),
    );
    const records = this.#records(selected, selection, catalog);
    const { name, description } = template;
    const version = versionOf(template);
    const fileName = bundle ? template.fileName : null;
    return {
      version: 1,
      datasets,
      ...this.#locale,
      ...(records === null ? {} : { records }),
      ...(this.#batch === null ? {} : { batch: this.#batch }),
      ...(this.#request.bag === true ? { bag: true } : {}),
      asked: this.#asked(selected, placed, catalog),
      template: {
        name,
        ...(description === null ? {} : { description }),
        ...(version === "" ? {} : { version }),
      },
      ...(this.#notes.length === 0 ? {} : { notes: this.#notes }),
      archiveName: this.#named(fileName ?? "{name}", "/fileName", selected?.name ?? ""),
      ...(bundle ? { bundle } : {}),
      ...(bundle && !template.compressed ? { bare: true } : {}),
    };
  }

  #named(fileName: string, pointer: string, object: string): string {
    return this.#attempt(
      () => this.#nameOf(fileName, pointer, object),
      () => this.#nameOf("{name}", pointer, object),
    );
  }

  /** The object type that records were chosen of, and the choice; null for all records. */
  #selection(placed: readonly Placed[]): Chosen {
    const { where, from, to, limit, among, batch } = this.#request;
    const object = this.#request.object ?? batch?.object;
    const name = object ?? placed.find(({ dataset }) => dataset.object !== null)?.dataset.object ?? null;
    const isChosen = [where, from, to, limit, among, batch].some((it) => it !== undefined);
    if (name === null) {
      if (!isChosen) return NOTHING_CHOSEN;
      throw usageError(
        "not-with-template",
        sentence`The template reads no records, so there is nothing to choose from.`,
      );
    }
    if (!isChosen && object === undefined) {
      const first = placed.find(({ dataset }) => dataset.object !== null)!;
      const place = child(first.pointer, "object");
      return this.#attempt(
        () => ({ selected: objectAsked(name, this.#catalog, place), selection: null }),
        () => NOTHING_CHOSEN,
      );
    }
    const selected = objectAsked(name, this.#catalog, "/objects");
    const others = placed.filter(({ dataset }) => dataset.object !== null && dataset.object !== name);
    if (object !== undefined && others.length === placed.length) {
      const [first] = others;
      throw usageError(
        "not-with-template",
        sentence`The template is about ${first!.dataset.object!}, not about ${name}.`,
        {
          hint: sentence`Name ${first!.dataset.object!} instead.`,
        },
      );
    }
    if (limit !== undefined && others.length > 0) {
      const names = others.map(({ dataset }) => dataset.object).join(", ");
      throw usageError(
        "not-with-template",
        sentence`A limit on ${name} does not say which records of ${names} are meant.`,
        {
          hint: sentence`Choose records with where.`,
        },
      );
    }
    const asked = selectionOf(this.#request, selected, this.#catalog, this.#access, this.#locale);
    return { selected, selection: both(asked, among ?? null) };
  }

  /** Of the object type that the batch is of, only its records; of others, what is linked with these. */
  #inBatch(object: ObjectType): Predicate | null {
    return this.#request.batch?.object === object.name ? recordsInBatch(object) : null;
  }

  /** The attached files of the records that were chosen. */
  #records(selected: ObjectType | null, selection: Predicate | null, catalog: Catalog): RecordsPlan | null {
    const request = this.#request;
    if (request.layout !== undefined && request.layout !== "tables") {
      throw usageError(
        "not-with-template",
        sentence`The layout ${request.layout} has no tables, so it takes no template.`,
        {
          hint: sentence`Take out the layout, or the template.`,
        },
      );
    }
    if (!wantsFiles(request)) return null;
    if (selected === null)
      throw usageError("not-with-template", sentence`The template reads no records that could have files.`);
    const object = catalog.objects.get(selected.name)!;
    const context = new PlanContext(catalog, this.#access, this.#locale);
    const scope = new Scope(context, object);
    // A single dataset says which records are meant; several may each show others.
    const its = datasetsOf(this.#template).filter((it) => it.object === object.name);
    const own = its.length === 1 ? this.#where(its[0]!, selected, "") : null;
    return new FilePlanner(context, object, request).bare(scope, {
      where: scope.restricted(both(both(selection, own), this.#inBatch(selected))),
      order: orderOf(undefined, scope, context),
      limit: request.limit ?? null,
      estimatedRows: null,
    });
  }

  /** The catalog in which what this template de-identifies is so for everybody, wherever else it is shown. */
  #deidentified(placed: readonly Placed[]): Catalog {
    const rules = new Map<string, Map<string, Field>>();
    const add = (columns: readonly TemplateColumn[], object: ObjectType, pointer: string): void => {
      for (const [n, column] of columns.entries()) {
        this.#attempt(
          () => addColumn(column, object, child(child(pointer, "columns"), n)),
          () => {},
        );
      }
    };
    const addColumn = (column: TemplateColumn, object: ObjectType, place: string): void => {
      const { deidentify, field } = column;
      if (deidentify === null || field === null) return;
      const { found } = stableField(column, field, object, this.#catalog, place, shownOnly(this.#access));
      if (found === null || !this.#access.mayRead(found.object, found.field)) return;
      const its = rules.get(found.object.name) ?? new Map<string, Field>();
      rules.set(found.object.name, its);
      const secret = secretField(found.field, found.keys, forObject(deidentify, found, this.#catalog, place));
      checkDeidentification(secret, found.object, this.#catalog, child(place, "deidentify"));
      if (!its.has(secret.name)) its.set(secret.name, secret);
    };
    const addLists = (lists: readonly TemplateList[], object: ObjectType, pointer: string): void => {
      for (const [n, list] of lists.entries()) {
        const place = child(child(pointer, "lists"), n);
        this.#attempt(
          () => {
            const { items } = this.#listOf(list.list, object, this.#catalog, place);
            add(list.columns, items, place);
            addLists(list.lists, items, place);
          },
          () => {},
        );
      }
    };
    for (const { dataset, pointer } of placed) {
      const { object: name } = dataset;
      if (name === null) continue;
      this.#attempt(
        () => {
          const object = objectAsked(name, this.#catalog, child(pointer, "object"));
          add(dataset.columns, object, pointer);
          addLists(dataset.lists, object, pointer);
        },
        () => {},
        child(pointer, "object"),
      );
    }
    if (rules.size === 0) return this.#catalog;
    const objects = [...this.#catalog.objects.values()].map((object): ObjectType => {
      const its = new Map(rules.get(object.name));
      const fields = object.fields.map((field) => {
        const secret = its.get(field.name);
        its.delete(field.name);
        return secret ?? field;
      });
      return { ...object, fields: [...fields, ...its.values()] };
    });
    const nested = withNestedRules(objects, (name) => [...(rules.get(name)?.values() ?? [])]);
    return { ...this.#catalog, objects: new Map(withLinkedRules(nested).map((it) => [it.name, it])) };
  }

  #text({ dataset, pointer }: Placed): TextPlan {
    const [column] = dataset.columns;
    if (column === undefined) throw draft(dataset, pointer);
    const fileName = this.#named(dataset.fileName ?? `${dataset.name}.txt`, child(pointer, "fileName"), "");
    return { text: column.value ?? "", fileName };
  }

  #data(
    { dataset, pointer }: Placed,
    catalog: Catalog,
    selected: ObjectType | null,
    selection: Predicate | null,
  ): DatasetPlan {
    const object = objectAsked(dataset.object!, catalog, child(pointer, "object"));
    this.#attempt(
      () => checkColumns(dataset, pointer),
      () => {},
    );
    const format = this.#attempt<FormatTraits>(
      () => this.#formatNamed(dataset.format, child(pointer, "format")),
      () => ({ name: dataset.format, shape: "table" }),
    );
    const context = new PlanContext(catalog, this.#access, this.#locale, this.#attempt);
    const translations = { ...catalog.translations, ...this.#template.translations, ...dataset.translations };
    const columns = this.#columns(dataset, object, catalog, pointer, translations, dataset.name);
    const choice: Choice = {
      object,
      columns,
      groups: [],
      lists: this.#lists(dataset.lists, object, catalog, pointer, translations, dataset.name),
    };
    // What the principal may read may be filtered by, whatever the template makes of it.
    const readable = this.#catalog.objects.get(object.name)!;
    const asked = this.#attempt(
      () => this.#where(dataset, readable, pointer),
      () => NO_RECORDS,
    );
    const isSelected = selected === null || selected.name === object.name;
    const chosen = isSelected ? selection : both(selection, this.#inBatch(selected));
    const carried =
      isSelected || chosen === null
        ? { where: chosen, lists: [] }
        : carriedOver(chosen, selected, readable, this.#catalog, this.#access);
    const scope = new Scope(context, { ...object, lists: [...object.lists, ...carried.lists] });
    const where = scope.restricted(both(both(carried.where, asked), this.#inBatch(readable)));
    const limit = this.#request.each ?? (selected?.name === object.name ? this.#request.limit : undefined);
    const last = dataset.last === null ? null : this.#last(dataset.last, scope, context, child(pointer, "last"));
    const order = orderOf(dataset.order ?? undefined, scope, context, child(pointer, "order"));
    if (this.#batch !== null) {
      const gathered = last === null ? undefined : "/last";
      const linked = isSelected ? undefined : "/object";
      checkParts(this.#batch, object, { order: dataset.order ?? undefined, limit, gathered, linked }, pointer);
    }
    const tables = new TablePlanner(context, format).root(choice, scope, {
      where,
      order,
      limit: limit ?? null,
      ...(last === null ? {} : { last }),
      estimatedRows: last === null ? estimate(object, where !== null, limit) : null,
    });
    return {
      tables,
      format: format.name,
      options: dataset.options,
      source: sourceOf(object),
      fileName: this.#named(dataset.fileName ?? "{object}", child(pointer, "fileName"), object.name),
    };
  }

  #where({ where }: DatasetTemplate, object: ObjectType, pointer: string): Predicate | null {
    if (where === undefined) return null;
    const { timeZone } = this.#locale;
    const options = { access: this.#access, timeZone, pointer: child(pointer, "where") };
    return parseWhere(where, object, this.#catalog, options);
  }

  #lists(
    lists: readonly TemplateList[],
    object: ObjectType,
    catalog: Catalog,
    pointer: string,
    translations: Translations,
    table: string,
  ): Choice["lists"] {
    return lists.flatMap((its, n) => {
      const place = child(child(pointer, "lists"), n);
      const found = this.#attempt(
        () => this.#listOf(its.list, object, catalog, place),
        () => null,
      );
      if (found === null) return [];
      const { list, items } = found;
      const inside = `${table}.${its.list}`;
      return {
        list,
        choice: {
          object: items,
          columns: this.#columns(its, items, catalog, place, translations, inside),
          groups: [],
          lists: this.#lists(its.lists, items, catalog, place, translations, inside),
        },
      };
    });
  }

  #listOf(
    name: string,
    object: ObjectType,
    catalog: Catalog,
    pointer: string,
  ): { list: Choice["lists"][number]["list"]; items: ObjectType } {
    const place = child(pointer, "list");
    if (!object.lists.some((it) => it.name === name)) {
      const names = object.lists.map((it) => it.name);
      const hint = names.length === 0 ? undefined : suggest(name, names);
      throw inputError("unknown-list", place, sentence`${object.name} has no list "${name}".`, hint);
    }
    const found = resolvePath(`lists.${name}`, object, catalog, place, shownOnly(this.#access));
    if (found.kind === "list" && found.rest.length === 0) return { list: found.list, items: found.object };
    throw inputError(
      "unknown-list",
      place,
      sentence`The list "${name}" of ${object.name} cannot be reached by its name.`,
    );
  }

  /** Where mistakes are collected, one that is wrong is an empty column. */
  #columns(
    { columns }: Pick<TemplateList, "columns">,
    object: ObjectType,
    catalog: Catalog,
    pointer: string,
    translations: Translations,
    table: string,
  ): ChosenColumn[] {
    return columns.map((column, n) =>
      this.#attempt<ChosenColumn>(
        () => this.#column(column, object, catalog, child(child(pointer, "columns"), n), translations, table),
        () => ({ path: [column.name], field: null, rules: { name: column.name, pointer: "" } }),
      ),
    );
  }

  #column(
    column: TemplateColumn,
    object: ObjectType,
    catalog: Catalog,
    pointer: string,
    translations: Translations,
    table: string,
  ): ChosenColumn {
    const { deidentify, ...rules } = rulesOf(column, pointer, translations);
    if (column.field === null) {
      return { path: [column.name], field: null, rules: { ...rules, default: column.value ?? "" } };
    }
    const shown = shownOnly(this.#access);
    const { found, note, before } = stableField(column, column.field, object, catalog, pointer, shown);
    if (note !== null) {
      const told = { table, column: column.name, note, ...(before === undefined ? {} : { before }) };
      this.#notes.push(told);
      this.#review.noted(pointer, told);
    }
    if (found === null) return { path: [column.name], field: null, rules };
    const { through, field, keys } = found;
    return {
      path: [column.name],
      through,
      object: found.object,
      field,
      keys,
      rules: {
        ...rules,
        ...(note === "type-changed" && before !== undefined ? { formerType: before } : {}),
        ...(deidentify === undefined || !this.#mayChoose(deidentify, column, object, pointer)
          ? {}
          : { deidentify: forObject(deidentify, found, catalog, pointer) }),
      },
    };
  }

  /** Whether the column's own rule applies, and not that of the configuration, which goes before all but drop. */
  #mayChoose(rule: DeidentifyRule, column: TemplateColumn, { name }: ObjectType, pointer: string): boolean {
    if (rule.rule === "drop") return true;
    const object = this.#catalog.objects.get(name)!;
    const shown = shownOnly(this.#access);
    const { found } = stableField(column, column.field!, object, this.#catalog, pointer, shown);
    return found !== null && this.#access.mayRead(found.object, found.field);
  }

  #last(
    { by, order }: NonNullable<DatasetTemplate["last"]>,
    scope: Scope,
    context: PlanContext,
    pointer: string,
  ): FirstOfEach {
    const alike = orderOf(by, scope, context, child(pointer, "by")).slice(0, by.length);
    // The newest is the last in this order, so the first in the opposite one; the key decides between equals.
    const first = orderOf(order, scope, context, child(pointer, "order")).map((it) => ({
      ...it,
      descending: !it.descending,
    }));
    return { by: alike.map((it) => it.by as ScalarExpression), order: first };
  }

  /** What was chosen, and the template's own filters: without values of what is de-identified. */
  #asked(selected: ObjectType | null, placed: readonly Placed[], catalog: Catalog): Asked {
    const { where, from, to, limit } = this.#request;
    const name = selected?.name ?? placed[0]?.dataset.name ?? "";
    const request = { object: name, format: "", ...defined({ where, from, to, limit }) };
    const told = selected === null ? request : askedOf(request, catalog.objects.get(selected.name)!, catalog);
    // A filter that is wrong was noted before.
    const attempt = this.#attempt === strictly ? strictly : collecting([]);
    const filters = placed.flatMap(({ dataset }) => {
      const object = dataset.object === null ? undefined : catalog.objects.get(dataset.object);
      if (object === undefined || dataset.where === undefined) return [];
      const filtered = { object: object.name, format: "", where: dataset.where };
      const its = attempt(
        () => askedOf(filtered, object, catalog).where,
        () => undefined,
      );
      return [[dataset.name, its] as const];
    });
    const batch = this.#request.batch?.name;
    return {
      ...told,
      ...(batch === undefined ? {} : { batch }),
      ...(filters.length === 0 ? {} : { templateWhere: Object.fromEntries(filters) }),
    };
  }
}

/** Instead of a condition that is not understood. */
const NO_RECORDS: Predicate = { op: "constant", value: false };

function versionOf(template: Template): string {
  return template.kind === "export-template" ? (template.version ?? "") : "";
}

function checkColumns(dataset: DatasetTemplate, pointer: string): void {
  if (dataset.columns.length === 0 && dataset.lists.length === 0) throw draft(dataset, pointer);
}

function draft(dataset: DatasetTemplate, pointer: string): Error {
  return inputError(
    "template-is-draft",
    child(pointer, "columns"),
    sentence`"${dataset.name}" has no columns yet.`,
    sentence`Add columns before it is run.`,
  );
}

function rulesOf(column: TemplateColumn, pointer: string, translations: Translations): ColumnRules {
  const { name, deidentify, default: fallback, date, mandatory } = column;
  const translate = translationOf(column, pointer, translations);
  return {
    name,
    pointer,
    mandatory,
    ...(deidentify === null ? {} : { deidentify }),
    ...(translate === null ? {} : { translate }),
    ...(fallback === null ? {} : { default: fallback }),
    ...(date === null ? {} : { date }),
  };
}

function translationOf(
  { translate }: TemplateColumn,
  pointer: string,
  translations: Translations,
): Readonly<Record<string, string>> | null {
  if (typeof translate !== "string") return translate;
  if (Object.hasOwn(translations, translate)) return translations[translate]!;
  const names = Object.keys(translations);
  throw inputError(
    "unknown-translation",
    child(pointer, "translate"),
    sentence`There is no value translation called "${translate}".`,
    names.length === 0
      ? sentence`Add "translations" to the template, or write the values themselves.`
      : suggest(translate, names),
  );
}

/** A field, or what is under keys of it, as de-identified for everybody. */
function secretField(field: Field, keys: readonly string[], rule: DeidentifyRule): Field {
  const deidentify = { below: null, rule };
  if (keys.length === 0) return { ...field, deidentify };
  const { element: _, labels: __, id: ___, ...rest } = field;
  const inside = [...(field.keys ?? []), ...keys];
  return {
    ...rest,
    name: [field.name, ...keys].join("."),
    keys: inside,
    type: "json",
    nullable: true,
    optional: true,
    deidentify,
  };
}

/** A rule whose subject is a path from the record that the field is in, not from the one that the template is about. */
function forObject(
  rule: DeidentifyRule,
  { object, through }: { object: ObjectType; through: readonly string[] },
  catalog: Catalog,
  pointer: string,
): DeidentifyRule {
  if (rule.rule !== "shift") return rule;
  const prefix = through.map((step) => `${step}.`).join("");
  const subject = rule.subject.startsWith(prefix) ? rule.subject.slice(prefix.length) : rule.subject;
  subjectOf(subject, object, catalog, child(child(pointer, "deidentify"), "subject"));
  return { ...rule, subject };
}

function defined<T extends object>(members: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
}
