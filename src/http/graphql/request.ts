// What a request asks for: a document with its variables, by POST as JSON or by GET in the query (GraphQL over HTTP).
import type { FastifyRequest } from "fastify";
import * as z from "zod";
import { failure, inputError } from "../../lib/errors.ts";
import { sentence } from "../../lib/sentence.ts";
import { tooComplex } from "./errors.ts";
import { LIMITS } from "./limits.ts";

/** What is asked, before anything of it is read. */
export interface GraphqlRequest {
  readonly query?: string | undefined;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | null | undefined;
  /** Of a document that was registered. */
  readonly documentId?: string | undefined;
}

const map = z.record(z.string(), z.unknown()).nullish();
const parameters = z.object({
  query: z.string().optional(),
  operationName: z.string().nullish(),
  variables: map,
  extensions: map,
  documentId: z.string().optional(),
});

/** @throws usageError naming the parameter */
export function requestOf({ method, query, body }: FastifyRequest): GraphqlRequest {
  const isGet = method === "GET" || method === "HEAD";
  const given = isGet ? fromQuery(query as Readonly<Record<string, unknown>>) : body;
  if (Array.isArray(given)) {
    throw inputError(
      "batching",
      "",
      sentence`Requests are sent one by one.`,
      sentence`Ask for several things in one document.`,
    );
  }
  const { data, error } = parameters.safeParse(given);
  if (error !== undefined) {
    const { path, message } = error.issues[0]!;
    throw inputError(
      "invalid",
      path.map((it) => `/${String(it)}`).join(""),
      sentence`The request is not as it should be: ${message}.`,
    );
  }
  checkVariables(data.variables);
  return data;
}

/** In the query of an address, maps are JSON. */
function fromQuery(query: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { variables, extensions, ...rest } = query;
  return { ...rest, ...parsed("variables", variables), ...parsed("extensions", extensions) };
}

function parsed(name: string, text: unknown): Readonly<Record<string, unknown>> {
  if (typeof text !== "string" || text === "") return text === undefined || text === "" ? {} : { [name]: text };
  try {
    return { [name]: JSON.parse(text) as unknown };
  } catch {
    throw inputError("json", `/${name}`, sentence`\`${name}\` is no valid JSON.`);
  }
}

function checkVariables(variables: GraphqlRequest["variables"]): void {
  if (variables === null || variables === undefined || sizeOf(variables) <= LIMITS.variables) return;
  throw tooComplex(
    "variables-too-large",
    `Variables are at most ${LIMITS.variables / 1024} KiB of JSON.`,
    "Ask for fewer values at once.",
  );
}

function sizeOf(value: object): number {
  try {
    return Buffer.byteLength(JSON.stringify(value));
  } catch {
    // So deep that it cannot be written.
    return Infinity;
  }
}

/** The media types that answers have. */
export const RESPONSE = "application/graphql-response+json";
export const JSON_TYPE = "application/json";

/** The media type of the answer. @throws failure `not-acceptable` */
export function acceptedType({ headers }: Pick<FastifyRequest, "headers">): typeof RESPONSE | typeof JSON_TYPE {
  const accept = headers.accept ?? "";
  const types = accept.split(",").flatMap((it) => {
    const [type = "", ...params] = it.split(";").map((part) => part.trim().toLowerCase());
    return params.some((param) => /^q=0(?:\.0*)?$/.test(param)) ? [] : [type];
  });
  if (types.includes(RESPONSE)) return RESPONSE;
  if (accept.trim() === "" || types.some((it) => it === JSON_TYPE || it === "application/*" || it === "*/*"))
    return JSON_TYPE;
  throw failure("not-acceptable", "Answers are JSON.", { hint: `Send Accept: ${RESPONSE}, or ${JSON_TYPE}.` });
}
