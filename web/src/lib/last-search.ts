// The query with which a page was last seen on the way here, so that a link back leads to it as it was.
import { BASE_PATH } from "./base-path.ts";

/** The Navigation API (HTML, section 7.2.7), as far as it is asked here. */
interface History {
  readonly currentEntry: { readonly index: number } | null;
  entries(): readonly { readonly index: number; readonly url: string | null }[];
}

/**
 * @param path of a page of the app
 * @returns `?…`; empty where it was not seen, or the browser does not tell
 */
export function lastSearchOf(path: string): string {
  const { navigation } = globalThis as { readonly navigation?: History };
  const here = navigation?.currentEntry?.index ?? -1;
  const before = navigation?.entries().filter(({ index }) => index < here) ?? [];
  const urls = before.flatMap(({ url }) => (url === null ? [] : [new URL(url)]));
  return urls.findLast(({ pathname }) => pathname === `${BASE_PATH}${path}`)?.search ?? "";
}
