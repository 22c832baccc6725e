// Batches that are there: listed, found, deleted.
import { may, type OrgAccess } from "../../access/org-access.ts";
import { atOnce } from "../../control/in-org.ts";
import * as queries from "../../control/queries/batches.ts";
import { subtree } from "../../control/queries/namespaces.ts";
import { BATCHES } from "../../control/lists/lists.ts";
import { isUuid } from "../../lib/uuid.ts";
import { reaches } from "../../plan/principal.ts";
import { notFound } from "../errors.ts";
import { answer, type ListQuery, type PlacedAnswer } from "../lists.ts";
import { audit, mustMay, type OrgCall } from "../org-call.ts";
import { type BatchFacts, batchFacts } from "./facts.ts";

export interface BatchQuery extends ListQuery {
  /** An object type's name. */
  readonly object?: string | undefined;
  /** A namespace's id: it and all below it. */
  readonly namespace?: string | undefined;
}

/** The batches that the caller made, or, for administrators, all; the newest first. */
export async function listBatches(
  call: OrgCall,
  { object, namespace, ...query }: BatchQuery = {},
): Promise<PlacedAnswer<BatchFacts>> {
  const { access } = call;
  const { id: person } = access.identity.person;
  mustMay(call, "batches.see", { owner: person });
  const within = namespace === undefined ? null : isUuid(namespace) ? await subtree(access.at, namespace) : [];
  const seen = { object, ...(access.isAdmin ? {} : { person }), ...placesSeen(access, within) };
  const { data, ...page } = await answer(call, BATCHES, query, { object, namespace }, (its) =>
    queries.listBatches(access.at, { ...its, ...seen }),
  );
  return { ...page, data: data.map(batchFacts) };
}

/** The namespaces whose batches are listed: an own one is seen by whoever is an analyst there. */
function placesSeen(
  { isAdmin, namespaces }: OrgAccess,
  within: readonly string[] | null,
): { readonly namespaces?: readonly string[]; readonly orNone?: boolean } {
  if (isAdmin) return within === null ? {} : { namespaces: within };
  const seen = [...namespaces].filter(([, { role }]) => reaches(role, "analyst")).map(([id]) => id);
  return within === null
    ? { namespaces: seen, orNone: true }
    : { namespaces: seen.filter((id) => within.includes(id)) };
}

/** @throws failure `not-found` for what is not there, and for what the caller may not see */
export async function findBatch(call: OrgCall, id: string): Promise<BatchFacts> {
  return batchFacts(await batchSeen(call, id));
}

/** Deletes a batch. @throws failure `not-found`, `forbidden` */
export async function deleteBatch(call: OrgCall, id: string): Promise<void> {
  const batch = await batchSeen(call, id);
  mustMay(call, "batches.delete", subjectOf(batch));
  await atOnce(call.access.at, async (at) => {
    if (!(await queries.removeBatch(at, id))) throw notFound("batch");
    const { name, object, keyCount } = batch;
    const within = { ...call, access: { ...call.access, at } };
    await audit(within, "batch.delete", { kind: "batch", id }, { name, object, count: keyCount });
  });
}

/** A batch that the caller may see. @throws failure `not-found`, `forbidden` */
export async function batchSeen(call: OrgCall, id: string): Promise<queries.OwnedBatch> {
  const { access } = call;
  mustMay(call, "batches.see", { owner: access.identity.person.id });
  const batch = isUuid(id) ? await queries.findBatch(access.at, id) : undefined;
  if (batch === undefined || !may(access, "batches.see", subjectOf(batch))) throw notFound("batch");
  return batch;
}

function subjectOf({ namespace, person }: queries.OwnedBatch): Parameters<typeof may>[2] & object {
  // What is done with batches that are there, archives do not close.
  return { owner: person, ...(namespace === null ? {} : { namespace: { id: namespace, archivedAt: null } }) };
}
