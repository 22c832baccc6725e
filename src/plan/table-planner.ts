// A choice of columns and lists as tables: nested in one another, or each on its own.
import type { List, ObjectType } from "../catalog/types.ts";
import type { Format } from "../cells/row-writer.ts";
import { usageError } from "../lib/errors.ts";
import { languageOf } from "../lib/language.ts";
import { sentence } from "../lib/sentence.ts";
import { boundList, linked } from "./bound-list.ts";
import { Cells } from "./cells.ts";
import type { Choice, ChosenColumn, ChosenList } from "./choose.ts";
import { ColumnPlanner, described, unique } from "./columns.ts";
import type { DatasetPlan, ListPlan, PlanColumn, TablePlan } from "./plan.ts";
import { fieldOfColumn, type PlanContext, Scope } from "./scope.ts";
import type { After, ColumnExpression, Condition, FirstOfEach, Order, Select } from "./select.ts";

/** What planning needs to know of a format. */
export type FormatTraits = Pick<Format, "name" | "shape" | "plainNames">;

/** The part of a table that its columns make. */
type Shown = Pick<TablePlan, "columns" | "groups" | "key" | "readings" | "recordKey">;

/** What a root select is restricted to. */
export interface Restriction {
  readonly where: Select["where"];
  readonly order: readonly Order[];
  readonly limit: number | null;
  readonly last?: FirstOfEach;
  readonly after?: After;
  readonly before?: After;
  readonly each?: readonly Condition[];
  readonly estimatedRows: number | null;
}

/** The select of a root table, with what is joined by now. */
export function rootSelect(scope: Scope, cells: Cells, restriction: Restriction, timeZone: string): Select {
  const { where, order, limit, last, after, before, each } = restriction;
  return {
    table: scope.alias,
    from: scope.object.table,
    joins: scope.joins,
    columns: cells.expressions,
    where,
    groupBy: null,
    having: null,
    order,
    limit,
    ...(last === undefined ? {} : { last }),
    ...(after === undefined ? {} : { after }),
    ...(before === undefined ? {} : { before }),
    ...(each === undefined ? {} : { each }),
    parent: null,
    timeZone,
  };
}

/** Builds the tables of a choice: nested in one another, or each on its own. */
export class TablePlanner {
  readonly #context: PlanContext;
  readonly #nests: boolean;
  readonly #marks: boolean;

  constructor(context: PlanContext, { shape, plainNames }: FormatTraits) {
    this.#context = context;
    this.#nests = shape === "nested";
    this.#marks = plainNames !== true;
  }

  /** @param cells those of the root table; more may be added to them afterwards. */
  root(choice: Choice, scope: Scope, restriction: Restriction, cells: Cells = new Cells()): DatasetPlan["tables"] {
    const shown = this.#shown(choice, scope, cells);
    const select = (): Select => rootSelect(scope, cells, restriction, this.#context.timeZone);
    return this.#finish(choice, scope, cells, select, {
      name: choice.object.name,
      ...described(choice.object),
      ...shown,
      parent: null,
      estimatedRows: restriction.estimatedRows,
      part: { index: 0, count: 1 },
    });
  }

  #list(
    chosen: ChosenList,
    { name: parentName, key: parentKey }: Pick<TablePlan, "name" | "key">,
    parentScope: Scope,
    parent: Select,
  ): { tables: DatasetPlan["tables"]; ownKey: readonly number[] } {
    const { list, choice } = chosen;
    const scope = new Scope(this.#context, choice.object);
    const cells = new Cells();
    const { by, ownKey, select } = boundList(list, scope, cells, parentScope, parent, this.#context);
    const keyColumns = this.#nests
      ? []
      : by.map(({ from }, n) => this.#keyColumn(list, parentScope.object, from, cells, ownKey[n]!));
    const { columns, ...shown } = this.#shown(choice, scope, cells);
    const tables = this.#finish(choice, scope, cells, select, {
      name: `${parentName}.${list.name}`,
      ...described(choice.object),
      ...shown,
      parent: this.#nests ? null : { table: parentName, columns: keyColumns.map(({ name }) => name), to: parentKey },
      columns: unique([...keyColumns, ...columns]),
      estimatedRows: null,
      part: { index: 0, count: 1 },
    });
    return { tables, ownKey };
  }

  /** A table of its own repeats the parent's key, which must be one that may be read, or that has pseudonyms. */
  #keyColumn(list: List, parent: ObjectType, from: ColumnExpression, cells: Cells, cell: number): PlanColumn {
    const { access } = this.#context;
    const field = fieldOfColumn(parent, from.column);
    const name = `${parent.name}.${from.column}`;
    const { type, native } = from;
    const bare = { path: [name], type, nullable: false };
    if (access.mayRead(parent, field)) return { ...bare, name, native, cell, rules: [] };
    if (access.shownAs(parent, field)?.rule === "hash") {
      const hashed = { ...bare, type: "text", deidentified: "hash", rules: [{ rule: "hash" }] } as const;
      return { ...hashed, name: this.#header(name, "hash"), cell: cells.addOwn(cells.expressions[cell]!) };
    }
    throw usageError(
      "list-without-key",
      sentence`The list ${list.name} cannot be a table of its own, since "${field.name}" of ${parent.name} may not be read.`,
      { hint: sentence`Take a format that nests, such as ndjson.` },
    );
  }

  /** De-identified columns are marked in headers for people. */
  #header(name: string, deidentified: PlanColumn["deidentified"]): string {
    if (!this.#marks || deidentified === undefined) return name;
    return `${name} (${languageOf(this.#context.language) === "fr" ? "désidentifié" : "deidentified"})`;
  }

  /** Adds the lists: inside of the table for formats that nest, after it for those that do not. */
  #finish(
    choice: Choice,
    scope: Scope,
    cells: Cells,
    select: () => Select,
    table: Omit<TablePlan, "select" | "lists">,
  ): DatasetPlan["tables"] {
    const parentKeys = choice.lists.map(({ list }) => list.by.map(({ from }) => cells.add(linked(scope, from))));
    const own = select();
    const lists: ListPlan[] = [];
    const further: TablePlan[] = [];
    choice.lists.forEach((chosen, n) => {
      const { tables, ownKey } = this.#list(
        chosen,
        { name: table.name, key: this.#linkNames(chosen.list, choice, table) },
        scope,
        own,
      );
      if (this.#nests) lists.push({ name: chosen.list.name, table: tables[0], parentKey: parentKeys[n]!, ownKey });
      else further.push(...tables);
    });
    return [{ ...table, select: own, lists }, ...further];
  }

  /** The headers of the columns that a list points at; the fields' names where they are not shown. */
  #linkNames(list: List, choice: Choice, { columns }: Pick<TablePlan, "columns">): string[] {
    return list.by.map(({ from }) => {
      const { name } = fieldOfColumn(choice.object, from);
      return columns[choice.columns.findIndex((it, n) => isKey(it, name, columns[n]!))]?.name ?? name;
    });
  }

  #shown(choice: Choice, scope: Scope, cells: Cells): Shown {
    const planner = new ColumnPlanner(this.#context, scope, cells);
    const planned = choice.columns.map((chosen) => {
      const column = planner.column(chosen);
      return { ...column, name: this.#header(column.name, column.deidentified) };
    });
    const columns = unique(planned);
    const groups = choice.groups.map((path) => ({ path, cell: cells.add(scope.presence(path)) }));
    const { key } = choice.object;
    const shown = key.map((name) => columns[choice.columns.findIndex((it, n) => isKey(it, name, planned[n]!))]?.name);
    return {
      columns,
      groups,
      key: shown.every((name) => name !== undefined) ? shown : [],
      ...(planner.readings.length === 0 ? {} : { readings: planner.readings }),
      ...(columns.some(({ mandatory }) => mandatory) ? this.#recordKey(choice.object, scope, cells) : {}),
    };
  }

  /** What names a record in messages, where it may be told. */
  #recordKey(object: ObjectType, scope: Scope, cells: Cells): Pick<TablePlan, "recordKey"> {
    const { access } = this.#context;
    const known = object.key.every((name) =>
      object.fields.every((field) => field.name !== name || (field.hidden !== true && access.mayRead(object, field))),
    );
    if (!known || object.key.length === 0) return {};
    return { recordKey: object.key.map((name) => cells.add(scope.column([], name))) };
  }
}

/** Whether a column shows a key as it is, or a pseudonym of it. */
function isKey(chosen: ChosenColumn, name: string, { rules, deidentified }: PlanColumn): boolean {
  if (chosen.field === null || chosen.through.length > 0 || chosen.keys.length > 0) return false;
  const same = rules.every(({ rule }) => rule === "unwrapJson" || rule === "hash");
  return chosen.field.name === name && same && (deidentified === undefined || deidentified === "hash");
}
