// Patterns of `$regex`: a common subset, checked and printed in a notation that every engine reads alike.
import { inputError } from "../lib/errors.ts";
import { sentence, type Sentence } from "../lib/sentence.ts";

/** Most characters in a pattern as it is typed. */
const MAX_LENGTH = 255;
/** Most repetitions that `{m,n}` may ask for (PostgreSQL's own limit). */
const MAX_REPEAT = 255;
/** Most characters that a pattern may stand for with its repetitions written out. */
const MAX_SIZE = 10_000;
/** Ranges with `$options: "i"` are taken apart, so they must be small. */
const MAX_FOLDED_RANGE = 2_000;

type Range = readonly [from: number, to: number];

const DIGITS: readonly Range[] = [[0x30, 0x39]];
const WORD: readonly Range[] = [...DIGITS, [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]];
const SPACE: readonly Range[] = [
  [0x09, 0x0d],
  [0x20, 0x20],
];
/** `\d`, `\w` and `\s` mean ASCII everywhere; capitals mean everything else. */
const SHORTHANDS: Readonly<Record<string, readonly Range[] | undefined>> = { d: DIGITS, w: WORD, s: SPACE };
const CONTROLS: Readonly<Record<string, string | undefined>> = { n: "\n", r: "\r", t: "\t" };

/**
 * Checks a pattern of the subset: literals, classes, `. * + ? {m,n} | ( ) ^ $`, `\d \w \s` (ASCII) and their capitals,
 * `\n \r \t`, and a backslash before punctuation. `.` matches every character, `^` and `$` only the ends of the text.
 * @param ignoreCase whether letters match in either case (simple case mapping of Unicode).
 * @returns the pattern as PostgreSQL (ARE), RE2, PCRE and ECMAScript (flags `s`, `u`) read it with one meaning
 * @throws inputError `pattern-not-suited`
 */
export function normalizePattern(text: string, ignoreCase: boolean, pointer: string): string {
  return new PatternParser(text, ignoreCase, pointer).parse();
}

/** A pattern that matches exactly this text, in either case. */
export function literalPattern(text: string): string {
  return [...text].map((character) => printClass(fold([rangeOf(character)]), false)).join("");
}

/** A part of a pattern: how it is printed, and for how many characters it stands. */
interface Part {
  readonly text: string;
  readonly size: number;
}

class PatternParser {
  readonly #characters: readonly string[];
  readonly #ignoreCase: boolean;
  readonly #pointer: string;
  #at = 0;

  constructor(text: string, ignoreCase: boolean, pointer: string) {
    this.#characters = [...text];
    this.#ignoreCase = ignoreCase;
    this.#pointer = pointer;
    if (this.#characters.length > MAX_LENGTH) {
      throw inputError(
        "pattern-not-suited",
        pointer,
        sentence`The pattern has ${this.#characters.length} characters; at most ${MAX_LENGTH} are allowed.`,
      );
    }
  }

  parse(): string {
    const { text } = this.#alternatives();
    if (this.#peek() === ")") throw this.#wrong(sentence`has a ) without its (`);
    return text;
  }

  #alternatives(): Part {
    const branches = [this.#sequence()];
    while (this.#take("|")) branches.push(this.#sequence());
    return this.#sized(branches.map((it) => it.text).join("|"), sum(branches));
  }

  #sequence(): Part {
    const parts: Part[] = [];
    for (let next = this.#peek(); next !== undefined && next !== "|" && next !== ")"; next = this.#peek()) {
      parts.push(this.#repeated());
    }
    return this.#sized(parts.map((it) => it.text).join(""), sum(parts));
  }

  #repeated(): Part {
    const anchor = this.#take("^") ? "^" : this.#take("$") ? "$" : null;
    const part = anchor === null ? this.#atom() : { text: anchor, size: 1 };
    const repeat = this.#repeat();
    if (repeat === null) return part;
    if (anchor !== null) throw this.#wrong(sentence`repeats ${anchor}, which stands for no character`);
    if (this.#repeat() !== null) throw this.#wrong(sentence`has two repetitions in a row`);
    return this.#sized(part.text + repeat.text, part.size * repeat.most);
  }

  #repeat(): { text: string; most: number } | null {
    for (const sign of ["*", "+", "?"]) if (this.#take(sign)) return { text: sign, most: 1 };
    if (this.#peek() !== "{") return null;
    const rest = this.#characters.slice(this.#at).join("");
    const braces = /^\{(\d{1,4})(,(\d{0,4}))?\}/.exec(rest);
    if (braces === null) throw this.#wrong(sentence`has a { that is no repetition; write \\{ for the character`);
    const [text, from = "0", comma, to = ""] = braces;
    const least = Number(from);
    const most = comma === undefined ? least : to === "" ? Math.max(least, 1) : Number(to);
    if (most > MAX_REPEAT || least > most) {
      throw this.#wrong(sentence`has the repetition ${text}; its numbers must rise and be at most ${MAX_REPEAT}`);
    }
    this.#at += text.length;
    return {
      text: comma === undefined ? `{${least}}` : `{${least},${to === "" ? "" : most}}`,
      most: Math.max(most, 1),
    };
  }

  #atom(): Part {
    const character = this.#next();
    switch (character) {
      case ".":
        return { text: ".", size: 1 };
      case "(":
        return this.#group();
      case "[":
        return { text: this.#class(), size: 1 };
      case "\\":
        return { text: this.#escape(), size: 1 };
      case "*":
      case "+":
      case "?":
      case "{":
        throw this.#wrong(sentence`repeats nothing with ${character}; write \\${character} for the character`);
      case "]":
      case "}":
        throw this.#wrong(sentence`has a ${character} on its own; write \\${character} for the character`);
      default:
        return { text: this.#print([rangeOf(character)], false), size: 1 };
    }
  }

  #group(): Part {
    if (this.#take("?") && !this.#take(":")) throw this.#wrong(sentence`has a group that begins with (? and is no (?:`);
    const inner = this.#alternatives();
    if (!this.#take(")")) throw this.#wrong(sentence`has a ( without its )`);
    return { text: `(?:${inner.text})`, size: inner.size };
  }

  #escape(): string {
    const shorthand = this.#shorthand();
    if (shorthand !== null) return this.#print(shorthand.ranges, shorthand.negated);
    return this.#print([rangeOf(this.#escaped())], false);
  }

  /** What follows a backslash, when it is \d, \w, \s or one of their capitals. */
  #shorthand(): { ranges: readonly Range[]; negated: boolean } | null {
    const letter = this.#peek() ?? "";
    const ranges = SHORTHANDS[letter.toLowerCase()];
    if (ranges === undefined) return null;
    this.#at++;
    return { ranges, negated: letter !== letter.toLowerCase() };
  }

  /** The character that a backslash and what follows it stand for. */
  #escaped(): string {
    const character = this.#peek();
    if (character === undefined) throw this.#wrong(sentence`ends with a backslash`);
    this.#at++;
    const control = CONTROLS[character];
    if (control !== undefined) return control;
    if (/[A-Za-z0-9]/.test(character)) throw this.#wrong(sentence`has \\${character}, which is outside of the subset`);
    return character;
  }

  #class(): string {
    const negated = this.#take("^");
    const ranges: Range[] = [];
    do {
      const from = this.#classItem(ranges);
      if (from === null || this.#peek() !== "-" || this.#characters[this.#at + 1] === "]") {
        if (from !== null) ranges.push(rangeOf(from));
        continue;
      }
      this.#at++;
      const to = this.#classItem(null);
      const range: Range = [from.codePointAt(0)!, to!.codePointAt(0)!];
      if (range[0] > range[1]) throw this.#wrong(sentence`has the range ${from}-${to!}, which runs backwards`);
      ranges.push(range);
    } while (this.#peek() !== "]");
    this.#at++;
    return this.#print(ranges, negated);
  }

  /** One character of a class, or null after adding a shorthand's ranges to `ranges`. */
  #classItem(ranges: Range[] | null): string | null {
    const character = this.#peek();
    if (character === undefined) throw this.#wrong(sentence`has a [ without its ]`);
    this.#at++;
    if (character === "]") throw this.#wrong(sentence`has an empty class; write \\] for the character`);
    if (character === "[") throw this.#wrong(sentence`has a [ inside of a class; write \\[ for the character`);
    if (character !== "\\") return character;
    const shorthand = this.#shorthand();
    if (shorthand === null) return this.#escaped();
    if (shorthand.negated || ranges === null)
      throw this.#wrong(sentence`has a class inside of a class where none may be`);
    ranges.push(...shorthand.ranges);
    return null;
  }

  #print(ranges: readonly Range[], negated: boolean): string {
    if (!this.#ignoreCase) return printClass(ranges, negated);
    if (ranges.some(([from, to]) => to - from > MAX_FOLDED_RANGE)) {
      throw this.#wrong(
        sentence`has a range of more than ${MAX_FOLDED_RANGE} characters, which $options "i" does not take`,
      );
    }
    return printClass(fold(ranges), negated);
  }

  #sized(text: string, size: number): Part {
    if (size > MAX_SIZE) throw this.#wrong(sentence`repeats too much`);
    return { text, size };
  }

  #peek(): string | undefined {
    return this.#characters[this.#at];
  }

  #next(): string {
    return this.#characters[this.#at++]!;
  }

  #take(character: string): boolean {
    if (this.#peek() !== character) return false;
    this.#at++;
    return true;
  }

  #wrong(what: Sentence): Error {
    return inputError(
      "pattern-not-suited",
      this.#pointer,
      sentence`The pattern ${what} (near character ${this.#at}).`,
      sentence`Patterns may use literals, classes, . * + ? {m,n} | ( ) ^ $ and \\d \\w \\s.`,
    );
  }
}

function sum(parts: readonly Part[]): number {
  return parts.reduce((total, { size }) => total + size, 0);
}

function rangeOf(character: string): Range {
  const point = character.codePointAt(0)!;
  return [point, point];
}

/** The ranges with the other cases of their letters. */
function fold(ranges: readonly Range[]): readonly Range[] {
  const folded: Range[] = [...ranges];
  for (const [from, to] of ranges) {
    for (let point = from; point <= to; point++) {
      const character = String.fromCodePoint(point);
      for (const other of [character.toLowerCase(), character.toUpperCase()]) {
        if (other !== character && [...other].length === 1) folded.push(rangeOf(other));
      }
    }
  }
  return folded;
}

/** Ranges as one literal character or as a class, in order and without overlaps. */
function printClass(ranges: readonly Range[], negated: boolean): string {
  const merged: [number, number][] = [];
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = merged[merged.length - 1];
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  const [only] = merged;
  if (!negated && merged.length === 1 && only![0] === only![1]) return printCharacter(only![0], OUTSIDE);
  const inside = merged.map(([from, to]) => {
    const first = printCharacter(from, INSIDE);
    return from === to ? first : `${first}-${printCharacter(to, INSIDE)}`;
  });
  return `[${negated ? "^" : ""}${inside.join("")}]`;
}

const OUTSIDE = /[\\^$.*+?()[\]{}|]/;
const INSIDE = /[\\\]^[-]/;

function printCharacter(point: number, special: RegExp): string {
  const character = String.fromCodePoint(point);
  return special.test(character) ? `\\${character}` : character;
}
