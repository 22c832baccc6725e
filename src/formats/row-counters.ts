// Row counters for the text formats.
import type { RowCounter, SheetCounter } from "../cells/row-counter.ts";

const LF = 0x0a;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACE = 0x7d;
const CLOSE_BRACKET = 0x5d;
const LESS = 0x3c;
const GREATER = 0x3e;
const SLASH = 0x2f;
const QUESTION = 0x3f;
const EXCLAMATION = 0x21;

/** Lines of delimited text, those within quotes aside (RFC 4180), less the header's. */
export class DelimitedCounter implements RowCounter {
  readonly #header: boolean;
  #quoted = false;
  #lines = 0;
  #last = LF;

  constructor(header: boolean) {
    this.#header = header;
  }

  add(chunk: Uint8Array): void {
    let quoted = this.#quoted;
    let lines = 0;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]!;
      if (byte === QUOTE) quoted = !quoted;
      else if (byte === LF && !quoted) lines++;
    }
    this.#quoted = quoted;
    this.#lines += lines;
    this.#last = chunk.at(-1) ?? this.#last;
  }

  rows(): number {
    if (this.#quoted) throw new Error("it ends within quotes");
    if (this.#last !== LF) throw new Error("its last line has no end");
    if (this.#header && this.#lines === 0) throw new Error("it has no header");
    return this.#header ? this.#lines - 1 : this.#lines;
  }
}

/** Lines, each a record (NDJSON). */
export class LineCounter implements RowCounter {
  #lines = 0;
  #last = LF;

  add(chunk: Uint8Array): void {
    for (let i = 0; i < chunk.length; i++) if (chunk[i] === LF) this.#lines++;
    this.#last = chunk.at(-1) ?? this.#last;
  }

  rows(): number {
    if (this.#last !== LF) throw new Error("its last line has no end");
    return this.#lines;
  }
}

/** Elements of one JSON array (RFC 8259) that are objects, or arrays after a first one that is the header. */
export class JsonArrayCounter implements RowCounter {
  readonly #header: boolean;
  #depth = 0;
  #inString = false;
  #escaped = false;
  #elements = 0;
  #arrays = 0;

  constructor(header: boolean) {
    this.#header = header;
  }

  add(chunk: Uint8Array): void {
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]!;
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (byte === BACKSLASH) this.#escaped = true;
        else if (byte === QUOTE) this.#inString = false;
      } else if (byte === QUOTE) {
        this.#inString = true;
      } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        if (this.#depth === 0) this.#arrays++;
        if (this.#depth === 1) this.#elements++;
        this.#depth++;
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        this.#depth--;
      }
    }
  }

  rows(): number {
    if (this.#depth !== 0 || this.#inString) throw new Error("it ends in the middle of a value");
    if (this.#arrays !== 1) throw new Error("it is not one JSON array");
    if (this.#header && this.#elements === 0) throw new Error("it has no header");
    return this.#header ? this.#elements - 1 : this.#elements;
  }
}

/** Elements right below the root of an XML document (XML 1.0) without comments and CDATA sections. */
export class ElementCounter implements RowCounter {
  #depth = 0;
  #elements = 0;
  #roots = 0;
  /** The byte after `<` tells what a tag is; the byte before `>` whether it closes itself. */
  #kind = 0;
  #before = 0;
  #inTag = false;

  add(chunk: Uint8Array): void {
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]!;
      if (!this.#inTag) {
        if (byte !== LESS) continue;
        this.#inTag = true;
        this.#kind = 0;
        this.#before = 0;
      } else if (byte === GREATER) {
        this.#inTag = false;
        this.#end();
      } else {
        if (this.#kind === 0) this.#kind = byte;
        this.#before = byte;
      }
    }
  }

  #end(): void {
    if (this.#kind === QUESTION || this.#kind === EXCLAMATION) return;
    if (this.#kind === SLASH) {
      this.#depth--;
      return;
    }
    if (this.#depth === 0) this.#roots++;
    if (this.#depth === 1) this.#elements++;
    if (this.#before !== SLASH) this.#depth++;
  }

  rows(): number {
    if (this.#inTag || this.#depth !== 0) throw new Error("it ends within an element");
    if (this.#roots !== 1) throw new Error("it is not one XML document");
    return this.#elements;
  }
}

/** Rows of the sheets in a part of a workbook, whose text is escaped, so that a tag can be nothing else. */
export class SheetRowCounter implements SheetCounter {
  readonly #pattern: RegExp;
  readonly #sheet: string;
  readonly #longest: number;
  readonly #sheets: number[] = [];
  /** The end of the last chunk, where a tag may have begun. */
  #rest = "";

  /**
   * @param sheet the beginning of the tag of a sheet: `<sheetData`
   * @param row that of a row: `<row `
   */
  constructor(sheet: string, row: string) {
    this.#pattern = new RegExp(`${sheet}|${row}`, "g");
    this.#sheet = sheet;
    this.#longest = Math.max(sheet.length, row.length);
  }

  add(chunk: Uint8Array): void {
    const text = this.#rest + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString("latin1");
    let end = 0;
    for (const found of text.matchAll(this.#pattern)) {
      const [tag] = found;
      // The first row is the header.
      if (tag === this.#sheet) this.#sheets.push(-1);
      else if (this.#sheets.length > 0) this.#sheets[this.#sheets.length - 1]!++;
      end = found.index + tag.length;
    }
    this.#rest = text.slice(Math.max(end, text.length - this.#longest + 1));
  }

  sheets(): readonly number[] {
    return this.#sheets;
  }
}
