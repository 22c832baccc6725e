// Why a mail was not taken, and whether to send it again.
import { failure, WaybillError } from "../lib/errors.ts";

/** What nodemailer tells of an SMTP failure. */
interface SmtpError {
  readonly code?: string;
  /** The server's answer (RFC 5321, section 4.2). */
  readonly responseCode?: number;
  /** What it answered to; `API` for what was not even asked. */
  readonly command?: string;
}

const REFUSED_HINT = "Check the mail address of that person.";
const SERVER_HINT = "Check mail.url in the configuration; waybill doctor looks whether the server answers.";

/**
 * The failure that people are told of, without what was sent, the server's words and its password: `mail-refused` where
 * the server will not have this message for this person, `mail` for everything else.
 */
export function mailFailure(error: unknown): WaybillError {
  const { code = "unknown", responseCode } = error as SmtpError;
  const why = `${code}${responseCode === undefined ? "" : ` ${responseCode}`}`;
  return isRefused(error as SmtpError)
    ? failure("mail-refused", `The mail server does not accept a mail for this address (${why}).`, {
        hint: REFUSED_HINT,
      })
    : failure("mail", `A mail could not be sent (${why}).`, { hint: SERVER_HINT });
}

/**
 * Whether what `Mailer.send` threw is worth another attempt. Only a refusal of this recipient or of this message is
 * final: a server that is away, busy, or does not let Waybill in (a password, a sender) is mended some time.
 */
export function classifyMailError(error: unknown): "retry" | "final" {
  return error instanceof WaybillError && error.code === "mail-refused" ? "final" : "retry";
}

function isRefused({ code, responseCode = 0, command }: SmtpError): boolean {
  // An address that cannot be written into the protocol.
  if (code === "EENVELOPE" && command === "API") return true;
  // 552 is a mailbox that is full today.
  return (command === "RCPT TO" || command === "DATA") && responseCode >= 500 && responseCode !== 552;
}
