// What comes out, and where: standard output, files that are replaced whole, progress, and what a disk or pipe can refuse.
import { lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, zstdDecompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { TestDatabase } from "../setup/postgres.ts";
import { emptyFolder, expectFailure, filesIn, shell, start, until, waybill } from "./program.ts";
import { inPostgres, inSqlite, LARGE_ROWS, ORDERS_CSV, running } from "./tables.ts";

let folder = "";
let sqlite = "";
let postgres: TestDatabase;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "waybill-output-"));
  sqlite = `sqlite:${join(folder, "shop.db")}`;
  inSqlite(join(folder, "shop.db"), true);
  postgres = await inPostgres(true);
});
afterAll(async () => {
  await postgres.drop();
  rmSync(folder, { recursive: true });
});

const sources = [
  ["PostgreSQL", () => postgres.url],
  ["SQLite", () => sqlite],
] as const;

describe.each(sources)("%s", (_name, url) => {
  it("writes to standard output, with its remarks on standard error", async () => {
    const { code, stdout, stderr } = await waybill(["export", "orders", "--source", url(), "--format", "csv"]);
    expect(stdout.toString()).toBe(ORDERS_CSV);
    expect(stderr).toMatch(/^3 rows of orders, 93 bytes in [\d.]+ s\n$/);
    expect(code).toBe(0);
  });

  it.each([
    ["o.csv", (bytes: Buffer) => bytes],
    ["o.csv.gz", gunzipSync],
    ["o.csv.zst", zstdDecompressSync],
  ])("takes format and container from the name %s", async (name, unpacked) => {
    const out = emptyFolder();
    const { code, stderr } = await waybill(["export", "orders", "--source", url(), "-o", name, "--quiet"], out);
    expect([code, stderr]).toEqual([0, ""]);
    expect(unpacked(readFileSync(join(out, name))).toString()).toBe(ORDERS_CSV);
    expect(filesIn(out)).toEqual([name]);
  });

  it("tells its progress in JSON lines", async () => {
    const { stderr } = await waybill([
      "export",
      "large",
      "--source",
      url(),
      "-f",
      "ndjson",
      "-o",
      "/dev/null",
      "--progress",
      "json",
    ]);
    const lines = stderr
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines.slice(0, -1))
      expect(line).toMatchObject({ state: "running", rows: expect.any(Number) as number });
    expect(lines.at(-1)).toMatchObject({ state: "ready", tables: [{ name: "large", rows: LARGE_ROWS }], problems: [] });
  });

  it("shows what can be exported", async () => {
    const all = await waybill(["objects", "--source", url()]);
    expect(all.stdout.toString()).toMatch(
      /^object +kind +fields +key.*\ncustomers +table +2 +id.*\nlarge.*\norders +table +5 +id/,
    );
    const one = (await waybill(["objects", "orders", "--source", url()])).stdout.toString();
    expect(one).toMatch(/total +decimal/);
    expect(one).toMatch(/customer +customers +customer_id/);
    const json = JSON.parse(
      (await waybill(["objects", "customers", "--json", "--source", url()])).stdout.toString(),
    ) as object;
    expect(json).toMatchObject({ name: "customers", key: ["id"], lists: [{ name: "orders", object: "orders" }] });
    expectFailure(await waybill(["objects", "odrers", "--source", url()]), 2, /Did you mean orders/);
  });

  it("ends soon when its reader has enough, and the statement with it", async () => {
    const begin = performance.now();
    const { stdout, stderr } = await shell(
      `$WAYBILL export large --source '${url()}' -f csv | head -c 10; code=\${PIPESTATUS[0]}; echo; echo $code`,
    );
    expect(stdout.toString()).toBe("id,name\n1,\n1\n");
    expect(stderr).toMatch(
      /^waybill: The reader of standard output stopped before the export was complete\.\n {2}.*\n$/,
    );
    expect(performance.now() - begin).toBeLessThan(5_000);
    await until(async () => (await running(postgres)) === 0, 6_000);
  });
});

it("replaces a file whole, and leaves it as it was until then", async () => {
  const out = emptyFolder();
  const file = join(out, "l.csv");
  writeFileSync(file, "as it was");
  const run = await heldWhileWriting(["export", "large", "--source", sqlite, "-o", file, "-q"], out);
  expect(readFileSync(file, "utf8")).toBe("as it was");
  run.kill("SIGCONT");
  expect((await run.ended).code).toBe(0);
  expect(readFileSync(file, "latin1").split("\n").length).toBe(LARGE_ROWS + 2);
  expect(filesIn(out)).toEqual(["l.csv"]);
});

it("keeps the rights of the file that it replaces, and a link a link", async () => {
  const out = emptyFolder();
  const [file, link] = [join(out, "o.csv"), join(out, "link.csv")];
  writeFileSync(file, "old", { mode: 0o600 });
  symlinkSync("o.csv", link);
  expect((await waybill(["export", "orders", "--source", sqlite, "-o", link, "-q"])).code).toBe(0);
  expect(readFileSync(file, "utf8")).toBe(ORDERS_CSV);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(filesIn(out)).toEqual(["link.csv", "o.csv"]);
});

it("prints help and version, and succeeds", async () => {
  const help = await waybill(["export", "--help"]);
  expect([help.code, help.stderr]).toEqual([0, ""]);
  for (const option of ["--where", "--paths", "--option", "--container"])
    expect(help.stdout.toString()).toContain(option);
  const version = await waybill(["--version"]);
  expect([version.code, version.stdout.toString()]).toEqual([0, "0.1.0\n"]);
});

it("fails when the folder is missing, or may not be written", async () => {
  const out = emptyFolder();
  expectFailure(
    await waybill(["export", "orders", "--source", sqlite, "-o", join(out, "a/b.csv")]),
    1,
    /The folder of ".*b\.csv" does not exist/,
  );
  mkdirSync(join(out, "x.csv.d"));
  expectFailure(
    await waybill(["export", "orders", "--source", sqlite, "-o", "/proc/x.csv"]),
    1,
    /does not exist|may not be written/,
  );
  expect(filesIn(out)).toEqual(["x.csv.d"]);
});

it("fails when the disk is full, and leaves nothing behind", async () => {
  expectFailure(
    await waybill(["export", "large", "--source", sqlite, "-f", "csv", "-o", "/dev/full"]),
    1,
    /no space left to write "\/dev\/full"/,
  );
  for (const name of ["large.csv", "large.csv.gz"]) {
    // A file system of one megabyte, in a namespace where this user may mount it.
    const ended = await shell(
      `exec unshare --map-root-user --mount bash -c 'mount -t tmpfs -o size=1m tmpfs . && cd "$PWD" &&
       { $WAYBILL export large --source ${postgres.url} -o ${name}; code=$?; ls -A; exit $code; }'`,
      emptyFolder(),
    );
    expectFailure(ended, 1, /There is no space left to write/);
    expect(ended.stdout.toString()).toBe("");
  }
  await until(async () => (await running(postgres)) === 0, 6_000);
});

it("fails when a file may not be as large", async () => {
  const out = emptyFolder();
  const ended = await shell(`ulimit -f 1000; trap '' XFSZ; $WAYBILL export large --source '${sqlite}' -o big.csv`, out);
  expectFailure(ended, 1, /would be larger than files may be here/);
  expect(filesIn(out)).toEqual([]);
});

it("lets one of two writers of a file win, and tells the other", async () => {
  const out = emptyFolder();
  const args = ["export", "large", "--source", sqlite, "-o", join(out, "l.csv"), "-q"];
  const told = /Another export \(process \d+\) is writing ".*l\.csv"/;
  const first = await heldWhileWriting(args, out);
  expectFailure(await waybill(args), 1, told);
  first.kill("SIGCONT");
  expect((await first.ended).code).toBe(0);
  expect(filesIn(out)).toEqual(["l.csv"]);
  // Both at once: one of them wins, unless one was over when the other began.
  const ends = await Promise.all([start(args).ended, start(args).ended]);
  expect(ends.map(({ code }) => code)).toContain(0);
  for (const loser of ends.filter(({ code }) => code !== 0)) expectFailure(loser, 1, told);
  expect(filesIn(out)).toEqual(["l.csv"]);
  expect(statSync(join(out, "l.csv")).size).toBeGreaterThan(LARGE_ROWS * 10);
});

/** An export that goes no further than to have begun its file. */
async function heldWhileWriting(args: readonly string[], out: string): Promise<ReturnType<typeof start>> {
  const before = filesIn(out).length;
  const run = start(args);
  onTestFinished(() => run.kill("SIGKILL"));
  await until(() => filesIn(out).length > before, 20_000);
  run.kill("SIGSTOP");
  expect(filesIn(out).length).toBe(before + 1);
  return run;
}
