// Which document a request asks for: one that it has, or one that was registered, by its id.
import { inputError } from "../../lib/errors.ts";
import { sentence } from "../../lib/sentence.ts";
import { forbidden } from "../../service/errors.ts";
import { asReader, type OrgCall } from "../../service/org-call.ts";
import { documentId, documentToRun } from "../../service/persisted-queries.ts";

/** The members of a request that say what is to be run, as they came. */
export interface AskedQuery {
  readonly query?: unknown;
  /** `sha256:` and 64 hexadecimal digits: the appendix on persisted documents of GraphQL over HTTP. */
  readonly documentId?: unknown;
  /** Of them `persistedQuery: { version: 1, sha256Hash }`, as Apollo's clients have it. */
  readonly extensions?: unknown;
}

export interface FoundDocument {
  readonly text: string;
  /** What it is run with: a token that may run nothing but registered documents reads by this one. */
  readonly call: OrgCall;
}

/**
 * The document that a request asks for. A token with the scope `query` and without `read` gets those that were registered.
 * @throws inputError `query-missing`, `document-id`, `document-hash`, with places; failure `forbidden`, `not-found`
 */
export async function documentOf(call: OrgCall, { query, ...by }: AskedQuery): Promise<FoundDocument> {
  const id = idOf(by);
  if (typeof query === "string") {
    if (id !== null && documentId(query) !== id) {
      const hint = sentence`Send the SHA-256 of the query's text, as it is sent.`;
      throw inputError(
        "document-hash",
        "/extensions/persistedQuery/sha256Hash",
        sentence`The hash is not that of the query.`,
        hint,
      );
    }
    if (mayRunAny(call)) return { text: query, call };
    if (id === null) {
      throw forbidden(
        sentence`This token runs persisted queries only.`,
        sentence`Send the id of a registered one as documentId, or make a token that has the scope read.`,
      );
    }
  }
  if (id === null) {
    const hint = sentence`Send a document as query, or the id of a registered one as documentId.`;
    throw inputError("query-missing", "/query", sentence`The request has no query.`, hint);
  }
  return { text: await documentToRun(call, id), call: asReader(call) };
}

function mayRunAny({ access }: OrgCall): boolean {
  const { via } = access.identity;
  return via.kind !== "token" || via.scopes.includes("read");
}

const DOCUMENT_ID = /^sha256:([0-9a-f]{64})$/i;
const HASH = /^[0-9a-f]{64}$/i;

function idOf({ documentId: its, extensions }: Omit<AskedQuery, "query">): string | null {
  if (its !== undefined && its !== null) {
    const hex = typeof its === "string" ? DOCUMENT_ID.exec(its)?.[1] : undefined;
    if (hex !== undefined) return hex.toLowerCase();
    throw inputError(
      "document-id",
      "/documentId",
      sentence`This is no id of a document.`,
      sentence`Ids are sha256: and 64 digits.`,
    );
  }
  const asked = memberOf(extensions, "persistedQuery");
  if (asked === undefined || asked === null) return null;
  const hash = memberOf(asked, "sha256Hash");
  if (memberOf(asked, "version") === 1 && typeof hash === "string" && HASH.test(hash)) return hash.toLowerCase();
  throw inputError(
    "document-id",
    "/extensions/persistedQuery",
    sentence`This is no persisted query of version 1, with a SHA-256.`,
    sentence`Send {"version": 1, "sha256Hash": "64 hexadecimal digits"}.`,
  );
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}
