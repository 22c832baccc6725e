// What people are told about their exports, and about those that were shared with them.
import type { Language } from "../lib/language.ts";
import type { Fact } from "../mail/letter.ts";
import type { Message } from "../mail/mailer.ts";
import { counted, shownDay, shownNumber, shownSize } from "../mail/shown.ts";
import type { ArchiveFacts, FailedFacts, SharedFacts } from "./facts.ts";
import { contents, exportMail, exportNamed, fact, moment, named } from "./frame.ts";
import { WORDS } from "./words.ts";

/** An archive can be downloaded. */
export function readyMail(facts: ArchiveFacts, language: Language): Message {
  const problems = problemsOf(facts, language);
  const said = WORDS[language].ready(exportNamed(language, facts), problems);
  return archiveMail("ready", facts, language, said);
}

/** An archive will be deleted soon. */
export function expiringMail(facts: ArchiveFacts, language: Language): Message {
  const day = shownDay(language, facts.expiresAt, facts.reader.timeZone);
  return archiveMail("expiring", facts, language, WORDS[language].expiring(exportNamed(language, facts), day));
}

/** A colleague may download an archive. */
export function sharedMail(facts: SharedFacts, language: Language): Message {
  const said = WORDS[language].shared(exportNamed(language, facts), named(facts.sharedBy));
  return archiveMail("shared", facts, language, said);
}

/** There will be no archive, and why. */
export function failedMail(facts: FailedFacts, language: Language): Message {
  const words = WORDS[language];
  return exportMail("failed", language, facts, {
    ...words.failed(exportNamed(language, facts), facts.operatorKnows),
    facts: [
      ...fact(words.reason, facts.reason),
      ...fact(words.hint, facts.hint),
      ...fact(words.object, facts.object),
      ...fact(words.created, moment(language, facts.created, facts)),
    ],
    actions: [{ name: words.open, link: facts.page }],
  });
}

function archiveMail(
  kind: string,
  facts: ArchiveFacts,
  language: Language,
  said: ReturnType<(typeof WORDS)[Language]["ready"]>,
): Message {
  const words = WORDS[language];
  return exportMail(kind, language, facts, {
    ...said,
    facts: factsOf(facts, language),
    actions: [
      { name: words.open, link: facts.page },
      { name: words.download, link: facts.download },
    ],
  });
}

function factsOf(facts: ArchiveFacts, language: Language): readonly Fact[] {
  const words = WORDS[language];
  const problems = problemsOf(facts, language);
  return [
    ...fact(words.object, facts.object),
    ...fact(words.contents, contents(language, facts.records, facts.files)),
    ...fact(words.size, shownSize(language, facts.bytes)),
    ...fact(words.problemsName, problems && words.seeProblems(shownNumber(language, facts.problems))),
    ...fact(words.created, moment(language, facts.created, facts)),
    ...fact(words.expires, moment(language, facts.expiresAt, facts)),
  ];
}

function problemsOf({ problems }: ArchiveFacts, language: Language): string | null {
  return problems === 0 ? null : counted(language, problems, WORDS[language].problems);
}
