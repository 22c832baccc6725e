// JSON whose numbers keep all of their digits.

/**
 * Reads JSON; a number that JavaScript would write in another way (`1.10`, `12345678901234567890`) becomes the text that it is.
 * Where the browser does not tell texts of numbers (before Safari 18.4), numbers are numbers.
 */
export function parseLossless(text: string): unknown {
  return (JSON.parse as LosslessParse)(text, (_key, value, context) =>
    typeof value === "number" && context?.source !== undefined && String(value) !== context.source
      ? context.source
      : value,
  );
}

/** `JSON.parse` with source texts (ECMAScript 2025). */
type LosslessParse = (
  text: string,
  reviver: (key: string, value: unknown, context?: { readonly source?: string }) => unknown,
) => unknown;
