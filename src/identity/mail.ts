// Mail over SMTP: one message to one person.
import { createTransport } from "nodemailer";
import { failure } from "../lib/errors.ts";

/** What is sent: the same in text and in HTML. */
export interface Message {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface Mailer {
  /** @throws failure `mail`, without the message and the password of the server */
  send(to: string, message: Message): Promise<void>;
  close(): void;
}

/** @param url `smtp://user:password@host:587` or `smtps://host` */
export function openMailer({ url, from }: { readonly url: string; readonly from: string }): Mailer {
  const transport = createTransport(
    { url, pool: true, maxConnections: 2, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 },
    { from },
  );
  return {
    async send(to, { subject, text, html }) {
      try {
        await transport.sendMail({
          to: { name: "", address: to },
          subject,
          text,
          html,
          // Files and addresses on the network are never fetched, whatever a text holds.
          disableFileAccess: true,
          disableUrlAccess: true,
          headers: { "Auto-Submitted": "auto-generated" },
        });
      } catch (error) {
        const { code = "unknown", responseCode } = error as { code?: string; responseCode?: number };
        throw failure(
          "mail",
          `A mail could not be sent (${code}${responseCode === undefined ? "" : ` ${responseCode}`}).`,
          {
            hint: "Check mail.url in the configuration; waybill doctor looks whether the server answers.",
          },
        );
      }
    },
    close: () => transport.close(),
  };
}
