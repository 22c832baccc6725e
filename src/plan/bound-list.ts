// The records of a list (children, attached files) in the order of their parents, so that both can be merged in flight.
import type { Link, ObjectType } from "../catalog/types.ts";
import type { Cells } from "./cells.ts";
import { naturalOrder, sameColumn, unlessOrdered } from "./order.ts";
import { fieldOfColumn, type PlanContext, type Scope } from "./scope.ts";
import type { ColumnExpression, Condition, Select } from "./select.ts";

/** How a select of a list is bound to the select of its parents. */
export interface BoundList {
  /** The list's columns of the parent's key, as the parent has them. */
  readonly by: readonly { readonly from: ColumnExpression; readonly to: ColumnExpression }[];
  /** The cells of the list's rows that are equal to the parent's key. */
  readonly ownKey: readonly number[];
  /** The list's select, when all of its cells are known. */
  readonly select: () => Select;
}

/** References that lead from a list's records to those that point at the parents, and the object type at their end. */
export interface Via {
  readonly through: readonly string[];
  readonly object: ObjectType;
}

/**
 * Binds a list to its parents.
 * @param enforced whether the database sees to it that each record of the list has its parent
 * @param also what else the records of the list must fulfil
 * @param via where it is not the list's records themselves that point at the parents
 */
export function boundList(
  { by: links, enforced }: { readonly by: readonly Link[]; readonly enforced: boolean },
  scope: Scope,
  cells: Cells,
  parentScope: Scope,
  parent: Select,
  context: PlanContext,
  also: Condition | null = null,
  via: Via = { through: [], object: scope.object },
): BoundList {
  const by = links.map(({ from, to }) => ({
    from: linked(parentScope, from),
    to: scope.column(via.through, fieldOfColumn(via.object, to).name),
  }));
  const whole = enforced && isWhole(parent, by);
  const ownKey = by.map(({ from, to }, n) => cells.add(whole ? to : { ...from, table: "p", column: `k${n}` }));
  const natural = naturalOrder(scope, context);
  const inOrderOfParents = by.map(({ to }) => ({ by: to, descending: false as const }));
  const policy = both(scope.policy(), also);
  return {
    by,
    ownKey,
    select: () => ({
      table: scope.alias,
      from: scope.object.table,
      joins: scope.joins,
      columns: cells.expressions,
      where: whole ? both(policy, present(by)) : policy,
      groupBy: null,
      having: null,
      order: whole ? unlessOrdered(inOrderOfParents, natural) : natural,
      limit: null,
      parent: whole ? null : { select: parent, by },
      timeZone: context.timeZone,
    }),
  };
}

/**
 * Whether a select gives every record of its object type in the order of the columns that a list points at. Such a
 * list's rows come in the right order by themselves, without looking at their parents again.
 */
function isWhole(parent: Select, by: BoundList["by"]): boolean {
  const { where, limit, groupBy, order, last } = parent;
  if (where !== null || limit !== null || last !== undefined || groupBy !== null || parent.parent !== null)
    return false;
  return by.every(({ from }, n) => order[n]?.descending === false && sameColumn(order[n].by, from));
}

/** Rows that point at a parent. */
function present(by: BoundList["by"]): Condition | null {
  const nullable = by.filter(({ to }) => to.nullable);
  return nullable
    .map(({ to }): Condition => ({ op: "not", of: { op: "missing", operand: to } }))
    .reduce<Condition | null>(both, null);
}

function both(a: Condition | null, b: Condition | null): Condition | null {
  return a === null || b === null ? (a ?? b) : { op: "and", of: [a, b] };
}

/** The expression of a column that links tables. */
export function linked(scope: Scope, column: string): ColumnExpression {
  return scope.column([], fieldOfColumn(scope.object, column).name);
}
