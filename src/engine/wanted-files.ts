// The files of a plan's records that are of the kinds that are wanted, as far as names tell.
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
export async function hasAnyFile(plan: ExportPlan, records: RecordsPlan, asking: Asking): Promise<boolean> {
  for await (const _ of sizesOf(plan, records, asking)) return true;
  return false;
}

/**
 * Reads the names of all files. `bytes` is null where no size is told of some.
 * @throws failure of the source; usageError `no-salt`
 */
export async function countFiles(
  plan: ExportPlan,
  records: RecordsPlan,
  asking: Asking,
): Promise<{ readonly count: number; readonly bytes: number | null }> {
  let count = 0;
  let bytes = 0;
  for await (const size of sizesOf(plan, records, asking)) {
    count++;
    bytes += size;
  }
  return { count, bytes: Number.isNaN(bytes) ? null : bytes };
}

/** The size of each, in bytes; NaN where it is not told. */
async function* sizesOf(
  plan: ExportPlan,
  { files, formats, source }: RecordsPlan,
  { sourceNamed, signal, pseudonymKey = null, batchKeys }: Asking,
): AsyncGenerator<number, void, void> {
  const zone = zoneNamed(plan.timeZone);
  const pseudonyms = pseudonymsFor(tablesOf(plan), pseudonymKey);
  const context = { zone, language: plan.language, problems: new Problems(), pseudonyms, mandatory: new Mandatory() };
  for (const { table, fileName, size } of files) {
    const opened = await sourceNamed(source).open(1, signal);
    try {
      const session = inBatch(opened, plan, batchKeys);
      const feed = new RowFeed(table, session.stream(table.select), context, () => {});
      for (let batch = await feed.next(); batch !== null; batch = await feed.next()) {
        for (let row = 0; row < batch.rows; row++) {
          const text = (cell: number | null): string =>
            cell === null ? "" : textOf(batch, row * batch.width + cell, zone);
          if (formats !== null && !formats.includes(fileFormat(text(fileName)))) continue;
          const told = text(size);
          yield told === "" ? Number.NaN : Number(told);
        }
      }
    } finally {
      await opened.close();
    }
  }
}
