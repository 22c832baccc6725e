// Making a batch: the keys of the records that a filter finds, or of a list, as they are at this moment.
import type { ObjectType } from "../../catalog/types.ts";
import { atOnce } from "../../control/in-org.ts";
import { CHUNK, sealBatch } from "../../control/queries/batches.ts";
import { findNamespace, listNamespaces } from "../../control/queries/namespaces.ts";
import type { Namespace } from "../../control/tables.ts";
import { keyChunks } from "../../engine/key-chunks.ts";
import { inputError } from "../../lib/errors.ts";
import { sentence, type Sentence } from "../../lib/sentence.ts";
import { isUuid } from "../../lib/uuid.ts";
import { askedOf } from "../../plan/asked.ts";
import { isKnownKey, keyFields, keySelect } from "../../plan/keys.ts";
import type { Select } from "../../plan/select.ts";
import { both, localeOf, objectAsked, selectionOf, sourceOf } from "../../plan/selection.ts";
import { isStorableText } from "../../query/values.ts";
import type { SourceSession } from "../../sources/source.ts";
import { notFound } from "../errors.ts";
import { audit, mustMay, type OrgCall, type Sight, sightOf } from "../org-call.ts";
import { searchOf } from "../records/search.ts";
import { BatchDraft } from "./draft.ts";
import { type BatchFacts, batchFacts, type BatchSource } from "./facts.ts";
import { addGivenKeys, keysNotFound } from "./given-keys.ts";

export interface BatchRequest {
  /** The object type. */
  readonly object: string;
  readonly name: string;
  /** The id of the namespace that the records belong to, to it or to one below. */
  readonly namespace?: string | null | undefined;
  /** A condition (CONTRACT section 3); `{}` finds all records that the caller may see. */
  readonly where?: unknown;
  /** Words that must all be found in a record, besides `where`. */
  readonly search?: string | undefined;
  /** Keys as texts (`lib/record-key.ts`): instead of `where` and `search`. */
  readonly keys?: readonly string[] | undefined;
  /** Whether a key that is not found refuses the whole, as it does unless it is said, or is left out. */
  readonly missing?: "refuse" | "leave-out" | undefined;
}

export interface CreatedBatch {
  readonly batch: BatchFacts;
  /** The first thousand keys of the list that were not found and left out. */
  readonly notFound: readonly string[];
  readonly notFoundCount: number;
}

/** The most keys that a batch may have. */
const MOST_KEYS = 5_000_000;
const LONGEST_NAME = 200;

/**
 * Makes a batch. On any failure, and when the caller is gone, nothing of it is left.
 * @throws usageError for what does not fit: `no-key`, `namespace-missing`, `nothing-selected`, `too-many-keys`,
 * `keys-not-found`, `key-not-readable`; failure `forbidden`, `not-found`, or that of the source
 */
export async function createBatch(
  call: OrgCall,
  request: BatchRequest,
  mostKeys: number = MOST_KEYS,
): Promise<CreatedBatch> {
  checkRequest(request, mostKeys);
  const namespace = await namespaceOf(call, request.namespace ?? null);
  const sight = await sightOf(call, {
    least: "analyst",
    open: true,
    ...(namespace === null ? {} : { namespace: namespace.id }),
  });
  const object = objectAsked(request.object, sight.catalog, "/object");
  await checkObject(call, object, namespace, request, sight);
  const { keys, where, search, missing } = request;
  const { catalog, access } = sight;
  const condition =
    keys === undefined
      ? both(selectionOf({ where }, object, catalog, access, localeOf({}, catalog)), searchOf(search, object, access))
      : null;
  const { person } = call.access.identity;
  const draft = await BatchDraft.begin(call.access.at, {
    name: request.name,
    object: object.name,
    namespace: namespace?.id ?? null,
    person: person.id,
    keyColumns: keyFields(object).map(({ column }) => column),
    // Of a list, what is kept is known only later.
    source: {
      from: "filter",
      where: askedOf({ object: object.name, format: "", where: where ?? {} }, object, catalog).where,
      // What was searched for may be a value of a field that others have de-identified.
      ...(search === undefined ? {} : { search: object.fields.some((it) => it.deidentify) ? null : search }),
    },
  });
  try {
    const session = await sight.org.sourceNamed(sourceOf(object)).open(1, call.signal);
    let found: Found;
    try {
      found =
        keys === undefined
          ? await addFound(draft, session, keySelect(object, condition, catalog, access), mostKeys)
          : await addGiven(draft, keys, session, object, sight, missing ?? "refuse");
      await draft.finish();
    } finally {
      await session.close();
    }
    call.signal.throwIfAborted();
    const batch = await sealed(call, draft, found);
    return {
      batch: batchFacts({ ...batch, personName: person.name }),
      notFound: found.notFound,
      notFoundCount: found.source?.notFound ?? 0,
    };
  } catch (error) {
    await draft.discard();
    throw error;
  }
}

interface Found {
  /** Of a list, what is kept about it. */
  readonly source: Extract<BatchSource, { from: "keys" }> | null;
  readonly notFound: readonly string[];
}

async function addGiven(
  draft: BatchDraft,
  keys: readonly string[],
  session: SourceSession,
  object: ObjectType,
  sight: Sight,
  missing: "refuse" | "leave-out",
): Promise<Found> {
  const { given, notFound: its } = await addGivenKeys(draft, keys, session, object, sight);
  if (its.count > 0 && missing === "refuse") throw keysNotFound(its);
  if (draft.count === 0) throw nothingSelected("/keys", sentence`None of the keys was found.`);
  return { source: { from: "keys", given, notFound: its.count }, notFound: its.keys };
}

async function addFound(draft: BatchDraft, session: SourceSession, select: Select, mostKeys: number): Promise<Found> {
  for await (const chunk of keyChunks(session, select, CHUNK)) {
    if (draft.count + chunk.count > mostKeys) throw tooManyKeys("/where", sentence`The filter finds`, mostKeys);
    await draft.add(chunk);
  }
  if (draft.count === 0) throw nothingSelected("/where", sentence`The filter finds no record that you may see.`);
  return { source: null, notFound: [] };
}

/** Seals the batch and writes it into the audit log: both or neither. */
function sealed(call: OrgCall, draft: BatchDraft, { source }: Found): ReturnType<typeof sealBatch> {
  return atOnce(call.access.at, async (at) => {
    const batch = await sealBatch(at, draft.id, source ?? undefined);
    const within = { ...call, access: { ...call.access, at } };
    const { object, namespace, keyCount } = batch;
    const details = { object, namespace, count: keyCount, from: source === null ? "filter" : "keys" };
    await audit(within, "batch.create", { kind: "batch", id: draft.id }, details);
    return batch;
  });
}

function checkRequest({ name, keys, where, search }: BatchRequest, mostKeys: number): void {
  if (!isStorableText(name) || name.trim() === "" || name.length > LONGEST_NAME) {
    throw inputError(
      "value-not-suited",
      "/name",
      sentence`The batch needs a name of at most ${LONGEST_NAME} characters.`,
    );
  }
  if ((keys === undefined) === (where === undefined && search === undefined)) {
    throw inputError(
      "keys-or-where",
      keys === undefined ? "/where" : "/keys",
      sentence`A batch is made from a filter or from a list of keys.`,
      sentence`Give either "where" or "keys"; {"where": {}} takes every record that you may see.`,
    );
  }
  if (keys !== undefined && keys.length > mostKeys) throw tooManyKeys("/keys", sentence`The list has`, mostKeys);
  if (keys !== undefined && keys.length === 0) throw nothingSelected("/keys", sentence`The list of keys is empty.`);
}

/** The namespace that is asked for, where the caller may make batches; null for none. */
async function namespaceOf(call: OrgCall, id: string | null): Promise<Namespace | null> {
  if (id === null) {
    mustMay(call, "batches.create");
    return null;
  }
  const { at, isAdmin, namespaces } = call.access;
  const namespace = isUuid(id) ? await findNamespace(at, id) : undefined;
  if (namespace === undefined || !(isAdmin || namespaces.has(namespace.id))) throw notFound("namespace");
  mustMay(call, "batches.create", { namespace });
  return namespace;
}

async function checkObject(
  { access: { at } }: OrgCall,
  object: ObjectType,
  namespace: Namespace | null,
  { keys }: BatchRequest,
  { access }: Sight,
): Promise<void> {
  if (keyFields(object).length === 0) {
    throw inputError(
      "no-key",
      "/object",
      sentence`The records of "${object.name}" have no key that could be kept.`,
      sentence`Export them by a filter, or name a key in the configuration.`,
    );
  }
  if (keys !== undefined && !isKnownKey(object, access)) {
    throw inputError(
      "key-not-readable",
      "/keys",
      sentence`The keys of these records are not shown to you.`,
      sentence`Use a filter.`,
    );
  }
  const isMandatory = object.roles?.namespace !== undefined && namespace === null;
  if (isMandatory && (await listNamespaces(at)).length > 0) {
    throw inputError(
      "namespace-missing",
      "/namespace",
      sentence`Records of "${object.name}" belong to namespaces.`,
      sentence`Name the one that the batch is for.`,
    );
  }
}

function nothingSelected(pointer: string, detail: Sentence): Error {
  return inputError("nothing-selected", pointer, detail, sentence`Choose at least one record.`);
}

function tooManyKeys(pointer: string, what: Sentence, most: number): Error {
  const detail = sentence`${what} more than ${most} records, the most that a batch can have.`;
  return inputError("too-many-keys", pointer, detail, sentence`Split it into several batches.`);
}
