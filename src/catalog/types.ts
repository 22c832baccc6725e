// The words of the catalog: what can be exported, and what it is made of.
import type { DeidentifyRule } from "../config/config.ts";

export type { DeidentifyRule };

/**
 * The type of a field, the same for every database.
 * `datetime` is a local date and time without a zone, `instant` a point in time; `any` is a column that may hold
 * values of every type (SQLite without a declared type).
 */
export type FieldType =
  | "text"
  | "integer"
  | "decimal"
  | "float"
  | "boolean"
  | "date"
  | "time"
  | "datetime"
  | "instant"
  | "uuid"
  | "binary"
  | "json"
  | "array"
  | "any";

/** A typed property of an object type. */
export interface Field {
  readonly name: string;
  /** The column that holds it. */
  readonly column: string;
  /** Keys inside of the column's JSON, where the value is there; its type is then what the value should be. */
  readonly keys?: readonly string[];
  readonly type: FieldType;
  /** The type of the elements, when `type` is `array`. */
  readonly element?: FieldType;
  /** The type's name in the database, as its own documentation writes it: `numeric(12,2)`. */
  readonly native: string;
  readonly nullable: boolean;
  /** Left out of an export unless it is asked for. */
  readonly optional?: boolean;
  /** There for links and policies only: nobody can ask for it. */
  readonly hidden?: boolean;
  /** Instead of the code that the column holds, its label here; a code without one is shown as it is. */
  readonly labels?: Readonly<Record<string, string>>;
  /** How it is made unrecognisable for whoever has less than the role `below`, or for everybody. */
  readonly deidentify?: Deidentification;
  readonly label?: string;
  readonly documentation?: string;
  /** What numbers are counted in: `m`, `°C`. */
  readonly unit?: string;
  /** `object.field` by its first name, in an org: it stays when the field is renamed. */
  readonly id?: string;
}

/** De-identification of a field, as the configuration has it. */
export interface Deidentification {
  readonly below: "analyst" | "maintainer" | "owner" | null;
  readonly rule: DeidentifyRule;
}

/** Whether a field is a column as it is, not something taken out of one or shown in its place. */
export function isColumn(field: Field): boolean {
  return field.keys === undefined && field.labels === undefined;
}

/** A pair of columns that link two object types: `from` on this side, `to` on the other. */
export interface Link {
  readonly from: string;
  readonly to: string;
}

/** A field that points to one record of another object type. */
export interface Reference {
  readonly name: string;
  readonly object: string;
  /** The columns here (`from`) and the unique columns of the other object type (`to`). */
  readonly by: readonly Link[];
  /** The database sees to it that what is pointed to is there, and shows it to whoever sees what points. */
  readonly enforced: boolean;
}

/** The records of another object type that point back at this one. */
export interface List {
  readonly name: string;
  readonly object: string;
  /** The unique columns here (`from`) and the columns of the child (`to`) that point at them. */
  readonly by: readonly Link[];
  /** The database sees to it that a child that points has its parent, and shows it to whoever sees the child. */
  readonly enforced: boolean;
}

/** Files that belong to the records of an object type: each is a record of another one. */
export interface Attachments {
  readonly name: string;
  readonly object: string;
  /** As of a list. */
  readonly by: readonly Link[];
  /** The source that has the bytes, and the field with the path in it; null where `column` holds them. */
  readonly store: string | null;
  readonly path: string | null;
  readonly column: string | null;
  /** The fields with the file's name and with its size in bytes. */
  readonly fileName: string | null;
  readonly size: string | null;
}

/** A table or view. */
export interface Table {
  readonly schema?: string;
  readonly name: string;
}

/** The rows of a SELECT that the configuration gives. */
export interface QueryRows {
  readonly query: string;
}

/**
 * A row for each element of the JSON arrays of other rows. Its columns are `k0`, `k1`, … (the key of the row that the
 * array is in), `position` (integer, from 1) and `value` (the element as JSON).
 */
export interface ElementRows {
  readonly of: Relation;
  readonly key: readonly string[];
  /** The JSON column, its native type, and the keys inside of it under which the array is. */
  readonly column: string;
  readonly native: string;
  readonly keys: readonly string[];
}

/** Where the records of an object type lie in its source. */
export type Relation = Table | QueryRows | ElementRows;

/** One kind of exportable record. */
export interface ObjectType {
  readonly name: string;
  readonly table: Relation;
  readonly kind: "table" | "view" | "query" | "elements";
  readonly fields: readonly Field[];
  /** The names of the fields that identify a record; empty where the table has no key. */
  readonly key: readonly string[];
  readonly references: readonly Reference[];
  readonly lists: readonly List[];
  readonly files?: readonly Attachments[];
  readonly label?: string;
  readonly documentation?: string;
  /** About how many records there are, where the database knows without counting. */
  readonly estimatedRows?: number;
  /** The name of the source that it is in; absent where there is only one, without a name. */
  readonly source?: string;
  /** What the configuration says of it besides; see there. */
  readonly roles?: ObjectRoles;
  /** The rows that a principal may see: a `where` in which `$principal` stands for the principal. */
  readonly policy?: unknown;
  /** What makes it a realm: exports of it are asked for by dates. */
  readonly range?: Range;
  /** Fields that were there once, by their stable ids and last names. */
  readonly former?: readonly { readonly id: string; readonly name: string | null }[];
}

/** The fields of an object type that play a part, by name. */
export interface ObjectRoles {
  /** Names a record. */
  readonly title?: string;
  /** When a record was made. */
  readonly created?: string;
  /** When a record was changed last. */
  readonly updated?: string;
  /** The key of the namespace that a record belongs to. */
  readonly namespace?: string;
  readonly state?: string;
  /** The person whom a record belongs to. */
  readonly owner?: string;
  /** The states in which a run is complete. */
  readonly complete?: readonly string[];
  readonly deleted?: DeletionLog;
}

/** Where the source keeps which records were deleted. */
export interface DeletionLog {
  /** The object type of its entries. */
  readonly object: string;
  /** Its fields with the key of what was deleted, in the order of that key. */
  readonly key: readonly string[];
  /** Its field with the time. */
  readonly at: string;
}

/** The dates that exports of a realm are asked for by. */
export interface Range {
  /** A field that is a date, a datetime or an instant. */
  readonly field: string;
  /** The longest range: an ISO 8601 duration. */
  readonly max: string;
}

/** The object types that can be exported, by name. */
export interface Catalog {
  readonly objects: ReadonlyMap<string, ObjectType>;
  /** IANA name of the zone in which dates without one are meant, and instants shown; UTC when absent. */
  readonly timeZone?: string;
  /** Value translations that templates may name, each by the canonical text of the value. */
  readonly translations?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
