// The reader process: node:sqlite cannot be interrupted from its own thread, so it runs where it can be ended.
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { Frame, FRAME_HEADER, type NextRequest } from "../frames.ts";
import { endWithOwner, requestLines, sendFrame, sendJson } from "../reader-side.ts";
import { defineFunctions } from "./functions.ts";
import { type Request, Tag } from "./protocol.ts";

/** A frame of rows is sent when it is about so full. */
const FRAME_SIZE = 1 << 17;
/** Short text is copied letter by letter, which is faster than a call into the runtime. */
const SHORT = 64;

let database: DatabaseSync | null = null;
const streams = new Map<number, { rows: Iterator<unknown>; count: number }>();

let bytes = Buffer.allocUnsafeSlow(FRAME_SIZE * 2);
let view = new DataView(bytes.buffer);
let length = FRAME_HEADER;

endWithOwner();

for (const line of requestLines()) {
  try {
    answer(JSON.parse(line) as Request | NextRequest);
  } catch (error) {
    const { code, errcode, message } = error as { code?: string; errcode?: number; message: string };
    sendJson(Frame.error, { code: errcode ?? code ?? "", message });
  }
}

function answer(request: Request | NextRequest): void {
  switch (request.do) {
    case "open":
      database ??= opened(request.path);
      database.exec("BEGIN");
      // The snapshot is taken by the first read.
      database.prepare("SELECT count(*) FROM sqlite_schema").get();
      sendJson(Frame.result, null);
      return;
    case "rest":
      database?.exec("ROLLBACK");
      sendJson(Frame.result, null);
      return;
    case "all": {
      const statement = prepare(request.sql);
      statement.setReadBigInts(false);
      sendJson(Frame.result, statement.all());
      return;
    }
    case "columns":
      sendJson(
        Frame.result,
        prepare(request.sql)
          .columns()
          .map(({ name, type }) => [name, type]),
      );
      return;
    case "stream": {
      const rows = prepare(request.sql).iterate(...request.values) as Iterator<unknown>;
      streams.set(request.stream, { rows, count: 0 });
      sendJson(Frame.result, null);
      return;
    }
    case "next":
      sendRows(request.stream);
  }
}

/** Nothing can be written through it. */
function opened(path: string): DatabaseSync {
  const its = new DatabaseSync(path, { readOnly: true, enableForeignKeyConstraints: false, timeout: 5000 });
  // What must be sorted may be more than memory holds: SQLite puts it into a temporary file without a name.
  its.exec("PRAGMA query_only = ON; PRAGMA trusted_schema = OFF");
  defineFunctions(its);
  return its;
}

function prepare(sql: string): StatementSync {
  if (database === null) throw new Error("no database is open");
  const statement = database.prepare(sql);
  statement.setReturnArrays(true);
  statement.setReadBigInts(true);
  return statement;
}

function sendRows(id: number): void {
  const stream = streams.get(id);
  if (stream === undefined) throw new Error("no such stream");
  length = FRAME_HEADER;
  while (length < FRAME_SIZE) {
    const next = stream.rows.next();
    if (next.done === true) break;
    stream.count++;
    encodeRow(next.value as readonly unknown[]);
  }
  if (length === FRAME_HEADER) {
    streams.delete(id);
    sendJson(Frame.end, { rows: stream.count });
    return;
  }
  sendFrame(Frame.rows, bytes, length);
}

function encodeRow(row: readonly unknown[]): void {
  const start = length;
  reserve(4 + row.length * 9);
  length += 4;
  for (let c = 0; c < row.length; c++) {
    const value = row[c];
    if (typeof value === "string") encodeText(value, Tag.text);
    else if (value === null) bytes[length++] = Tag.missing;
    else if (typeof value === "bigint") encodeInteger(value);
    else if (typeof value === "number") encodeNumber(Tag.real, value);
    else encodeBlob(value as Uint8Array);
    reserve((row.length - c) * 9);
  }
  view.setUint32(start, length - start - 4, true);
}

function encodeInteger(value: bigint): void {
  const number = Number(value);
  if (Number.isSafeInteger(number)) encodeNumber(Tag.integer, number);
  else encodeText(value.toString(), Tag.digits);
}

function encodeNumber(tag: number, value: number): void {
  bytes[length] = tag;
  view.setFloat64(length + 1, value, true);
  length += 9;
}

function encodeText(value: string, tag: number): void {
  const count = value.length;
  reserve(count * 3 + 5);
  const start = length + 5;
  let end = start;
  if (count < SHORT) {
    let i = 0;
    for (; i < count; i++) {
      const unit = value.charCodeAt(i);
      if (unit > 0x7f) break;
      bytes[start + i] = unit;
    }
    end = i === count ? start + count : start + bytes.write(value, start, "utf8");
  } else {
    end = start + bytes.write(value, start, "utf8");
  }
  bytes[length] = tag;
  view.setUint32(length + 1, end - start, true);
  length = end;
}

function encodeBlob(value: Uint8Array): void {
  reserve(value.length + 5);
  bytes[length] = Tag.blob;
  view.setUint32(length + 1, value.length, true);
  bytes.set(value, length + 5);
  length += value.length + 5;
}

function reserve(count: number): void {
  if (length + count <= bytes.length) return;
  const larger = Buffer.allocUnsafeSlow(Math.max(length + count, bytes.length * 2));
  larger.set(bytes.subarray(0, length));
  bytes = larger;
  view = new DataView(bytes.buffer);
}
