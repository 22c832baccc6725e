// Test tables as an engine can hold them, and what another engine gives for the very same rows.
import { sqlite } from "./engines/sqlite.ts";
import type { TestEngine, TestTable } from "./engine.ts";

/** A table without the columns and values that an engine's types cannot hold; most hold everything. */
export function fitted(table: TestTable, engine: TestEngine): TestTable {
  const kept = table.columns.flatMap(({ name }, n) => (engine.holdsName?.(name) === false ? [] : [n]));
  const columns = kept.map((n) => table.columns[n]!);
  const values = kept.map((n) => table.rows.map((row) => row[n] ?? null));
  const rows = table.rows.map((_, r) =>
    columns.map((column, c) => {
      const text = values[c]![r]!;
      return text === null || engine.holds?.(column, text, values[c]!) === false ? null : text;
    }),
  );
  return { ...table, columns, rows };
}

/** Where SQLite holds the same rows, for an engine that cannot hold those of the golden files. */
export async function twin(
  engine: TestEngine,
  tables: readonly TestTable[],
): Promise<{ readonly url: string | null; readonly drop: () => Promise<void> }> {
  return engine.holds === undefined ? { url: null, drop: () => Promise.resolve() } : sqlite.make(tables);
}
