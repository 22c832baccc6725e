// Several exports to one file, and what killed ones have left: the file under the name is always a whole one.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Ended, emptyFolder, expectFailure, filesIn, shell, start, until, waybill } from "./program.ts";
import { inSqlite, LARGE_ROWS, ORDERS_CSV } from "./tables.ts";

let folder = "";
let source = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "waybill-writers-"));
  source = `sqlite:${join(folder, "shop.db")}`;
  inSqlite(join(folder, "shop.db"), true);
});
afterAll(() => rmSync(folder, { recursive: true }));

it("of many that begin at once each succeeds or says who was first", async () => {
  const out = emptyFolder();
  const file = join(out, "o.csv");
  for (let round = 0; round < 4; round++) {
    const runs = Array.from({ length: 4 }, () => start(["export", "orders", "--source", source, "-o", file, "-q"]));
    const ends = await Promise.all(runs.map(({ ended }) => ended));
    expect(ends.filter(({ code }) => code === 0).length).toBeGreaterThan(0);
    for (const ended of ends) {
      if (ended.code === 0) expect(ended.stderr).toBe("");
      else expectFailure(ended, 1, /Another export \(process \d+\) is writing ".*o\.csv"\.\n {2}Wait until it is done/);
    }
    expect(readFileSync(file, "utf8")).toBe(ORDERS_CSV);
    expect(filesIn(out)).toEqual(["o.csv"]);
  }
});

it("one that comes later fails at once, and disturbs nothing", async () => {
  const out = emptyFolder();
  const args = ["export", "large", "--source", source, "-o", join(out, "l.csv"), "-q"];
  const first = start(args);
  await until(() => filesIn(out).some((name) => statSync(join(out, name)).size > 0), 10_000);
  expectFailure(await waybill(args), 1, new RegExp(`Another export \\(process ${first.pid}\\) is writing`));
  expect((await first.ended).code).toBe(0);
  expect(filesIn(out)).toEqual(["l.csv"]);
  expect(readFileSync(join(out, "l.csv"), "latin1").split("\n").length).toBe(LARGE_ROWS + 2);
});

/** Runs a line of bash with `large.csv` as output of an export that is killed in the middle. */
async function leftBehind(out: string, program: string): Promise<void> {
  await shell(
    `${program} export large --source ${source} -o large.csv -q & run=$!
     until [ -n "$(find . -name '*.waybill-part' -size +0)" ]; do sleep 0.02; done; kill -9 $run; wait`,
    out,
  );
  expect(filesIn(out).filter((name) => name.endsWith(".waybill-part")).length).toBe(1);
}

it("clears what a killed export has left, and nothing else", async () => {
  const out = emptyFolder();
  const others = [".large.csv.waybill-part", ".large.csv.notes.waybill-part", ".large.csv.7", "large.csv.bak"];
  await leftBehind(out, "$WAYBILL");
  for (const name of others) writeFileSync(join(out, name), "half");
  const args = ["export", "orders", "--source", source, "-o", join(out, "large.csv"), "-q"];
  expect(await waybill(args)).toMatchObject({ code: 0, stderr: "" });
  expect(filesIn(out)).toEqual([...others, "large.csv"].toSorted());
});

// The first process of a container has the number 1, and so has one outside.
const CONTAINED = "unshare --map-root-user --pid --fork --kill-child $WAYBILL";

it("is not held up by what was left under the number of a process that is another now", async () => {
  const out = emptyFolder();
  await leftBehind(out, CONTAINED);
  const args = ["export", "orders", "--source", source, "-o", join(out, "large.csv"), "-q"];
  expect(await waybill(args)).toMatchObject({ code: 0, stderr: "" });
  expect(readFileSync(join(out, "large.csv"), "utf8")).toBe(ORDERS_CSV);
});

it("two with the same process number, in two containers, publish no half file", async () => {
  const out = emptyFolder();
  const file = join(out, "l.csv");
  const contained = (): Promise<Ended> => shell(`exec ${CONTAINED} export large -s ${source} -o ${file} -q`);
  const first = contained();
  await until(() => filesIn(out).some((name) => statSync(join(out, name)).size > 10_000_000), 10_000);
  const second = contained();
  const sizes = new Set<number>();
  let done = false;
  const ends = Promise.all([first, second]).finally(() => (done = true));
  await until(() => {
    const size = statSync(file, { throwIfNoEntry: false })?.size;
    if (size !== undefined) sizes.add(size);
    return done;
  }, 25_000);
  for (const ended of await ends) if (ended.code !== 0) expectFailure(ended, 1, /Another export/);
  expect(readFileSync(file, "latin1").split("\n").length).toBe(LARGE_ROWS + 2);
  // It was whole from the first moment on.
  expect([...sizes]).toEqual([statSync(file).size]);
  expect(filesIn(out)).toEqual(["l.csv"]);
});
