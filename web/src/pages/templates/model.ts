// Template files (CONTRACT section 4a) as the editors hold them. What they do not know is kept as it was.

export type Facts = Readonly<Record<string, unknown>>;

export const FORMATS = ["csv", "tsv", "xlsx", "ods", "json", "ndjson", "json-rows", "xml", "parquet", "text"] as const;
type FormatName = (typeof FORMATS)[number];

/** A value and what it becomes. */
export interface Pair {
  readonly key: string;
  readonly from: string;
  readonly to: string;
}

/** By the name of a translation, or the pairs themselves. */
export type Translate =
  | { readonly kind: "named"; readonly name: string }
  | { readonly kind: "pairs"; readonly pairs: readonly Pair[] };

export const RULES = ["hash", "drop", "year", "truncate", "shift"] as const;
export type RuleName = (typeof RULES)[number];

export interface Deidentify {
  readonly rule: RuleName;
  /** How many characters stay, of `truncate`. */
  readonly length?: number;
  /** Of `shift`: at most so many. */
  readonly days?: number;
  /** Of `shift`: the path of the field that says whose date it is. */
  readonly subject?: string;
}

export interface Column {
  /** The editor's own; it is not kept. */
  readonly key: string;
  /** A field's path; null for a fixed value. */
  readonly field: string | null;
  readonly value: string;
  /** The header; empty for the path. */
  readonly name: string;
  readonly mandatory: boolean;
  readonly default: string | number | boolean | null;
  readonly date: string | null;
  readonly translate: Translate | null;
  readonly deidentify: Deidentify | null;
  /** The field's stable id and type, and what this editor does not know. */
  readonly others: Facts;
}

/** A list of the object type, with columns of its own. */
export interface List {
  readonly key: string;
  readonly list: string;
  readonly columns: readonly Column[];
  readonly others: Facts;
}

export interface Translation {
  readonly key: string;
  readonly name: string;
  readonly pairs: readonly Pair[];
}

export interface Dataset {
  readonly name: string;
  readonly description: string;
  /** The object type; empty for a text. */
  readonly object: string;
  readonly format: string;
  /** Empty for the name of the object type. */
  readonly fileName: string;
  readonly options: Facts;
  /** Undefined for all records. */
  readonly where: unknown;
  readonly order: readonly string[];
  readonly columns: readonly Column[];
  readonly lists: readonly List[];
  readonly translations: readonly Translation[];
  readonly others: Facts;
}

/** A dataset of an export template: a dataset template by its id, or one that is written into it. */
export type Part =
  | { readonly key: string; readonly kind: "reference"; readonly template: string; readonly name: string }
  | { readonly key: string; readonly kind: "inline"; readonly body: Facts };

export interface Bundle {
  readonly name: string;
  readonly description: string;
  readonly version: string;
  readonly compressed: boolean;
  readonly fileName: string;
  readonly parts: readonly Part[];
  readonly others: Facts;
}

let keys = 0;
/** Tells things of a list apart while it is edited. */
export function newKey(): string {
  keys += 1;
  return `k${keys}`;
}

export function newColumn(field: string | null, name = ""): Column {
  return {
    key: newKey(),
    field,
    value: "",
    name,
    mandatory: false,
    default: null,
    date: null,
    translate: null,
    deidentify: null,
    others: {},
  };
}

/** Tables with the object type's columns: itself, and its lists. */
export function tablesOf(
  dataset: Dataset,
): readonly { readonly pointer: string; readonly columns: readonly Column[] }[] {
  return [
    { pointer: "/columns", columns: dataset.columns },
    ...dataset.lists.map((list, n) => ({ pointer: `/lists/${n}/columns`, columns: list.columns })),
  ];
}

export function nameOfInline({ name }: Facts): string {
  return typeof name === "string" ? name : "";
}
