// Conditions as JSON that people write.

/** JSON whose long numbers become texts, which the API takes for numbers: none loses a digit. @throws SyntaxError */
export function parseWhere(text: string): unknown {
  return (JSON.parse as ParseWithSource)(text, (_key, value, context) =>
    typeof value === "number" && context?.source !== undefined && isTooLong(context.source) ? context.source : value,
  );
}

type ParseWithSource = (
  text: string,
  reviver: (key: string, value: unknown, context?: { readonly source?: string }) => unknown,
) => unknown;

function isTooLong(source: string): boolean {
  return source.replaceAll(/\D/g, "").length > 15;
}
