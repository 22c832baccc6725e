// An export as callers see it (CONTRACT section 7).
import type { ListedExport, OwnedExport } from "../../control/queries/exports.ts";
import type { ExportApproval, ExportFault, ExportKind, ExportState } from "../../control/tables.ts";

export interface ExportFacts {
  readonly _id: string;
  readonly object: "export";
  readonly label: string | null;
  readonly description: string | null;
  readonly kind: ExportKind;
  readonly state: ExportState;
  /** Of a pending one its place in the queue, from 1; null beyond the first thousand, and for others. */
  readonly position: number | null;
  /** The object type; null where only the template knows. */
  readonly objects: string | null;
  readonly batch: string | null;
  readonly template: string | null;
  readonly namespace: string | null;
  /** The days that a realm's export is about, both included. */
  readonly range: { readonly from: string; readonly to: string } | null;
  /** A MIME type. */
  readonly format: string;
  /** Whose it is; without a name when they are gone. */
  readonly owner: { readonly id: string; readonly name?: string } | null;
  /** Whose rights it has, where they are not the owner's. */
  readonly principal: string | null;
  readonly purpose: string | null;
  readonly approval: ExportApproval | null;
  readonly notify: boolean;
  readonly language: string;
  readonly timeZone: string;
  readonly progress: {
    readonly rows: number;
    /** About how many there will be; null where nobody knows. */
    readonly totalRows: number | null;
    readonly bytes: number;
    readonly files: number;
    readonly rowsPerSecond: number | null;
    readonly secondsLeft: number | null;
  };
  /** ISO 8601, UTC, as all times. */
  readonly created: string;
  /** When its window opens, and by when it is promised to be done; null where it needs not wait for one. */
  readonly startsAt: string | null;
  readonly dueAt: string | null;
  readonly started: string | null;
  readonly ended: string | null;
  readonly expiresAt: string | null;
  readonly snapshotAt: string | null;
  readonly attempt: number;
  readonly dataFile: {
    readonly url: string;
    readonly filename: string;
    readonly mime: string;
    readonly size: number;
    readonly sha256: string;
  } | null;
  readonly fault: ExportFault | null;
  /** How many values, files or records are not as they should be; `result` of the export says which. */
  readonly problems: number;
  readonly resubmitOf: string | null;
}

export interface FactsContext {
  readonly org: string;
  /** What links begin with: `https://exports.example.org`. */
  readonly baseUrl: string;
  readonly position: number | null;
}

export function exportFacts(its: ListedExport | OwnedExport, { org, baseUrl, position }: FactsContext): ExportFacts {
  const { id, person, personName, rangeFrom, rangeTo, size, sha256, state } = its;
  return {
    _id: id,
    object: "export",
    label: its.label,
    description: its.description,
    kind: its.kind,
    state,
    position,
    objects: its.object,
    batch: its.batch,
    template: its.template,
    namespace: its.namespace,
    range: rangeFrom === null || rangeTo === null ? null : { from: rangeFrom, to: rangeTo },
    format: its.format,
    owner: person === null ? null : { id: person, ...(personName === null ? {} : { name: personName }) },
    principal: its.principal,
    purpose: its.purpose,
    approval: its.approval,
    notify: its.notify,
    language: its.language,
    timeZone: its.timeZone,
    progress: progressOf(its),
    created: its.createdAt.toISOString(),
    startsAt: timeOf(its.startsAt),
    dueAt: timeOf(its.dueAt),
    started: timeOf(its.startedAt),
    ended: timeOf(its.endedAt),
    expiresAt: timeOf(its.expiresAt),
    snapshotAt: timeOf(its.snapshotAt),
    attempt: its.attempt,
    dataFile:
      state === "ready"
        ? {
            url: `${baseUrl.replace(/\/$/, "")}/${org}/v2/exports/${id}/data`,
            filename: its.fileName,
            mime: its.mime,
            size: size!,
            sha256: sha256!,
          }
        : null,
    fault: its.fault,
    problems: its.problems,
    resubmitOf: its.resubmitOf,
  };
}

function progressOf(its: ListedExport | OwnedExport): ExportFacts["progress"] {
  const { rows, totalRows, bytes, files, startedAt, progressAt, state } = its;
  const seconds = startedAt === null || progressAt === null ? 0 : (progressAt.getTime() - startedAt.getTime()) / 1000;
  const rate = state === "running" && seconds > 0 && rows > 0 ? rows / seconds : null;
  // What was estimated may be less than what there is.
  const left = rate === null || totalRows === null || totalRows < rows ? null : (totalRows - rows) / rate;
  return {
    rows,
    totalRows,
    bytes,
    files,
    rowsPerSecond: rate === null ? null : Math.round(rate),
    secondsLeft: left === null ? null : Math.ceil(left),
  };
}

function timeOf(date: Date | null): string | null {
  return date === null ? null : date.toISOString();
}
