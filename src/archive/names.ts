// Names of files inside of archives: safe on every file system, and no two alike on any of them.

/** Bytes of UTF-8 that common file systems allow in one name. */
const MAX_BYTES = 255;

/** What Windows and POSIX reserve in names, controls, line separators, and marks that turn the direction of text. */
const RESERVED = /[\p{Cc}\p{Zl}\p{Zp}<>:"/\\|?*\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** Devices of Windows, with whatever follows them after a dot ("Naming Files, Paths, and Namespaces"). */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\.|$)/i;

/**
 * A text as the name of a file or folder: it cannot leave its folder, means the same on Linux, macOS and Windows, has
 * at most 255 bytes and keeps its extension.
 * @param extension without the dot; empty for none
 */
export function safeName(text: string, extension = ""): string {
  return numberedName(text, 1, extension);
}

/** The same with a number, from 2 on, that stays when the name is cut: `scan (2).pdf`. */
export function numberedName(text: string, number: number, extension = ""): string {
  const suffix = extension === "" ? "" : `.${extension}`;
  return assembled(stemOf(text), number === 1 ? "" : ` (${number})`, suffix);
}

/** Gives names that are safe and differ even where case and composition of letters do not count. */
export class NamesInFolder {
  readonly #taken = new Set<string>();

  /** @param reserved names that are taken already. */
  constructor(reserved: readonly string[] = []) {
    for (const name of reserved) this.#taken.add(folded(name));
  }

  /** A name like the text that is still free: `samples.csv`, then `samples (2).csv`. */
  take(text: string, extension = ""): string {
    const suffix = extension === "" ? "" : `.${extension}`;
    const stem = stemOf(text);
    let name = assembled(stem, "", suffix);
    for (let n = 2; this.#taken.has(folded(name)); n++) name = assembled(stem, ` (${n})`, suffix);
    this.#taken.add(folded(name));
    return name;
  }
}

/** The name as file systems compare it that mind neither case nor composition (APFS, NTFS): rather too strict. */
export function folded(name: string): string {
  return name.normalize("NFKD").toUpperCase().toLowerCase().normalize("NFKC");
}

function stemOf(text: string): string {
  const clean = text.toWellFormed().normalize("NFC").replace(RESERVED, "_").replace(/^ +/, "");
  // A leading dot hides a file, and a Data Package allows neither it nor a leading tilde in a path.
  return clean === "" || /^[.~]/.test(clean) ? `_${clean}` : clean;
}

/** Stem, counter and suffix within the limit; the stem gives way. */
function assembled(stem: string, counter: string, suffix: string): string {
  const room = MAX_BYTES - 1 - Buffer.byteLength(counter) - Buffer.byteLength(suffix);
  // Windows drops dots and spaces at the end.
  const whole = `${cut(stem, room)}${counter}${suffix}`.replace(/[. ]+$/, "_");
  return DEVICE.test(whole) ? `_${whole}` : whole;
}

/** As many whole characters as fit into so many bytes. */
function cut(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  let size = 0;
  let end = 0;
  for (const { segment } of new Intl.Segmenter("en").segment(text)) {
    size += Buffer.byteLength(segment);
    if (size > bytes) break;
    end += segment.length;
  }
  return text.slice(0, end);
}
