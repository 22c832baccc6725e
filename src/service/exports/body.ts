// What is asked for by `POST exports` (CONTRACT section 7), as it is kept: nothing in it is checked yet.
import type { FormatOptions } from "../../cells/row-writer.ts";
import type { Container } from "../../engine/run.ts";
import type { ExportRequest } from "../../plan/request.ts";

/** An export as it is asked for. Of `objects`, `batch` and `realm` one is given, or none where a template says what. */
export interface ExportBody extends Partial<
  Pick<
    ExportRequest,
    | "where"
    | "paths"
    | "include"
    | "expand"
    | "order"
    | "limit"
    | "aggregate"
    | "from"
    | "to"
    | "timeZone"
    | "language"
    | "layout"
    | "bag"
    | "exportFiles"
    | "zipFiles"
    | "fileFormats"
    | "fileWhere"
    | "nameTemplate"
  >
> {
  readonly label?: string;
  readonly description?: string;
  /** The object type. */
  readonly objects?: string;
  /** A batch's id. */
  readonly batch?: string;
  /** An object type that is requested by date range, with `from` and `to`. */
  readonly realm?: string;
  /** The id of the namespace that the records belong to, to it or to one below. */
  readonly namespace?: string;
  /** Words that must all be found in a record, besides `where`. */
  readonly search?: string;
  /** Keys of records as texts (`lib/record-key.ts`), each of which must be there for the caller; besides `where`. */
  readonly keys?: readonly string[];
  /** A format's name, or its MIME type. */
  readonly format?: string;
  readonly options?: FormatOptions;
  readonly container?: Container;
  /** Ids of templates. */
  readonly datasetTemplate?: string;
  readonly exportTemplate?: string;
  /** The person (id or mail address) whose rights the export has; for administrators. */
  readonly principal?: string;
  /** `<key>/<list>`: the items of one record's list, instead of the records. */
  readonly prefix?: string;
  /** `age1…`: who alone can open the archive. */
  readonly recipient?: string;
  /** Whether a mail says when it is ready, or has failed. */
  readonly notify?: boolean;
  /** Why it is made. */
  readonly purpose?: string;
  /** Whether it may join one that asks for the same; true unless it is said. */
  readonly join?: boolean;
  /** JavaScript that runs afterwards (docs/after-script.md); for administrators. */
  readonly afterScript?: string;
}
