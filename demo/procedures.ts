// Public services: case files that applicants submit, and what is asked, said and decided about them.
import { type CaseFile, children, messages, opinions } from "./case-lists.ts";
import { flag, type Insert, json, numbered, type Row } from "./insert.ts";
import { people, person, type Person } from "./people.ts";
import { OFFICE_NOTES, PROCEDURES, REASONS, TOWNS } from "./public-service.ts";
import type { Random } from "./random.ts";
import { remark } from "./remarks.ts";
import { DAY, HOUR, instant, seconds, YEAR } from "./times.ts";

const CASE_FILES = 8_000;
const FROM = seconds("2023-01-02");
// oxfmt-ignore
const STATES = [["en_construction", 15], ["en_instruction", 20], ["accepte", 45], ["refuse", 12], ["sans_suite", 8]] as const;

type State = (typeof STATES)[number][0];

/** A case file with the state it is in. */
interface Drawn extends CaseFile {
  readonly state: State;
}

/** Fills `procedures`, `case_files`, `case_file_children`, `opinions` and `messages`. */
export function fillProcedures(insert: Insert, random: Random): void {
  const staff = people(random, 20);
  const caseFiles = Array.from({ length: CASE_FILES }, (_, n) => draw(random, n));
  const ofEach = (rows: (caseFile: CaseFile) => Row[]): Iterable<Row> => caseFiles.flatMap(rows);
  insert(
    "procedures",
    numbered(PROCEDURES.map(({ title, service, opened }) => ({ title, service, opened_on: opened }))),
  );
  insert(
    "case_files",
    caseFiles.map((it) => caseFileRow(random, it, staff)),
  );
  insert(
    "case_file_children",
    ofEach((it) => children(random, it)),
  );
  insert("opinions", numbered(ofEach((it) => opinions(random, it, staff))));
  insert("messages", numbered(ofEach((it) => messages(random, it, staff))));
}

function draw(random: Random, n: number): Drawn {
  const state = random.weighted(STATES);
  const submitted = Math.floor(FROM + ((n + random.next()) * 3 * YEAR) / CASE_FILES);
  return {
    number: 100_001 + n * 3,
    procedure: random.integer(1, PROCEDURES.length),
    applicant: person(random),
    state,
    submitted,
    received: state === "en_construction" ? null : submitted + random.integer(HOUR, 12 * DAY),
  };
}

function caseFileRow(random: Random, caseFile: Drawn, staff: readonly Person[]): Row {
  const { number, procedure, applicant, state, submitted, received } = caseFile;
  const { most } = PROCEDURES[procedure - 1]!;
  const decision =
    state === "en_construction" || state === "en_instruction" || received === null
      ? null
      : {
          at: received + random.integer(DAY, 80 * DAY),
          reason: random.pick(REASONS[state]),
          by: random.pick(staff).email,
        };
  const requested = most === 0 ? null : random.decimal(most / 20, most, 2);
  const granted = requested === null || state !== "accepte" ? null : requested * random.pick([1, 1, 0.8, 0.5]);
  return {
    number,
    procedure_id: procedure,
    state,
    created_at: instant(submitted - random.integer(300, 9 * DAY)),
    // Jobs of the application touch many at once: equal times are common.
    updated_at: instant(Math.ceil((decision?.at ?? received ?? submitted) / DAY) * DAY),
    submitted_at: instant(submitted),
    received_at: received === null ? null : instant(received),
    decided_at: decision === null ? null : instant(decision.at),
    archived: flag(decision !== null && random.chance(0.3)),
    applicant_first_name: applicant.first,
    applicant_last_name: applicant.last,
    applicant_email: applicant.email,
    amount_requested: requested?.toFixed(2) ?? null,
    amount_granted: granted?.toFixed(2) ?? null,
    decision_reason: decision?.reason ?? null,
    decided_by: decision?.by ?? null,
    answers: json({
      commune: random.pick(TOWNS),
      revenu: random.chance(0.9) ? random.decimal(0, 64_000, 2) : null,
      situation: random.pick(["célibataire", "marié(e)", "pacsé(e)", "veuf/veuve"]),
      aides: random.chance(0.3) ? ["APL", "prime d’activité"] : [],
    }),
    comment: remark(random, OFFICE_NOTES),
  };
}
