// Fuzzing with fast-check: the seed is printed, and FUZZ_SEED gives another. It changes with the day and not with the
// run, so that a commit that passed passes again.
import * as fc from "fast-check";

/** What random cases start from. */
export const seed = Number(process.env["FUZZ_SEED"] ?? Math.floor(Date.now() / 86_400_000));
process.stdout.write(`fuzzing with FUZZ_SEED=${seed}\n`);

/** Checks a property many times; a failure tells the seed and the smallest case. */
export async function fuzz<T>(
  arbitrary: fc.Arbitrary<T>,
  check: (value: T) => void | Promise<void>,
  numRuns = 300,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(arbitrary, async (value) => check(value)),
    { seed, numRuns },
  );
}

const HOSTILE = [
  "'",
  "''",
  '"',
  '""',
  "`",
  "\\",
  "\\'",
  "';--",
  "') OR 1=1 --",
  "'; DROP TABLE victims; --",
  "$$",
  "$1",
  "?1",
  ":a",
  "@a",
  "/*",
  "*/",
  "--",
  "\n",
  "E'\\x27'",
  "U&'\\0027'",
  "%",
  "_",
  "\u2019",
  "\u02bc",
  "＇",
  "\u0001",
  "\ufeff",
  "x' UNION SELECT 1",
  "]]",
  "};",
  "NULL",
  "{}",
  "\\u0000",
];

/** Text that has broken others: quotes of all kinds, comments, placeholders, escapes, and anything else. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...HOSTILE) },
      { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 6 }) },
    ),
    {
      maxLength: 6,
    },
  )
  .map((parts) => parts.join(""))
  .filter((text) => text.isWellFormed() && !text.includes("\0"));

/** A name of a table or column: not empty, and no longer than databases keep. */
export const hostileName: fc.Arbitrary<string> = hostileText.filter(
  (text) => text !== "" && Buffer.byteLength(text) <= 63,
);
