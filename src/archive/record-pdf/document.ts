// What the PDF of a record shows: plain data, in the words and the order of who asks for it.
import type { Language } from "../../lib/language.ts";

/** One record, ready to be shown. A value that is `null` is missing; texts may be of any script and length. */
export interface RecordDocument {
  readonly title: string;
  readonly subtitle: string;
  /** The language of the words that are ours, and of numbers. */
  readonly language: Language;
  readonly sections: readonly FieldSection[];
  readonly lists: readonly RecordList[];
  readonly files: readonly AttachedFile[];
  /** A line for the foot of every page; what is beyond two lines there is left out. */
  readonly footer: string;
}

/** Fields under a common heading. */
export interface FieldSection {
  readonly heading: string | null;
  readonly fields: readonly { readonly label: string; readonly value: string | null }[];
}

/** A child list: a row holds a value for each column. */
export interface RecordList {
  readonly heading: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

export interface AttachedFile {
  readonly name: string;
  /** Bytes, or `null` where it is not known. */
  readonly size: number | null;
  readonly note: string | null;
}
