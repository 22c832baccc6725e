// The store that a URL names: a folder, or a bucket of S3.
import { usageError } from "../lib/errors.ts";
import { folderStore } from "./folder-store.ts";
import type { Store } from "./store.ts";

const FORMS = "Write a folder's path, dir:/path, or s3://bucket/prefix?region=…&endpoint=…";

/**
 * Opens the store at a URL: a folder's path, `dir:/path`, or `s3://bucket/prefix?region=…&endpoint=…`. Credentials for S3
 * come from the environment (AWS_ACCESS_KEY_ID and the like), never from the URL.
 * @throws usageError `store-url`, which never shows the URL; failure `store-failed`
 */
export async function storeAt(url: string): Promise<Store> {
  const refused = (why: string, hint = FORMS): Error => usageError("store-url", `The vault's store ${why}.`, { hint });
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(url)?.[1]?.toLowerCase();
  if (scheme === undefined || scheme === "dir") {
    const folder = scheme === undefined ? url : url.slice("dir:".length);
    if (folder === "") throw refused("has no path");
    return folderStore(folder);
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
  // The SDK is large: who keeps archives in a folder does not wait for it.
  const { s3Store } = await import("./s3-store.ts");
  return s3Store({
    bucket,
    prefix: path === "" ? "" : `${path}/`,
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
  });
}

function isEndpoint(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
}
