// Asks GraphQL inside of the test's own process, and reads what cursors hold.
import { createDecipheriv, hkdfSync } from "node:crypto";
import { expect } from "vitest";
import { answer, type Answering } from "../../src/http/graphql/answer.ts";
import type { GraphqlRequest } from "../../src/http/graphql/request.ts";
import type { OrgCall } from "../../src/service/org-call.ts";

/** The body of an answer with its status, and its cursors in the order in which they stand there. */
export interface InProcess {
  readonly status: number;
  readonly body: unknown;
  readonly cursors: readonly string[];
}

const HOW: Answering = {
  baseUrl: "https://exports.example.org",
  fileLink: (file) => JSON.stringify(file),
  timeLimit: 30_000,
  requestId: "r",
  onDefect(error) {
    throw error;
  },
};

/** The request's id is the same for all, and cursors, which are new each time, stand there with what they hold. */
export async function askedBy(call: OrgCall, request: GraphqlRequest): Promise<InProcess> {
  const its = await askedOnce(call, request);
  const objects = await askedOnce(call, { ...request, query: inObjects(request.query!) });
  expect([its.status, textOf(its.body)]).toEqual([objects.status, textOf(objects.body).replace(ASKED, "")]);
  return its;
}

/**
 * The same question and one more: records are then put together by GraphQL.js, and not written while they are read. The answer
 * is the same but for `ASKED`.
 */
export function inObjects(query: string): string {
  return query.replace(/\}\s*$/, ' zz: __type(name: "Query") { name } }');
}

export const ASKED = ',"zz":{"name":"Query"}';

function textOf(value: unknown): string {
  return JSON.stringify(value);
}

async function askedOnce(call: OrgCall, request: GraphqlRequest): Promise<InProcess> {
  const { status, body } = await answer(call, request, HOW);
  const cursors: string[] = [];
  const opened = JSON.parse(String(body), (key, value: unknown) => {
    if (typeof value !== "string" || !/^(?:c|cursor|startCursor|endCursor)$/.test(key)) return value;
    cursors.push(value);
    return { cursor: openCursor(value) };
  }) as unknown;
  return { status, body: opened, cursors };
}

/** Which of the cursors of an answer are sent on; none where it is null. */
export interface Places {
  readonly after: number | null;
  readonly before: number | null;
}

/** Asks two callers the same, and then for what is after and before some of the places that each was told. */
export async function askedByBoth(
  calls: readonly [OrgCall, OrgCall],
  query: string,
  { after, before }: Places,
): Promise<{ readonly first: readonly InProcess[]; readonly further: readonly InProcess[] }> {
  const first = await Promise.all(calls.map((call) => askedBy(call, { query })));
  const isOver = (after === null && before === null) || first.some(({ cursors }) => cursors.length === 0);
  if (isOver) return { first, further: [] };
  const asked = first.map(({ cursors }, n) => {
    const at = (place: number | null): string | null => (place === null ? null : cursors[place % cursors.length]!);
    return askedBy(calls[n]!, { query, variables: { after: at(after), before: at(before) } });
  });
  return { first, further: await Promise.all(asked) };
}

/** What everybody knows who has read the program. */
const OPEN_KEY = new Uint8Array(hkdfSync("sha256", new Uint8Array(32), "", "waybill cursor", 32));

/** A cursor as somebody reads it who need not know which question it is of: the tag of AES-256-GCM is passed over. */
function openCursor(cursor: string): unknown {
  const bytes = Buffer.from(cursor, "base64url");
  const counter = Buffer.concat([bytes.subarray(0, 12), Buffer.from([0, 0, 0, 2])]);
  const decipher = createDecipheriv("aes-256-ctr", OPEN_KEY, counter);
  const plain = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
  try {
    return JSON.parse(plain.toString("utf8")) as unknown;
  } catch {
    return "sealed";
  }
}

/** An answer to a question for something by its name, as it is for any other name: what is near is told by what was written. */
export function withoutName({ status, body }: InProcess, name: string): string {
  const text = JSON.stringify([status, body]).replaceAll(`\\"${name}\\"`, "?");
  return text.replaceAll(/ Did you mean .*?\?/g, "");
}
