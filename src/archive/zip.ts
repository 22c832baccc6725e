// A zip file written as a stream (PKWARE APPNOTE 6.3.10): fixed order, fixed times, sizes in data descriptors, zip64 where needed.
import { DeflateLanes } from "./deflate-lanes.ts";
import { type ContentFacts, deflated } from "./segments.ts";

/** A file to be packed. */
export interface Entry {
  /** Its path in the archive, with `/` between folders. */
  readonly name: string;
  readonly content: AsyncIterable<Uint8Array>;
}

interface Written extends ContentFacts {
  readonly name: Buffer;
  readonly offset: number;
  compressed: number;
}

/** 1980-01-01 00:00, the first time that zip can hold. */
const DOS_TIME = 0;
const DOS_DATE = 0x21;
const VERSION = 45;
/** Sizes follow the data (bit 3), names are UTF-8 (bit 11). */
const FLAGS = 0x0808;
const DEFLATE = 8;
const MAX_32 = 0xffffffff;
const MAX_16 = 0xffff;

/** Entries as one zip file, in constant memory but for their names. */
export async function* zipped(entries: AsyncIterable<Entry> | Iterable<Entry>): AsyncGenerator<Uint8Array> {
  const written: Written[] = [];
  using lanes = new DeflateLanes();
  let offset = 0;
  for await (const { name, content } of entries) {
    const entry: Written = { name: Buffer.from(name, "utf8"), offset, compressed: 0, crc: 0, size: 0 };
    const header = localHeader(entry);
    yield header;
    for await (const part of deflated(content, entry, lanes)) {
      entry.compressed += part.length;
      yield part;
    }
    const descriptor = dataDescriptor(entry);
    yield descriptor;
    offset += header.length + entry.compressed + descriptor.length;
    written.push(entry);
  }
  const start = offset;
  for (const entry of written) {
    const header = centralHeader(entry);
    offset += header.length;
    yield header;
  }
  yield endOfDirectory(written.length, start, offset - start);
}

/** Section 4.3.7. The zip64 field tells readers that the data descriptor has sizes of 8 bytes. */
function localHeader({ name }: Written): Buffer {
  const header = Buffer.alloc(30 + name.length + 20);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(VERSION, 4);
  header.writeUInt16LE(FLAGS, 6);
  header.writeUInt16LE(DEFLATE, 8);
  header.writeUInt16LE(DOS_TIME, 10);
  header.writeUInt16LE(DOS_DATE, 12);
  header.writeUInt32LE(MAX_32, 18);
  header.writeUInt32LE(MAX_32, 22);
  header.writeUInt16LE(name.length, 26);
  header.writeUInt16LE(20, 28);
  header.set(name, 30);
  header.writeUInt16LE(1, 30 + name.length);
  header.writeUInt16LE(16, 32 + name.length);
  return header;
}

/** Section 4.3.9. */
function dataDescriptor({ crc, compressed, size }: Written): Buffer {
  const descriptor = Buffer.alloc(24);
  descriptor.writeUInt32LE(0x08074b50, 0);
  descriptor.writeUInt32LE(crc, 4);
  descriptor.writeBigUInt64LE(BigInt(compressed), 8);
  descriptor.writeBigUInt64LE(BigInt(size), 16);
  return descriptor;
}

/** Section 4.3.12, with the zip64 field of section 4.5.3 where a number does not fit. */
function centralHeader({ name, crc, compressed, size, offset }: Written): Buffer {
  const large = [size, compressed, offset].filter((value) => value >= MAX_32);
  const extra = large.length === 0 ? 0 : 4 + large.length * 8;
  const header = Buffer.alloc(46 + name.length + extra);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(VERSION | (3 << 8), 4);
  header.writeUInt16LE(VERSION, 6);
  header.writeUInt16LE(FLAGS, 8);
  header.writeUInt16LE(DEFLATE, 10);
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
  end64.writeUInt16LE(VERSION, 12);
  end64.writeUInt16LE(VERSION, 14);
  end64.writeBigUInt64LE(BigInt(count), 24);
  end64.writeBigUInt64LE(BigInt(count), 32);
  end64.writeBigUInt64LE(BigInt(size), 40);
  end64.writeBigUInt64LE(BigInt(start), 48);
  end64.writeUInt32LE(0x07064b50, 56);
  end64.writeBigUInt64LE(BigInt(start + size), 64);
  end64.writeUInt32LE(1, 72);
  return Buffer.concat([end64, end]);
}
