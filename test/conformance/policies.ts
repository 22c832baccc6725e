// Policies: whatever is asked, and however, the answer is that of a database which holds nothing else than what the
// principal may see. That database is made by plain JavaScript.
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Catalog } from "../../src/catalog/types.ts";
import { accessOf } from "../../src/plan/access.ts";
import type { Principal } from "../../src/plan/principal.ts";
import type { ExportRequest } from "../../src/plan/request.ts";
import { fullAccess } from "../../src/plan/scope.ts";
import { configured } from "../setup/configured.ts";
import { exported } from "../setup/export.ts";
import { fuzz } from "../setup/fuzz.ts";
import type { TestEngine } from "./engine.ts";
import { objectsOf, PATHS, PEOPLE, POLICIES, REFERENCES, seen, tablesOf, where, WORLD } from "./policy-world.ts";

const person1: Principal = { email: PEOPLE[0]!, id: "1", role: "analyst", attributes: { level: 2 }, namespaces: null };
const PRINCIPALS: readonly Principal[] = [
  person1,
  { email: PEOPLE[1]!, id: "2", role: "owner", attributes: { level: [0, 1], sites: [] }, namespaces: ["2", "3", "5"] },
  { email: null, id: null, role: null, attributes: {}, namespaces: null },
];

/** The worlds that each principal sees under each policy, and the names of their tables. */
const VIEWS = POLICIES.flatMap((policies, p) =>
  PRINCIPALS.map((principal, n) => ({ policies, principal, suffix: `_${p}_${n}` })),
);

const LISTS: Readonly<Record<string, readonly string[]>> = {
  projects: ["samples", "parts", "samples.measures", "samples.lists.visits", "parts.samples"],
  samples: ["measures", "lists.visits"],
  measures: [],
};
const request: fc.Arbitrary<ExportRequest> = fc.constantFrom("projects", "samples", "measures").chain((object) => {
  const paths = fc.subarray([...PATHS[object]!], { minLength: 1 });
  const order = fc
    .subarray([...PATHS[object]!], { maxLength: 2 })
    .chain((all) => fc.boolean().map((down) => all.map((one) => (down ? `-${one}` : one))));
  const common = { where: where(object, 2), limit: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }) };
  const records = fc.record({
    ...common,
    paths: fc.option(paths, { nil: undefined }),
    include: fc.subarray([...LISTS[object]!]),
    expand: fc.subarray([...REFERENCES[object]!]),
    order,
    format: fc.constantFrom("ndjson", "json", "xlsx", "xml"),
  });
  const groups = fc.record({
    where: common.where,
    aggregate: fc.subarray([...PATHS[object]!], { maxLength: 2 }).map((by) => ({
      by,
      measures: { n: { count: "*" }, m: { max: PATHS[object]![1]! }, d: { distinct: PATHS[object]![3]! } },
      having: { n: { $gte: 1 } },
    })),
    format: fc.constant("csv"),
  });
  return fc
    .oneof({ weight: 4, arbitrary: records }, { weight: 1, arbitrary: groups })
    .map((rest) => ({ object, ...(JSON.parse(JSON.stringify(rest)) as object) }) as ExportRequest);
});

/** Declares the tests of an engine. */
export function policiesBehave(engine: TestEngine): void {
  describe(`${engine.name}: policies`, () => {
    let url = "";
    let drop = async (): Promise<void> => {};
    const catalogs = new Map<unknown, { restricted: Catalog; bare: Catalog }>();
    beforeAll(async () => {
      const views = VIEWS.flatMap(({ policies, principal, suffix }) => tablesOf(seen(policies, principal), suffix));
      ({ url, drop } = await engine.make([...tablesOf(WORLD, ""), ...views]));
      for (const view of VIEWS) {
        const restricted = await configured(url, objectsOf("", view.policies));
        catalogs.set(view, { restricted, bare: await configured(url, objectsOf(view.suffix, null)) });
      }
    });
    afterAll(() => drop());

    const ask = async (asked: ExportRequest, catalog: Catalog, principal: Principal | null): Promise<unknown> => {
      const access = principal === null ? fullAccess : accessOf(principal, catalog);
      try {
        const { bytes, facts } = await exported(url, asked, "none", { catalog, access });
        return asked.format === "xlsx" ? bytes.toString("base64") : [bytes.toString("utf8"), facts.tables];
      } catch (error) {
        return (error as Error).message;
      }
    };

    it("hold in whatever way is asked", async () => {
      await fuzz(
        fc.tuple(fc.constantFrom(...VIEWS), request),
        async ([view, asked]) => {
          const { restricted, bare } = catalogs.get(view)!;
          expect(await ask(asked, restricted, view.principal)).toEqual(await ask(asked, bare, null));
        },
        60,
      );
    }, 120_000);

    it("let each principal see exactly their records", async () => {
      for (const view of VIEWS) {
        const { restricted } = catalogs.get(view)!;
        const world = seen(view.policies, view.principal);
        for (const object of ["projects", "samples", "measures"] as const) {
          const asked = { object, format: "csv", paths: ["id"] };
          const ids = world[object].map(({ id }) => `${id}\n`).join("");
          expect((await ask(asked, restricted, view.principal)) as unknown[]).toEqual([
            `id\n${ids}`,
            [{ name: object, rows: world[object].length }],
          ]);
        }
      }
    }, 120_000);
  });
}
