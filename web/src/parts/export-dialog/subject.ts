// What an export dialog is opened for.

/** The records to be exported: those of some keys, of a filter, or of a batch; without any of these, all. */
export interface ExportSubject {
  /** The object type. */
  readonly object: string;
  readonly keys?: readonly string[];
  readonly where?: unknown;
  readonly search?: string;
  readonly namespace?: string;
  /** A batch's id. */
  readonly batch?: string;
  /** How many records there are; null where nobody knows. */
  readonly count: { readonly count: number | null; readonly exact: boolean } | null;
  /** Columns as the reader has them on the screen, and their order: what the dialog begins with. */
  readonly paths?: readonly string[];
  readonly order?: readonly string[];
}
