// Links to attached files that are good for an hour, for whoever has them: a ticket says to whom one was given, and for what.
import * as z from "zod";
import { failure } from "../../lib/errors.ts";
import { sealedText, unsealedText } from "../../lib/sealed-text.ts";
import { sentence } from "../../lib/sentence.ts";
import { notFound } from "../errors.ts";
import type { OrgCall } from "../org-call.ts";

/** What a link leads to: the words of `findRecordFile`. */
export interface LinkedFile {
  /** The object type's name. */
  readonly object: string;
  /** The record's key. */
  readonly key: string;
  /** Which of the record's files, as the configuration calls them. */
  readonly files: string;
  /** The file's key; where it has none, its place among them, from 0. */
  readonly file: string;
}

/** What a ticket says. It gives no right: whoever it was given to must have it still when the ticket is used. */
export interface FileTicket {
  readonly org: string;
  /** The id of the person who asked for the link. */
  readonly person: string;
  /** The id of the token that they asked with; null for a session. */
  readonly token: string | null;
  readonly file: LinkedFile;
}

/** Milliseconds. */
const GOOD_FOR = 3_600_000;

const written = z.tuple([
  z.number(),
  z.string(),
  z.string(),
  z.string().nullable(),
  z.string(),
  z.string(),
  z.string(),
  z.string(),
]);

/** A ticket for a file that the caller was told of, good for an hour from now. @param key 32 bytes */
export function fileTicket({ access }: Pick<OrgCall, "access">, file: LinkedFile, key: Uint8Array): string {
  const { at, identity } = access;
  const token = identity.via.kind === "token" ? identity.via.id : null;
  const says: z.infer<typeof written> = [
    Date.now() + GOOD_FOR,
    at.org,
    identity.person.id,
    token,
    file.object,
    file.key,
    file.files,
    file.file,
  ];
  return sealedText(JSON.stringify(says), key);
}

/** @throws failure `not-found` for what is no ticket, `expired` for one that is too old */
export function readFileTicket(ticket: string, key: Uint8Array): FileTicket {
  const text = unsealedText(ticket, key);
  const parsed = text === null ? null : written.safeParse(JSON.parse(text));
  if (parsed?.success !== true) throw notFound("file");
  const [expires, org, person, token, object, record, files, file] = parsed.data;
  if (Date.now() >= expires) {
    throw failure("expired", sentence`This link was good for an hour, which is over.`, {
      hint: sentence`Ask for the record again: it comes with a new link.`,
    });
  }
  return { org, person, token, file: { object, key: record, files, file } };
}
