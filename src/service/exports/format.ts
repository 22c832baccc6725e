// The format of an export, as it is asked for: by its name, its MIME type, or what people call it.
import type { Format } from "../../cells/row-writer.ts";
import { formatAt, formats } from "../../formats/index.ts";
import { inputError } from "../../lib/errors.ts";
import { sentence } from "../../lib/sentence.ts";

/** What stands for another format today (DS1). */
const FORMER: Readonly<Record<string, string>> = { xls: "xlsx", "application/vnd.ms-excel": "xlsx" };

/** @throws inputError `no-format`, `unknown-format` at `/format` */
export function formatAsked(asked: string | undefined): Format {
  if (asked === undefined) {
    const hint = sentence`Name one of ${formats.map(({ name }) => name).join(", ")}, or its MIME type.`;
    throw inputError("no-format", "/format", sentence`The format is missing.`, hint);
  }
  // Whatever its capitals, and without a charset: all texts are UTF-8.
  const plain = asked
    .trim()
    .toLowerCase()
    .replace(/; *charset=[^;]*$/, "");
  return formatAt(Object.hasOwn(FORMER, plain) ? FORMER[plain]! : plain, "/format");
}
