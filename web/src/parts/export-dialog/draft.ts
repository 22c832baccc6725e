// What is entered in the export dialog, and the request that it makes.
import type { ObjectTypeWithFields } from "../../api/generated.ts";
import type { api } from "../../api/client.ts";
import type { ExportSubject } from "./subject.ts";

/** What can be ordered by `POST exports`. */
export type ExportBody = Parameters<typeof api.org.postExports>[1];

export const KINDS = ["table", "list", "files", "folders", "template"] as const;
export type Kind = (typeof KINDS)[number];

export const TABLE_FORMATS = ["csv", "xlsx", "ods", "tsv", "json", "ndjson", "json-rows", "xml", "parquet"] as const;
export const LIST_FORMATS = ["csv", "xlsx"] as const;
export const FILE_FORMATS = [
  "fasta",
  "fastq",
  "text",
  "csv",
  "tsv",
  "spreadsheet",
  "json",
  "genbank",
  "image",
  "pdf",
  "unknown",
] as const;
export const CONTAINERS = ["zip", "none", "gzip", "zstd"] as const;

export interface Draft {
  readonly kind: Kind;
  readonly paths: readonly string[];
  /** Of the line list. */
  readonly metadata: readonly string[];
  readonly format: (typeof TABLE_FORMATS)[number];
  readonly listFormat: (typeof LIST_FORMATS)[number];
  readonly excel: boolean;
  /** Empty for that of the preset, or a comma. */
  readonly delimiter: string;
  readonly header: boolean;
  readonly bom: boolean;
  readonly lists: readonly string[];
  readonly files: boolean;
  readonly zipFiles: boolean;
  /** All of them are not sent: files of further kinds may come. */
  readonly fileFormats: readonly string[];
  readonly nameTemplate: string;
  readonly container: (typeof CONTAINERS)[number];
  readonly bag: boolean;
  /** `dataset-template:<id>` or `export-template:<id>`. */
  readonly template: string | null;
  readonly label: string;
  readonly purpose: string;
  readonly notify: boolean;
  readonly recipient: string;
  readonly timeZone: string;
  readonly language: string;
  readonly principal: string;
  readonly afterScript: string;
}

export function firstDraft(
  type: ObjectTypeWithFields,
  subject: ExportSubject,
  reader: { readonly timeZone: string; readonly language: string },
): Draft {
  const standard = type.fields.filter((it) => !it.optional).map(({ name }) => name);
  return {
    kind: "table",
    paths: subject.paths ?? standard,
    metadata: [],
    format: "csv",
    listFormat: "xlsx",
    excel: true,
    delimiter: "",
    header: true,
    bom: false,
    lists: [],
    files: false,
    zipFiles: false,
    fileFormats: FILE_FORMATS,
    nameTemplate: "",
    container: "zip",
    bag: false,
    template: null,
    label: "",
    purpose: "",
    notify: false,
    recipient: "",
    ...reader,
    principal: "",
    afterScript: "",
  };
}

/** Which records. */
function chosenOf({ object, keys, where, search, namespace, batch }: ExportSubject): ExportBody {
  return {
    ...(batch === undefined ? { objects: object } : { batch }),
    ...(keys === undefined ? {} : { keys: [...keys] }),
    ...(where === undefined || where === null ? {} : { where }),
    ...(search === undefined || search === "" ? {} : { search }),
    ...(namespace === undefined ? {} : { namespace }),
  };
}

/** What is asked for; texts that are empty are left out. */
export function bodyOf(draft: Draft, subject: ExportSubject): ExportBody {
  const { label, purpose, recipient, principal, afterScript, timeZone, language } = draft;
  const texts = { label: label.trim(), purpose: purpose.trim(), recipient: recipient.trim(), principal, afterScript };
  return {
    ...chosenOf(subject),
    ...contentOf(draft, subject),
    ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== "")),
    timeZone,
    language,
    ...(draft.notify ? { notify: true } : {}),
    ...(draft.bag ? { bag: true } : {}),
  };
}

function contentOf(draft: Draft, { order }: ExportSubject): ExportBody {
  const inOrder = order === undefined || order.length === 0 ? {} : { order: [...order] };
  switch (draft.kind) {
    case "template": {
      const [kind, id] = draft.template?.split(":") ?? [];
      if (id === undefined) return {};
      return kind === "export-template" ? { exportTemplate: id } : { datasetTemplate: id };
    }
    case "files":
      return { layout: "files", exportFiles: true, ...filesOf(draft) };
    case "folders":
      return { layout: "folders", ...inOrder, ...(draft.files ? { exportFiles: true } : {}), ...filesOf(draft) };
    case "list":
      return { paths: [...draft.metadata], ...inOrder, ...formatOf(draft, draft.listFormat) };
    case "table":
      return {
        paths: [...draft.paths],
        ...(draft.lists.length === 0 ? {} : { include: [...draft.lists] }),
        ...inOrder,
        ...formatOf(draft, draft.format),
        ...(draft.files ? { exportFiles: true, ...(draft.zipFiles ? { zipFiles: true } : {}), ...filesOf(draft) } : {}),
      };
  }
}

function filesOf({ kind, files, fileFormats, nameTemplate }: Draft): ExportBody {
  const wanted = files || kind === "files";
  return {
    ...(wanted && fileFormats.length < FILE_FORMATS.length ? { fileFormats: [...fileFormats] } : {}),
    ...(nameTemplate.trim() === "" ? {} : { nameTemplate: nameTemplate.trim() }),
  };
}

function formatOf({ kind, excel, delimiter, header, bom, container, files, bag }: Draft, format: string): ExportBody {
  const isText = format === "csv" || format === "tsv";
  const options = {
    ...(format === "csv" && excel ? { preset: "excel" } : {}),
    ...(format === "csv" && delimiter !== "" ? { delimiter } : {}),
    ...(isText && !header ? { header: false } : {}),
    ...(isText && bom && !(format === "csv" && excel) ? { bom: true } : {}),
  };
  const isZip = (files && kind === "table") || bag;
  return { format, ...(Object.keys(options).length === 0 ? {} : { options }), container: isZip ? "zip" : container };
}
