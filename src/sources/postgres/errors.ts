// What PostgreSQL and the network say, in plain words. The one place that reads their codes.
import { failure, WaybillError } from "../../lib/errors.ts";

/** Turns an error of a connection or a statement into one for people; `label` names the source without its password. */
export function translateError(error: unknown, label: string): WaybillError {
  if (error instanceof WaybillError) return error;
  const { code = "", message = String(error) } = error as { code?: string; message?: string };
  const translate = BY_CODE[code];
  if (translate !== undefined) return translate(label, message, error);
  if (LOST.test(message) || code.startsWith("08") || code === "57P01" || code === "57P02") {
    return failure("source-lost", `The connection to ${label} was lost.`, {
      hint: "Look at the server's log, and run the export again.",
      cause: error,
    });
  }
  return failure("source-refused", `${label} refused: ${sentence(message)}`, { cause: error });
}

type Translate = (label: string, message: string, cause: unknown) => WaybillError;

const unreachable: Translate = (label, _message, cause) =>
  failure("source-unreachable", `Cannot reach ${label}.`, {
    hint: "Check the host and port, and that the server is running.",
    cause,
  });

const notSignedIn: Translate = (label, message, cause) =>
  failure("source-sign-in", `${label} did not accept the sign-in: ${sentence(message)}`, {
    hint: "Check the user name and password in the source URL.",
    cause,
  });

const unknownThere: Translate = (label, message, cause) =>
  failure("source-changed", `${label} has changed since it was read: ${sentence(message)}`, {
    hint: "Run the export again.",
    cause,
  });

const BY_CODE: Readonly<Record<string, Translate | undefined>> = {
  ECONNREFUSED: unreachable,
  ENOTFOUND: unreachable,
  EAI_AGAIN: unreachable,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  ETIMEDOUT: unreachable,
  ENOENT: unreachable,
  "28P01": notSignedIn,
  "28000": notSignedIn,
  "3D000": (label, message, cause) =>
    failure("source-unreachable", `${label} has no such database: ${sentence(message)}`, {
      hint: "Check the last part of the source URL.",
      cause,
    }),
  "42501": (label, message, cause) =>
    failure("source-right-missing", `${label} does not allow this: ${sentence(message)}`, {
      hint: "Grant SELECT to the user of the source URL.",
      cause,
    }),
  "42P01": unknownThere,
  "42703": unknownThere,
  "53300": (label, _message, cause) =>
    failure("source-busy", `${label} has no connection left.`, { hint: "Try again later.", cause }),
  // It starts, after a crash too, or it stops.
  "57P03": (label, message, cause) =>
    failure("source-unreachable", `${label} takes no connections: ${sentence(message)}`, {
      hint: "Wait until the server has started, and run the export again.",
      cause,
    }),
  "57014": (label, message, cause) =>
    failure(
      "source-timeout",
      /timeout/.test(message)
        ? `${label} stopped the statement because it took longer than is allowed.`
        : `${label} stopped the statement: somebody cancelled it.`,
      { hint: "Ask for fewer records, or raise the server's statement_timeout for this user.", cause },
    ),
  "53100": (label, _message, cause) =>
    failure("source-refused", `${label} has no disk space left to sort the rows.`, { cause }),
};

const LOST = /terminat|ECONNRESET|EPIPE|socket hang up|Connection ended|not queryable/i;

/** The server's own message as the end of a sentence. */
function sentence(message: string): string {
  const line = message.split("\n", 1)[0] ?? "";
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
