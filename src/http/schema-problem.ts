// What the schema of a route finds wrong with a request, in sentences of ours: zod's own are for programmers.
import { asSentence, sentence, type Sentence } from "../lib/sentence.ts";

/** An issue of zod as the type provider hands it on. */
export interface SchemaIssue {
  readonly instancePath: string;
  /** Zod's code. */
  readonly keyword: string;
  readonly message: string;
  readonly params?: {
    readonly keys?: readonly string[];
    readonly expected?: string;
    readonly origin?: string;
    readonly minimum?: number;
    readonly maximum?: number;
    readonly format?: string;
    readonly values?: readonly unknown[];
  };
}

const EXPECTED: Readonly<Record<string, Sentence>> = {
  string: sentence`a text`,
  number: sentence`a number`,
  int: sentence`a whole number`,
  boolean: sentence`true or false`,
  array: sentence`a list`,
  object: sentence`an object`,
  record: sentence`an object`,
};

/** One sentence for an issue, but for unknown keys, of which each has its own. */
export function sentenceOf({ keyword, message, params = {} }: SchemaIssue): Sentence {
  const { expected = "", origin, minimum = 0, maximum = 0, format, values = [] } = params;
  switch (keyword) {
    case "invalid_type": {
      const what = EXPECTED[expected] ?? expected;
      return message.endsWith("received undefined")
        ? sentence`This is missing: ${what} is expected.`
        : sentence`Expected was ${what}.`;
    }
    case "too_small":
      if (origin === "string" && minimum === 1) return sentence`This may not be empty.`;
      if (origin === "string") return sentence`At least ${minimum} characters are expected.`;
      return origin === "array" ? sentence`At least ${minimum} are expected.` : sentence`The least is ${minimum}.`;
    case "too_big":
      if (origin === "string") return sentence`At most ${maximum} characters are allowed.`;
      return origin === "array" ? sentence`At most ${maximum} are allowed.` : sentence`The most is ${maximum}.`;
    case "invalid_value":
      return sentence`Expected was one of ${values.map(String).join(", ")}.`;
    case "invalid_format":
      if (format === "uuid") return sentence`Invalid UUID.`;
      if (format === "email") return sentence`This is no mail address.`;
      if (format === "datetime") return sentence`This is no moment, as 2024-05-01T12:00:00Z.`;
      return sentence`${asSentence(message)}.`;
    case "invalid_union":
      return sentence`This does not suit here.`;
    default:
      return sentence`${asSentence(message)}.`;
  }
}
