// DuckDB's quoting (DuckDB documentation, "Literal Types", "Keywords and Identifiers").

/** A name. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Text as a literal. A NUL would end the statement, so it is put in by its number. */
export function literal(text: string): string {
  const parts = text.split("\0").map((part) => `'${part.replaceAll("'", "''")}'`);
  return parts.length === 1 ? parts[0]! : `(${parts.join(" || chr(0) || ")})`;
}
