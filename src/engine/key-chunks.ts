// The keys of records as they are kept: thousands of them in the JSON text of an array, written without an object a row.
import type { CellBatch } from "../cells/batch.ts";
import { writeJsonString, writeJsonText } from "../cells/json-value.ts";
import { Kind } from "../cells/kinds.ts";
import { Output } from "../cells/output.ts";
import { failure } from "../lib/errors.ts";
import { sentence } from "../lib/sentence.ts";
import type { Select } from "../plan/select.ts";
import type { SourceSession } from "../sources/source.ts";

/** Some keys, in order. */
export interface KeyChunk {
  readonly count: number;
  /** The JSON text of an array of the keys' texts (`lib/record-key.ts`). */
  readonly json: string;
}

const OPEN = 0x5b;
const CLOSE = 0x5d;
const COMMA = 0x2c;

/**
 * The keys that a select gives (`plan/keys.ts`), so many a chunk; the last may have fewer, none has none.
 * @throws failure of the source, `key-missing`, `rows-lost`
 */
export async function* keyChunks(session: SourceSession, select: Select, size: number): AsyncGenerator<KeyChunk> {
  const stream = session.stream(select);
  const out = new Output();
  const write = select.columns.length === 1 ? writeSingle : writeCompound();
  let rows = 0;
  let count = 0;
  const taken = (): KeyChunk => {
    out.bytes[out.length - 1] = CLOSE;
    const json = out.textFrom(0);
    const chunk = { count, json };
    out.length = 0;
    count = 0;
    return chunk;
  };
  for (let batch = await stream.next(); batch !== null; batch = await stream.next()) {
    rows += batch.rows;
    for (let row = 0; row < batch.rows; row++) {
      out.reserve(1);
      if (count === 0) out.bytes[out.length++] = OPEN;
      write(batch, row, out);
      out.reserve(1);
      out.bytes[out.length++] = COMMA;
      if (++count === size) yield taken();
    }
  }
  if (stream.rowsSent !== rows) {
    throw failure("rows-lost", sentence`The source counts ${stream.rowsSent} records, but ${rows} arrived.`, {
      hint: sentence`Try again; nothing was kept.`,
    });
  }
  if (count > 0) yield taken();
}

function writeSingle(batch: CellBatch, row: number, out: Output): void {
  const i = row * batch.width;
  if (batch.kind[i] === Kind.missing) throw keyMissing();
  writeJsonText(batch, i, null, out);
}

/** A key of several columns is the text of an array, and that a JSON string again. */
function writeCompound(): (batch: CellBatch, row: number, out: Output) => void {
  const text = new Output(256);
  return (batch, row, out) => {
    text.length = 0;
    for (let n = 0; n < batch.width; n++) {
      const i = row * batch.width + n;
      if (batch.kind[i] === Kind.missing) throw keyMissing();
      text.reserve(1);
      text.bytes[text.length++] = n === 0 ? OPEN : COMMA;
      writeJsonText(batch, i, null, text);
    }
    text.reserve(1);
    text.bytes[text.length++] = CLOSE;
    writeJsonString(text.bytes, 0, text.length, out);
  };
}

function keyMissing(): Error {
  return failure(
    "key-missing",
    sentence`Some of the records have no value in their key, so that nothing can name them.`,
    {
      hint: sentence`Leave them out by a filter, or give the object type another key.`,
    },
  );
}
