// Mails about exports in English.
import type { Words } from "./words.ts";

const ASKED_FOR = "You get this mail because you asked to be told about this export.";
const AFTERWARDS =
  "After that date the archive is deleted. The export stays in your list and can be asked for again from there.";

export const ENGLISH: Words = {
  greeting: (name) => `Hello ${name},`,
  quoted: (name) => `“${name}”`,
  records: { one: "record", other: "records" },
  files: { one: "file", other: "files" },
  problems: { one: "problem", other: "problems" },
  object: "Object type",
  contents: "Contents",
  size: "Size",
  problemsName: "Problems",
  created: "Asked for",
  expires: "Available until",
  reason: "Reason",
  hint: "What to do",
  purpose: "Purpose",
  noPurpose: "none was stated",
  requestedBy: "Asked for by",
  decidedBy: "Decided by",
  comment: "Comment",
  org: "Organisation",
  exportName: "Export",
  failedAt: "Failed",
  code: "Code",
  attempt: "Attempt",
  worker: "Worker",
  seeProblems: (count) => `${count} (listed in the archive)`,
  open: "Open the export",
  download: "Download",
  decide: "Look at the request",
  ready: (name, problems) => ({
    subject: problems === null ? `Your export ${name} is ready` : `Your export ${name} is ready, with ${problems}`,
    lead: problems === null ? `Your export ${name} is ready.` : `Your export ${name} is ready, with ${problems}.`,
    after: AFTERWARDS,
    foot: ASKED_FOR,
  }),
  failed: (name, operatorKnows) => ({
    subject: `Your export ${name} failed`,
    lead: `Your export ${name} failed.`,
    after: `The export’s page shows what was asked for, and lets you ask again. ${operatorKnows ? "The operator has been told the details." : ""}`,
    foot: ASKED_FOR,
  }),
  expiring: (name, day) => ({
    subject: `Your export ${name} expires on ${day}`,
    lead: `Your export ${name} expires on ${day}.`,
    after: AFTERWARDS,
    foot: ASKED_FOR,
  }),
  shared: (name, by) => ({
    subject: `${by} shared the export ${name} with you`,
    lead: `${by} shared the export ${name} with you.`,
    after: "After that date the archive is deleted.",
    foot: "You get this mail because somebody of your organisation shared an export with you.",
  }),
  approvalWanted: (name, by) => ({
    subject: `${by} asks you to approve the export ${name}`,
    lead: `${by} asks you to approve the export ${name}.`,
    after: "The export waits until somebody has decided. The decision is recorded, with your name.",
    foot: "You get this mail because you may approve exports of your organisation.",
  }),
  approved: (name) => ({
    subject: `Your export ${name} was approved`,
    lead: `Your export ${name} was approved.`,
    after: "It has its place in the queue now.",
    foot: "You get this mail because your export needed approval.",
  }),
  refused: (name) => ({
    subject: `Your export ${name} was not approved`,
    lead: `Your export ${name} was not approved.`,
    after: "It will not be made. Ask the person who decided what would have to change.",
    foot: "You get this mail because your export needed approval.",
  }),
  operator: (name, org) => ({
    subject: `An export of ${org} failed: ${name}`,
    lead: `The export ${name} of ${org} failed.`,
    after: "Whoever asked for it was told the reason, without these details.",
    foot: "You get this mail as the operator of Waybill.",
  }),
};
