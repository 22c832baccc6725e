// A page of records: some rows of an object type in a total order, from the first on or after a place in it.
import type { Catalog, ObjectType } from "../catalog/types.ts";
import type { Predicate } from "../query/predicate.ts";
import { Cells } from "./cells.ts";
import { choose, type Wanted } from "./choose.ts";
import { isKnownKey } from "./keys.ts";
import { orderOf } from "./order.ts";
import type { TablePlan } from "./plan.ts";
import { type Access, type Locale, PlanContext, Scope } from "./scope.ts";
import type { After, Order } from "./select.ts";
import { TablePlanner } from "./table-planner.ts";

export interface PageRequest extends Wanted {
  /** All rows, as far as the principal may see them, when null. */
  readonly where: Predicate | null;
  /** Paths, descending with a minus in front. */
  readonly order?: readonly string[] | undefined;
  /** How many rows are read. */
  readonly limit: number;
  /** Fields whose values are told as well, as they are: for links and for those who may read them. */
  readonly tell?: readonly (string | FieldBehind)[];
}

/** A field of the record that a walk through references arrives at. */
export interface FieldBehind {
  readonly through: readonly string[];
  readonly field: string;
}

/** What a page is read by. */
export interface PagePlan {
  readonly table: TablePlan;
  /**
   * The same in two parts, to be read one after the other until there are rows enough, where each is a range of an index
   * and both together are not; null where one will do.
   */
  readonly apart: readonly [near: TablePlan, far: TablePlan] | null;
  /** Cells of what rows are ordered by, as it is. */
  readonly order: readonly number[];
  /** The fields that they are ordered by, so that a place in another order is told apart. */
  readonly ordered: readonly string[];
  /** Cells of the key; null where there is none, or the principal may not know it. */
  readonly key: readonly number[] | null;
  /** Cells of the fields that are told. */
  readonly told: readonly number[];
}

/**
 * @param after a place in the same order
 * @throws usageError when something asked for does not exist, does not fit, or may not be read
 */
export function planPage(
  request: PageRequest,
  object: ObjectType,
  catalog: Catalog,
  access: Access,
  locale: Locale,
  after: After["values"] | null = null,
): PagePlan {
  const plan = (part: After["part"]): ReturnType<typeof planPart> =>
    planPart(
      request,
      object,
      new PlanContext(catalog, access, locale),
      after === null ? null : { values: after, part },
    );
  const whole = plan("all");
  const [first] = whole.table.select.order;
  const isMissing = (after?.[0]?.[0] ?? null) === null;
  // Missing values come last, or first where the order descends.
  const isBefore = after !== null && first?.descending === isMissing;
  const isApart = isBefore && (first.by.kind !== "column" || first.by.nullable);
  return { ...whole, apart: isApart ? [plan("near").table, plan("far").table] : null };
}

function planPart(
  { where, order: asked, limit, tell = [], ...wanted }: PageRequest,
  object: ObjectType,
  context: PlanContext,
  after: After | null,
): Omit<PagePlan, "apart"> {
  const scope = new Scope(context, object);
  const order = pageOrder(asked, scope, context);
  const restriction = {
    where: scope.restricted(where),
    order,
    ...(after === null ? {} : { after }),
    limit,
    estimatedRows: null,
  };
  const choice = choose(object, wanted, context.catalog, context.access);
  const cells = new Cells();
  const ordered = order.map(({ by }) => cells.addOwn(by));
  const key = isKnownKey(object, context.access)
    ? object.key.map((name) => cells.addOwn(scope.column([], name)))
    : null;
  const told = tell.map((it) =>
    cells.addOwn(typeof it === "string" ? scope.value([], it, []) : scope.value(it.through, it.field, [])),
  );
  const [table] = new TablePlanner(context, RECORDS).root(choice, scope, restriction, cells);
  return { table, order: ordered, ordered: order.map(said), key, told };
}

/** As nested JSON. */
const RECORDS = { name: "json", shape: "nested", plainNames: true } as const;

/**
 * The order of an export, without what has no order that is the same everywhere, and which comes in only where the
 * principal may not know the key.
 */
function pageOrder(asked: readonly string[] | undefined, scope: Scope, context: PlanContext): readonly Order[] {
  const order = orderOf(asked, scope, context);
  return order.filter(({ by }, n) => n < (asked ?? []).length || (by.type !== "json" && by.type !== "array"));
}

function said({ by, descending }: Order): string {
  return `${descending ? "-" : ""}${JSON.stringify(by)}`;
}
