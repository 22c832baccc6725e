// Every failure that a person may meet: a stable code, one plain sentence, and what to do about it.
import { english, type Said, type Sentence, type Words } from "./sentence.ts";

/** What kind of failure it is. The command line exits with 2 for `usage`, with 1 for everything else. */
export type ErrorKind = "usage" | "failure";

/** One place in the input that is wrong, for callers that show several at once. */
export interface Place {
  /** A JSON pointer (RFC 6901) into the input, or the name of a command line option. */
  readonly pointer: string;
  readonly detail: string;
  /** Where it is not that of the error. */
  readonly code?: string;
  /** Null where only the operator reads it. */
  readonly words: Words | null;
}

interface More {
  readonly hint?: Said | undefined;
  readonly places?: readonly Place[];
  readonly cause?: unknown;
}

/**
 * An error meant for people. Its message is one plain sentence without secrets; `hint` says what to do.
 * Anything else that is thrown is a defect of ours and is reported as such.
 */
export class WaybillError extends Error {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly hint: string | undefined;
  /** What the message and the hint say, for other languages. */
  readonly words: Words | null;
  readonly places: readonly Place[];

  constructor(kind: ErrorKind, code: string, detail: Said, { hint, places = [], cause }: More = {}) {
    super(english(detail), cause === undefined ? undefined : { cause });
    this.name = "WaybillError";
    this.kind = kind;
    this.code = code;
    this.hint = hint === undefined ? undefined : english(hint);
    this.words = wordsOf(detail, hint);
    this.places = places;
  }
}

function wordsOf(detail: Said, hint?: Said): Words | null {
  if (typeof detail === "string" || typeof hint === "string") return null;
  return { detail, ...(hint === undefined ? {} : { hint }) };
}

/** The request or the configuration is wrong: the asker can mend it. */
export function usageError(code: string, detail: Said, more: More = {}): WaybillError {
  return new WaybillError("usage", code, detail, more);
}

/** The request was fine and could not be carried out. */
export function failure(code: string, detail: Said, more: More = {}): WaybillError {
  return new WaybillError("failure", code, detail, more);
}

/** The input is wrong at one place, named by a JSON pointer. */
export function inputError(code: string, pointer: string, detail: Sentence, hint?: Sentence): WaybillError {
  return usageError(code, detail, { hint, places: [placeAt(pointer, detail)] });
}

/** The same error as one of the input, at a place of it. */
export function atPlace(pointer: string, { code, message, hint, words }: WaybillError): WaybillError {
  const detail = words?.detail ?? message;
  const places = [{ pointer, detail: message, words: words === null ? null : { detail: words.detail } }];
  return usageError(code, detail, { hint: words === null ? hint : words.hint, places });
}

/** A place that is wrong. @param code where it is not that of the error */
export function placeAt(pointer: string, detail: Sentence, code?: string): Place {
  return { pointer, detail: english(detail), words: { detail }, ...(code === undefined ? {} : { code }) };
}
