// The object types of an org of the configuration, with its sources.
import { readConfig } from "../config/read.ts";
import { openOrg } from "../orgs/open-org.ts";
import { orgNamed } from "../orgs/org-catalog.ts";
import type { CatalogOptions, OpenedCatalog } from "./open-catalog.ts";

/**
 * Opens an org of a configuration.
 * @throws usageError `config` and others; failure of a source
 */
export async function openConfigured(
  file: string,
  options: CatalogOptions,
  signal: AbortSignal,
): Promise<OpenedCatalog> {
  const config = await readConfig(file, process.env);
  const org = orgNamed(config, options.org);
  const warn = (message: string): void => void process.stderr.write(`${message}\n`);
  const { code, sourceNamed, storeNamed, pseudonymKey, catalogIn } = await openOrg(config, org, { file, warn, signal });
  const catalog = catalogIn(options.language ?? "en");
  return { catalog, sourceNamed, storeNamed, fonts: org.fonts, org: code, pseudonymKey };
}
