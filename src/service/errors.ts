// Why a call in an org is not answered, besides what is wrong with its input.
import { failure, type WaybillError } from "../lib/errors.ts";
import type { Sentence } from "../lib/sentence.ts";

/** What is not there and what the caller may not see are answered with the same words. */
export function notFound(what: string): WaybillError {
  return failure("not-found", `There is no such ${what}, or you may not see it.`);
}

export function forbidden(detail: Sentence, hint?: Sentence): WaybillError {
  return failure("forbidden", detail, { hint });
}

/** What was asked for does not fit what is there now: a name that is taken, a revision that is not the newest. */
export function conflict(code: string, detail: Sentence, hint?: Sentence): WaybillError {
  return failure(code, detail, { hint });
}
