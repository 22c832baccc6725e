// The export plan: complete, serialisable as JSON, and free of secrets. The engine needs nothing else but the source.
import type { FormatOptions, GroupShape } from "../cells/row-writer.ts";
import type { DeidentifyRule, FieldType } from "../catalog/types.ts";
import type { FixedValue } from "../cells/fill.ts";
import type { ExportRequest } from "./request.ts";
import type { Select } from "./select.ts";

/** A column of the output. */
export interface PlanColumn {
  /** The header, unique in its table. */
  readonly name: string;
  readonly path: readonly string[];
  readonly type: FieldType;
  /** The type's name in the database; absent where the value is computed, or a key inside of another. */
  readonly native?: string;
  readonly nullable: boolean;
  /** Which cell of the select's rows it shows. */
  readonly cell: number;
  readonly label?: string;
  readonly documentation?: string;
  readonly unit?: string;
  /** What is done to the cell on its way, in order. */
  readonly rules: readonly CellRule[];
  /** How its values were made unrecognisable. */
  readonly deidentified?: DeidentifyRule["rule"];
  /** Without a value in every row, the export fails. */
  readonly mandatory?: true;
}

/** A rule that acts on cells between source and format. */
export type CellRule =
  /** A JSON scalar taken out of its JSON, as the type that it is said to have. */
  | { readonly rule: "unwrapJson"; readonly as?: FieldType }
  /** Text that is a date, a time or both, taken for one. */
  | { readonly rule: "readTimes" }
  /** The org's pseudonym of the value. */
  | { readonly rule: "hash" }
  | { readonly rule: "truncate"; readonly length: number }
  | { readonly rule: "year" }
  /** `subject`: the cell that says whose date it is. */
  | { readonly rule: "shift"; readonly days: number; readonly subject: number }
  /** Labels instead of codes, whose canonical text is given here. */
  | { readonly rule: "translate"; readonly labels: Readonly<Record<string, string>> }
  /** What stands in the place of missing values. */
  | { readonly rule: "default"; readonly value: FixedValue }
  /** Dates as text, by a Unicode date pattern. */
  | { readonly rule: "date"; readonly pattern: string };

/** A cell that is no column, but that rules of columns look at. */
export interface Reading {
  readonly cell: number;
  readonly rules: readonly CellRule[];
}

/** One stream of rows, and the lists that hang on it. */
export interface TablePlan {
  /** `samples`, `samples.measures`. */
  readonly name: string;
  readonly object: string;
  readonly label?: string;
  readonly documentation?: string;
  readonly select: Select;
  readonly columns: readonly PlanColumn[];
  /** The names of the columns that identify a row; empty where they are not all shown. */
  readonly key: readonly string[];
  /** Read before the rules of columns are applied. */
  readonly readings?: readonly Reading[];
  readonly places?: PlacesPlan;
  /** The cells that name a record in messages; its number in the table when absent. */
  readonly recordKey?: readonly number[];
  /** For a list that is a table of its own: its first columns, and the columns of the parent's table that they repeat. */
  readonly parent: {
    readonly table: string;
    readonly columns: readonly string[];
    readonly to: readonly string[];
  } | null;
  readonly groups: readonly GroupShape[];
  readonly lists: readonly ListPlan[];
  /** About how many rows will come, where that is known without counting. */
  readonly estimatedRows: number | null;
  /** This table is part `index` of `count` parts of one table, to be joined in order. Always whole for now. */
  readonly part: { readonly index: number; readonly count: number };
}

/** A list inside of a table. In nested formats rows are matched by equal keys in two streams of the same order. */
export interface ListPlan {
  /** The member's name in each record. */
  readonly name: string;
  readonly table: TablePlan;
  /** The cells of the parent's rows, and of the list's rows, that are equal where they belong together. */
  readonly parentKey: readonly number[];
  readonly ownKey: readonly number[];
}

/** The records of one object type in one format. */
export interface DatasetPlan {
  /** The object type's own table, and after it those of its lists unless the format nests them. */
  readonly tables: readonly [TablePlan, ...TablePlan[]];
  readonly format: string;
  readonly options: FormatOptions;
  /** The name under which whoever runs the plan finds the source. */
  readonly source: string;
  /** The name of its file; its first table's when absent. A list's name is put before the suffix. */
  readonly fileName?: string;
}

/** A tag of a name (`record.number`), and the cells whose texts it stands for. */
export interface TagPlan {
  readonly tag: string;
  readonly cells: readonly number[];
}

/** Records one by one, each with its attached files. */
export interface RecordsPlan {
  /**
   * `tables`: files beside the data, under `files/`. `folders`: a folder a record, with the record as JSON and PDF.
   * `files`: a folder a record, with its files alone.
   */
  readonly layout: "tables" | "folders" | "files";
  readonly source: string;
  /** The rows of the records; in `folders`, with their columns and nested lists. */
  readonly table: TablePlan;
  readonly files: readonly FilesPlan[];
  readonly tags: readonly TagPlan[];
  /** Name templates of a record's folder, and of a file in it. */
  readonly folder: string;
  readonly file: string;
  /** The kinds of file that are wanted; null for all. */
  readonly formats: readonly string[] | null;
  /** Whether the files are in a zip of their own. */
  readonly zipFiles: boolean;
  /** In `folders`: the cell of the column that tells the names of each of `files`. */
  readonly cells: readonly number[];
}

/** Files that belong to records: a list, whose rows are files. */
export interface FilesPlan {
  readonly name: string;
  readonly table: TablePlan;
  /** The cells of the record's rows, and of the file's rows, that are equal where they belong together. */
  readonly parentKey: readonly number[];
  readonly ownKey: readonly number[];
  /** The name of the store that `place` is a path in; null where `place` is the bytes themselves. */
  readonly store: string | null;
  /** Null where only names are read, and the bytes are in a column. */
  readonly place: number | null;
  readonly fileName: number | null;
  readonly size: number | null;
  /** The file's own key, for files without a name. */
  readonly key: readonly number[];
  readonly tags: readonly TagPlan[];
}

/** Columns of a table that tell the places of its records' files in the archive, as arrays. */
export type PlacesPlan = Pick<RecordsPlan, "files" | "tags" | "folder" | "file" | "formats" | "zipFiles" | "cells">;

/** A file that is a fixed text: a licence, a note. */
export interface TextPlan {
  readonly text: string;
  readonly fileName: string;
}

/** The batch whose records are exported. Its keys are not in the plan: whoever runs it is asked for them. */
export interface BatchPlan {
  /** The object type of its records. */
  readonly object: string;
  readonly source: string;
  /** How many keys it has, and how many of them are put into one statement. */
  readonly count: number;
  readonly keysInPart: number;
  /** The types of the key's columns. */
  readonly types: readonly FieldType[];
  /** The keys of its records that are there, and that the principal may see. */
  readonly there: Select;
  /** Whether the keys of those that are not may be told. */
  readonly tellsKeys: boolean;
}

/** What became of a column of a template since its author chose it. */
export interface ColumnNote {
  readonly table: string;
  readonly column: string;
  /** `removed`: the field is no more, and the column is empty. */
  readonly note: "removed" | "renamed" | "type-changed";
  /** The former path, or type. */
  readonly before?: string;
}

/** The template that an export was made by, as its archive tells it. */
export interface TemplateFacts {
  readonly name: string;
  readonly description?: string;
  readonly version?: string;
}

export interface ExportPlan {
  /** Raised when the shape changes, so that a worker refuses a plan that it does not understand. */
  readonly version: 1;
  readonly datasets: readonly (DatasetPlan | TextPlan)[];
  /** Records with their files, after the datasets. */
  readonly records?: RecordsPlan;
  /** Where selects have a condition `inBatch`. */
  readonly batch?: BatchPlan;
  /** Whether the archive is a BagIt bag (RFC 8493). */
  readonly bag?: true;
  /** IANA name of the zone in which instants are shown. */
  readonly timeZone: string;
  readonly language: string;
  /** What was asked for, for the archive's description. */
  readonly asked: Asked;
  readonly template?: TemplateFacts;
  readonly notes?: readonly ColumnNote[];
  /** What a template calls its archive, without a suffix. */
  readonly archiveName?: string;
  /** Whether the template is a bundle of datasets, and whether it wants a single file as it is. */
  readonly bundle?: true;
  readonly bare?: true;
}

/** The datasets that are read from sources. */
export function dataOf({ datasets }: ExportPlan): readonly DatasetPlan[] {
  return datasets.filter((it): it is DatasetPlan => !("text" in it));
}

/** The parts of a request that a reader of the archive wants to know. */
export type Asked = Pick<
  ExportRequest,
  "object" | "where" | "from" | "to" | "paths" | "include" | "expand" | "order" | "limit" | "aggregate"
> & {
  /** What the batch is called. */
  readonly batch?: string;
  /** `<key>/<list>`: whose items of which list. */
  readonly prefix?: string;
  /** Words that were searched for. */
  readonly search?: string;
  /** How many records were named by their keys. */
  readonly keys?: number;
  /** The filters of a template's datasets, by their names. */
  readonly templateWhere?: Readonly<Record<string, unknown>>;
};

/** How many streams of a table are open at the same time: more than one where lists are nested, or files looked up. */
export function concurrentStreams(table: TablePlan): number {
  const files = table.places?.files.length ?? 0;
  return 1 + files + table.lists.reduce((sum, list) => sum + concurrentStreams(list.table), 0);
}
