// The URL of a place for files: a folder, or a bucket of S3.
import { usageError } from "./errors.ts";

/** What such a URL says. */
export type StoreUrl = { readonly kind: "dir"; readonly path: string } | ({ readonly kind: "s3" } & S3Place);

/** A bucket of S3, or of something that speaks like it, and a place in it. */
export interface S3Place {
  readonly bucket: string;
  /** What names begin with; empty, or ends with a slash. */
  readonly prefix: string;
  readonly region?: string;
  /** The URL of a server that is not Amazon's. */
  readonly endpoint?: string;
}

const FORMS = "Write a folder's path, dir:/path, or s3://bucket/prefix?region=…&endpoint=…";

/**
 * Reads `dir:/path`, a folder's path alone, or `s3://bucket/prefix?region=…&endpoint=…`. Credentials for S3 come from the
 * environment (AWS_ACCESS_KEY_ID and the like), never from the URL.
 * @param what the store is for, as the subject of an error: `The store of files`
 * @throws usageError `store-url`, which never shows the URL
 */
export function readStoreUrl(url: string, what: string): StoreUrl {
  const refused = (why: string, hint = FORMS): Error => usageError("store-url", `${what} ${why}.`, { hint });
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(url)?.[1]?.toLowerCase();
  if (scheme === undefined || scheme === "dir") {
    const path = scheme === undefined ? url : url.slice("dir:".length);
    if (path === "") throw refused("has no path");
    return { kind: "dir", path };
  }
  if (scheme !== "s3") throw refused(`has a URL of a kind that is not known, ${scheme}:`);
  const parsed = URL.parse(url);
  if (parsed === null || parsed.hostname === "") throw refused("has no bucket in its URL");
  const { hostname: bucket, pathname, searchParams, username, password } = parsed;
  if (username !== "" || password !== "") {
    const hint = "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and take them out of the URL.";
    throw refused("has credentials in its URL", hint);
  }
  const { region, endpoint, ...others } = Object.fromEntries(searchParams);
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw refused(`has an option that is not known, ${unknown}`);
  if (endpoint !== undefined && !isEndpoint(endpoint)) {
    throw refused("has an endpoint that does not suit", "Write it as https://host:port, without credentials.");
  }
  if (/%(?![0-9a-f]{2})/i.test(pathname)) throw refused("has a path with a wrong % in its URL", "Write a % as %25.");
  const path = decodeURIComponent(pathname).replace(/^\/+|\/+$/g, "");
  return {
    kind: "s3",
    bucket,
    prefix: path === "" ? "" : `${path}/`,
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
  };
}

function isEndpoint(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
}
