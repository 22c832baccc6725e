// Standard output and standard error that are closed or full: a sentence where it can be said, and an end in good time.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { childrenOf, emptyFolder, expectFailure, filesIn, isAlive, shell, start, until } from "./program.ts";
import { inSqlite, LARGE_ROWS } from "./tables.ts";

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "waybill-streams-"));
  inSqlite(join(folder, "shop.db"), true);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe.each([
  ["the version", "--version"],
  ["help", "export --help"],
  ["all object types", "objects --source sqlite:shop.db"],
  ["one object type", "objects orders --source sqlite:shop.db"],
  ["an export of some bytes", "export orders --source sqlite:shop.db --format csv -q"],
  ["a large export", "export large --source sqlite:shop.db --format csv -q"],
  ["a large gzip", "export large --source sqlite:shop.db --format csv --container gzip -q"],
  ["a large zstd", "export large --source sqlite:shop.db --format csv --container zstd -q"],
  ["a large zip", "export large --source sqlite:shop.db --format csv --container zip -q"],
])("%s", (_name, args) => {
  it("fails when the reader has gone", async () => {
    const ended = await shell(`$WAYBILL ${args} | true; exit \${PIPESTATUS[0]}`, folder);
    expectFailure(ended, 1, /The reader of standard output stopped/);
  });

  it("fails when the disk is full", async () => {
    const ended = await shell(`exec $WAYBILL ${args} > /dev/full`, folder);
    expectFailure(ended, 1, /There is no space left to write standard output\./);
  });
});

describe("progress that nobody takes", () => {
  const command = `$WAYBILL export large --source sqlite:SOURCE -o large.csv --progress json`;

  it.each([
    ["its reader has gone", `${command} 2> >(head -c 5 > /dev/null)`],
    ["its disk is full", `${command} 2> /dev/full`],
    ["it is closed", `${command} 2>&-`],
  ])("does not keep the export from its end: %s", async (_name, line) => {
    const out = emptyFolder();
    const { code } = await shell(line.replace("SOURCE", join(folder, "shop.db")), out);
    expect(code).toBe(0);
    expect(filesIn(out)).toEqual(["large.csv"]);
    expect(readFileSync(join(out, "large.csv"), "latin1").split("\n").length).toBe(LARGE_ROWS + 2);
  });

  it("does not keep a mistake from its exit code", async () => {
    const { code } = await shell("exec $WAYBILL export orders --source sqlite:none.db --format csv 2> /dev/full");
    expect(code).toBe(1);
    expect((await shell("exec $WAYBILL export --nope 2> /dev/full")).code).toBe(2);
  });
});

describe("a reader that takes its time gets every byte", () => {
  it.each([
    ["of standard output", ""],
    // What Node makes of one end of a pipe counts for all that share it.
    ["when remarks come the same way", "2>&1"],
  ])("%s", async (_name, redirected) => {
    const { stdout, stderr } = await shell(
      `$WAYBILL export large --source sqlite:shop.db -f csv ${redirected} | (sleep 1; tail -n 3); exit \${PIPESTATUS[0]}`,
      folder,
    );
    expect(stdout.toString() + stderr).toMatch(
      new RegExp(`\\n${LARGE_ROWS},text number ${LARGE_ROWS}\\n3,000,000 rows of large, [^\\n]*\\n$`),
    );
  });
});

it("the process that reads the database ends too", async () => {
  const source = `sqlite:${join(folder, "shop.db")}`;
  const run = start(["export", "large", "--source", source, "-f", "csv", "-o", "/dev/full"]);
  const readers = new Set<number>();
  let done = false;
  void run.ended.finally(() => (done = true));
  await until(async () => {
    for (const pid of await childrenOf(run.pid)) readers.add(pid);
    return done;
  }, 10_000);
  expectFailure(await run.ended, 1, /There is no space left to write "\/dev\/full"/);
  expect(readers.size).toBeGreaterThan(0);
  expect([...readers].filter(isAlive)).toEqual([]);
});
