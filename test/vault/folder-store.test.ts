// Archives in a folder: the suite, and what only folders have.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statfsSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { folderStore } from "../../src/vault/folder-store.ts";
import { newPart } from "../../src/vault/parts.ts";
import { get, names, put, storeSuite } from "./store-suite.ts";

describe("a folder", () => {
  storeSuite(async () => {
    const folder = mkdtempSync(join(tmpdir(), "waybill-vault-"));
    return {
      open: () => folderStore(join(folder, "made", "vault")),
      leftovers: async () => readdirSync(join(folder, "made", "vault")).filter((name) => !/^\w+\.age$/.test(name)),
      stop: async () => rmSync(folder, { recursive: true }),
    };
  });
});

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "waybill-vault-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

it("lets nobody else look into it", async () => {
  const folder = join(emptyFolder(), "vault");
  await put(await folderStore(folder), "a.age", Buffer.from("a"));
  expect([statSync(folder).mode & 0o777, statSync(join(folder, "a.age")).mode & 0o777]).toEqual([0o700, 0o600]);
});

it("begins nothing where too little space is free", async () => {
  const store = await folderStore(emptyFolder(), { reserve: Number.MAX_SAFE_INTEGER });
  await expect(store.put("a.age")).rejects.toMatchObject({
    code: "store-full",
    message: expect.stringMatching(/^The vault's folder ".*" has no space left\.$/) as string,
  });
});

it("stops when the space that is left to others would be used, and leaves nothing", async () => {
  const folder = emptyFolder();
  const { bavail, bsize } = statfsSync(folder);
  const store = await folderStore(folder, { reserve: bavail * bsize - (96 << 20) });
  const putting = await store.put("a.age");
  const piece = Buffer.alloc(8 << 20, 1);
  const writing = async (): Promise<void> => {
    for (let n = 0; n < 64; n++) await putting.write(piece);
  };
  await expect(writing()).rejects.toMatchObject({ code: "store-full" });
  await putting.discard();
  expect(readdirSync(folder)).toEqual([]);
});

it("says when the folder is none, may not be used, or has gone", async () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, "file"), "");
  await expect(folderStore(join(folder, "file"))).rejects.toMatchObject({ code: "store-failed" });
  await expect(folderStore(join(folder, "file", "vault"))).rejects.toMatchObject({
    message: expect.stringMatching(/^The vault's folder ".*" is no folder\.$/) as string,
  });
  const store = await folderStore(join(folder, "vault"));
  const putting = await store.put("a.age");
  rmSync(join(folder, "vault"), { recursive: true });
  await expect(putting.publish()).rejects.toMatchObject({
    message: expect.stringMatching(/^The vault's folder ".*" does not exist\.$/) as string,
  });
  await putting.discard();
  await expect(store.put("a.age")).rejects.toMatchObject({ code: "store-failed" });
  await expect(names(store)).rejects.toMatchObject({ code: "store-failed" });
  await expect(store.clear()).rejects.toMatchObject({ code: "store-failed" });
  // Everything may be used by an administrator.
  if (process.getuid?.() === 0) return;
  mkdirSync(join(folder, "closed"));
  chmodSync(join(folder, "closed"), 0o500);
  await expect((await folderStore(join(folder, "closed"))).put("a.age")).rejects.toMatchObject({
    code: "store-failed",
  });
});

it("says when a file has become shorter while it is read", async () => {
  const folder = emptyFolder();
  const store = await folderStore(folder);
  await put(store, "a.age", Buffer.alloc(3_000_000));
  const file = await store.open("a.age");
  const reading = async (): Promise<void> => {
    for await (const _ of file.range(0, file.size)) truncateSync(join(folder, "a.age"), 600_000);
  };
  await expect(reading()).rejects.toMatchObject({ code: "archive-damaged" });
  await file.close();
});

it("removes what the dead have left, of other machines after an hour, and nothing else", async () => {
  const folder = emptyFolder();
  const store = await folderStore(folder);
  const own = newPart(folder, "a.age");
  // The first process is alive, but did not begin then.
  const gone = own.replace(/\.\d+-\d+-/, ".1-1-");
  const elsewhere = own.replace(/-(\d+)-([0-9a-f]+)\.part$/, "-12345-$2.part");
  const longAgo = elsewhere.replace("a.age", "b.age");
  const strange = join(folder, ".note.part");
  for (const file of [own, gone, elsewhere, longAgo, strange]) writeFileSync(file, "half");
  const hours = Date.now() / 1000 - 3 * 3600;
  utimesSync(longAgo, hours, hours);
  utimesSync(own, hours, hours);
  await store.clear();
  expect([own, gone, elsewhere, longAgo, strange].map((file) => existsSync(file))).toEqual([
    true,
    false,
    true,
    false,
    true,
  ]);
  expect(await names(store)).toEqual([]);
});

it("reads on in what was opened while it is replaced", async () => {
  const store = await folderStore(emptyFolder());
  await put(store, "a.age", Buffer.from("old"));
  const file = await store.open("a.age");
  await put(store, "a.age", Buffer.from("new!"));
  expect((await get({ open: async () => file }, "a.age")).toString()).toBe("old");
});
