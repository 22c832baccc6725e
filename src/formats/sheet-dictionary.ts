// The data dictionary at the end of a workbook: what each column is, and in which zone instants are shown.
import { CellBatch } from "../cells/batch.ts";
import { Kind } from "../cells/kinds.ts";
import type { RowSource, TableShape, WriterContext } from "../cells/row-writer.ts";
import { typeName } from "../catalog/type-names.ts";
import { type Language, languageOf } from "../lib/language.ts";

interface Words {
  readonly title: string;
  readonly columns: readonly string[];
  readonly zone: string;
}

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    title: "Data dictionary",
    columns: ["Sheet", "Column", "Label", "Type", "Meaning"],
    zone: "Time zone of points in time",
  },
  fr: {
    title: "Dictionnaire des données",
    columns: ["Feuille", "Colonne", "Libellé", "Type", "Signification"],
    zone: "Fuseau horaire des instants",
  },
};

/** What the sheet is called. */
export function dictionaryTitle(language: string): string {
  return WORDS[languageOf(language)].title;
}

/** The dictionary as a table, and its rows: one a column, an empty one, and one for the time zone. */
export function dictionary(
  tables: readonly TableShape[],
  sheets: readonly string[],
  context: WriterContext,
): { readonly table: TableShape; readonly rows: RowSource } {
  const words = WORDS[languageOf(context.language)];
  const table: TableShape = {
    name: words.title,
    columns: words.columns.map((name, cell) => ({ name, path: [name], type: "text", cell })),
    groups: [],
    lists: [],
  };
  const rows: (string | undefined)[][] = tables.flatMap(({ columns }, n) =>
    columns.map(({ name, label, type, documentation }) => [
      sheets[n]!,
      name,
      label,
      typeName(type, context.language),
      documentation,
    ]),
  );
  rows.push([], [words.zone, context.zone?.name ?? "UTC"]);
  const batch = textBatch(rows, words.columns.length);
  let given = false;
  const next = async (): Promise<CellBatch | null> => {
    if (given) return null;
    given = true;
    return batch;
  };
  return { table, rows: { next } };
}

function textBatch(rows: readonly (readonly (string | undefined)[])[], width: number): CellBatch {
  const batch = new CellBatch(width, rows.length);
  const parts: Buffer[] = [];
  let at = 0;
  rows.forEach((row, r) =>
    row.forEach((text, c) => {
      if (text === undefined) return;
      const bytes = Buffer.from(text, "utf8");
      const i = r * width + c;
      batch.kind[i] = Kind.text;
      batch.start[i] = at;
      batch.end[i] = at += bytes.length;
      parts.push(bytes);
    }),
  );
  batch.bytes = Buffer.concat(parts);
  batch.rows = rows.length;
  return batch;
}
