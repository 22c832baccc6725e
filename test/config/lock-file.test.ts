// waybill.lock on the disk: replaced in one step, by several processes, and where it cannot be written.
import { execFile } from "node:child_process";
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { keepLock, lockFileOf } from "../../src/config/lock-file.ts";
import { parseLock } from "../../src/config/lock-text.ts";

const module = new URL("../../src/config/lock-file.ts", import.meta.url).href;

function fields(...names: string[]) {
  return new Map([["lab", new Map([["o", names.map((name) => ({ name, was: null }))]])]]);
}

async function newFile(): Promise<string> {
  return lockFileOf(join(await mkdtemp(join(tmpdir(), "waybill-lock-")), "waybill.yaml"));
}

test("is beside the configuration", () => {
  expect(lockFileOf("a/waybill.yaml")).toBe("a/waybill.lock");
  expect(lockFileOf("lab.yml")).toBe("lab.lock");
  expect(lockFileOf("lab")).toBe("lab.lock");
});

test("is written when something has changed, and then only", async () => {
  const file = await newFile();
  expect((await keepLock(file, new Map())).lock).toEqual(new Map());
  await expect(stat(file)).rejects.toThrow("ENOENT");
  const { lock, warning } = await keepLock(file, fields("a", "b"));
  expect([lock, warning]).toEqual([parseLock(await readFile(file, "utf8"), file), null]);
  const { ino } = await stat(file);
  await keepLock(file, fields("b"));
  expect((await stat(file)).ino).toBe(ino);
  await keepLock(file, fields("b", "c"));
  expect((await readFile(file, "utf8")).match(/"place":\d/g)).toEqual(['"place":1', '"place":2', '"place":3']);
  expect(await readdir(join(file, ".."))).toEqual(["waybill.lock"]);
});

test("a link stays a link", async () => {
  const [file, elsewhere] = [await newFile(), await newFile()];
  await keepLock(elsewhere, fields("a"));
  await symlink(elsewhere, file);
  await keepLock(file, fields("a", "b"));
  expect((await lstat(file)).isSymbolicLink()).toBe(true);
  expect(await readFile(elsewhere, "utf8")).toContain('"o.b"');
});

test("where it cannot be written there is a warning, and the lock all the same", async () => {
  // Nobody, not even root, writes into these.
  const { lock, warning } = await keepLock("/proc/waybill.lock", fields("a"));
  expect(lock.get("lab")!.get("o")).toHaveLength(1);
  expect(warning).toMatch(/^\/proc\/waybill.lock cannot be written \(E\w+\): new fields may get other ids/);
  const file = join(await newFile(), "below", "waybill.lock");
  expect((await keepLock(file, fields("a"))).warning).toContain("(ENOENT)");
});

test("a read-only folder is a warning for whoever is not root", async () => {
  const file = await newFile();
  await chmod(join(file, ".."), 0o555);
  const { warning } = await keepLock(file, fields("a"));
  expect(warning === null).toBe(process.getuid?.() === 0);
});

test("a damaged lock is refused and left as it is", async () => {
  const file = await newFile();
  await writeFile(file, "damaged");
  await expect(keepLock(file, fields("a"))).rejects.toThrow(`${file}:1: this is not the first line of a lock file.`);
  expect(await readFile(file, "utf8")).toBe("damaged");
  const folder = await newFile();
  await mkdir(folder);
  await expect(keepLock(folder, fields("a"))).rejects.toThrow("cannot be read");
});

test("several processes at once leave a whole file, with the same ids for the same fields", async () => {
  const file = await newFile();
  const program = `
    import { keepLock } from ${JSON.stringify(module)};
    const [file, own] = process.argv.slice(1);
    for (let n = 1; n <= 40; n++) {
      const names = Array.from({ length: n }, (_, i) => ({ name: "common" + i, was: null }));
      const { warning } = await keepLock(file, new Map([["lab", new Map([["o", names], [own, names]])]]));
      if (warning !== null) throw new Error(warning);
    }`;
  const run = (own: string) => {
    return promisify(execFile)(process.execPath, ["--input-type=module", "-e", program, file, own]);
  };
  await Promise.all(["p", "q", "r"].map(run));
  // Whoever was overtaken at the very end adds its fields at the next start.
  for (const own of ["p", "q", "r"]) await run(own);
  const lock = parseLock(await readFile(file, "utf8"), file).get("lab")!;
  for (const object of ["o", "p", "q", "r"]) {
    const found = lock.get(object)!.map(({ id, place }) => `${id}@${place}`);
    expect(found).toEqual(Array.from({ length: 40 }, (_, n) => `${object}.common${n}@${n + 1}`));
  }
  expect(await readdir(join(file, ".."))).toEqual(["waybill.lock"]);
});
