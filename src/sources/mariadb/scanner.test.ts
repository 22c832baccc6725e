import { expect, it } from "vitest";
import { PacketScanner } from "./scanner.ts";

/** A packet with its header. */
function packet(payload: Uint8Array, sequence: number): Buffer {
  const header = Buffer.alloc(4);
  header.writeUIntLE(payload.length, 0, 3);
  header[3] = sequence;
  return Buffer.concat([header, payload]);
}

const END = Buffer.from([0xfe, 0, 0, 2, 0, 0, 0]);

it.each([1, 2, 3, 5, 7, 1000])("finds the end of a result in chunks of %d bytes", (size) => {
  const rows = [Buffer.from([0, 0xfe, 0xff]), Buffer.from([0]), Buffer.alloc(300, 0xfe).fill(0, 0, 1)];
  const bytes = Buffer.concat([...rows, END].map(packet));
  const scanner = new PacketScanner();
  for (let at = 0; at < bytes.length; at += size) {
    expect(scanner.scan(bytes.subarray(at, at + size))).toBe(at + size >= bytes.length);
  }
});

it("does not take a further part of a long row for the end", () => {
  const first = Buffer.alloc(0xffffff);
  for (const rest of [Buffer.alloc(10, 0xfe), Buffer.alloc(0), Buffer.alloc(1, 0xff)]) {
    const scanner = new PacketScanner();
    expect(scanner.scan(packet(first, 0))).toBe(false);
    expect(scanner.scan(packet(rest, 1))).toBe(false);
    expect(scanner.scan(packet(END, 2))).toBe(true);
  }
});

it("takes an error for an end", () => {
  expect(new PacketScanner().scan(packet(Buffer.from([0xff, 1, 2]), 0))).toBe(true);
});
