// What the conditions of a request say of what is there (RFC 9110, section 13).
import type { IncomingHttpHeaders } from "node:http";

/** How a version of something is known. Both are strong: what Waybill sends with them never changes. */
export interface Validators {
  /** With its quotes. */
  readonly etag: string;
  /** As HTTP writes it, which is to the second. */
  readonly lastModified: string;
}

/** The outcome of a GET or HEAD with conditions, in the order of RFC 9110, section 13.2.2. */
export function conditionsOf(headers: IncomingHttpHeaders, its: Validators): "send" | "not-modified" | "failed" {
  const modified = httpDate(its.lastModified);
  const match = headers["if-match"];
  if (match !== undefined) {
    if (!isAny(match) && !tagsIn(match).includes(its.etag)) return "failed";
    // A date that is none compares with nothing, and so says nothing: that is what the RFC asks for.
  } else if (modified > httpDate(headers["if-unmodified-since"])) return "failed";
  const noneMatch = headers["if-none-match"];
  if (noneMatch === undefined) return modified <= httpDate(headers["if-modified-since"]) ? "not-modified" : "send";
  const isKnown = isAny(noneMatch) || tagsIn(noneMatch).some((tag) => tag.replace(/^W\//, "") === its.etag);
  return isKnown ? "not-modified" : "send";
}

/** Whether a range is of the version that is there: `If-Range` (section 13.1.5) is exact, for tags as for dates. */
export function isOfThisVersion(headers: IncomingHttpHeaders, { etag, lastModified }: Validators): boolean {
  const given = headers["if-range"];
  if (given === undefined) return true;
  const one = String(given).trim();
  return one === etag || httpDate(one) === httpDate(lastModified);
}

function isAny(field: string): boolean {
  return field.trim() === "*";
}

/** Tags may hold commas. */
function tagsIn(field: string): string[] {
  return field.match(/(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"/g) ?? [];
}

const DATES = [
  /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} [\d:]{8} GMT$/,
  /^[A-Z][a-z]{5,8}, \d{2}-[A-Z][a-z]{2}-\d{2} [\d:]{8} GMT$/,
  /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d [\d:]{8} \d{4}$/,
];

/** Milliseconds since 1970 of a date in one of the three forms of section 5.6.7; NaN for anything else. */
function httpDate(field: string | undefined): number {
  const date = field?.trim() ?? "";
  if (!DATES.some((form) => form.test(date))) return Number.NaN;
  return Date.parse(date.endsWith("GMT") ? date : `${date} GMT`);
}
