// What a template is: decided once by its author, and run by everybody else (CONTRACT section 4a).
import type { DeidentifyRule, FieldType } from "../catalog/types.ts";

/** An object type in a format, with the columns and their rules. */
export interface DatasetTemplate {
  readonly kind: "dataset-template";
  readonly name: string;
  readonly description: string | null;
  /** Null where nothing is read: a dataset in the format `text`. */
  readonly object: string | null;
  /** A format's name, or `text`. */
  readonly format: string;
  /** With tokens; made from the name of the object type when null. */
  readonly fileName: string | null;
  readonly options: Readonly<Record<string, unknown>>;
  /** Records that are left out when they do not match: JSON, CONTRACT section 3. */
  readonly where: unknown;
  /** Paths, descending with a minus in front; the key when null. */
  readonly order: readonly string[] | null;
  readonly last: LastOfEach | null;
  /** None in a draft, which can be kept and not run. */
  readonly columns: readonly TemplateColumn[];
  /** Lists of the object type, as further tables or nested, by the format. */
  readonly lists: readonly TemplateList[];
  /** Value translations by name, for its columns. */
  readonly translations: Translations;
}

/** Value translations by their names; each by the canonical text of the value. */
export type Translations = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Of the records that are alike in `by`, only the newest: the last in this order. */
export interface LastOfEach {
  readonly by: readonly string[];
  readonly order: readonly string[];
}

/** A list of the object type, with columns of its own. */
export interface TemplateList {
  readonly list: string;
  readonly columns: readonly TemplateColumn[];
  readonly lists: readonly TemplateList[];
}

/** A column: a field by its path, or a fixed value. */
export interface TemplateColumn {
  /** Null for a fixed value. */
  readonly field: string | null;
  readonly value: string | null;
  /** The header. */
  readonly name: string;
  /** The stable id of the field, and the type that it had, when the template was pinned. */
  readonly id: string | null;
  readonly type: FieldType | null;
  readonly deidentify: DeidentifyRule | null;
  /** The labels themselves, or the name of a translation. */
  readonly translate: Readonly<Record<string, string>> | string | null;
  readonly default: string | number | boolean | null;
  /** A Unicode date pattern. */
  readonly date: string | null;
  readonly mandatory: boolean;
}

/** A named, versioned bundle of datasets. */
export interface ExportTemplate {
  readonly kind: "export-template";
  readonly name: string;
  readonly description: string | null;
  /** The author's own text. */
  readonly version: string | null;
  /** False for a file that is not wrapped in anything, which several files always are. */
  readonly compressed: boolean;
  readonly fileName: string | null;
  readonly datasets: readonly DatasetTemplate[];
  readonly translations: Translations;
}

export type Template = DatasetTemplate | ExportTemplate;

/** The datasets of a template, in order. */
export function datasetsOf(template: Template): readonly DatasetTemplate[] {
  return template.kind === "export-template" ? template.datasets : [template];
}
