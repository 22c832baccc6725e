// A page of records: some rows of an object type in a total order, from the first on or after a place in it; or from the last.
import type { Catalog, ObjectType } from "../catalog/types.ts";
import type { Predicate } from "../query/predicate.ts";
import { Cells } from "./cells.ts";
import { type Choice, choose, type Wanted } from "./choose.ts";
import { isKnownKey } from "./keys.ts";
import { orderOf } from "./order.ts";
import type { TablePlan } from "./plan.ts";
import { type Access, type Locale, PlanContext, Scope } from "./scope.ts";
import type { After, Order } from "./select.ts";
import { TablePlanner } from "./table-planner.ts";

export interface PageRequest extends Wanted {
  /** What was chosen already, instead of what is wanted. */
  readonly choice?: Choice;
  /** All rows, as far as the principal may see them, when null. */
  readonly where: Predicate | null;
  /** Paths, descending with a minus in front. */
  readonly order?: readonly string[] | undefined;
  /** Whether rows are read from the last on, each before the one that it comes after. */
  readonly backwards?: boolean | undefined;
  /** How many rows are read. */
  readonly limit: number;
  /** Pages of several: the rows that fulfil one of these, so many of each as the limit says. */
  readonly each?: readonly Predicate[];
  /** Fields whose values are told as well, as they are: for links and for those who may read them. */
  readonly tell?: readonly (string | FieldBehind)[];
}

/** A field of the record that a walk through references arrives at. */
export interface FieldBehind {
  readonly through: readonly string[];
  readonly field: string;
}

/** Places in the order that was asked for, whichever way it is read: only rows after one and before the other. */
export interface Between {
  readonly after?: After["values"] | undefined;
  readonly before?: After["values"] | undefined;
}

/** What a page is read by. */
export interface PagePlan {
  readonly table: TablePlan;
  /**
   * The same in two parts, to be read one after the other until there are rows enough, where each is a range of an index
   * and both together are not; null where one will do.
   */
  readonly apart: readonly [near: TablePlan, far: TablePlan] | null;
  /** Whether pages of the same that begin at a place may be apart. */
  readonly mayBeApart: boolean;
  /** Cells of what rows are ordered by, as it is. */
  readonly order: readonly number[];
  /** The fields that they are ordered by when read forwards, so that a place in another order is told apart. */
  readonly ordered: readonly string[];
  /** Cells of the key; null where there is none, or the principal may not know it. */
  readonly key: readonly number[] | null;
  /** Cells of the fields that are told. */
  readonly told: readonly number[];
  /** The cell that says which of several pages a row is of. */
  readonly which: number | null;
}

/**
 * @param between places in the same order
 * @throws usageError when something asked for does not exist, does not fit, or may not be read
 */
export function planPage(
  request: PageRequest,
  object: ObjectType,
  catalog: Catalog,
  access: Access,
  locale: Locale,
  between: Between = {},
): PagePlan {
  const { backwards } = request;
  // Whoever reads backwards comes from the other end.
  const [begin, end] = backwards === true ? [between.before, between.after] : [between.after, between.before];
  const plan = (part: After["part"]): ReturnType<typeof planPart> =>
    planPart(request, object, new PlanContext(catalog, access, locale), {
      ...(begin === undefined ? {} : { after: { values: begin, part } }),
      ...(end === undefined ? {} : { before: { values: end, part: "all" } }),
    });
  const whole = plan("all");
  const [first] = whole.table.select.order;
  const isMissing = (begin?.[0]?.[0] ?? null) === null;
  // Missing values come last, or first where the order descends.
  const isBefore = begin !== undefined && first?.descending === isMissing;
  const mayBeApart = first !== undefined && (first.by.kind !== "column" || first.by.nullable);
  const apart = isBefore && mayBeApart ? ([plan("near").table, plan("far").table] as const) : null;
  return { ...whole, apart, mayBeApart };
}

function planPart(
  { where, order: asked, backwards, limit, each, tell = [], choice, ...wanted }: PageRequest,
  object: ObjectType,
  context: PlanContext,
  places: { readonly after?: After; readonly before?: After },
): Omit<PagePlan, "apart" | "mayBeApart"> {
  const scope = new Scope(context, object);
  const forwards = pageOrder(asked, scope, context);
  const order = backwards === true ? forwards.map(opposite) : forwards;
  const restriction = {
    where: scope.restricted(where),
    order,
    ...places,
    ...(each === undefined ? {} : { each: each.map((it) => scope.condition(it)) }),
    limit,
    estimatedRows: null,
  };
  const chosen = choice ?? choose(object, wanted, context.catalog, context.access);
  const cells = new Cells();
  const ordered = order.map(({ by }) => cells.addOwn(by));
  const key = isKnownKey(object, context.access)
    ? object.key.map((name) => cells.addOwn(scope.column([], name)))
    : null;
  const told = tell.map((it) =>
    cells.addOwn(typeof it === "string" ? scope.value([], it, []) : scope.value(it.through, it.field, [])),
  );
  const which = each === undefined ? null : cells.addOwn({ kind: "which", type: "integer" });
  const [table] = new TablePlanner(context, RECORDS).root(chosen, scope, restriction, cells);
  return { table, order: ordered, ordered: forwards.map(said), key, told, which };
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

function opposite({ by, descending }: Order): Order {
  return { by, descending: !descending };
}

function said({ by, descending }: Order): string {
  return `${descending ? "-" : ""}${JSON.stringify(by)}`;
}
