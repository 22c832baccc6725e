// The small readers of a query's JSON: each takes what it expects or names the place.
import { inputError } from "../lib/errors.ts";
import { sentence } from "../lib/sentence.ts";
import { isStorableText } from "./values.ts";

const MAX_VALUES = 10_000;

export function isObject(input: unknown): input is Readonly<Record<string, unknown>> {
  return typeof input === "object" && input !== null && !Array.isArray(input);
}

export function arrayOf(input: unknown, pointer: string): readonly unknown[] {
  if (!Array.isArray(input))
    throw inputError("value-not-suited", pointer, sentence`A JSON array of values was expected here.`);
  if (input.length > MAX_VALUES) {
    throw inputError(
      "too-many-values",
      pointer,
      sentence`The list has ${input.length} values; at most ${MAX_VALUES} are allowed.`,
    );
  }
  return input;
}

export function textOf(input: unknown, pointer: string): string {
  if (isStorableText(input)) return input;
  throw inputError(
    "value-not-suited",
    pointer,
    sentence`Text was expected here, without U+0000 and broken characters.`,
  );
}

export function sizeOf(input: unknown, pointer: string): number {
  if (typeof input === "number" && Number.isSafeInteger(input) && input >= 0) return input;
  throw inputError("value-not-suited", pointer, sentence`$size takes a whole number from 0 on.`);
}

export function yesOrNo(input: unknown, pointer: string): boolean {
  if (typeof input === "boolean") return input;
  throw inputError("value-not-suited", pointer, sentence`$exists takes true or false.`);
}
