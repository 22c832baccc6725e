// The thread that reads CSV: it looks at all values of a file, or gives its rows as cells in memory that is shared.
import { basename } from "node:path";
import { parentPort } from "node:worker_threads";
import { CellBatch } from "../../../cells/batch.ts";
import { cellsOf } from "./cells.ts";
import { FactsFinder } from "./column-facts.ts";
import type { Packed } from "../unpack.ts";
import { openContent } from "./content.ts";
import { type CsvAnswer, type CsvRequest, SLOTS, type Where } from "./protocol.ts";
import { records, type Slot } from "./records.ts";
import { RisingFinder } from "./rising.ts";
import { CsvError, CsvScanner } from "./scanner.ts";

/** The memory that is free, and who waits for some. */
const free: SharedSlot[] = [];
const slots: SharedSlot[] = [];
let wanted: ((slot: SharedSlot) => void) | null = null;

parentPort!.on("message", (request: CsvRequest) => {
  if (request.do === "reuse") giveBack(slots[request.slot]!);
  else void answer(request);
});

function say(what: CsvAnswer): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is of windows, and this is a thread
  parentPort!.postMessage(what);
}

async function answer(request: Exclude<CsvRequest, { do: "reuse" }>): Promise<void> {
  const content = openContent(request.file, request.part.from);
  try {
    const scanner = new CsvScanner(request.dialect, request.width);
    if (request.do === "look") {
      const slot = new OwnSlot(request.width);
      const columns = Array.from({ length: request.width }, () => new FactsFinder());
      const rising = new RisingFinder();
      const batches = records(content, scanner, request.part, () => slot);
      for (;;) {
        const { done, value } = await batches.next();
        if (done === true) {
          say({ is: "facts", facts: { rows: rising.rows, columns, rising, joins: value } });
          return;
        }
        for (const [c, column] of columns.entries()) column.add(value.batch, c);
        rising.add(value.batch);
      }
    }
    slots.length = free.length = 0;
    const makers = request.natives.flatMap((native, c) => (native === null ? [] : [cellsOf(c, native)]));
    let rows = 0;
    for await (const slot of records(content, scanner, request.part, () => nextSlot(request.width))) {
      const { batch } = slot;
      if (request.limit !== null && rows + batch.rows > request.limit) batch.rows = request.limit - rows;
      for (const make of makers) make(batch);
      rows += batch.rows;
      if (batch.rows > 0) say({ is: "rows", slot: slot.number, rows: batch.rows, memory: slot.news() });
      if (rows === request.limit) break;
    }
    say({ is: "end", rows });
  } catch (error) {
    say({ is: "error", message: await messageOf(error, request) });
  } finally {
    content.close();
  }
}

async function messageOf(error: unknown, { file, dialect }: Where): Promise<string> {
  if (!(error instanceof CsvError)) return (error as Error).message;
  return `line ${await lineAt(file, error.at, dialect.lineEnd)} of ${basename(file.path)}: ${error.message}`;
}

/** The number of the line that begins at a place of the content, counted from 1. */
async function lineAt(file: Packed, place: number, lineEnd: string): Promise<number> {
  const content = openContent(file, 0);
  const bytes = Buffer.alloc(1 << 16);
  const last = lineEnd.charCodeAt(lineEnd.length - 1);
  let line = 1;
  for (let at = 0; at < place;) {
    const count = await content.read(bytes, 0, Math.min(bytes.length, place - at));
    if (count === 0) break;
    for (let n = bytes.indexOf(last); n >= 0 && n < count; n = bytes.indexOf(last, n + 1)) line++;
    at += count;
  }
  content.close();
  return line;
}

/** Memory that nobody else sees. */
class OwnSlot implements Slot {
  readonly batch: CellBatch;

  constructor(width: number) {
    this.batch = new CellBatch(width);
  }

  grow(size: number): void {
    this.batch.bytes = new Uint8Array(size);
  }
}

/** Memory that our program sees too. */
class SharedSlot implements Slot {
  readonly number: number;
  readonly batch: CellBatch;
  readonly #cells: SharedArrayBuffer;
  #bytes = new SharedArrayBuffer(0);
  #isNew = true;

  constructor(number: number, width: number) {
    this.number = number;
    this.#cells = new SharedArrayBuffer(CellBatch.sizeOf(width));
    this.batch = new CellBatch(width, undefined, this.#cells);
  }

  grow(size: number): void {
    this.#bytes = new SharedArrayBuffer(size);
    this.batch.bytes = new Uint8Array(this.#bytes);
    this.#isNew = true;
  }

  /** What our program does not know yet. */
  news(): { readonly cells: SharedArrayBuffer; readonly bytes: SharedArrayBuffer } | null {
    const isNew = this.#isNew;
    this.#isNew = false;
    return isNew ? { cells: this.#cells, bytes: this.#bytes } : null;
  }
}

function nextSlot(width: number): SharedSlot | Promise<SharedSlot> {
  const one = free.pop();
  if (one !== undefined) return one;
  if (slots.length < SLOTS) {
    const made = new SharedSlot(slots.length, width);
    slots.push(made);
    return made;
  }
  return new Promise((resolve) => {
    wanted = resolve;
  });
}

function giveBack(slot: SharedSlot): void {
  if (wanted === null) {
    free.push(slot);
    return;
  }
  wanted(slot);
  wanted = null;
}
