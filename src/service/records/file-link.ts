// Links to attached files that are good for an hour, for whoever has them.

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
