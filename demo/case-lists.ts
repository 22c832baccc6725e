// What belongs to a case file: the applicant's children, the opinions asked for, and the messages.
import { flag, type Row } from "./insert.ts";
import { person, type Person } from "./people.ts";
import { ANSWERS, FROM_APPLICANTS, FROM_STAFF, QUESTIONS } from "./public-service.ts";
import type { Random } from "./random.ts";
import { date, DAY, HOUR, instant, preciseInstant, YEAR } from "./times.ts";

/** The place of the school canteen among the procedures. */
const ABOUT_CHILDREN = 2;
// oxfmt-ignore
const OPINIONS_OF_A_CASE = [[0, 42], [1, 33], [2, 18], [3, 7]] as const;
// oxfmt-ignore
const MESSAGES_OF_A_CASE = [[0, 30], [1, 25], [2, 20], [3, 15], [4, 10]] as const;

/** What the lists of a case file need to know of it. Times are in seconds since 1970. */
export interface CaseFile {
  readonly number: number;
  /** From 1 on. */
  readonly procedure: number;
  readonly applicant: Person;
  readonly submitted: number;
  /** Null as long as the applicant is still at it. */
  readonly received: number | null;
}

/** The rows of a repeated block: the applicant's children, where the form asks for them. */
export function children(random: Random, { number, procedure, applicant, submitted }: CaseFile): Row[] {
  if (procedure !== ABOUT_CHILDREN || random.chance(0.05)) return [];
  return Array.from({ length: random.integer(1, 3) }, (_, n) => ({
    case_file_no: number,
    position: n + 1,
    first_name: person(random).first,
    born_on: date(submitted - random.integer(3 * YEAR, 17 * YEAR)),
    school: random.chance(0.8) ? `École ${applicant.last}` : null,
  }));
}

/** The opinions that the office asked for. */
export function opinions(random: Random, { number, received }: CaseFile, staff: readonly Person[]): Row[] {
  if (received === null) return [];
  return Array.from({ length: random.weighted(OPINIONS_OF_A_CASE) }, () => {
    const asked = received + random.integer(DAY, 20 * DAY);
    const answer = random.chance(0.7) ? random.pick(ANSWERS) : null;
    return {
      case_file_no: number,
      expert_email: random.pick(staff).email,
      question: random.pick(QUESTIONS),
      answer: answer?.text ?? null,
      favourable: answer === null || answer.favourable === null ? null : flag(answer.favourable),
      asked_at: instant(asked),
      answered_at: answer === null ? null : instant(asked + random.integer(HOUR, 15 * DAY)),
    };
  });
}

/** The office and the applicant take turns. */
export function messages(random: Random, { number, applicant, submitted }: CaseFile, staff: readonly Person[]): Row[] {
  return Array.from({ length: random.weighted(MESSAGES_OF_A_CASE) }, (_, n) => ({
    case_file_no: number,
    author_email: n % 2 === 0 ? random.pick(staff).email : applicant.email,
    body: random.pick(n % 2 === 0 ? FROM_STAFF : FROM_APPLICANTS),
    sent_at: preciseInstant(submitted + n * DAY + random.integer(HOUR, DAY), random.integer(0, 999)),
  }));
}
