// What SQLite says, in plain words. The one place that reads its result codes (https://www.sqlite.org/rescode.html).
import { failure, WaybillError } from "../../lib/errors.ts";
import { ReaderError } from "../reader-process.ts";

const BUSY = 5;
const LOCKED = 6;
const NOT_A_DATABASE = 26;
const CANNOT_OPEN = 14;
const CORRUPT = 11;
const NO_MEMORY = 7;
const READ_ONLY = 8;
/** READ_ONLY, since a crash has left a journal that has to be played back first. */
const ROLLBACK = 776;

/** Turns an error of the reader into one for people; `label` names the database. */
export function translateError(error: unknown, label: string): WaybillError {
  if (error instanceof WaybillError) return error;
  const code = error instanceof ReaderError && typeof error.code === "number" ? error.code & 0xff : -1;
  const message = error instanceof Error ? error.message : String(error);
  switch (code) {
    case BUSY:
    case LOCKED:
      return failure("source-busy", `${label} is locked by another program.`, {
        hint: "Try again later.",
        cause: error,
      });
    case NOT_A_DATABASE:
      return failure("source-refused", `${label} is not a SQLite database.`, { cause: error });
    case CANNOT_OPEN:
      return failure("source-unreachable", `Cannot open ${label}.`, {
        hint: "Check that the file exists and may be read.",
        cause: error,
      });
    case CORRUPT:
      return failure("source-refused", `${label} is damaged: ${message}.`, {
        hint: "Run PRAGMA integrity_check on a copy of it.",
        cause: error,
      });
    case READ_ONLY:
      if ((error as ReaderError).code === ROLLBACK) {
        return failure("source-refused", `${label} was left in the middle of a change by a crash.`, {
          hint: "Open it once with the program that it belongs to, which repairs it.",
          cause: error,
        });
      }
      return failure("source-refused", `${label} has a write-ahead log, which cannot be read in a read-only folder.`, {
        hint: "Make its folder writable, or export a copy.",
        cause: error,
      });
    case NO_MEMORY:
      return failure("source-refused", `${label} needs more memory to sort these rows than there is.`, {
        cause: error,
      });
    default:
      return failure("source-refused", `${label} refused: ${message}.`, { cause: error });
  }
}
