// Where people find Waybill, as the command line is told.
import { usageError } from "../lib/errors.ts";
import { printable } from "../lib/printable.ts";

/** @throws usageError `base-url` */
export function checkedUrl(text: string): string {
  if (URL.canParse(text) && /^https?:\/\/[^?#]*$/.test(text)) return text;
  throw usageError("base-url", `"${printable(text)}" is no address that Waybill could be at.`, {
    hint: "Write it as https://exports.example.org.",
  });
}
