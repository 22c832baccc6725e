// Every mail about exports, from facts that are usual, or as a test says.
import type { Language } from "../../src/lib/language.ts";
import type { Message } from "../../src/mail/mailer.ts";
import { approvalDecidedMail, approvalWantedMail } from "../../src/notify/approval-mails.ts";
import { expiringMail, failedMail, readyMail, sharedMail } from "../../src/notify/export-mails.ts";
import { type ExportFacts, exportLinks } from "../../src/notify/facts.ts";
import { operatorMail } from "../../src/notify/operator-mail.ts";

/** Texts that people type, which a test may replace. */
export interface Typed {
  readonly label?: string | null;
  readonly org?: string;
  readonly reader?: string;
  readonly colleague?: string;
  readonly sentence?: string;
  readonly timeZone?: string;
  readonly problems?: number;
  readonly files?: number | null;
}

const ID = "01904d5e-7c1a-7d3b-9b64-2f5a8c6e1d20";
export const EVENT = "01904d60-0000-7000-8000-00000000c0de";
export const LINKS = exportLinks("https://exports.example.org/", "lab", ID);
/** In Paris already the first of March. */
const EXPIRES = new Date("2026-02-28T23:05:00Z");

export const KINDS = {
  ready: "ready",
  readyWithProblems: "ready",
  failed: "failed",
  expiring: "expiring",
  shared: "shared",
  approvalWanted: "wanted",
  approved: "decided",
  notApproved: "decided",
  operator: "operator",
} as const;
export type Kind = keyof typeof KINDS;

const USUAL = {
  en: {
    org: "Wetland laboratory",
    label: "Soil samples, winter",
    object: "Samples",
    reason: 'The source "main" does not answer.',
    hint: "Try again later, or ask the operator whether the database is up.",
    purpose: "Reply to the prefecture’s request of 12 February on nitrate levels; to be deleted after the hearing.",
  },
  fr: {
    org: "Laboratoire des zones humides",
    label: "Échantillons d’été, forêt de Brocéliande",
    object: "Échantillons",
    reason: "La source «\u00A0main\u00A0» ne répond pas.",
    hint: "Réessayez plus tard, ou demandez à l’exploitant si la base fonctionne.",
    purpose:
      "Réponse à la demande de la préfecture du 12 février sur les nitrates\u00A0; à supprimer après l’audience.",
  },
} as const;

/** The mail of a kind. */
export function sample(kind: Kind, language: Language, typed: Typed = {}): Message {
  const usual = USUAL[language];
  const { colleague = "Blaise Lefèvre", sentence, problems = 0, files = 2 } = typed;
  const facts: ExportFacts = {
    event: EVENT,
    reader: { name: typed.reader ?? "Zoë Ångström", timeZone: typed.timeZone ?? "Europe/Paris" },
    export: ID,
    label: typed.label === undefined ? usual.label : typed.label,
    org: typed.org ?? usual.org,
    object: usual.object,
    created: new Date("2026-02-21T08:30:00Z"),
    page: LINKS.page,
  };
  const counts = { records: 1_048_576, files, bytes: 12_345_678, problems };
  const archive = { ...facts, ...counts, expiresAt: EXPIRES, download: LINKS.download };
  const purpose = sentence ?? usual.purpose;
  switch (kind) {
    case "ready":
      return readyMail(archive, language);
    case "readyWithProblems":
      return readyMail({ ...archive, problems: 3 }, language);
    case "failed":
      return failedMail(
        { ...facts, reason: sentence ?? usual.reason, hint: usual.hint, operatorKnows: true },
        language,
      );
    case "expiring":
      return expiringMail(archive, language);
    case "shared":
      return sharedMail({ ...archive, sharedBy: colleague }, language);
    case "approvalWanted": {
      const requestedBy = { name: colleague, email: "blaise@example.org" };
      return approvalWantedMail({ ...facts, requestedBy, purpose, records: 1_048_576, files }, language);
    }
    case "approved":
      return approvalDecidedMail({ ...facts, isApproved: true, decidedBy: colleague, comment: null }, language);
    case "notApproved":
      return approvalDecidedMail({ ...facts, isApproved: false, decidedBy: colleague, comment: purpose }, language);
    case "operator":
      return operatorMail(
        {
          ...facts,
          orgCode: "lab",
          person: { id: "01904d5e-0000-7000-8000-0000000000aa", name: colleague, email: "blaise@example.org" },
          failedAt: new Date("2026-02-21T08:31:12Z"),
          code: "internal",
          reason: sentence ?? "Something failed that should not: this is a defect of Waybill.",
          hint: null,
          stack:
            "TypeError\n    at renderRow (file:///opt/waybill/src/engine/render.ts:120:17)\n    at async runExport (file:///opt/waybill/src/engine/run.ts:88:5)\ncaused by Error ECONNRESET\n    at Socket.read (node:net:214:20)",
          attempt: 2,
          worker: "host-3/41021",
        },
        language,
      );
  }
}
