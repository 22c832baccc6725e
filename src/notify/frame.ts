// What all mails about exports have in common.
import type { Language } from "../lib/language.ts";
import { messageOf } from "../mail/layout.ts";
import type { Fact, Letter } from "../mail/letter.ts";
import type { Message } from "../mail/mailer.ts";
import { counted, shownMoment } from "../mail/shown.ts";
import { cleaned, shortened } from "../mail/text.ts";
import type { ExportFacts } from "./facts.ts";
import { WORDS } from "./words.ts";

/** Characters of names and labels, and of sentences that people or programs wrote. */
const NAME_MOST = 100;
const TEXT_MOST = 2000;

/** Somebody's or something's name, as a mail has it. */
export function named(text: string): string {
  return shortened(text, NAME_MOST);
}

/** What the reader knows an export by, in quotes: its label, or else its id. */
export function exportNamed(language: Language, { label, export: id }: ExportFacts): string {
  return WORDS[language].quoted(named(label !== null && cleaned(label) !== "" ? label : id));
}

/** A fact that is left out where there is nothing to say. */
export function fact(name: string, value: string | null): readonly Fact[] {
  const shown = value === null ? "" : shortened(value, TEXT_MOST);
  return shown === "" ? [] : [{ name, value: shown }];
}

/** How many records, and files where they were asked for. */
export function contents(language: Language, records: number | null, files: number | null): string | null {
  const words = WORDS[language];
  const counts = [
    ...(records === null ? [] : [counted(language, records, words.records)]),
    ...(files === null ? [] : [counted(language, files, words.files)]),
  ];
  return counts.length === 0 ? null : counts.join(", ");
}

/** When something was or will be, in the reader's zone. */
export function moment(language: Language, date: Date, { reader }: ExportFacts): string {
  return shownMoment(language, date, reader.timeZone);
}

/** @param kind of the mail: an event may have several, and a person may get more than one of them */
export function exportMail(
  kind: string,
  language: Language,
  facts: ExportFacts,
  said: Pick<Letter, "subject" | "lead" | "facts" | "actions" | "foot" | "code"> & { readonly after: string },
): Message {
  const name = named(facts.reader.name);
  return messageOf({
    ...said,
    id: `${facts.event}.${kind}`,
    language,
    head: named(facts.org),
    ...(name === "" ? {} : { greeting: WORDS[language].greeting(name) }),
    after: [said.after],
  });
}
