// Whether the records of a plan have any file of the kinds that are wanted, as far as names tell.
import { fileFormat } from "../attachments/file-format.ts";
import { Problems } from "../cells/problems.ts";
import { zoneNamed } from "../cells/zone.ts";
import type { ExportPlan, RecordsPlan } from "../plan/plan.ts";
import { inBatch } from "./batch-parts.ts";
import { textOf } from "./cell-texts.ts";
import { Mandatory } from "./mandatory.ts";
import { RowFeed } from "./row-feed.ts";
import { pseudonymsFor, type RunOptions, tablesOf } from "./run.ts";

type Asking = Pick<RunOptions, "sourceNamed" | "signal" | "pseudonymKey" | "batchKeys">;

/**
 * Reads names of files until there is one.
 * @throws failure of the source; usageError `no-salt`
 */
export async function hasAnyFile(
  plan: ExportPlan,
  { files, formats, source }: RecordsPlan,
  { sourceNamed, signal, pseudonymKey = null, batchKeys }: Asking,
): Promise<boolean> {
  const zone = zoneNamed(plan.timeZone);
  const pseudonyms = pseudonymsFor(tablesOf(plan), pseudonymKey);
  const context = { zone, language: plan.language, problems: new Problems(), pseudonyms, mandatory: new Mandatory() };
  for (const { table, fileName } of files) {
    const opened = await sourceNamed(source).open(1, signal);
    try {
      const session = inBatch(opened, plan, batchKeys);
      const feed = new RowFeed(table, session.stream(table.select), context, () => {});
      for (let batch = await feed.next(); batch !== null; batch = await feed.next()) {
        for (let row = 0; row < batch.rows; row++) {
          const name = fileName === null ? "" : textOf(batch, row * batch.width + fileName, zone);
          if (formats === null || formats.includes(fileFormat(name))) return true;
        }
      }
    } finally {
      await opened.close();
    }
  }
  return false;
}
