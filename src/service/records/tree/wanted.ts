// Trees of records: what is wanted of them, and what was read.
import type { JsonForm } from "../../../engine/page-json.ts";

export type { JsonForm };

/** What is wanted of each record. `as` is the caller's name for it: the same link may be wanted several times. */
export interface WantedRecord {
  /** Names of fields of the catalog. */
  readonly fields: readonly string[];
  readonly references: readonly { readonly as: string; readonly name: string; readonly of: WantedRecord }[];
  readonly lists: readonly { readonly as: string; readonly name: string; readonly page: WantedPage }[];
  readonly files: readonly WantedFiles[];
}

/** Attached files. */
export interface WantedFiles {
  readonly as: string;
  readonly name: string;
  /** 1 to 100. */
  readonly first: number;
  /** Whether the bytes are read for their checksum. */
  readonly checksum: boolean;
}

/** A connection. */
export interface WantedPage {
  /** How many: from the beginning, or (with `backwards`) from the end; 1 to 100. */
  readonly size: number;
  readonly backwards?: boolean;
  /** Cursors. In a list of a record they are taken only where there is one such record. */
  readonly after?: string;
  readonly before?: string;
  /** JSON, CONTRACT section 3. */
  readonly where?: unknown;
  readonly search?: string;
  /** The id of a namespace. Of the root only. */
  readonly namespace?: string;
  /** Paths, descending with a minus in front. */
  readonly order?: readonly string[];
  /** ISO 8601; needs the role `created` of the object type. */
  readonly createdSince?: string;
  /** Needs the role `updated`. The order is then by that field, then the key, unless asked otherwise. */
  readonly updatedSince?: string;
  /** Needs the role `state`: one of these. */
  readonly state?: readonly string[];
  /** Whether each record's cursor, and the number of all, are wanted: both cost. */
  readonly cursors: boolean;
  readonly count: boolean;
  readonly of: WantedRecord;
}

/** How each record is written where its JSON is wanted, and neither cursors nor lists, files or `backwards` are. */
export type WantedMember = {
  /** The member's name. */
  readonly as: string;
} & (
  | {
      readonly is: "value";
      /** One of the record's `fields`. */
      readonly name: string;
      readonly form: JsonForm;
      /** What stands for a value, as `TreeRecord.fields` has it, that is not of that form. */
      readonly otherwise: (value: unknown) => unknown;
    }
  | { readonly is: "key" }
  /** The same for all. */
  | { readonly is: "fixed"; readonly value: string }
  /** `reference` is the `as` of one of the record's `references`. */
  | { readonly is: "record"; readonly reference: string; readonly members: readonly WantedMember[] }
);

export interface TreeRecord {
  /** As text (`keyText`); null where it may not be told. */
  readonly key: string | null;
  /**
   * By catalog name. Text, and integers, decimals, dates, times, UUIDs and base64 as their canonical text; floats as
   * numbers, those that are none (NaN, the infinities) too; booleans; JSON and arrays as values, in which numbers that a
   * double cannot hold are `JSON.rawJSON`; null.
   */
  readonly fields: Readonly<Record<string, unknown>>;
  /** By `as`. */
  readonly references: Readonly<Record<string, TreeRecord | null>>;
  readonly lists: Readonly<Record<string, TreePage>>;
  readonly files: Readonly<Record<string, TreeFiles>>;
}

export interface TreePage extends PageInfo {
  readonly records: readonly TreeRecord[];
  /** Of each record, where they were wanted; null where a record cannot be come back to. */
  readonly cursors: readonly (string | null)[];
}

/** A page whose records are written already. */
export interface JsonPage extends PageInfo {
  /** Their objects, with commas between them. */
  readonly json: Uint8Array;
  readonly records: number;
}

export interface PageInfo {
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
  /** The cursors of the first record and of the last. */
  readonly start: string | null;
  readonly end: string | null;
  /** How many there are on all pages, where that was wanted; null where nobody knows without counting longer. */
  readonly count: number | null;
}

/** An attached file. */
export interface TreeFile {
  /** What `findRecordFile` takes as `file`. */
  readonly at: string;
  readonly name: string;
  /** As far as its name tells: `fastq`, `pdf`, `unknown`. */
  readonly format: string;
  /** Bytes, where that is recorded. */
  readonly size: number | null;
  /** In hexadecimal, where it was wanted. */
  readonly sha256: string | null;
  /** Why it could not be read for its checksum: a sentence. */
  readonly problem: string | null;
}

export interface TreeFiles {
  readonly files: readonly TreeFile[];
  readonly hasMore: boolean;
}
