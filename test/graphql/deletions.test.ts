// Logs of deletions in GraphQL: they tell nobody of records that were outside of what they may see.
import { afterEach, describe, expect, test } from "vitest";
import { schemaFor } from "../../src/http/graphql/schema.ts";
import { type OrgCall, sightOf } from "../../src/service/org-call.ts";
import type { TestTable } from "../conformance/engine.ts";
import { sqlite } from "../conformance/engines/sqlite.ts";
import { callBy, openLab } from "../setup/org-call.ts";
import { askedBy, withoutName } from "./in-process.ts";

const ENTRIES = Array.from({ length: 20 }, (_, n) => ({
  id: n + 1,
  sample: 100 + ((n * 7) % 20),
  at: `2024-03-${String(1 + Math.floor(n / 4)).padStart(2, "0")}T00:00:00Z`,
  project: 1 + (n % 3),
}));

function tablesOf(entries: typeof ENTRIES): TestTable[] {
  return [
    {
      name: "samples",
      columns: [
        { name: "id", type: "integer" },
        { name: "project_id", type: "integer" },
      ],
      key: ["id"],
      rows: [
        ["1", "1"],
        ["2", "2"],
      ],
    },
    {
      name: "gone",
      columns: [
        { name: "id", type: "integer" },
        { name: "sample_id", type: "integer" },
        { name: "at", type: "instant" },
        { name: "project_id", type: "integer" },
      ],
      key: ["id"],
      rows: entries.map(({ id, sample, at, project }) => [String(id), String(sample), at, String(project)]),
    },
  ];
}

const DELETED = { object: "gone", key: "sample_id", at: "at" };
const NAMESPACED = { namespace: "project_id" };
const POLICY = { policy: { project_id: 1 } };
const WITHHELD = { deidentify: { below: "owner", rule: "hash" } };

const closings: (() => Promise<void>)[] = [];
afterEach(async () => {
  while (closings.length > 0) await closings.pop()!();
});

async function lab(
  samples: object,
  gone: object,
  entries = ENTRIES,
): Promise<(as: "guest" | "owner" | "admin") => OrgCall> {
  const { url, drop } = await sqlite.make(tablesOf(entries));
  closings.push(drop);
  const org = await openLab(url, { samples: { deleted: DELETED, ...samples }, gone });
  closings.push(() => org.close());
  return (as) => callBy(org, as === "admin" ? "admin" : { "1": as });
}

const QUERY = `query($first:Int,$after:String,$since:DateTime){
  deletedSamples(first:$first,after:$after,since:$since){
    nodes{key at} edges{cursor node{key}} pageInfo{hasNextPage startCursor endCursor}
  }
}`;

describe("are no part of the schema", () => {
  test.each<[string, object, object, readonly ("guest" | "owner" | "admin")[]]>([
    ["of records in namespaces, where the log is in none", NAMESPACED, {}, ["guest", "owner"]],
    ["of records with a policy, where the log has none", POLICY, {}, ["guest", "owner", "admin"]],
    ["of records whose key may not be known", { fields: { id: WITHHELD } }, {}, ["guest"]],
    ["where the log's key may not be known", {}, { fields: { sample_id: WITHHELD } }, ["guest"]],
    ["where the log's time may not be known", {}, { fields: { at: WITHHELD } }, ["guest"]],
    ["where the log's key is hidden", {}, { fields: { sample_id: { hidden: true } } }, ["guest", "owner", "admin"]],
  ])("%s", async (_, samples, gone, closed) => {
    const callAs = await lab(samples, gone);
    for (const as of ["guest", "owner", "admin"] as const) {
      const call = callAs(as);
      const text = await (await schemaFor(await sightOf(call))).text();
      expect(text.includes("deletedSamples"), as).toBe(!closed.includes(as));
      expect(text.includes("type DeletedConnection"), as).toBe(!closed.includes(as));
      const asked = await askedBy(call, { query: QUERY });
      if (!closed.includes(as)) {
        expect(asked.status).toBe(200);
        expect(JSON.stringify(asked.body), as).toContain('"key":"100"');
        continue;
      }
      const never = await askedBy(call, { query: QUERY.replace("deletedSamples", "deletedSampleq") });
      expect(asked.status).toBe(400);
      expect(withoutName(asked, "deletedSamples")).toBe(withoutName(never, "deletedSampleq"));
    }
  });
});

test.each<[string, object, object, (entry: (typeof ENTRIES)[number]) => boolean]>([
  ["namespaces", NAMESPACED, NAMESPACED, ({ project }) => project === 1],
  ["a policy", POLICY, { policy: { project_id: { $ne: 2 } } }, ({ project }) => project !== 2],
  ["policy, which lets everything through", POLICY, { policy: {} }, () => true],
])("are read within the log's %s: the rest of it changes nothing", async (_, samples, gone, isSeen) => {
  const mine = ENTRIES.filter(isSeen);
  const calls = [(await lab(samples, gone))("guest"), (await lab(samples, gone, mine))("guest")];
  const seen: unknown[] = [];
  const further: (string | null)[] = [null, null];
  const ask = (more: (n: number) => object) =>
    Promise.all(calls.map((call, n) => askedBy(call, { query: QUERY, variables: { first: 3, ...more(n) } })));
  for (let hasNext = true; hasNext;) {
    const answers = await ask((n) => ({ after: further[n] }));
    expect(answers[0]!.body).toEqual(answers[1]!.body);
    const { deletedSamples } = (
      answers[0]!.body as { data: { deletedSamples: { nodes: object[]; pageInfo: { hasNextPage: boolean } } } }
    ).data;
    seen.push(...deletedSamples.nodes);
    hasNext = deletedSamples.pageInfo.hasNextPage;
    answers.forEach(({ cursors }, n) => (further[n] = cursors.at(-1)!));
  }
  expect(seen).toEqual(mine.map(({ sample, at }) => ({ key: String(sample), at })));
  const later = await ask(() => ({ since: "2024-03-03T00:00:00Z" }));
  expect(later[0]!.body).toEqual(later[1]!.body);
  // A place that only others were told of is a place, and leads to nothing of theirs.
  const admin = (await lab(NAMESPACED, NAMESPACED))("admin");
  const theirs = (await askedBy(admin, { query: QUERY, variables: { first: 2 } })).cursors.at(-1)!;
  const [afterTheirs] = await ask(() => ({ after: theirs }));
  const shown = JSON.stringify(afterTheirs!.body);
  for (const { sample } of ENTRIES.filter((it) => !isSeen(it))) expect(shown).not.toContain(`"key":"${sample}"`);
});
