// Forms: case files that applicants submit to public services, and what is asked, said and decided about them.
import { flag, json, numbered, type Insert, type Row } from "./insert.ts";
import { people, person, type Person } from "./people.ts";
import type { Random } from "./random.ts";
import { remark } from "./remarks.ts";
import { date, DAY, HOUR, instant, seconds, YEAR } from "./times.ts";

const CASE_FILES = 8_000;
const FROM = seconds("2022-01-03");

const PROCEDURES = [
  { title: "Bourse de recherche doctorale", service: "Région Grand Est", opened: "2021-11-02" },
  { title: "Aide à la cantine scolaire", service: "Ville de Saint-Étienne", opened: "2022-01-03" },
  { title: "Autorisation d’occupation du domaine public", service: "Préfecture du Finistère", opened: "2022-02-14" },
  { title: "Prime « rénovation énergétique »", service: "Métropole de Lyon", opened: "2022-04-01" },
  { title: "Agrément d’une association", service: "Préfecture de La Réunion", opened: "2022-06-20" },
] as const;
const STATES = [
  ["en_construction", 15],
  ["en_instruction", 20],
  ["accepte", 45],
  ["refuse", 12],
  ["sans_suite", 8],
] as const;
const REASONS = {
  accepte: ["Dossier complet", "Avis favorable de la commission du 12 mars"],
  refuse: ["Ressources supérieures au plafond", 'Pièce manquante : "justificatif de domicile"\nRelance sans réponse'],
  sans_suite: ["Doublon", "Retrait à la demande de l’usager"],
} as const;
const TOWNS = [
  { name: "Saint-Étienne", code: "42218" },
  { name: "L’Haÿ-les-Roses", code: "94038" },
  { name: "Ajaccio", code: "2A004" },
  { name: "Bourg-en-Bresse", code: "01053" },
  { name: "Saint-Denis (La Réunion)", code: "97411" },
] as const;

interface CaseFile {
  readonly number: number;
  readonly applicant: Person;
  readonly submitted: number;
}

/** Fills `procedures`, `case_files`, `case_file_children`, `opinions` and `messages`. */
export function fillForms(insert: Insert, random: Random): void {
  const staff = people(random, 20);
  const caseFiles = Array.from({ length: CASE_FILES }, (_, n): CaseFile => {
    const submitted = Math.floor(FROM + ((n + random.next()) * 3 * YEAR) / CASE_FILES);
    return { number: 100_001 + n * 3, applicant: person(random), submitted };
  });
  insert(
    "procedures",
    PROCEDURES.map(({ title, service, opened }, n) => ({ id: n + 1, title, service, opened_on: opened })),
  );
  insert(
    "case_files",
    caseFiles.map((caseFile) => caseFileRow(random, caseFile, staff)),
  );
  insert("case_file_children", numbered(caseFiles.flatMap((caseFile) => children(random, caseFile))));
  insert("opinions", numbered(caseFiles.flatMap((caseFile) => opinions(random, caseFile, staff))));
  insert("messages", numbered(caseFiles.flatMap((caseFile) => messages(random, caseFile, staff))));
}

function caseFileRow(random: Random, { number, applicant, submitted }: CaseFile, staff: readonly Person[]): Row {
  const state = random.weighted(STATES);
  const received = state === "en_construction" ? null : submitted + random.integer(HOUR, 12 * DAY);
  const decision =
    state === "en_construction" || state === "en_instruction" || received === null
      ? null
      : {
          at: received + random.integer(DAY, 80 * DAY),
          reason: random.pick(REASONS[state]),
          by: random.pick(staff).email,
        };
  return {
    number,
    procedure_id: random.integer(1, PROCEDURES.length),
    state,
    created_at: instant(submitted - random.integer(300, 9 * DAY)),
    // Jobs of the application touch many at once: equal times are common.
    updated_at: instant(Math.ceil((decision?.at ?? received ?? submitted) / DAY) * DAY),
    submitted_at: instant(submitted),
    received_at: received === null ? null : instant(received),
    decided_at: decision === null ? null : instant(decision.at),
    archived: flag(decision !== null && random.chance(0.3)),
    applicant_email: applicant.email,
    applicant_first_name: applicant.first,
    applicant_last_name: applicant.last,
    decision_reason: decision?.reason ?? null,
    decided_by: decision?.by ?? null,
    answers: json({
      commune: random.pick(TOWNS),
      revenu: random.chance(0.9) ? random.decimal(0, 64_000, 2) : null,
      situation: random.pick(["célibataire", "marié(e)", "pacsé(e)", "veuf/veuve"]),
      aides: random.chance(0.3) ? ["APL", "prime d’activité"] : [],
      observations: remark(random),
    }),
  };
}

/** The rows of a repeated block: the applicant's children. */
function children(random: Random, { number, applicant, submitted }: CaseFile): Row[] {
  if (random.chance(0.8)) return [];
  return Array.from({ length: random.integer(1, 3) }, (_, n) => ({
    case_file_no: number,
    position: n + 1,
    first_name: person(random).first,
    born_on: date(submitted - random.integer(3 * YEAR, 17 * YEAR)),
    school: random.chance(0.8) ? `École ${applicant.last}` : null,
  }));
}

function opinions(random: Random, { number, submitted }: CaseFile, staff: readonly Person[]): Row[] {
  if (random.chance(0.85)) return [];
  return Array.from({ length: random.integer(1, 2) }, () => {
    const asked = submitted + random.integer(DAY, 20 * DAY);
    const answered = random.chance(0.7);
    return {
      case_file_no: number,
      expert_email: random.pick(staff).email,
      question: "Le projet est-il conforme au règlement ?",
      answer: answered
        ? random.pick(["Favorable", "Défavorable", "Favorable, sous réserve :\n- du budget\n- du calendrier"])
        : null,
      asked_at: instant(asked),
      answered_at: answered ? instant(asked + random.integer(HOUR, 15 * DAY)) : null,
    };
  });
}

function messages(random: Random, { number, applicant, submitted }: CaseFile, staff: readonly Person[]): Row[] {
  if (random.chance(0.8)) return [];
  return Array.from({ length: random.integer(1, 3) }, (_, n) => ({
    case_file_no: number,
    author_email: n % 2 === 0 ? random.pick(staff).email : applicant.email,
    body: n % 2 === 0 ? "Bonjour,\n\nIl manque une pièce à votre dossier.\n\nCordialement" : "La voici, merci 🙏",
    sent_at: instant(submitted + n * DAY + random.integer(HOUR, DAY)),
  }));
}
