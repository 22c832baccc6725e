// What somebody has chosen in the dialog, and the request that comes of it.
import type { ExportOrder } from "../quick-export/ways.ts";
import type { ExportSubject } from "./subject.ts";

/** `table`: rows in a file. `files`: a folder a record with its files. `folders`: the record itself, too. */
export const KINDS = ["table", "files", "folders", "template"] as const;
export type Kind = (typeof KINDS)[number];

export const FORMATS = ["csv", "xlsx", "ods", "json", "ndjson", "tsv", "xml", "parquet", "json-rows"] as const;
export type Format = (typeof FORMATS)[number];

/** Kinds of files, as `fileFormats` has them. */
export const FILE_FORMATS = [
  ...(["fasta", "fastq", "genbank", "text", "csv", "tsv", "spreadsheet", "json"] as const),
  ...(["image", "pdf", "unknown"] as const),
] as const;

export const DELIMITERS = [",", ";", "\t", "|"] as const;

export interface Draft {
  readonly kind: Kind;
  readonly template: { readonly kind: "dataset-template" | "export-template"; readonly id: string } | null;
  /** Null for the usual ones: those of the catalog, also when it changes. */
  readonly paths: readonly string[] | null;
  /** Lists of the records that go with them. */
  readonly lists: readonly string[];
  readonly format: Format;
  /** Of CSV: as Excel opens it at a double click, or as is said. */
  readonly csv: {
    readonly excel: boolean;
    readonly delimiter: string;
    readonly header: boolean;
    readonly bom: boolean;
  };
  readonly zipped: boolean;
  /** Attached files beside the data, or in the folders. */
  readonly withFiles: boolean;
  /** None for all. */
  readonly fileFormats: readonly string[];
  readonly nameTemplate: string;
  readonly bag: boolean;
  readonly label: string;
  readonly description: string;
  readonly purpose: string;
  readonly notify: boolean;
  readonly recipient: string;
  readonly principal: string;
  readonly afterScript: string;
}

export function newDraft(subject: ExportSubject, kind: Kind): Draft {
  return {
    kind,
    template: null,
    paths: subject.paths ?? null,
    lists: [],
    format: "csv",
    csv: { excel: true, delimiter: ",", header: true, bom: false },
    zipped: true,
    withFiles: kind === "files",
    fileFormats: [],
    nameTemplate: "",
    bag: false,
    label: "",
    description: "",
    purpose: "",
    notify: false,
    recipient: "",
    principal: "",
    afterScript: "",
  };
}

/** The request; members that do not suit the kind are left out, so that changing one's mind leaves nothing behind. */
export function orderOf(subject: ExportSubject, draft: Draft): ExportOrder {
  const { kind, template } = draft;
  const isTable = kind === "table";
  return {
    ...recordsOf(subject),
    ...(isTable ? tableOf(subject, draft) : {}),
    ...(kind === "files" || kind === "folders" ? foldersOf(draft) : {}),
    ...(kind === "template" && template !== null
      ? { [template.kind === "dataset-template" ? "datasetTemplate" : "exportTemplate"]: template.id }
      : {}),
    ...said("label", draft.label),
    ...said("description", draft.description),
    ...said("purpose", draft.purpose),
    ...said("recipient", draft.recipient),
    ...said("principal", draft.principal),
    ...said("afterScript", draft.afterScript),
    ...(draft.notify ? { notify: true } : {}),
  };
}

function recordsOf({ object, keys, where, search, namespace, batch }: ExportSubject): ExportOrder {
  return {
    // A batch knows its object type.
    ...(batch === undefined ? { objects: object } : { batch }),
    ...(keys === undefined ? {} : { keys: [...keys] }),
    ...(where === undefined || where === null ? {} : { where }),
    ...said("search", search ?? ""),
    ...(namespace === undefined ? {} : { namespace }),
  };
}

function tableOf(subject: ExportSubject, draft: Draft): ExportOrder {
  const { paths, lists, format, csv, zipped, withFiles } = draft;
  return {
    format,
    ...(paths === null ? {} : { paths: [...paths] }),
    ...(lists.length === 0 ? {} : { include: [...lists] }),
    ...(subject.order === undefined || subject.batch !== undefined ? {} : { order: [...subject.order] }),
    ...(format === "csv" ? { options: csvOptions(csv) } : {}),
    ...(withFiles ? { exportFiles: true, ...chosenFiles(draft) } : {}),
    ...(zipped || withFiles ? {} : { container: "none" as const }),
  };
}

function csvOptions({ excel, delimiter, header, bom }: Draft["csv"]): Record<string, string | boolean> {
  return excel ? { preset: "excel" } : { delimiter, header, bom };
}

function foldersOf(draft: Draft): ExportOrder {
  const files = draft.kind === "files" || draft.withFiles;
  return {
    layout: draft.kind === "files" ? "files" : "folders",
    ...(draft.kind === "folders" && files ? { exportFiles: true } : {}),
    ...(files ? chosenFiles(draft) : {}),
    ...said("nameTemplate", draft.nameTemplate),
    ...(draft.bag ? { bag: true } : {}),
  };
}

function chosenFiles({ fileFormats }: Draft): ExportOrder {
  return fileFormats.length === 0 ? {} : { fileFormats: [...fileFormats] };
}

function said<Name extends string>(name: Name, text: string): Partial<Record<Name, string>> {
  const its = text.trim();
  return (its === "" ? {} : { [name]: its }) as Partial<Record<Name, string>>;
}
