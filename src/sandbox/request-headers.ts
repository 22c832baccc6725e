// The headers that a script may send.
import { validateHeaderName, validateHeaderValue } from "node:http";
import { failure } from "../lib/errors.ts";
import { HEADERS_LENGTH } from "./limits.ts";

/** What says where a message ends, whose it is, or what becomes of the connection is ours to say. No cookies, as promised. */
const OURS =
  /^(?:accept-encoding|connection|content-length|cookie2?|expect|host|keep-alive|proxy-.*|sec-.*|te|trailer|transfer-encoding|upgrade|user-agent|via)$/;
const USER_AGENT = "Waybill-afterScript";

/**
 * The headers of a request, in lower case, with our own.
 *
 * @throws WaybillError for one that may not be sent, or whose name or value would end it
 */
export function checkedHeaders(given: readonly (readonly [string, string])[]): Record<string, string> {
  const headers = new Map<string, string>();
  let size = 0;
  for (const [name, value] of given) {
    const lower = name.toLowerCase();
    size += name.length + value.length;
    if (size > HEADERS_LENGTH) throw refused(`Headers may have at most ${HEADERS_LENGTH} characters.`);
    if (OURS.test(lower) || headers.has(lower)) throw refused(`The header ${lower} may not be set.`);
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    } catch {
      throw refused("A header has characters that are not allowed in headers.");
    }
    headers.set(lower, value);
  }
  headers.set("accept-encoding", "identity").set("user-agent", USER_AGENT);
  return Object.fromEntries(headers);
}

function refused(message: string): Error {
  return failure("fetch-refused", message);
}
