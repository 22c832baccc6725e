// What texts of the service say, for whoever says it in another language.
import * as z from "zod";
import type { Sentence, SentenceValue, Words } from "../../lib/sentence.ts";
import { named } from "./named.ts";

const sentence: z.ZodType<Sentence> = named(
  "Sentence",
  z.object({
    text: z.string().describe("English, with {1}, {2} … for the values."),
    values: z.array(z.union([z.string(), z.number(), z.lazy((): z.ZodType<SentenceValue> => sentence)])),
  }),
);

export const words: z.ZodType<Words> = named(
  "Words",
  z
    .object({ detail: sentence, hint: sentence.optional() })
    .describe("What `detail` and `hint` are made of, for other languages. The texts may change between versions."),
);
