// The fields of an object type that play a part: what names a record, when it changed, its state, and candidates for more.
import type { Field, ObjectType } from "../catalog/types.ts";
import type { TableSample } from "./sample.ts";
import { hasWords, plainName } from "./words.ts";

export interface FoundRoles {
  readonly title: string | null;
  readonly created: string | null;
  readonly updated: string | null;
  readonly state: string | null;
  /** For the author to decide: the field, and why. */
  readonly owner: Candidate | null;
  readonly namespace: Candidate | null;
  readonly range: Candidate | null;
}

export interface Candidate {
  readonly field: string;
  readonly why: string;
}

/** Best first. */
const TITLES = words(`name title label display_name full_name designation libelle nom titre intitule bezeichnung nombre
  reference ref code number slug puid identifier subject username objet filename file_name original_filename key`);
const CREATED = words(`created_at created_on created create_time create_date date_created creation_date creation_time
  inserted_at inserted_on insert_date date_creation cree_le created_date ctime`);
const UPDATED = words(`updated_at updated_on updated last_updated last_updated_at update_time update_date modified_at
  modified_on modified last_modified last_modified_at date_modified date_updated changed_at changed_on changed mtime
  write_date date_modification modifie_le date_maj date_mise_a_jour mis_a_jour_le updated_date modified_date
  modification_date`);
const NAMESPACES = words(`tenant organization organisation org workspace team group project study company department
  institution laboratory lab unit collection programme program site account`);

function words(text: string): readonly string[] {
  return text.split(/\s+/);
}

const STATES = /status|state|statut|etat|stage|phase|workflow_state|aasm_state|zustand|estado/;
/** `exit_state` yes, `state_province` or `state_changed_at` no. */
const NO_STATES = /at|on|date|id|by|changed|province|message|reason|text|comment|country|address|code_postal/;

/** How many codes a state may have. */
const MOST_STATES = 20;
const LONGEST_CODE = 40;

/** @param sample null when there is none: only what names and types say is found then. */
export function rolesOf(object: ObjectType, sample: TableSample | null, personal: ReadonlySet<string>): FoundRoles {
  const isMoment = ({ type }: Field): boolean => ["datetime", "instant", "date"].includes(type);
  const updated = byName(object.fields, UPDATED, isMoment);
  return {
    title: titleOf(object, sample),
    created: byName(object.fields, CREATED, isMoment),
    updated,
    state: stateOf(object, sample),
    owner: ownerOf(object, personal),
    namespace: namespaceOf(object),
    range: rangeOf(object, sample, updated),
  };
}

function byName(fields: readonly Field[], names: readonly string[], suits: (field: Field) => boolean): string | null {
  const found = fields
    .map((field) => ({ field, rank: names.indexOf(plainName(field.name)) }))
    .filter(({ field, rank }) => rank >= 0 && suits(field))
    .toSorted((a, b) => a.rank - b.rank)[0];
  return found?.field.name ?? null;
}

/** A text that is never missing and tells records apart; by name first, else the only one that ends in `_name`. */
function titleOf({ fields, key, name }: ObjectType, sample: TableSample | null): string | null {
  const suits = ({ name: field, type, nullable }: Field): boolean => {
    if (type !== "text") return false;
    const column = sample?.columns.get(field);
    if (sample === null || column === undefined || sample.rows === 0) return !nullable;
    const isDistinct = column.values.size >= column.filled * 0.8;
    return column.missing === 0 && isDistinct && column.longest <= 250;
  };
  const own = plainName(name).replace(/ies$/, "y").replace(/s$/, "");
  const names = [`${own}_name`, `${own}_title`, `${own}_code`];
  const found = byName(fields, [...TITLES.slice(0, 3), ...names, ...TITLES.slice(3)], suits);
  return found !== null && key.length === 1 && key[0] === found ? null : found;
}

/** Few short codes that come again. */
function stateOf({ fields }: ObjectType, sample: TableSample | null): string | null {
  if (sample === null || sample.rows === 0) return null;
  const candidates = fields.filter(({ name, type }) => {
    const plain = plainName(name);
    const fits = type === "text" || type === "integer";
    return fits && hasWords(plain, STATES) && !hasWords(plain, NO_STATES) && hasCodes(name, sample);
  });
  const exact = (field: Field): number => (/^(?:status|state|statut|etat)$/.test(plainName(field.name)) ? 0 : 1);
  return candidates.toSorted((a, b) => exact(a) - exact(b))[0]?.name ?? null;
}

/** Whether a field's values in the sample are few codes that come again. */
function hasCodes(name: string, sample: TableSample): boolean {
  const column = sample.columns.get(name);
  if (column === undefined || column.values.size === 0 || column.values.size > MOST_STATES) return false;
  const repeats = column.filled >= column.values.size * 2 || column.values.size <= 3;
  return repeats && [...column.values.keys()].every(isCode);
}

function isCode(value: string): boolean {
  return value !== "" && value.length <= LONGEST_CODE && !/[@\p{Cc}]/u.test(value);
}

const OWNERS =
  /owner|owner_(?:email|id)|created_by|creator|author|started_by|submitted_by|requested_by|user_email|author_email|investigator|responsible|referent|referent_email|assignee|assigned_to/;
const PEOPLE = /users?|accounts?|people|persons?|members?|staff|employees?|utilisateurs?|agents?/;

const OWNER = "if a record belongs to this person";

function ownerOf(object: ObjectType, personal: ReadonlySet<string>): Candidate | null {
  // A table of people belongs to none of them.
  if (hasWords(plainName(object.name), PEOPLE) && object.key.length === 1) return null;
  const toPerson = new Map(
    object.references
      .filter((it) => it.by.length === 1 && hasWords(plainName(it.object), PEOPLE))
      .map((it) => [it.by[0]!.from, it.object]),
  );
  const candidates = object.fields.filter(({ name }) => {
    const plain = plainName(name);
    return toPerson.has(name) || hasWords(plain, OWNERS) || (personal.has(name) && /mail/.test(plain));
  });
  const rank = ({ name }: Field): number => (hasWords(plainName(name), OWNERS) ? 0 : toPerson.has(name) ? 1 : 2);
  const best = candidates.toSorted((a, b) => rank(a) - rank(b))[0];
  if (best === undefined) return null;
  const person = toPerson.get(best.name);
  return { field: best.name, why: person === undefined ? OWNER : `${OWNER}, one of ${person}` };
}

function namespaceOf(object: ObjectType): Candidate | null {
  const ranked = object.fields
    .map((field) => {
      const [, stem = ""] = /^(.+)_(?:id|uuid|uid|key|no|code)$/.exec(plainName(field.name)) ?? [];
      return { field: field.name, rank: NAMESPACES.indexOf(stem) };
    })
    .filter(({ rank }) => rank >= 0)
    .toSorted((a, b) => a.rank - b.rank);
  const best = ranked[0];
  if (best === undefined) return null;
  const target = object.references.find((it) => it.by.length === 1 && it.by[0]!.from === best.field)?.object;
  const why = target === undefined ? "if rights are given by it" : `if rights are given by ${target}`;
  return { field: best.field, why };
}

/** A day or a moment that is never missing: one that is about the thing itself, not about its record. */
function rangeOf(object: ObjectType, sample: TableSample | null, updated: string | null): Candidate | null {
  const candidates = object.fields.filter(({ name, type, nullable }) => {
    if (!["date", "datetime", "instant"].includes(type) || name === updated) return false;
    const plain = plainName(name);
    if (/(?:^|_)(?:expir|delete|trash|archiv|birth|born|naissance|due|end|valid)/.test(plain)) return false;
    const column = sample?.columns.get(name);
    return !nullable || (column !== undefined && column.filled > 0 && column.missing === 0);
  });
  const best = candidates.find(({ name }) => !/creat|insert|import/.test(plainName(name)));
  return best === undefined ? null : { field: best.name, why: "makes it a realm: exports by a range of dates" };
}
