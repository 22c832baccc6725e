// A second person's approval: asked for, and given or not.
import type { Language } from "../lib/language.ts";
import type { Message } from "../mail/mailer.ts";
import type { ApprovalDecidedFacts, ApprovalWantedFacts } from "./facts.ts";
import { contents, exportMail, exportNamed, fact, moment, named } from "./frame.ts";
import { WORDS } from "./words.ts";

/** To somebody who may approve an export. */
export function approvalWantedMail(facts: ApprovalWantedFacts, language: Language): Message {
  const words = WORDS[language];
  const { name, email } = facts.requestedBy;
  return exportMail("wanted", language, facts, {
    ...words.approvalWanted(exportNamed(language, facts), named(name)),
    facts: [
      ...fact(words.requestedBy, `${named(name)} (${named(email)})`),
      ...fact(words.purpose, facts.purpose ?? words.noPurpose),
      ...fact(words.object, facts.object),
      ...fact(words.contents, contents(language, facts.records, facts.files)),
      ...fact(words.created, moment(language, facts.created, facts)),
    ],
    actions: [{ name: words.decide, link: facts.page }],
  });
}

/** To whoever asked for the export. */
export function approvalDecidedMail(facts: ApprovalDecidedFacts, language: Language): Message {
  const words = WORDS[language];
  const name = exportNamed(language, facts);
  return exportMail("decided", language, facts, {
    ...(facts.isApproved ? words.approved(name) : words.refused(name)),
    facts: [
      ...fact(words.decidedBy, named(facts.decidedBy)),
      ...fact(words.comment, facts.comment),
      ...fact(words.object, facts.object),
      ...fact(words.created, moment(language, facts.created, facts)),
    ],
    actions: [{ name: words.open, link: facts.page }],
  });
}
