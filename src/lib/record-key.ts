// The text of a record's key: its value's canonical text; of several columns, the JSON text of an array of them.

/** @param parts the canonical texts of the key's columns, in order */
export function keyText(parts: readonly string[]): string {
  return parts.length === 1 ? parts[0]! : JSON.stringify(parts);
}

/**
 * The texts of a key's columns.
 * @param text as `keyText` writes it; white space, and whole numbers without quotes, are forgiven
 * @returns null for what is no key of so many columns
 */
export function keyParts(text: string, columns: number): readonly string[] | null {
  if (columns === 1) return [text];
  let parts: unknown;
  try {
    parts = JSON.parse(text);
  } catch {
    return null;
  }
  if (!Array.isArray(parts) || parts.length !== columns) return null;
  const texts = parts.map((part: unknown) => (Number.isSafeInteger(part) ? String(part) : part));
  return texts.every((part) => typeof part === "string") ? texts : null;
}
