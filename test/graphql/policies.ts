// Policies in GraphQL: whatever is asked, the answer is that of a database which holds nothing else than what the caller may
// see: records, counts, what cursors hold, and the texts of errors.
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { principalIn } from "../../src/access/org-access.ts";
import type { OpenOrg } from "../../src/orgs/open-org.ts";
import type { OrgCall } from "../../src/service/org-call.ts";
import type { TestEngine } from "../conformance/engine.ts";
import { objectsOf, PATHS, PEOPLE, POLICIES, seen, tablesOf, where, WORLD } from "../conformance/policy-world.ts";
import { fuzz } from "../setup/fuzz.ts";
import { callBy, openLab } from "../setup/org-call.ts";
import { askedBy, askedByBoth } from "./in-process.ts";
import { type Asking, PLACES, questions } from "./questions.ts";

const CALLERS: readonly ((org: OpenOrg) => OrgCall)[] = [
  (org) => callBy(org, { "1": "analyst", "4": "guest" }, { email: PEOPLE[0]! }),
  (org) => callBy(org, { "2": "owner", "3": "owner", "5": "owner" }, { email: PEOPLE[1]! }),
  (org) => callBy(org, "admin", { email: PEOPLE[2]! }),
];
/** Two callers for each policy: opening a source takes longer than asking it. */
const VIEWS = POLICIES.flatMap((policies, p) =>
  [p % 3, (p + 1) % 3].map((n) => ({ policies, callIn: CALLERS[n]!, suffix: `_${p}_${n}` })),
);
type View = (typeof VIEWS)[number];

const ASKING: Asking = {
  roots: ["projects", "samples", "measures"],
  keys: ["1", "2", "3", "5", "8", "13", "21", "34", "999", "x"],
  words: ["anna", "x.org BOB", "fresh", "7", "frozen carl"],
  wrong: [
    { where: '{"nothing":1}' },
    { where: '{"id":"x"}' },
    { where: '{"project.nobody":null}' },
    { where: '{"owner":{"$regex":"("}}' },
    { order: ["lists.samples"] },
    { order: ["-ownr"] },
    { nothing: 1 },
    { first: 0 },
    { after: "x" },
  ],
  objects: {
    projects: {
      fields: ["_key", "id", "owner", "parent_id"],
      references: { parent: "projects" },
      lists: { samples: "samples", parts: "projects" },
      paths: PATHS["projects"]!,
      where: where("projects", 2),
    },
    samples: {
      fields: ["_key", "id", "owner", "status", "project_id", "metadata", "metadata_level"],
      references: { project: "projects" },
      lists: { measures: "measures", visits: "visits" },
      paths: PATHS["samples"]!,
      where: where("samples", 2),
    },
    measures: {
      fields: ["_key", "id", "by", "value", "open"],
      references: { sample: "samples" },
      lists: {},
      paths: PATHS["measures"]!,
      where: where("measures", 2),
    },
    visits: {
      fields: ["by", "day"],
      references: {},
      lists: {},
      paths: ["by", "day"],
      where: fc.constantFrom({}, { by: PEOPLE[0]! }, { day: { $gte: 1 } }),
    },
  },
};

const RUNS = 150;

/** Declares the tests of an engine. */
export function policiesHoldInGraphql(engine: TestEngine): void {
  describe(`${engine.name}: policies in GraphQL`, () => {
    const calls = new Map<View, readonly [restricted: OrgCall, bare: OrgCall]>();
    const orgs: OpenOrg[] = [];
    let drop = async (): Promise<void> => {};
    beforeAll(async () => {
      // Who may see what is plain JavaScript; who somebody is, is said by the service.
      const worlds = await Promise.all(
        VIEWS.map(async ({ policies, callIn, suffix }) => {
          const principal = await principalIn(callIn({} as OpenOrg).access);
          return tablesOf(seen(policies, principal), suffix);
        }),
      );
      const made = await engine.make([...tablesOf(WORLD, ""), ...worlds.flat()]);
      drop = made.drop;
      const open = async (objects: Readonly<Record<string, unknown>>): Promise<OpenOrg> => {
        const org = await openLab(made.url, objects);
        orgs.push(org);
        return org;
      };
      for (const policies of POLICIES) {
        const restricted = await open(objectsOf("", policies));
        for (const view of VIEWS.filter((it) => it.policies === policies)) {
          // That records are in namespaces is said of both, and an administrator is in all.
          const { namespace } = policies;
          const none = { where: {}, ...(namespace === undefined ? {} : { namespace }) };
          const bare = await open(objectsOf(view.suffix, none));
          calls.set(view, [view.callIn(restricted), callBy(bare, "admin")]);
        }
      }
    });
    afterAll(async () => {
      for (const org of orgs) await org.close();
      await drop();
    });

    test("hold in whatever way is asked, and wherever one goes on", async () => {
      const met = { records: 0, errors: 0, further: 0 };
      await fuzz(
        fc.tuple(fc.constantFrom(...VIEWS), questions(ASKING), PLACES),
        async ([view, query, at]) => {
          const { first, further } = await askedByBoth(calls.get(view)!, query, at);
          const [mine, theirs] = first;
          expect([mine!.status, mine!.body]).toEqual([theirs!.status, theirs!.body]);
          expect(further[0]?.body).toEqual(further[1]?.body);
          if (mine!.cursors.length > 0) met.records++;
          if (Object.hasOwn(mine!.body as object, "errors")) met.errors++;
          if (further.length > 0) met.further++;
        },
        RUNS,
      );
      // Questions that find nothing would prove nothing.
      expect(met.records).toBeGreaterThan(RUNS / 5);
      expect(met.further).toBeGreaterThan(RUNS / 10);
      expect(met.errors).toBeGreaterThan(0);
    }, 120_000);

    test("let everybody see exactly their records, and count them", async () => {
      for (const view of VIEWS) {
        const [restricted] = calls.get(view)!;
        const world = seen(view.policies, await principalIn(restricted.access));
        for (const object of ["projects", "samples", "measures"] as const) {
          const ids = world[object].map(({ id }) => String(id));
          const found: string[] = [];
          for (let after: string | null = null; ;) {
            const query = `query($after:String){r:${object}(first:40,after:$after){totalCount nodes{id} pageInfo{endCursor}}}`;
            const { body, cursors } = await askedBy(restricted, { query, variables: { after } });
            const { r } = (body as { data: { r: { totalCount: number; nodes: { id: string }[] } } }).data;
            expect(r.totalCount).toBe(ids.length);
            found.push(...r.nodes.map(({ id }) => id));
            if (r.nodes.length < 40) break;
            after = cursors[0]!;
          }
          expect(found).toEqual(ids);
        }
      }
    }, 120_000);
  });
}
