// Errors as problem documents (RFC 9457) with a stable code.
import { STATUS_CODES } from "node:http";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { type SchemaIssue, sentenceOf } from "./schema-problem.ts";
import { WaybillError } from "../lib/errors.ts";
import { english, sentence, type Sentence, type Words } from "../lib/sentence.ts";

/** One place of the input that is wrong. */
export interface ProblemPlace {
  /** A JSON pointer (RFC 6901) into the part of the request that `in` names. */
  readonly pointer: string;
  readonly in?: "body" | "query" | "path" | "header";
  readonly code: string;
  readonly detail: string;
  /** For who says it in another language; without where it is for programs alone. */
  readonly words?: Words;
}

export interface Problem {
  readonly type: "about:blank";
  readonly title: string;
  readonly status: number;
  readonly code: string;
  /** One sentence for people. */
  readonly detail: string;
  /** What to do about it. */
  readonly hint?: string;
  readonly words?: Words;
  readonly errors?: readonly ProblemPlace[];
  readonly requestId: string;
}

/** The status of failures that are not the server's own. Whatever else a person can mend in the request is 422. */
const STATUS: Readonly<Record<string, number>> = {
  unauthorized: 401,
  forbidden: 403,
  origin: 403,
  "not-found": 404,
  "method-not-allowed": 405,
  "not-acceptable": 406,
  timeout: 408,
  "name-taken": 409,
  "revision-conflict": 409,
  "namespace-in-use": 409,
  "from-source": 409,
  "last-administrator": 409,
  "person-exists": 409,
  "batch-outdated": 409,
  "export-over": 409,
  "not-waiting": 409,
  "not-ready": 409,
  "quota-exceeded": 409,
  gone: 409,
  expired: 410,
  "idempotency-busy": 409,
  "idempotency-once": 409,
  "invitation-over": 410,
  "first-link-over": 410,
  "invitation-other": 409,
  "archive-missing": 410,
  "file-missing": 410,
  precondition: 412,
  "too-large": 413,
  "media-type": 415,
  range: 416,
  "too-many-requests": 429,
  "control-busy": 503,
  "control-lost": 503,
  "control-unreachable": 503,
  "control-refused": 503,
  "source-unreachable": 503,
  "store-failed": 503,
  "source-lost": 503,
  "source-refused": 502,
  "file-unreadable": 502,
  "file-store-failed": 502,
  stopping: 503,
};

/** Errors of Fastify's own, by their codes. */
const OF_FASTIFY: Readonly<Record<string, readonly [status: number, code: string, detail: string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: [413, "too-large", "The body is larger than is allowed here."],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [415, "media-type", "The body must be JSON (Content-Type: application/json)."],
  FST_ERR_CTP_EMPTY_JSON_BODY: [400, "json", "The body is empty, but said to be JSON."],
  FST_ERR_CTP_INVALID_JSON_BODY: [400, "json", "The body is no valid JSON."],
  FST_ERR_BAD_URL: [400, "address", "The address cannot be read: a part of it is not encoded as it should be."],
  FST_ERR_MAX_PARAM_LENGTH: [414, "address", "A part of the address is too long."],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [400, "json", "The body is not as long as it was said to be."],
};

/**
 * The problem document of an error. What is nobody's mistake but ours says nothing of itself: the log does.
 * @returns with `isDefect` for an error that nobody expected
 */
export function problemOf(error: unknown, requestId: string): { problem: Problem; isDefect: boolean } {
  const make = (status: number, code: string, detail: string, more: Partial<Problem> = {}): Problem => {
    const title = STATUS_CODES[status] ?? "Error";
    return { type: "about:blank", title, status, code, detail, ...more, requestId };
  };
  if (error instanceof WaybillError) {
    const { code, message, hint, words, places, kind } = error;
    const status = STATUS[code] ?? (kind === "usage" ? 422 : 500);
    const errors = places.map((place) => ({
      pointer: place.pointer,
      code: place.code ?? code,
      detail: place.detail,
      ...(place.words === null ? {} : { words: place.words }),
    }));
    const more = {
      ...(hint === undefined ? {} : { hint }),
      ...(words === null ? {} : { words }),
      ...(errors.length === 0 ? {} : { errors }),
    };
    return { problem: make(status, code, message, more), isDefect: false };
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const part = PARTS[error.validationContext ?? "body"] ?? "body";
    const errors = error.validation.flatMap((it) => placesOf(it as unknown as SchemaIssue, part)).slice(0, MOST_PLACES);
    const [first] = errors;
    const detail = first === undefined ? sentence`The request is not as it should be.` : whereAndWhat(first, part);
    return { problem: make(400, "invalid", english(detail), { words: { detail }, errors }), isDefect: false };
  }
  const { code = "", statusCode } = error as { code?: string; statusCode?: number };
  const known = OF_FASTIFY[code];
  if (known !== undefined) return { problem: make(...known), isDefect: false };
  if (error instanceof SyntaxError && statusCode === 400) {
    return { problem: make(400, "json", "The body is no valid JSON."), isDefect: false };
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return { problem: make(statusCode, "invalid", "The request cannot be understood."), isDefect: false };
  }
  const detail = "Something went wrong in Waybill itself.";
  const hint = `Whoever runs it finds more in its log, under the request's id ${requestId}.`;
  return { problem: make(500, "internal", detail, { hint }), isDefect: true };
}

const PARTS: Readonly<Record<string, NonNullable<ProblemPlace["in"]>>> = {
  body: "body",
  querystring: "query",
  params: "path",
  headers: "header",
};

const MOST_PLACES = 100;

/** Of unknown keys, each has a place of its own. */
function placesOf(issue: SchemaIssue, part: ProblemPlace["in"]): ProblemPlace[] {
  const { instancePath, keyword, params } = issue;
  const at = instancePath === "/" ? "" : instancePath;
  const place = { ...(part === undefined ? {} : { in: part }), code: keyword.replaceAll("_", "-") };
  if (keyword === "unrecognized_keys") {
    return (params?.keys ?? []).map((key) => {
      const pointer = `${at}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      return { pointer, ...place, code: "unknown-key", ...said(sentence`There is nothing by this name.`) };
    });
  }
  return [{ pointer: at, ...place, ...said(sentenceOf(issue)) }];
}

function said(detail: Sentence): { detail: string; words: Words } {
  return { detail: english(detail), words: { detail } };
}

function whereAndWhat({ pointer, words }: ProblemPlace, part: ProblemPlace["in"]): Sentence {
  const what = words!.detail;
  const at = pointer === "" ? "" : sentence`, at ${pointer}`;
  if (part === "query") return sentence`In the query${at}: ${what}`;
  if (part === "path") return sentence`In the path${at}: ${what}`;
  return part === "header" ? sentence`In the headers${at}: ${what}` : sentence`In the body${at}: ${what}`;
}
