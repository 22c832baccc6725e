// The rows of a small table as texts, for what the program itself wants to know. Exports never go this way.
import { Kind } from "../cells/kinds.ts";
import { Problems } from "../cells/problems.ts";
import { zoneNamed } from "../cells/zone.ts";
import { dataOf, type ExportPlan } from "../plan/plan.ts";
import type { Source } from "../sources/source.ts";
import { textOf } from "./cell-texts.ts";
import { Mandatory } from "./mandatory.ts";
import { RowFeed } from "./row-feed.ts";

/**
 * Reads the first table of a plan: for each row the canonical texts of its columns by their names, null where one is missing.
 * @throws failure of the source
 */
export async function readTexts(
  plan: ExportPlan,
  { sourceNamed, signal }: { readonly sourceNamed: (name: string) => Source; readonly signal: AbortSignal },
): Promise<ReadonlyMap<string, string | null>[]> {
  const { source, tables } = dataOf(plan)[0]!;
  const [table] = tables;
  const zone = zoneNamed(plan.timeZone);
  const session = await sourceNamed(source).open(1, signal);
  try {
    const context = { zone, language: "en", problems: new Problems(), pseudonyms: null, mandatory: new Mandatory() };
    const feed = new RowFeed(table, session.stream(table.select), context, () => {});
    const rows: ReadonlyMap<string, string | null>[] = [];
    for (let batch = await feed.next(); batch !== null; batch = await feed.next()) {
      const { width, kind } = batch;
      for (let row = 0; row < batch.rows; row++) {
        const texts = table.columns.map(({ name, cell }): [string, string | null] => {
          const i = row * width + cell;
          return [name, kind[i] === Kind.missing ? null : textOf(batch, i, zone)];
        });
        rows.push(new Map(texts));
      }
    }
    return rows;
  } finally {
    await session.close();
  }
}
