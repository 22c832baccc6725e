// A choice of columns and lists as tables: nested in one another, or each on its own.
import type { List, ObjectType } from "../catalog/types.ts";
import type { GroupShape } from "../cells/row-writer.ts";
import { usageError } from "../lib/errors.ts";
import type { Choice, ChosenList } from "./choose.ts";
import { described, planColumn, shownKey, unique } from "./columns.ts";
import { naturalOrder, sameColumn, unlessOrdered } from "./order.ts";
import type { DatasetPlan, ListPlan, PlanColumn, TablePlan } from "./plan.ts";
import { fieldOfColumn, type PlanContext, Scope } from "./scope.ts";
import type { ColumnExpression, Condition, Expression, Order, ParentBinding, Select } from "./select.ts";

/** What a root select is restricted to. */
export interface Restriction {
  readonly where: Select["where"];
  readonly order: readonly Order[];
  readonly limit: number | null;
  readonly estimatedRows: number | null;
}

/** Builds the tables of a choice: nested in one another, or each on its own. */
export class TablePlanner {
  readonly #context: PlanContext;
  readonly #nests: boolean;
  readonly #timeZone: string;

  constructor(context: PlanContext, nests: boolean, timeZone: string) {
    this.#context = context;
    this.#nests = nests;
    this.#timeZone = timeZone;
  }

  root(choice: Choice, scope: Scope, restriction: Restriction): DatasetPlan["tables"] {
    const cells = new Cells();
    const { columns, groups } = this.#shown(choice, scope, cells);
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
      parent: null,
      timeZone: this.#timeZone,
    });
    return this.#finish(choice, scope, cells, select, {
      name: choice.object.name,
      ...described(choice.object),
      columns,
      key: shownKey(choice.object, columns),
      parent: null,
      groups,
      estimatedRows: restriction.estimatedRows,
      part: { index: 0, count: 1 },
    });
  }

  #list(
    chosen: ChosenList,
    parentName: string,
    parentScope: Scope,
    parent: Select,
  ): { tables: DatasetPlan["tables"]; ownKey: number[] } {
    const { list, choice } = chosen;
    if (!this.#nests) this.#checkKey(list, parentScope.object);
    const scope = new Scope(this.#context, choice.object);
    const cells = new Cells();
    const by = list.by.map(({ from, to }) => ({
      from: linked(parentScope, from),
      to: linked(scope, to),
    }));
    const whole = list.enforced && isWhole(parent, by);
    const ownKey = by.map(({ from, to }, n) => cells.add(whole ? to : { ...from, table: "p", column: `k${n}` }));
    const { columns, groups } = this.#shown(choice, scope, cells);
    const binding: ParentBinding | null = whole ? null : { select: parent, by };
    const keyColumns = by.map(({ from }, n): PlanColumn => {
      const name = `${parentScope.object.name}.${from.column}`;
      const { type, native } = from;
      return { name, path: [name], type, native, nullable: false, cell: ownKey[n]!, rules: [] };
    });
    const parentColumns = list.by.map(({ from }) => fieldOfColumn(parentScope.object, from).name);
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
      timeZone: this.#timeZone,
    });
    const tables = this.#finish(choice, scope, cells, select, {
      name: `${parentName}.${list.name}`,
      ...described(choice.object),
      key: shownKey(choice.object, columns),
      parent: this.#nests
        ? null
        : { table: parentName, columns: keyColumns.map(({ name }) => name), to: parentColumns },
      columns: this.#nests ? columns : unique([...keyColumns, ...columns]),
      groups,
      estimatedRows: null,
      part: { index: 0, count: 1 },
    });
    return { tables, ownKey };
  }

  /** A table of its own repeats the parent's key, which must be one that may be read. */
  #checkKey(list: List, parent: ObjectType): void {
    for (const { from } of list.by) {
      const field = fieldOfColumn(parent, from);
      if (this.#context.access.mayRead(parent, field)) continue;
      throw usageError(
        "list-without-key",
        `The list ${list.name} cannot be a table of its own, since "${field.name}" of ${parent.name} may not be read.`,
        { hint: "Take a format that nests, such as ndjson." },
      );
    }
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
      const { tables, ownKey } = this.#list(chosen, table.name, scope, own);
      if (this.#nests) lists.push({ name: chosen.list.name, table: tables[0], parentKey: parentKeys[n]!, ownKey });
      else further.push(...tables);
    });
    return [{ ...table, select: own, lists }, ...further];
  }

  #shown(choice: Choice, scope: Scope, cells: Cells): { columns: PlanColumn[]; groups: GroupShape[] } {
    const columns = choice.columns.map((column) => {
      const value = scope.value(column.through, column.field.name, column.keys);
      const planned = planColumn(column, 0);
      // Rules change the cell, so a cell with rules is nobody else's.
      return { ...planned, cell: planned.rules.length > 0 ? cells.addOwn(value) : cells.add(value) };
    });
    const groups = choice.groups.map((path) => ({ path, cell: cells.add(scope.presence(path)) }));
    return { columns: unique(columns), groups };
  }
}

type Binding = ParentBinding["by"];

/**
 * Whether a select gives every record of its object type in the order of the columns that a list points at. Such a
 * list's rows come in the right order by themselves, without looking at their parents again.
 */
function isWhole(parent: Select, by: Binding): boolean {
  const { where, limit, groupBy, order } = parent;
  if (where !== null || limit !== null || groupBy !== null || parent.parent !== null) return false;
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

/** The expressions of a select; asking for the same one twice gives the same cell. */
class Cells {
  readonly expressions: Expression[] = [];
  readonly #shared = new Map<string, number>();

  add(expression: Expression): number {
    const text = JSON.stringify({ ...expression, nullable: undefined });
    const known = this.#shared.get(text);
    if (known !== undefined) return known;
    const cell = this.addOwn(expression);
    this.#shared.set(text, cell);
    return cell;
  }

  /** A cell of its own. */
  addOwn(expression: Expression): number {
    return this.expressions.push(expression) - 1;
  }
}

function linked(scope: Scope, column: string): ColumnExpression {
  return scope.column([], fieldOfColumn(scope.object, column).name);
}
