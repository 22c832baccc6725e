// Every failure that a person may meet: a stable code, one plain sentence, and what to do about it.

/** What kind of failure it is. The command line exits with 2 for `usage`, with 1 for everything else. */
export type ErrorKind = "usage" | "failure";

/** One place in the input that is wrong, for callers that show several at once. */
export interface Place {
  /** A JSON pointer (RFC 6901) into the input, or the name of a command line option. */
  readonly pointer: string;
  readonly detail: string;
  /** Where it is not that of the error. */
  readonly code?: string;
}

/**
 * An error meant for people. Its message is one plain sentence without secrets; `hint` says what to do.
 * Anything else that is thrown is a defect of ours and is reported as such.
 */
export class WaybillError extends Error {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly hint: string | undefined;
  readonly places: readonly Place[];

  constructor(
    kind: ErrorKind,
    code: string,
    message: string,
    more: { hint?: string | undefined; places?: readonly Place[]; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = "WaybillError";
    this.kind = kind;
    this.code = code;
    this.hint = more.hint;
    this.places = more.places ?? [];
  }
}

/** The request or the configuration is wrong: the asker can mend it. */
export function usageError(
  code: string,
  message: string,
  more: { hint?: string | undefined; places?: readonly Place[]; cause?: unknown } = {},
): WaybillError {
  return new WaybillError("usage", code, message, more);
}

/** The request was fine and could not be carried out. */
export function failure(
  code: string,
  message: string,
  more: { hint?: string | undefined; places?: readonly Place[]; cause?: unknown } = {},
): WaybillError {
  return new WaybillError("failure", code, message, more);
}

/** The input is wrong at one place, named by a JSON pointer. */
export function inputError(code: string, pointer: string, detail: string, hint?: string): WaybillError {
  return usageError(code, detail, { hint, places: [{ pointer, detail }] });
}
