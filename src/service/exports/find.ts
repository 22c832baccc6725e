// Exports that are there: listed, found, and what their pages show.
import { may } from "../../access/org-access.ts";
import { EXPORTS } from "../../control/lists/lists.ts";
import * as queries from "../../control/queries/exports.ts";
import { namesOf } from "../../control/queries/names.ts";
import { subtree } from "../../control/queries/namespaces.ts";
import type { ExportState } from "../../control/tables.ts";
import { isUuid } from "../../lib/uuid.ts";
import { isStorableText } from "../../query/values.ts";
import { notFound } from "../errors.ts";
import { answer, type ListQuery, type PlacedAnswer } from "../lists.ts";
import { mustMay, type OrgCall } from "../org-call.ts";
import { exportFacts, type ExportFacts } from "./facts.ts";

export interface ExportQuery extends ListQuery {
  /** A namespace's id: it and all below it. */
  readonly namespace?: string | undefined;
  readonly objects?: string | undefined;
  readonly batch?: string | undefined;
  readonly state?: ExportState | undefined;
  /** What an id begins with, or a label holds. */
  readonly search?: string | undefined;
  /** Of realms only. */
  readonly realms?: boolean | undefined;
  /** One's own, and those shared with one, also for administrators. */
  readonly mine?: boolean | undefined;
}

/** The caller's exports and those that are shared with them, or, for administrators, all; the newest first. */
export async function listExports(
  call: OrgCall,
  { namespace, objects: object, batch, state, search, realms, mine, ...query }: ExportQuery,
  baseUrl: string,
): Promise<PlacedAnswer<ExportFacts>> {
  const { access } = call;
  const { id: person } = access.identity.person;
  mustMay(call, "exports.see", { owner: person });
  // What cannot be kept is nowhere.
  if ([object, search].some((it) => it !== undefined && !isStorableText(it))) return NONE;
  const choice = {
    object,
    batch,
    state,
    search,
    ...(realms === true ? { realm: true as const } : {}),
    ...(access.isAdmin && mine !== true ? {} : { seenBy: person }),
    ...(namespace === undefined ? {} : { namespaces: isUuid(namespace) ? await subtree(access.at, namespace) : [] }),
  };
  const { data, ...page } = await answer(call, EXPORTS, query, choice, (its) =>
    queries.listExports(access.at, choice, its),
  );
  const pending = data.filter((it) => it.state === "pending").map(({ id }) => id);
  const positions = await queries.positionsOf(access.at, pending);
  const { org } = access.at;
  const facts = data.map((it) => exportFacts(it, { org, baseUrl, position: positions.get(it.id) ?? null }));
  return { ...page, data: facts };
}

const NONE: PlacedAnswer<never> = {
  data: [],
  next: null,
  cursorBehind: () => {
    throw new Error("there is nothing to go on from");
  },
};

/**
 * An export that the caller sees, for what they want of it.
 * @throws failure `not-found`, `forbidden`
 */
export async function exportSeen(
  call: OrgCall,
  id: string,
  action: "exports.see" | "exports.change" | "exports.download" | "exports.approve" = "exports.see",
): Promise<queries.OwnedExport> {
  const { access } = call;
  const { id: person } = access.identity.person;
  // A token needs the scope of the action, and no other one.
  mustMay(call, action, { owner: person });
  const its = isUuid(id) ? await queries.findExport(access.at, id) : undefined;
  if (its === undefined) throw notFound("export");
  if (may(access, action, { owner: its.person })) return its;
  if (await queries.isSharedWith(access.at, id, person)) return its;
  throw notFound("export");
}

/** @throws failure `not-found`, `forbidden` */
export async function findExport(call: OrgCall, id: string, baseUrl: string): Promise<ExportFacts> {
  return factsOf(call, await exportSeen(call, id), baseUrl);
}

export async function factsOf(call: OrgCall, its: queries.OwnedExport, baseUrl: string): Promise<ExportFacts> {
  const { at } = call.access;
  const positions = its.state === "pending" ? await queries.positionsOf(at, [its.id]) : null;
  return exportFacts(its, { org: at.org, baseUrl, position: positions?.get(its.id) ?? null });
}

/** What an export's page shows besides. */
export interface ExportDetails {
  /** What was asked for; nothing for those with whom it is shared. */
  readonly request: Readonly<Record<string, unknown>>;
  /** The revisions of the templates that it is made by. */
  readonly revisions: readonly { readonly id: string; readonly revision: number }[];
  /** Its tables with their rows, and its problems; null until it is ready. */
  readonly result: Readonly<Record<string, unknown>> | null;
  /** What its script did. */
  readonly script: Readonly<Record<string, unknown>> | null;
  readonly timeline: readonly {
    readonly _id: string;
    readonly at: string;
    readonly event: string;
    readonly person: string | null;
    readonly details: Readonly<Record<string, unknown>>;
  }[];
  readonly sharedWith: readonly { readonly person: string; readonly name: string; readonly email: string }[];
  /** The names of all whose ids are in it. */
  readonly people: readonly { readonly id: string; readonly name: string }[];
}

/** @throws failure `not-found`, `forbidden` */
export async function exportDetails(call: OrgCall, id: string): Promise<ExportDetails> {
  const its = await exportSeen(call, id);
  const { at, identity, isAdmin } = call.access;
  const isOwn = isAdmin || its.person === identity.person.id;
  const { rights: _, ...result } = its.result ?? {};
  const events = await queries.eventsOf(at, id);
  const ids = [its.person, its.principal, its.approval?.person, ...events.map(({ person }) => person)];
  const names = await namesOf(at, [...new Set(ids.filter((it) => it !== null && it !== undefined))]);
  return {
    // With whom it is shared may see less than its owner, whose filter may say more than its archive.
    request: isOwn ? its.request : {},
    revisions: its.revisions,
    result: its.result === null ? null : result,
    script: isOwn ? its.script : null,
    timeline: events.map(({ id: _id, at: time, event, person, details }) => {
      return { _id, at: time.toISOString(), event, person, details };
    }),
    sharedWith: isOwn ? await queries.sharesOf(at, id) : [],
    people: [...names].map(([person, name]) => ({ id: person, name })),
  };
}
