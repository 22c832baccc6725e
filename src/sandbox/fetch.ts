// A request that a script makes: to an allowed host, at a public address, once.
import { lookup as systemLookup } from "node:dns/promises";
import { type ClientRequest, type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps, type RequestOptions } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { urlToHttpOptions } from "node:url";
import { failure, WaybillError } from "../lib/errors.ts";
import { canonicalHost, isPublic } from "./addresses.ts";
import { isAllowed, readHost } from "../lib/hosts.ts";
import { BODY, FETCH_TIME, HEADERS_LENGTH, URL_LENGTH } from "./limits.ts";
import type { FetchRequest } from "./messages.ts";
import { checkedHeaders } from "./request-headers.ts";

/** Gives all addresses of a name, as `lookup` of `node:dns/promises` does. */
export type Lookup = (hostname: string) => Promise<readonly Address[]>;

interface Address {
  readonly address: string;
  readonly family: number;
}

/** Where scripts may go. */
export interface Reach {
  /** Hosts as `readHost` reads them. Other entries allow nothing. */
  readonly hosts: readonly string[];
  /** Names and addresses that may be reached though they are not public; they must be in `hosts` too. */
  readonly privateHosts: readonly string[];
  readonly lookup?: Lookup | undefined;
}

/** What a script is given of an answer. */
export interface FetchAnswer {
  readonly status: number;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/**
 * Carries out one request: redirects are not followed, nothing is kept for the next one.
 *
 * @throws WaybillError in words for the script's author
 */
export async function fetchOnce(asked: FetchRequest, reach: Reach, signal: AbortSignal): Promise<FetchAnswer> {
  const url = allowedUrl(asked.url, reach);
  const method = asked.method.toUpperCase();
  if (!METHODS.has(method)) throw refused(`The method ${asked.method} is not one of ${[...METHODS].join(", ")}.`);
  const body = asked.body === null ? null : Buffer.from(asked.body, "utf8");
  if (body !== null && (method === "GET" || method === "HEAD")) throw refused(`A ${method} request has no body.`);
  if (body !== null && body.length > BODY) throw refused("A body may have at most 1 MiB.");
  const headers = checkedHeaders(asked.headers);
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(FETCH_TIME)]);
  try {
    const addresses = await untilAborted(addressesOf(url, reach), inTime);
    const options: RequestOptions = {
      ...urlToHttpOptions(url),
      method,
      headers: { ...headers, ...(body === null ? {} : { "content-length": body.length }) },
      // No connection is shared or kept, and the name is not looked up again.
      agent: false,
      lookup: pinned(addresses),
      signal: inTime,
      maxHeaderSize: HEADERS_LENGTH,
      // Whatever the environment of the service says.
      insecureHTTPParser: false,
      rejectUnauthorized: true,
    };
    const request = url.protocol === "https:" ? requestHttps(options) : requestHttp(options);
    return await answerOf(request, body);
  } catch (error) {
    if (error instanceof WaybillError) throw error;
    throw explained(error, url, inTime);
  }
}

function allowedUrl(text: string, reach: Reach): URL {
  const url = text.length <= URL_LENGTH ? URL.parse(text) : null;
  if (url === null) throw refused("The URL is not one, or not a complete one.");
  if (url.username !== "" || url.password !== "")
    throw refused("A URL may not hold a name or a password: use a header.");
  const hosts = reach.hosts.map(readHost).filter((host) => host !== null);
  if (!isAllowed(url, hosts)) {
    throw refused(`${url.protocol}//${url.host} is not an allowed host.`, "The administrator of the org can allow it.");
  }
  return url;
}

/** The addresses of a URL's host, all of which may be reached. */
async function addressesOf({ hostname }: URL, reach: Reach): Promise<readonly Address[]> {
  const bare = hostname.replace(/^\[(.*)\]$/, "$1");
  const literal = isIP(bare);
  const lookup = reach.lookup ?? ((name) => systemLookup(name, { all: true }));
  const addresses = literal > 0 ? [{ address: bare, family: literal }] : await lookup(hostname);
  if (addresses.length === 0) throw failure("fetch-failed", `The host ${hostname} has no address.`);
  const exempt = new Set(reach.privateHosts.map(canonicalHost));
  if (!exempt.has(hostname)) {
    // One that may not be reached is enough: no name of the public internet has such an address.
    const bad = addresses.find(({ address }) => !isPublic(address) && !exempt.has(canonicalHost(address)));
    if (bad !== undefined) throw refused(`The host ${hostname} is at an address that is not public.`);
  }
  return addresses;
}

/** A look-up that gives what was found before, whatever it is asked. */
function pinned(addresses: readonly Address[]): LookupFunction {
  return (_, { all }, give) => {
    const [first] = addresses;
    if (all === true) give(null, [...addresses]);
    else give(null, first!.address, first!.family);
  };
}

async function answerOf(request: ClientRequest, body: Buffer | null): Promise<FetchAnswer> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request.once("response", resolve);
    // After the response too: then its body says so.
    request.on("error", reject);
    // A change of protocol, which nobody asked for, closes it without an error.
    request.once("close", () => reject(Object.assign(new Error("No answer."), { code: "ECONNRESET" })));
    request.end(body ?? undefined);
  });
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > BODY) throw failure("fetch-failed", "The answer has more than 1 MiB.");
      chunks.push(chunk);
    }
  } finally {
    request.destroy();
  }
  const headers = Object.entries(response.headers).filter(([name]) => name !== "set-cookie");
  return {
    status: response.statusCode ?? 0,
    headers: Object.fromEntries(headers.map(([name, value]) => [name, String(value)])),
    body: new TextDecoder().decode(Buffer.concat(chunks)),
  };
}

async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  let stop = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason as Error);
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

function refused(message: string, hint?: string): WaybillError {
  return failure("fetch-refused", message, { hint });
}

function explained(error: unknown, { host }: URL, inTime: AbortSignal): WaybillError {
  if (inTime.aborted) return failure("fetch-failed", `${host} did not answer within ${FETCH_TIME / 1000} seconds.`);
  const { code } = error as { readonly code?: unknown };
  const reason = typeof code === "string" ? ` (${code})` : "";
  return failure("fetch-failed", `${host} could not be reached, or broke off${reason}.`, { cause: error });
}
