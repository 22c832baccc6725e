export interface AuditEntry {
  /**
   * An id.
   * @format uuid
   */
  _id: string;
  object: "auditEntry";
  /** @format date-time */
  at: string;
  /** An id. */
  person: string | null;
  /** An id. */
  token: string | null;
  action: string;
  subjectKind: string | null;
  subject: string | null;
  details: Partial<Record<string, any>>;
  address: string | null;
  requestId: string | null;
  /** What people, exports and other things whose ids the entry holds are called now. */
  names: Partial<Record<string, string>>;
}

export interface Batch {
  /**
   * An id.
   * @format uuid
   */
  _id: string;
  object: "batch";
  name: string;
  /** The object type of its records. */
  objects: string;
  /** An id. */
  namespace: string | null;
  owner: {
    /**
     * An id.
     * @format uuid
     */
    id: string;
    name?: string;
  } | null;
  keyColumns: string[];
  /**
   * @min -9007199254740991
   * @max 9007199254740991
   */
  count: number;
  /** What it was made from: a filter, or a list of keys. */
  source: Partial<Record<string, any>>;
  created: string;
}

export interface Sentence {
  /** English, with {1}, {2} … for the values. */
  text: string;
  values: (string | number | Sentence)[];
}

export interface Words {
  detail: Sentence;
  hint?: Sentence;
}

export interface Export {
  /**
   * An id.
   * @format uuid
   */
  _id: string;
  object: "export";
  label: string | null;
  description: string | null;
  kind:
    | "table"
    | "files"
    | "records"
    | "analysis"
    | "template"
    | "realm"
    | "aggregate";
  state: "pending" | "running" | "ready" | "error" | "cancelled" | "expired";
  /** Its place in the queue, from 1, within the first thousand. */
  position: number | null;
  /** The object type; null where only the template knows. */
  objects: string | null;
  /** An id. */
  batch: string | null;
  /** An id. */
  template: string | null;
  /** An id. */
  namespace: string | null;
  /** The days that a realm's export is about, both included. */
  range: {
    from: string;
    to: string;
  } | null;
  /** A MIME type. */
  format: string;
  owner: {
    /**
     * An id.
     * @format uuid
     */
    id: string;
    name?: string;
  } | null;
  /** Whose rights it has, where they are not the owner's. */
  principal: string | null;
  purpose: string | null;
  /** A second person's word, where the organisation asks for one. */
  approval: {
    reason: string;
    state: "wanted" | "given" | "refused";
    /** An id. */
    person: string | null;
    at: string | null;
    note: string | null;
  } | null;
  notify: boolean;
  language: string;
  timeZone: string;
  progress: {
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    rows: number;
    /** About how many there will be, where that is known. */
    totalRows: number | null;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    bytes: number;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    files: number;
    rowsPerSecond: number | null;
    secondsLeft: number | null;
  };
  created: string;
  /** When its window opens; null where it waits for none. */
  startsAt: string | null;
  /** By when it is promised to be done. */
  dueAt: string | null;
  started: string | null;
  ended: string | null;
  expiresAt: string | null;
  /** When the source was read: all of it is as it was at that moment. */
  snapshotAt: string | null;
  /**
   * @min -9007199254740991
   * @max 9007199254740991
   */
  attempt: number;
  dataFile: {
    url: string;
    filename: string;
    mime: string;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    size: number;
    sha256: string;
  } | null;
  fault: {
    code: string;
    detail: string;
    hint?: string;
    words?: Words;
    places?: {
      pointer: string;
      detail: string;
      words?: Words;
    }[];
  } | null;
  /**
   * Values, files and records that are not as they should be, or are not there.
   * @min -9007199254740991
   * @max 9007199254740991
   */
  problems: number;
  /** An id. */
  resubmitOf: string | null;
}

export interface ExportEstimate {
  rows: {
    /** Null where nobody knows without counting for longer. */
    count: number | null;
    exact: boolean;
  };
  /** Attached files; null where none are asked for. */
  files: {
    count: number | null;
    bytes: number | null;
  } | null;
  /** About how large the data will be, without attached files. */
  bytes: number | null;
  /** Why a second person will be asked. */
  approval: "objects" | "rows" | null;
  /** Bytes that are left of the organisation's quota; null without one. */
  quotaLeft: number | null;
  /** The first rows; null for records as folders and files, and for very large batches. */
  preview: {
    columns: {
      name: string;
      label: string | null;
      type: string;
    }[];
    rows: any[][];
  } | null;
}

export interface Member {
  /**
   * An id.
   * @format uuid
   */
  _id: string;
  object: "member";
  name: string;
  email: string;
  /** In the organisation itself. */
  role: "admin" | null;
  /** @format date-time */
  created: string;
  /** Since when they may not sign in. */
  disabled: string | null;
  /** What they were given; to an owner, of the owner's namespaces. */
  roles: {
    /**
     * An id.
     * @format uuid
     */
    namespace: string;
    role: "guest" | "analyst" | "maintainer" | "owner";
  }[];
}

export interface Invitation {
  /**
   * An id.
   * @format uuid
   */
  _id: string;
  object: "invitation";
  email: string;
  role: string | null;
  /** An id. */
  namespace: string | null;
  /** @format date-time */
  created: string;
  /** @format date-time */
  expires: string;
}

export interface Namespace {
  /**
   * An id.
   * @format uuid
   */
  _id: string;
  object: "namespace";
  /** An id. */
  parent: string | null;
  /** What records of the namespace hold. */
  key: string;
  code: string;
  name: string;
  /** Whether a source says what it is called and where it is. */
  fromSource: boolean;
  /** Since when it is closed for exports. */
  archived: string | null;
  /** @format date-time */
  created: string;
  /** The caller's. */
  role: string;
}

export interface ObjectType {
  name: string;
  label: string | null;
  documentation: string | null;
  kind: string;
  /** The fields that identify a record. */
  key: string[];
  /** The field that names a record. */
  title: string | null;
  state: string | null;
  updated: string | null;
  source: string | null;
  /** What makes it a realm. */
  range: {
    field: string;
    max: string;
  } | null;
  namespaced: boolean;
  estimatedRows: number | null;
}

export interface ObjectTypeWithFields {
  name: string;
  label: string | null;
  documentation: string | null;
  kind: string;
  /** The fields that identify a record. */
  key: string[];
  /** The field that names a record. */
  title: string | null;
  state: string | null;
  updated: string | null;
  source: string | null;
  /** What makes it a realm. */
  range: {
    field: string;
    max: string;
  } | null;
  namespaced: boolean;
  estimatedRows: number | null;
  fields: {
    name: string;
    id: string | null;
    label: string | null;
    documentation: string | null;
    type: string;
    element: string | null;
    native: string | null;
    unit: string | null;
    optional: boolean;
    nullable: boolean;
    labels: Partial<Record<string, string>> | null;
    /** The rule under which the caller has it. */
    deidentified: string | null;
    /** How it is de-identified for whoever has less than the role `below`, or for everybody (null). */
    deidentify: {
      below: string | null;
      rule: string;
    } | null;
    /** Whether the caller may filter by it. */
    readable: boolean;
    sortable: boolean;
    operators: string[];
  }[];
  references: {
    name: string;
    object: string;
    /** The record's fields that say which record it refers to. */
    fields: string[];
  }[];
  lists: {
    name: string;
    object: string;
  }[];
  files: {
    name: string;
    object: string;
  }[];
}

export interface Org {
  object: "org";
  code: string;
  name: string;
  timeZone: string;
  /** How long archives are kept: an ISO 8601 duration. */
  retention: string;
  /** Whether an export must say what it is for. */
  purpose: "required" | "optional";
  /** Who may download an export: whoever ordered it and administrators, or administrators alone. */
  downloads: "owner" | "administrators";
  /** `admin`, or the lowest role that is held in any namespace; null for none. */
  role: string | null;
  /** What the caller may do somewhere in the org, or to what they made. */
  actions: string[];
}

export interface PersistedQuery {
  /**
   * The SHA-256 of the document, in hexadecimal digits.
   * @pattern ^[0-9a-f]{64}$
   */
  _id: string;
  object: "persisted-query";
  /** What requests send as `documentId`: `sha256:` and the id. */
  documentId: string;
  name: string;
  /** Who registered it. */
  owner: {
    id: string;
    name?: string;
  } | null;
  created: string;
  /** To the minute. */
  lastUsed: string | null;
}

export interface PersistedQueryWithDocument {
  /**
   * The SHA-256 of the document, in hexadecimal digits.
   * @pattern ^[0-9a-f]{64}$
   */
  _id: string;
  object: "persisted-query";
  /** What requests send as `documentId`: `sha256:` and the id. */
  documentId: string;
  name: string;
  /** Who registered it. */
  owner: {
    id: string;
    name?: string;
  } | null;
  created: string;
  /** To the minute. */
  lastUsed: string | null;
  document: string;
}

export interface Settings {
  object: "settings";
  /** Of the program. */
  version: string;
  timeZone: string;
  /** How long archives are kept. */
  retention: string;
  /** How long expired exports are remembered. */
  history: string;
  /** Object types whose archives are kept for another time. */
  retentionOf: {
    object: string;
    /** An ISO 8601 duration. */
    retention: string;
  }[];
  /** Bytes that all archives may take; null for no limit. */
  quota: number | null;
  /**
   * How many exports run at once.
   * @min -9007199254740991
   * @max 9007199254740991
   */
  concurrency: number;
  /** When exports begin; null for at once. */
  window: {
    cron: string;
    /** When it opens next. */
    next: string[];
  } | null;
  /** Who may download, besides administrators. */
  downloads: "owner" | "administrators";
  /** What administrators export: all records, or where they are members. */
  administrators: "all" | "members";
  /** Whether an export must say what it is for. */
  purpose: "required" | "optional";
  /** Which exports wait for a second person. */
  approval: {
    rows: number | null;
    objects: string[];
  } | null;
  /** What scripts that run after exports may reach. */
  scripts: {
    hosts: string[];
    privateHosts: string[];
  };
  /** The object type whose records are the namespaces; null where they are made here. */
  namespaces: string | null;
  /** Whether there is a secret that pseudonyms are made with. */
  pseudonyms: boolean;
  /** Value translations that templates may name. */
  translations: string[];
  /**
   * Further fonts for PDFs of records.
   * @min -9007199254740991
   * @max 9007199254740991
   */
  fonts: number;
  /** Where records and files come from. */
  sources: {
    name: string;
    kind: "postgresql" | "mariadb" | "sqlite" | "files" | "folder" | "s3";
  }[];
  /** Of single sign-on. */
  providers: {
    name: string;
    domains: string[];
  }[];
  /** Whether mail can be sent. */
  mail: boolean;
}

export interface ListedTemplate {
  /**
   * An id.
   * @format uuid
   */
  _id: string;
  object: "dataset-template" | "export-template";
  name: string;
  /** Null for its maker alone. */
  namespace: string | null;
  /** An id. */
  person: string | null;
  /**
   * @min -9007199254740991
   * @max 9007199254740991
   */
  revision: number;
  /** @format date-time */
  created: string;
  /** @format date-time */
  updated: string;
  /** Whether the caller may change it. */
  mayChange: boolean;
  description: string | null;
  /** The object type of a dataset template. */
  objects: string | null;
  format: string | null;
}

export interface Template {
  /**
   * An id.
   * @format uuid
   */
  _id: string;
  object: "dataset-template" | "export-template";
  name: string;
  /** Null for its maker alone. */
  namespace: string | null;
  /** An id. */
  person: string | null;
  /**
   * @min -9007199254740991
   * @max 9007199254740991
   */
  revision: number;
  /** @format date-time */
  created: string;
  /** @format date-time */
  updated: string;
  /** Whether the caller may change it. */
  mayChange: boolean;
  template: Partial<Record<string, any>>;
}

export interface TemplatePreview {
  problems: {
    pointer: string;
    code: string;
    detail: string;
    hint?: string;
    words: Words | null;
  }[];
  notes: {
    pointer: string;
    note: string;
    table: string;
    column: string;
    before?: string;
  }[];
  fileName: string;
  datasets: {
    name: string;
    pointer: string;
    fileNames: string[];
    tables: {
      name: string;
      columns: {
        name: string;
        label?: string;
        type: string;
        pointer?: string;
        problem?: {
          pointer: string;
          code: string;
          detail: string;
          hint?: string;
          words: Words | null;
        };
        note?: {
          pointer: string;
          note: string;
          table: string;
          column: string;
          before?: string;
        };
      }[];
      rows: any[][];
    }[];
    text: {
      content: string;
      complete: boolean;
    } | null;
  }[];
}

export interface Token {
  /**
   * An id.
   * @format uuid
   */
  _id: string;
  object: "token";
  /**
   * An id.
   * @format uuid
   */
  person: string;
  name: string;
  scopes: string[];
  addresses: string[];
  /** @format date-time */
  created: string;
  expires: string | null;
  lastUsed: string | null;
  revoked: string | null;
}

export interface Usage {
  object: "usage";
  /** Bytes; null for no limit. */
  quota: number | null;
  /**
   * Bytes that archives take.
   * @min -9007199254740991
   * @max 9007199254740991
   */
  stored: number;
  exports: {
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    pending: number;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    running: number;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    ready: number;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    error: number;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    cancelled: number;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    expired: number;
  };
  /**
   * Exports that are later than was promised.
   * @min -9007199254740991
   * @max 9007199254740991
   */
  overdue: number;
  /** The last ninety days in the organisation's time zone, of exports that have not been deleted. */
  days: {
    day: string;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    ordered: number;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    ready: number;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    rows: number;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    stored: number;
  }[];
}

export interface View {
  /**
   * An id.
   * @format uuid
   */
  _id: string;
  object: "view";
  objects: string;
  name: string;
  view: Partial<Record<string, any>>;
  /** @format date-time */
  created: string;
}

export interface Person {
  /**
   * An id.
   * @format uuid
   */
  _id: string;
  email: string;
  name: string;
  language: string | null;
  timeZone: string | null;
  theme: string | null;
}

export interface Session {
  person: Person;
  via: "session" | "token";
  /** Of a token; null for a session. */
  scopes: string[] | null;
  orgs: {
    code: string;
    name: string;
    role: "admin" | null;
    timeZone: string;
  }[];
}

export interface RecordWithLists {
  key: string;
  record: Partial<Record<string, any>>;
  /** The records that it refers to, as far as the caller may see them. */
  references: Partial<
    Record<
      string,
      {
        key: string;
        title: string | null;
      } | null
    >
  >;
  lists: Partial<
    Record<
      string,
      {
        data: any[];
        hasMore: boolean;
        /** What to send as `after` for the next page. */
        next: string | null;
        keys: string[] | null;
      }
    >
  >;
  files: Partial<
    Record<
      string,
      {
        data: {
          key: string | null;
          name: string;
          type: string;
          size: number | null;
        }[];
        hasMore: boolean;
      }
    >
  >;
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  /** Stable: programs may rely on it. */
  code: string;
  /** One sentence for people. */
  detail: string;
  /** What to do about it. */
  hint?: string;
  words?: Words;
  errors?: {
    /** A JSON pointer (RFC 6901). */
    pointer: string;
    in?: "body" | "query" | "path" | "header";
    code: string;
    detail: string;
    words?: Words;
  }[];
  requestId: string;
}

export interface GetOrgParams {
  /** The organisation's code. */
  org: string;
}

export interface GetNamespacesParams {
  /**
   * How many at most.
   * @min 1
   * @max 500
   * @default 50
   */
  limit?: number;
  /**
   * `next` of the page before.
   * @maxLength 10000
   */
  after?: string;
  /**
   * A condition on fields of the items, as JSON: `{"name":{"$contains":"soil"}}` (docs/query-language.md).
   * @maxLength 70000
   */
  where?: string;
  /**
   * Fields of the items, descending with a minus in front: `-created,name`.
   * @maxLength 20000
   */
  sort?: string;
  /** The organisation's code. */
  org: string;
}

export interface PostNamespacesParams {
  /** The organisation's code. */
  org: string;
}

export interface GetNamespacesByIdParams {
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
}

export interface PatchNamespacesByIdParams {
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
}

export interface DeleteNamespacesByIdParams {
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
}

export interface GetNamespacesByIdMembersParams {
  /**
   * How many at most.
   * @min 1
   * @max 500
   * @default 50
   */
  limit?: number;
  /**
   * `next` of the page before.
   * @maxLength 10000
   */
  after?: string;
  /**
   * A condition on fields of the items, as JSON: `{"name":{"$contains":"soil"}}` (docs/query-language.md).
   * @maxLength 70000
   */
  where?: string;
  /**
   * Fields of the items, descending with a minus in front: `-created,name`.
   * @maxLength 20000
   */
  sort?: string;
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
}

export interface PutNamespacesByIdMembersByPersonParams {
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
  /**
   * An id.
   * @format uuid
   */
  person: string;
}

export interface DeleteNamespacesByIdMembersByPersonParams {
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
  /**
   * An id.
   * @format uuid
   */
  person: string;
}

export interface GetMembersParams {
  /**
   * How many at most.
   * @min 1
   * @max 500
   * @default 50
   */
  limit?: number;
  /**
   * `next` of the page before.
   * @maxLength 10000
   */
  after?: string;
  /**
   * A condition on fields of the items, as JSON: `{"name":{"$contains":"soil"}}` (docs/query-language.md).
   * @maxLength 70000
   */
  where?: string;
  /**
   * Fields of the items, descending with a minus in front: `-created,name`.
   * @maxLength 20000
   */
  sort?: string;
  /** The organisation's code. */
  org: string;
}

export interface GetMembersByIdParams {
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
}

export interface PatchMembersByIdParams {
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
}

export interface DeleteMembersByIdParams {
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
}

export interface GetInvitationsParams {
  /**
   * How many at most.
   * @min 1
   * @max 500
   * @default 50
   */
  limit?: number;
  /**
   * `next` of the page before.
   * @maxLength 10000
   */
  after?: string;
  /**
   * A condition on fields of the items, as JSON: `{"name":{"$contains":"soil"}}` (docs/query-language.md).
   * @maxLength 70000
   */
  where?: string;
  /**
   * Fields of the items, descending with a minus in front: `-created,name`.
   * @maxLength 20000
   */
  sort?: string;
  /** The organisation's code. */
  org: string;
}

export interface PostInvitationsParams {
  /** The organisation's code. */
  org: string;
}

export interface DeleteInvitationsByIdParams {
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
}

export interface GetTokensParams {
  /**
   * How many at most.
   * @min 1
   * @max 500
   * @default 50
   */
  limit?: number;
  /**
   * `next` of the page before.
   * @maxLength 10000
   */
  after?: string;
  /**
   * A condition on fields of the items, as JSON: `{"name":{"$contains":"soil"}}` (docs/query-language.md).
   * @maxLength 70000
   */
  where?: string;
  /**
   * Fields of the items, descending with a minus in front: `-created,name`.
   * @maxLength 20000
   */
  sort?: string;
  /** @default "me" */
  of?: "me" | "everybody";
  /** The organisation's code. */
  org: string;
}

export interface PostTokensParams {
  /** The organisation's code. */
  org: string;
}

export interface DeleteTokensByIdParams {
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
}

export interface GetPersistedQueriesParams {
  /**
   * How many at most.
   * @min 1
   * @max 500
   * @default 50
   */
  limit?: number;
  /**
   * `next` of the page before.
   * @maxLength 10000
   */
  after?: string;
  /**
   * A condition on fields of the items, as JSON: `{"name":{"$contains":"soil"}}` (docs/query-language.md).
   * @maxLength 70000
   */
  where?: string;
  /**
   * Fields of the items, descending with a minus in front: `-created,name`.
   * @maxLength 20000
   */
  sort?: string;
  /** The organisation's code. */
  org: string;
}

export interface PostPersistedQueriesParams {
  /** The organisation's code. */
  org: string;
}

export interface GetPersistedQueriesByIdParams {
  /** The organisation's code. */
  org: string;
  /**
   * The SHA-256 of the document, in hexadecimal digits.
   * @pattern ^[0-9a-f]{64}$
   */
  id: string;
}

export interface DeletePersistedQueriesByIdParams {
  /** The organisation's code. */
  org: string;
  /**
   * The SHA-256 of the document, in hexadecimal digits.
   * @pattern ^[0-9a-f]{64}$
   */
  id: string;
}

export interface GetObjectsParams {
  /**
   * How many at most.
   * @min 1
   * @max 500
   * @default 50
   */
  limit?: number;
  /**
   * `next` of the page before.
   * @maxLength 10000
   */
  after?: string;
  /**
   * A condition on fields of the items, as JSON: `{"name":{"$contains":"soil"}}` (docs/query-language.md).
   * @maxLength 70000
   */
  where?: string;
  /**
   * Fields of the items, descending with a minus in front: `-created,name`.
   * @maxLength 20000
   */
  sort?: string;
  /** The organisation's code. */
  org: string;
}

export interface GetObjectsByNameParams {
  /** The organisation's code. */
  org: string;
  /**
   * The object type's name.
   * @maxLength 500
   */
  name: string;
}

export interface GetObjectsByNameRecordsParams {
  /**
   * A condition as JSON: `{"type":"soil"}`.
   * @maxLength 70000
   */
  where?: string;
  /**
   * Words that must all be found in a record's texts.
   * @maxLength 255
   */
  search?: string;
  /**
   * Records of one namespace and those below it.
   * @format uuid
   */
  namespace?: string;
  /**
   * How many at most.
   * @min 1
   * @max 500
   * @default 50
   */
  limit?: number;
  /**
   * `next` of the page before.
   * @maxLength 10000
   */
  after?: string;
  /**
   * Paths, with commas between them: `id,project.name`.
   * @maxLength 20000
   */
  paths?: string;
  /**
   * Optional fields and lists in addition.
   * @maxLength 20000
   */
  include?: string;
  /**
   * References as nested objects.
   * @maxLength 20000
   */
  expand?: string;
  /**
   * Paths, descending with a minus in front: `-collected_on,name`.
   * @maxLength 20000
   */
  order?: string;
  /** The organisation's code. */
  org: string;
  /**
   * The object type's name.
   * @maxLength 500
   */
  name: string;
}

export interface PostObjectsByNameRecordsQueryParams {
  /** The organisation's code. */
  org: string;
  /**
   * The object type's name.
   * @maxLength 500
   */
  name: string;
}

export interface GetObjectsByNameCountParams {
  /**
   * A condition as JSON: `{"type":"soil"}`.
   * @maxLength 70000
   */
  where?: string;
  /**
   * Words that must all be found in a record's texts.
   * @maxLength 255
   */
  search?: string;
  /**
   * Records of one namespace and those below it.
   * @format uuid
   */
  namespace?: string;
  /** The organisation's code. */
  org: string;
  /**
   * The object type's name.
   * @maxLength 500
   */
  name: string;
}

export interface PostObjectsByNameCountParams {
  /** The organisation's code. */
  org: string;
  /**
   * The object type's name.
   * @maxLength 500
   */
  name: string;
}

export interface PostObjectsByNameLookupParams {
  /** The organisation's code. */
  org: string;
  /**
   * The object type's name.
   * @maxLength 500
   */
  name: string;
}

export interface GetObjectsByNameRecordsByKeyParams {
  /** The organisation's code. */
  org: string;
  /**
   * The object type's name.
   * @maxLength 500
   */
  name: string;
  /**
   * The record's key; of several fields, the JSON text of an array.
   * @maxLength 2000
   */
  key: string;
}

export interface GetObjectsByNameRecordsByKeyListsByListParams {
  /**
   * A condition as JSON: `{"type":"soil"}`.
   * @maxLength 70000
   */
  where?: string;
  /**
   * Words that must all be found in a record's texts.
   * @maxLength 255
   */
  search?: string;
  /**
   * How many at most.
   * @min 1
   * @max 500
   * @default 50
   */
  limit?: number;
  /**
   * `next` of the page before.
   * @maxLength 10000
   */
  after?: string;
  /**
   * Paths, with commas between them: `id,project.name`.
   * @maxLength 20000
   */
  paths?: string;
  /**
   * Optional fields and lists in addition.
   * @maxLength 20000
   */
  include?: string;
  /**
   * References as nested objects.
   * @maxLength 20000
   */
  expand?: string;
  /**
   * Paths, descending with a minus in front: `-collected_on,name`.
   * @maxLength 20000
   */
  order?: string;
  /** The organisation's code. */
  org: string;
  /**
   * The object type's name.
   * @maxLength 500
   */
  name: string;
  /**
   * The record's key; of several fields, the JSON text of an array.
   * @maxLength 2000
   */
  key: string;
  /** @maxLength 500 */
  list: string;
}

export interface GetObjectsByNameRecordsByKeyFilesByFilesByFileParams {
  /** To be looked at instead of kept, where it is a picture or a text. */
  inline?: "" | "true" | "false";
  /** The organisation's code. */
  org: string;
  /**
   * The object type's name.
   * @maxLength 500
   */
  name: string;
  /**
   * The record's key; of several fields, the JSON text of an array.
   * @maxLength 2000
   */
  key: string;
  /**
   * Which of the record's files: a name below `files` of the record.
   * @maxLength 500
   */
  files: string;
  /**
   * The file's key; where it has none, its place among them, from 0.
   * @maxLength 2000
   */
  file: string;
}

export interface GetRealmsParams {
  /**
   * How many at most.
   * @min 1
   * @max 500
   * @default 50
   */
  limit?: number;
  /**
   * `next` of the page before.
   * @maxLength 10000
   */
  after?: string;
  /**
   * A condition on fields of the items, as JSON: `{"name":{"$contains":"soil"}}` (docs/query-language.md).
   * @maxLength 70000
   */
  where?: string;
  /**
   * Fields of the items, descending with a minus in front: `-created,name`.
   * @maxLength 20000
   */
  sort?: string;
  /** The organisation's code. */
  org: string;
}

export interface GetViewsParams {
  /**
   * How many at most.
   * @min 1
   * @max 500
   * @default 50
   */
  limit?: number;
  /**
   * `next` of the page before.
   * @maxLength 10000
   */
  after?: string;
  /**
   * A condition on fields of the items, as JSON: `{"name":{"$contains":"soil"}}` (docs/query-language.md).
   * @maxLength 70000
   */
  where?: string;
  /**
   * Fields of the items, descending with a minus in front: `-created,name`.
   * @maxLength 20000
   */
  sort?: string;
  /**
   * The object type's name.
   * @maxLength 200
   */
  objects: string;
  /** The organisation's code. */
  org: string;
}

export interface PutViewsParams {
  /** The organisation's code. */
  org: string;
}

export interface DeleteViewsByIdParams {
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
}

export interface PostBatchesParams {
  /** The organisation's code. */
  org: string;
}

export interface GetBatchesParams {
  /**
   * How many at most.
   * @min 1
   * @max 500
   * @default 50
   */
  limit?: number;
  /**
   * `next` of the page before.
   * @maxLength 10000
   */
  after?: string;
  /**
   * A condition on fields of the items, as JSON: `{"name":{"$contains":"soil"}}` (docs/query-language.md).
   * @maxLength 70000
   */
  where?: string;
  /**
   * Fields of the items, descending with a minus in front: `-created,name`.
   * @maxLength 20000
   */
  sort?: string;
  /**
   * Of one object type.
   * @maxLength 500
   */
  objects?: string;
  /**
   * Of one namespace and those below it.
   * @format uuid
   */
  namespace?: string;
  /** The organisation's code. */
  org: string;
}

export interface GetBatchesByIdParams {
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
}

export interface DeleteBatchesByIdParams {
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
}

export interface GetBatchesByIdRecordsParams {
  /**
   * How many at most.
   * @min 1
   * @max 500
   * @default 50
   */
  limit?: number;
  /**
   * `next` of the page before.
   * @min 0
   * @max 5000000
   * @default 0
   */
  after?: number;
  /**
   * Paths, with commas between them: `id,project.name`.
   * @maxLength 20000
   */
  paths?: string;
  /**
   * Paths, with commas between them: `id,project.name`.
   * @maxLength 20000
   */
  include?: string;
  /**
   * Paths, with commas between them: `id,project.name`.
   * @maxLength 20000
   */
  expand?: string;
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
}

export interface GetBatchesByIdCheckParams {
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
}

export interface GetDatasetTemplatesParams {
  /**
   * How many at most.
   * @min 1
   * @max 500
   * @default 50
   */
  limit?: number;
  /**
   * `next` of the page before.
   * @maxLength 10000
   */
  after?: string;
  /**
   * A condition on fields of the items, as JSON: `{"name":{"$contains":"soil"}}` (docs/query-language.md).
   * @maxLength 70000
   */
  where?: string;
  /**
   * Fields of the items, descending with a minus in front: `-created,name`.
   * @maxLength 20000
   */
  sort?: string;
  /**
   * About this object type.
   * @maxLength 500
   */
  objects?: string;
  /**
   * An id.
   * @format uuid
   */
  namespace?: string;
  /**
   * In name or description.
   * @maxLength 255
   */
  search?: string;
  /** The organisation's code. */
  org: string;
}

export interface PostDatasetTemplatesParams {
  /**
   * Where it is to be; absent for oneself alone.
   * @format uuid
   */
  namespace?: string;
  /** The organisation's code. */
  org: string;
}

export interface PostDatasetTemplatesPreviewParams {
  /**
   * How many records of each dataset.
   * @min 1
   * @max 50
   * @default 10
   */
  limit?: number;
  /**
   * A condition as JSON: `{"type":"soil"}`.
   * @maxLength 70000
   */
  where?: string;
  /**
   * Which object type `where` is about.
   * @maxLength 500
   */
  objects?: string;
  /** The organisation's code. */
  org: string;
}

export interface PostDatasetTemplatesCheckParams {
  /** The organisation's code. */
  org: string;
}

export interface PostDatasetTemplatesImportParams {
  /**
   * An id.
   * @format uuid
   */
  namespace?: string;
  /**
   * What becomes of a template whose name is taken.
   * @default "refuse"
   */
  onCollision?: "refuse" | "rename" | "replace";
  /** The organisation's code. */
  org: string;
}

export interface GetDatasetTemplatesByIdParams {
  /**
   * @min 1
   * @max 2147483647
   */
  revision?: number;
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
}

export interface PutDatasetTemplatesByIdParams {
  /**
   * The one that the change was made from.
   * @min 1
   * @max 2147483647
   */
  revision: number;
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
}

export interface DeleteDatasetTemplatesByIdParams {
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
}

export interface GetDatasetTemplatesByIdVersionsParams {
  /**
   * How many at most.
   * @min 1
   * @max 500
   * @default 50
   */
  limit?: number;
  /**
   * `next` of the page before.
   * @maxLength 10000
   */
  after?: string;
  /**
   * A condition on fields of the items, as JSON: `{"name":{"$contains":"soil"}}` (docs/query-language.md).
   * @maxLength 70000
   */
  where?: string;
  /**
   * Fields of the items, descending with a minus in front: `-created,name`.
   * @maxLength 20000
   */
  sort?: string;
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
}

export interface PostDatasetTemplatesByIdDuplicateParams {
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
}

export interface GetDatasetTemplatesByIdExportParams {
  /**
   * @min 1
   * @max 2147483647
   */
  revision?: number;
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
}

export interface PostDatasetTemplatesByIdPreviewParams {
  /**
   * How many records of each dataset.
   * @min 1
   * @max 50
   * @default 10
   */
  limit?: number;
  /**
   * A condition as JSON: `{"type":"soil"}`.
   * @maxLength 70000
   */
  where?: string;
  /**
   * Which object type `where` is about.
   * @maxLength 500
   */
  objects?: string;
  /**
   * @min 1
   * @max 2147483647
   */
  revision?: number;
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
}

export interface GetDatasetTemplatesByIdSharesParams {
  /**
   * How many at most.
   * @min 1
   * @max 500
   * @default 50
   */
  limit?: number;
  /**
   * `next` of the page before.
   * @maxLength 10000
   */
  after?: string;
  /**
   * A condition on fields of the items, as JSON: `{"name":{"$contains":"soil"}}` (docs/query-language.md).
   * @maxLength 70000
   */
  where?: string;
  /**
   * Fields of the items, descending with a minus in front: `-created,name`.
   * @maxLength 20000
   */
  sort?: string;
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
}

export interface PutDatasetTemplatesByIdSharesByNamespaceParams {
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
  /**
   * An id.
   * @format uuid
   */
  namespace: string;
}

export interface DeleteDatasetTemplatesByIdSharesByNamespaceParams {
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
  /**
   * An id.
   * @format uuid
   */
  namespace: string;
}

export interface GetExportTemplatesParams {
  /**
   * How many at most.
   * @min 1
   * @max 500
   * @default 50
   */
  limit?: number;
  /**
   * `next` of the page before.
   * @maxLength 10000
   */
  after?: string;
  /**
   * A condition on fields of the items, as JSON: `{"name":{"$contains":"soil"}}` (docs/query-language.md).
   * @maxLength 70000
   */
  where?: string;
  /**
   * Fields of the items, descending with a minus in front: `-created,name`.
   * @maxLength 20000
   */
  sort?: string;
  /**
   * About this object type.
   * @maxLength 500
   */
  objects?: string;
  /**
   * An id.
   * @format uuid
   */
  namespace?: string;
  /**
   * In name or description.
   * @maxLength 255
   */
  search?: string;
  /** The organisation's code. */
  org: string;
}

export interface PostExportTemplatesParams {
  /**
   * Where it is to be; absent for oneself alone.
   * @format uuid
   */
  namespace?: string;
  /** The organisation's code. */
  org: string;
}

export interface PostExportTemplatesPreviewParams {
  /**
   * How many records of each dataset.
   * @min 1
   * @max 50
   * @default 10
   */
  limit?: number;
  /**
   * A condition as JSON: `{"type":"soil"}`.
   * @maxLength 70000
   */
  where?: string;
  /**
   * Which object type `where` is about.
   * @maxLength 500
   */
  objects?: string;
  /** The organisation's code. */
  org: string;
}

export interface PostExportTemplatesCheckParams {
  /** The organisation's code. */
  org: string;
}

export interface PostExportTemplatesImportParams {
  /**
   * An id.
   * @format uuid
   */
  namespace?: string;
  /**
   * What becomes of a template whose name is taken.
   * @default "refuse"
   */
  onCollision?: "refuse" | "rename" | "replace";
  /** The organisation's code. */
  org: string;
}

export interface GetExportTemplatesByIdParams {
  /**
   * @min 1
   * @max 2147483647
   */
  revision?: number;
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
}

export interface PutExportTemplatesByIdParams {
  /**
   * The one that the change was made from.
   * @min 1
   * @max 2147483647
   */
  revision: number;
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
}

export interface DeleteExportTemplatesByIdParams {
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
}

export interface GetExportTemplatesByIdVersionsParams {
  /**
   * How many at most.
   * @min 1
   * @max 500
   * @default 50
   */
  limit?: number;
  /**
   * `next` of the page before.
   * @maxLength 10000
   */
  after?: string;
  /**
   * A condition on fields of the items, as JSON: `{"name":{"$contains":"soil"}}` (docs/query-language.md).
   * @maxLength 70000
   */
  where?: string;
  /**
   * Fields of the items, descending with a minus in front: `-created,name`.
   * @maxLength 20000
   */
  sort?: string;
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
}

export interface PostExportTemplatesByIdDuplicateParams {
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
}

export interface GetExportTemplatesByIdExportParams {
  /**
   * @min 1
   * @max 2147483647
   */
  revision?: number;
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
}

export interface PostExportTemplatesByIdPreviewParams {
  /**
   * How many records of each dataset.
   * @min 1
   * @max 50
   * @default 10
   */
  limit?: number;
  /**
   * A condition as JSON: `{"type":"soil"}`.
   * @maxLength 70000
   */
  where?: string;
  /**
   * Which object type `where` is about.
   * @maxLength 500
   */
  objects?: string;
  /**
   * @min 1
   * @max 2147483647
   */
  revision?: number;
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
}

export interface GetExportTemplatesByIdSharesParams {
  /**
   * How many at most.
   * @min 1
   * @max 500
   * @default 50
   */
  limit?: number;
  /**
   * `next` of the page before.
   * @maxLength 10000
   */
  after?: string;
  /**
   * A condition on fields of the items, as JSON: `{"name":{"$contains":"soil"}}` (docs/query-language.md).
   * @maxLength 70000
   */
  where?: string;
  /**
   * Fields of the items, descending with a minus in front: `-created,name`.
   * @maxLength 20000
   */
  sort?: string;
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
}

export interface PutExportTemplatesByIdSharesByNamespaceParams {
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
  /**
   * An id.
   * @format uuid
   */
  namespace: string;
}

export interface DeleteExportTemplatesByIdSharesByNamespaceParams {
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
  /**
   * An id.
   * @format uuid
   */
  namespace: string;
}

export interface PostExportsParams {
  /** The organisation's code. */
  org: string;
}

export interface GetExportsParams {
  /**
   * How many at most.
   * @min 1
   * @max 500
   * @default 50
   */
  limit?: number;
  /**
   * `next` of the page before.
   * @maxLength 10000
   */
  after?: string;
  /**
   * A condition on fields of the items, as JSON: `{"name":{"$contains":"soil"}}` (docs/query-language.md).
   * @maxLength 70000
   */
  where?: string;
  /**
   * Fields of the items, descending with a minus in front: `-created,name`.
   * @maxLength 20000
   */
  sort?: string;
  /**
   * Of one object type.
   * @maxLength 500
   */
  objects?: string;
  /**
   * Of one namespace and those below it.
   * @format uuid
   */
  namespace?: string;
  /**
   * Of one batch.
   * @format uuid
   */
  batch?: string;
  state?: "pending" | "running" | "ready" | "error" | "cancelled" | "expired";
  /**
   * What an id begins with, or a label holds.
   * @maxLength 255
   */
  search?: string;
  /** Requests of realms only. */
  realms?: string;
  /** One's own, also for administrators. */
  mine?: string;
  /** The organisation's code. */
  org: string;
}

export interface DeleteExportsParams {
  /**
   * Ids, with commas between them: all are deleted, or none.
   * @maxLength 20000
   */
  ids?: string;
  /** All in this state. */
  state?: "expired" | "error" | "cancelled" | "ready";
  /** The organisation's code. */
  org: string;
}

export interface PostExportsEstimateParams {
  /** The organisation's code. */
  org: string;
}

export interface GetExportsByIdParams {
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
}

export interface DeleteExportsByIdParams {
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
}

export interface PostExportsByIdCancelParams {
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
}

export interface PostExportsByIdResubmitParams {
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
}

export interface PutExportsByIdSharesByPersonParams {
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
  /**
   * An id or a mail address.
   * @maxLength 320
   */
  person: string;
}

export interface DeleteExportsByIdSharesByPersonParams {
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
  /**
   * An id.
   * @format uuid
   */
  person: string;
}

export interface PostExportsByIdApprovalParams {
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
}

export interface GetExportsByIdDataParams {
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
}

export interface GetExportsByIdPreviewParams {
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
}

export interface GetExportsByIdEventsParams {
  /** The organisation's code. */
  org: string;
  /**
   * An id.
   * @format uuid
   */
  id: string;
}

export interface GetAuditParams {
  /**
   * How many at most.
   * @min 1
   * @max 500
   * @default 50
   */
  limit?: number;
  /**
   * `next` of the page before.
   * @maxLength 10000
   */
  after?: string;
  /**
   * A condition on fields of the items, as JSON: `{"name":{"$contains":"soil"}}` (docs/query-language.md).
   * @maxLength 70000
   */
  where?: string;
  /**
   * Fields of the items, descending with a minus in front: `-created,name`.
   * @maxLength 20000
   */
  sort?: string;
  /** @maxLength 100 */
  subjectKind?: string;
  /** @maxLength 500 */
  subject?: string;
  /** The organisation's code. */
  org: string;
}

export interface GetUsageParams {
  /** The organisation's code. */
  org: string;
}

export interface GetSettingsParams {
  /** The organisation's code. */
  org: string;
}

export interface GetAttachedFileParams {
  /**
   * As the link has it.
   * @maxLength 10000
   */
  ticket: string;
  /** The organisation's code. */
  org: string;
}

export type QueryParamsType = Record<string | number, any>;
export type ResponseFormat = keyof Omit<Body, "body" | "bodyUsed">;

export interface FullRequestParams extends Omit<RequestInit, "body"> {
  /** set parameter to `true` for call `securityWorker` for this request */
  secure?: boolean;
  /** request path */
  path: string;
  /** content type of request body */
  type?: ContentType;
  /** query params */
  query?: QueryParamsType;
  /** format of response (i.e. response.json() -> format: "json") */
  format?: ResponseFormat;
  /** request body */
  body?: unknown;
  /** base url */
  baseUrl?: string;
  /** request cancellation token */
  cancelToken?: CancelToken;
}

export type RequestParams = Omit<
  FullRequestParams,
  "body" | "method" | "query" | "path"
>;

export interface ApiConfig<SecurityDataType = unknown> {
  baseUrl?: string;
  baseApiParams?: Omit<RequestParams, "baseUrl" | "cancelToken" | "signal">;
  securityWorker?: (
    securityData: SecurityDataType | null,
  ) => Promise<RequestParams | void> | RequestParams | void;
  customFetch?: typeof fetch;
}

export interface HttpResponse<D extends unknown, E extends unknown = unknown>
  extends Response {
  data: D;
  error: E;
}

type CancelToken = Symbol | string | number;

export enum ContentType {
  Json = "application/json",
  JsonApi = "application/vnd.api+json",
  FormData = "multipart/form-data",
  UrlEncoded = "application/x-www-form-urlencoded",
  Text = "text/plain",
}

export class HttpClient<SecurityDataType = unknown> {
  public baseUrl: string = "/";
  private securityData: SecurityDataType | null = null;
  private securityWorker?: ApiConfig<SecurityDataType>["securityWorker"];
  private abortControllers = new Map<CancelToken, AbortController>();
  private customFetch = (...fetchParams: Parameters<typeof fetch>) =>
    fetch(...fetchParams);

  private baseApiParams: RequestParams = {
    credentials: "same-origin",
    headers: {},
    redirect: "follow",
    referrerPolicy: "no-referrer",
  };

  constructor(apiConfig: ApiConfig<SecurityDataType> = {}) {
    Object.assign(this, apiConfig);
  }

  public setSecurityData = (data: SecurityDataType | null) => {
    this.securityData = data;
  };

  protected encodeQueryParam(key: string, value: any) {
    const encodedKey = encodeURIComponent(key);
    return `${encodedKey}=${encodeURIComponent(typeof value === "number" ? value : `${value}`)}`;
  }

  protected addQueryParam(query: QueryParamsType, key: string) {
    return this.encodeQueryParam(key, query[key]);
  }

  protected addArrayQueryParam(query: QueryParamsType, key: string) {
    const value = query[key];
    return value.map((v: any) => this.encodeQueryParam(key, v)).join("&");
  }

  protected toQueryString(rawQuery?: QueryParamsType): string {
    const query = rawQuery || {};
    const keys = Object.keys(query).filter(
      (key) => "undefined" !== typeof query[key],
    );
    return keys
      .map((key) =>
        Array.isArray(query[key])
          ? this.addArrayQueryParam(query, key)
          : this.addQueryParam(query, key),
      )
      .join("&");
  }

  protected addQueryParams(rawQuery?: QueryParamsType): string {
    const queryString = this.toQueryString(rawQuery);
    return queryString ? `?${queryString}` : "";
  }

  private contentFormatters: Record<ContentType, (input: any) => any> = {
    [ContentType.Json]: (input: any) =>
      input !== null && (typeof input === "object" || typeof input === "string")
        ? JSON.stringify(input)
        : input,
    [ContentType.JsonApi]: (input: any) =>
      input !== null && (typeof input === "object" || typeof input === "string")
        ? JSON.stringify(input)
        : input,
    [ContentType.Text]: (input: any) =>
      input !== null && typeof input !== "string"
        ? JSON.stringify(input)
        : input,
    [ContentType.FormData]: (input: any) => {
      if (input instanceof FormData) {
        return input;
      }

      return Object.keys(input || {}).reduce((formData, key) => {
        const property = input[key];
        formData.append(
          key,
          property instanceof Blob
            ? property
            : typeof property === "object" && property !== null
              ? JSON.stringify(property)
              : `${property}`,
        );
        return formData;
      }, new FormData());
    },
    [ContentType.UrlEncoded]: (input: any) => this.toQueryString(input),
  };

  protected mergeRequestParams(
    params1: RequestParams,
    params2?: RequestParams,
  ): RequestParams {
    return {
      ...this.baseApiParams,
      ...params1,
      ...(params2 || {}),
      headers: {
        ...(this.baseApiParams.headers || {}),
        ...(params1.headers || {}),
        ...((params2 && params2.headers) || {}),
      },
    };
  }

  protected createAbortSignal = (
    cancelToken: CancelToken,
  ): AbortSignal | undefined => {
    if (this.abortControllers.has(cancelToken)) {
      const abortController = this.abortControllers.get(cancelToken);
      if (abortController) {
        return abortController.signal;
      }
      return void 0;
    }

    const abortController = new AbortController();
    this.abortControllers.set(cancelToken, abortController);
    return abortController.signal;
  };

  public abortRequest = (cancelToken: CancelToken) => {
    const abortController = this.abortControllers.get(cancelToken);

    if (abortController) {
      abortController.abort();
      this.abortControllers.delete(cancelToken);
    }
  };

  public request = async <T = any, E = any>({
    body,
    secure,
    path,
    type,
    query,
    format,
    baseUrl,
    cancelToken,
    ...params
  }: FullRequestParams): Promise<T> => {
    const secureParams =
      ((typeof secure === "boolean" ? secure : this.baseApiParams.secure) &&
        this.securityWorker &&
        (await this.securityWorker(this.securityData))) ||
      {};
    const requestParams = this.mergeRequestParams(params, secureParams);
    const queryString = query && this.toQueryString(query);
    const payloadFormatter = this.contentFormatters[type || ContentType.Json];
    const responseFormat = format || requestParams.format;

    return this.customFetch(
      `${baseUrl || this.baseUrl || ""}${path}${queryString ? `?${queryString}` : ""}`,
      {
        ...requestParams,
        headers: {
          ...(requestParams.headers || {}),
          ...(type && type !== ContentType.FormData
            ? { "Content-Type": type }
            : {}),
        },
        signal:
          (cancelToken
            ? this.createAbortSignal(cancelToken)
            : requestParams.signal) || null,
        body:
          typeof body === "undefined" || body === null
            ? null
            : payloadFormatter(body),
      },
    ).then(async (response) => {
      const r = response as HttpResponse<T, E>;
      r.data = null as unknown as T;
      r.error = null as unknown as E;

      const responseToParse = responseFormat ? response.clone() : response;
      const data = !responseFormat
        ? r
        : await responseToParse[responseFormat]()
            .then((data) => {
              if (r.ok) {
                r.data = data;
              } else {
                r.error = data;
              }
              return r;
            })
            .catch((e) => {
              r.error = e;
              return r;
            });

      if (cancelToken) {
        this.abortControllers.delete(cancelToken);
      }

      if (!response.ok) throw data;
      return data.data;
    });
  };
}

/**
 * @title Waybill
 * @version 0
 * @license Apache-2.0
 * @baseUrl /
 *
 * Self-service exports. Errors are problem documents (RFC 9457) with a stable `code`; lists are filtered with `where`, sorted with `sort` and paged with `limit` and `after`, by the fields of their items; writing calls honour `Idempotency-Key`.
 */
export class Api<SecurityDataType extends unknown> {
  http: HttpClient<SecurityDataType>;

  constructor(http: HttpClient<SecurityDataType>) {
    this.http = http;
  }

  health = {
    /**
     * No description
     *
     * @tags service
     * @name GetHealthLive
     * @summary Alive
     * @request GET:/health/live
     */
    getHealthLive: (params: RequestParams = {}) =>
      this.http.request<
        {
          status: "ok";
        },
        Problem
      >({
        path: `/health/live`,
        method: "GET",
        format: "json",
        ...params,
      }),

    /**
     * @description 503 with the reasons where it is not: the control database does not answer, or it is stopping.
     *
     * @tags service
     * @name GetHealthReady
     * @summary Ready to work
     * @request GET:/health/ready
     */
    getHealthReady: (params: RequestParams = {}) =>
      this.http.request<
        {
          status: "ok";
        },
        | {
            status: "unready";
            reasons: string[];
          }
        | Problem
      >({
        path: `/health/ready`,
        method: "GET",
        format: "json",
        ...params,
      }),
  };
  api = {
    /**
     * No description
     *
     * @tags service
     * @name GetService
     * @summary What the page to sign in needs to know
     * @request GET:/api/service
     */
    getService: (params: RequestParams = {}) =>
      this.http.request<
        {
          version: string;
          /** Whether nobody has an account yet: the first link is in the program's output. */
          setup: boolean;
          /** Whether a forgotten password can be reset by mail. */
          passwordReset: boolean;
          /** Of single sign-on. */
          providers: {
            id: string;
            name: string;
          }[];
        },
        Problem
      >({
        path: `/api/service`,
        method: "GET",
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags service
     * @name GetSession
     * @summary Who is signed in, and where they belong
     * @request GET:/api/session
     * @secure
     */
    getSession: (params: RequestParams = {}) =>
      this.http.request<Session, Problem>({
        path: `/api/session`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags service
     * @name PatchSession
     * @summary Set one's own name, language, time zone and theme
     * @request PATCH:/api/session
     * @secure
     */
    patchSession: (
      data: {
        /**
         * @minLength 1
         * @maxLength 200
         */
        name?: string;
        language?: "en" | "fr" | null;
        timeZone?: string | null;
        theme?: "light" | "dark" | "auto" | null;
      },
      params: RequestParams = {},
    ) =>
      this.http.request<void, Problem>({
        path: `/api/session`,
        method: "PATCH",
        body: data,
        secure: true,
        type: ContentType.Json,
        ...params,
      }),

    /**
     * No description
     *
     * @tags service
     * @name PostSetup
     * @summary Make the first account, by the link that the first start printed
     * @request POST:/api/setup
     */
    postSetup: (
      data: {
        /**
         * What follows # in the link.
         * @minLength 1
         * @maxLength 200
         */
        token: string;
        /** @maxLength 254 */
        email: string;
        /**
         * @minLength 1
         * @maxLength 200
         */
        name: string;
        /** @maxLength 1000 */
        password: string;
        language?: "en" | "fr";
      },
      params: RequestParams = {},
    ) =>
      this.http.request<Person, Problem>({
        path: `/api/setup`,
        method: "POST",
        body: data,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags service
     * @name PostInvitationsLookup
     * @summary What an invitation is to, before it is accepted
     * @request POST:/api/invitations/lookup
     */
    postInvitationsLookup: (
      data: {
        /** @maxLength 63 */
        org: string;
        /**
         * What follows # in the link.
         * @minLength 1
         * @maxLength 200
         */
        token: string;
      },
      params: RequestParams = {},
    ) =>
      this.http.request<
        {
          email: string;
          org: string;
          name: string;
          hasAccount: boolean;
        },
        Problem
      >({
        path: `/api/invitations/lookup`,
        method: "POST",
        body: data,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags service
     * @name PostInvitationsAccept
     * @summary Accept an invitation, signed in or with a new account
     * @request POST:/api/invitations/accept
     */
    postInvitationsAccept: (
      data: {
        /** @maxLength 63 */
        org: string;
        /**
         * What follows # in the link.
         * @minLength 1
         * @maxLength 200
         */
        token: string;
        /** For whoever has none; signed in, it is left out. */
        account?: {
          /**
           * @minLength 1
           * @maxLength 200
           */
          name: string;
          /** @maxLength 1000 */
          password: string;
          language?: "en" | "fr";
        };
      },
      params: RequestParams = {},
    ) =>
      this.http.request<Person, Problem>({
        path: `/api/invitations/accept`,
        method: "POST",
        body: data,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),
  };
  org = {
    /**
     * No description
     *
     * @tags org
     * @name GetOrg
     * @summary The organisation
     * @request GET:/{org}/v2/
     * @secure
     */
    getOrg: ({ org }: GetOrgParams, params: RequestParams = {}) =>
      this.http.request<Org, Problem>({
        path: `/${encodeURIComponent(org)}/v2/`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags org
     * @name GetNamespaces
     * @summary The namespaces that the caller has a role in
     * @request GET:/{org}/v2/namespaces
     * @secure
     */
    getNamespaces: (
      { org, ...query }: GetNamespacesParams,
      params: RequestParams = {},
    ) =>
      this.http.request<
        {
          object: "list";
          data: Namespace[];
          hasMore: boolean;
          /** What to send as `after` for the next page. */
          next: string | null;
        },
        Problem
      >({
        path: `/${encodeURIComponent(org)}/v2/namespaces`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags org
     * @name PostNamespaces
     * @summary Create a namespace
     * @request POST:/{org}/v2/namespaces
     * @secure
     */
    postNamespaces: (
      { org }: PostNamespacesParams,
      data: {
        /**
         * Null for the top, where administrators alone may create one.
         * @default null
         */
        parent?: string | null;
        /**
         * Its short name, unique below its parent.
         * @pattern ^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$
         */
        code: string;
        /**
         * @minLength 1
         * @maxLength 200
         */
        name: string;
        /**
         * What its records hold; its code when absent.
         * @minLength 1
         * @maxLength 500
         */
        key?: string;
      },
      params: RequestParams = {},
    ) =>
      this.http.request<Namespace, Problem>({
        path: `/${encodeURIComponent(org)}/v2/namespaces`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags org
     * @name GetNamespacesById
     * @summary A namespace
     * @request GET:/{org}/v2/namespaces/{id}
     * @secure
     */
    getNamespacesById: (
      { org, id }: GetNamespacesByIdParams,
      params: RequestParams = {},
    ) =>
      this.http.request<Namespace, Problem>({
        path: `/${encodeURIComponent(org)}/v2/namespaces/${encodeURIComponent(id)}`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description What is archived is closed for exports, with all below it; its records can still be seen.
     *
     * @tags org
     * @name PatchNamespacesById
     * @summary Rename, move, archive or open a namespace
     * @request PATCH:/{org}/v2/namespaces/{id}
     * @secure
     */
    patchNamespacesById: (
      { org, id }: PatchNamespacesByIdParams,
      data: {
        /**
         * @minLength 1
         * @maxLength 200
         */
        name?: string;
        /**
         * Its short name, unique below its parent.
         * @pattern ^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$
         */
        code?: string;
        /** An id. */
        parent?: string | null;
        archived?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.http.request<Namespace, Problem>({
        path: `/${encodeURIComponent(org)}/v2/namespaces/${encodeURIComponent(id)}`,
        method: "PATCH",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags org
     * @name DeleteNamespacesById
     * @summary Delete an empty namespace
     * @request DELETE:/{org}/v2/namespaces/{id}
     * @secure
     */
    deleteNamespacesById: (
      { org, id }: DeleteNamespacesByIdParams,
      params: RequestParams = {},
    ) =>
      this.http.request<void, Problem>({
        path: `/${encodeURIComponent(org)}/v2/namespaces/${encodeURIComponent(id)}`,
        method: "DELETE",
        secure: true,
        ...params,
      }),

    /**
     * No description
     *
     * @tags org
     * @name GetNamespacesByIdMembers
     * @summary Who was given a role in a namespace
     * @request GET:/{org}/v2/namespaces/{id}/members
     * @secure
     */
    getNamespacesByIdMembers: (
      { org, id, ...query }: GetNamespacesByIdMembersParams,
      params: RequestParams = {},
    ) =>
      this.http.request<
        {
          object: "list";
          data: {
            /**
             * An id.
             * @format uuid
             */
            person: string;
            name: string;
            email: string;
            role: "guest" | "analyst" | "maintainer" | "owner";
          }[];
          hasMore: boolean;
          /** What to send as `after` for the next page. */
          next: string | null;
        },
        Problem
      >({
        path: `/${encodeURIComponent(org)}/v2/namespaces/${encodeURIComponent(id)}/members`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags org
     * @name PutNamespacesByIdMembersByPerson
     * @summary Give a member a role in a namespace, and in all below it
     * @request PUT:/{org}/v2/namespaces/{id}/members/{person}
     * @secure
     */
    putNamespacesByIdMembersByPerson: (
      { org, id, person }: PutNamespacesByIdMembersByPersonParams,
      data: {
        role: "guest" | "analyst" | "maintainer" | "owner";
      },
      params: RequestParams = {},
    ) =>
      this.http.request<void, Problem>({
        path: `/${encodeURIComponent(org)}/v2/namespaces/${encodeURIComponent(id)}/members/${encodeURIComponent(person)}`,
        method: "PUT",
        body: data,
        secure: true,
        type: ContentType.Json,
        ...params,
      }),

    /**
     * No description
     *
     * @tags org
     * @name DeleteNamespacesByIdMembersByPerson
     * @summary Take a member's role in a namespace away
     * @request DELETE:/{org}/v2/namespaces/{id}/members/{person}
     * @secure
     */
    deleteNamespacesByIdMembersByPerson: (
      { org, id, person }: DeleteNamespacesByIdMembersByPersonParams,
      params: RequestParams = {},
    ) =>
      this.http.request<void, Problem>({
        path: `/${encodeURIComponent(org)}/v2/namespaces/${encodeURIComponent(id)}/members/${encodeURIComponent(person)}`,
        method: "DELETE",
        secure: true,
        ...params,
      }),

    /**
     * No description
     *
     * @tags org
     * @name GetMembers
     * @summary The members, with the roles that they were given
     * @request GET:/{org}/v2/members
     * @secure
     */
    getMembers: (
      { org, ...query }: GetMembersParams,
      params: RequestParams = {},
    ) =>
      this.http.request<
        {
          object: "list";
          data: Member[];
          hasMore: boolean;
          /** What to send as `after` for the next page. */
          next: string | null;
        },
        Problem
      >({
        path: `/${encodeURIComponent(org)}/v2/members`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags org
     * @name GetMembersById
     * @summary A member with their roles
     * @request GET:/{org}/v2/members/{id}
     * @secure
     */
    getMembersById: (
      { org, id }: GetMembersByIdParams,
      params: RequestParams = {},
    ) =>
      this.http.request<Member, Problem>({
        path: `/${encodeURIComponent(org)}/v2/members/${encodeURIComponent(id)}`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags org
     * @name PatchMembersById
     * @summary Make a member an administrator, or no longer
     * @request PATCH:/{org}/v2/members/{id}
     * @secure
     */
    patchMembersById: (
      { org, id }: PatchMembersByIdParams,
      data: {
        role: "admin" | null;
      },
      params: RequestParams = {},
    ) =>
      this.http.request<void, Problem>({
        path: `/${encodeURIComponent(org)}/v2/members/${encodeURIComponent(id)}`,
        method: "PATCH",
        body: data,
        secure: true,
        type: ContentType.Json,
        ...params,
      }),

    /**
     * No description
     *
     * @tags org
     * @name DeleteMembersById
     * @summary Take somebody out of the organisation, with their roles and tokens in it
     * @request DELETE:/{org}/v2/members/{id}
     * @secure
     */
    deleteMembersById: (
      { org, id }: DeleteMembersByIdParams,
      params: RequestParams = {},
    ) =>
      this.http.request<void, Problem>({
        path: `/${encodeURIComponent(org)}/v2/members/${encodeURIComponent(id)}`,
        method: "DELETE",
        secure: true,
        ...params,
      }),

    /**
     * No description
     *
     * @tags org
     * @name GetInvitations
     * @summary Invitations that were not accepted yet
     * @request GET:/{org}/v2/invitations
     * @secure
     */
    getInvitations: (
      { org, ...query }: GetInvitationsParams,
      params: RequestParams = {},
    ) =>
      this.http.request<
        {
          object: "list";
          data: Invitation[];
          hasMore: boolean;
          /** What to send as `after` for the next page. */
          next: string | null;
        },
        Problem
      >({
        path: `/${encodeURIComponent(org)}/v2/invitations`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags org
     * @name PostInvitations
     * @summary Invite somebody by mail
     * @request POST:/{org}/v2/invitations
     * @secure
     */
    postInvitations: (
      { org }: PostInvitationsParams,
      data: {
        /** @maxLength 254 */
        email: string;
        /**
         * `admin` and null need no namespace.
         * @default null
         */
        role?: "guest" | "analyst" | "maintainer" | "owner" | "admin" | null;
        /**
         * An id.
         * @default null
         */
        namespace?: string | null;
      },
      params: RequestParams = {},
    ) =>
      this.http.request<
        {
          /**
           * An id.
           * @format uuid
           */
          _id: string;
          object: "invitation";
          email: string;
          role: string | null;
          /** An id. */
          namespace: string | null;
          /** @format date-time */
          created: string;
          /** @format date-time */
          expires: string;
          /** Shown once: what the mail holds. */
          link: string;
          /** Whether the mail went out; else hand over the link. */
          sent: boolean;
        },
        Problem
      >({
        path: `/${encodeURIComponent(org)}/v2/invitations`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags org
     * @name DeleteInvitationsById
     * @summary Take an invitation back
     * @request DELETE:/{org}/v2/invitations/{id}
     * @secure
     */
    deleteInvitationsById: (
      { org, id }: DeleteInvitationsByIdParams,
      params: RequestParams = {},
    ) =>
      this.http.request<void, Problem>({
        path: `/${encodeURIComponent(org)}/v2/invitations/${encodeURIComponent(id)}`,
        method: "DELETE",
        secure: true,
        ...params,
      }),

    /**
     * No description
     *
     * @tags org
     * @name GetTokens
     * @summary One's own tokens, or everybody's
     * @request GET:/{org}/v2/tokens
     * @secure
     */
    getTokens: (
      { org, ...query }: GetTokensParams,
      params: RequestParams = {},
    ) =>
      this.http.request<
        {
          object: "list";
          data: Token[];
          hasMore: boolean;
          /** What to send as `after` for the next page. */
          next: string | null;
        },
        Problem
      >({
        path: `/${encodeURIComponent(org)}/v2/tokens`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Tokens never make tokens: this needs somebody who is signed in.
     *
     * @tags org
     * @name PostTokens
     * @summary Make a token, which is shown once
     * @request POST:/{org}/v2/tokens
     * @secure
     */
    postTokens: (
      { org }: PostTokensParams,
      data: {
        /**
         * What it is for.
         * @maxLength 100
         */
        name: string;
        /**
         * @maxItems 5
         * @minItems 1
         */
        scopes: ("query" | "read" | "export" | "templates" | "admin")[];
        /**
         * `192.0.2.7`, `2001:db8::/32`.
         * @maxItems 100
         * @default []
         */
        addresses?: string[];
        /** @default null */
        expires?: string | null;
      },
      params: RequestParams = {},
    ) =>
      this.http.request<
        {
          /**
           * An id.
           * @format uuid
           */
          _id: string;
          object: "token";
          /**
           * An id.
           * @format uuid
           */
          person: string;
          name: string;
          scopes: string[];
          addresses: string[];
          /** @format date-time */
          created: string;
          expires: string | null;
          lastUsed: string | null;
          revoked: string | null;
          /** The token itself: keep it, it is not shown again. */
          token: string;
        },
        Problem
      >({
        path: `/${encodeURIComponent(org)}/v2/tokens`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags org
     * @name DeleteTokensById
     * @summary End a token at once
     * @request DELETE:/{org}/v2/tokens/{id}
     * @secure
     */
    deleteTokensById: (
      { org, id }: DeleteTokensByIdParams,
      params: RequestParams = {},
    ) =>
      this.http.request<void, Problem>({
        path: `/${encodeURIComponent(org)}/v2/tokens/${encodeURIComponent(id)}`,
        method: "DELETE",
        secure: true,
        ...params,
      }),

    /**
     * No description
     *
     * @tags org
     * @name GetPersistedQueries
     * @summary The GraphQL queries that are registered, by name
     * @request GET:/{org}/v2/persisted-queries
     * @secure
     */
    getPersistedQueries: (
      { org, ...query }: GetPersistedQueriesParams,
      params: RequestParams = {},
    ) =>
      this.http.request<
        {
          object: "list";
          data: PersistedQuery[];
          hasMore: boolean;
          /** What to send as `after` for the next page. */
          next: string | null;
        },
        Problem
      >({
        path: `/${encodeURIComponent(org)}/v2/persisted-queries`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description One that is registered already gets the name, and is 200 instead of 201.
     *
     * @tags org
     * @name PostPersistedQueries
     * @summary Register a GraphQL query, so that tokens with the scope `query` may run it
     * @request POST:/{org}/v2/persisted-queries
     * @secure
     */
    postPersistedQueries: (
      { org }: PostPersistedQueriesParams,
      data: {
        /**
         * Which program it is for, and what it asks.
         * @maxLength 200
         */
        name: string;
        /**
         * One query. Its id is made of its exact text.
         * @maxLength 100000
         */
        document: string;
      },
      params: RequestParams = {},
    ) =>
      this.http.request<PersistedQueryWithDocument, Problem>({
        path: `/${encodeURIComponent(org)}/v2/persisted-queries`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags org
     * @name GetPersistedQueriesById
     * @summary A registered query
     * @request GET:/{org}/v2/persisted-queries/{id}
     * @secure
     */
    getPersistedQueriesById: (
      { org, id }: GetPersistedQueriesByIdParams,
      params: RequestParams = {},
    ) =>
      this.http.request<PersistedQueryWithDocument, Problem>({
        path: `/${encodeURIComponent(org)}/v2/persisted-queries/${encodeURIComponent(id)}`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags org
     * @name DeletePersistedQueriesById
     * @summary End a query at once: nobody runs it any more
     * @request DELETE:/{org}/v2/persisted-queries/{id}
     * @secure
     */
    deletePersistedQueriesById: (
      { org, id }: DeletePersistedQueriesByIdParams,
      params: RequestParams = {},
    ) =>
      this.http.request<void, Problem>({
        path: `/${encodeURIComponent(org)}/v2/persisted-queries/${encodeURIComponent(id)}`,
        method: "DELETE",
        secure: true,
        ...params,
      }),

    /**
     * No description
     *
     * @tags records
     * @name GetObjects
     * @summary The object types
     * @request GET:/{org}/v2/objects
     * @secure
     */
    getObjects: (
      { org, ...query }: GetObjectsParams,
      params: RequestParams = {},
    ) =>
      this.http.request<
        {
          object: "list";
          data: ObjectType[];
          hasMore: boolean;
          /** What to send as `after` for the next page. */
          next: string | null;
        },
        Problem
      >({
        path: `/${encodeURIComponent(org)}/v2/objects`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags records
     * @name GetObjectsByName
     * @summary An object type with its fields, as the caller may have them
     * @request GET:/{org}/v2/objects/{name}
     * @secure
     */
    getObjectsByName: (
      { org, name }: GetObjectsByNameParams,
      params: RequestParams = {},
    ) =>
      this.http.request<ObjectTypeWithFields, Problem>({
        path: `/${encodeURIComponent(org)}/v2/objects/${encodeURIComponent(name)}`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description For long conditions there is the same by POST, at `…/records/query`.
     *
     * @tags records
     * @name GetObjectsByNameRecords
     * @summary A page of records
     * @request GET:/{org}/v2/objects/{name}/records
     * @secure
     */
    getObjectsByNameRecords: (
      { org, name, ...query }: GetObjectsByNameRecordsParams,
      params: RequestParams = {},
    ) =>
      this.http.request<
        {
          object: "list";
          data: any[];
          hasMore: boolean;
          /** What to send as `after` for the next page. */
          next: string | null;
          /** The key of each record; null where they have none. */
          keys: string[] | null;
        },
        Problem
      >({
        path: `/${encodeURIComponent(org)}/v2/objects/${encodeURIComponent(name)}/records`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags records
     * @name PostObjectsByNameRecordsQuery
     * @summary A page of records
     * @request POST:/{org}/v2/objects/{name}/records/query
     * @secure
     */
    postObjectsByNameRecordsQuery: (
      { org, name }: PostObjectsByNameRecordsQueryParams,
      data: {
        /** JSON. */
        where?: any;
        /**
         * Words that must all be found in a record's texts.
         * @maxLength 255
         */
        search?: string;
        /**
         * Records of one namespace and those below it.
         * @format uuid
         */
        namespace?: string;
        /**
         * @min 1
         * @max 500
         * @default 50
         */
        limit?: number;
        /**
         * `next` of the page before.
         * @maxLength 10000
         */
        after?: string;
        /** @maxItems 2000 */
        paths?: string[];
        /** @maxItems 2000 */
        include?: string[];
        /** @maxItems 2000 */
        expand?: string[];
        /** @maxItems 2000 */
        order?: string[];
      },
      params: RequestParams = {},
    ) =>
      this.http.request<
        {
          object: "list";
          data: any[];
          hasMore: boolean;
          /** What to send as `after` for the next page. */
          next: string | null;
          /** The key of each record; null where they have none. */
          keys: string[] | null;
        },
        Problem
      >({
        path: `/${encodeURIComponent(org)}/v2/objects/${encodeURIComponent(name)}/records/query`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags records
     * @name GetObjectsByNameCount
     * @summary How many records there are: exactly, or about how many where counting would be slow
     * @request GET:/{org}/v2/objects/{name}/count
     * @secure
     */
    getObjectsByNameCount: (
      { org, name, ...query }: GetObjectsByNameCountParams,
      params: RequestParams = {},
    ) =>
      this.http.request<
        {
          /** Null where nobody knows without counting for longer. */
          count: number | null;
          exact: boolean;
        },
        Problem
      >({
        path: `/${encodeURIComponent(org)}/v2/objects/${encodeURIComponent(name)}/count`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags records
     * @name PostObjectsByNameCount
     * @summary The same for long conditions
     * @request POST:/{org}/v2/objects/{name}/count
     * @secure
     */
    postObjectsByNameCount: (
      { org, name }: PostObjectsByNameCountParams,
      data: {
        /** JSON. */
        where?: any;
        /**
         * Words that must all be found in a record's texts.
         * @maxLength 255
         */
        search?: string;
        /**
         * Records of one namespace and those below it.
         * @format uuid
         */
        namespace?: string;
      },
      params: RequestParams = {},
    ) =>
      this.http.request<
        {
          /** Null where nobody knows without counting for longer. */
          count: number | null;
          exact: boolean;
        },
        Problem
      >({
        path: `/${encodeURIComponent(org)}/v2/objects/${encodeURIComponent(name)}/count`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags records
     * @name PostObjectsByNameLookup
     * @summary Which of some identifiers have records that the caller may see
     * @request POST:/{org}/v2/objects/{name}/lookup
     * @secure
     */
    postObjectsByNameLookup: (
      { org, name }: PostObjectsByNameLookupParams,
      data: {
        /** @maxItems 10000 */
        values: (string | number)[];
        /**
         * A field of text, whole numbers or UUIDs; the key when absent.
         * @maxLength 500
         */
        by?: string;
        /**
         * An id.
         * @format uuid
         */
        namespace?: string;
      },
      params: RequestParams = {},
    ) =>
      this.http.request<
        {
          found: {
            value: string;
            key: string;
          }[];
          notFound: string[];
        },
        Problem
      >({
        path: `/${encodeURIComponent(org)}/v2/objects/${encodeURIComponent(name)}/lookup`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags records
     * @name GetObjectsByNameRecordsByKey
     * @summary A record with all its fields, the beginning of its lists, and its attached files
     * @request GET:/{org}/v2/objects/{name}/records/{key}
     * @secure
     */
    getObjectsByNameRecordsByKey: (
      { org, name, key }: GetObjectsByNameRecordsByKeyParams,
      params: RequestParams = {},
    ) =>
      this.http.request<RecordWithLists, Problem>({
        path: `/${encodeURIComponent(org)}/v2/objects/${encodeURIComponent(name)}/records/${encodeURIComponent(key)}`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags records
     * @name GetObjectsByNameRecordsByKeyListsByList
     * @summary A page of the items of one of a record's lists
     * @request GET:/{org}/v2/objects/{name}/records/{key}/lists/{list}
     * @secure
     */
    getObjectsByNameRecordsByKeyListsByList: (
      {
        org,
        name,
        key,
        list,
        ...query
      }: GetObjectsByNameRecordsByKeyListsByListParams,
      params: RequestParams = {},
    ) =>
      this.http.request<
        {
          object: "list";
          data: any[];
          hasMore: boolean;
          /** What to send as `after` for the next page. */
          next: string | null;
          /** The key of each record; null where they have none. */
          keys: string[] | null;
        },
        Problem
      >({
        path: `/${encodeURIComponent(org)}/v2/objects/${encodeURIComponent(name)}/records/${encodeURIComponent(key)}/lists/${encodeURIComponent(list)}`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description A download, but for pictures and texts that are asked for with `inline`: a text is sent as `text/plain`, and only its first 64 KiB. `X-File-Size` says how many bytes the whole has.
     *
     * @tags records
     * @name GetObjectsByNameRecordsByKeyFilesByFilesByFile
     * @summary One of a record's attached files
     * @request GET:/{org}/v2/objects/{name}/records/{key}/files/{files}/{file}
     * @secure
     */
    getObjectsByNameRecordsByKeyFilesByFilesByFile: (
      {
        org,
        name,
        key,
        files,
        file,
        ...query
      }: GetObjectsByNameRecordsByKeyFilesByFilesByFileParams,
      params: RequestParams = {},
    ) =>
      this.http.request<any, Problem>({
        path: `/${encodeURIComponent(org)}/v2/objects/${encodeURIComponent(name)}/records/${encodeURIComponent(key)}/files/${encodeURIComponent(files)}/${encodeURIComponent(file)}`,
        method: "GET",
        query: query,
        secure: true,
        ...params,
      }),

    /**
     * @description `range` names the field that the dates are about, and the longest range (an ISO 8601 duration).
     *
     * @tags records
     * @name GetRealms
     * @summary The object types that exports are asked for by dates, with their fields as the caller may have them
     * @request GET:/{org}/v2/realms
     * @secure
     */
    getRealms: (
      { org, ...query }: GetRealmsParams,
      params: RequestParams = {},
    ) =>
      this.http.request<
        {
          object: "list";
          data: ObjectTypeWithFields[];
          hasMore: boolean;
          /** What to send as `after` for the next page. */
          next: string | null;
        },
        Problem
      >({
        path: `/${encodeURIComponent(org)}/v2/realms`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags records
     * @name GetViews
     * @summary One's own saved views of an object type
     * @request GET:/{org}/v2/views
     * @secure
     */
    getViews: ({ org, ...query }: GetViewsParams, params: RequestParams = {}) =>
      this.http.request<
        {
          object: "list";
          data: View[];
          hasMore: boolean;
          /** What to send as `after` for the next page. */
          next: string | null;
        },
        Problem
      >({
        path: `/${encodeURIComponent(org)}/v2/views`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags records
     * @name PutViews
     * @summary Save a view, over one of the same name
     * @request PUT:/{org}/v2/views
     * @secure
     */
    putViews: (
      { org }: PutViewsParams,
      data: {
        /** @maxLength 200 */
        objects: string;
        /**
         * @minLength 1
         * @maxLength 100
         */
        name: string;
        view: {
          /** JSON. */
          where?: any;
          /** @maxLength 255 */
          search?: string;
          /**
           * An id.
           * @format uuid
           */
          namespace?: string;
          /** @maxItems 500 */
          paths?: string[];
          /** @maxItems 20 */
          order?: string[];
        };
      },
      params: RequestParams = {},
    ) =>
      this.http.request<View, Problem>({
        path: `/${encodeURIComponent(org)}/v2/views`,
        method: "PUT",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags records
     * @name DeleteViewsById
     * @summary Delete a saved view
     * @request DELETE:/{org}/v2/views/{id}
     * @secure
     */
    deleteViewsById: (
      { org, id }: DeleteViewsByIdParams,
      params: RequestParams = {},
    ) =>
      this.http.request<void, Problem>({
        path: `/${encodeURIComponent(org)}/v2/views/${encodeURIComponent(id)}`,
        method: "DELETE",
        secure: true,
        ...params,
      }),

    /**
     * @description Of a filter (`{}` for everything that the caller may see) or of a list of keys, up to 5 million. A key of several fields is the JSON text of an array. Unless `missing` is `leave-out`, a key that is not found refuses the whole.
     *
     * @tags batches
     * @name PostBatches
     * @summary Freeze records as a batch
     * @request POST:/{org}/v2/batches
     * @secure
     */
    postBatches: (
      { org }: PostBatchesParams,
      data: {
        /**
         * The object type.
         * @maxLength 500
         */
        object: string;
        /** @maxLength 200 */
        name: string;
        /** An id. */
        namespace?: string | null;
        /** JSON. */
        where?: any;
        /** @maxLength 255 */
        search?: string;
        keys?: (string | number)[];
        missing?: "refuse" | "leave-out";
      },
      params: RequestParams = {},
    ) =>
      this.http.request<
        {
          /**
           * An id.
           * @format uuid
           */
          _id: string;
          object: "batch";
          name: string;
          /** The object type of its records. */
          objects: string;
          /** An id. */
          namespace: string | null;
          owner: {
            /**
             * An id.
             * @format uuid
             */
            id: string;
            name?: string;
          } | null;
          keyColumns: string[];
          /**
           * @min -9007199254740991
           * @max 9007199254740991
           */
          count: number;
          /** What it was made from: a filter, or a list of keys. */
          source: Partial<Record<string, any>>;
          created: string;
          notFound: {
            /**
             * @min -9007199254740991
             * @max 9007199254740991
             */
            count: number;
            /** The first thousand. */
            keys: string[];
          };
        },
        Problem
      >({
        path: `/${encodeURIComponent(org)}/v2/batches`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags batches
     * @name GetBatches
     * @summary One's own batches; all for administrators; the newest first
     * @request GET:/{org}/v2/batches
     * @secure
     */
    getBatches: (
      { org, ...query }: GetBatchesParams,
      params: RequestParams = {},
    ) =>
      this.http.request<
        {
          object: "list";
          data: Batch[];
          hasMore: boolean;
          /** What to send as `after` for the next page. */
          next: string | null;
        },
        Problem
      >({
        path: `/${encodeURIComponent(org)}/v2/batches`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags batches
     * @name GetBatchesById
     * @summary A batch
     * @request GET:/{org}/v2/batches/{id}
     * @secure
     */
    getBatchesById: (
      { org, id }: GetBatchesByIdParams,
      params: RequestParams = {},
    ) =>
      this.http.request<Batch, Problem>({
        path: `/${encodeURIComponent(org)}/v2/batches/${encodeURIComponent(id)}`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags batches
     * @name DeleteBatchesById
     * @summary Delete a batch
     * @request DELETE:/{org}/v2/batches/{id}
     * @secure
     */
    deleteBatchesById: (
      { org, id }: DeleteBatchesByIdParams,
      params: RequestParams = {},
    ) =>
      this.http.request<void, Problem>({
        path: `/${encodeURIComponent(org)}/v2/batches/${encodeURIComponent(id)}`,
        method: "DELETE",
        secure: true,
        ...params,
      }),

    /**
     * No description
     *
     * @tags batches
     * @name GetBatchesByIdRecords
     * @summary The records of a batch as they are now, in its order, and those that have vanished
     * @request GET:/{org}/v2/batches/{id}/records
     * @secure
     */
    getBatchesByIdRecords: (
      { org, id, ...query }: GetBatchesByIdRecordsParams,
      params: RequestParams = {},
    ) =>
      this.http.request<
        {
          object: "list";
          data: any[];
          hasMore: boolean;
          /** What to send as `after` for the next page. */
          next: string | null;
          /** The key of each record; null where they may not be read. */
          keys: string[] | null;
          /** Records that were there when the batch was made, and are not there for the caller any more. */
          vanished: {
            /**
             * @min -9007199254740991
             * @max 9007199254740991
             */
            count: number;
            keys: string[];
          };
        },
        Problem
      >({
        path: `/${encodeURIComponent(org)}/v2/batches/${encodeURIComponent(id)}/records`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags batches
     * @name GetBatchesByIdCheck
     * @summary Look for every record of a batch
     * @request GET:/{org}/v2/batches/{id}/check
     * @secure
     */
    getBatchesByIdCheck: (
      { org, id }: GetBatchesByIdCheckParams,
      params: RequestParams = {},
    ) =>
      this.http.request<
        {
          /**
           * @min -9007199254740991
           * @max 9007199254740991
           */
          count: number;
          /** Records that were there when the batch was made, and are not there for the caller any more. */
          vanished: {
            /**
             * @min -9007199254740991
             * @max 9007199254740991
             */
            count: number;
            keys: string[];
          };
        },
        Problem
      >({
        path: `/${encodeURIComponent(org)}/v2/batches/${encodeURIComponent(id)}/check`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags templates
     * @name GetDatasetTemplates
     * @summary The dataset templates that the caller may use, the newest first
     * @request GET:/{org}/v2/dataset-templates
     * @secure
     */
    getDatasetTemplates: (
      { org, ...query }: GetDatasetTemplatesParams,
      params: RequestParams = {},
    ) =>
      this.http.request<
        {
          object: "list";
          data: ListedTemplate[];
          hasMore: boolean;
          /** What to send as `after` for the next page. */
          next: string | null;
        },
        Problem
      >({
        path: `/${encodeURIComponent(org)}/v2/dataset-templates`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags templates
     * @name PostDatasetTemplates
     * @summary Create a dataset template
     * @request POST:/{org}/v2/dataset-templates
     * @secure
     */
    postDatasetTemplates: (
      { org, ...query }: PostDatasetTemplatesParams,
      data: Partial<Record<string, any>>,
      params: RequestParams = {},
    ) =>
      this.http.request<Template, Problem>({
        path: `/${encodeURIComponent(org)}/v2/dataset-templates`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags templates
     * @name PostDatasetTemplatesPreview
     * @summary What a dataset template that is being made gives, and what is wrong with it
     * @request POST:/{org}/v2/dataset-templates/preview
     * @secure
     */
    postDatasetTemplatesPreview: (
      { org, ...query }: PostDatasetTemplatesPreviewParams,
      data: Partial<Record<string, any>>,
      params: RequestParams = {},
    ) =>
      this.http.request<TemplatePreview, Problem>({
        path: `/${encodeURIComponent(org)}/v2/dataset-templates/preview`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags templates
     * @name PostDatasetTemplatesCheck
     * @summary Everything that is wrong with a dataset template
     * @request POST:/{org}/v2/dataset-templates/check
     * @secure
     */
    postDatasetTemplatesCheck: (
      { org }: PostDatasetTemplatesCheckParams,
      data: Partial<Record<string, any>>,
      params: RequestParams = {},
    ) =>
      this.http.request<
        {
          problems: {
            pointer: string;
            code: string;
            detail: string;
            hint?: string;
            words: Words | null;
          }[];
          notes: {
            pointer: string;
            note: string;
            table: string;
            column: string;
            before?: string;
          }[];
        },
        Problem
      >({
        path: `/${encodeURIComponent(org)}/v2/dataset-templates/check`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags templates
     * @name PostDatasetTemplatesImport
     * @summary Import template files of another installation, each with an answer of its own
     * @request POST:/{org}/v2/dataset-templates/import
     * @secure
     */
    postDatasetTemplatesImport: (
      { org, ...query }: PostDatasetTemplatesImportParams,
      data: {
        /**
         * @maxItems 100
         * @minItems 1
         */
        files: {
          /** @maxLength 255 */
          name: string;
          content: any;
        }[];
      },
      params: RequestParams = {},
    ) =>
      this.http.request<
        {
          object: "list";
          data: {
            file: string;
            outcome: "created" | "renamed" | "replaced" | "refused";
            /** The name that was taken. */
            was?: string;
            template?: {
              /**
               * An id.
               * @format uuid
               */
              _id: string;
              object: "dataset-template" | "export-template";
              name: string;
              /** Null for its maker alone. */
              namespace: string | null;
              /** An id. */
              person: string | null;
              /**
               * @min -9007199254740991
               * @max 9007199254740991
               */
              revision: number;
              /** @format date-time */
              created: string;
              /** @format date-time */
              updated: string;
              /** Whether the caller may change it. */
              mayChange: boolean;
            };
            problems?: {
              pointer: string;
              code: string;
              detail: string;
              hint?: string;
              words: Words | null;
            }[];
          }[];
          hasMore: boolean;
          /** What to send as `after` for the next page. */
          next: string | null;
        },
        Problem
      >({
        path: `/${encodeURIComponent(org)}/v2/dataset-templates/import`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags templates
     * @name GetDatasetTemplatesById
     * @summary A dataset template, or a former revision of it
     * @request GET:/{org}/v2/dataset-templates/{id}
     * @secure
     */
    getDatasetTemplatesById: (
      { org, id, ...query }: GetDatasetTemplatesByIdParams,
      params: RequestParams = {},
    ) =>
      this.http.request<Template, Problem>({
        path: `/${encodeURIComponent(org)}/v2/dataset-templates/${encodeURIComponent(id)}`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags templates
     * @name PutDatasetTemplatesById
     * @summary Change a dataset template: the former revision stays
     * @request PUT:/{org}/v2/dataset-templates/{id}
     * @secure
     */
    putDatasetTemplatesById: (
      { org, id, ...query }: PutDatasetTemplatesByIdParams,
      data: Partial<Record<string, any>>,
      params: RequestParams = {},
    ) =>
      this.http.request<Template, Problem>({
        path: `/${encodeURIComponent(org)}/v2/dataset-templates/${encodeURIComponent(id)}`,
        method: "PUT",
        query: query,
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags templates
     * @name DeleteDatasetTemplatesById
     * @summary Delete a dataset template
     * @request DELETE:/{org}/v2/dataset-templates/{id}
     * @secure
     */
    deleteDatasetTemplatesById: (
      { org, id }: DeleteDatasetTemplatesByIdParams,
      params: RequestParams = {},
    ) =>
      this.http.request<void, Problem>({
        path: `/${encodeURIComponent(org)}/v2/dataset-templates/${encodeURIComponent(id)}`,
        method: "DELETE",
        secure: true,
        ...params,
      }),

    /**
     * No description
     *
     * @tags templates
     * @name GetDatasetTemplatesByIdVersions
     * @summary The revisions of a dataset template, the newest first
     * @request GET:/{org}/v2/dataset-templates/{id}/versions
     * @secure
     */
    getDatasetTemplatesByIdVersions: (
      { org, id, ...query }: GetDatasetTemplatesByIdVersionsParams,
      params: RequestParams = {},
    ) =>
      this.http.request<
        {
          object: "list";
          data: {
            /**
             * @min -9007199254740991
             * @max 9007199254740991
             */
            revision: number;
            /** An id. */
            person: string | null;
            /** Whoever made it. */
            name: string | null;
            /** @format date-time */
            created: string;
          }[];
          hasMore: boolean;
          /** What to send as `after` for the next page. */
          next: string | null;
        },
        Problem
      >({
        path: `/${encodeURIComponent(org)}/v2/dataset-templates/${encodeURIComponent(id)}/versions`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags templates
     * @name PostDatasetTemplatesByIdDuplicate
     * @summary Make a copy of a dataset template
     * @request POST:/{org}/v2/dataset-templates/{id}/duplicate
     * @secure
     */
    postDatasetTemplatesByIdDuplicate: (
      { org, id }: PostDatasetTemplatesByIdDuplicateParams,
      data: {
        /** @maxLength 200 */
        name?: string;
        /** An id. */
        namespace?: string | null;
      } | null,
      params: RequestParams = {},
    ) =>
      this.http.request<Template, Problem>({
        path: `/${encodeURIComponent(org)}/v2/dataset-templates/${encodeURIComponent(id)}/duplicate`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags templates
     * @name GetDatasetTemplatesByIdExport
     * @summary A dataset template as a file, for other installations and for waybill export --template
     * @request GET:/{org}/v2/dataset-templates/{id}/export
     * @secure
     */
    getDatasetTemplatesByIdExport: (
      { org, id, ...query }: GetDatasetTemplatesByIdExportParams,
      params: RequestParams = {},
    ) =>
      this.http.request<Partial<Record<string, any>>, Problem>({
        path: `/${encodeURIComponent(org)}/v2/dataset-templates/${encodeURIComponent(id)}/export`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags templates
     * @name PostDatasetTemplatesByIdPreview
     * @summary What a dataset template gives, on real records
     * @request POST:/{org}/v2/dataset-templates/{id}/preview
     * @secure
     */
    postDatasetTemplatesByIdPreview: (
      { org, id, ...query }: PostDatasetTemplatesByIdPreviewParams,
      params: RequestParams = {},
    ) =>
      this.http.request<TemplatePreview, Problem>({
        path: `/${encodeURIComponent(org)}/v2/dataset-templates/${encodeURIComponent(id)}/preview`,
        method: "POST",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags templates
     * @name GetDatasetTemplatesByIdShares
     * @summary The namespaces that a dataset template is shared with
     * @request GET:/{org}/v2/dataset-templates/{id}/shares
     * @secure
     */
    getDatasetTemplatesByIdShares: (
      { org, id, ...query }: GetDatasetTemplatesByIdSharesParams,
      params: RequestParams = {},
    ) =>
      this.http.request<
        {
          object: "list";
          data: {
            /**
             * An id.
             * @format uuid
             */
            namespace: string;
          }[];
          hasMore: boolean;
          /** What to send as `after` for the next page. */
          next: string | null;
        },
        Problem
      >({
        path: `/${encodeURIComponent(org)}/v2/dataset-templates/${encodeURIComponent(id)}/shares`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags templates
     * @name PutDatasetTemplatesByIdSharesByNamespace
     * @summary Share a dataset template with a namespace
     * @request PUT:/{org}/v2/dataset-templates/{id}/shares/{namespace}
     * @secure
     */
    putDatasetTemplatesByIdSharesByNamespace: (
      { org, id, namespace }: PutDatasetTemplatesByIdSharesByNamespaceParams,
      params: RequestParams = {},
    ) =>
      this.http.request<void, Problem>({
        path: `/${encodeURIComponent(org)}/v2/dataset-templates/${encodeURIComponent(id)}/shares/${encodeURIComponent(namespace)}`,
        method: "PUT",
        secure: true,
        ...params,
      }),

    /**
     * No description
     *
     * @tags templates
     * @name DeleteDatasetTemplatesByIdSharesByNamespace
     * @summary No longer share a dataset template with a namespace
     * @request DELETE:/{org}/v2/dataset-templates/{id}/shares/{namespace}
     * @secure
     */
    deleteDatasetTemplatesByIdSharesByNamespace: (
      { org, id, namespace }: DeleteDatasetTemplatesByIdSharesByNamespaceParams,
      params: RequestParams = {},
    ) =>
      this.http.request<void, Problem>({
        path: `/${encodeURIComponent(org)}/v2/dataset-templates/${encodeURIComponent(id)}/shares/${encodeURIComponent(namespace)}`,
        method: "DELETE",
        secure: true,
        ...params,
      }),

    /**
     * No description
     *
     * @tags templates
     * @name GetExportTemplates
     * @summary The export templates that the caller may use, the newest first
     * @request GET:/{org}/v2/export-templates
     * @secure
     */
    getExportTemplates: (
      { org, ...query }: GetExportTemplatesParams,
      params: RequestParams = {},
    ) =>
      this.http.request<
        {
          object: "list";
          data: ListedTemplate[];
          hasMore: boolean;
          /** What to send as `after` for the next page. */
          next: string | null;
        },
        Problem
      >({
        path: `/${encodeURIComponent(org)}/v2/export-templates`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags templates
     * @name PostExportTemplates
     * @summary Create an export template
     * @request POST:/{org}/v2/export-templates
     * @secure
     */
    postExportTemplates: (
      { org, ...query }: PostExportTemplatesParams,
      data: Partial<Record<string, any>>,
      params: RequestParams = {},
    ) =>
      this.http.request<Template, Problem>({
        path: `/${encodeURIComponent(org)}/v2/export-templates`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags templates
     * @name PostExportTemplatesPreview
     * @summary What an export template that is being made gives, and what is wrong with it
     * @request POST:/{org}/v2/export-templates/preview
     * @secure
     */
    postExportTemplatesPreview: (
      { org, ...query }: PostExportTemplatesPreviewParams,
      data: Partial<Record<string, any>>,
      params: RequestParams = {},
    ) =>
      this.http.request<TemplatePreview, Problem>({
        path: `/${encodeURIComponent(org)}/v2/export-templates/preview`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags templates
     * @name PostExportTemplatesCheck
     * @summary Everything that is wrong with an export template
     * @request POST:/{org}/v2/export-templates/check
     * @secure
     */
    postExportTemplatesCheck: (
      { org }: PostExportTemplatesCheckParams,
      data: Partial<Record<string, any>>,
      params: RequestParams = {},
    ) =>
      this.http.request<
        {
          problems: {
            pointer: string;
            code: string;
            detail: string;
            hint?: string;
            words: Words | null;
          }[];
          notes: {
            pointer: string;
            note: string;
            table: string;
            column: string;
            before?: string;
          }[];
        },
        Problem
      >({
        path: `/${encodeURIComponent(org)}/v2/export-templates/check`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags templates
     * @name PostExportTemplatesImport
     * @summary Import template files of another installation, each with an answer of its own
     * @request POST:/{org}/v2/export-templates/import
     * @secure
     */
    postExportTemplatesImport: (
      { org, ...query }: PostExportTemplatesImportParams,
      data: {
        /**
         * @maxItems 100
         * @minItems 1
         */
        files: {
          /** @maxLength 255 */
          name: string;
          content: any;
        }[];
      },
      params: RequestParams = {},
    ) =>
      this.http.request<
        {
          object: "list";
          data: {
            file: string;
            outcome: "created" | "renamed" | "replaced" | "refused";
            /** The name that was taken. */
            was?: string;
            template?: {
              /**
               * An id.
               * @format uuid
               */
              _id: string;
              object: "dataset-template" | "export-template";
              name: string;
              /** Null for its maker alone. */
              namespace: string | null;
              /** An id. */
              person: string | null;
              /**
               * @min -9007199254740991
               * @max 9007199254740991
               */
              revision: number;
              /** @format date-time */
              created: string;
              /** @format date-time */
              updated: string;
              /** Whether the caller may change it. */
              mayChange: boolean;
            };
            problems?: {
              pointer: string;
              code: string;
              detail: string;
              hint?: string;
              words: Words | null;
            }[];
          }[];
          hasMore: boolean;
          /** What to send as `after` for the next page. */
          next: string | null;
        },
        Problem
      >({
        path: `/${encodeURIComponent(org)}/v2/export-templates/import`,
        method: "POST",
        query: query,
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags templates
     * @name GetExportTemplatesById
     * @summary An export template, or a former revision of it
     * @request GET:/{org}/v2/export-templates/{id}
     * @secure
     */
    getExportTemplatesById: (
      { org, id, ...query }: GetExportTemplatesByIdParams,
      params: RequestParams = {},
    ) =>
      this.http.request<Template, Problem>({
        path: `/${encodeURIComponent(org)}/v2/export-templates/${encodeURIComponent(id)}`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags templates
     * @name PutExportTemplatesById
     * @summary Change an export template: the former revision stays
     * @request PUT:/{org}/v2/export-templates/{id}
     * @secure
     */
    putExportTemplatesById: (
      { org, id, ...query }: PutExportTemplatesByIdParams,
      data: Partial<Record<string, any>>,
      params: RequestParams = {},
    ) =>
      this.http.request<Template, Problem>({
        path: `/${encodeURIComponent(org)}/v2/export-templates/${encodeURIComponent(id)}`,
        method: "PUT",
        query: query,
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags templates
     * @name DeleteExportTemplatesById
     * @summary Delete an export template
     * @request DELETE:/{org}/v2/export-templates/{id}
     * @secure
     */
    deleteExportTemplatesById: (
      { org, id }: DeleteExportTemplatesByIdParams,
      params: RequestParams = {},
    ) =>
      this.http.request<void, Problem>({
        path: `/${encodeURIComponent(org)}/v2/export-templates/${encodeURIComponent(id)}`,
        method: "DELETE",
        secure: true,
        ...params,
      }),

    /**
     * No description
     *
     * @tags templates
     * @name GetExportTemplatesByIdVersions
     * @summary The revisions of an export template, the newest first
     * @request GET:/{org}/v2/export-templates/{id}/versions
     * @secure
     */
    getExportTemplatesByIdVersions: (
      { org, id, ...query }: GetExportTemplatesByIdVersionsParams,
      params: RequestParams = {},
    ) =>
      this.http.request<
        {
          object: "list";
          data: {
            /**
             * @min -9007199254740991
             * @max 9007199254740991
             */
            revision: number;
            /** An id. */
            person: string | null;
            /** Whoever made it. */
            name: string | null;
            /** @format date-time */
            created: string;
          }[];
          hasMore: boolean;
          /** What to send as `after` for the next page. */
          next: string | null;
        },
        Problem
      >({
        path: `/${encodeURIComponent(org)}/v2/export-templates/${encodeURIComponent(id)}/versions`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags templates
     * @name PostExportTemplatesByIdDuplicate
     * @summary Make a copy of an export template
     * @request POST:/{org}/v2/export-templates/{id}/duplicate
     * @secure
     */
    postExportTemplatesByIdDuplicate: (
      { org, id }: PostExportTemplatesByIdDuplicateParams,
      data: {
        /** @maxLength 200 */
        name?: string;
        /** An id. */
        namespace?: string | null;
      } | null,
      params: RequestParams = {},
    ) =>
      this.http.request<Template, Problem>({
        path: `/${encodeURIComponent(org)}/v2/export-templates/${encodeURIComponent(id)}/duplicate`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags templates
     * @name GetExportTemplatesByIdExport
     * @summary An export template as a file, for other installations and for waybill export --template
     * @request GET:/{org}/v2/export-templates/{id}/export
     * @secure
     */
    getExportTemplatesByIdExport: (
      { org, id, ...query }: GetExportTemplatesByIdExportParams,
      params: RequestParams = {},
    ) =>
      this.http.request<Partial<Record<string, any>>, Problem>({
        path: `/${encodeURIComponent(org)}/v2/export-templates/${encodeURIComponent(id)}/export`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags templates
     * @name PostExportTemplatesByIdPreview
     * @summary What an export template gives, on real records
     * @request POST:/{org}/v2/export-templates/{id}/preview
     * @secure
     */
    postExportTemplatesByIdPreview: (
      { org, id, ...query }: PostExportTemplatesByIdPreviewParams,
      params: RequestParams = {},
    ) =>
      this.http.request<TemplatePreview, Problem>({
        path: `/${encodeURIComponent(org)}/v2/export-templates/${encodeURIComponent(id)}/preview`,
        method: "POST",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags templates
     * @name GetExportTemplatesByIdShares
     * @summary The namespaces that an export template is shared with
     * @request GET:/{org}/v2/export-templates/{id}/shares
     * @secure
     */
    getExportTemplatesByIdShares: (
      { org, id, ...query }: GetExportTemplatesByIdSharesParams,
      params: RequestParams = {},
    ) =>
      this.http.request<
        {
          object: "list";
          data: {
            /**
             * An id.
             * @format uuid
             */
            namespace: string;
          }[];
          hasMore: boolean;
          /** What to send as `after` for the next page. */
          next: string | null;
        },
        Problem
      >({
        path: `/${encodeURIComponent(org)}/v2/export-templates/${encodeURIComponent(id)}/shares`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags templates
     * @name PutExportTemplatesByIdSharesByNamespace
     * @summary Share an export template with a namespace
     * @request PUT:/{org}/v2/export-templates/{id}/shares/{namespace}
     * @secure
     */
    putExportTemplatesByIdSharesByNamespace: (
      { org, id, namespace }: PutExportTemplatesByIdSharesByNamespaceParams,
      params: RequestParams = {},
    ) =>
      this.http.request<void, Problem>({
        path: `/${encodeURIComponent(org)}/v2/export-templates/${encodeURIComponent(id)}/shares/${encodeURIComponent(namespace)}`,
        method: "PUT",
        secure: true,
        ...params,
      }),

    /**
     * No description
     *
     * @tags templates
     * @name DeleteExportTemplatesByIdSharesByNamespace
     * @summary No longer share an export template with a namespace
     * @request DELETE:/{org}/v2/export-templates/{id}/shares/{namespace}
     * @secure
     */
    deleteExportTemplatesByIdSharesByNamespace: (
      { org, id, namespace }: DeleteExportTemplatesByIdSharesByNamespaceParams,
      params: RequestParams = {},
    ) =>
      this.http.request<void, Problem>({
        path: `/${encodeURIComponent(org)}/v2/export-templates/${encodeURIComponent(id)}/shares/${encodeURIComponent(namespace)}`,
        method: "DELETE",
        secure: true,
        ...params,
      }),

    /**
     * @description An organisation's administrators may give a script, and export with the rights of others.
     *
     * @tags exports
     * @name PostExports
     * @summary Order an export, or join one that asks for the same
     * @request POST:/{org}/v2/exports
     * @secure
     */
    postExports: (
      { org }: PostExportsParams,
      data: {
        /**
         * At most 100 characters.
         * @maxLength 1000
         */
        label?: string;
        /** @maxLength 10000 */
        description?: string;
        /**
         * The object type.
         * @maxLength 500
         */
        objects?: string;
        /**
         * An id.
         * @format uuid
         */
        batch?: string;
        /**
         * An object type that is requested by date range, with from and to.
         * @maxLength 500
         */
        realm?: string;
        /**
         * An id.
         * @format uuid
         */
        namespace?: string;
        /** @maxLength 255 */
        search?: string;
        /** Keys of records, each of which must be there. */
        keys?: (string | number)[];
        /**
         * A format's name, or its MIME type.
         * @maxLength 200
         */
        format?: string;
        /** Options of the format (CONTRACT section 4). */
        options?: Partial<Record<string, string | boolean | number>>;
        /** @maxItems 5000 */
        paths?: string[];
        /** @maxItems 5000 */
        include?: string[];
        /** @maxItems 5000 */
        expand?: string[];
        /** JSON. */
        where?: any;
        /** @maxItems 5000 */
        order?: string[];
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        limit?: number;
        /** JSON. */
        aggregate?: any;
        /**
         * An id.
         * @format uuid
         */
        datasetTemplate?: string;
        /**
         * An id.
         * @format uuid
         */
        exportTemplate?: string;
        container?: "none" | "gzip" | "zstd" | "zip";
        layout?: "tables" | "folders" | "files";
        bag?: boolean;
        exportFiles?: boolean;
        zipFiles?: boolean;
        /** @maxItems 100 */
        fileFormats?: string[];
        /** JSON. */
        fileWhere?: any;
        /** @maxLength 2000 */
        nameTemplate?: string;
        /** @maxLength 100 */
        from?: string;
        /** @maxLength 100 */
        to?: string;
        /**
         * Whose rights it has: an id or a mail address. For administrators.
         * @maxLength 320
         */
        principal?: string;
        /**
         * `<key>/<list>`: the items of one record's list.
         * @maxLength 10000
         */
        prefix?: string;
        /** @maxLength 100 */
        timeZone?: string;
        /** @maxLength 35 */
        language?: string;
        /**
         * `age1…`: who alone can open the archive.
         * @maxLength 200
         */
        recipient?: string;
        notify?: boolean;
        /** @maxLength 10000 */
        purpose?: string;
        /** Whether it may join one that asks for the same; true unless it is said. */
        join?: boolean;
        /**
         * JavaScript that runs afterwards. For administrators.
         * @maxLength 200000
         */
        afterScript?: string;
      },
      params: RequestParams = {},
    ) =>
      this.http.request<Export, Problem>({
        path: `/${encodeURIComponent(org)}/v2/exports`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags exports
     * @name GetExports
     * @summary One's own exports and those shared with one; all for administrators; the newest first
     * @request GET:/{org}/v2/exports
     * @secure
     */
    getExports: (
      { org, ...query }: GetExportsParams,
      params: RequestParams = {},
    ) =>
      this.http.request<
        {
          object: "list";
          data: Export[];
          hasMore: boolean;
          /** What to send as `after` for the next page. */
          next: string | null;
        },
        Problem
      >({
        path: `/${encodeURIComponent(org)}/v2/exports`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags exports
     * @name DeleteExports
     * @summary Delete several exports with their archives: those with some ids, or all that have expired
     * @request DELETE:/{org}/v2/exports
     * @secure
     */
    deleteExports: (
      { org, ...query }: DeleteExportsParams,
      params: RequestParams = {},
    ) =>
      this.http.request<
        {
          /**
           * @min -9007199254740991
           * @max 9007199254740991
           */
          deleted: number;
        },
        Problem
      >({
        path: `/${encodeURIComponent(org)}/v2/exports`,
        method: "DELETE",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description It refuses what ordering would refuse, with the same problems; only a purpose may still be missing.
     *
     * @tags exports
     * @name PostExportsEstimate
     * @summary What an export would be: rows, files, size, and how it begins. Nothing is ordered
     * @request POST:/{org}/v2/exports/estimate
     * @secure
     */
    postExportsEstimate: (
      { org }: PostExportsEstimateParams,
      data: {
        /**
         * At most 100 characters.
         * @maxLength 1000
         */
        label?: string;
        /** @maxLength 10000 */
        description?: string;
        /**
         * The object type.
         * @maxLength 500
         */
        objects?: string;
        /**
         * An id.
         * @format uuid
         */
        batch?: string;
        /**
         * An object type that is requested by date range, with from and to.
         * @maxLength 500
         */
        realm?: string;
        /**
         * An id.
         * @format uuid
         */
        namespace?: string;
        /** @maxLength 255 */
        search?: string;
        /** Keys of records, each of which must be there. */
        keys?: (string | number)[];
        /**
         * A format's name, or its MIME type.
         * @maxLength 200
         */
        format?: string;
        /** Options of the format (CONTRACT section 4). */
        options?: Partial<Record<string, string | boolean | number>>;
        /** @maxItems 5000 */
        paths?: string[];
        /** @maxItems 5000 */
        include?: string[];
        /** @maxItems 5000 */
        expand?: string[];
        /** JSON. */
        where?: any;
        /** @maxItems 5000 */
        order?: string[];
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        limit?: number;
        /** JSON. */
        aggregate?: any;
        /**
         * An id.
         * @format uuid
         */
        datasetTemplate?: string;
        /**
         * An id.
         * @format uuid
         */
        exportTemplate?: string;
        container?: "none" | "gzip" | "zstd" | "zip";
        layout?: "tables" | "folders" | "files";
        bag?: boolean;
        exportFiles?: boolean;
        zipFiles?: boolean;
        /** @maxItems 100 */
        fileFormats?: string[];
        /** JSON. */
        fileWhere?: any;
        /** @maxLength 2000 */
        nameTemplate?: string;
        /** @maxLength 100 */
        from?: string;
        /** @maxLength 100 */
        to?: string;
        /**
         * Whose rights it has: an id or a mail address. For administrators.
         * @maxLength 320
         */
        principal?: string;
        /**
         * `<key>/<list>`: the items of one record's list.
         * @maxLength 10000
         */
        prefix?: string;
        /** @maxLength 100 */
        timeZone?: string;
        /** @maxLength 35 */
        language?: string;
        /**
         * `age1…`: who alone can open the archive.
         * @maxLength 200
         */
        recipient?: string;
        notify?: boolean;
        /** @maxLength 10000 */
        purpose?: string;
        /** Whether it may join one that asks for the same; true unless it is said. */
        join?: boolean;
        /**
         * JavaScript that runs afterwards. For administrators.
         * @maxLength 200000
         */
        afterScript?: string;
      },
      params: RequestParams = {},
    ) =>
      this.http.request<ExportEstimate, Problem>({
        path: `/${encodeURIComponent(org)}/v2/exports/estimate`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags exports
     * @name GetExportsById
     * @summary An export, with all that its page shows
     * @request GET:/{org}/v2/exports/{id}
     * @secure
     */
    getExportsById: (
      { org, id }: GetExportsByIdParams,
      params: RequestParams = {},
    ) =>
      this.http.request<
        {
          /**
           * An id.
           * @format uuid
           */
          _id: string;
          object: "export";
          label: string | null;
          description: string | null;
          kind:
            | "table"
            | "files"
            | "records"
            | "analysis"
            | "template"
            | "realm"
            | "aggregate";
          state:
            | "pending"
            | "running"
            | "ready"
            | "error"
            | "cancelled"
            | "expired";
          /** Its place in the queue, from 1, within the first thousand. */
          position: number | null;
          /** The object type; null where only the template knows. */
          objects: string | null;
          /** An id. */
          batch: string | null;
          /** An id. */
          template: string | null;
          /** An id. */
          namespace: string | null;
          /** The days that a realm's export is about, both included. */
          range: {
            from: string;
            to: string;
          } | null;
          /** A MIME type. */
          format: string;
          owner: {
            /**
             * An id.
             * @format uuid
             */
            id: string;
            name?: string;
          } | null;
          /** Whose rights it has, where they are not the owner's. */
          principal: string | null;
          purpose: string | null;
          /** A second person's word, where the organisation asks for one. */
          approval: {
            reason: string;
            state: "wanted" | "given" | "refused";
            /** An id. */
            person: string | null;
            at: string | null;
            note: string | null;
          } | null;
          notify: boolean;
          language: string;
          timeZone: string;
          progress: {
            /**
             * @min -9007199254740991
             * @max 9007199254740991
             */
            rows: number;
            /** About how many there will be, where that is known. */
            totalRows: number | null;
            /**
             * @min -9007199254740991
             * @max 9007199254740991
             */
            bytes: number;
            /**
             * @min -9007199254740991
             * @max 9007199254740991
             */
            files: number;
            rowsPerSecond: number | null;
            secondsLeft: number | null;
          };
          created: string;
          /** When its window opens; null where it waits for none. */
          startsAt: string | null;
          /** By when it is promised to be done. */
          dueAt: string | null;
          started: string | null;
          ended: string | null;
          expiresAt: string | null;
          /** When the source was read: all of it is as it was at that moment. */
          snapshotAt: string | null;
          /**
           * @min -9007199254740991
           * @max 9007199254740991
           */
          attempt: number;
          dataFile: {
            url: string;
            filename: string;
            mime: string;
            /**
             * @min -9007199254740991
             * @max 9007199254740991
             */
            size: number;
            sha256: string;
          } | null;
          fault: {
            code: string;
            detail: string;
            hint?: string;
            words?: Words;
            places?: {
              pointer: string;
              detail: string;
              words?: Words;
            }[];
          } | null;
          /**
           * Values, files and records that are not as they should be, or are not there.
           * @min -9007199254740991
           * @max 9007199254740991
           */
          problems: number;
          /** An id. */
          resubmitOf: string | null;
          /** What was asked for. */
          request: Partial<Record<string, any>>;
          /** Of the templates that it is made by. */
          revisions: {
            /**
             * An id.
             * @format uuid
             */
            id: string;
            /**
             * @min -9007199254740991
             * @max 9007199254740991
             */
            revision: number;
          }[];
          /** Its tables with their rows, and its problems. */
          result: Partial<Record<string, any>> | null;
          /** What its afterScript did. */
          script: Partial<Record<string, any>> | null;
          timeline: {
            /**
             * An id.
             * @format uuid
             */
            _id: string;
            at: string;
            event: string;
            /** An id. */
            person: string | null;
            details: Partial<Record<string, any>>;
          }[];
          sharedWith: {
            /**
             * An id.
             * @format uuid
             */
            person: string;
            name: string;
            email: string;
          }[];
          /** The names of all whose ids are in it. */
          people: {
            /**
             * An id.
             * @format uuid
             */
            id: string;
            name: string;
          }[];
        },
        Problem
      >({
        path: `/${encodeURIComponent(org)}/v2/exports/${encodeURIComponent(id)}`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags exports
     * @name DeleteExportsById
     * @summary Delete an export with its archive; one that runs is stopped at once
     * @request DELETE:/{org}/v2/exports/{id}
     * @secure
     */
    deleteExportsById: (
      { org, id }: DeleteExportsByIdParams,
      params: RequestParams = {},
    ) =>
      this.http.request<void, Problem>({
        path: `/${encodeURIComponent(org)}/v2/exports/${encodeURIComponent(id)}`,
        method: "DELETE",
        secure: true,
        ...params,
      }),

    /**
     * No description
     *
     * @tags exports
     * @name PostExportsByIdCancel
     * @summary Stop an export that waits or runs
     * @request POST:/{org}/v2/exports/{id}/cancel
     * @secure
     */
    postExportsByIdCancel: (
      { org, id }: PostExportsByIdCancelParams,
      params: RequestParams = {},
    ) =>
      this.http.request<Export, Problem>({
        path: `/${encodeURIComponent(org)}/v2/exports/${encodeURIComponent(id)}/cancel`,
        method: "POST",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags exports
     * @name PostExportsByIdResubmit
     * @summary Order the same again, with the templates as they are now
     * @request POST:/{org}/v2/exports/{id}/resubmit
     * @secure
     */
    postExportsByIdResubmit: (
      { org, id }: PostExportsByIdResubmitParams,
      params: RequestParams = {},
    ) =>
      this.http.request<Export, Problem>({
        path: `/${encodeURIComponent(org)}/v2/exports/${encodeURIComponent(id)}/resubmit`,
        method: "POST",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags exports
     * @name PutExportsByIdSharesByPerson
     * @summary Share an export with a colleague, who then sees and downloads it
     * @request PUT:/{org}/v2/exports/{id}/shares/{person}
     * @secure
     */
    putExportsByIdSharesByPerson: (
      { org, id, person }: PutExportsByIdSharesByPersonParams,
      params: RequestParams = {},
    ) =>
      this.http.request<void, Problem>({
        path: `/${encodeURIComponent(org)}/v2/exports/${encodeURIComponent(id)}/shares/${encodeURIComponent(person)}`,
        method: "PUT",
        secure: true,
        ...params,
      }),

    /**
     * No description
     *
     * @tags exports
     * @name DeleteExportsByIdSharesByPerson
     * @summary Share an export no longer
     * @request DELETE:/{org}/v2/exports/{id}/shares/{person}
     * @secure
     */
    deleteExportsByIdSharesByPerson: (
      { org, id, person }: DeleteExportsByIdSharesByPersonParams,
      params: RequestParams = {},
    ) =>
      this.http.request<void, Problem>({
        path: `/${encodeURIComponent(org)}/v2/exports/${encodeURIComponent(id)}/shares/${encodeURIComponent(person)}`,
        method: "DELETE",
        secure: true,
        ...params,
      }),

    /**
     * No description
     *
     * @tags exports
     * @name PostExportsByIdApproval
     * @summary Approve an export that waits for a second person, or refuse it
     * @request POST:/{org}/v2/exports/{id}/approval
     * @secure
     */
    postExportsByIdApproval: (
      { org, id }: PostExportsByIdApprovalParams,
      data: {
        approve: boolean;
        /** @maxLength 2000 */
        note?: string;
      },
      params: RequestParams = {},
    ) =>
      this.http.request<Export, Problem>({
        path: `/${encodeURIComponent(org)}/v2/exports/${encodeURIComponent(id)}/approval`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * @description Ranges, conditions and ETag as RFC 9110 has them: an interrupted download can be resumed.
     *
     * @tags exports
     * @name GetExportsByIdData
     * @summary Download the archive: whole, or a range of it
     * @request GET:/{org}/v2/exports/{id}/data
     * @secure
     */
    getExportsByIdData: (
      { org, id }: GetExportsByIdDataParams,
      params: RequestParams = {},
    ) =>
      this.http.request<any, Problem>({
        path: `/${encodeURIComponent(org)}/v2/exports/${encodeURIComponent(id)}/data`,
        method: "GET",
        secure: true,
        ...params,
      }),

    /**
     * No description
     *
     * @tags exports
     * @name GetExportsByIdPreview
     * @summary What is in the archive: its files, the first rows of its tables, and a profile of each column
     * @request GET:/{org}/v2/exports/{id}/preview
     * @secure
     */
    getExportsByIdPreview: (
      { org, id }: GetExportsByIdPreviewParams,
      params: RequestParams = {},
    ) =>
      this.http.request<Partial<Record<string, any>>, Problem>({
        path: `/${encodeURIComponent(org)}/v2/exports/${encodeURIComponent(id)}/preview`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Each `export` event holds the export as it is then. After the one that says how it ended, they end.
     *
     * @tags exports
     * @name GetExportsByIdEvents
     * @summary News of an export, as they come: server-sent events
     * @request GET:/{org}/v2/exports/{id}/events
     * @secure
     */
    getExportsByIdEvents: (
      { org, id }: GetExportsByIdEventsParams,
      params: RequestParams = {},
    ) =>
      this.http.request<string, Problem>({
        path: `/${encodeURIComponent(org)}/v2/exports/${encodeURIComponent(id)}/events`,
        method: "GET",
        secure: true,
        ...params,
      }),

    /**
     * No description
     *
     * @tags org
     * @name GetAudit
     * @summary Who did what, the newest first
     * @request GET:/{org}/v2/audit
     * @secure
     */
    getAudit: ({ org, ...query }: GetAuditParams, params: RequestParams = {}) =>
      this.http.request<
        {
          object: "list";
          data: AuditEntry[];
          hasMore: boolean;
          /** What to send as `after` for the next page. */
          next: string | null;
        },
        Problem
      >({
        path: `/${encodeURIComponent(org)}/v2/audit`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags org
     * @name GetUsage
     * @summary What exports take of the quota, and how busy the queue is
     * @request GET:/{org}/v2/usage
     * @secure
     */
    getUsage: ({ org }: GetUsageParams, params: RequestParams = {}) =>
      this.http.request<Usage, Problem>({
        path: `/${encodeURIComponent(org)}/v2/usage`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * No description
     *
     * @tags org
     * @name GetSettings
     * @summary What the configuration says, without its secrets
     * @request GET:/{org}/v2/settings
     * @secure
     */
    getSettings: ({ org }: GetSettingsParams, params: RequestParams = {}) =>
      this.http.request<Settings, Problem>({
        path: `/${encodeURIComponent(org)}/v2/settings`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description GraphQL gives such links. They need no session and no token, and work as long as whoever asked for one may see the file still.
     *
     * @tags records
     * @name GetAttachedFile
     * @summary An attached file, by a link that is good for an hour
     * @request GET:/{org}/v2/attached-file
     */
    getAttachedFile: (
      { org, ...query }: GetAttachedFileParams,
      params: RequestParams = {},
    ) =>
      this.http.request<any, Problem>({
        path: `/${encodeURIComponent(org)}/v2/attached-file`,
        method: "GET",
        query: query,
        ...params,
      }),
  };
}
