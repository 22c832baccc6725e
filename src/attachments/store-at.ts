// The store of files that a URL names: a folder, or a bucket of S3.
import { readStoreUrl } from "../lib/store-url.ts";
import { dirStore } from "./dir-store.ts";
import type { FileStore } from "./file-store.ts";

/**
 * Opens the store at a URL: `dir:/path`, or `s3://bucket/prefix?region=…&endpoint=…` with credentials from the environment.
 * @throws usageError `store-url`, which never shows the URL; failure `file-store-failed`
 */
export async function fileStoreAt(url: string): Promise<FileStore> {
  const place = readStoreUrl(url, "The store of files");
  if (place.kind === "dir") return dirStore(place.path);
  // The SDK is large: who has no bucket does not wait for it.
  const { s3FileStore } = await import("./s3-file-store.ts");
  return s3FileStore(place);
}
