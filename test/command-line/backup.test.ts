// `waybill backup` and `waybill restore`: keys and configuration, never written over.
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { folderStore } from "../../src/vault/folder-store.ts";
import { openVault } from "../../src/vault/vault.ts";
import { emptyFolder, expectFailure, filesIn, shell, waybill } from "./program.ts";

const CONFIG = `orgs: { lab: { sources: { main: { url: "sqlite:lab.db" } } } }\n`;

/** A folder with keys, an archive that they open, and a configuration. */
async function installed(): Promise<string> {
  const folder = emptyFolder();
  writeFileSync(join(folder, "waybill.yaml"), CONFIG);
  writeFileSync(join(folder, "waybill.lock"), "{}\n");
  const vault = await vaultOf(folder);
  const archive = await vault.seal("one.age");
  await archive.write(Buffer.from("sealed"));
  await archive.publish();
  return folder;
}

async function vaultOf(folder: string, data = ".waybill"): Promise<Awaited<ReturnType<typeof openVault>>> {
  mkdirSync(join(folder, "archives"), { recursive: true });
  return openVault(await folderStore(join(folder, "archives")), join(folder, data, "keys"));
}

const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8);
const keyOf = (folder: string): string => readFileSync(join(folder, "keys", "identity.txt"), "utf8");

it("copies keys and configuration, which nobody else may read, and puts them back", async () => {
  const folder = await installed();
  const made = await waybill(["backup", "copy"], folder);
  expect([made.code, made.stderr]).toEqual([0, ""]);
  expect(made.stdout.toString()).toBe("keys/identity.txt copied\nwaybill.yaml copied\nwaybill.lock copied\n");
  expect(filesIn(join(folder, "copy"))).toEqual(["keys", "waybill.lock", "waybill.yaml"]);
  expect(mode(join(folder, "copy"))).toBe("700");
  for (const file of ["keys/identity.txt", "waybill.lock", "waybill.yaml"])
    expect([file, mode(join(folder, "copy", file))]).toEqual([file, "600"]);
  expect(made.stdout.toString()).not.toContain("AGE-SECRET-KEY");

  const other = emptyFolder();
  const back = await waybill(["restore", join(folder, "copy")], other);
  expect([back.code, back.stderr]).toEqual([0, ""]);
  expect(filesIn(other)).toEqual([".waybill", "waybill.lock", "waybill.yaml"]);
  expect(mode(join(other, ".waybill", "keys", "identity.txt"))).toBe("600");
  expect(readFileSync(join(other, "waybill.yaml"), "utf8")).toBe(CONFIG);
  expect(keyOf(join(other, ".waybill"))).toBe(keyOf(join(folder, ".waybill")));
  // What was sealed before opens with what was restored.
  const vault = await openVault(await folderStore(join(folder, "archives")), join(other, ".waybill", "keys"));
  const archive = await vault.open("one.age");
  const pieces: Buffer[] = [];
  for await (const piece of archive.range(0, archive.size)) pieces.push(Buffer.from(piece));
  await archive.close();
  expect(Buffer.concat(pieces).toString()).toBe("sealed");
});

it("may be made and put back twice", async () => {
  const folder = await installed();
  for (let n = 0; n < 2; n++) {
    expect((await waybill(["backup", "copy"], folder)).code).toBe(0);
    expect((await waybill(["restore", "copy"], folder)).code).toBe(0);
  }
  expect(readFileSync(join(folder, "copy", "waybill.yaml"), "utf8")).toBe(CONFIG);
});

it("has nothing to back up, or to put back", async () => {
  const folder = emptyFolder();
  expectFailure(
    await waybill(["backup", "copy"], folder),
    2,
    /neither keys .* nor a configuration.*\n {2}Name the folder with --data-dir/,
  );
  expect(filesIn(folder)).toEqual([]);
  expectFailure(
    await waybill(["restore", "copy"], folder),
    2,
    /"copy" holds no backup\.\n {2}Name a folder that waybill backup/,
  );
});

it("never writes over other keys", async () => {
  const [folder, other] = [await installed(), await installed()];
  await waybill(["backup", "copy"], folder);
  const before = keyOf(join(other, ".waybill"));
  expectFailure(await waybill(["restore", join(folder, "copy")], other), 1, /key/);
  expect(keyOf(join(other, ".waybill"))).toBe(before);
  expectFailure(await waybill(["backup", join(folder, "copy")], other), 1, /key/);
  expect(keyOf(join(folder, "copy"))).toBe(keyOf(join(folder, ".waybill")));
});

it("never writes over another configuration, and then leaves the keys alone too", async () => {
  const folder = await installed();
  await waybill(["backup", "copy"], folder);
  const other = emptyFolder();
  writeFileSync(join(other, "waybill.yaml"), "# mine\n");
  expectFailure(
    await waybill(["restore", join(folder, "copy")], other),
    1,
    /waybill\.yaml" is there already, and is another one\.\n {2}Move it away first\./,
  );
  expect(filesIn(other)).toEqual(["waybill.yaml"]);
  writeFileSync(join(folder, "waybill.yaml"), "# changed\n");
  expectFailure(await waybill(["backup", "copy"], folder), 1, /another one\.\n {2}Back up into another folder\./);
});

it("says where it may not write", async () => {
  const folder = await installed();
  writeFileSync(join(folder, "file"), "");
  expectFailure(await waybill(["backup", "file/copy"], folder), 1, /cannot be (?:written|read)/);
});

it("takes the control database along, whole or not at all", { timeout: 60_000 }, async () => {
  const folder = await installed();
  const add = await shell("$WAYBILL user add ada@example.org --password-stdin <<< 'four words by chance'", folder);
  expect([add.code, add.stderr]).toEqual([0, ""]);
  const made = await waybill(["backup", "copy"], folder);
  expect([made.code, made.stderr]).toEqual([0, ""]);
  expect(made.stdout.toString()).toContain("control.txt copied\n");
  expect(mode(join(folder, "copy", "control.txt"))).toBe("600");

  const other = emptyFolder();
  const back = await waybill(["restore", join(folder, "copy")], other);
  expect([back.code, back.stderr]).toEqual([0, ""]);
  expect(back.stdout.toString()).toContain("control database restored\n");
  const list = await waybill(["user", "list"], other);
  expect(list.stdout.toString()).toContain("ada@example.org");
  // Where somebody has an account already, nothing is put over it.
  const again = await waybill(["restore", join(folder, "copy")], other);
  expectFailure(again, 1, /There is something in the control database in .* already/);

  const damaged = join(folder, "copy", "control.txt");
  writeFileSync(damaged, readFileSync(damaged, "utf8").replace("ada@", "eve@"));
  const third = emptyFolder();
  expectFailure(await waybill(["restore", join(folder, "copy")], third), 1, /damaged/);
  expect((await waybill(["user", "list"], third)).stdout.toString()).toBe(
    "Nobody has an account. waybill user add makes one.\n",
  );
});
