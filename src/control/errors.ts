// Errors of the control database: in plain words, and never with the values of a statement.
import { failure, WaybillError } from "../lib/errors.ts";

/** What PostgreSQL said, without the values that drivers hang on their errors (a token's hash, an address, a row). */
export class ControlError extends Error {
  /** SQLSTATE (PostgreSQL's Appendix A), or what the network said. */
  readonly code: string;
  readonly constraint: string | undefined;

  constructor(code: string, message: string, constraint: string | undefined) {
    super(message);
    this.name = "ControlError";
    this.code = code;
    this.constraint = constraint;
  }
}

const UNREACHABLE = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "ETIMEDOUT"]);
const LOST = /terminat|ECONNRESET|EPIPE|socket hang up|Connection ended|not queryable|timeout exceeded/i;

/** @returns a failure for people when the database cannot be used, else a ControlError */
export function plainError(error: unknown): Error {
  if (error instanceof WaybillError || error instanceof ControlError) return error;
  const { code = "", message = String(error), constraint } = error as Partial<ControlError>;
  if (UNREACHABLE.has(code) || code === "ENOENT") {
    return failure("control-unreachable", "Cannot reach the control database.", {
      hint: "Check the host and port in DATABASE_URL, and that the server is running.",
    });
  }
  if (code === "28P01" || code === "28000" || code === "3D000" || code === "42501") {
    return failure(
      "control-refused",
      `The control database refused: ${code === "3D000" ? "there is no such database" : message}.`,
      {
        hint: "Check the user, the password and the database in DATABASE_URL; the user must own the database.",
      },
    );
  }
  if (LOST.test(message) || LOST.test(code) || /^(?:08|57P|53)/.test(code)) {
    return failure("control-lost", "The control database did not answer.", {
      hint: "Look at its log, and try again.",
    });
  }
  return new ControlError(code, withoutValues(message), constraint);
}

/** `invalid input syntax for type uuid: "…"` says what was sent. */
function withoutValues(message: string): string {
  return message.replace(/: ".*$/s, "");
}

/** Whether a row could not be written because there is one like it already. */
export function isDuplicate(error: unknown, constraint?: string): boolean {
  return hasCode(error, "23505") && (constraint === undefined || (error as ControlError).constraint === constraint);
}

/** Whether a row names another one that is not there. */
export function isMissingReference(error: unknown): boolean {
  return hasCode(error, "23503");
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof ControlError && error.code === code;
}
