// From what is asked for to all that is needed to run it: checked when an export is made (CX5), and again when it runs.
import type { Catalog, ObjectType } from "../../catalog/types.ts";
import { Problems } from "../../cells/problems.ts";
import { zoneNamed } from "../../cells/zone.ts";
import type { OwnedBatch } from "../../control/queries/batches.ts";
import type { Namespace } from "../../control/tables.ts";
import { filesOf, type OutputFile, textFile } from "../../engine/render.ts";
import { type Container, pseudonymsFor, tablesOf } from "../../engine/run.ts";
import { formatNamed } from "../../formats/index.ts";
import { inputError } from "../../lib/errors.ts";
import { sentence } from "../../lib/sentence.ts";
import { limitsOf } from "../../plan/access.ts";
import { recordsAmong } from "../../plan/keys.ts";
import { momentTokens } from "../../plan/file-names.ts";
import { type Asked, dataOf, type ExportPlan } from "../../plan/plan.ts";
import { planExport } from "../../plan/plan-export.ts";
import type { Principal } from "../../plan/principal.ts";
import { wantsFiles } from "../../plan/record-files.ts";
import { both, localeOf, objectAsked, selectionOf } from "../../plan/selection.ts";
import type { Predicate } from "../../query/predicate.ts";
import { datasetsOf } from "../../template/template.ts";
import { batchSeen } from "../batches/find.ts";
import { keysNotFound } from "../batches/given-keys.ts";
import { type BatchKeys, keysForExport } from "../batches/keys-for-export.ts";
import { objectOfBatch } from "../batches/records.ts";
import type { OrgCall } from "../org-call.ts";
import type { UsedRevision } from "../templates/body.ts";
import { type Approval, checkPurpose, isAbove, marksOf, objectsRead } from "./approval.ts";
import type { ExportBody } from "./body.ts";
import { checkBody, hasTables, templateOf } from "./check-body.ts";
import { downloadOf } from "./download.ts";
import { formatAsked } from "./format.ts";
import { catalogVersionOf } from "./join-key.ts";
import { checkNotEmpty } from "./nothing.ts";
import { checkKeys, itemsOf, missingKeys, partsOf, searched } from "./records.ts";
import { namespaceAsked, type Rights, rightsOf, rightsWithOwn, type Whose, whoseRights } from "./rights.ts";
import { checkComplete, isRun } from "./runs.ts";
import { checkRecipient, checkAfterScript } from "./sealed-and-scripted.ts";
import { type NamedTemplate, placedAt, planNamed, templateNamed } from "./template.ts";

/** All that is needed to run an export, and that its row should remember. */
export interface PlannedExport {
  readonly plan: ExportPlan;
  readonly container: Container;
  /** What the download is called, with its suffix. */
  readonly fileName: string;
  readonly mime: string;
  /** The MIME type of the data; null where there is none (folders, files), or where datasets have several. */
  readonly format: string | null;
  /** The name of the object type that records are chosen of; null where a template has texts alone. */
  readonly object: string | null;
  readonly batch: { readonly id: string; readonly name: string; readonly count: number } | null;
  /** What `run` asks for the keys of the batch; null without one. */
  readonly batchKeys: BatchKeys | null;
  /** Of the template, and of the dataset templates that it names. */
  readonly revisions: readonly UsedRevision[];
  /** The id of the namespace that it is for. */
  readonly namespace: string | null;
  readonly isRealm: boolean;
  /** Whoever's rights it has, as they are now. */
  readonly principal: Principal;
  /** The role that whoever takes the archive must hold in all of the principal's namespaces. */
  readonly least: Rights["least"];
  /** The object types that it reads anything of, and what keeps the principal from some of that (`limitsOf`). */
  readonly reads: readonly string[];
  readonly limits: readonly string[];
  /** Whether it has files of analysis runs. */
  readonly isAnalysis: boolean;
  /** Another one where the catalog says anything else. */
  readonly catalogVersion: string;
  /** The object types of the org's `approval` that it reads anything of. */
  readonly marks: readonly string[];
  /** Why a second person must approve it; null where nobody needs to. */
  readonly approval: Approval | null;
  readonly recipient: string | null;
  readonly afterScript: string | null;
  /** How long its archive is kept: ISO 8601. */
  readonly retention: string;
  /** About how many records will come; null where nobody knows without counting. */
  readonly estimate: number | null;
}

export interface PlanOptions {
  /** The revisions that were used when the export was made, so that it runs what was asked for then. */
  readonly pinned?: readonly UsedRevision[];
  /** The export's id, for names of files that tell it. */
  readonly id?: string;
  /** For names of files that tell the time; now when absent. */
  readonly moment?: Date;
}

/**
 * Checks a request with the rights that the caller has now, and plans it.
 * @throws usageError with JSON pointers into the body for whatever does not fit; failure `forbidden`, `batch-outdated`, or
 * of a source
 */
export async function planOf(call: OrgCall, body: ExportBody, options: PlanOptions = {}): Promise<PlannedExport> {
  const { pinned = [], id, moment = new Date() } = options;
  checkBody(body);
  const org = await call.org();
  checkPurpose(org.config, body);
  checkRecipient(body.recipient);
  await checkAfterScript(call, body.afterScript);
  const language = body.language ?? call.language;
  const catalog = org.catalogIn(language);
  const whose = await whoseRights(call, org, body.principal);
  const batch = await batchOf(call, body.batch);
  const namespace = await namespaceFor(call, body, batch);
  const member = templateOf(body);
  const named = member === null ? null : await templateNamed(call, body, member, pinned);
  const aim = aimOf(body, batch, named, catalog);
  const rights = await withKeys(call, whose, namespace, aim, body, catalog);

  const among = aim === null ? nothingChosen(body) : await amongOf(call, body, aim, catalog, rights);
  const its = among ?? { object: null, catalog, where: null };
  const locale = localeOf({ ...body, language }, its.catalog);
  const tokens = {
    ...momentTokens(moment, catalog.timeZone ?? "UTC"),
    org: org.code,
    ...(batch === null ? {} : { batch: batch.name }),
    ...(id === undefined ? {} : { id }),
  };
  const asked = { ...requested(body), ...locale };
  // Of a template, the filter is told apart from the template's own.
  const chosen = its.object === null ? null : selectionOf(body, its.object, its.catalog, rights.access, locale);
  const ofBatch = batch === null ? null : { object: batch.object, count: batch.keyCount, name: batch.name };
  let plan: ExportPlan;
  if (named === null) {
    const format = hasTables(body) ? formatAsked(body.format) : formatNamed("json");
    const request = { ...asked, object: its.object!.name, format: format.name };
    plan = planExport(request, its.catalog, format, rights.access, its.where, ofBatch);
  } else {
    const { object, where } = its;
    const request = {
      ...asked,
      tokens,
      ...(where === null ? {} : { among: where }),
      ...(ofBatch === null ? {} : { batch: ofBatch }),
      ...(object === null ? {} : { object: object.name }),
    };
    plan = await planNamed(named, request, its.catalog, rights.access);
  }
  const batchKeys = batch === null ? null : keysForExport(call.access.at, batch, plan.batch!);
  const files = await outputFiles(plan, named);
  pseudonymsFor(tablesOf(plan), org.pseudonymKey);
  const download = downloadOf(body, plan, files, tokens.date);
  const { timeZone } = locale;
  if (its.object !== null) {
    const where = both(chosen, its.where);
    const { object } = its;
    const parts = (): AsyncIterable<Predicate | null> => partsOf(call, batch, object);
    const selected = { org, object, catalog: its.catalog, access: rights.access, where, parts, batchKeys, timeZone };
    if (isRun(its.object) && wantsFiles(body)) await checkComplete(selected, aim!.pointer, call.signal);
    await checkNotEmpty(body, plan, selected, call.signal);
  }
  const { approval } = org.config;
  const reads = objectsRead(plan, its.catalog);
  const marks = marksOf(reads, approval);
  return {
    plan: { ...plan, asked: { ...plan.asked, ...chosenBy(body, aim?.object ?? null) } },
    ...download,
    format: hasTables(body) ? mimeOf(plan) : null,
    object: its.object?.name ?? null,
    batch: batch === null ? null : { id: batch.id, name: batch.name, count: batch.keyCount },
    batchKeys,
    revisions: named?.revisions ?? [],
    namespace: namespace?.id ?? null,
    isRealm: body.realm !== undefined,
    principal: rights.principal,
    least: rights.least,
    reads,
    limits: limitsOf(rights.principal, reads, its.catalog),
    isAnalysis: its.object !== null && isRun(its.object) && wantsFiles(body),
    catalogVersion: catalogVersionOf(catalog),
    marks,
    approval: await approvalOf(marks, approval?.rows ?? null, plan, batchKeys, call),
    recipient: body.recipient ?? null,
    afterScript: body.afterScript ?? null,
    retention: org.config.objects.get(its.object?.name ?? "")?.retention ?? org.config.retention,
    estimate: estimateOf(body, batch, plan),
  };
}

/** What records are chosen of, and the member of the request that says so. */
interface Aim {
  readonly object: ObjectType;
  readonly pointer: string;
}

function aimOf(body: ExportBody, batch: OwnedBatch | null, named: NamedTemplate | null, catalog: Catalog): Aim | null {
  if (batch !== null) return { object: objectOfBatch(batch, catalog), pointer: "/batch" };
  if (body.realm !== undefined) {
    const object = objectAsked(body.realm, catalog, "/realm");
    if (object.range !== undefined) return { object, pointer: "/realm" };
    const realms = [...catalog.objects.values()].filter((it) => it.range !== undefined).map(({ name }) => name);
    const hint =
      realms.length === 0
        ? sentence`Give it a range in the configuration.`
        : sentence`These are: ${realms.join(", ")}.`;
    throw inputError("range-not-suited", "/realm", sentence`${object.name} is no realm.`, hint);
  }
  if (body.objects !== undefined)
    return { object: objectAsked(body.objects, catalog, "/objects"), pointer: "/objects" };
  const name = datasetsOf(named!.template).find((it) => it.object !== null)?.object;
  if (name === undefined || name === null) return null;
  const pointer = `/${named!.member}`;
  return { object: objectAsked(name, catalog, pointer), pointer };
}

/** A template without records has nothing to choose from. */
function nothingChosen(body: ExportBody): null {
  for (const name of ["where", "search", "keys", "from", "to", "limit", "exportFiles", "zipFiles"] as const) {
    if (body[name] === undefined) continue;
    const detail = sentence`The template reads no records, so there is nothing to choose from.`;
    throw inputError("not-with-template", `/${name}`, detail, sentence`Leave it out.`);
  }
  return null;
}

/** @throws inputError `not-found` at `/batch` */
async function batchOf(call: OrgCall, id: string | undefined): Promise<OwnedBatch | null> {
  return id === undefined ? null : placedAt("/batch", () => batchSeen(call, id));
}

async function namespaceFor(call: OrgCall, body: ExportBody, batch: OwnedBatch | null): Promise<Namespace | null> {
  const its = batch?.namespace ?? null;
  if (its !== null && body.namespace !== undefined && body.namespace !== its) {
    throw inputError(
      "not-together",
      "/namespace",
      sentence`The batch is of another namespace.`,
      sentence`Leave the namespace out.`,
    );
  }
  return namespaceAsked(call, body.namespace ?? its);
}

/** The rights of the export, with which each key that is given must be there. */
async function withKeys(
  call: OrgCall,
  whose: Whose,
  namespace: Namespace | null,
  aim: Aim | null,
  { keys }: ExportBody,
  catalog: Catalog,
): Promise<Rights> {
  const rights = await rightsOf(call, whose, namespace, aim?.object ?? null, catalog);
  if (keys === undefined || aim === null) return rights;
  const { object } = aim;
  const org = await call.org();
  checkKeys(object, rights);
  const missing = await missingKeys(keys, object, catalog, rights, org, call.signal);
  if (missing.count === 0) return rights;
  const more = await rightsWithOwn(whose, namespace, object, catalog);
  if (more !== null) {
    checkKeys(object, more);
    if ((await missingKeys(keys, object, catalog, more, org, call.signal)).count === 0) return more;
  }
  throw keysNotFound(missing, sentence`Take them out, and ask again.`);
}

interface AmongRecords {
  readonly object: ObjectType;
  readonly catalog: Catalog;
  /** Besides the batch. */
  readonly where: Predicate | null;
}

async function amongOf(
  call: OrgCall,
  body: ExportBody,
  { object }: Aim,
  catalog: Catalog,
  rights: Rights,
): Promise<AmongRecords> {
  const { prefix, keys } = body;
  if (prefix !== undefined) {
    const items = await itemsOf(prefix, object, catalog, rights, await call.org(), call.signal);
    const where = both(items.where, searched(body, items.object, { ...rights, also: null }));
    return { ...items, where };
  }
  const some = keys === undefined ? null : recordsAmong(object, keys);
  return { object, catalog, where: both(some, searched(body, object, rights)) };
}

/** The members of a request that the plan is made of. */
function requested(body: ExportBody): Omit<ExportBody, "objects" | "batch" | "format"> {
  const { label: _label, description: _description, objects: _objects, batch: _batch, format: _format, ...rest } = body;
  return rest;
}

/** What was chosen besides by the filter, for the archive's description: nothing of what others have de-identified. */
function chosenBy({ prefix, search, keys }: ExportBody, object: ObjectType | null): Partial<Asked> {
  const isSecret = object?.fields.some((it) => it.deidentify !== undefined) === true;
  return {
    ...(prefix === undefined ? {} : { prefix }),
    ...(search === undefined || isSecret ? {} : { search }),
    ...(keys === undefined ? {} : { keys: new Set(keys).size }),
  };
}

/** The data files, with the options of their formats checked. */
async function outputFiles(plan: ExportPlan, named: NamedTemplate | null): Promise<readonly OutputFile[]> {
  const writer = { zone: zoneNamed(plan.timeZone), language: plan.language, problems: new Problems() };
  const make = (): OutputFile[] =>
    plan.datasets.flatMap((it) => ("text" in it ? [textFile(it)] : filesOf(it, formatNamed(it.format), writer)));
  return named === null ? make() : placedAt(`/${named.member}`, make, named.template);
}

function mimeOf(plan: ExportPlan): string | null {
  const formats = new Set(dataOf(plan).map(({ format }) => format));
  const [only] = formats;
  return only === undefined || formats.size > 1 ? null : formatNamed(only).mime;
}

async function approvalOf(
  marks: readonly string[],
  rows: number | null,
  plan: ExportPlan,
  batchKeys: BatchKeys | null,
  call: OrgCall,
): Promise<Approval | null> {
  if (marks.length > 0) return { reason: "objects" };
  if (rows === null || (plan.batch !== undefined && plan.batch.count <= rows)) return null;
  if (!(await isAbove(rows, plan, batchKeys, await call.org(), call.signal))) return null;
  return { reason: "rows" };
}

function estimateOf({ keys, limit }: ExportBody, batch: OwnedBatch | null, plan: ExportPlan): number | null {
  const tables = [
    ...dataOf(plan).map(({ tables: its }) => its[0]),
    ...(plan.records === undefined ? [] : [plan.records.table]),
  ];
  const known = batch?.keyCount ?? keys?.length ?? tables[0]?.estimatedRows ?? null;
  return known === null || limit === undefined ? known : Math.min(known, limit);
}
