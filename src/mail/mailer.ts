// Mail over SMTP: one message to one person.
import { createTransport } from "nodemailer";
import { mailFailure } from "./mail-error.ts";

/** What is sent: the same in text and in HTML. */
export interface Message {
  /**
   * What the message is about, the same each time that it is sent: its Message-ID, by which mail programs recognise one
   * that arrives twice. Absent for a message that is sent once.
   */
  readonly id?: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface Mailer {
  /** @throws failure `mail`, `mail-refused` (`classifyMailError`), without the message and the password of the server */
  send(to: string, message: Message): Promise<void>;
  close(): void;
}

/** @param url `smtp://user:password@host:587` or `smtps://host` */
export function openMailer({ url, from }: { readonly url: string; readonly from: string }): Mailer {
  const transport = createTransport(
    {
      url,
      pool: true,
      maxConnections: 2,
      // The server may have ended a connection that waited; whoever sends decides on any further attempt.
      maxRequeues: 1,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 30_000,
    },
    { from },
  );
  return {
    async send(to, { id, subject, text, html }) {
      try {
        await transport.sendMail({
          ...(id === undefined ? {} : { messageId: messageId(id, from) }),
          to: { name: "", address: to },
          subject,
          text,
          html,
          // Files and addresses on the network are never fetched, whatever a text holds.
          disableFileAccess: true,
          disableUrlAccess: true,
          // Programs that answer for people who are away: those of RFC 3834, and Exchange.
          headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
        });
      } catch (error) {
        throw mailFailure(error);
      }
    },
    close: () => transport.close(),
  };
}

/** `<id@host>` (RFC 5322, section 3.6.4), with the host of the sender's address. */
function messageId(id: string, from: string): string {
  const local = id.replaceAll(/[^\w.-]|^\.|\.(?=\.|$)/gu, (other) => `=${Buffer.from(other).toString("hex")}`);
  return `<${local}@${/@([\w.-]+)>?\s*$/.exec(from)?.[1] ?? "waybill.invalid"}>`;
}
