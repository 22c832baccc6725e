// The store that a URL names: a folder, or a bucket of S3.
import { readStoreUrl } from "../lib/store-url.ts";
import { folderStore } from "./folder-store.ts";
import type { Store } from "./store.ts";

/**
 * Opens the store at a URL, as readStoreUrl reads it: a folder, or a bucket of S3.
 * @throws usageError `store-url`, which never shows the URL; failure `store-failed`
 */
export async function storeAt(url: string): Promise<Store> {
  const place = readStoreUrl(url, "The vault's store");
  if (place.kind === "dir") return folderStore(place.path);
  // The SDK is large: who keeps archives in a folder does not wait for it.
  const { s3Store } = await import("./s3-store.ts");
  return s3Store(place);
}
