// The dialog by which an export is ordered.
import type { ExportSubject } from "./subject.ts";

/** @param subject null while it is closed */
export function ExportDialog({ subject }: { readonly subject: ExportSubject | null; readonly onClose: () => void }) {
  return subject === null ? null : subject.object;
}
