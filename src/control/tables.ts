// The tables of the control database as Kysely sees them: camelCase here, snake_case there.
import type { ColumnType, Generated, Insertable, JSONColumnType, Selectable } from "kysely";
import type { Words } from "../lib/sentence.ts";
import type { Role } from "../plan/principal.ts";

/** What may be held in a namespace; `admin` is held in the org. */
export type NamespaceRole = Exclude<Role, "admin">;

/** JSON as it is kept; written as text, since drivers disagree about arrays. */
type Json<Value extends object> = JSONColumnType<Value>;
type Facts = Readonly<Record<string, unknown>>;
/** A time: what the database says when nothing is said. */
type Now = Generated<Date>;
/** Which org a row belongs to: read only, for `inOrg` writes it. */
type OrgColumn = ColumnType<string, never, never>;

export interface PersonTable {
  readonly id: Generated<string>;
  readonly name: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly twoFactorEnabled: boolean | null;
  readonly language: string | null;
  readonly timeZone: string | null;
  readonly theme: string | null;
  readonly createdAt: Now;
  readonly updatedAt: Now;
  readonly disabledAt: Date | null;
}

/** A way to sign in; better-auth knows more of it. */
interface AccountTable {
  readonly userId: string;
  readonly providerId: string;
  readonly accountId: string;
  readonly password: string | null;
  readonly updatedAt: Date;
}

interface OrgSettingsTable {
  readonly org: OrgColumn;
  readonly settings: Json<Facts>;
  readonly updatedAt: Now;
}

interface MembershipTable {
  readonly org: OrgColumn;
  readonly person: string;
  readonly role: "admin" | null;
  readonly createdAt: Now;
}

interface NamespaceTable {
  readonly org: OrgColumn;
  readonly id: string;
  readonly parent: string | null;
  /** What the records of the namespace hold. */
  readonly key: string;
  /** Its short name in addresses, unique below its parent. */
  readonly code: string;
  readonly name: string;
  readonly fromSource: boolean;
  readonly archivedAt: Date | null;
  readonly createdAt: Now;
}

interface NamespaceRoleTable {
  readonly org: OrgColumn;
  readonly namespace: string;
  readonly person: string;
  readonly role: NamespaceRole;
}

interface ApiTokenTable {
  readonly org: OrgColumn;
  readonly id: string;
  readonly person: string;
  readonly name: string;
  /** SHA-256 of the whole token. */
  readonly hash: Uint8Array;
  readonly scopes: readonly string[];
  /** Networks that it may be used from (`10.0.0.0/8`); none for everywhere. */
  readonly addresses: readonly string[];
  readonly expiresAt: Date | null;
  readonly createdAt: Now;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

interface InvitationTable {
  readonly org: OrgColumn;
  readonly id: string;
  readonly email: string;
  readonly role: Role | null;
  readonly namespace: string | null;
  readonly tokenHash: Uint8Array;
  readonly invitedBy: string | null;
  readonly createdAt: Now;
  readonly expiresAt: Date;
  readonly acceptedAt: Date | null;
}

interface AuditTable {
  readonly org: OrgColumn;
  readonly id: string;
  readonly at: Now;
  readonly person: string | null;
  readonly token: string | null;
  readonly action: string;
  readonly subjectKind: string | null;
  readonly subject: string | null;
  readonly details: Json<Facts>;
  readonly address: string | null;
  readonly requestId: string | null;
}

interface IdempotencyTable {
  readonly org: OrgColumn;
  readonly person: string;
  readonly key: string;
  readonly requestHash: Uint8Array;
  /** Null while the first call is going on. */
  readonly status: number | null;
  readonly headers: JSONColumnType<Record<string, string> | null, string | null, string | null>;
  readonly body: string | null;
  readonly createdAt: Now;
  readonly expiresAt: Date;
}

interface BatchTable {
  readonly org: OrgColumn;
  readonly id: string;
  readonly name: string;
  readonly object: string;
  readonly namespace: string | null;
  readonly person: string | null;
  readonly keyColumns: readonly string[];
  /** What it was made from: a filter, or a list and what was not found. */
  readonly source: Json<Facts>;
  readonly keyCount: Generated<number>;
  readonly createdAt: Now;
  /** Null while its keys are coming in: it is not there for anybody until then. */
  readonly sealedAt: Date | null;
}

interface BatchKeysTable {
  readonly org: OrgColumn;
  readonly batch: string;
  /** The place of its first key in the batch, from 0. */
  readonly first: number;
  readonly keyCount: number;
  /** A JSON array of texts. */
  readonly keys: string;
}

interface TemplateTable {
  readonly org: OrgColumn;
  readonly id: string;
  readonly namespace: string | null;
  readonly kind: "dataset-template" | "export-template";
  readonly name: string;
  readonly person: string | null;
  readonly revision: number;
  readonly createdAt: Now;
  readonly updatedAt: Now;
  readonly deletedAt: Date | null;
}

interface TemplateRevisionTable {
  readonly org: OrgColumn;
  readonly template: string;
  readonly revision: number;
  readonly body: Json<Facts>;
  readonly person: string | null;
  readonly createdAt: Now;
}

interface TemplateShareTable {
  readonly org: OrgColumn;
  readonly template: string;
  readonly namespace: string;
}

interface SavedViewTable {
  readonly org: OrgColumn;
  readonly id: string;
  readonly person: string;
  readonly object: string;
  readonly name: string;
  readonly body: Json<Facts>;
  readonly createdAt: Now;
}

interface PersistedQueryTable {
  readonly org: OrgColumn;
  /** SHA-256 of the document, in hexadecimal digits. */
  readonly id: string;
  readonly name: string;
  readonly document: string;
  /** Who registered it. */
  readonly person: string | null;
  readonly createdAt: Now;
  readonly lastUsedAt: Date | null;
}

export type ExportState = "pending" | "running" | "ready" | "error" | "cancelled" | "expired";

/** Why an export failed, in plain words. */
export interface ExportFault {
  readonly code: string;
  readonly detail: string;
  readonly hint?: string;
  /** What both say, for other languages. */
  readonly words?: Words;
  readonly places?: readonly { readonly pointer: string; readonly detail: string; readonly words?: Words }[];
}

/** A second person's word on an export that needs it. */
export interface ExportApproval {
  /** Why it needs it. */
  readonly reason: string;
  readonly state: "wanted" | "given" | "refused";
  /** Whose word it is, by their id. */
  readonly person: string | null;
  readonly at: string | null;
  readonly note: string | null;
}

interface ExportTable {
  readonly org: OrgColumn;
  readonly id: string;
  /** Whose it is. */
  readonly person: string | null;
  /** Whose rights it has; the owner's when null. */
  readonly principal: string | null;
  readonly namespace: string | null;
  readonly label: string | null;
  readonly description: string | null;
  /** What is exported, as lists show it. */
  readonly kind: ExportKind;
  /** The object type's name; null where only a template knows. */
  readonly object: string | null;
  readonly batch: string | null;
  /** The template that it was asked for by. */
  readonly template: string | null;
  /** A MIME type. */
  readonly format: string;
  /** What was asked for, but for the script. */
  readonly request: Json<Facts>;
  readonly afterScript: string | null;
  /** The revisions of the templates that it is made by. */
  readonly revisions: Json<readonly { readonly id: string; readonly revision: number }[]>;
  readonly purpose: string | null;
  readonly approval: JSONColumnType<ExportApproval | null, string | null, string | null>;
  readonly notify: boolean;
  readonly language: string;
  readonly timeZone: string;
  readonly joinKey: Uint8Array;
  readonly resubmitOf: string | null;
  readonly state: ExportState;
  /** How often it was begun. */
  readonly attempt: Generated<number>;
  /** The run that it is in: whoever has another one has lost it. */
  readonly run: string | null;
  /** Where it runs, or ran. */
  readonly worker: string | null;
  /** The archive's name in the vault: that of the run, before it is there, too. */
  readonly archive: string | null;
  readonly createdAt: Now;
  /** When its window opens; null for at once. */
  readonly startsAt: Date | null;
  /** By when it is promised to be done. */
  readonly dueAt: Date | null;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly expiryToldAt: Date | null;
  readonly rows: Generated<number>;
  readonly totalRows: number | null;
  readonly bytes: Generated<number>;
  readonly files: Generated<number>;
  readonly progressAt: Date | null;
  readonly fileName: string;
  readonly mime: string;
  /** Bytes, as it is downloaded, and as it lies in the vault. */
  readonly size: number | null;
  readonly storedSize: number | null;
  /** Hexadecimal, of the archive as it is downloaded. */
  readonly sha256: string | null;
  readonly snapshotAt: Date | null;
  /** Its tables and problems. */
  readonly result: JSONColumnType<Facts | null, string | null, string | null>;
  readonly problems: Generated<number>;
  readonly fault: JSONColumnType<ExportFault | null, string | null, string | null>;
  /** What its script did. */
  readonly script: JSONColumnType<Facts | null, string | null, string | null>;
}

/** What an export is, as people tell them apart. */
export type ExportKind = "table" | "files" | "records" | "analysis" | "template" | "realm" | "aggregate";

interface ExportShareTable {
  readonly org: OrgColumn;
  readonly export: string;
  readonly person: string;
  readonly sharedBy: string | null;
  readonly createdAt: Now;
}

interface ExportEventTable {
  readonly org: OrgColumn;
  readonly export: string;
  readonly id: string;
  readonly at: Now;
  readonly event: string;
  readonly person: string | null;
  readonly details: Json<Facts>;
}

/** Every table that belongs to an org (`in-org.ts`). */
export interface OrgTables {
  readonly orgSettings: OrgSettingsTable;
  readonly membership: MembershipTable;
  readonly namespace: NamespaceTable;
  readonly namespaceRole: NamespaceRoleTable;
  readonly apiToken: ApiTokenTable;
  readonly invitation: InvitationTable;
  readonly audit: AuditTable;
  readonly idempotency: IdempotencyTable;
  readonly batch: BatchTable;
  readonly batchKeys: BatchKeysTable;
  readonly template: TemplateTable;
  readonly templateRevision: TemplateRevisionTable;
  readonly templateShare: TemplateShareTable;
  readonly savedView: SavedViewTable;
  readonly persistedQuery: PersistedQueryTable;
  readonly export: ExportTable;
  readonly exportShare: ExportShareTable;
  readonly exportEvent: ExportEventTable;
}

export interface ControlTables extends OrgTables {
  readonly person: PersonTable;
  readonly session: { readonly id: string; readonly token: string; readonly userId: string; readonly expiresAt: Date };
  readonly account: AccountTable;
  readonly rateLimit: { readonly key: string; readonly count: number; readonly lastRequest: number };
  readonly secret: { readonly name: string; readonly value: string };
  readonly setupLink: {
    readonly onlyOne: Generated<boolean>;
    readonly tokenHash: Uint8Array;
    readonly expiresAt: Date;
  };
}

export type Person = Selectable<PersonTable>;
export type Namespace = Selectable<NamespaceTable>;
export type ApiToken = Selectable<ApiTokenTable>;
export type Invitation = Selectable<InvitationTable>;
export type AuditEntry = Selectable<AuditTable>;
export type Batch = Selectable<BatchTable>;
export type Template = Selectable<TemplateTable>;
export type TemplateRevision = Selectable<TemplateRevisionTable>;
export type PersistedQuery = Selectable<PersistedQueryTable>;
export type SavedView = Selectable<SavedViewTable>;
export type Export = Selectable<ExportTable>;
export type NewExport = Omit<Insertable<ExportTable>, "org">;
export type ExportEvent = Selectable<ExportEventTable>;
export type IdempotencyEntry = Selectable<IdempotencyTable>;
export type NewAuditEntry = Omit<Insertable<AuditTable>, "org" | "id" | "at" | "details">;
