// Data about people, recognised by names and by the looks of values. It is only ever pointed out, never decided.
import type { Field } from "../catalog/types.ts";
import type { ColumnSample } from "./sample.ts";
import { hasWords, plainName } from "./words.ts";

/** Something that the author of a configuration should decide. */
export interface PersonalData {
  readonly what: string;
  /** The rules that suit it, as they are written. */
  readonly rules: string;
}

interface Kind extends PersonalData {
  readonly names: RegExp;
  /** Names that only look like it. */
  readonly not?: RegExp;
  /** Most values look like this. */
  readonly values?: RegExp;
  /** Suspected only where there is something else about people. */
  readonly amongPeople?: true;
  readonly types?: readonly Field["type"][];
}

const TEXT: readonly Field["type"][] = ["text", "any"];

// oxfmt-ignore
const KINDS: readonly Kind[] = [
  { what: "e-mail", rules: "hash | drop", types: TEXT,
    names: /e_?mails?|mails?|courriels?|correo/, not: /has|is|count|sent|template|status|verified|confirmed|type/, values: /^[^@\s]+@[^@\s]+\.[a-z]{2,}$/i },
  { what: "IP address", rules: "hash | drop", types: TEXT,
    names: /ip|ip_?addr(?:ess)?|remote_addr(?:ess)?|client_ip|user_agent/, values: /^(?:\d{1,3}\.){3}\d{1,3}(?:\/32)?$|^(?:[\da-f]{1,4}:){7}[\da-f]{1,4}$/i },
  { what: "birth date or age", rules: "year | { rule: shift, days: 30, subject: … } | drop",
    names: /birth|birth_?(?:day|date)|birthdate|birthday|date_of_birth|dob|born|naissance|geburts\w*|nacimiento|age/, not: /rate|place_id|page/ },
  { what: "national or personal number", rules: "hash | drop", types: [...TEXT, "integer", "decimal"],
    names: /ssn|nir|insee|social_security|nhs|national_(?:id|no|number)|passport|identity_(?:card|no|number)|tax_(?:id|no|number)|iban|patient_(?:id|no|nr|number|code)|ipp|driving_licen[cs]e|licen[cs]e_(?:no|number)|card_number|orcid/ },
  { what: "phone", rules: "drop | { rule: truncate, length: 6 }", types: [...TEXT, "integer"],
    names: /phone|telephone|tel|mobile|cell|fax|gsm|telefon|telefono|portable/, not: /count|type|verified/, values: /^\+\d[\d ().-]{7,18}$|^0\d(?:[ .-]?\d\d){4}$/ },
  { what: "postal code", rules: "{ rule: truncate, length: 2 } | drop", types: [...TEXT, "integer"],
    names: /post(?:al)?_?code|zip(?:_?code)?|code_postal|plz|cp/ },
  { what: "address", rules: "drop", types: TEXT,
    names: /address(?:es)?|address\d?|addr|adresse|street|rue|strasse|house_(?:no|number)|direccion/, not: /ip|mac|web|url|memory|e_?mail/ },
  { what: "name of a person", rules: "hash | drop", types: TEXT,
    names: /first_?names?|last_?names?|given_?names?|family_?names?|sur_?names?|full_?names?|middle_names?|maiden_names?|nick_?name|prenoms?|nom_(?:de_famille|usage|naissance|complet)|vorname|nachname|apellidos?|user_?name|login|(?:patient|contact|customer|client|employee|person|owner|author|applicant|doctor|student|member|recipient|sender|operator)_names?|authors?|(?:created|updated|modified|started|decided|approved|signed|reviewed|collected|assigned)_(?:by|to)|operators?|investigators?/ },
  { what: "name of a person", rules: "hash | drop", types: TEXT, amongPeople: true, names: /name|nom|names?|initials|title/, not: /\w+_name|file/ },
  { what: "sensitive", rules: "drop | hash", amongPeople: true,
    names: /gender|sex|sexe|ethnicity|ethnic|race|religion|nationality|nationalite|diagnos[ei]s|disability|blood_type|health|marital_status|salary|income|religious/ },
  { what: "free text, perhaps about people", rules: "drop", types: TEXT, amongPeople: true,
    names: /notes?|comments?|remarks?|observations?|commentaires?|remarques?|message|body|bio|biography|description|decision_reason|motivation/ },
];

/** Tables whose records are people, or say something about one. */
const PEOPLE =
  /users?|people|persons?|patients?|employees?|customers?|clients?|contacts?|members?|students?|applicants?|accounts?|authors?|staff|doctors?|participants?|subjects?|donors?|visitors?|subscribers?|leads?|teachers?|children|guests?|utilisateurs?|personnes?|agents?|adherents?|eleves?/;

/** Whether the records of a table are people by its name. */
function isAboutPeople(table: string): boolean {
  return hasWords(plainName(table), PEOPLE);
}

/**
 * What of a table may be data about people, by field.
 * @param samples none for a field when nothing was sampled
 */
export function personalData(
  table: string,
  fields: readonly Field[],
  samples: ReadonlyMap<string, ColumnSample> | null,
): ReadonlyMap<string, PersonalData> {
  const found = new Map<string, PersonalData>();
  for (const field of fields) {
    const kind = KINDS.find((it) => it.amongPeople !== true && suits(it, field, samples?.get(field.name)));
    if (kind !== undefined) found.set(field.name, kind);
  }
  if (!isAboutPeople(table) && found.size === 0) return found;
  // A measurement with an operator is not about people: more is looked for only where records are.
  const isPeople = isAboutPeople(table) || [...found.values()].some(({ what }) => what !== "IP address");
  for (const field of fields) {
    if (found.has(field.name) || !isPeople) continue;
    const kind = KINDS.find((it) => it.amongPeople === true && suits(it, field, samples?.get(field.name)));
    const needsTable = kind?.what === "name of a person";
    if (kind !== undefined && (!needsTable || isAboutPeople(table))) found.set(field.name, kind);
  }
  return found;
}

/** What a name alone, as a key of JSON has, suggests. */
export function personalName(name: string): PersonalData | null {
  const plain = plainName(name);
  const kind = KINDS.find((it) => it.amongPeople !== true && suitsName(it, plain));
  return kind ?? null;
}

function suits(kind: Kind, field: Field, sample: ColumnSample | undefined): boolean {
  if (kind.types?.includes(field.type) === false) return false;
  if (kind.what === "IP address" && field.native === "inet") return true;
  if (field.type === "boolean" || field.type === "binary") return false;
  return suitsName(kind, plainName(field.name)) || (kind.values !== undefined && looksLike(kind.values, sample));
}

function suitsName({ names, not }: Kind, plain: string): boolean {
  return hasWords(plain, names) && (not === undefined || !hasWords(plain, not));
}

function looksLike(pattern: RegExp, sample: ColumnSample | undefined): boolean {
  if (sample === undefined || sample.values.size === 0) return false;
  const values = [...sample.values.keys()];
  return values.filter((it) => pattern.test(it)).length / values.length > 0.6;
}

const SECRET =
  /(?:\w+_)?passwords?(?:_(?:hash|digest|salt))?|passwd|pwd|password_\w+|mot_de_passe|secret(?:_key)?|\w+_secret|api_?key|private_key|(?:access|refresh|reset|auth|api|confirmation|remember|session|invitation|unlock|reset_password)_token(?:_\w+)?|token_(?:hash|digest)|otp_\w+|encrypted_\w+/;

/** Whether a field holds what lets people in: nobody should export it. */
export function isSecret(field: Field): boolean {
  const isText = field.type === "text" || field.type === "binary" || field.type === "any" || field.type === "array";
  return isText && new RegExp(`^(?:${SECRET.source})$`).test(plainName(field.name));
}
