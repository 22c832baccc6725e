// A choice of columns and lists as tables: nested in one another, or each on its own.
import type { List, ObjectType } from "../catalog/types.ts";
import type { Format } from "../cells/row-writer.ts";
import { usageError } from "../lib/errors.ts";
import { languageOf } from "../lib/language.ts";
import { Cells } from "./cells.ts";
import type { Choice, ChosenColumn, ChosenList } from "./choose.ts";
import { ColumnPlanner, described, unique } from "./columns.ts";
import { naturalOrder, sameColumn, unlessOrdered } from "./order.ts";
import type { DatasetPlan, ListPlan, PlanColumn, TablePlan } from "./plan.ts";
import { fieldOfColumn, type PlanContext, Scope } from "./scope.ts";
import type { ColumnExpression, Condition, FirstOfEach, Order, ParentBinding, Select } from "./select.ts";

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
  readonly estimatedRows: number | null;
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

  root(choice: Choice, scope: Scope, restriction: Restriction): DatasetPlan["tables"] {
    const cells = new Cells();
    const shown = this.#shown(choice, scope, cells);
    const select = (): Select => ({
      table: scope.alias,
      from: scope.object.table,
      joins: scope.joins,
      columns: cells.expressions,
      where: restriction.where,
      groupBy: null,
      having: null,
      order: restriction.order,
      limit: restriction.limit,
      ...(restriction.last === undefined ? {} : { last: restriction.last }),
      parent: null,
      timeZone: this.#context.timeZone,
    });
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
  ): { tables: DatasetPlan["tables"]; ownKey: number[] } {
    const { list, choice } = chosen;
    const scope = new Scope(this.#context, choice.object);
    const cells = new Cells();
    const by = list.by.map(({ from, to }) => ({
      from: linked(parentScope, from),
      to: linked(scope, to),
    }));
    const whole = list.enforced && isWhole(parent, by);
    const ownKey = by.map(({ from, to }, n) => cells.add(whole ? to : { ...from, table: "p", column: `k${n}` }));
    const keyColumns = this.#nests
      ? []
      : by.map(({ from }, n) => this.#keyColumn(list, parentScope.object, from, cells, ownKey[n]!));
    const { columns, ...shown } = this.#shown(choice, scope, cells);
    const binding: ParentBinding | null = whole ? null : { select: parent, by };
    const where = whole ? both(scope.policy(), present(by)) : scope.policy();
    const natural = naturalOrder(scope, this.#context);
    const order = whole
      ? unlessOrdered(
          by.map(({ to }) => ({ by: to, descending: false })),
          natural,
        )
      : natural;
    const select = (): Select => ({
      table: scope.alias,
      from: scope.object.table,
      joins: scope.joins,
      columns: cells.expressions,
      where,
      groupBy: null,
      having: null,
      order,
      limit: null,
      parent: binding,
      timeZone: this.#context.timeZone,
    });
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
      `The list ${list.name} cannot be a table of its own, since "${field.name}" of ${parent.name} may not be read.`,
      { hint: "Take a format that nests, such as ndjson." },
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

type Binding = ParentBinding["by"];

/**
 * Whether a select gives every record of its object type in the order of the columns that a list points at. Such a
 * list's rows come in the right order by themselves, without looking at their parents again.
 */
function isWhole(parent: Select, by: Binding): boolean {
  const { where, limit, groupBy, order, last } = parent;
  if (where !== null || limit !== null || last !== undefined || groupBy !== null || parent.parent !== null)
    return false;
  return by.every(({ from }, n) => order[n]?.descending === false && sameColumn(order[n].by, from));
}

/** Rows that point at a parent. */
function present(by: Binding): Condition | null {
  const nullable = by.filter(({ to }) => to.nullable);
  return nullable
    .map(({ to }): Condition => ({ op: "not", of: { op: "missing", operand: to } }))
    .reduce<Condition | null>(both, null);
}

function both(a: Condition | null, b: Condition | null): Condition | null {
  return a === null || b === null ? (a ?? b) : { op: "and", of: [a, b] };
}

function linked(scope: Scope, column: string): ColumnExpression {
  return scope.column([], fieldOfColumn(scope.object, column).name);
}
