// What every store of archives must do.
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Store } from "../../src/vault/store.ts";
import type { Readable } from "../../src/vault/unsealing.ts";
import { bytesOf } from "./in-memory.ts";

/** A kind of store under test. */
export interface StoreUnderTest {
  /** A new connection to one and the same place, which is empty at first. */
  open(): Promise<Store>;
  /** Everything that lies there and is no complete archive. */
  leftovers(): Promise<string[]>;
  stop(): Promise<void>;
}

/** Writes a file. */
export async function put(store: Store, name: string, bytes: Uint8Array, pieceSize = 1 << 20): Promise<void> {
  const putting = await store.put(name);
  try {
    for (let at = 0; at < bytes.length; at += pieceSize) await putting.write(bytes.subarray(at, at + pieceSize));
    await putting.publish();
  } finally {
    await putting.discard();
  }
}

/** Reads a file, or a range of it. */
export async function get(
  store: { open(name: string): Promise<Readable> },
  name: string,
  start = 0,
  end?: number,
): Promise<Buffer> {
  const file = await store.open(name);
  try {
    return await bytesOf(file, start, end ?? file.size);
  } finally {
    await file.close();
  }
}

/** The names of all files. */
export async function names(store: Pick<Store, "list">): Promise<string[]> {
  const found: string[] = [];
  for await (const { name } of store.list()) found.push(name);
  return found.toSorted();
}

/** Runs the suite. */
export function storeSuite(placeOf: () => Promise<StoreUnderTest>): void {
  let place: StoreUnderTest;
  let store: Store;
  beforeAll(async () => {
    place = await placeOf();
    store = await place.open();
  });
  afterAll(async () => {
    await store.close();
    await place.stop();
  });

  it.each([0, 1, 65_536, 9_000_000])("gives back %i bytes", async (size) => {
    const bytes = randomBytes(size);
    await put(store, "a.age", bytes, 300_000);
    expect((await get(store, "a.age")).equals(bytes)).toBe(true);
    for await (const listed of store.list()) {
      expect(listed).toMatchObject({ name: "a.age", size });
      expect(Math.abs(Date.now() - listed.modified.getTime())).toBeLessThan(10_000);
    }
    expect(await names(store)).toEqual(["a.age"]);
    await store.delete("a.age");
    expect(await names(store)).toEqual([]);
  });

  it("gives any range", async () => {
    const bytes = randomBytes(3_000_000);
    await put(store, "a.age", bytes);
    const ends = [0, 1, 2, 65_552, 262_208, 262_209, 1_500_000, 2_999_999, 3_000_000];
    for (const start of ends) {
      for (const end of ends.filter((its) => its >= start)) {
        expect((await get(store, "a.age", start, end)).equals(bytes.subarray(start, end))).toBe(true);
      }
    }
    await store.delete("a.age");
  });

  it("stops reading when nobody wants more", async () => {
    await put(store, "a.age", randomBytes(5_000_000));
    const file = await store.open("a.age");
    for await (const piece of file.range(0, file.size)) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
    await file.close();
    await store.delete("a.age");
  });

  it("shows nothing before it is published, and nothing after it was discarded", async () => {
    const putting = await store.put("a.age");
    await putting.write(randomBytes(9_000_000));
    expect(await names(store)).toEqual([]);
    await expect(store.open("a.age")).rejects.toMatchObject({ code: "archive-missing" });
    await putting.discard();
    await putting.discard();
    expect(await names(store)).toEqual([]);
    expect(await place.leftovers()).toEqual([]);
  });

  it("replaces what is there in one moment", async () => {
    await put(store, "a.age", Buffer.from("old"));
    const putting = await store.put("a.age");
    await putting.write(Buffer.from("new!"));
    expect((await get(store, "a.age")).toString()).toBe("old");
    await putting.publish();
    await putting.discard();
    expect((await get(store, "a.age")).toString()).toBe("new!");
    expect(await place.leftovers()).toEqual([]);
    await store.delete("a.age");
  });

  it("says that an archive is missing, and deletes twice without complaint", async () => {
    await expect(store.open("none.age")).rejects.toMatchObject({ code: "archive-missing" });
    await store.delete("none.age");
    await store.delete("none.age");
  });

  it("leaves alone who is at work when it clears up", async () => {
    const putting = await store.put("a.age");
    await putting.write(randomBytes(9_000_000));
    const other = await place.open();
    await other.clear();
    await putting.write(Buffer.from("end"));
    await putting.publish();
    await putting.discard();
    expect((await get(other, "a.age", 9_000_000)).toString()).toBe("end");
    await other.delete("a.age");
    await other.close();
  });

  it("takes several at once", async () => {
    const all = Array.from({ length: 6 }, (_, n) => ({ name: `${n}.age`, bytes: randomBytes(1_000_000 * n) }));
    await Promise.all(all.map(({ name, bytes }) => put(store, name, bytes, 70_000)));
    expect(await names(store)).toEqual(all.map(({ name }) => name));
    for (const { name, bytes } of all) expect((await get(store, name)).equals(bytes)).toBe(true);
    for (const { name } of all) await store.delete(name);
    expect(await place.leftovers()).toEqual([]);
  });

  it.each(["", ".hidden", "../a", "a/b", "ä", "a b", "x".repeat(181)])("takes no name like %j", async (name) => {
    await expect(store.put(name)).rejects.toThrow(RangeError);
    await expect(store.open(name)).rejects.toThrow(RangeError);
    await expect(store.delete(name)).rejects.toThrow(RangeError);
  });
}
