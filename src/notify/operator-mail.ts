// What the operator is told about an export that failed: everything that helps to mend it, and nothing of the data.
import type { Language } from "../lib/language.ts";
import type { Message } from "../mail/mailer.ts";
import { shownNumber } from "../mail/shown.ts";
import type { OperatorFacts } from "./facts.ts";
import { exportMail, exportNamed, fact, moment, named } from "./frame.ts";
import { WORDS } from "./words.ts";

export function operatorMail(facts: OperatorFacts, language: Language): Message {
  const words = WORDS[language];
  const { org, orgCode, person, stack } = facts;
  return exportMail("operator", language, facts, {
    ...words.operator(exportNamed(language, facts), named(org)),
    facts: [
      ...fact(words.reason, facts.reason),
      ...fact(words.hint, facts.hint),
      ...fact(words.code, facts.code),
      ...fact(words.org, `${named(org)} (${orgCode})`),
      ...fact(words.exportName, facts.export),
      ...fact(words.object, facts.object),
      ...fact(words.requestedBy, `${named(person.name)} (${named(person.email)}, ${person.id})`),
      ...fact(words.created, moment(language, facts.created, facts)),
      ...fact(words.failedAt, moment(language, facts.failedAt, facts)),
      ...fact(words.attempt, shownNumber(language, facts.attempt)),
      ...fact(words.worker, facts.worker),
    ],
    actions: [{ name: words.open, link: facts.page }],
    ...(stack === null ? {} : { code: stack }),
  });
}
