// What an export would be, before it is ordered: how many rows and files, about how large, how it begins.
import { inBatch } from "../../engine/batch-parts.ts";
import { run } from "../../engine/run.ts";
import { countFiles } from "../../engine/wanted-files.ts";
import { bytesStored } from "../../control/queries/exports.ts";
import { dataOf } from "../../plan/plan.ts";
import type { OrgCall } from "../org-call.ts";
import { firstRows } from "../templates/first-rows.ts";
import { type Approval, countOf } from "./approval.ts";
import type { ExportBody } from "./body.ts";
import { type PlannedExport, planOf } from "./plan-of.ts";

export interface ExportEstimate {
  /** Of the first dataset; `count` is null where nobody knows without counting longer. */
  readonly rows: { readonly count: number | null; readonly exact: boolean };
  /** Attached files, with their bytes; null where none are asked for, numbers null where nobody knows. */
  readonly files: { readonly count: number | null; readonly bytes: number | null } | null;
  /** Of the data, without attached files, as the download has it; null where nobody knows. */
  readonly bytes: number | null;
  /** Why a second person will be asked; null where nobody will be. */
  readonly approval: Approval["reason"] | null;
  /** Bytes that are left of the org's quota; null without one. */
  readonly quotaLeft: number | null;
  /** The first dataset as it begins; null for records as folders and files, and for batches that are read in parts. */
  readonly preview: {
    readonly columns: readonly { readonly name: string; readonly label: string | null; readonly type: string }[];
    readonly rows: readonly (readonly unknown[])[];
  } | null;
}

/** Each part of it may take so long, in milliseconds. */
const WITHIN = 2_000;
/** Rows that sizes are judged by, and that are shown. */
const SAMPLE = 500;
const SHOWN = 10;

/**
 * Estimates an export. Nothing is written down.
 * @throws what ordering it would throw, but that a purpose may be told later
 */
export async function estimateExport(call: OrgCall, body: ExportBody): Promise<ExportEstimate> {
  const stated = body.purpose?.trim() ?? "";
  const request = { ...body, purpose: stated === "" ? "not yet" : stated };
  const planned = await planOf(call, request);
  const { quota } = (await call.org()).config;
  const rows = await rowsOf(call, planned, body);
  const sampled = await sampleOf(call, planned, request, SAMPLE);
  return {
    rows,
    files: await filesOf(call, planned),
    bytes: sampled === null ? null : await bytesOf(call, request, sampled, rows.count),
    approval: planned.approval?.reason ?? null,
    quotaLeft: quota === null ? null : Math.max(0, quota - (await bytesStored(call.access.at))),
    preview: sampled === null ? null : await previewOf(call, sampled),
  };
}

/** What is found out in time; null where that was not enough. @throws whatever went wrong in time */
async function inTime<Found>(call: OrgCall, find: (signal: AbortSignal) => Promise<Found>): Promise<Found | null> {
  const enough = AbortSignal.timeout(WITHIN);
  try {
    return await find(AbortSignal.any([call.signal, enough]));
  } catch (error) {
    if (!enough.aborted || call.signal.aborted) throw error;
    return null;
  }
}

async function rowsOf(call: OrgCall, planned: PlannedExport, { limit }: ExportBody): Promise<ExportEstimate["rows"]> {
  const { plan, batchKeys, estimate } = planned;
  const [data] = dataOf(plan);
  const its = data === undefined ? plan.records : { source: data.source, table: data.tables[0] };
  if (its === undefined) return { count: 0, exact: true };
  const { select } = its.table;
  // How many groups there are is known when they are made.
  if (select.groupBy !== null) return { count: null, exact: false };
  const org = await call.org();
  const count = await inTime(call, async (signal) => {
    const session = await org.sourceNamed(its.source).open(1, signal);
    try {
      return await countOf(select, inBatch(session, plan, batchKeys ?? undefined));
    } finally {
      await session.close();
    }
  });
  if (count === null) return { count: estimate, exact: false };
  return { count: limit === undefined ? count : Math.min(count, limit), exact: true };
}

async function filesOf(call: OrgCall, { plan, batchKeys }: PlannedExport): Promise<ExportEstimate["files"]> {
  const { records } = plan;
  if (records === undefined || records.files.length === 0) return null;
  const { sourceNamed, pseudonymKey } = await call.org();
  const asking = { sourceNamed, pseudonymKey, batchKeys: batchKeys ?? undefined };
  const found = await inTime(call, (signal) => countFiles(plan, records, { ...asking, signal }));
  return found ?? { count: null, bytes: null };
}

/** The same of the first rows, without attached files; null where data are no rows, or where a batch comes in parts. */
async function sampleOf(
  call: OrgCall,
  { plan }: PlannedExport,
  body: ExportBody,
  most: number,
): Promise<PlannedExport | null> {
  if (dataOf(plan).length === 0) return null;
  if (plan.batch !== undefined && plan.batch.count > plan.batch.keysInPart) return null;
  const {
    exportFiles: _files,
    zipFiles: _zip,
    fileFormats: _formats,
    fileWhere: _where,
    nameTemplate: _name,
    ...rest
  } = body;
  return planOf(call, { ...rest, limit: Math.min(most, body.limit ?? most) });
}

/** As two samples of different sizes say: what each row adds, and what is there without any. */
async function bytesOf(
  call: OrgCall,
  body: ExportBody,
  sampled: PlannedExport,
  rows: number | null,
): Promise<number | null> {
  const whole = await inTime(call, (signal) => written(call, sampled, signal));
  if (whole === null || (rows !== null && rows <= SAMPLE)) return whole;
  if (rows === null) return null;
  const half = await sampleOf(call, sampled, body, SAMPLE / 2);
  const less = half === null ? null : await inTime(call, (signal) => written(call, half, signal));
  if (less === null) return null;
  return Math.round(whole + ((whole - less) / (SAMPLE / 2)) * (rows - SAMPLE));
}

/** How many bytes an export gives; none of them is kept. */
async function written(
  call: OrgCall,
  { plan, container, batchKeys }: PlannedExport,
  signal: AbortSignal,
): Promise<number> {
  const { sourceNamed, pseudonymKey } = await call.org();
  const batch = batchKeys === null ? {} : { batchKeys };
  let bytes = 0;
  for await (const chunk of run(plan, { sourceNamed, pseudonymKey, signal, container, program: "Waybill", ...batch })) {
    bytes += chunk.length;
  }
  return bytes;
}

async function previewOf(call: OrgCall, { plan, batchKeys }: PlannedExport): Promise<ExportEstimate["preview"]> {
  const [data] = dataOf(plan);
  const [root] = data!.tables;
  const table = { ...root, lists: [], select: { ...root.select, limit: Math.min(SHOWN, root.select.limit ?? SHOWN) } };
  const only = { ...data!, format: "json-rows", options: {}, tables: [table] as const };
  const { records: _, ...rest } = plan;
  const first = { ...rest, datasets: [only] };
  const found = await inTime(call, async (signal) =>
    firstRows(first, await call.org(), signal, batchKeys ?? undefined),
  );
  if (found === null) return null;
  const columns = root.columns.map(({ name, label = null, type }) => ({ name, label, type }));
  return { columns, rows: found.rows };
}
