// One bit that flipped, or a tail that was cut, anywhere: noticed before a single wrong byte is given.
import { randomBytes, randomInt } from "node:crypto";
import { describe, expect, it } from "vitest";
import { identitiesIn, newIdentityFile } from "../../src/vault/age-keys.ts";
import { readHeader } from "../../src/vault/age-header.ts";
import { type Readable, unseal } from "../../src/vault/unsealing.ts";
import { readable, sealedBytes } from "./in-memory.ts";

const [own] = identitiesIn(newIdentityFile(new Date()), "test");
const identity = own!;
const CHUNK = 65_536;
const SEALED = CHUNK + 16;
const SIZE = 3 * CHUNK + 1000;
const plain = randomBytes(SIZE);
const sealed = await sealedBytes(plain, [identity.recipient]);
const payload = readHeader(sealed)!.length;
const data = payload + 16;

/** Reads ranges of a damaged file: whatever comes must be right, and where `fails` says so an error must come. */
async function readDamaged(bytes: Buffer, ranges: readonly (readonly [number, number])[]): Promise<string[]> {
  const outcomes: string[] = [];
  for (const [start, end] of ranges) {
    let at = start;
    try {
      const file = await unseal(readable(bytes, 100_000), [identity], "test");
      for await (const piece of file.range(start, end)) {
        if (!plain.subarray(at, (at += piece.length)).equals(piece)) throw new Error("a wrong byte was given");
      }
      outcomes.push("whole");
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === undefined) throw error;
      outcomes.push(code);
    }
  }
  return outcomes;
}

const ALL = [[0, SIZE]] as const;
/** A range in each chunk. */
const EACH = [0, 1, 2, 3].map((n) => [n * CHUNK + 10, n * CHUNK + 900] as const);

function flipped(at: number): Buffer {
  const bytes = Buffer.from(sealed);
  bytes[at] = bytes[at]! ^ (1 << randomInt(8));
  return bytes;
}

describe("a flipped bit", () => {
  it("in any byte of the header is noticed at once", async () => {
    const outcomes = new Set<string>();
    for (let at = 0; at < payload; at++) {
      for (const outcome of await readDamaged(flipped(at), [[0, 1]])) outcomes.add(outcome);
    }
    expect([...outcomes].toSorted()).toEqual(["archive-damaged", "archive-key-missing"]);
  });

  it("in the nonce is noticed at once", async () => {
    for (let at = payload; at < data; at++) {
      expect(await readDamaged(flipped(at), EACH)).toEqual(EACH.map(() => "archive-damaged"));
    }
  });

  it.each([0, 1, 2])("in chunk %i is noticed by whoever reads it", async (chunk) => {
    const begin = data + chunk * SEALED;
    const places = [begin, begin + 1, begin + CHUNK - 1, begin + CHUNK, begin + SEALED - 1];
    for (let n = 0; n < 40; n++) places.push(begin + randomInt(SEALED));
    for (const at of places) {
      expect(await readDamaged(flipped(at), [...ALL, ...EACH])).toEqual([
        "archive-damaged",
        ...EACH.map((_, n) => (n === chunk ? "archive-damaged" : "whole")),
      ]);
    }
  });

  it("in any byte of the last chunk is noticed at once", async () => {
    for (let at = data + 3 * SEALED; at < sealed.length; at++) {
      expect(await readDamaged(flipped(at), [EACH[0]!])).toEqual(["archive-damaged"]);
    }
  });
});

describe("a tail that is cut", () => {
  it("at any length is noticed at once", async () => {
    const lengths = [0, 1, payload - 1, payload, data - 1, data, data + 1, data + 16, sealed.length - 1];
    for (let n = 1; n <= 3; n++) lengths.push(data + n * SEALED - 1, data + n * SEALED, data + n * SEALED + 16);
    for (let n = 0; n < 60; n++) lengths.push(randomInt(sealed.length));
    for (const length of lengths) {
      expect(await readDamaged(sealed.subarray(0, length), [[0, 1]])).toEqual(["archive-damaged"]);
    }
  });

  it("of an archive that ends with a full chunk is noticed too", async () => {
    const whole = await sealedBytes(plain.subarray(0, 2 * CHUNK), [identity.recipient]);
    expect(await readDamaged(whole, [[0, 2 * CHUNK]])).toEqual(["whole"]);
    expect(await readDamaged(whole.subarray(0, -SEALED), [[0, 1]])).toEqual(["archive-damaged"]);
  });

  it("while it is read is noticed: the chunks that came were right, and an error ends them", async () => {
    const file = readable(sealed);
    const shrinking: Readable = { ...file, range: (start, end) => file.range(start, end > SIZE ? end : end - 5) };
    const opened = await unseal(shrinking, [identity], "test");
    const reading = async (): Promise<void> => {
      let at = 0;
      for await (const piece of opened.range(0, 2 * CHUNK)) {
        expect(plain.subarray(at, (at += piece.length)).equals(piece)).toBe(true);
      }
    };
    await expect(reading()).rejects.toMatchObject({ code: "archive-damaged" });
  });
});

describe("what was put together anew", () => {
  const parts = [0, 1, 2].map((n) => sealed.subarray(data + n * SEALED, data + (n + 1) * SEALED));
  const head = sealed.subarray(0, data);
  const last = sealed.subarray(data + 3 * SEALED);

  it.each([
    ["chunks in another order", [head, parts[1]!, parts[0]!, parts[2]!, last]],
    ["a chunk less", [head, parts[0]!, parts[2]!, last]],
    ["a chunk twice", [head, parts[0]!, parts[1]!, parts[1]!, parts[2]!, last]],
    ["bytes behind the end", [sealed, Buffer.from("x")]],
    ["an archive behind the archive", [sealed, sealed]],
  ])("%s", async (_name, pieces) => {
    expect(await readDamaged(Buffer.concat(pieces), ALL)).toEqual(["archive-damaged"]);
  });
});
