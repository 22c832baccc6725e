// Which Waybill this is.
import { readFileSync } from "node:fs";

/** The version in package.json, which stands beside the sources as it does beside the compiled program. */
export function version(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
