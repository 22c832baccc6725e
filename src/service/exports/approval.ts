// Whether an export must say what it is for, and whether a second person must approve it (BY10).
import type { Catalog } from "../../catalog/types.ts";
import type { ApprovalConfig, OrgConfig } from "../../config/config.ts";
import { zoneNamed } from "../../cells/zone.ts";
import { inBatch } from "../../engine/batch-parts.ts";
import { textOf } from "../../engine/cell-texts.ts";
import { tablesOf } from "../../engine/run.ts";
import { inputError } from "../../lib/errors.ts";
import { sentence } from "../../lib/sentence.ts";
import type { OpenOrg } from "../../orgs/open-org.ts";
import { dataOf, type ExportPlan } from "../../plan/plan.ts";
import type { Select } from "../../plan/select.ts";
import type { SourceSession } from "../../sources/source.ts";
import type { BatchKeys } from "../batches/keys-for-export.ts";
import type { ExportBody } from "./body.ts";

/** Why an export waits for a second person. */
export interface Approval {
  /** `objects`: it shows marked object types; `rows`: it has more records than the org lets pass, or may have. */
  readonly reason: "objects" | "rows";
}

/** @throws inputError `purpose-missing` at `/purpose` */
export function checkPurpose({ purpose }: OrgConfig, { purpose: stated }: ExportBody): void {
  if (purpose !== "required" || (stated !== undefined && stated.trim() !== "")) return;
  throw inputError(
    "purpose-missing",
    "/purpose",
    sentence`The organisation wants to know what an export is for.`,
    sentence`Say it.`,
  );
}

/** The object types that a plan reads anything of. */
export function objectsRead(plan: ExportPlan, catalog: Catalog): readonly string[] {
  const read = new Set(
    tablesOf(plan).flatMap(({ object, select }) => [
      object,
      ...[select, ...select.joins].map(({ from }) => JSON.stringify(from)),
    ]),
  );
  return [...catalog.objects.values()]
    .filter(({ name, table }) => read.has(name) || (table !== undefined && read.has(JSON.stringify(table))))
    .map(({ name }) => name);
}

/** Those of them that approval is wanted for. */
export function marksOf(reads: readonly string[], approval: ApprovalConfig | null): readonly string[] {
  return approval?.objects.filter((name) => reads.includes(name)) ?? [];
}

/** So long is counted, in milliseconds. What takes longer is taken for too many. */
const WITHIN = 5_000;

/** Whether some dataset of a plan has more records than a number. @throws failure of the source */
export async function isAbove(
  most: number,
  plan: ExportPlan,
  batchKeys: BatchKeys | null,
  { sourceNamed }: Pick<OpenOrg, "sourceNamed">,
  signal: AbortSignal,
  within = WITHIN,
): Promise<boolean> {
  const { records } = plan;
  const datasets = dataOf(plan).map(({ source, tables }) => ({ source, select: tables[0].select }));
  const all =
    datasets.length > 0 || records === undefined
      ? datasets
      : [{ source: records.source, select: records.table.select }];
  const enough = AbortSignal.timeout(within);
  const either = AbortSignal.any([signal, enough]);
  try {
    for (const { source, select } of all) {
      // Groups are no records.
      if (select.groupBy !== null || (select.limit !== null && select.limit <= most)) continue;
      const session = await sourceNamed(source).open(1, either);
      try {
        if ((await countOf(select, inBatch(session, plan, batchKeys ?? undefined))) > most) return true;
      } finally {
        await session.close();
      }
    }
    return false;
  } catch (error) {
    if (enough.aborted && !signal.aborted) return true;
    throw error;
  }
}

/** How many rows a select has, without its limit. A batch is counted part by part. */
export async function countOf(
  { table, from, joins, where, parent, timeZone }: Select,
  session: SourceSession,
): Promise<number> {
  const columns = [{ kind: "measure", measure: "count", of: null, type: "integer" } as const];
  const rows = { table, from, joins, where, parent, timeZone, having: null, order: [], limit: null };
  const stream = session.stream({ ...rows, columns, groupBy: [] });
  let count = 0;
  for (let batch = await stream.next(); batch !== null; batch = await stream.next()) {
    for (let row = 0; row < batch.rows; row++) count += Number(textOf(batch, row * batch.width, zoneNamed(timeZone)));
  }
  return count;
}
