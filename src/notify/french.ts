// Mails about exports in French.
import type { Words } from "./words.ts";

const ASKED_FOR = "Vous recevez ce message car vous avez demandé à recevoir des nouvelles de cet export.";
const AFTERWARDS =
  "Passé cette date, l’archive est supprimée. L’export reste dans votre liste, d’où vous pouvez le demander à nouveau.";

export const FRENCH: Words = {
  greeting: (name) => `Bonjour ${name},`,
  quoted: (name) => `«\u00A0${name}\u00A0»`,
  records: { one: "enregistrement", many: "d’enregistrements", other: "enregistrements" },
  files: { one: "fichier", many: "de fichiers", other: "fichiers" },
  problems: { one: "problème", many: "de problèmes", other: "problèmes" },
  object: "Type d’objet",
  contents: "Contenu",
  size: "Taille",
  problemsName: "Problèmes",
  created: "Demandé le",
  expires: "Disponible jusqu’au",
  reason: "Raison",
  hint: "Que faire",
  purpose: "Finalité",
  noPurpose: "aucune n’a été indiquée",
  requestedBy: "Demandé par",
  decidedBy: "Décision de",
  comment: "Commentaire",
  org: "Organisation",
  exportName: "Export",
  failedAt: "Échec le",
  code: "Code",
  attempt: "Tentative",
  worker: "Processus",
  seeProblems: (count) => `${count} (liste dans l’archive)`,
  open: "Ouvrir l’export",
  download: "Télécharger",
  decide: "Voir la demande",
  ready: (name, problems) => ({
    subject: problems === null ? `Votre export ${name} est prêt` : `Votre export ${name} est prêt, avec ${problems}`,
    lead: problems === null ? `Votre export ${name} est prêt.` : `Votre export ${name} est prêt, avec ${problems}.`,
    after: AFTERWARDS,
    foot: ASKED_FOR,
  }),
  failed: (name, operatorKnows) => ({
    subject: `Votre export ${name} a échoué`,
    lead: `Votre export ${name} a échoué.`,
    after: `La page de l’export montre ce qui a été demandé et permet de le demander à nouveau. ${operatorKnows ? "L’exploitant en a reçu les détails." : ""}`,
    foot: ASKED_FOR,
  }),
  expiring: (name, day) => ({
    subject: `Votre export ${name} expire le ${day}`,
    lead: `Votre export ${name} expire le ${day}.`,
    after: AFTERWARDS,
    foot: ASKED_FOR,
  }),
  shared: (name, by) => ({
    subject: `${by} a partagé l’export ${name} avec vous`,
    lead: `${by} a partagé l’export ${name} avec vous.`,
    after: "Passé cette date, l’archive est supprimée.",
    foot: "Vous recevez ce message car un membre de votre organisation a partagé un export avec vous.",
  }),
  approvalWanted: (name, by) => ({
    subject: `${by} vous demande d’approuver l’export ${name}`,
    lead: `${by} vous demande d’approuver l’export ${name}.`,
    after: "L’export attend une décision. Celle-ci est enregistrée, avec votre nom.",
    foot: "Vous recevez ce message car vous pouvez approuver des exports de votre organisation.",
  }),
  approved: (name) => ({
    subject: `Votre export ${name} a été approuvé`,
    lead: `Votre export ${name} a été approuvé.`,
    after: "Il a maintenant sa place dans la file d’attente.",
    foot: "Vous recevez ce message car votre export devait être approuvé.",
  }),
  refused: (name) => ({
    subject: `Votre export ${name} n’a pas été approuvé`,
    lead: `Votre export ${name} n’a pas été approuvé.`,
    after: "Il ne sera pas réalisé. Demandez à la personne qui a décidé ce qu’il faudrait changer.",
    foot: "Vous recevez ce message car votre export devait être approuvé.",
  }),
  operator: (name, org) => ({
    subject: `Export en échec (${org})\u00A0: ${name}`,
    lead: `L’export ${name} (${org}) a échoué.`,
    after: "La personne qui l’a demandé connaît la raison, sans ces détails.",
    foot: "Vous recevez ce message en tant qu’exploitant de Waybill.",
  }),
};
