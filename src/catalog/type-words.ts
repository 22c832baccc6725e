// What the types of fields are called.
import { sentence, type Sentence } from "../lib/sentence.ts";
import type { FieldType } from "./types.ts";

/** As `The field is …` has them. */
export const TYPE_WORDS: Readonly<Record<FieldType, Sentence>> = {
  text: sentence`text`,
  integer: sentence`integer`,
  decimal: sentence`decimal`,
  float: sentence`float`,
  boolean: sentence`boolean`,
  date: sentence`date`,
  time: sentence`time`,
  datetime: sentence`datetime`,
  instant: sentence`instant`,
  uuid: sentence`uuid`,
  binary: sentence`binary`,
  json: sentence`json`,
  array: sentence`array`,
  any: sentence`any`,
};
