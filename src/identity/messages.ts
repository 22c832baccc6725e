// What Waybill writes to people about signing in, in English and in French.
import type { Language } from "../lib/language.ts";
import { messageOf } from "../mail/layout.ts";
import type { Message } from "../mail/mailer.ts";
import { shownMoment } from "../mail/shown.ts";
import { shortened } from "../mail/text.ts";

/** Names of people and orgs are text of others: so many characters of them at most. */
const NAME_MOST = 100;

/** A link that somebody asked for, or is invited by. */
interface LinkFacts {
  readonly link: string;
  readonly expiresAt: Date;
}

interface InvitationFacts extends LinkFacts {
  /** What people call the org. */
  readonly org: string;
  /** Who invites; null for the operator. */
  readonly by: string | null;
}

interface Words {
  readonly subject: string;
  readonly before: string;
  readonly action: string;
  readonly after: string;
}

const PASSWORD: Readonly<Record<Language, (until: string) => Words>> = {
  en: (until) => ({
    subject: "Choose a new password",
    before: "Somebody, hopefully you, asked for a new password for your Waybill account.",
    action: "Choose a new password",
    after: `The link works once, until ${until}. If it was not you, do nothing: your password stays as it is.`,
  }),
  fr: (until) => ({
    subject: "Choisir un nouveau mot de passe",
    before: "Quelqu’un, sans doute vous, a demandé un nouveau mot de passe pour votre compte Waybill.",
    action: "Choisir un nouveau mot de passe",
    after: `Le lien fonctionne une seule fois, jusqu’au ${until}. Si ce n’était pas vous, ne faites rien : votre mot de passe ne change pas.`,
  }),
};

const INVITATION: Readonly<Record<Language, (org: string, by: string | null, until: string) => Words>> = {
  en: (org, by, until) => ({
    subject: `Invitation to ${org}`,
    before: `${by ?? "The operator"} invites you to ${org} on Waybill, where its data can be exported.`,
    action: "Accept the invitation",
    after: `The link works once, until ${until}. If you do not know what this is about, do nothing.`,
  }),
  fr: (org, by, until) => ({
    subject: `Invitation à rejoindre ${org}`,
    before: `${by ?? "L’exploitant"} vous invite à rejoindre ${org} sur Waybill, pour en exporter les données.`,
    action: "Accepter l’invitation",
    after: `Le lien fonctionne une seule fois, jusqu’au ${until}. Si vous ne savez pas de quoi il s’agit, ne faites rien.`,
  }),
};

/** A link by which a password is chosen. */
export function passwordMessage(language: Language, { link, expiresAt }: LinkFacts): Message {
  return letter(language, "Waybill", PASSWORD[language](shown(expiresAt, language)), link);
}

export function invitationMessage(language: Language, { org, by, link, expiresAt }: InvitationFacts): Message {
  const [name, from] = [shortened(org, NAME_MOST), by && shortened(by, NAME_MOST)];
  return letter(language, name, INVITATION[language](name, from, shown(expiresAt, language)), link);
}

function letter(language: Language, head: string, { subject, before, action, after }: Words, link: string): Message {
  return messageOf({ language, subject, head, lead: before, actions: [{ name: action, link }], after: [after] });
}

/** In UTC, and saying so: nothing is known of the reader's clock. */
function shown(date: Date, language: Language): string {
  return shownMoment(language, date, "UTC");
}
