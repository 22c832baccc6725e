// JSON as values in which no number loses a digit.

/** What of the language is not in its types yet: https://github.com/tc39/proposal-json-parse-with-source */
const Exact = JSON as unknown as {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): unknown;
};

/** Numbers that may be more than a double holds: with many digits, or with an exponent. */
const SUSPICIOUS = /\d(?:\.?\d){15}|\d[eE]|-0/;

/**
 * Parses JSON text. A number that no double stands for is `JSON.rawJSON`, which is written again as it was.
 * @throws SyntaxError where it is none
 */
export function exactJson(text: string): unknown {
  if (!SUSPICIOUS.test(text)) return JSON.parse(text);
  return Exact.parse(text, (_key, value, { source }) =>
    typeof value === "number" && source !== undefined && !isSame(source, value) ? Exact.rawJSON(source) : value,
  );
}

/** Whether a double has the value that is written: it keeps any fifteen digits. */
function isSame(source: string, value: number): boolean {
  if (JSON.stringify(value) === source) return true;
  const digits = source
    .replace(/[eE].*$/, "")
    .replaceAll(/[-.]/g, "")
    .replace(/^0+/, "")
    .replace(/0+$/, "");
  if (digits === "") return !Object.is(value, -0);
  return digits.length <= 15 && Number.isFinite(value) && Math.abs(value) >= SMALLEST_NORMAL;
}

const SMALLEST_NORMAL = 2.2250738585072014e-308;
