// Groups instead of records (CX12): every measure, parts of dates, filters before and after.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exported, records } from "../setup/export.ts";
import type { TestEngine, TestTable } from "./engine.ts";

const jobs: TestTable = {
  name: "jobs",
  columns: [
    { name: "id", type: "integer" },
    { name: "queue", type: "text" },
    { name: "started", type: "instant" },
    { name: "day", type: "date" },
    { name: "cores", type: "integer" },
    { name: "cost", type: "decimal" },
    { name: "load", type: "float" },
    { name: "metadata", type: "json" },
    { name: "failed", type: "boolean" },
  ],
  key: ["id"],
  rows: [
    [
      "1",
      "long",
      "2024-01-31T23:30:00Z",
      "2024-01-31",
      "9007199254740993",
      "0.10",
      "0.5",
      `{"gpu":2,"site":"a"}`,
      "false",
    ],
    [
      "2",
      "long",
      "2024-02-01T00:00:00Z",
      "2024-02-01",
      "9007199254740993",
      "0.20",
      "0.25",
      `{"gpu":1,"site":"b"}`,
      "true",
    ],
    ["3", "short", "2024-02-10T12:00:00Z", "2024-02-10", "3", "1.00", "1", `{"site":"a"}`, "false"],
    ["4", "short", "2024-02-11T12:00:00Z", "2024-02-11", null, "2.00", null, null, "true"],
    ["5", null, "2023-12-31T23:59:59Z", "2023-12-31", "1", null, "4", `{"gpu":"many"}`, null],
    ["6", "long", null, null, "1", "0.333333333333333333333333333333333333", "2", `{"gpu":0.5,"site":"a"}`, "false"],
  ],
};

/** Declares the tests of an engine. */
export function aggregatesBehave(engine: TestEngine): void {
  describe(`${engine.name}: aggregates`, () => {
    let url = "";
    let drop = async (): Promise<void> => {};
    beforeAll(async () => {
      ({ url, drop } = await engine.make([jobs]));
    });
    afterAll(() => drop());

    it("measures groups, exactly", async () => {
      const { text } = await exported(url, {
        object: "jobs",
        format: "csv",
        aggregate: {
          by: ["queue"],
          measures: {
            n: { count: "*" },
            with_cores: { count: "cores" },
            days: { distinct: "day" },
            cores: { sum: "cores" },
            cost: { sum: "cost" },
            mean: { mean: "cost" },
            load: { mean: "load" },
            first: { min: "started" },
            last: { max: "day" },
            cheapest: { min: "cost" },
            site: { max: "metadata.site" },
            gpus: { sum: "metadata.gpu" },
            sites: { distinct: "metadata.site" },
          },
        },
      });
      // Where all decimals of a column are of one scale, zeros fill it.
      const shown = engine.fixedScale === true ? text.replaceAll(/(\.\d\d)0+(?=[,\n])/g, "$1") : text;
      expect(shown).toBe(
        [
          "queue,n,with_cores,days,cores,cost,mean,load,first,last,cheapest,site,gpus,sites",
          "long,3,3,2,18014398509481987,0.633333333333333333333333333333333333,0.2111111111111111,0.9166666666666666,2024-01-31T23:30:00Z,2024-02-01,0.10,,3.5,2",
          "short,2,1,2,3,3.00,1.5,1,2024-02-10T12:00:00Z,2024-02-11,1.00,,,1",
          ",1,1,1,1,,,4,2023-12-31T23:59:59Z,2023-12-31,,,,0",
          "",
        ].join("\n"),
      );
    });

    it("groups by parts of dates, in the export's zone", async () => {
      const aggregate = { by: [{ month: "started" }], measures: { n: { count: "*" } } };
      expect(await records(url, { object: "jobs", aggregate })).toEqual([
        { "started.month": "2023-12", n: 1 },
        { "started.month": "2024-01", n: 1 },
        { "started.month": "2024-02", n: 3 },
        { "started.month": null, n: 1 },
      ]);
      expect(await records(url, { object: "jobs", aggregate, timeZone: "Europe/Paris" })).toEqual([
        { "started.month": "2024-01", n: 1 },
        { "started.month": "2024-02", n: 4 },
        { "started.month": null, n: 1 },
      ]);
      expect(
        await records(url, { object: "jobs", aggregate: { by: [{ year: "day" }], measures: { n: { count: "day" } } } }),
      ).toEqual([
        { "day.year": "2023", n: 1 },
        { "day.year": "2024", n: 4 },
        { "day.year": null, n: 0 },
      ]);
    });

    it("filters before and after, orders and limits", async () => {
      const found = await records(url, {
        object: "jobs",
        where: { id: { $lte: 5 } },
        order: ["-n", "queue"],
        limit: 2,
        aggregate: {
          by: ["queue"],
          measures: { n: { count: "*" }, cost: { sum: "cost" } },
          having: { n: { $gte: 2 }, cost: { $gt: "0.2" } },
        },
      });
      expect(found).toEqual([
        { queue: "long", n: 2, cost: 0.3 },
        { queue: "short", n: 2, cost: 3 },
      ]);
    });

    it("groups by several fields, JSON keys and booleans", async () => {
      const found = await records(url, {
        object: "jobs",
        aggregate: { by: ["failed", "metadata.site"], measures: { n: { count: "*" } } },
      });
      expect(found).toEqual([
        { failed: false, "metadata.site": "a", n: 3 },
        { failed: true, "metadata.site": "b", n: 1 },
        { failed: true, "metadata.site": null, n: 1 },
        { failed: null, "metadata.site": null, n: 1 },
      ]);
    });

    it("measures the whole", async () => {
      expect(
        await records(url, {
          object: "jobs",
          aggregate: { measures: { n: { count: "*" }, queues: { distinct: "queue" } } },
        }),
      ).toEqual([{ n: 6, queues: 2 }]);
      expect(
        await records(url, {
          object: "jobs",
          where: { id: -1 },
          aggregate: { measures: { n: { count: "*" }, cost: { sum: "cost" } } },
        }),
      ).toEqual([{ n: 0, cost: null }]);
    });
  });
}
