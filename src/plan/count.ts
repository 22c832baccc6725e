// How many records there are: the statement that counts them, and one that is only to be estimated.
import type { Catalog, ObjectType } from "../catalog/types.ts";
import type { Predicate } from "../query/predicate.ts";
import { Cells } from "./cells.ts";
import { naturalOrder } from "./order.ts";
import { type Access, type Locale, PlanContext, Scope } from "./scope.ts";
import type { Select } from "./select.ts";
import { rootSelect } from "./table-planner.ts";

export interface CountPlan {
  /** One row with one cell. */
  readonly count: Select;
  /** The records themselves. */
  readonly records: Select;
}

/** @param each counts those that fulfil each of these: a row for one, with its number before the count */
export function planCount(
  where: Predicate | null,
  object: ObjectType,
  catalog: Catalog,
  access: Access,
  locale: Locale,
  each?: readonly Predicate[],
): CountPlan {
  const context = new PlanContext(catalog, access, locale);
  const scope = new Scope(context, object);
  const cells = new Cells();
  const [first] = naturalOrder(scope, context);
  if (first !== undefined) cells.add(first.by);
  const conditions = each === undefined ? {} : { each: each.map((it) => scope.condition(it)) };
  const restriction = { where: scope.restricted(where), order: [], limit: null, ...conditions, estimatedRows: null };
  const records = rootSelect(scope, cells, restriction, locale.timeZone);
  return {
    records,
    count: {
      ...records,
      columns: each === undefined ? [COUNT] : [{ kind: "which", type: "integer" }, COUNT],
      groupBy: [],
    },
  };
}

const COUNT = { kind: "measure", measure: "count", of: null, type: "integer" } as const;
