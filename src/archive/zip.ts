// A zip file written as a stream (PKWARE APPNOTE 6.3.10): fixed order, fixed times, zip64 only where it is needed.
import { crc32 } from "node:zlib";
import { OutputPair } from "../cells/output.ts";
import { DeflateLanes } from "./deflate-lanes.ts";
import { type ContentFacts, deflated, SEGMENT_SIZE } from "./segments.ts";

/** A file to be packed. */
export interface Entry {
  /** Its path in the archive, with `/` between folders. */
  readonly name: string;
  /** Bytes that are at hand, or chunks that are valid until the next but one is asked for. */
  readonly content: AsyncIterable<Uint8Array> | Uint8Array;
  /** Whether it is compressed by itself, so that doing it again would be in vain. */
  readonly stored?: boolean;
}

/**
 * Thrown by an entry's content when it turns out to be no good: the archive goes on without it.
 *
 * What was written of it by then cannot be taken back, and an archive must not be given up for one file of a hundred
 * thousand. So its bytes stay where they are, between two entries, and the directory, which alone says what is in a zip
 * file, does not know of them; unpackers go by the directory. Those that read a stream from the front must not take the
 * part for the whole: it gets neither the final block of its deflate stream nor a data descriptor, so they find it damaged.
 * Of content that fails before anything of it was written, there is nothing at all.
 *
 * 7-Zip wants the first local header of a file to be one that the directory knows, so content that may be abandoned after
 * it began should not be an archive's first; Info-ZIP, Python and others do not mind.
 */
export class EntryAbandoned extends Error {
  constructor() {
    super("The content of an entry turned out to be no good.");
    this.name = "EntryAbandoned";
  }
}

/** What the directory at the end says of an entry. */
interface Written extends ContentFacts {
  /** Not from the runtime's pool: a few bytes of it would hold 64 KiB until the directory is written. */
  readonly name: Uint8Array;
  readonly offset: number;
  readonly flags: number;
  readonly method: number;
  compressed: number;
}

const encoder = new TextEncoder();

/** 1980-01-01 00:00, the first time that zip can hold. */
const DOS_TIME = 0;
const DOS_DATE = 0x21;
const VERSION = 20;
const VERSION_64 = 45;
/** Names are UTF-8 (bit 11). */
const UTF_8 = 0x0800;
/** Checksum and sizes follow the data (bit 3). */
const SIZES_FOLLOW = 0x0008;
const STORE = 0;
const DEFLATE = 8;
const MAX_32 = 0xffffffff;
const MAX_16 = 0xffff;

/** Told of an entry that was written: its path, and the size of its content. */
export type EntryWritten = (path: string, bytes: number) => void;

/**
 * Entries as one zip file, in constant memory but for their names. A chunk is valid until the next but one is asked for.
 */
export function zipped(
  entries: AsyncIterable<Entry> | Iterable<Entry>,
  onWritten: EntryWritten = () => {},
): AsyncGenerator<Uint8Array> {
  return gathered(pieces(entries, onWritten));
}

/** Pieces below this size are gathered: a hundred thousand small files are not half a million writes. */
const SMALL_PIECE = 1 << 16;

async function* gathered(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const out = new OutputPair();
  // What was passed on as it is must not be overwritten: its maker may be asked once, and then its reader first.
  let passedOn = false;
  for await (const chunk of chunks) {
    const large = chunk.length >= SMALL_PIECE;
    if (large && out.current.length > 0) yield out.turn();
    if (large) yield chunk;
    else out.current.append(chunk);
    if (!large && (passedOn || out.full)) yield out.turn();
    passedOn = large;
  }
  yield out.turn();
}

async function* pieces(
  entries: AsyncIterable<Entry> | Iterable<Entry>,
  onWritten: EntryWritten,
): AsyncGenerator<Uint8Array> {
  const written: Written[] = [];
  using lanes = new DeflateLanes();
  let offset = 0;
  for await (const { name: path, content, stored } of entries) {
    const name = encoder.encode(path);
    if (name.length > MAX_16) throw new RangeError(`A name of ${name.length} bytes does not fit into a zip file.`);
    const method = stored === true ? STORE : DEFLATE;
    let entry: Written;
    // Large content is cut into segments, as a stream is.
    if (content instanceof Uint8Array && (method === STORE || content.length <= SEGMENT_SIZE)) {
      const data = method === STORE ? content : await lanes.deflateWhole(content);
      entry = {
        name,
        offset,
        flags: UTF_8,
        method,
        compressed: data.length,
        crc: crc32(content),
        size: content.length,
      };
      const header = localHeader(entry);
      yield header;
      yield data;
      offset += header.length + data.length;
    } else {
      entry = { name, offset, flags: UTF_8 | SIZES_FOLLOW, method, compressed: 0, crc: 0, size: 0 };
      const header = localHeader(entry);
      const chunks = content instanceof Uint8Array ? inOne(content) : content;
      try {
        for await (const part of method === STORE ? watched(chunks, entry) : deflated(chunks, entry, lanes)) {
          // Only now, as there may be none.
          if (offset === entry.offset) {
            yield header;
            offset += header.length;
          }
          offset += part.length;
          yield part;
        }
      } catch (error) {
        if (error instanceof EntryAbandoned) continue;
        throw error;
      }
      if (offset === entry.offset) {
        yield header;
        offset += header.length;
      }
      entry.compressed = offset - entry.offset - header.length;
      const descriptor = dataDescriptor(entry);
      yield descriptor;
      offset += descriptor.length;
    }
    written.push(entry);
    onWritten(path, entry.size);
  }
  const start = offset;
  for (const entry of written) {
    const header = centralHeader(entry);
    offset += header.length;
    yield header;
  }
  yield endOfDirectory(written.length, start, offset - start);
}

async function* inOne(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}

/** Content as it is, with what zip wants to know of it. */
async function* watched(content: AsyncIterable<Uint8Array>, facts: ContentFacts): AsyncGenerator<Uint8Array> {
  for await (const chunk of content) {
    facts.crc = crc32(chunk, facts.crc);
    facts.size += chunk.length;
    yield chunk;
  }
}

/**
 * Section 4.3.7. There is never a zip64 field: whether the sizes need 8 bytes is not known yet, some readers (Excel,
 * Java) refuse one in vain, and those that read a stream try both lengths of the data descriptor.
 */
function localHeader({ name, flags, method, crc, compressed, size }: Written): Buffer {
  const header = Buffer.alloc(30 + name.length);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(VERSION, 4);
  header.writeUInt16LE(flags, 6);
  header.writeUInt16LE(method, 8);
  header.writeUInt16LE(DOS_TIME, 10);
  header.writeUInt16LE(DOS_DATE, 12);
  header.writeUInt32LE(crc, 14);
  header.writeUInt32LE(compressed, 18);
  header.writeUInt32LE(size, 22);
  header.writeUInt16LE(name.length, 26);
  header.set(name, 30);
  return header;
}

/** Section 4.3.9. */
function dataDescriptor({ crc, compressed, size }: Written): Buffer {
  const large = compressed > MAX_32 || size > MAX_32;
  const descriptor = Buffer.alloc(large ? 24 : 16);
  descriptor.writeUInt32LE(0x08074b50, 0);
  descriptor.writeUInt32LE(crc, 4);
  if (large) {
    descriptor.writeBigUInt64LE(BigInt(compressed), 8);
    descriptor.writeBigUInt64LE(BigInt(size), 16);
  } else {
    descriptor.writeUInt32LE(compressed, 8);
    descriptor.writeUInt32LE(size, 12);
  }
  return descriptor;
}

/** Section 4.3.12, with the zip64 field of section 4.5.3 where a number does not fit. */
function centralHeader({ name, flags, method, crc, compressed, size, offset }: Written): Buffer {
  const large = [size, compressed, offset].filter((value) => value >= MAX_32);
  const extra = large.length === 0 ? 0 : 4 + large.length * 8;
  const version = extra === 0 ? VERSION : VERSION_64;
  const header = Buffer.alloc(46 + name.length + extra);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(version | (3 << 8), 4);
  header.writeUInt16LE(version, 6);
  header.writeUInt16LE(flags, 8);
  header.writeUInt16LE(method, 10);
  header.writeUInt16LE(DOS_TIME, 12);
  header.writeUInt16LE(DOS_DATE, 14);
  header.writeUInt32LE(crc, 16);
  header.writeUInt32LE(Math.min(compressed, MAX_32), 20);
  header.writeUInt32LE(Math.min(size, MAX_32), 24);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt16LE(extra, 30);
  // An ordinary file, readable by all (Unix mode 0644).
  header.writeUInt32LE(0o100644 * 0x10000, 38);
  header.writeUInt32LE(Math.min(offset, MAX_32), 42);
  header.set(name, 46);
  if (extra > 0) {
    let at = 46 + name.length;
    header.writeUInt16LE(1, at);
    header.writeUInt16LE(large.length * 8, at + 2);
    at += 4;
    for (const value of large) at = header.writeBigUInt64LE(BigInt(value), at);
  }
  return header;
}

/** Sections 4.3.14 to 4.3.16. */
function endOfDirectory(count: number, start: number, size: number): Buffer {
  const needs64 = count >= MAX_16 || start >= MAX_32 || size >= MAX_32;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(count, MAX_16), 8);
  end.writeUInt16LE(Math.min(count, MAX_16), 10);
  end.writeUInt32LE(Math.min(size, MAX_32), 12);
  end.writeUInt32LE(Math.min(start, MAX_32), 16);
  if (!needs64) return end;
  const end64 = Buffer.alloc(56 + 20);
  end64.writeUInt32LE(0x06064b50, 0);
  end64.writeBigUInt64LE(44n, 4);
  end64.writeUInt16LE(VERSION_64, 12);
  end64.writeUInt16LE(VERSION_64, 14);
  end64.writeBigUInt64LE(BigInt(count), 24);
  end64.writeBigUInt64LE(BigInt(count), 32);
  end64.writeBigUInt64LE(BigInt(size), 40);
  end64.writeBigUInt64LE(BigInt(start), 48);
  end64.writeUInt32LE(0x07064b50, 56);
  end64.writeBigUInt64LE(BigInt(start + size), 64);
  end64.writeUInt32LE(1, 72);
  return Buffer.concat([end64, end]);
}
