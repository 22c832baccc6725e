// Files in a folder: the suite, and what only file systems have: links, devices, rights, changes in place.
import { execFileSync, fork } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  closeSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dirStore } from "../../src/attachments/dir-store.ts";
import type { FileProblem, FileStore } from "../../src/attachments/file-store.ts";
import { fileStoreAt } from "../../src/attachments/store-at.ts";
import { contentFrom, contentOf, fails, storeSuite } from "./store-suite.ts";

const { signal } = new AbortController();
const folder = mkdtempSync(join(tmpdir(), "waybill-files-"));
const root = join(folder, "uploads");
let store: FileStore;

beforeAll(async () => {
  mkdirSync(join(root, "sub"), { recursive: true });
  mkdirSync(join(folder, "uploads-other"));
  writeFileSync(join(folder, "secret.txt"), "secret");
  writeFileSync(join(folder, "uploads-other", "secret.txt"), "secret");
  writeFileSync(join(root, "sub", "a.txt"), "inside");
  store = await dirStore(root);
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** The handles that this process has open below the folder. */
function handles(): number {
  return readdirSync("/proc/self/fd").length;
}

describe("a folder", () => {
  storeSuite(async () => {
    const base = mkdtempSync(join(folder, "suite-"));
    return {
      store: await fileStoreAt(`dir:${base}`),
      async put(path, content) {
        mkdirSync(dirname(join(base, path)), { recursive: true });
        writeFileSync(join(base, path), content);
      },
      remove: async (path) => rmSync(join(base, path)),
      stop: async () => {},
    };
  });
});

describe("links", () => {
  it("are followed where they stay inside", async () => {
    symlinkSync("sub/a.txt", join(root, "link.txt"));
    symlinkSync(join(root, "sub"), join(root, "link"));
    expect((await contentOf(store, "link.txt")).toString()).toBe("inside");
    expect((await contentOf(store, "link/a.txt")).toString()).toBe("inside");
  });

  it("may lead to the root itself", async () => {
    symlinkSync(root, join(folder, "root-link"));
    const linked = await dirStore(join(folder, "root-link"));
    expect((await contentOf(linked, "sub/a.txt")).toString()).toBe("inside");
  });

  it.each([
    ["a file outside", "out.txt", "../secret.txt", "out.txt"],
    ["an absolute place", "absolute.txt", "/etc/hostname", "absolute.txt"],
    ["a folder outside, in the middle of the path", "middle", "..", "middle/secret.txt"],
    ["a folder whose name begins alike", "alike", "../uploads-other", "alike/secret.txt"],
    ["outside by way of another link", "second", "middle", "second/secret.txt"],
  ])("are refused where they lead to %s", async (_name, name, target, path) => {
    symlinkSync(target, join(root, name));
    const before = handles();
    await fails(store.open(path, signal), "outside");
    expect(handles()).toBe(before);
  });

  it("that lead nowhere, or in a circle", async () => {
    symlinkSync("nothing", join(root, "dangling"));
    symlinkSync("circle", join(root, "circle"));
    await fails(store.open("dangling", signal), "missing");
    await fails(store.open("circle", signal), "unreadable");
  });

  it("are not followed out while somebody keeps exchanging them", async () => {
    mkdirSync(join(root, "race"));
    writeFileSync(join(root, "race", "secret.txt"), "inside");
    symlinkSync(join(root, "race"), join(root, "to-inside"));
    symlinkSync(folder, join(root, "to-outside"));
    renameSync(join(root, "to-inside"), join(root, "moving"));
    const racer = fork(new URL("racer.ts", import.meta.url), [root, folder]);
    const seen = new Map<string, number>();
    try {
      await new Promise((ready) => racer.once("message", ready));
      for (let n = 0; n < 5000; n++) {
        const what = await contentOf(store, "moving/secret.txt").catch((error: FileProblem) => error.reason);
        seen.set(String(what), (seen.get(String(what)) ?? 0) + 1);
      }
    } finally {
      racer.kill();
    }
    expect(seen.get("secret")).toBeUndefined();
    // Both were met, or nothing was tested.
    expect(seen.get("inside")).toBeGreaterThan(0);
    expect(seen.get("outside")).toBeGreaterThan(0);
  });
});

describe("what is no ordinary file", () => {
  it("is refused at once: a folder, a pipe, a device", async () => {
    execFileSync("mkfifo", [join(root, "pipe")]);
    symlinkSync("/dev/zero", join(root, "zero"));
    for (const path of ["sub", "sub/", "pipe", "zero"]) await fails(store.open(path, signal), "unreadable");
  });

  it("is refused without rights", async () => {
    writeFileSync(join(root, "private.txt"), "x");
    chmodSync(join(root, "private.txt"), 0);
    chmodSync(folder, 0o755);
    const script = new URL("without-rights.ts", import.meta.url);
    const options = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const child = fork(script, [root, "private.txt"], { ...options, execArgv: [], cwd: "/" });
    const said = await new Promise((resolve) => child.once("message", resolve));
    expect(said).toEqual({
      reason: "unreadable",
      passing: false,
      detail: "The file's rights, or those of its folder, do not allow Waybill to read it.",
    });
  });
});

describe("a file that changes", () => {
  const path = "changing.bin";
  const place = join(root, path);
  const opened = async (): ReturnType<FileStore["open"]> => {
    writeFileSync(place, Buffer.alloc(1_000_000, 1));
    return store.open(path, signal);
  };

  it("is cut off", async () => {
    const file = await opened();
    truncateSync(place, 400_000);
    await fails(contentFrom(file), "changed");
    await file.close();
  });

  it("grows: no more is read than there was, and it is said", async () => {
    const file = await opened();
    appendFileSync(place, "more");
    expect((await contentFrom(file)).length).toBe(1_000_000);
    await fails(file.check(), "changed");
    await file.close();
  });

  it("is written over, with the same size", async () => {
    const file = await opened();
    await file.check();
    const handle = openSync(place, "r+");
    writeSync(handle, "other", 500_000);
    closeSync(handle);
    await contentFrom(file);
    await fails(file.check(), "changed");
    await file.close();
  });

  it("is deleted or replaced: what was opened is read to its end", async () => {
    const file = await opened();
    writeFileSync(`${place}.new`, "other");
    renameSync(`${place}.new`, place);
    expect((await contentFrom(file)).equals(Buffer.alloc(1_000_000, 1))).toBe(true);
    await file.check();
    rmSync(place);
    await file.check();
    await file.close();
  });

  it("gets another name", async () => {
    const file = await opened();
    linkSync(place, `${place}.linked`);
    await expect(file.check()).resolves.toBeUndefined();
    await file.close();
  });
});

it("keeps no handle open", async () => {
  const before = handles();
  for (let n = 0; n < 50; n++) {
    await contentOf(store, "sub/a.txt");
    await store.open("none", signal).catch(() => null);
    await store.open("middle/secret.txt", signal).catch(() => null);
  }
  expect(handles()).toBe(before);
});

describe("a folder that cannot be used", () => {
  it.each([
    ["none", /^The folder of files ".*none" does not exist\.$/],
    ["secret.txt", /^The folder of files ".*secret\.txt" is no folder\.$/],
    ["secret.txt/a", /^The folder of files ".*" cannot be read \(ENOTDIR\)\.$/],
  ])("%s", async (name, message) => {
    await expect(dirStore(join(folder, name))).rejects.toMatchObject({
      code: "file-store-failed",
      message: expect.stringMatching(message) as string,
    });
  });
});
