// What people do with exports that are there: stop, delete and repeat them.
import { atOnce, type InOrg } from "../../control/in-org.ts";
import { endUnfinished } from "../../control/queries/export-runs.ts";
import * as queries from "../../control/queries/exports.ts";
import type { Export, ExportState } from "../../control/tables.ts";
import { inputError } from "../../lib/errors.ts";
import { sentence } from "../../lib/sentence.ts";
import { conflict, notFound } from "../errors.ts";
import { audit, mustMay, type OrgCall } from "../org-call.ts";
import { createExport, type OrderedExport } from "./create.ts";
import type { ExportDesk } from "./desk.ts";
import type { ExportFacts } from "./facts.ts";
import { exportSeen, factsOf } from "./find.ts";
import { requestOf } from "./request.ts";

/** An export that the caller may change. @throws failure `not-found`, `forbidden` */
export async function changeableExport(call: OrgCall, id: string): Promise<queries.OwnedExport> {
  const its = await exportSeen(call, id, "exports.change");
  mustMay(call, "exports.change", { owner: its.person });
  return its;
}

/** Stops an export that waits or runs. @throws failure `not-found`, `forbidden`, `export-over` */
export async function cancelExport(call: OrgCall, desk: ExportDesk, id: string): Promise<ExportFacts> {
  await changeableExport(call, id);
  const { identity } = call.access;
  await atOnce(call.access.at, async (at) => {
    const before = await queries.holdExport(at, id);
    const cancelled = await endUnfinished(at, id, "cancelled");
    if (before === undefined || cancelled === undefined) {
      throw conflict("export-over", sentence`The export is over already.`, sentence`Delete it, or order it again.`);
    }
    // What runs holds its org's turn until it has stopped.
    if (before.state === "pending") await desk.queue.removeExport(at, id);
    await queries.addEvent(at, id, "cancelled", { person: identity.person.id });
    await audit({ ...call, access: { ...call.access, at } }, "export.cancel", { kind: "export", id });
  });
  desk.stop(id);
  desk.tell(id);
  return factsOf(call, await exportSeen(call, id, "exports.change"), desk.baseUrl);
}

/** Deletes an export with its archive, and stops it where it runs. @throws failure `not-found`, `forbidden` */
export async function deleteExport(call: OrgCall, desk: ExportDesk, id: string): Promise<void> {
  await changeableExport(call, id);
  const removed = await atOnce(call.access.at, (at) => remove({ ...call, access: { ...call.access, at } }, desk, id));
  if (removed === undefined) throw notFound("export");
  await dispose(desk, removed);
}

/** Which exports are deleted together. */
export interface Deletion {
  readonly ids?: readonly string[] | undefined;
  /** All of one's own in a state, of an administrator everybody's. */
  readonly state?: Exclude<ExportState, "pending" | "running"> | undefined;
}

const AT_ONCE = 500;

/**
 * Deletes several: all of them or none.
 * @returns how many
 * @throws failure `not-found`, `forbidden`; inputError `nothing-selected`, `not-together`
 */
export async function deleteExports(call: OrgCall, desk: ExportDesk, { ids, state }: Deletion): Promise<number> {
  if (ids !== undefined && state !== undefined) {
    throw inputError(
      "not-together",
      "/state",
      sentence`ids and state do not go together.`,
      sentence`Leave one of them out.`,
    );
  }
  if (ids !== undefined) {
    const unlike = [...new Set(ids)];
    for (const id of unlike) await changeableExport(call, id);
    return removeAll(call, desk, unlike);
  }
  if (state === undefined) {
    throw inputError(
      "nothing-selected",
      "/ids",
      sentence`It is not said which exports.`,
      sentence`Give ids, or a state.`,
    );
  }
  const { access } = call;
  const { id: person } = access.identity.person;
  mustMay(call, "exports.change", { owner: person });
  let count = 0;
  for (;;) {
    const choice = { state, ...(access.isAdmin ? {} : { ownedBy: person }) };
    const its = await queries.listExports(access.at, choice, { limit: AT_ONCE });
    count += await removeAll(
      call,
      desk,
      its.map(({ id }) => id),
    );
    if (its.length < AT_ONCE) return count;
  }
}

async function removeAll(call: OrgCall, desk: ExportDesk, ids: readonly string[]): Promise<number> {
  const removed = await atOnce(call.access.at, async (at) => {
    const within = { ...call, access: { ...call.access, at } };
    const its: Export[] = [];
    for (const id of ids) {
      const one = await remove(within, desk, id);
      if (one !== undefined) its.push(one);
    }
    return its;
  });
  for (const its of removed) await dispose(desk, its);
  return removed.length;
}

async function remove(call: OrgCall, { queue }: ExportDesk, id: string): Promise<Export | undefined> {
  const { at } = call.access;
  const its = await queries.removeExport(at, id);
  if (its === undefined) return undefined;
  if (its.state === "pending") await queue.removeExport(at, id);
  const { label, object, state, person } = its;
  await audit(call, "export.delete", { kind: "export", id }, { label, object, state, owner: person });
  return its;
}

async function dispose(desk: ExportDesk, { id, archive }: Export): Promise<void> {
  desk.stop(id);
  desk.tell(id);
  if (archive !== null) await desk.removeArchive(archive);
}

/**
 * Orders the same again, with the templates as they are now. Somebody else's is ordered with their rights.
 * @throws as `createExport`
 */
export async function resubmitExport(call: OrgCall, desk: ExportDesk, id: string): Promise<OrderedExport> {
  const its = await changeableExport(call, id);
  const { person } = call.access.identity;
  const body = requestOf(its);
  const principal = its.principal ?? (its.person === person.id ? null : its.person);
  return createExport(call, desk, { ...body, ...(principal === null ? {} : { principal }) }, { resubmitOf: id });
}

/** Lets what waits for its window begin now. @returns how many */
export async function releaseWaiting(at: InOrg, desk: ExportDesk, ids: readonly string[]): Promise<void> {
  await atOnce(at, async (within) => {
    for (const id of ids) {
      await queries.changeExport(within, id, { startsAt: new Date() });
      await desk.queue.release(within, id);
    }
  });
  desk.wake();
}
