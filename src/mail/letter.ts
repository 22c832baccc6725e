// What a mail says, before it is text or HTML.
import type { Language } from "../lib/language.ts";

/** In plain text: nothing in it is markup. */
export interface Letter {
  /** `Message.id` */
  readonly id?: string;
  readonly language: Language;
  readonly subject: string;
  /** In whose name it is written: the org's, usually. */
  readonly head: string;
  readonly greeting?: string;
  /** What it is about, in a sentence. */
  readonly lead: string;
  readonly facts?: readonly Fact[];
  /** What can be done, most likely first. */
  readonly actions: readonly Action[];
  /** Paragraphs. */
  readonly after: readonly string[];
  /** Lines of a program, as they are. */
  readonly code?: string;
  /** Why one gets it. */
  readonly foot?: string;
}

export interface Fact {
  readonly name: string;
  readonly value: string;
}

export interface Action {
  readonly name: string;
  /** An address of `http:` or `https:`. */
  readonly link: string;
}
