// What somebody asks for: the parameters of one export, as the command line, REST and templates have them.
import type { FormatOptions } from "../cells/row-writer.ts";

/** Which attached files are asked for, and how an archive is arranged. Names are those of CONTRACT sections 5 and 7. */
export interface FilesRequest {
  readonly layout?: "tables" | "folders" | "files";
  readonly exportFiles?: boolean;
  /** The files in a zip of their own; implies `exportFiles`. */
  readonly zipFiles?: boolean;
  /** Kinds of file, as `fastq`; all when absent. */
  readonly fileFormats?: readonly string[];
  /** A condition on the records that are files: JSON, CONTRACT section 3. */
  readonly fileWhere?: unknown;
  /** Names of folders and files with tags, as `{record.number}/{index}-{file.name}`. */
  readonly nameTemplate?: string;
  readonly bag?: boolean;
}

/** One export as it is asked for; nothing in it is checked yet. Field names are those of CONTRACT section 7. */
export interface ExportRequest extends FilesRequest {
  readonly object: string;
  /** A format's name. */
  readonly format: string;
  readonly options?: FormatOptions;
  /** JSON, CONTRACT section 3. */
  readonly where?: unknown;
  /** Just these fields; all non-optional ones when absent. A list's name asks for the list. */
  readonly paths?: readonly string[];
  /** Optional fields and lists in addition. */
  readonly include?: readonly string[];
  /** References as nested objects. */
  readonly expand?: readonly string[];
  /** Paths, descending with a minus in front; the key when absent. */
  readonly order?: readonly string[];
  readonly limit?: number;
  /** For a realm: the first and the last day, `2024-05-01`, in the org's time zone. */
  readonly from?: string;
  readonly to?: string;
  /** Groups instead of records: JSON, CONTRACT section 3. */
  readonly aggregate?: unknown;
  /** IANA name; UTC when absent. */
  readonly timeZone?: string;
  /** `en` when absent. */
  readonly language?: string;
}
