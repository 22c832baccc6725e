import { expect, test } from "vitest";
import type { Draft } from "./configure.ts";
import { checkDeletionLog } from "./deletion-log.ts";
import type { Field, FieldType } from "./types.ts";

function draft(name: string, key: readonly string[], fields: Readonly<Record<string, FieldType>>): Draft {
  const all = Object.entries(fields).map(([its, type]): Field => ({
    name: its,
    column: its,
    type,
    native: "",
    nullable: false,
  }));
  return { name, config: null, source: "main", found: null, fields: all, key };
}

const samples = draft("samples", ["id"], { id: "integer", ref: "uuid" });
const pairs = draft("pairs", ["a", "b"], { a: "integer", b: "text" });
const drafts = new Map(
  [
    samples,
    pairs,
    draft("loose", [], { id: "integer" }),
    draft("gone", ["no"], {
      no: "integer",
      id: "integer",
      word: "text",
      amount: "decimal",
      at: "instant",
      day: "date",
    }),
  ].map((it) => [it.name, it]),
);

test.each([
  [samples, { object: "gone", key: ["id"], at: "at" }, []],
  [samples, { object: "gone", key: ["word"], at: "day" }, []],
  [pairs, { object: "gone", key: ["id", "word"], at: "at" }, []],
  [samples, { object: "gon", key: ["id"], at: "at" }, ['object: There is no object type "gon".']],
  [samples, { object: "gone", key: ["idd"], at: "at" }, ['key: gone has no column "idd".']],
  [samples, { object: "gone", key: ["id"], at: "when" }, ['at: gone has no column "when".']],
  [
    samples,
    { object: "gone", key: ["amount"], at: "word" },
    [
      'key: "amount" is decimal, but "id" of samples is integer.',
      'at: "word" is text; it takes a date, a datetime or an instant.',
    ],
  ],
  [pairs, { object: "gone", key: ["id"], at: "at" }, ["key: pairs has a key of 2 (a, b), and here are 1."]],
  [
    samples,
    { object: "loose", key: ["id"], at: "id" },
    [
      "object: loose has no key, so there is no telling which of its entries were seen.",
      'at: "id" is integer; it takes a date, a datetime or an instant.',
    ],
  ],
] as const)("the deletions of %o are in %o: %j", (deleted, config, problems) => {
  const found: string[] = [];
  checkDeletionLog(config, deleted, drafts, (path, detail) => found.push(`${path.join(".")}: ${detail}`));
  expect(found).toEqual(problems);
});
