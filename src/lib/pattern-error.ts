// A pattern that people typed is wrong at one of its characters.
import { WaybillError } from "./errors.ts";
import type { Sentence, Words } from "./sentence.ts";

/** Callers that know where the pattern stands put its JSON pointer before `message`, `hint` and `index`. */
export class PatternError extends WaybillError {
  /** The character that is wrong, in UTF-16 units from 0; where the pattern ends too early, its length. */
  readonly index: number;
  override readonly words: Words;

  constructor(code: string, index: number, detail: Sentence, hint?: Sentence) {
    super("usage", code, detail, { hint });
    this.name = "PatternError";
    this.index = index;
    this.words = { detail, ...(hint === undefined ? {} : { hint }) };
  }
}
