// Date formats as PHP's date() has them, to Unicode patterns: https://www.php.net/manual/en/datetime.format.php
import { readDatePattern } from "../cells/read-date-pattern.ts";
import { PatternError } from "../lib/pattern-error.ts";
import { sentence, type Sentence } from "../lib/sentence.ts";

const FIELDS = new Map(
  Object.entries({
    d: "dd",
    D: "EEE",
    j: "d",
    l: "EEEE",
    N: "e",
    W: "ww",
    F: "MMMM",
    m: "MM",
    M: "MMM",
    n: "M",
    o: "Y",
    Y: "yyyy",
    y: "yy",
    A: "a",
    g: "h",
    G: "H",
    h: "hh",
    H: "HH",
    i: "mm",
    s: "ss",
    u: "SSSSSS",
    v: "SSS",
    e: "VV",
    O: "xx",
    P: "xxx",
    p: "XXX",
    c: "yyyy-MM-dd'T'HH:mm:ssxxx",
    r: "EEE, dd MMM yyyy HH:mm:ss xx",
  }),
);

/** What Unicode patterns cannot show, and what comes near. */
const REFUSED = new Map<string, readonly [what: Sentence, hint: Sentence]>(
  Object.entries<[Sentence, Sentence]>({
    S: [sentence`the ending of an ordinal (st, nd)`, sentence`Use j alone.`],
    w: [sentence`the weekday counted from Sunday, 0`, sentence`Use N, which counts from Monday, 1.`],
    z: [sentence`the day of the year counted from 0`, sentence`Use the Unicode pattern D, which counts from 1.`],
    t: [sentence`the number of days in the month`, sentence`Leave it out.`],
    L: [sentence`whether it is a leap year`, sentence`Leave it out.`],
    X: [sentence`the year with a sign`, sentence`Use Y.`],
    x: [sentence`the year with a sign from 10000 on`, sentence`Use Y.`],
    a: [sentence`am and pm in small letters`, sentence`Use A.`],
    B: [sentence`Swatch Internet time`, sentence`Use H:i:s.`],
    I: [sentence`whether it is summer time`, sentence`Use P for the offset.`],
    T: [sentence`the abbreviation of the zone`, sentence`Use e for its name, or P for its offset.`],
    Z: [sentence`the offset in seconds`, sentence`Use P, which shows hours and minutes.`],
    U: [sentence`the seconds since 1970`, sentence`Use c.`],
  }),
);

/**
 * The Unicode pattern (docs/date-patterns.md) of a format of PHP's `date()`: `d/m/Y H:i` is `dd/MM/yyyy HH:mm`. Letters
 * that PHP does not know and those behind a backslash are text. Names, which are English in PHP, become those of the
 * export's language, and years before 1 are counted in their era.
 * @throws PatternError `wrong-php-date-pattern`, for what a Unicode pattern cannot show
 */
export function fromPhpPattern(pattern: string): string {
  let unicode = "";
  let text = "";
  for (let at = 0; at < pattern.length; at++) {
    const letter = pattern[at]!;
    const refused = REFUSED.get(letter);
    if (refused !== undefined) {
      const [what, hint] = refused;
      refuse(at, sentence`has ${letter}, ${what}, at character ${at + 1}, which Unicode patterns cannot show`, hint);
    }
    const field = FIELDS.get(letter);
    if (field !== undefined) {
      unicode += quoted(text);
      if (text === "" && unicode.endsWith(field[0]!)) {
        refuse(
          at,
          sentence`has ${letter} at character ${at + 1} right behind a field of its kind`,
          sentence`Put a space between them.`,
        );
      }
      unicode += field;
      text = "";
    } else if (letter === "\\" && at + 1 < pattern.length) {
      text += pattern[++at];
    } else {
      text += letter;
    }
  }
  return unicode + quoted(text);
}

/**
 * Whether a date format is one of PHP and surely none of Unicode: `Y-m-d`, `d/m/Y H:i`, `j F Y`. Both have much in
 * common: `d/M/y` means something in either, and `dd/MM/yyyy` is 0101/MayMay/24242424 in PHP. So true is certain as far
 * as Unicode goes, which refuses the format, and false says nothing. It serves to make a better hint; whoever imports
 * formats must know which kind they are.
 */
export function looksLikePhp(pattern: string): boolean {
  return !isRead(() => readDatePattern(pattern)) && isRead(() => readDatePattern(fromPhpPattern(pattern)));
}

function isRead(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (error instanceof PatternError) return false;
    throw error;
  }
}

/** Text as a Unicode pattern has it: between apostrophes from its first letter to the last, and an apostrophe as two. */
function quoted(text: string): string {
  return text.replaceAll("'", "''").replace(/[A-Za-z](?:.*[A-Za-z])?/s, "'$&'");
}

function refuse(index: number, what: Sentence, hint: Sentence): never {
  throw new PatternError("wrong-php-date-pattern", index, sentence`The PHP date pattern ${what}.`, hint);
}
