// Object types as facts for callers: what there is to see, to filter and to sort by, as the caller may.
import type { DeidentifyRule, Field, FieldType, ObjectType, Reference } from "../catalog/types.ts";
import { pageOfGiven } from "../control/lists/given.ts";
import { OBJECTS } from "../control/lists/lists.ts";
import { isOnOffer } from "../plan/choose.ts";
import { isKnownKey } from "../plan/keys.ts";
import { fieldOfColumn } from "../plan/scope.ts";
import { objectAsked } from "../plan/selection.ts";
import { OPERATORS, SUITED } from "../query/operators.ts";
import { answer, type ListAnswer, type ListQuery } from "./lists.ts";
import { mustMay, type OrgCall, type Sight, sightOf } from "./org-call.ts";
import { filesOf, followed, listsOf } from "./records/links.ts";

/** A field as its readers know it. */
export interface FieldFacts {
  readonly name: string;
  /** Stays when the field is renamed. */
  readonly id: string | null;
  readonly label: string | null;
  readonly documentation: string | null;
  readonly type: FieldType;
  readonly element: FieldType | null;
  /** The type's name in the database. */
  readonly native: string | null;
  readonly unit: string | null;
  /** Left out unless it is asked for. */
  readonly optional: boolean;
  readonly nullable: boolean;
  /** By the codes that the field, or the column that it shows, holds. */
  readonly labels: Readonly<Record<string, string>> | null;
  /** The rule under which the caller has it. */
  readonly deidentified: DeidentifyRule["rule"] | null;
  /** How it is de-identified for whoever has less than a role, or for everybody; null where nobody has it so. */
  readonly deidentify: { readonly below: string | null; readonly rule: DeidentifyRule["rule"] } | null;
  /** Whether the caller may filter by it, and sort where its type has an order. */
  readonly readable: boolean;
  readonly sortable: boolean;
  readonly operators: readonly string[];
}

export interface LinkFacts {
  readonly name: string;
  readonly object: string;
}

export interface ReferenceFacts extends LinkFacts {
  /** The fields that say which record it is, as far as the caller has them. */
  readonly fields: readonly string[];
}

export interface ObjectSummary {
  readonly name: string;
  readonly label: string | null;
  readonly documentation: string | null;
  readonly kind: ObjectType["kind"];
  /** The fields that identify a record; empty where there are none, or the caller may not know them. */
  readonly key: readonly string[];
  /** The field that names a record. */
  readonly title: string | null;
  readonly state: string | null;
  readonly updated: string | null;
  readonly source: string | null;
  /** What makes it a realm: exports of it are asked for by dates. */
  readonly range: ObjectType["range"] | null;
  /** Whether its records belong to namespaces. */
  readonly namespaced: boolean;
  /** About how many records there are; null where that is not known, or not all of them are the caller's to see. */
  readonly estimatedRows: number | null;
}

export interface ObjectFacts extends ObjectSummary {
  readonly fields: readonly FieldFacts[];
  readonly references: readonly ReferenceFacts[];
  readonly lists: readonly LinkFacts[];
  readonly files: readonly LinkFacts[];
}

/** The object types that the caller may ask for. @throws failure `forbidden`, or of a source */
export async function objectTypes(call: OrgCall): Promise<readonly ObjectSummary[]> {
  const sight = await seenObjects(call);
  const all = [...sight.catalog.objects.values()];
  return all.filter(({ kind, fields }) => kind !== "elements" && fields.length > 0).map((it) => summaryOf(it, sight));
}

/** A page of them. @throws usageError naming the place; failure `forbidden`, or of a source */
export async function listObjectTypes(call: OrgCall, query: ListQuery = {}): Promise<ListAnswer<ObjectSummary>> {
  const all = await objectTypes(call);
  return answer(call, OBJECTS, query, null, (page) => pageOfGiven(call.access.at, all, OBJECTS, page));
}

/** @throws usageError `unknown-object`; failure `forbidden`, or of a source */
export async function objectType(call: OrgCall, name: string): Promise<ObjectFacts> {
  const sight = await seenObjects(call);
  return factsOf(objectAsked(name, sight.catalog, "/object"), sight);
}

/**
 * A page of the realms: object types that exports are asked for by dates, with their fields. One whose dates the caller
 * may not filter by is none for them.
 * @throws usageError naming the place; failure `forbidden`, or of a source
 */
export async function listRealms(call: OrgCall, query: ListQuery = {}): Promise<ListAnswer<ObjectFacts>> {
  const sight = await seenObjects(call);
  const all = [...sight.catalog.objects.values()].filter((it) => isRealm(it, sight)).map((it) => summaryOf(it, sight));
  const { data, next } = await answer(call, OBJECTS, query, "realms", (page) =>
    pageOfGiven(call.access.at, all, OBJECTS, page),
  );
  return { data: data.map(({ name }) => factsOf(sight.catalog.objects.get(name)!, sight)), next };
}

function isRealm(object: ObjectType, { access }: Sight): boolean {
  const field = object.fields.find((it) => it.name === object.range?.field);
  return field !== undefined && access.mayRead(object, field);
}

function factsOf(object: ObjectType, sight: Sight): ObjectFacts {
  const { catalog, access } = sight;
  const shown = object.fields.filter((it) => it.hidden !== true && isOnOffer(access, object, it));
  const from = { object, catalog, access };
  const linkOf = ({ link }: { readonly link: LinkFacts }): LinkFacts => ({ name: link.name, object: link.object });
  return {
    ...summaryOf(object, sight),
    fields: shown.map((field) => fieldFacts(field, object, sight)),
    references: followed<Reference>(from, object.references).map((it) => {
      const fields = it.link.by.map((by) => fieldOfColumn(object, by.from));
      return { ...linkOf(it), fields: fields.filter((field) => shown.includes(field)).map(({ name }) => name) };
    }),
    lists: listsOf(from).map(linkOf),
    files: filesOf(from).map(linkOf),
  };
}

function seenObjects(call: OrgCall): Promise<Sight> {
  mustMay(call, "objects.see");
  return sightOf(call);
}

function summaryOf(object: ObjectType, { access }: Sight): ObjectSummary {
  const { name, label, documentation, kind, key, roles = {}, source, range, estimatedRows } = object;
  const shown = (field: string | undefined): string | null => {
    const its = object.fields.find((it) => it.name === field && it.hidden !== true);
    return its !== undefined && isOnOffer(access, object, its) ? its.name : null;
  };
  return {
    name,
    label: label ?? null,
    documentation: documentation ?? null,
    kind,
    key: isKnownKey(object, access) ? key : [],
    title: shown(roles.title),
    state: shown(roles.state),
    updated: shown(roles.updated),
    source: source ?? null,
    range: range ?? null,
    namespaced: roles.namespace !== undefined,
    estimatedRows: access.policy(object) === null ? (estimatedRows ?? null) : null,
  };
}

const UNORDERED: ReadonlySet<FieldType> = new Set(["array", "json"]);

function fieldFacts(field: Field, object: ObjectType, { access }: Sight): FieldFacts {
  const { name, id, label, documentation, type, element, native, unit, optional, nullable, labels } = field;
  const readable = access.mayRead(object, field);
  const rule = readable ? null : (access.shownAs(object, field)?.rule ?? null);
  return {
    name,
    id: id ?? null,
    label: label ?? null,
    documentation: documentation ?? null,
    type,
    element: element ?? null,
    native: native === "" ? null : native,
    unit: unit ?? null,
    optional: optional === true,
    nullable,
    labels: labels ?? labelsOf(field, object),
    deidentified: rule,
    deidentify:
      field.deidentify === undefined ? null : { below: field.deidentify.below, rule: field.deidentify.rule.rule },
    readable,
    sortable: readable && (!UNORDERED.has(type) || field.keys !== undefined),
    // Records are asked for by code, not by label.
    operators: readable && labels === undefined ? OPERATORS.filter((it) => suits(it, type)) : [],
  };
}

/** Those of the codes that a column holds, which another field shows instead. */
function labelsOf({ column, keys }: Field, { fields }: ObjectType): FieldFacts["labels"] {
  if (keys !== undefined) return null;
  return fields.find((it) => it.column === column && it.labels !== undefined)?.labels ?? null;
}

function suits(operator: (typeof OPERATORS)[number], type: FieldType): boolean {
  return operator === "$exists" || operator === "$not" || SUITED[operator].includes(type);
}
