// What mails about exports are made of. Texts of people come as they were typed; `mail/` makes them harmless.

/** Whom a mail is for. */
export interface Reader {
  readonly name: string;
  /** IANA name: dates are shown in it. */
  readonly timeZone: string;
}

export interface ExportFacts {
  /** Id of the event that the mail tells of, the same each time that it is sent. */
  readonly event: string;
  readonly reader: Reader;
  readonly export: string;
  readonly label: string | null;
  /** What people call the org. */
  readonly org: string;
  /** What the reader calls the object type; null where a template has several. */
  readonly object: string | null;
  readonly created: Date;
  /** The export's page in the web app. */
  readonly page: string;
}

/** What an archive holds. */
export interface ArchiveFacts extends ExportFacts {
  readonly records: number;
  /** Attached files; null where none were asked for. */
  readonly files: number | null;
  readonly bytes: number;
  readonly problems: number;
  readonly expiresAt: Date;
  readonly download: string;
}

export interface FailedFacts extends ExportFacts {
  /** One plain sentence, and what to do about it. */
  readonly reason: string;
  readonly hint: string | null;
  /** Whether the operator gets a mail with the details. */
  readonly operatorKnows: boolean;
}

export interface SharedFacts extends ArchiveFacts {
  /** Who shares it. */
  readonly sharedBy: string;
}

/** For the person who may approve. */
export interface ApprovalWantedFacts extends ExportFacts {
  readonly requestedBy: { readonly name: string; readonly email: string };
  readonly purpose: string | null;
  /** How many records it will have, where that is known. */
  readonly records: number | null;
  readonly files: number | null;
}

/** For the person who asked for the export. */
export interface ApprovalDecidedFacts extends ExportFacts {
  readonly isApproved: boolean;
  readonly decidedBy: string;
  readonly comment: string | null;
}

/** For the operator. Neither the filter's values nor anything of the records is among it. */
export interface OperatorFacts extends ExportFacts {
  /** The org's code in the configuration. */
  readonly orgCode: string;
  /** Who asked for it. */
  readonly person: { readonly id: string; readonly name: string; readonly email: string };
  readonly failedAt: Date;
  readonly code: string;
  /** One plain sentence, and what to do about it. */
  readonly reason: string;
  readonly hint: string | null;
  /** The error's name and the lines of code that it went through, without its message; null for what is no defect. */
  readonly stack: string | null;
  /** From 1. */
  readonly attempt: number;
  readonly worker: string | null;
}

/** Where an export is found. @param baseUrl where people find Waybill, with or without a slash at its end */
export function exportLinks(
  baseUrl: string,
  orgCode: string,
  id: string,
): { readonly page: string; readonly download: string } {
  const org = `${baseUrl.replace(/\/$/, "")}/${encodeURIComponent(orgCode)}`;
  const [page, api] = [`${org}/exports/`, `${org}/v2/exports/`];
  return { page: page + encodeURIComponent(id), download: `${api}${encodeURIComponent(id)}/data` };
}
