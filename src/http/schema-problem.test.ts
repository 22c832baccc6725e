import { expect, test } from "vitest";
import * as z from "zod";
import { english, phrase } from "../lib/sentence.ts";
import { type SchemaIssue, sentenceOf } from "./schema-problem.ts";

/** What is said of a value that a schema refuses, as the type provider hands its issues on. */
function saidOf(schema: z.ZodType, value: unknown): string {
  const { path, code, message, ...params } = schema.safeParse(value).error!.issues[0]!;
  const issue: unknown = { instancePath: path.join("/"), keyword: code, message, params };
  return english(sentenceOf(issue as SchemaIssue));
}

test.each<[schema: z.ZodType, value: unknown, said: string]>([
  [z.string(), undefined, "This is missing: a text is expected."],
  [z.number(), "1", "Expected was a number."],
  [z.int(), 1.5, "Expected was a whole number."],
  [z.boolean(), "x", "Expected was true or false."],
  [z.array(z.string()), "x", "Expected was a list."],
  [z.object({}), "x", "Expected was an object."],
  [z.record(z.string(), z.string()), "x", "Expected was an object."],
  [z.string().min(1), "", "This may not be empty."],
  [z.string().min(12), "short", "At least 12 characters are expected."],
  [z.string().max(3), "four", "At most 3 characters are allowed."],
  [z.array(z.int()).min(2), [1], "At least 2 are expected."],
  [z.array(z.int()).max(1), [1, 2], "At most 1 are allowed."],
  [z.number().min(1), 0, "The least is 1."],
  [z.number().max(50_000), 50_001, "The most is 50,000."],
  [z.enum(["a", "b"]), "c", "Expected was one of a, b."],
  [z.uuid(), "x", "Invalid UUID."],
  [z.email(), "x", "This is no mail address."],
  [z.iso.datetime(), "x", "This is no moment, as 2024-05-01T12:00:00Z."],
  [
    z.string().regex(/^a$/, phrase`must be letters, digits, dots, hyphens and underscores`),
    "b",
    "must be letters, digits, dots, hyphens and underscores.",
  ],
  [z.string().refine(() => false, "is too far away"), "x", "is too far away."],
  [z.union([z.string(), z.number()]), null, "This does not suit here."],
])("schema %# of %j", (schema, value, said) => {
  expect(saidOf(schema, value)).toBe(said);
});
