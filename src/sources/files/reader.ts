// The process that runs DuckDB: a crash, or memory that runs out, takes nothing else along, and it can be ended at once.
import duckdb, {
  type Connection,
  type Database,
  type DataChunk,
  type Result,
  type Vector,
} from "@duckdb/node-bindings";
import { isJson } from "../../cells/json-text.ts";
import { Frame, FRAME_HEADER, type NextRequest } from "../frames.ts";
import { endWithOwner, requestLines, sendFrameBehind, sendJson, sent } from "../reader-side.ts";
import { defineFunctions } from "./functions.ts";
import {
  CHUNK_HEADER,
  COLUMN_HEADER,
  digitsRoom,
  INLINE,
  type Request,
  Type,
  TYPE_SIZE,
  type WireType,
} from "./protocol.ts";

type StreamRequest = Extract<Request, { do: "stream" }>;

/** A SELECT that is running, on a connection of its own. */
interface Stream {
  readonly own: Connection;
  readonly result: Result;
  readonly types: readonly WireType[];
  /** The next chunk: DuckDB makes it in a thread of its own while this one sends rows; null before it is asked for. */
  ahead: Promise<DataChunk | null> | null;
  count: number;
}

/** Pointers that lie so close can be read at once: what is between is on the same pages, or on pages between them. */
const PAGE = 4096;
/** Chunks whose memory may wait for the garbage collector, which does not see how much it is. */
const CHUNKS_KEPT = 16;
/** So many streams are made fast; those of more are just as good. */
const CONNECTIONS = 4;
/** A frame of rows is sent when it is about so full. */
const FRAME_SIZE = 1 << 19;

let database: Database | null = null;
let connection: Connection | null = null;
const connections: Connection[] = [];
const streams = new Map<number, Stream>();

let bytes = Buffer.allocUnsafeSlow(FRAME_SIZE * 2);
/** What is sent while `bytes` is filled. */
let behind = Buffer.allocUnsafeSlow(FRAME_SIZE * 2);
let length = 0;
let chunks = 0;

endWithOwner();

for (const line of requestLines()) {
  try {
    await answer(JSON.parse(line) as Request | NextRequest);
  } catch (error) {
    await reply(Frame.error, { code: "", message: (error as Error).message });
  }
}

async function answer(request: Request | NextRequest): Promise<void> {
  switch (request.do) {
    case "open":
      await open(request.paths, request.memory);
      await reply(Frame.result, null);
      return;
    case "lock":
      await lock();
      await reply(Frame.result, null);
      return;
    case "run":
      await duckdb.query(connection!, request.sql);
      await reply(Frame.result, null);
      return;
    case "stream": {
      const stream = await begin(request);
      streams.set(request.stream, stream);
      await reply(Frame.result, stream.types);
      return;
    }
    case "next":
      await sendRows(request.stream);
  }
}

/** Nothing is read but the files named, nothing is written, nothing is loaded; after `lock` no query can change that. */
async function open(paths: readonly string[], memory: string): Promise<void> {
  const config = duckdb.create_config();
  const settings = {
    threads: "2",
    memory_limit: memory,
    // Plain text must touch no disk: DuckDB's encryption of temporary files needs an extension from the network.
    temp_directory: "",
    enable_external_file_cache: "false",
    autoload_known_extensions: "false",
    autoinstall_known_extensions: "false",
    allow_community_extensions: "false",
    allow_persistent_secrets: "false",
  };
  for (const [name, value] of Object.entries(settings)) duckdb.set_config(config, name, value);
  database = await duckdb.open(":memory:", config);
  connection = await duckdb.connect(database);
  defineFunctions(connection);
  const list = paths.map((path) => `'${path.replaceAll("'", "''")}'`).join(", ");
  for (const sql of [
    "SET GLOBAL TimeZone = 'UTC'",
    // Missing values last, and first where it goes down: also of columns that a join may leave without a row.
    "SET GLOBAL default_null_order = 'nulls_last_on_asc_first_on_desc'",
    `SET GLOBAL allowed_paths = [${list}]`,
    "SET GLOBAL enable_external_access = false",
  ]) {
    await duckdb.query(connection, sql);
  }
}

/** From here on no query can change a setting. */
async function lock(): Promise<void> {
  // This is a setting of connections, so those that will want it are made now: DuckDB is to make one chunk while the one
  // before is sent, and not several of them and then wait.
  for (let n = 0; n < CONNECTIONS; n++) {
    const own = await duckdb.connect(database!);
    await duckdb.query(own, "SET streaming_buffer_size = '1KB'");
    connections.push(own);
  }
  // Rows are rendered beside this on the other core. A second thread would need more memory and be of little use.
  await duckdb.query(connection!, "SET GLOBAL threads = 1");
  await duckdb.query(connection!, "SET GLOBAL lock_configuration = true");
}

/** Begins a statement, which must be one SELECT. */
async function begin({ sql, json, stream }: StreamRequest): Promise<Stream> {
  const own = (stream >= 0 ? connections.pop() : undefined) ?? (await duckdb.connect(database!));
  const { extracted_statements: statements, statement_count: count } = await duckdb.extract_statements(own, sql);
  if (count === 0) throw new Error(duckdb.extract_statements_error(statements));
  const prepared = count === 1 ? await duckdb.prepare_extracted_statement(own, statements, 0) : null;
  if (prepared === null || duckdb.prepared_statement_type(prepared) !== duckdb.StatementType.SELECT) {
    throw new Error("It is not one SELECT");
  }
  const result = await duckdb.execute_pending(duckdb.pending_prepared_streaming(prepared));
  const types = Array.from({ length: duckdb.column_count(result) }, (_, c) => wireType(result, c, json.includes(c)));
  return { own, result, types, ahead: null, count: 0 };
}

function wireType(result: Result, column: number, json: boolean): WireType {
  const id: number = duckdb.column_type(result, column);
  if (id !== Type.decimal) {
    const size = TYPE_SIZE[id];
    if (size === undefined) throw new Error(`no decoder for columns of type ${id}`);
    return { id, size, scale: 0, json };
  }
  const type = duckdb.column_logical_type(result, column);
  const width = duckdb.decimal_width(type);
  return { id, size: width <= 4 ? 2 : width <= 9 ? 4 : width <= 18 ? 8 : 16, scale: duckdb.decimal_scale(type), json };
}

async function sendRows(id: number): Promise<void> {
  const stream = streams.get(id);
  if (stream === undefined) throw new Error("no such stream");
  length = FRAME_HEADER;
  let room = 0;
  do {
    const chunk = await (stream.ahead ?? duckdb.fetch_chunk(stream.result));
    const rows = chunk === null ? 0 : duckdb.data_chunk_get_size(chunk);
    if (chunk === null || rows === 0) {
      stream.ahead = Promise.resolve(null);
      break;
    }
    stream.ahead = duckdb.fetch_chunk(stream.result);
    stream.ahead.catch(() => {});
    stream.count += rows;
    room += appendChunk(chunk, rows, stream.types);
    if (++chunks % CHUNKS_KEPT === 0) globalThis.gc?.({ type: "minor" });
  } while (!isFull());
  if (length === FRAME_HEADER) {
    streams.delete(id);
    if (id >= 0) connections.push(stream.own);
    await reply(Frame.end, { rows: stream.count });
    return;
  }
  await sendFrameBehind(Frame.rows, bytes, length, room);
  // The owner asks for the next rows while it has some to render: they are made while these are on their way.
  [bytes, behind] = [behind, bytes];
}

async function reply(type: number, payload: unknown): Promise<void> {
  await sent();
  sendJson(type, payload);
}

function isFull(): boolean {
  return length >= FRAME_SIZE;
}

/** Appends a chunk (protocol.ts); gives how much room its digits need. */
function appendChunk(chunk: DataChunk, rows: number, types: readonly WireType[]): number {
  const headers = align(CHUNK_HEADER + types.length * COLUMN_HEADER);
  let room = 0;
  for (const [c, type] of types.entries()) {
    const vector = duckdb.data_chunk_get_vector(chunk, c);
    const validity = duckdb.vector_get_validity(vector, Math.ceil(rows / 64) * 8);
    const hasMissing = validity !== null && validity.length > 0;
    const validAt = hasMissing ? append(validity) : 0;
    const dataAt = appendValues(vector, type, rows, hasMissing ? validity : null);
    const at = headers + CHUNK_HEADER + c * COLUMN_HEADER;
    bytes.writeUInt32LE(dataAt - FRAME_HEADER, at);
    bytes.writeUInt32LE(hasMissing ? validAt - FRAME_HEADER : 0, at + 4);
    bytes.writeUInt32LE(
      type.id === Type.varchar && type.json && isAllJson(dataAt, rows, hasMissing ? validity : null) ? 1 : 0,
      at + 8,
    );
    room += rows * digitsRoom(type);
  }
  bytes.writeUInt32LE(rows, headers);
  bytes.writeUInt32LE(length - FRAME_HEADER, headers + 4);
  return room;
}

/** Whether all values of a column are valid JSON, so that nobody has to look again. */
function isAllJson(at: number, rows: number, validity: Uint8Array | null): boolean {
  for (let row = 0, text = at; row < rows; row++, text += 16) {
    if (validity !== null && (validity[row >> 3]! & (1 << (row & 7))) === 0) continue;
    const count = bytes.readUInt32LE(text);
    const from = count <= INLINE ? text + 4 : FRAME_HEADER + bytes.readUInt32LE(text + 8);
    if (!isJson(bytes, from, from + count)) return false;
  }
  return true;
}

/** Appends a vector's values; gives where they are. */
function appendValues(vector: Vector, type: WireType, rows: number, validity: Uint8Array | null): number {
  const data = duckdb.vector_get_data(vector, rows * type.size);
  const at = append(data);
  if (type.id === Type.varchar || type.id === Type.blob) appendText(data, at, rows, validity);
  return at;
}

/**
 * Appends the text that lies outside of a vector, and writes where to over its pointers. DuckDB has copied it into few
 * pieces of memory, in order, so that pointers that follow each other closely are one piece.
 */
function appendText(data: Uint8Array, at: number, rows: number, validity: Uint8Array | null): void {
  const words = new Uint32Array(data.buffer, data.byteOffset, rows * 4);
  const isLong = (row: number): boolean =>
    words[row * 4]! > INLINE && (validity === null || (validity[row >> 3]! & (1 << (row & 7))) !== 0);
  for (let row = 0; row < rows;) {
    if (!isLong(row)) {
      row++;
      continue;
    }
    const first = row;
    const low = words[row * 4 + 2]!;
    const high = words[row * 4 + 3]!;
    const to = length - FRAME_HEADER;
    let end = low;
    for (; row < rows; row++) {
      if (!isLong(row)) continue;
      const start = words[row * 4 + 2]!;
      if (row > first && (words[row * 4 + 3] !== high || start < end || start - end >= PAGE)) break;
      end = start + words[row * 4]!;
      bytes.writeUInt32LE(to + start - low, at + row * 16 + 8);
      // Past a multiple of 4 GB the next piece begins.
      if (end > 0xffff_ffff) {
        row++;
        break;
      }
    }
    const piece = duckdb.get_data_from_pointer(data.buffer as ArrayBuffer, data.byteOffset + first * 16 + 8, end - low);
    reserve(piece.length);
    bytes.set(piece, length);
    length += piece.length;
  }
}

/** Appends bytes at a multiple of 16; gives where they are. */
function append(part: Uint8Array): number {
  const at = align(part.length);
  bytes.set(part, at);
  return at;
}

/** Makes room for `count` bytes at a multiple of 16 of the frame; gives where they are. */
function align(count: number): number {
  reserve(count + 16);
  const at = FRAME_HEADER + ((length - FRAME_HEADER + 15) & ~15);
  length = at + count;
  return at;
}

function reserve(count: number): void {
  if (length + count <= bytes.length) return;
  const larger = Buffer.allocUnsafeSlow(Math.max(length + count, bytes.length * 2));
  larger.set(bytes.subarray(0, length));
  bytes = larger;
}
