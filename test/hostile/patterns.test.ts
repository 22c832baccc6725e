// A pattern means the same to every engine: PostgreSQL, RE2 (which SQLite uses here) and ECMAScript.
import { runInNewContext } from "node:vm";
import * as fc from "fast-check";
import { RE2JS } from "re2js";
import { afterAll, beforeAll, expect, it } from "vitest";
import { normalizePattern } from "../../src/query/pattern.ts";
import { createDatabase, type TestDatabase } from "../setup/postgres.ts";
import { fuzz } from "../setup/fuzz.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

const letter = fc.constantFrom(
  "a",
  "b",
  "A",
  "B",
  "é",
  "É",
  "ß",
  "😀",
  "1",
  "_",
  " ",
  "\n",
  "-",
  "^",
  "]",
  "[",
  "\\",
  ".",
  "|",
  "$",
  "{",
  "(",
  "*",
  "/",
  "#",
  "~",
  "&",
  ":",
  "=",
);
const escaped = letter.map((part) => (/[A-Za-z0-9é-ÿÉßÀ-Þ\s_😀]/u.test(part) ? part : `\\${part}`));
const classItem = fc.oneof(escaped, fc.constantFrom("a-c", "0-9", "\\d", "\\w", "\\s", "é-ë", "\\\\-\\]"));
const characterClass = fc
  .tuple(fc.constantFrom("", "^"), fc.array(classItem, { minLength: 1, maxLength: 4 }))
  .map(([not, items]) => `[${not}${items.join("")}]`);
const repeat = fc.constantFrom("", "", "", "*", "+", "?", "{2}", "{0,2}", "{1,}", "{0}");

const pattern = fc
  .letrec<{ any: string; group: string }>((tie) => ({
    group: fc.array(tie("any"), { minLength: 1, maxLength: 3 }).map((branches) => `(${branches.join("|")})`),
    any: fc
      .array(
        fc.oneof(
          { maxDepth: 3 },
          fc
            .tuple(fc.oneof(escaped, characterClass, fc.constantFrom(".", "\\D", "\\W", "\\S")), repeat)
            .map((part) => part.join("")),
          fc.constantFrom("^", "$"),
          fc.tuple(tie("group"), repeat).map((part) => part.join("")),
        ),
        { maxLength: 4 },
      )
      .map((parts) => parts.join("")),
  }))
  .any.filter((part) => [...part].length <= 255);

const text = fc.array(letter, { maxLength: 8 }).map((letters) => letters.join(""));

/** Which texts match, or null: ECMAScript takes exponential time for some patterns, which the others do not. */
function byEcmascript(source: string, texts: readonly string[]): unknown {
  try {
    return runInNewContext(
      "texts.map((part) => new RegExp(source, 'su').test(part))",
      { source, texts },
      { timeout: 500 },
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return null;
    throw error;
  }
}

it("matches the same texts everywhere", async () => {
  let undecided = 0;
  await fuzz(
    fc.tuple(pattern, fc.boolean(), fc.array(text, { minLength: 5, maxLength: 10 })),
    async ([typed, ignoreCase, texts]) => {
      const normal = normalizePattern(typed, ignoreCase, "/where");
      const re2 = RE2JS.compile(normal, RE2JS.DOTALL);
      const { rows } = await database.client.query(
        'SELECT t COLLATE "C" ~ $1 AS matches FROM unnest($2::text[]) WITH ORDINALITY u(t, n) ORDER BY n',
        [normal, texts],
      );
      const byPostgres = (rows as { matches: boolean }[]).map(({ matches }) => matches);
      const others = byEcmascript(normal, texts);
      if (others === null) undecided++;
      else expect(others).toEqual(byPostgres);
      expect(texts.map((part) => re2.test(part))).toEqual(byPostgres);
    },
    1_000,
  );
  expect(undecided).toBeLessThan(20);
});
