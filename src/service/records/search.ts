// Free text as a condition: each word must be in some text of a record that the principal may read as it is.
import { type Field, isColumn, type ObjectType } from "../../catalog/types.ts";
import { inputError } from "../../lib/errors.ts";
import { sentence } from "../../lib/sentence.ts";
import { isKnownKey } from "../../plan/keys.ts";
import type { Access } from "../../plan/scope.ts";
import { literalPattern } from "../../query/pattern.ts";
import type { FieldOperand, Predicate } from "../../query/predicate.ts";
import { isStorableText } from "../../query/values.ts";
import { valueLike } from "./value-like.ts";

const MOST_WORDS = 10;
const MOST_CHARACTERS = 255;

/**
 * The records in which each word is found: in a text, whatever its case; as a label of a code; as the key or a UUID.
 * @returns null where nothing is searched for
 * @throws inputError `search-not-suited`
 */
export function searchOf(search: string | undefined, object: ObjectType, access: Access): Predicate | null {
  if (search === undefined) return null;
  if (!isStorableText(search) || [...search].length > MOST_CHARACTERS) {
    throw inputError(
      "search-not-suited",
      "/search",
      sentence`What is searched for has at most ${MOST_CHARACTERS} characters.`,
    );
  }
  const words = search.split(/\s+/u).filter((it) => it !== "");
  if (words.length > MOST_WORDS) {
    throw inputError(
      "search-not-suited",
      "/search",
      sentence`At most ${MOST_WORDS} words can be searched for at once.`,
    );
  }
  if (words.length === 0) return null;
  const fields = object.fields.filter((it) => it.hidden !== true && access.mayRead(object, it));
  return { op: "and", of: words.map((word) => holding(word, fields, object, access)) };
}

function holding(word: string, fields: readonly Field[], object: ObjectType, access: Access): Predicate {
  const pattern = literalPattern(word);
  const key = isKnownKey(object, access) && object.key.length === 1 ? object.key[0] : undefined;
  const places = fields.flatMap((field): Predicate[] => {
    if (field.labels !== undefined) return labelled(word, field, fields);
    const operand = operandOf(field);
    if (field.type === "text") return [{ op: "match", operand, pattern }];
    if (field.name !== key && field.type !== "uuid") return [];
    const value = valueLike(word, field);
    return value === null ? [] : [{ op: "compare", operand, is: "=", value }];
  });
  return places.length === 0 ? { op: "constant", value: false } : { op: "or", of: places };
}

/** Labels are shown instead of the codes of a column, which is asked for the codes of those that have the word. */
function labelled(word: string, { labels = {}, column }: Field, fields: readonly Field[]): Predicate[] {
  const coded = fields.find((it) => it.column === column && isColumn(it));
  if (coded === undefined) return [];
  const wanted = word.toLowerCase();
  const values = Object.entries(labels)
    .filter(([, label]) => label.toLowerCase().includes(wanted))
    .flatMap(([code]) => valueLike(code, coded) ?? []);
  return values.length === 0 ? [] : [{ op: "in", operand: operandOf(coded), values }];
}

/** A field as a condition names it. What is inside of JSON is compared as JSON. */
export function operandOf({ name, type, keys }: Field): FieldOperand {
  const inside = keys === undefined ? { type } : { type: "json" as const, declared: type };
  return { kind: "field", through: [], field: name, keys: [], ...inside };
}
