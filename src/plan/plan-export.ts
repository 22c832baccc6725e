// From a request to a plan: everything that was asked is checked here, against the catalog and the principal's rights.
import type { Catalog, ObjectType } from "../catalog/types.ts";
import type { Predicate } from "../query/predicate.ts";
import { planAggregate } from "./aggregate.ts";
import { askedOf } from "./asked.ts";
import { type BatchAsked, checkParts, planBatch, recordsInBatch } from "./batch.ts";
import { Cells } from "./cells.ts";
import { choose } from "./choose.ts";
import { orderOf } from "./order.ts";
import type { DatasetPlan, ExportPlan, RecordsPlan } from "./plan.ts";
import { FilePlanner, wantsFiles } from "./record-files.ts";
import type { ExportRequest } from "./request.ts";
import { type Access, PlanContext, Scope } from "./scope.ts";
import { both, checkLimit, estimate, localeOf, objectAsked, selectionOf, sourceOf } from "./selection.ts";
import { type FormatTraits, type Restriction, TablePlanner } from "./table-planner.ts";

/**
 * Plans an export.
 * @param among the records that are exported of those that the request asks for, as of a batch (`keys.ts`); null for all
 * @param batch the batch whose records they are, if they are to be those of one; its object type is the request's
 * @throws usageError when something asked for does not exist, does not fit, or may not be read.
 */
export function planExport(
  request: ExportRequest,
  catalog: Catalog,
  format: FormatTraits,
  access: Access,
  among: Predicate | null = null,
  batch: BatchAsked | null = null,
): ExportPlan {
  const object = objectAsked(request.object, catalog, "/objects");
  checkLimit(request.limit);
  const locale = localeOf(request, catalog);
  const context = new PlanContext(catalog, access, locale);
  const chosen = both(selectionOf(request, object, catalog, access, locale), among);
  const batched = batch === null ? null : planBatch(batch, catalog, access);
  const where = batched === null ? chosen : both(chosen, recordsInBatch(object));
  const { tables, records } =
    request.aggregate === undefined
      ? planRecords(request, object, context, where, format)
      : { tables: [planAggregate(request, object, context, where, locale.timeZone)] as const };
  if (batched !== null) {
    const { order, limit, aggregate } = request;
    checkParts(batched, object, { order, limit, gathered: aggregate === undefined ? undefined : "/aggregate" });
  }
  const dataset = { format: format.name, options: request.options ?? {}, source: sourceOf(object) };
  return {
    version: 1,
    datasets: tables === null ? [] : [{ tables, ...dataset }],
    ...locale,
    ...(records === undefined ? {} : { records }),
    ...(batched === null ? {} : { batch: batched }),
    ...(request.bag === true ? { bag: true } : {}),
    asked: { ...askedOf(request, object, catalog), ...(batch?.name === undefined ? {} : { batch: batch.name }) },
  };
}

interface PlannedRecords {
  /** Null where there are no data files, only folders. */
  readonly tables: DatasetPlan["tables"] | null;
  readonly records?: RecordsPlan;
}

function planRecords(
  request: ExportRequest,
  object: ObjectType,
  context: PlanContext,
  where: Predicate | null,
  format: FormatTraits,
): PlannedRecords {
  const { layout = "tables" } = request;
  const scope = new Scope(context, object);
  const order = orderOf(request.order, scope, context);
  const restricted = scope.restricted(where);
  const restriction: Restriction = {
    where: restricted,
    order,
    limit: request.limit ?? null,
    estimatedRows: estimate(object, restricted !== null, request.limit),
  };
  const files = wantsFiles(request) || layout === "folders" ? new FilePlanner(context, object, request) : null;
  if (files !== null && layout === "files") return { tables: null, records: files.bare(scope, restriction) };
  const cells = new Cells();
  const wanted = layout === "folders" ? withLists(request, object) : request;
  const choice = choose(object, wanted, context.catalog, context.access);
  const traits = layout === "folders" ? RECORD_JSON : format;
  const [root, ...lists] = new TablePlanner(context, traits).root(choice, scope, restriction, cells);
  if (files === null) return { tables: [root, ...lists] };
  if (layout === "folders") return { tables: null, records: files.records(root, scope, cells) };
  const again = new Scope(context, object);
  return {
    tables: [files.withPlaces(root, scope, cells), ...lists],
    // Read once more, in the same snapshot and order.
    records: files.bare(again, {
      ...restriction,
      where: again.restricted(where),
      order: orderOf(request.order, again, context),
    }),
  };
}

/** The format of `record.json`. */
const RECORD_JSON: FormatTraits = { name: "json", shape: "nested", plainNames: true };

/** A record in its folder has its lists with it, unless fields were chosen. */
function withLists(request: ExportRequest, { lists, files = [] }: ObjectType): ExportRequest {
  if (request.paths !== undefined) return request;
  // What tells of files is not shown beside the files themselves.
  const shown = lists.filter(({ object }) => !files.some((it) => it.object === object));
  return { ...request, include: [...(request.include ?? []), ...shown.map(({ name }) => `lists.${name}`)] };
}
