// How folders of files are read: by one process for a look and the export after it, and unsorted only where that is right.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Select } from "../../src/plan/select.ts";
import { filesSource } from "../../src/sources/files/source.ts";
import { isAlive, until } from "../command-line/program.ts";
import { exported } from "../setup/export.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "waybill-readers-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const put = (name: string, content: string): void => writeFileSync(join(folder, name), content);
const signal = (): AbortSignal => new AbortController().signal;

const select: Select = {
  table: "t",
  from: { name: "a" },
  joins: [],
  columns: [{ kind: "column", table: "t", column: "x", type: "integer", native: "BIGINT", nullable: true }],
  where: null,
  groupBy: null,
  having: null,
  order: [],
  limit: null,
  parent: null,
  timeZone: "UTC",
};

describe("the reader of a look", () => {
  const children = (): number[] =>
    readdirSync("/proc/self/task").flatMap((thread) =>
      readFileSync(`/proc/self/task/${thread}/children`, "utf8").split(" ").filter(Boolean).map(Number),
    );

  /** The readers that were started since. */
  function watched(): () => number[] {
    const before = new Set(children());
    return () => children().filter((child) => !before.has(child));
  }

  it("also reads the rows", async () => {
    put("a.ndjson", '{"x":1}\n');
    const readers = watched();
    const source = filesSource(folder);
    await source.introspect(signal());
    const looked = readers();
    expect(looked).toHaveLength(1);
    await source.describe(["SELECT x FROM a"], signal());
    const session = await source.open(1, signal());
    expect(readers()).toEqual(looked);
    // Somebody else at the same time has another one.
    const other = await source.open(1, signal());
    await other.stream(select).next();
    expect(readers()).toHaveLength(2);
    // The one that is not needed any more waits for whoever asks next, and just one does.
    await Promise.all([session.close(), other.close()]);
    await until(() => readers().length === 1, 5000);
  });

  it("is ended where a file is another one by then, and where rows are left", async () => {
    put("a.ndjson", '{"x":1}\n');
    const readers = watched();
    const source = filesSource(folder);
    await source.introspect(signal());
    const [first] = readers();
    put("b.ndjson", '{"y":1}\n');
    const session = await source.open(1, signal());
    expect(isAlive(first!)).toBe(false);
    expect(readers()).toHaveLength(1);
    await session.stream(select).next();
    await session.close();
    expect(readers()).toEqual([]);
  });

  it("is ended where the folder has gone, or who asked has", async () => {
    put("a.ndjson", '{"x":1}\n');
    const readers = watched();
    const gone = filesSource(join(folder, "."));
    await gone.introspect(signal());
    rmSync(folder, { recursive: true });
    await expect(gone.open(1, signal())).rejects.toMatchObject({ code: "source-unreachable" });
    expect(readers()).toEqual([]);
    folder = mkdtempSync(join(tmpdir(), "waybill-readers-"));
    put("a.ndjson", '{"x":1}\n');
    const controller = new AbortController();
    await filesSource(folder).introspect(controller.signal);
    expect(readers()).toHaveLength(1);
    controller.abort();
    await until(() => readers().length === 0, 5000);
  });

  it("is not started for CSV that is asked for as it lies, and started for anything else", async () => {
    put("a.csv", "x,y\n1,b\n2,a\n");
    const readers = watched();
    const source = filesSource(folder);
    const catalog = await source.introspect(signal());
    const text = async (order: string[], limit?: number): Promise<string> => {
      const asked = { object: "a", format: "csv", order, ...(limit === undefined ? {} : { limit }) };
      return (await exported(`files:${folder}`, asked, "none", { catalog })).text;
    };
    expect(await text(["x"])).toBe("x,y\n1,b\n2,a\n");
    expect(await text(["x"], 1)).toBe("x,y\n1,b\n");
    expect(await text(["x"], 0)).toBe("x,y\n");
    expect(readers()).toEqual([]);
    expect(await text(["-x"])).toBe("x,y\n2,a\n1,b\n");
    expect(readers()).toHaveLength(1);
    await source.describe(["SELECT x FROM a"], signal());
    expect(readers()).toHaveLength(2);
  });
});

describe("an abort", () => {
  const rows = (count: number): string => Array.from({ length: count }, (_, n) => `${n}`).join("\n");

  it("ends a look into CSV", async () => {
    put("a.csv", `x\n${rows(2_000_000)}\n`);
    const controller = new AbortController();
    const looking = filesSource(folder).introspect(controller.signal);
    setTimeout(() => controller.abort(new Error("enough")), 100);
    await expect(looking).rejects.toThrow("enough");
  });

  it("ends its rows", async () => {
    put("a.csv", `x\n${rows(200_000)}\n`);
    const controller = new AbortController();
    const source = filesSource(folder);
    await source.introspect(signal());
    const session = await source.open(1, controller.signal);
    const stream = session.stream(select);
    expect((await stream.next())?.rows).toBeGreaterThan(0);
    controller.abort(new Error("enough"));
    await expect(
      (async () => {
        for (let n = 0; n < 100; n++) await stream.next();
      })(),
    ).rejects.toThrow("enough");
    await session.close();
  });
});

describe("the order of a file", () => {
  const ROWS = 30_000;
  const day = (n: number): string => new Date(n * 86_400_000).toISOString().slice(0, 10);

  it.each([
    ["integers", (n: number) => String(n)],
    ["dates", day],
    ["texts", (n: number) => `t${String(n).padStart(6, "0")}`],
    ["decimals", (n: number) => `${n}.5`],
  ])("is kept where %s rise, and made where one does not", async (_, value) => {
    const values = Array.from({ length: ROWS }, (_item, n) => value(n + 1));
    const csvOf = async (object: string): Promise<string> =>
      (await exported(`files:${folder}`, { object, format: "csv", order: ["a"] }, "none")).text.replaceAll("\r", "");
    put("rising.csv", ["a", ...values].join("\n"));
    put("falls.csv", ["a", ...values, value(0)].join("\n"));
    expect(await csvOf("rising")).toBe(`${["a", ...values].join("\n")}\n`);
    expect(await csvOf("falls")).toBe(`${["a", value(0), ...values].join("\n")}\n`);
  });
});

it("reads records of some megabytes, and says which is too long", async () => {
  put("long.csv", `a,b\n1,${"x".repeat(5e6)}\n`);
  put("longer.csv", `a,b\n1,2\n1,${"x".repeat(9e6)}\n`);
  const { objects } = await filesSource(folder).introspect(signal());
  expect(objects.get("long")?.fields.map(({ type }) => type)).toEqual(["integer", "text"]);
  expect(objects.get("longer")?.documentation).toMatch(/line 3 of longer\.csv: it has more than 8000000 bytes/);
});
