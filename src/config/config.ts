// The configuration (`waybill.yaml`, CONTRACT section 2) as the rest of the program has it: checked, and free of YAML.

/** Text in one language, or in several by their tags: `{ en: "Samples", fr: "Échantillons" }`. */
export type Localised = string | Readonly<Record<string, string>>;

/** Where something stands in the file, for messages: lines and columns are counted from 1. */
export interface FilePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface Config {
  readonly mail: MailConfig | null;
  readonly orgs: ReadonlyMap<string, OrgConfig>;
  /** The place of a value by its path: `place(["orgs", "lab", "objects", "samples", "key"])`, or of what encloses it. */
  readonly place: (path: readonly (string | number)[]) => FilePlace;
}

export interface MailConfig {
  readonly url: string;
  readonly from: string;
  /** Who gets the details of failures; null for nobody. */
  readonly operator: string | null;
}

export interface OrgConfig {
  readonly code: string;
  readonly name: Localised | null;
  /** IANA name. */
  readonly timeZone: string;
  /** ISO 8601 durations. */
  readonly retention: string;
  readonly history: string;
  /** Bytes; null for no limit. */
  readonly quota: number | null;
  readonly concurrency: number;
  /** A cron expression; null for at once. */
  readonly window: string | null;
  readonly downloads: "owner" | "administrators";
  /** Whether administrators export all records, or only those of namespaces where they are members. */
  readonly administrators: "all" | "members";
  /** Whether an export must say what it is for. */
  readonly purpose: "required" | "optional";
  /** Which exports need a second person's approval; null for none. */
  readonly approval: ApprovalConfig | null;
  readonly scripts: ScriptsConfig;
  readonly namespaces: NamespacesConfig | "api";
  /** The secret that pseudonyms are made with; null where there is none. Never to be shown. */
  readonly salt: string | null;
  /** Files of further fonts for PDFs of records. */
  readonly fonts: readonly string[];
  /** Value translations by name, each by the canonical text of the value. */
  readonly translations: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Single sign-on; null where there is none. */
  readonly oidc: OidcConfig | null;
  readonly sources: ReadonlyMap<string, SourceConfig>;
  readonly objects: ReadonlyMap<string, ObjectConfig>;
}

/** Exports of more rows than `rows`, or of one of `objects`, wait until a second person approves them. */
export interface ApprovalConfig {
  readonly rows: number | null;
  readonly objects: readonly string[];
}

/** The hosts that scripts after exports may reach (`readHost` of src/lib). */
export interface ScriptsConfig {
  readonly hosts: readonly string[];
  /** Names and addresses of those among them that may be reached though they are not public. */
  readonly privateHosts: readonly string[];
}

/** The object type whose records are the namespaces, and the fields that say what they are. */
export interface NamespacesConfig {
  readonly object: string;
  readonly parent: string | null;
  readonly name: string | null;
  readonly code: string | null;
}

/** An OpenID Connect provider. */
export interface OidcConfig {
  readonly issuer: string;
  readonly clientId: string;
  /** Never to be shown. */
  readonly clientSecret: string;
  readonly name: string;
  /** Of the mail addresses that it may speak for. */
  readonly domains: readonly string[];
}

export interface SourceConfig {
  /** With its secrets filled in: never to be shown. */
  readonly url: string;
  /** Whether it holds files (`dir:`, `s3:`) and no tables. */
  readonly isStore: boolean;
}

export interface ObjectConfig {
  /** The only source with tables when null. */
  readonly source: string | null;
  /** A table's name or `schema.table`; the object type's own name when null and there is no query. */
  readonly table: string | null;
  readonly query: string | null;
  /** Field names; what introspection found when null. */
  readonly key: readonly string[] | null;
  readonly label: Localised | null;
  readonly documentation: Localised | null;
  readonly title: string | null;
  readonly created: string | null;
  readonly updated: string | null;
  readonly namespace: string | null;
  readonly state: string | null;
  readonly owner: string | null;
  /** The states in which a run is complete. */
  readonly complete: readonly string[] | null;
  readonly retention: string | null;
  readonly fields: ReadonlyMap<string, FieldConfig>;
  /** False takes away what introspection found. */
  readonly references: ReadonlyMap<string, ReferenceConfig | false>;
  readonly lists: ReadonlyMap<string, ListConfig | NestedListConfig | false>;
  readonly files: ReadonlyMap<string, FilesConfig>;
  /** A `where` (CONTRACT section 3) that may name the principal; not checked yet. */
  readonly policy: unknown;
  readonly range: RangeConfig | null;
  readonly deleted: DeletedConfig | null;
}

/** Where the source keeps which records were deleted. */
export interface DeletedConfig {
  /** The object type of the log's entries. */
  readonly object: string;
  /** Its fields with the key of what was deleted. */
  readonly key: readonly string[];
  /** Its field with the time. */
  readonly at: string;
}

/** The types that a JSON key, or a column that the database leaves open, can be said to have. */
export type DeclaredType =
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
  | "json";

export interface FieldConfig {
  readonly label: Localised | null;
  readonly documentation: Localised | null;
  readonly unit: string | null;
  /** Left out of an export unless it is asked for. */
  readonly optional: boolean;
  /** Not there for anybody. */
  readonly hidden: boolean;
  /** Labels of the codes that it holds. */
  readonly labels: ReadonlyMap<string, Localised>;
  /** Keys inside of its JSON that are fields of their own. */
  readonly keys: ReadonlyMap<string, KeyConfig>;
  readonly deidentify: DeidentifyConfig | null;
  /** The name under which the lock file knows it. */
  readonly was: string | null;
}

/** A key inside of JSON: `depth: integer`, or with more to say. Dots go further down: `site.depth`. */
export interface KeyConfig extends Omit<FieldConfig, "keys"> {
  readonly type: DeclaredType;
}

export interface DeidentifyConfig {
  /** For whoever has less than this role; null for everybody. */
  readonly below: "analyst" | "maintainer" | "owner" | null;
  readonly rule: DeidentifyRule;
}

/** What is left of a value; see docs/de-identification.md. */
export type DeidentifyRule =
  | { readonly rule: "hash" | "drop" | "year" }
  /** Characters that stay. */
  | { readonly rule: "truncate"; readonly length: number }
  /** `subject`: the field, as a path from the record, that says whose date it is. */
  | { readonly rule: "shift"; readonly days: number; readonly subject: string };

/** Fields here that point at the key, or at the fields named by `to`, of another object type. */
export interface ReferenceConfig {
  readonly object: string;
  readonly by: readonly string[];
  readonly to: readonly string[] | null;
}

/** Records of another object type whose fields `by` point at the key, or at the fields named by `to`, here. */
export interface ListConfig {
  readonly object: string;
  readonly by: readonly string[];
  readonly to: readonly string[] | null;
}

/** An array of documents inside of a JSON field (`visits`) or under keys of one (`metadata.visits`). */
export interface NestedListConfig {
  readonly json: string;
  readonly keys: ReadonlyMap<string, KeyConfig>;
  readonly label: Localised | null;
}

/** Attached files: records of an object type that point here, and where the bytes of each are. */
export interface FilesConfig {
  readonly object: string;
  readonly by: readonly string[];
  /** A source that is a store; null where `column` holds the bytes. */
  readonly store: string | null;
  readonly path: string | null;
  readonly column: string | null;
  readonly name: string | null;
  /** The field that says how many bytes it has. */
  readonly size: string | null;
}

export interface RangeConfig {
  readonly field: string;
  /** ISO 8601 duration. */
  readonly max: string;
}
