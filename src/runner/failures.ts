// Errors on their way from one process to another: what a person may be told, and what only the operator is.
import type { Words } from "../lib/sentence.ts";
import { type ErrorKind, type Place, WaybillError } from "../lib/errors.ts";

/** Why an export failed, as JSON. */
export interface Failure {
  /** `internal` for a defect of ours. */
  readonly kind: ErrorKind | "internal";
  readonly code: string;
  /** One plain sentence, without secrets. */
  readonly detail: string;
  readonly hint?: string;
  /** What both say, for other languages. */
  readonly words?: Words;
  readonly places?: readonly Place[];
  /** Whether the same job may do better when it is run again: it was not the export that failed. */
  readonly isRetryable: boolean;
  /** Of a defect: where it was, for the operator's log. Never with values. */
  readonly stack?: string;
}

const DEFECT = "Something failed that should not: this is a defect of Waybill.";

/** What befalls an export from outside: its process, the service, and our own database while it is planned. */
const RETRYABLE: ReadonlySet<string> = new Set([
  "worker-lost",
  "stopping",
  "control-lost",
  "control-unreachable",
  "control-busy",
]);

export function failureOf(error: unknown): Failure {
  if (!(error instanceof WaybillError)) {
    return { kind: "internal", code: "internal", detail: DEFECT, isRetryable: false, stack: framesOf(error) };
  }
  const { kind, code, message, hint, words, places } = error;
  return {
    kind,
    code,
    detail: message,
    ...(hint === undefined ? {} : { hint }),
    ...(words === null ? {} : { words }),
    ...(places.length === 0 ? {} : { places }),
    isRetryable: RETRYABLE.has(code),
  };
}

/** The error that a failure was made of, in another process. */
export function errorOf({ kind, code, detail, hint, words, places }: Failure): Error {
  if (kind === "internal") return new Error(detail);
  const said = words === undefined ? { hint } : { hint: words.hint };
  return new WaybillError(kind, code, words?.detail ?? detail, {
    ...said,
    ...(places === undefined ? {} : { places }),
  });
}

/** The error's name and the lines of code it went through: its message may hold values of records. */
function framesOf(error: unknown): string {
  if (!(error instanceof Error)) return `thrown: ${typeof error}`;
  const { code } = error as NodeJS.ErrnoException;
  const frames = (error.stack ?? "").split("\n").filter((line) => /^ {4}at /.test(line));
  const cause = error.cause instanceof Error ? [`caused by ${framesOf(error.cause)}`] : [];
  return [`${error.name}${typeof code === "string" ? ` ${code}` : ""}`, ...frames, ...cause].join("\n");
}
