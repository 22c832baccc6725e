// Mandatory columns: every record without a value is counted, and the first hundred are named (CS5).
import type { CellBatch } from "../cells/batch.ts";
import { isBlank } from "../cells/fill.ts";
import { Output } from "../cells/output.ts";
import { writeValue } from "../cells/value-text.ts";
import { failure, placeAt, type Place } from "../lib/errors.ts";
import { keyText } from "../lib/record-key.ts";
import { sentence } from "../lib/sentence.ts";
import type { TablePlan } from "../plan/plan.ts";

/** How many records are named for each column. */
const NAMED = 100;

interface Lack {
  readonly table: string;
  readonly column: string;
  count: number;
  readonly records: string[];
}

/** What the mandatory columns of an export lack. */
export class Mandatory {
  readonly #lacks: Lack[] = [];

  /** Looks at the batches of a table, after the rules; null where nothing is mandatory. */
  watch(table: TablePlan): ((batch: CellBatch, before: number) => void) | null {
    const watched = table.columns
      .filter(({ mandatory }) => mandatory)
      .map(({ name, cell }) => ({ cell, lack: { table: table.name, column: name, count: 0, records: [] } as Lack }));
    if (watched.length === 0) return null;
    this.#lacks.push(...watched.map(({ lack }) => lack));
    return (batch, before) => {
      for (const { cell, lack } of watched) {
        for (let row = 0; row < batch.rows; row++) {
          if (!isBlank(batch, row * batch.width + cell)) continue;
          if (lack.count++ < NAMED) lack.records.push(nameOf(batch, row, before + row + 1, table.recordKey));
        }
      }
    };
  }

  /** @throws failure `mandatory-missing` naming every column that lacks values */
  check(): void {
    const lacking = this.#lacks.filter(({ count }) => count > 0);
    if (lacking.length === 0) return;
    const places = lacking.map(({ table, column, count, records }): Place => {
      const named = `${records.join(", ")}${count > records.length ? ", …" : ""}`;
      const detail =
        count === 1
          ? sentence`${column} (${table}): 1 record without a value: ${named}`
          : sentence`${column} (${table}): ${count} records without a value: ${named}`;
      return placeAt(column, detail);
    });
    const names = lacking.map(({ column }) => column).join(", ");
    throw failure(
      "mandatory-missing",
      lacking.length === 1
        ? sentence`Values are missing in the mandatory column ${names}.`
        : sentence`Values are missing in mandatory columns ${names}.`,
      {
        hint: sentence`Complete the records, give the column a default, or do not make it mandatory.`,
        // The first place is what the message is about.
        places: [{ pointer: lacking[0]!.column, detail: "", words: null }, ...places],
      },
    );
  }
}

/** A record's key, or its number where it has none that may be told. */
function nameOf(batch: CellBatch, row: number, number: number, key: readonly number[] | undefined): string {
  if (key === undefined) return `row ${number}`;
  const parts = key.map((cell) => {
    const out = new Output(64);
    writeValue(batch, row * batch.width + cell, null, out);
    return out.textFrom(0);
  });
  return keyText(parts);
}
