// The places that the files of the first records would get: what a name template does, before anything is exported.
import { Problems } from "../cells/problems.ts";
import { zoneNamed } from "../cells/zone.ts";
import { usageError } from "../lib/errors.ts";
import { sentence } from "../lib/sentence.ts";
import type { ExportPlan } from "../plan/plan.ts";
import type { AttachedFile } from "./files-cursor.ts";
import { Mandatory } from "./mandatory.ts";
import { FILES } from "./places.ts";
import { RecordNames } from "./record-names.ts";
import { cursorsOf } from "./render.ts";
import { RowFeed } from "./row-feed.ts";
import { pseudonymsFor, type RunOptions, tablesOf } from "./run.ts";

/** How many records are shown. */
const RECORDS = 10;

/**
 * The places of the first records' files, as an export would have them.
 * @throws usageError `no-files` when the plan has none; `no-salt`
 */
export async function* previewNames(
  plan: ExportPlan,
  { sourceNamed, signal, pseudonymKey = null }: Pick<RunOptions, "sourceNamed" | "signal" | "pseudonymKey">,
): AsyncGenerator<string> {
  const { records } = plan;
  if (records === undefined) {
    throw usageError("no-files", sentence`The export has no files of records, so there are no names to show.`, {
      hint: sentence`Add --files, or --layout folders.`,
    });
  }
  const zone = zoneNamed(plan.timeZone);
  const pseudonyms = pseudonymsFor(tablesOf(plan), pseudonymKey);
  const session = await sourceNamed(records.source).open(1 + records.files.length, signal);
  try {
    const feeds = { zone, language: plan.language, problems: new Problems(), pseudonyms, mandatory: new Mandatory() };
    const context = { ...feeds, session, signal, facts: [] };
    const select = { ...records.table.select, limit: Math.min(RECORDS, records.table.select.limit ?? RECORDS) };
    const feed = new RowFeed(records.table, session.stream(select), context, () => {});
    const cursors = cursorsOf(records.files, context);
    const inFolders = records.layout === "folders";
    const names = new RecordNames(
      records,
      records.layout === "tables" && !records.zipFiles ? FILES : "",
      inFolders,
      zone,
    );
    for (let batch = await feed.next(); batch !== null; batch = await feed.next()) {
      for (let row = 0; row < batch.rows; row++) {
        const attached: AttachedFile[] = [];
        for (const cursor of cursors) await cursor.take(batch, row, attached);
        const { folder, files } = names.place(batch, row, attached);
        if (inFolders) yield* [`${folder}/record.json`, `${folder}/record.pdf`];
        for (const { place } of files) yield place;
      }
    }
  } finally {
    await session.close();
  }
}
