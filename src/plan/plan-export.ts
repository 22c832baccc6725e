// From a request to a plan: everything that was asked is checked here, against the catalog and the principal's rights.
import type { Catalog, ObjectType } from "../catalog/types.ts";
import type { Format } from "../cells/row-writer.ts";
import { failure, inputError, usageError } from "../lib/errors.ts";
import { suggest } from "../lib/suggest.ts";
import { parseWhere } from "../query/parse-where.ts";
import type { Predicate } from "../query/predicate.ts";
import { planAggregate } from "./aggregate.ts";
import { askedOf } from "./asked.ts";
import { choose } from "./choose.ts";
import { orderOf } from "./order.ts";
import type { DatasetPlan, ExportPlan } from "./plan.ts";
import type { ExportRequest } from "./request.ts";
import { planRange } from "./range.ts";
import { type Access, PlanContext, Scope } from "./scope.ts";
import { TablePlanner } from "./table-planner.ts";

/** What planning needs to know of a format. */
export type FormatTraits = Pick<Format, "name" | "shape">;

/**
 * Plans an export.
 * @throws usageError when something asked for does not exist, does not fit, or may not be read.
 */
export function planExport(request: ExportRequest, catalog: Catalog, format: FormatTraits, access: Access): ExportPlan {
  const object = catalog.objects.get(request.object);
  // What is inside of other records is reached through them, as their policies want it.
  if (object === undefined || object.kind === "elements") {
    throw usageError("unknown-object", `There is no object type "${request.object}".`, {
      hint: suggest(request.object, exportable(catalog)),
      places: [{ pointer: "/objects", detail: "unknown object type" }],
    });
  }
  if (object.fields.length === 0) {
    throw failure("nothing-to-read", `The ${object.kind} ${object.name} has no columns that can be read.`, {
      hint: object.documentation,
    });
  }
  checkLimit(request.limit);
  const timeZone = request.timeZone ?? catalog.timeZone ?? "UTC";
  const context = new PlanContext(catalog, access);
  const asked = request.where === undefined ? null : parseWhere(request.where, object, catalog, { access, timeZone });
  const where = both(planRange(request, object, catalog, access), asked);
  const tables: DatasetPlan["tables"] =
    request.aggregate === undefined
      ? planRecords(request, object, context, where, format.shape === "nested", timeZone)
      : [planAggregate(request, object, context, where, timeZone)];
  return {
    version: 1,
    source: object.source ?? "source",
    datasets: [{ tables, format: format.name, options: request.options ?? {} }],
    timeZone,
    language: request.language ?? "en",
    asked: askedOf(request, object, catalog),
  };
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
  const restriction = scope.restricted(where);
  const estimatedRows = restriction !== null || known === null ? null : Math.min(known, request.limit ?? known);
  return builder.root(choice, scope, {
    where: restriction,
    order,
    limit: request.limit ?? null,
    estimatedRows,
  });
}

function exportable(catalog: Catalog): string[] {
  return [...catalog.objects.values()].filter(({ kind }) => kind !== "elements").map(({ name }) => name);
}

function both(a: Predicate | null, b: Predicate | null): Predicate | null {
  return a === null || b === null ? (a ?? b) : { op: "and", of: [a, b] };
}

function checkLimit(limit: number | undefined): void {
  if (limit === undefined || (Number.isSafeInteger(limit) && limit >= 0)) return;
  throw inputError("limit-not-suited", "/limit", "The limit must be a whole number from 0 on.");
}
