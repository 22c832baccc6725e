// The vault: keys that are made, rotated, guarded, kept and put back; recipients of their own; where it may lie.
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { expect, it, onTestFinished } from "vitest";
import { newIdentityFile, recipientOf } from "../../src/vault/age-keys.ts";
import { folderStore } from "../../src/vault/folder-store.ts";
import { backupKeys, restoreKeys } from "../../src/vault/key-backup.ts";
import { readKeys } from "../../src/vault/key-files.ts";
import { newPart } from "../../src/vault/parts.ts";
import { storeAt } from "../../src/vault/store-at.ts";
import { openVault, type Vault } from "../../src/vault/vault.ts";
import { needed } from "../readers/programs.ts";
import { get, names } from "./store-suite.ts";

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "waybill-vault-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A vault in a folder. */
function vaultIn(folder: string): Promise<Vault> {
  return folderStore(join(folder, "vault")).then((store) => openVault(store, join(folder, "keys")));
}

async function seal(vault: Vault, name: string, text: string | Buffer, to?: string): Promise<void> {
  const archive = await vault.seal(name, to === undefined ? undefined : recipientOf(to));
  await archive.write(Buffer.from(text));
  await archive.publish();
  await archive.discard();
}

/** What is secret in a key file. */
function secretIn(file: string): string {
  return /AGE-SECRET-KEY-1\w+/.exec(readFileSync(file, "utf8"))![0];
}

it("makes its key at the first start, for its owner alone, and keeps it", async () => {
  const folder = emptyFolder();
  await seal(await vaultIn(folder), "a.age", "first");
  const key = join(folder, "keys", "identity.txt");
  expect([statSync(key).mode & 0o777, statSync(join(folder, "keys")).mode & 0o777]).toEqual([0o600, 0o700]);
  const text = readFileSync(key, "utf8");
  expect((await get(await vaultIn(folder), "a.age")).toString()).toBe("first");
  expect(readFileSync(key, "utf8")).toBe(text);
  expect(execFileSync(needed("age"), ["-d", "-i", key, join(folder, "vault", "a.age")]).toString()).toBe("first");
});

it("gives any range of a large archive", async () => {
  const vault = await vaultIn(emptyFolder());
  const bytes = randomBytes(2_000_000);
  await seal(vault, "a.age", bytes);
  const ends = [0, 1, 65_535, 65_536, 65_537, 300_000, 1_999_999, 2_000_000];
  const file = await vault.open("a.age");
  expect(file.size).toBe(bytes.length);
  for (const start of ends) {
    for (const end of ends.filter((its) => its >= start)) {
      expect(
        (await get({ open: async () => ({ ...file, close: async () => {} }) }, "a.age", start, end)).equals(
          bytes.subarray(start, end),
        ),
      ).toBe(true);
    }
  }
  const outside = async (): Promise<void> => {
    for await (const _ of file.range(0, file.size + 1));
  };
  await expect(outside()).rejects.toThrow(RangeError);
  await file.close();
});

it("a new key is for new archives; the old ones stay readable, also for processes that run already", async () => {
  const folder = emptyFolder();
  const vault = await vaultIn(folder);
  const running = await vaultIn(folder);
  await seal(vault, "old.age", "old");
  const recipients = [await vault.rotate(), await vault.rotate()];
  await seal(running, "new.age", "new");
  for (const its of [vault, running, await vaultIn(folder)]) {
    expect([(await get(its, "old.age")).toString(), (await get(its, "new.age")).toString()]).toEqual(["old", "new"]);
  }
  const files = readdirSync(join(folder, "keys")).toSorted();
  expect(files).toEqual(["identity-2.txt", "identity-3.txt", "identity.txt"]);
  expect(files.map((name) => statSync(join(folder, "keys", name)).mode & 0o777)).toEqual([0o600, 0o600, 0o600]);
  const opened = (...keys: string[]): string =>
    execFileSync(
      needed("age"),
      ["-d", ...keys.flatMap((key) => ["-i", join(folder, "keys", key)]), join(folder, "vault", "new.age")],
      {
        stdio: ["ignore", "pipe", "ignore"],
      },
    ).toString();
  expect(opened("identity-3.txt")).toBe("new");
  expect(opened(...files)).toBe("new");
  expect(() => opened("identity.txt")).toThrow(/./);
  expect(readFileSync(join(folder, "keys", "identity-3.txt"), "utf8")).toContain(recipients[1]);
});

it("several that rotate at once lose no key", async () => {
  const folder = emptyFolder();
  const vaults = await Promise.all(Array.from({ length: 5 }, () => vaultIn(folder)));
  await Promise.all(vaults.map((vault) => vault.rotate()));
  const keys = await readKeys(join(folder, "keys"));
  expect(keys.length).toBeGreaterThan(1);
  expect(new Set(keys.map(({ text }) => text)).size).toBe(keys.length);
  expect(readdirSync(join(folder, "keys")).length).toBe(keys.length);
});

it("with a recipient, the archive is for that key alone, and delivered as it lies there", async () => {
  const folder = emptyFolder();
  const vault = await vaultIn(folder);
  const theirs = join(folder, "theirs.txt");
  writeFileSync(theirs, newIdentityFile(new Date()));
  await seal(vault, "a.age", "for them", /age1\w+/.exec(readFileSync(theirs, "utf8"))![0]);
  await expect(vault.open("a.age")).rejects.toMatchObject({ code: "archive-key-missing" });
  const delivered = await get({ open: (name) => vault.openSealed(name) }, "a.age");
  expect(delivered.equals(readFileSync(join(folder, "vault", "a.age")))).toBe(true);
  expect(execFileSync(needed("age"), ["-d", "-i", theirs], { input: delivered }).toString()).toBe("for them");
});

it("what is discarded leaves nothing, and no plain text is ever in the store", async () => {
  const folder = emptyFolder();
  const vault = await vaultIn(folder);
  const archive = await vault.seal("a.age");
  for (let n = 0; n < 50; n++) await archive.write(Buffer.alloc(65_536, "plain words, "));
  const [part] = readdirSync(join(folder, "vault"));
  expect(readFileSync(join(folder, "vault", part!)).includes("plain words")).toBe(false);
  await archive.discard();
  expect(readdirSync(join(folder, "vault"))).toEqual([]);
  expect(await names(vault)).toEqual([]);
});

it("a file that is no archive, or a damaged one, is not opened", async () => {
  const folder = emptyFolder();
  const vault = await vaultIn(folder);
  writeFileSync(join(folder, "vault", "a.age"), "age-encryption.org/v1\nno header\n");
  await expect(vault.open("a.age")).rejects.toMatchObject({
    code: "archive-damaged",
    message: 'The archive "a.age" is damaged: its header is not that of an age file.',
  });
  await expect(vault.open("b.age")).rejects.toMatchObject({ code: "archive-missing" });
  await vault.delete("a.age");
  expect(await names(vault)).toEqual([]);
});

it.each([0o640, 0o604, 0o660, 0o777])("an identity file with mode %o is refused", async (mode) => {
  const folder = emptyFolder();
  const vault = await vaultIn(folder);
  const key = join(folder, "keys", "identity.txt");
  chmodSync(key, mode);
  for (const call of [() => vaultIn(folder), () => vault.seal("a.age"), () => vault.rotate()]) {
    const refusal = await call().then(
      () => null,
      (error: Error) => error,
    );
    expect(refusal).toMatchObject({
      code: "key-exposed",
      message: `Others than its owner may use the identity file "${key}".`,
    });
    expect(inspect(refusal, { depth: 9 })).not.toContain(secretIn(key));
  }
});

it("is not opened where there are archives and no key, and makes none then", async () => {
  const folder = emptyFolder();
  await seal(await vaultIn(folder), "a.age", "a");
  rmSync(join(folder, "keys"), { recursive: true });
  await expect(vaultIn(folder)).rejects.toMatchObject({ code: "keys-missing" });
  expect(existsSync(join(folder, "keys"))).toBe(false);
});

it("says when the folder of the keys cannot be used", async () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, "keys"), "");
  await expect(vaultIn(folder)).rejects.toMatchObject({
    message: `The folder of the keys, "${join(folder, "keys")}", is no folder.`,
  });
  rmSync(join(folder, "keys"));
  mkdirSync(join(folder, "keys", "identity.txt"), { recursive: true, mode: 0o700 });
  chmodSync(join(folder, "keys", "identity.txt"), 0o700);
  await expect(vaultIn(folder)).rejects.toMatchObject({ code: "store-failed" });
});

it("clears up after somebody who was killed while making a key", async () => {
  const folder = emptyFolder();
  mkdirSync(join(folder, "keys"));
  const left = newPart(join(folder, "keys"), "identity.txt").replace(/\.\d+-\d+-/, ".1-1-");
  writeFileSync(left, newIdentityFile(new Date()), { mode: 0o600 });
  await vaultIn(folder);
  expect(readdirSync(join(folder, "keys"))).toEqual(["identity.txt"]);
});

it("the identity is in no archive, and shows in nothing that is printed", async () => {
  const folder = emptyFolder();
  const vault = await vaultIn(folder);
  await seal(vault, "a.age", "a");
  const key = join(folder, "keys", "identity.txt");
  const [its] = (await readKeys(join(folder, "keys")))[0]!.identities;
  expect(readFileSync(join(folder, "vault", "a.age"), "latin1")).not.toContain(secretIn(key));
  expect(inspect(its, { depth: 9 }) + JSON.stringify(its)).not.toContain(secretIn(key));
  writeFileSync(key, `${secretIn(key)}X\n`);
  const refusal = await vaultIn(folder).then(
    () => null,
    (error: Error) => error,
  );
  expect(refusal).toMatchObject({ code: "key-damaged" });
  expect(inspect(refusal, { depth: 9 })).not.toContain("AGE-SECRET-KEY-1Q");
  expect(inspect(refusal, { depth: 9 })).not.toContain(secretIn(key).slice(16));
});

it("keys go into a backup and back", async () => {
  const folder = emptyFolder();
  const keys = join(folder, "keys");
  const backup = join(folder, "backup");
  const vault = await vaultIn(folder);
  await seal(vault, "a.age", "a");
  await expect(restoreKeys(backup, keys)).rejects.toMatchObject({ code: "no-keys" });
  expect(await backupKeys(keys, backup)).toEqual(["identity.txt"]);
  await vault.rotate();
  // Again into the same folder: the new key is added.
  expect(await backupKeys(keys, backup)).toEqual(["identity.txt", "identity-2.txt"]);
  const kept = readdirSync(join(backup, "keys"));
  expect(kept.toSorted()).toEqual(["identity-2.txt", "identity.txt"]);
  for (const name of kept) expect(statSync(join(backup, "keys", name)).mode & 0o777).toBe(0o600);
  rmSync(keys, { recursive: true });
  expect(await restoreKeys(backup, keys)).toEqual(["identity.txt", "identity-2.txt"]);
  expect(await restoreKeys(backup, keys)).toEqual(["identity.txt", "identity-2.txt"]);
  for (const name of readdirSync(keys)) expect(statSync(join(keys, name)).mode & 0o777).toBe(0o600);
  expect((await get(await vaultIn(folder), "a.age")).toString()).toBe("a");
});

it("other keys are never written over", async () => {
  const folder = emptyFolder();
  const keys = join(folder, "keys");
  const backup = join(folder, "backup");
  await (await vaultIn(folder)).rotate();
  await backupKeys(keys, backup);
  rmSync(keys, { recursive: true });
  await vaultIn(folder);
  const before = readFileSync(join(keys, "identity.txt"), "utf8");
  const refusal = await restoreKeys(backup, keys).then(
    () => null,
    (error: Error) => error,
  );
  expect(refusal).toMatchObject({ code: "keys-differ" });
  expect(inspect(refusal, { depth: 9 })).not.toMatch(/AGE-SECRET-KEY-1\w/);
  expect([readdirSync(keys), readFileSync(join(keys, "identity.txt"), "utf8")]).toEqual([["identity.txt"], before]);
  await expect(backupKeys(keys, backup)).rejects.toMatchObject({ code: "keys-differ" });
  copyFileSync(join(keys, "identity.txt"), join(backup, "keys", "identity.txt"));
  chmodSync(join(backup, "keys", "identity.txt"), 0o644);
  await expect(restoreKeys(backup, keys)).rejects.toMatchObject({ code: "key-exposed" });
});

it.each([
  ["s3:archives", /has no bucket in its URL/],
  ["s3://", /has no bucket in its URL/],
  ["s3://AKIA:hush@archives", /has credentials in its URL/],
  ["s3://archives?accessKey=hush", /has an option that is not known, accessKey\./],
  ["s3://archives?endpoint=https://u:hush@example.org", /has an endpoint that does not suit/],
  ["s3://archives?endpoint=example.org", /has an endpoint that does not suit/],
  ["ftp://u:hush@example.org", /has a URL of a kind that is not known, ftp:\./],
  ["s3://archives/100%", /has a path with a wrong % in its URL/],
  ["dir:", /has no path/],
  ["", /has no path/],
])("no store lies at %j", async (url, message) => {
  const refusal = await storeAt(url).then(
    () => null,
    (error: Error) => error,
  );
  expect(refusal).toMatchObject({
    code: "store-url",
    kind: "usage",
    message: expect.stringMatching(message) as string,
  });
  expect(inspect(refusal, { depth: 9 })).not.toContain("hush");
});

it("a store lies in a folder, named by its path or as dir:", async () => {
  const folder = emptyFolder();
  await seal(await openVault(await storeAt(`dir:${folder}/vault`), join(folder, "keys")), "a.age", "a");
  expect((await get(await openVault(await storeAt(`${folder}/vault`), join(folder, "keys")), "a.age")).toString()).toBe(
    "a",
  );
});
