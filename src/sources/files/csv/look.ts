// A look at all values of a CSV file, by two threads where it is large: what its columns hold, and how many rows.
import { open } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { ReaderError } from "../../reader-process.ts";
import type { DataFile } from "../folder.ts";
import { together } from "./column-facts.ts";
import type { Layout } from "./layout.ts";
import type { Facts, Where } from "./protocol.ts";
import { risingTogether } from "./rising.ts";
import type { CsvThreads } from "./thread.ts";

/** Files from this size on are worth a second thread. */
const WORTH_TWO = 16_000_000;
/** A line is to end among so many bytes in the middle of a file. */
const NEIGHBOURHOOD = 1 << 16;

/**
 * Looks at all values.
 * @throws ReaderError where the file cannot be read, naming the line
 */
export async function lookInto(file: DataFile, layout: Layout, threads: CsvThreads): Promise<Facts> {
  const middle = await middleOf(file, layout);
  const { names, delimiter, lineEnd } = layout;
  const where = { file: { path: file.path, compression: file.compression }, width: names.length };
  const look = (from: number, to: number): Promise<Facts> =>
    lookAt({ ...where, dialect: { delimiter, lineEnd }, part: { from, to } }, threads);
  if (middle === null) return look(layout.from, Infinity);
  const rest = look(middle, Infinity);
  // What is wrong behind the middle counts only where it is seen from the beginning too.
  rest.catch(() => {});
  const first = await look(layout.from, middle);
  return first.joins ? both(first, await rest) : first;
}

function both(first: Facts, rest: Facts): Facts {
  return {
    rows: first.rows + rest.rows,
    columns: first.columns.map((column, c) => together(column, rest.columns[c]!)),
    rising: risingTogether(first.rising, rest.rising),
    joins: rest.joins,
  };
}

async function lookAt(where: Where, threads: CsvThreads): Promise<Facts> {
  const thread = threads.take();
  let usable = false;
  try {
    thread.ask({ do: "look", ...where });
    const answer = await thread.answer();
    if (answer.is !== "facts") throw new ReaderError("", "the thread that reads CSV gave no facts");
    usable = true;
    return answer.facts;
  } finally {
    threads.giveBack(thread, usable);
  }
}

/** Where a line begins in the middle of a large file, unless it is in quotes; null where the file is not to be parted. */
async function middleOf({ path, compression, size }: DataFile, { from, lineEnd }: Layout): Promise<number | null> {
  if (compression !== "none" || size < WORTH_TWO || availableParallelism() < 2) return null;
  const file = await open(path);
  try {
    const middle = from + Math.floor((size - from) / 2);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(NEIGHBOURHOOD), 0, NEIGHBOURHOOD, middle);
    const at = buffer.subarray(0, bytesRead).indexOf(lineEnd);
    return at < 0 || middle + at + lineEnd.length >= size ? null : middle + at + lineEnd.length;
  } finally {
    await file.close();
  }
}
