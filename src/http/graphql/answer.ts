// Answers a request: reads its document, checks it, and executes it in the time that it may take.
import { execute, type ExecutionResult, type GraphQLSchema } from "graphql";
import { failure } from "../../lib/errors.ts";
import { type OrgCall, sightOf } from "../../service/org-call.ts";
import type { GraphqlContext } from "./context.ts";
import { readDocument, Refused } from "./documents.ts";
import { type Told, timedOut, toldOf } from "./errors.ts";
import { asksSchemaAlone } from "./introspection.ts";
import { inParts } from "./introspection-parts.ts";
import { keptAnswer } from "./kept-answers.ts";
import { documentOf } from "./persisted.ts";
import { isPlain } from "./plain.ts";
import type { Context } from "./reading.ts";
import type { GraphqlRequest } from "./request.ts";
import { schemaFor } from "./schema.ts";
import { valueProblems } from "./value-problems.ts";
import { jsonWith } from "./written.ts";

export interface Answer {
  /** Whether the document was executed, so that there is `data`. */
  readonly isExecuted: boolean;
  readonly status: number;
  /** JSON. */
  readonly body: string | Buffer;
  /** What went wrong, as it was told. */
  readonly errors: readonly Told[];
}

export interface Answering extends Omit<GraphqlContext, "call"> {
  /** Milliseconds. */
  readonly timeLimit: number;
  readonly requestId: string;
  /** Is told of what nobody expected. */
  readonly onDefect: (error: unknown) => void;
}

/** Answers a request of somebody who may see records. What is wrong with the request is a part of the answer. */
export async function answer(asking: OrgCall, request: GraphqlRequest, how: Answering): Promise<Answer> {
  try {
    const { text, call } = await documentOf(asking, request);
    const { schema, written } = await schemaFor(await sightOf(call));
    const variables = request.variables ?? {};
    const document = readDocument(text, schema, variables);
    const run = (its: GraphQLSchema, contextValue: Context): ReturnType<typeof execute> => {
      const { operationName } = request;
      return execute({ schema: its, document, contextValue, variableValues: variables, operationName });
    };
    if (isPlain(document, schema, written))
      return await executed(call, (context) => run(written, context), how, jsonWith);
    if (!asksSchemaAlone(document)) return await executed(call, (context) => run(schema, context), how);
    const question = JSON.stringify([text, variables, request.operationName]);
    return await keptAnswer(schema, question, () =>
      executed(call, (context) => inParts(document, schema, (part) => run(part, context)), how),
    );
  } catch (error) {
    return refused(error instanceof Refused ? error.errors : [error], how);
  }
}

/** An answer that has nothing but errors. */
export function refused(errors: readonly unknown[], how: Pick<Answering, "requestId" | "onDefect">): Answer {
  const told = errors.map((it) => tell(it, how));
  // What can be mended in the request is 400 in GraphQL over HTTP.
  const status = told[0]!.status === 422 ? 400 : told[0]!.status;
  return { isExecuted: false, status, body: JSON.stringify({ errors: told.map((it) => it.told) }), errors: told };
}

async function executed(
  call: OrgCall,
  run: (context: Context) => ReturnType<typeof execute>,
  how: Answering,
  write: Write = JSON.stringify,
): Promise<Answer> {
  const over = new AbortController();
  const { signal } = over;
  const timer = setTimeout(() => over.abort(timedOut(how.timeLimit)), how.timeLimit);
  // `AbortSignal.any` would keep all that hangs on a request until the next great collection of garbage.
  const gone = (): void => over.abort(call.signal.reason);
  call.signal.addEventListener("abort", gone, { once: true });
  if (call.signal.aborted) gone();
  const problems = valueProblems();
  try {
    const { baseUrl, fileLink } = how;
    const result = await run({ baseUrl, fileLink, call: { ...call, signal }, problems, inTurn: inTurn(signal) });
    return asAnswer(result, problems.all(), how, write);
  } finally {
    clearTimeout(timer);
    call.signal.removeEventListener("abort", gone);
  }
}

type Write = (value: object) => string | Buffer;

function asAnswer(
  { data, errors = [] }: ExecutionResult,
  problems: readonly object[],
  how: Answering,
  write: Write,
): Answer {
  if (data === undefined) return refused(errors, how);
  const told = errors.map((it) => tell(it, how));
  const body = write({
    data,
    ...(told.length === 0 ? {} : { errors: told.map((it) => it.told) }),
    ...(problems.length === 0 ? {} : { extensions: { problems } }),
  });
  return { isExecuted: true, status: 200, body, errors: told };
}

function tell(error: unknown, { requestId, onDefect }: Pick<Answering, "requestId" | "onDefect">): Told {
  const told = toldOf(error, requestId);
  if (told.isDefect) onDefect(error);
  return told;
}

/** One after the other; what has not begun when the time is over does not begin. */
function inTurn(signal: AbortSignal): Context["inTurn"] {
  let last: Promise<unknown> = Promise.resolve();
  return (read) => {
    const its = last.then(() => {
      signal.throwIfAborted();
      return untilAborted(read(), signal);
    });
    last = its.catch(() => {});
    return its;
  };
}

/** What is on its way when the time is over is not waited for; its statement is stopped by the same signal. */
function untilAborted<T>(task: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = (): void =>
    reject(signal.reason instanceof Error ? signal.reason : failure("gone", "This was stopped."));
  signal.addEventListener("abort", stop, { once: true });
  return Promise.race([task, promise]).finally(() => signal.removeEventListener("abort", stop));
}
