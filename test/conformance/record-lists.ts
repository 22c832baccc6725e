// The items of one record's list, in place of the records: child records, and documents nested in the record.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Catalog } from "../../src/catalog/types.ts";
import type { Container } from "../../src/engine/run.ts";
import { formatNamed } from "../../src/formats/index.ts";
import type { WaybillError } from "../../src/lib/errors.ts";
import { keyText } from "../../src/lib/record-key.ts";
import { accessOf } from "../../src/plan/access.ts";
import { planExport } from "../../src/plan/plan-export.ts";
import { readPrefix } from "../../src/plan/prefix.ts";
import type { Principal } from "../../src/plan/principal.ts";
import type { ExportRequest } from "../../src/plan/request.ts";
import { recordThere } from "../../src/service/records/there.ts";
import { sourceAt } from "../../src/sources/index.ts";
import { unpacked } from "../archives/archive.ts";
import { configured } from "../setup/configured.ts";
import { exported, type Exported } from "../setup/export.ts";
import { anna, measures, notes, OBJECTS, range, samples, SAMPLES } from "./batches.ts";
import type { TestEngine } from "./engine.ts";

/** One with three visits and several measures, which is Anna's, and one that is not. */
const HERS = SAMPLES[7]!;
const BOBS = SAMPLES[3]!;
const keyOf = ({ lab, no }: (typeof SAMPLES)[number]): string => keyText([lab, no]);

const { samples: its, measures: itsMeasures, secret } = OBJECTS;
const LISTS = {
  samples: { policy: its.policy, lists: its.lists },
  measures: itsMeasures,
  notes: {},
  secret: { ...secret, lists: { visits: { json: "visits", fields: { day: "integer" } } } },
};

/** Declares the tests of an engine. */
export function recordListsBehave(engine: TestEngine): void {
  describe(`${engine.name}: a record's list`, () => {
    let url = "";
    let drop = async (): Promise<void> => {};
    let catalog: Catalog = { objects: new Map() };
    beforeAll(async () => {
      ({ url, drop } = await engine.make([samples, measures, notes]));
      catalog = await configured(url, LISTS);
    });
    afterAll(() => drop());

    const sees = (principal: Principal | null) => ({ catalog, access: accessOf(principal, catalog) });
    const run = (
      request: Partial<ExportRequest>,
      principal: Principal | null = null,
      container: Container = "none",
    ): Promise<Exported> => exported(url, { object: "samples", format: "csv", ...request }, container, sees(principal));
    const listOf = (
      list: string,
      request: Partial<ExportRequest> = {},
      principal: Principal | null = null,
      container: Container = "none",
    ): Promise<Exported> => run({ ...request, prefix: { key: keyOf(HERS), list } }, principal, container);
    /** The same measures, by a filter on them. */
    const where = { lab: HERS.lab, no: HERS.no };
    const refusal = (request: Partial<ExportRequest>, principal: Principal | null = null): unknown => {
      try {
        planExport(
          { object: "samples", format: "csv", ...request },
          catalog,
          formatNamed("csv"),
          sees(principal).access,
        );
        return null;
      } catch (error) {
        const { code, places, message } = error as WaybillError;
        return [code, places[0]?.pointer, message];
      }
    };

    it.each<[string, Partial<ExportRequest>, unknown]>([
      ["csv", {}, {}],
      ["ndjson", { include: ["notes"] }, {}],
      ["xlsx", { paths: ["value", "id"], order: ["-value"] }, {}],
      ["json", { order: ["-value"], limit: 2, include: ["notes"] }, {}],
      ["csv", { order: ["value"] }, { value: { $gt: 60 } }],
      ["csv", { aggregate: { by: ["lab"], measures: { n: { count: "*" }, most: { max: "value" } } } }, {}],
    ])("of child records is what a filter on them finds: %s %j", async (format, request, also) => {
      const byFilter = await run({ ...request, format, object: "measures", where: { $and: [where, also] } });
      const byList = await listOf("measures", { ...request, format, where: also });
      expect(byFilter.facts.tables[0]!.rows).toBeGreaterThan(0);
      expect(byList.facts.tables).toEqual(byFilter.facts.tables);
      expect(byList.bytes.equals(byFilter.bytes)).toBe(true);
    });

    it("has lists of its own as tables, and the archive tells whose it is", async () => {
      const byFilter = await unpacked(
        (await run({ object: "measures", where, include: ["notes"] }, null, "zip")).bytes,
      );
      const { bytes } = await listOf("measures", { include: ["notes"] }, null, "zip");
      const files = await unpacked(bytes);
      expect([...files.keys()]).toEqual(["measures.csv", "measures.notes.csv", "README.txt", "datapackage.json"]);
      for (const name of ["measures.csv", "measures.notes.csv"]) expect(files.get(name)).toEqual(byFilter.get(name));
      const prefix = `${keyOf(HERS)}/measures`;
      expect(JSON.parse(files.get("datapackage.json")!.toString())).toMatchObject({
        provenance: { object: "samples", prefix },
      });
      expect(files.get("README.txt")!.toString()).toContain(prefix);
    });

    it("of nested documents has their columns, filter and order", async () => {
      const lines = async (request: Partial<ExportRequest>): Promise<string[]> =>
        (await listOf("visits", request)).text.trimEnd().split("\n");
      expect(await lines({ paths: ["position", "day", "by"] })).toEqual([
        "position,day,by",
        ...range(3).map((day) => `${day + 1},${day},p${day}`),
      ]);
      expect(await lines({ paths: ["by"], where: { day: { $gte: 1 } }, order: ["-day"] })).toEqual(["by", "p2", "p1"]);
      expect(await lines({ paths: ["day"], limit: 1 })).toEqual(["day", "0"]);
      const { text } = await listOf("visits", { format: "json", paths: ["day", "by"] });
      expect(JSON.parse(text)).toEqual(range(3).map((day) => ({ day, by: `p${day}` })));
    });

    it("of a record that the principal may not see has no items, and the record is not there", async () => {
      const of = async (key: string): Promise<number> => {
        const { facts } = await run({ prefix: { key, list: "visits" } }, anna);
        return facts.tables[0]!.rows;
      };
      expect(await of(keyOf(HERS))).toBe(3);
      expect(await of(keyOf(BOBS))).toBe(0);
      expect((await run({ prefix: { key: keyOf(BOBS), list: "visits" } })).facts.tables[0]!.rows).toBe(3);
      const session = await sourceAt(url).open(1, new AbortController().signal);
      try {
        const said = async (name: string, key: string, principal: Principal | null = anna): Promise<unknown> =>
          recordThere(session, catalog.objects.get(name)!, key, sees(principal)).then(
            () => "there",
            ({ code, message }: WaybillError) => [code, message],
          );
        const none = ["not-found", "There is no such record, or you may not see it."];
        expect(await said("samples", keyOf(HERS))).toBe("there");
        expect(await said("samples", `[ "${HERS.lab}", ${HERS.no} ]`)).toBe("there");
        expect(await said("samples", keyOf(BOBS), null)).toBe("there");
        const others = [keyOf(BOBS), keyText(["Z", "1"]), keyText([HERS.lab, `0${HERS.no}`]), "nonsense", "[]", ""];
        for (const key of others) expect(await said("samples", key)).toEqual(none);
        expect(await said("secret", keyOf(HERS))).toEqual(none);
      } finally {
        await session.close();
      }
    });

    it("is refused where there is none of that name, or no record can be named", () => {
      const key = keyOf(HERS);
      expect(refusal({ prefix: { key, list: "measure" } })).toEqual([
        "unknown-list",
        "/prefix",
        'samples has no list "measure".',
      ]);
      expect(refusal({ object: "secret", prefix: { key, list: "visits" } }, anna)).toEqual([
        "no-key",
        "/prefix",
        "secret has no key by which you could name a record.",
      ]);
      expect(refusal({ prefix: { key, list: "measures" }, order: ["name"] })).toMatchObject([
        "unknown-field",
        "/order/0",
        expect.anything(),
      ]);
      const batch = { object: "samples", count: 1 };
      const format = formatNamed("csv");
      const request = { object: "samples", format: "csv", prefix: { key, list: "measures" } };
      expect(() => planExport(request, catalog, format, sees(null).access, null, batch)).toThrow(
        "A batch has no prefix.",
      );
      expect(readPrefix("a/b/c")).toEqual({ key: "a/b", list: "c" });
      for (const text of ["", "/", "a", "a/", "/b"]) {
        expect(() => readPrefix(text)).toThrow("The prefix names no list of a record.");
      }
    });
  });
}
