// Ordering an export: checked whole, then written down with its place in the queue, both or neither.
import { atOnce, type InOrg } from "../../control/in-org.ts";
import { administrators } from "../../control/queries/members.ts";
import * as queries from "../../control/queries/exports.ts";
import type { ExportApproval, ExportKind } from "../../control/tables.ts";
import { sentence } from "../../lib/sentence.ts";
import { uuidv7 } from "../../lib/uuid.ts";
import { conflict } from "../errors.ts";
import { audit, type OrgCall } from "../org-call.ts";
import type { ExportBody } from "./body.ts";
import type { ExportDesk } from "./desk.ts";
import type { ExportFacts } from "./facts.ts";
import { factsOf } from "./find.ts";
import { joinKey } from "./join-key.ts";
import { type PlannedExport, planOf } from "./plan-of.ts";
import { nextWindow } from "./window.ts";

export interface OrderedExport {
  readonly facts: ExportFacts;
  /** Whether it is one that was there already, and asks for the same. */
  readonly joined: boolean;
}

/**
 * Orders an export, or joins one that asks for the same and is not done yet.
 * @throws usageError for what does not fit; failure `forbidden`, `not-found`, `quota-exceeded`, and those of sources
 */
export async function createExport(
  call: OrgCall,
  desk: ExportDesk,
  body: ExportBody,
  { resubmitOf = null }: { readonly resubmitOf?: string | null } = {},
): Promise<OrderedExport> {
  const planned = await planOf(call, body);
  const key = Buffer.from(joinKey(call, body, planned), "hex");
  const { at } = call.access;
  const { id, joined } = await atOnce(at, async (within) => {
    // Two that ask for the same at the same time join, and the order of creation is that of the queue.
    await queries.inTurn(within);
    const other = body.join === false ? null : await queries.findJoinable(within, key);
    if (other !== null) return { id: other, joined: true };
    await refuseOverQuota(call, within);
    const made = await add({ ...call, access: { ...call.access, at: within } }, desk, body, planned, key, resubmitOf);
    return { id: made, joined: false };
  });
  if (!joined) desk.wake();
  const its = await queries.findExport(at, id);
  // It can have been deleted in this moment.
  if (its === undefined) throw conflict("gone", sentence`The export was deleted meanwhile.`, sentence`Order it again.`);
  return { facts: await factsOf(call, its, desk.baseUrl), joined };
}

async function add(
  call: OrgCall,
  { queue }: ExportDesk,
  { afterScript, ...request }: ExportBody,
  planned: PlannedExport,
  key: Uint8Array,
  resubmitOf: string | null,
): Promise<string> {
  const { at, identity } = call.access;
  const id = uuidv7();
  const person = identity.person.id;
  const window = nextWindow((await call.org()).config, new Date());
  const principal = request.principal === undefined ? null : planned.principal.id;
  const approval: ExportApproval | null =
    planned.approval === null
      ? null
      : { reason: planned.approval.reason, state: "wanted", person: null, at: null, note: null };
  await queries.addExport(at, {
    id,
    person,
    principal,
    namespace: planned.namespace,
    label: request.label ?? null,
    description: request.description ?? null,
    kind: kindOf(request, planned),
    object: planned.object,
    batch: planned.batch?.id ?? null,
    template: request.exportTemplate ?? request.datasetTemplate ?? null,
    format: planned.format ?? planned.mime,
    request,
    afterScript: afterScript ?? null,
    revisions: planned.revisions,
    purpose: request.purpose ?? null,
    approval,
    notify: request.notify ?? false,
    language: planned.plan.language,
    timeZone: planned.plan.timeZone,
    joinKey: key,
    resubmitOf,
    state: "pending",
    startsAt: window?.startsAt ?? null,
    dueAt: window?.dueAt ?? null,
    fileName: planned.fileName,
    mime: planned.mime,
  });
  const created = await queries.addEvent(at, id, "created", { person });
  if (approval === null) await queue.addExport(at, id, window?.startsAt ?? null);
  else await askForApproval(at, queue, id, created, person);
  const { object, batch } = planned;
  const details = {
    object,
    ...(batch === null ? {} : { batch: batch.id }),
    ...(principal === null ? {} : { principal }),
    ...(request.purpose === undefined ? {} : { purpose: request.purpose }),
    ...(resubmitOf === null ? {} : { resubmitOf }),
  };
  await audit(call, "export.create", { kind: "export", id }, details);
  return id;
}

/** All administrators but whoever asks. */
async function askForApproval(
  at: InOrg,
  queue: ExportDesk["queue"],
  id: string,
  event: string,
  asker: string,
): Promise<void> {
  for (const person of await administrators(at)) {
    if (person === asker) continue;
    await queue.addMail(at, { org: at.org, export: id, event, kind: "approval-wanted", person });
  }
}

/** @throws failure `quota-exceeded` */
async function refuseOverQuota(call: OrgCall, at: InOrg): Promise<void> {
  const { quota } = (await call.org()).config;
  if (quota === null || (await queries.bytesStored(at)) < quota) return;
  throw conflict(
    "quota-exceeded",
    sentence`The organisation's quota for archives is used up.`,
    sentence`Delete archives that nobody needs any more, or ask an administrator for more.`,
  );
}

function kindOf(request: ExportBody, planned: PlannedExport): ExportKind {
  if (request.realm !== undefined) return "realm";
  if (planned.isAnalysis) return "analysis";
  if (request.datasetTemplate !== undefined || request.exportTemplate !== undefined) return "template";
  if (request.aggregate !== undefined) return "aggregate";
  if (request.layout === "files") return "files";
  return request.layout === "folders" ? "records" : "table";
}
