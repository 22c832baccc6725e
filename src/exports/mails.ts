// Mails about exports, sent from the queue: tried again while the server is away, and never part of an export's fate.
import { inOrg } from "../control/in-org.ts";
import { findPerson } from "../control/people.ts";
import { addEvent, findExport, type OwnedExport } from "../control/queries/exports.ts";
import type { Person } from "../control/tables.ts";
import { inLanguage } from "../catalog/localised.ts";
import { failure } from "../lib/errors.ts";
import { type Language, languageOf } from "../lib/language.ts";
import { classifyMailError } from "../mail/mail-error.ts";
import { messageOf } from "../mail/layout.ts";
import type { Mailer, Message } from "../mail/mailer.ts";
import { approvalDecidedMail, approvalWantedMail } from "../notify/approval-mails.ts";
import { expiringMail, failedMail, readyMail, sharedMail } from "../notify/export-mails.ts";
import { type ArchiveFacts, type ExportFacts, exportLinks } from "../notify/facts.ts";
import { operatorMail } from "../notify/operator-mail.ts";
import type { MailJob } from "../queue/queue.ts";
import { detailIn, reasonIn } from "../texts/reason.ts";
import type { ExportParts } from "./parts.ts";

export interface MailSender {
  /** Sends the mail of a job. @throws what it is to be tried again for */
  send(job: MailJob): Promise<void>;
  /** Sends a text of somebody's script to a person. @throws failure `no-mail`, `mail`, `mail-refused` */
  sendPlain(person: string, letter: { readonly subject: string; readonly text: string }): Promise<void>;
}

/** @param mailer null where no mail can be sent: what is not sent is told on the export's page @param baseUrl where people find Waybill @param operator the mail address of whoever runs it */
export function mailSender(
  parts: ExportParts,
  {
    mailer,
    baseUrl,
    operator,
  }: { readonly mailer: Mailer | null; readonly baseUrl: string; readonly operator: string | null },
): MailSender {
  const { control, log } = parts;
  return {
    async send(job) {
      // Of an org that the configuration does not have any more.
      if (!parts.orgs.codes.includes(job.org)) return;
      const at = inOrg(control.db, job.org);
      const its = await findExport(at, job.export);
      // Deleted meanwhile: there is nothing to tell of.
      if (its === undefined) return;
      const recipient = await recipientOf(parts, job, its, operator);
      if (recipient === null) return;
      const message = await messageFor(parts, job, its, recipient, baseUrl, operator !== null);
      if (message === null) return;
      if (mailer === null) {
        await addEvent(at, its.id, "mail-refused", { kind: job.kind, reason: "There is no mail server." });
        return;
      }
      try {
        await mailer.send(recipient.email, message);
        await addEvent(at, its.id, "mail-sent", { kind: job.kind });
      } catch (error) {
        if (classifyMailError(error) === "retry") throw error;
        log("warn", `export ${its.id}: ${(error as Error).message}`);
        await addEvent(at, its.id, "mail-refused", { kind: job.kind });
      }
    },
    async sendPlain(id, { subject, text }) {
      if (mailer === null) throw failure("no-mail", "No mail can be sent from here.");
      const person = await findPerson(control.db, id);
      if (person === undefined || person.disabledAt !== null) return;
      const language = languageOf(person.language ?? "en");
      await mailer.send(
        person.email,
        messageOf({ language, subject, head: subject, lead: text, after: [], actions: [] }),
      );
    },
  };
}

interface Recipient {
  readonly email: string;
  readonly name: string;
  /** Null for the operator. */
  readonly person: Person | null;
}

/** Whom a mail goes to; null for nobody (any more). */
async function recipientOf(
  { control }: ExportParts,
  { kind, person: named }: MailJob,
  { person: owner }: OwnedExport,
  operator: string | null,
): Promise<Recipient | null> {
  if (kind === "operator") return operator === null ? null : { email: operator, name: operator, person: null };
  const id = named ?? owner;
  const person = id === null ? undefined : await findPerson(control.db, id);
  if (person === undefined || person.disabledAt !== null) return null;
  return { email: person.email, name: person.name, person };
}

/** @returns null where there is nothing to tell of any more */
async function messageFor(
  parts: ExportParts,
  { org, kind, event, details = {} }: MailJob,
  its: OwnedExport,
  { name, person }: Recipient,
  baseUrl: string,
  operatorKnows: boolean,
): Promise<Message | null> {
  const config = parts.orgs.config.orgs.get(org)!;
  const language = languageOf(person?.language ?? its.language);
  const { page, download } = exportLinks(baseUrl, org, its.id);
  const facts: ExportFacts = {
    event,
    reader: { name, timeZone: person?.timeZone ?? config.timeZone },
    export: its.id,
    label: its.label,
    org: inLanguage(config.name, language) ?? org,
    object: await labelOf(parts, org, its.object, language),
    created: its.createdAt,
    page,
  };
  const archive: ArchiveFacts | null =
    its.state !== "ready"
      ? null
      : {
          ...facts,
          records: its.rows,
          files: its.files === 0 ? null : its.files,
          bytes: its.size!,
          problems: its.problems,
          expiresAt: its.expiresAt!,
          download,
        };
  const { fault } = its;
  switch (kind) {
    case "ready":
      return archive && readyMail(archive, language);
    case "expiring":
      return archive && expiringMail(archive, language);
    case "shared":
      return archive && sharedMail({ ...archive, sharedBy: String(details["by"]) }, language);
    case "failed":
      return fault && failedMail({ ...facts, ...reasonIn(language, fault), operatorKnows }, language);
    case "operator":
      return (
        fault &&
        operatorMail({ ...facts, ...(await failureOf(parts, org, its, language)), ...stackOf(details) }, language)
      );
    case "approval-wanted": {
      const asker = its.person === null ? undefined : await findPerson(parts.control.db, its.person);
      if (asker === undefined || its.approval?.state !== "wanted") return null;
      const { purpose, totalRows: records } = its;
      return approvalWantedMail({ ...facts, requestedBy: asker, purpose, records, files: null }, language);
    }
    case "approval-decided": {
      const { approve, by, note } = details as {
        readonly approve: boolean;
        readonly by: string;
        readonly note: string | null;
      };
      return approvalDecidedMail({ ...facts, isApproved: approve, decidedBy: by, comment: note }, language);
    }
  }
}

async function failureOf({ control }: ExportParts, org: string, its: OwnedExport, language: Language) {
  const { person: id, endedAt, attempt, worker } = its;
  const { code } = its.fault!;
  const person = id === null ? undefined : await findPerson(control.db, id);
  const { name = "", email = "" } = person ?? {};
  return {
    orgCode: org,
    person: { id: id ?? "", name, email },
    failedAt: endedAt!,
    code,
    ...detailIn(language, its.fault!),
    attempt,
    worker,
  };
}

function stackOf({ stack }: Readonly<Record<string, unknown>>): { readonly stack: string | null } {
  return { stack: typeof stack === "string" ? stack : null };
}

/** What an object type is called; its name where its source does not answer now. */
async function labelOf(
  { orgs }: ExportParts,
  org: string,
  object: string | null,
  language: string,
): Promise<string | null> {
  if (object === null) return null;
  const opened = await orgs.open(org).catch(() => null);
  return opened?.catalogIn(language).objects.get(object)?.label ?? object;
}
