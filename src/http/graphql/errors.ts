// Errors as GraphQL answers have them: with a code of a closed set, and our own stable code as its reason.
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { failure, usageError, WaybillError } from "../../lib/errors.ts";
import { problemOf } from "../problem.ts";

/** Every code that there is. */
export type Code =
  | "not_found"
  | "unauthorized"
  | "forbidden"
  | "bad_request"
  | "parse_failed"
  | "too_complex"
  | "timeout"
  | "internal";

/** An error as it goes out. */
export interface ToldError extends GraphQLFormattedError {
  readonly extensions: {
    readonly code: Code;
    /** Stable, and more exact. */
    readonly reason: string;
    /** A JSON pointer: into the arguments of the field, or into the request. */
    readonly pointer?: string;
    readonly hint?: string;
    readonly requestId: string;
  };
}

export interface Told {
  readonly told: ToldError;
  /** Of an answer that has nothing but this. */
  readonly status: number;
  readonly isDefect: boolean;
}

/** What a document may not be. */
const TOO_MUCH = new Set([
  "too-many-tokens",
  "too-many-levels",
  "too-many-aliases",
  "too-many-root-fields",
  "too-many-fields",
  "too-many-records",
  "too-many-values",
  "introspection-too-large",
  "variables-too-large",
  "too-large",
  "page-too-large",
]);

/** By the status of a problem. */
const CODES: Readonly<Record<number, Code>> = {
  401: "unauthorized",
  403: "forbidden",
  404: "not_found",
  408: "timeout",
  410: "not_found",
};

/** More than a document may be. */
export function tooComplex(reason: string, detail: string, hint: string): WaybillError {
  return usageError(reason, detail, { hint });
}

/** A document that cannot be read, or does not fit the schema. */
export function asRefused(error: GraphQLError): GraphQLError {
  if (error.originalError instanceof WaybillError) return error;
  const reason = error.message.startsWith("Syntax Error") ? "syntax" : "document";
  return sameAs(error, usageError(reason, error.message));
}

export function timedOut(milliseconds: number): WaybillError {
  return failure("timeout", `This took longer than ${milliseconds / 1000} seconds, and was stopped.`, {
    hint: "Ask for fewer records at once, or by a condition that the database has an index for.",
  });
}

/** The error as it goes out. What is nobody's mistake but ours says nothing of itself. */
export function toldOf(error: unknown, requestId: string): Told {
  const { problem, isDefect } = problemOf(causeOf(error), requestId);
  const { code: reason, detail, hint, errors, status } = problem;
  const pointer = errors?.[0]?.pointer;
  const { locations, path } = error instanceof GraphQLError ? error : {};
  const told: ToldError = {
    message: detail,
    ...(locations === undefined ? {} : { locations }),
    ...(path === undefined ? {} : { path }),
    extensions: {
      code: codeOf(reason, status),
      reason,
      ...(pointer === undefined ? {} : { pointer }),
      ...(hint === undefined ? {} : { hint }),
      requestId,
    },
  };
  return { told, status, isDefect };
}

function codeOf(reason: string, status: number): Code {
  if (TOO_MUCH.has(reason)) return "too_complex";
  if (reason === "syntax") return "parse_failed";
  if (reason === "source-timeout") return "timeout";
  return CODES[status] ?? (status < 500 ? "bad_request" : "internal");
}

/** What resolvers have thrown, at a place in the answer; other errors of GraphQL's own are about the document and its variables. */
function causeOf(error: unknown): unknown {
  let its = error;
  while (its instanceof GraphQLError && its.originalError !== undefined) its = its.originalError;
  const isOfDocument = error instanceof GraphQLError && error.path === undefined && !(its instanceof WaybillError);
  return its instanceof GraphQLError || isOfDocument ? usageError("document", (error as GraphQLError).message) : its;
}

function sameAs({ message, nodes, source, positions }: GraphQLError, originalError: WaybillError): GraphQLError {
  return new GraphQLError(message, { nodes, source, positions, originalError });
}
