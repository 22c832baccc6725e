// The words of mails about exports: what each language has to say.
import type { Language } from "../lib/language.ts";
import type { Forms } from "../mail/shown.ts";
import { ENGLISH } from "./english.ts";
import { FRENCH } from "./french.ts";

/** One mail's own words. Names come quoted, numbers and dates as the reader writes them. */
interface Said {
  readonly subject: string;
  /** What it is about, in a sentence. */
  readonly lead: string;
  readonly after: string;
  /** Why one gets it. */
  readonly foot: string;
}

export interface Words {
  readonly greeting: (name: string) => string;
  readonly quoted: (name: string) => string;
  readonly records: Forms;
  readonly files: Forms;
  readonly problems: Forms;
  /** Names of facts. */
  readonly object: string;
  readonly contents: string;
  readonly size: string;
  readonly problemsName: string;
  readonly created: string;
  readonly expires: string;
  readonly reason: string;
  readonly hint: string;
  readonly purpose: string;
  readonly noPurpose: string;
  readonly requestedBy: string;
  readonly decidedBy: string;
  readonly comment: string;
  readonly org: string;
  readonly exportName: string;
  readonly failedAt: string;
  readonly code: string;
  readonly attempt: string;
  readonly worker: string;
  /** How many problems, and where they are told of. */
  readonly seeProblems: (count: string) => string;
  /** Names of actions. */
  readonly open: string;
  readonly download: string;
  readonly decide: string;
  /** The mails. */
  readonly ready: (name: string, problems: string | null) => Said;
  readonly failed: (name: string, operatorKnows: boolean) => Said;
  readonly expiring: (name: string, day: string) => Said;
  readonly shared: (name: string, by: string) => Said;
  readonly approvalWanted: (name: string, by: string) => Said;
  readonly approved: (name: string) => Said;
  readonly refused: (name: string) => Said;
  readonly operator: (name: string, org: string) => Said;
}

export const WORDS: Readonly<Record<Language, Words>> = { en: ENGLISH, fr: FRENCH };
