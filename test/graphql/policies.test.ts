// Policies through GraphQL: whatever is asked, the answer is that of a database which holds nothing else than what the caller may see.
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answer } from "../../src/http/graphql/answer.ts";
import type { OpenOrg } from "../../src/orgs/open-org.ts";
import { temporaryFolder } from "../setup/control.ts";
import { callBy, openLab } from "../setup/org-call.ts";

const TABLES = `
  create table projects (id integer primary key, name text, code text);
  create table samples (id integer primary key, project_id integer, name text, depth real, state text, changed text);
  create table measures (id integer primary key, sample_id integer, value integer);
  create table papers (id integer primary key, sample_id integer, name text, path text);
  insert into projects values (1, 'Soil', 'S'), (2, 'North', 'N'), (3, 'Water', 'W');
  insert into samples values (1, 1, 'Alder', 0.5, 'open', '2024-01-01T00:00:00Z'), (2, 1, 'Birch', 1.25, 'done', '2024-01-02T00:00:00Z'),
    (3, 2, 'Cedar', null, 'open', '2024-01-02T00:00:00Z'), (4, 3, 'Secret', 9, 'open', '2024-01-03T00:00:00Z'), (5, 3, 'Elm', 10, 'done', null),
    (6, null, 'Secret too', 11, null, '2024-01-04T00:00:00Z'), (7, 1, 'Fir', 2, 'open', '2024-01-02T00:00:00Z');
  insert into measures values (1, 1, 10), (2, 1, 99), (3, 4, 12), (4, 2, 98), (5, 5, 13), (6, 6, 97);
  insert into papers values (1, 1, 'a.txt', 'a'), (2, 4, 'secret.txt', 'b'), (3, 5, 'c.txt', 'c');`;

/** What the policies below hide. */
const HIDDEN = `delete from samples where name like 'Secret%'; delete from measures where value > 90; delete from projects where name = 'North';
  delete from papers where name = 'secret.txt'`;

const POLICIES: Readonly<Record<string, object>> = {
  samples: { name: { $not: { $startsWith: "Secret" } } },
  measures: { value: { $lte: 90 } },
  projects: { name: { $ne: "North" } },
  papers: { name: { $ne: "secret.txt" } },
};

let orgs: readonly [policies: OpenOrg, bare: OpenOrg];
beforeAll(async () => {
  const open = async (isBare: boolean): Promise<OpenOrg> => {
    const folder = temporaryFolder();
    const db = new DatabaseSync(join(folder, "lab.db"));
    db.exec(isBare ? TABLES + HIDDEN : TABLES);
    db.close();
    const url = `sqlite:${join(folder, "lab.db")}`;
    const its = (name: string, more: object = {}) => ({ ...(isBare ? {} : { policy: POLICIES[name] }), ...more });
    const objects = {
      projects: its("projects", { lists: { samples: { object: "samples", by: "project_id" } } }),
      samples: its("samples", {
        references: { project: { object: "projects", by: "project_id" } },
        lists: { measures: { object: "measures", by: "sample_id" } },
        files: { papers: { object: "papers", by: "sample_id", store: "store", path: "path", name: "name" } },
        state: "state",
      }),
      measures: its("measures", { references: { sample: { object: "samples", by: "sample_id" } } }),
      papers: its("papers"),
    };
    return openLab(url, objects, { sources: { main: { url }, store: { url: `dir:${folder}` } } });
  };
  orgs = [await open(false), await open(true)];
});
afterAll(() => Promise.all(orgs.map((it) => it.close())));

async function answered(org: OpenOrg, query: string): Promise<unknown> {
  const how = { baseUrl: "https://waybill.example", fileLink: () => "link", timeLimit: 30_000, requestId: "r" };
  const call = callBy(org, "admin");
  const { body } = await answer(call, { query }, { ...how, onDefect: (error) => expect.fail(String(error)) });
  return JSON.parse(body);
}

const CONDITIONS = [
  '{"name":{"$contains":"e"}}',
  '{"project.name":"North"}',
  '{"project.name":{"$exists":false}}',
  '{"project.code":{"$ne":"S"}}',
  '{"measures":{"$size":0}}',
  '{"measures":{"$elemMatch":{"value":{"$gt":90}}}}',
  '{"$nor":[{"measures":{"$elemMatch":{"value":{"$gt":11}}}}]}',
  '{"measures":{"$elemMatch":{"sample.name":{"$startsWith":"A"}}}}',
  '{"depth":{"$gte":9}}',
  '{"id":{"$in":[1,4,6,99]}}',
];
const ARGUMENTS = [
  "",
  "(first: 1)",
  "(last: 2)",
  '(search: "secret")',
  '(search: "e")',
  '(search: "10")',
  '(order: ["-name"])',
  '(order: ["project.name", "-depth"])',
  '(order: ["project.code"], last: 3)',
  '(state: ["open"])',
  ...CONDITIONS.map((it) => `(where: ${JSON.stringify(it)})`),
];

const WHAT = `nodes { _key id name depth project { _key name code samples { nodes { name } totalCount } } measures(last: 5) { nodes { value sample { name } } totalCount }
  papers { nodes { name } hasMore } } pageInfo { hasNextPage hasPreviousPage } totalCount`;

test.each(ARGUMENTS)("samples%s", async (args) => {
  const [seen, bare] = await Promise.all(orgs.map((org) => answered(org, `{ samples${args} { ${WHAT} } }`)));
  expect(seen).toEqual(bare);
  expect(seen).not.toHaveProperty("errors");
  expect(JSON.stringify(seen)).not.toMatch(/Secret|North|secret\.txt|"9[789]"/);
});

test("other roots, records by their keys, and pages that go on", async () => {
  const documents = [
    '{ projects(first: 5) { nodes { name samples(order: ["-name"]) { nodes { name measures { nodes { value } } } totalCount } } totalCount } }',
    "{ measures { nodes { value sample_id sample { name project { name } } } totalCount } papers { nodes { name } totalCount } }",
    ...[1, 3, 4, 6, 99, "x"].map(
      (key) =>
        `{ samplesByKey(key: "${key}") { ${WHAT.slice(0, WHAT.indexOf("pageInfo"))
          .replace(/^nodes \{/, "")
          .trim()
          .replace(/\}$/, "")} } }`,
    ),
    ...["nothing", "-nothing", "project.nothing"].map((it) => `{ samples(order: ["${it}"]) { totalCount } }`),
  ];
  for (const document of documents) {
    const [seen, bare] = await Promise.all(orgs.map((org) => answered(org, document)));
    expect([document, seen]).toEqual([document, bare]);
    if (!document.includes("nothing")) expect(seen, document).not.toHaveProperty("errors");
  }
  for (const order of ["name", "-depth", "project.name", "-changed"]) {
    const walks = await Promise.all(
      orgs.map(async (org) => {
        const names: unknown[] = [];
        for (let after = ""; ;) {
          const { data } = (await answered(
            org,
            `{ samples(first: 1, order: ["${order}"]${after}) { nodes { name } pageInfo { hasNextPage endCursor } } }`,
          )) as {
            data: { samples: { nodes: { name: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } };
          };
          names.push(...data.samples.nodes.map(({ name }) => name));
          if (!data.samples.pageInfo.hasNextPage) return names;
          after = `, after: ${JSON.stringify(data.samples.pageInfo.endCursor)}`;
        }
      }),
    );
    expect([order, walks[0]]).toEqual([order, walks[1]]);
    expect(walks[0]).toHaveLength(5);
  }
});
