// What exports are ordered with, besides the call: the queue, and whoever runs, keeps and mails them.
import type { OrgAccess } from "../../access/org-access.ts";
import type { Queue } from "../../queue/queue.ts";

/** An archive that is read. */
export interface OpenArchive {
  readonly size: number;
  /** From `start` to before `end`. */
  range(start: number, end: number): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

export interface ExportDesk {
  readonly queue: Queue;
  /** What links begin with: `https://exports.example.org`. */
  readonly baseUrl: string;
  /** Begins what there is to begin, without waiting for the next look at the queue. */
  wake(): void;
  /** Stops an export that runs here. */
  stop(id: string): void;
  /** Tells whoever waits for news of an export. */
  tell(id: string): void;
  /** Waits until something about an export may be new, at most so many milliseconds. */
  wait(id: string, milliseconds: number, signal: AbortSignal): Promise<void>;
  /** @param sealed as it lies in the vault: of one that only its recipient can open */
  openArchive(archive: string, sealed: boolean): Promise<OpenArchive>;
  /** What an archive's preview holds; null where there is none. */
  preview(archive: string): Promise<unknown>;
  /** Removes an archive with its preview; what cannot be removed now is swept later. */
  removeArchive(archive: string): Promise<void>;
  /** The rights of somebody who is not asking, as they are now; null for whoever has none (any more). */
  accessOf(org: string, person: string): Promise<OrgAccess | null>;
}
