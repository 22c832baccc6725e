// Text of others made fit to be shown: lines, and every character either visible or known to have no look.
import type { FaceChain } from "./fonts.ts";

/** What ends a line in text (UAX 14, class BK and its kin). */
const LINE_END = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/;

/**
 * Characters that have no look and may stand in honest text: they join, part or mark the direction of what is beside
 * them. Those that turn the order of a whole passage (U+202A to U+202E, U+2066 to U+2069) are shown as their codes.
 */
const WITHOUT_LOOK = /[\u00ad\u061c\u200b-\u200f\u2060\ufeff]|\u034f|\p{Variation_Selector}/u;

/** Control characters, unpaired surrogates, and what else must not act on its surroundings. */
const TO_BE_SHOWN = /[\p{Cc}\p{Cs}\u202a-\u202e\u2061-\u206f\ufff0-\ufffb\u{e0000}-\u{e007f}]/u;

export function linesOf(text: string): readonly string[] {
  return text.split(LINE_END);
}

/** A line with its tabs widened, and `[U+1F600]` in the place of each character that no font has or that is a trick. */
export function visible(line: string, chain: FaceChain): string {
  let out = "";
  for (const character of line) {
    if (character === "\t") out += "    ";
    else if (WITHOUT_LOOK.test(character)) out += character;
    else if (!TO_BE_SHOWN.test(character) && chain.some((face) => face.has(character.codePointAt(0)!)))
      out += character;
    else out += `[U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}]`;
  }
  return out;
}
