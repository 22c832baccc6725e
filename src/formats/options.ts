// Options of formats: declared once, checked and converted in one place.
import type { FormatOptions } from "../cells/row-writer.ts";
import { placeAt, usageError } from "../lib/errors.ts";
import { sentence, type Sentence } from "../lib/sentence.ts";
import { suggest } from "../lib/suggest.ts";

/** How an option is written: yes or no, one of some words, one character, or any text. */
export type OptionKind<T> = {
  /** What is expected, in words. */
  readonly expected: Sentence;
  /** The value, or undefined when the input does not suit. */
  readonly read: (input: unknown) => T | undefined;
};

export const yesOrNo: OptionKind<boolean> = {
  expected: sentence`true or false`,
  read: (input) =>
    input === true || input === "true" ? true : input === false || input === "false" ? false : undefined,
};

export function oneOf<const W extends string>(...words: W[]): OptionKind<W> {
  return { expected: sentence`one of ${words.join(", ")}`, read: (input) => words.find((word) => word === input) };
}

/** One character, or its name: tab, comma, semicolon, pipe. It cannot be a quote or a line end. */
export const character: OptionKind<string> = {
  expected: sentence`one character (or tab, comma, semicolon, pipe), not a quote or a line end`,
  read: (input) => {
    if (typeof input !== "string") return undefined;
    const named = NAMED[input] ?? input;
    return [...named].length === 1 && !'"\n\r\0'.includes(named) && named.isWellFormed() ? named : undefined;
  },
};

const NAMED: Readonly<Record<string, string>> = { tab: "\t", "\\t": "\t", comma: ",", semicolon: ";", pipe: "|" };

export const anyText: OptionKind<string> = {
  expected: sentence`text`,
  read: (input) => (typeof input === "string" && input.isWellFormed() ? input : undefined),
};

type Kinds = Readonly<Record<string, OptionKind<unknown>>>;
type Values<K extends Kinds> = { readonly [N in keyof K]?: K[N] extends OptionKind<infer T> ? T : never };

/**
 * Checks options against their declarations.
 * @throws usageError `unknown-option`, `option-not-suited`
 */
export function readOptions<K extends Kinds>(format: string, kinds: K, options: FormatOptions): Values<K> {
  const values: Record<string, unknown> = {};
  for (const [name, input] of Object.entries(options)) {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (kind === undefined) {
      throw usageError("unknown-option", sentence`The format ${format} has no option "${name}".`, {
        hint: Object.keys(kinds).length === 0 ? sentence`It has no options.` : suggest(name, Object.keys(kinds)),
        places: [placeAt(`/options/${name}`, sentence`unknown option`)],
      });
    }
    const value = kind.read(input);
    if (value === undefined) {
      const shown = typeof input === "string" ? `"${input}"` : JSON.stringify(input);
      throw usageError("option-not-suited", sentence`The option ${name} of ${format} cannot be ${shown}.`, {
        hint: sentence`It takes ${kind.expected}.`,
        places: [placeAt(`/options/${name}`, sentence`expected ${kind.expected}`)],
      });
    }
    values[name] = value;
  }
  return values as Values<K>;
}
