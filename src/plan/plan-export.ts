// From a request to a plan: everything that was asked is checked here, against the catalog and the principal's rights.
import type { Catalog, Field, ObjectType } from "../catalog/types.ts";
import { failure, inputError, usageError } from "../lib/errors.ts";
import { child } from "../lib/pointer.ts";
import { suggest } from "../lib/suggest.ts";
import type { Format, GroupShape } from "../cells/row-writer.ts";
import { resolvePath } from "../query/field-path.ts";
import { parseWhere } from "../query/parse-where.ts";
import type { Predicate } from "../query/predicate.ts";
import { planAggregate } from "./aggregate.ts";
import { type Choice, choose, type ChosenColumn, type ChosenList } from "./choose.ts";
import type { Asked, DatasetPlan, ExportPlan, ListPlan, PlanColumn, TablePlan } from "./plan.ts";
import type { ExportRequest } from "./request.ts";
import { type Access, PlanContext, Scope } from "./scope.ts";
import type { ColumnExpression, Condition, Expression, Order, ParentBinding, Select } from "./select.ts";

/** What planning needs to know of a format. */
export type FormatTraits = Pick<Format, "name" | "shape">;

/**
 * Plans an export.
 * @throws usageError when something asked for does not exist, does not fit, or may not be read.
 */
export function planExport(request: ExportRequest, catalog: Catalog, format: FormatTraits, access: Access): ExportPlan {
  const object = catalog.objects.get(request.object);
  if (object === undefined) {
    throw usageError("unknown-object", `There is no object type "${request.object}".`, {
      hint: suggest(request.object, [...catalog.objects.keys()]),
      places: [{ pointer: "/objects", detail: "unknown object type" }],
    });
  }
  if (object.fields.length === 0) {
    throw failure("nothing-to-read", `The ${object.kind} ${object.name} has no columns that can be read.`, {
      hint: object.documentation,
    });
  }
  checkLimit(request.limit);
  const timeZone = request.timeZone ?? "UTC";
  const context = new PlanContext(catalog, access);
  const where = request.where === undefined ? null : parseWhere(request.where, object, catalog, { access, timeZone });
  const tables: DatasetPlan["tables"] =
    request.aggregate === undefined
      ? planRecords(request, object, context, where, format.shape === "nested", timeZone)
      : [planAggregate(request, object, context, where, timeZone)];
  return {
    version: 1,
    source: "source",
    datasets: [{ tables, format: format.name, options: request.options ?? {} }],
    timeZone,
    language: request.language ?? "en",
    asked: askedOf(request),
  };
}

function askedOf({ object, where, paths, include, expand, order, limit, aggregate }: ExportRequest): Asked {
  const parts = { object, where, paths, include, expand, order, limit, aggregate };
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as unknown as Asked;
}

function planRecords(
  request: ExportRequest,
  object: ObjectType,
  context: PlanContext,
  where: Predicate | null,
  nests: boolean,
  timeZone: string,
): DatasetPlan["tables"] {
  const choice = choose(object, request, context.catalog, context.access);
  const scope = new Scope(context, object);
  const order = orderOf(request.order, scope, context);
  const builder = new TablePlanner(context, nests, timeZone);
  const known = object.estimatedRows ?? null;
  const estimatedRows = where !== null || known === null ? null : Math.min(known, request.limit ?? known);
  return builder.root(choice, scope, {
    where: scope.restricted(where),
    order,
    limit: request.limit ?? null,
    estimatedRows,
  });
}

function checkLimit(limit: number | undefined): void {
  if (limit === undefined || (Number.isSafeInteger(limit) && limit >= 0)) return;
  throw inputError("limit-not-suited", "/limit", "The limit must be a whole number from 0 on.");
}

/** The order asked for, made total by the key; without a key, by every column. */
function orderOf(paths: readonly string[] | undefined, scope: Scope, context: PlanContext): Order[] {
  const order = (paths ?? []).map((text, n): Order => {
    const pointer = child("/order", n);
    const descending = text.startsWith("-");
    const path = descending ? text.slice(1) : text;
    const found = resolvePath(path, scope.object, context.catalog, pointer, context.access);
    if (found.kind !== "field") {
      throw inputError("order-not-suited", pointer, `"${path}" is no field, so nothing can be ordered by it.`);
    }
    if (found.field.type === "array" || (found.field.type === "json" && found.keys.length === 0)) {
      throw inputError(
        "order-not-suited",
        pointer,
        `The field "${path}" has no order, since it is ${found.field.type}.`,
      );
    }
    return { by: scope.value(found.through, found.field.name, found.keys), descending };
  });
  return unlessOrdered(order, naturalOrder(scope));
}

/** An order, and what it does not already order by of another. */
function unlessOrdered(order: readonly Order[], then: readonly { by: ColumnExpression; descending: false }[]): Order[] {
  return [...order, ...then.filter((it) => !order.some(({ by }) => sameColumn(by, it.by)))];
}

/** By the key, or by every column where there is none. */
function naturalOrder(scope: Scope): { by: ColumnExpression; descending: false }[] {
  const { key, fields } = scope.object;
  const names = key.length > 0 ? key : fields.map((field) => field.name);
  return names.map((name) => ({ by: scope.column([], name), descending: false }));
}

/** What a root select is restricted to. */
interface Restriction {
  readonly where: Select["where"];
  readonly order: readonly Order[];
  readonly limit: number | null;
  readonly estimatedRows: number | null;
}

/** Builds the tables of a choice: nested in one another, or each on its own. */
class TablePlanner {
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
    const parentColumns = list.by.map(({ from }) => fieldOf(parentScope.object, from).name);
    const where = whole ? both(scope.policy(), present(by)) : scope.policy();
    const natural = naturalOrder(scope);
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
    const columns = choice.columns.map((column) =>
      planColumn(column, cells.add(scope.value(column.through, column.field.name, column.keys))),
    );
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

  add(expression: Expression): number {
    const text = JSON.stringify({ ...expression, nullable: undefined });
    const known = this.expressions.findIndex((it) => JSON.stringify({ ...it, nullable: undefined }) === text);
    return known >= 0 ? known : this.expressions.push(expression) - 1;
  }
}

function planColumn({ path, field, keys }: ChosenColumn, cell: number): PlanColumn {
  return {
    name: path.join("."),
    path,
    ...(keys.length > 0 ? { type: "json" } : { type: field.type, native: field.native }),
    nullable: field.nullable || keys.length > 0 || path.length > 1,
    cell,
    rules: keys.length > 0 ? [{ rule: "unwrapJson" }] : [],
    ...(field.label === undefined ? {} : { label: field.label }),
    ...(field.documentation === undefined ? {} : { documentation: field.documentation }),
  };
}

/** Gives columns whose dotted names collide a number. */
function unique(columns: readonly PlanColumn[]): PlanColumn[] {
  const taken = new Set<string>();
  return columns.map((column) => {
    let { name } = column;
    for (let n = 2; taken.has(name); n++) name = `${column.name} (${n})`;
    taken.add(name);
    return { ...column, name };
  });
}

function described(object: ObjectType): Pick<TablePlan, "object" | "label" | "documentation"> {
  const { name, label, documentation } = object;
  return {
    object: name,
    ...(label === undefined ? {} : { label }),
    ...(documentation === undefined ? {} : { documentation }),
  };
}

/** The columns that show an object type's key, or none when not all of it is shown. */
function shownKey(object: ObjectType, columns: readonly PlanColumn[]): readonly string[] {
  const shown = object.key.map((key) => columns.find(({ path }) => path.length === 1 && path[0] === key));
  return shown.every((column) => column !== undefined) ? shown.map(({ name }) => name) : [];
}

function fieldOf(object: ObjectType, column: string): Field {
  const field = object.fields.find((it) => it.column === column);
  if (field === undefined) throw new Error(`${object.name} has no column ${column}`);
  return field;
}

function linked(scope: Scope, column: string): ColumnExpression {
  return scope.column([], fieldOf(scope.object, column).name);
}

function sameColumn(a: Expression, b: ColumnExpression): boolean {
  return a.kind === "column" && a.table === b.table && a.column === b.column;
}
