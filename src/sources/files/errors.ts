// What DuckDB says, in plain words. The one place that reads its messages: the C API gives no codes.
import { failure, WaybillError } from "../../lib/errors.ts";

/** Turns an error of the reader into one for people; `label` names the folder. */
export function translateError(error: unknown, label: string): WaybillError {
  if (error instanceof WaybillError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (message.startsWith("Out of Memory Error")) {
    return failure("source-memory", `DuckDB needs more memory for these rows of ${label} than it may have.`, {
      hint: "Ask for fewer fields or records, order by a unique field that the file is already ordered by, or allow more: files:folder?memory=2GB.",
      cause: error,
    });
  }
  return failure("source-refused", `${label} refused: ${reasonOf(message)}.`, { cause: error });
}

/** The first sentence of a message of DuckDB's, without what kind of error it is. */
export function reasonOf(message: string): string {
  const csv = /CSV Error on Line: (\d+)\n(?:Original Line:[^\n]*\n+)?([^\n]+)[\s\S]*?\n\s*file = ([^\n]+)/.exec(
    message,
  );
  if (csv !== null) {
    const what = csv[2]!.replace(/[.\s]+$/, "");
    return `line ${csv[1]} of ${nameOf(csv[3]!)}: ${lower(what)}`;
  }
  const malformed = /Malformed JSON in file "([^"]*)", at byte \d+ in (line|record\/value) (\d+): ([^\n]*)/.exec(
    message,
  );
  if (malformed !== null) {
    const [, file, unit, number, what] = malformed;
    return `${unit === "line" ? "line" : "record"} ${number} of ${nameOf(file!)}: ${what!.replace(/[.\s]+$/, "")}`;
  }
  const [first = ""] = message.replace(/^(?:[A-Z]\w*(?: [A-Z]\w*)* Error: )+/, "").split("\n", 1);
  return first.replace(/[.:\s]+$/, "");
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
