// Documents whose records are written while they are read, and the same with records as objects: the answers are the same, letter by letter.
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answer, type Answer } from "../../src/http/graphql/answer.ts";
import type { GraphqlRequest } from "../../src/http/graphql/request.ts";
import { jsonWith, Written } from "../../src/http/graphql/written.ts";
import type { OpenOrg } from "../../src/orgs/open-org.ts";
import { temporaryFolder } from "../setup/control.ts";
import { callBy, openLab } from "../setup/org-call.ts";
import { ASKED, inObjects } from "./in-process.ts";

let org: OpenOrg;
beforeAll(async () => {
  const file = join(temporaryFolder(), "lab.db");
  const db = new DatabaseSync(file, { enableForeignKeyConstraints: false });
  db.exec(`create table projects (id integer primary key, name text, parent_id integer references projects (id));
    create table samples (id integer, part text, project_id integer references projects (id), name text, depth real, tags json, ok boolean, primary key (id, part));
    insert into projects values (1, 'Soil "deep"', null), (2, 'Sänd' || char(9) || '\\', 1);
    insert into samples values (1, 'a', 2, 'Alder', 2.5, '{ "b": 1,  "a": [1.5, null] }', 1), (1, 'b', 1, char(1) || char(0x1F600), -0.0, '[]', 0),
      (2, 'a', null, null, 1e300, 'null', 'maybe'), (3, 'a', 99, '', null, null, 7)`);
  db.close();
  org = await openLab(`sqlite:${file}`, {
    samples: { references: { project: { object: "projects", by: "project_id" } } },
    projects: { references: { parent: { object: "projects", by: "parent_id" } } },
  });
});
afterAll(() => org.close());

function ask(request: GraphqlRequest, of: OpenOrg = org): Promise<Answer> {
  return answer(callBy(of, "admin"), request, {
    baseUrl: "https://waybill.example",
    fileLink: () => "",
    timeLimit: 30_000,
    requestId: "r",
    onDefect: (error) => expect.fail(String(error)),
  });
}

const FIELDS = "_key id part name depth tags";

describe.each<[what: string, request: GraphqlRequest]>([
  ["fields", { query: `{ samples { nodes { ${FIELDS} } } }` }],
  ["names", { query: "{ a: samples { b: nodes { c: name d: name __typename } e: __typename } __typename }" }],
  ["values that have no form", { query: "{ samples { nodes { ok } } }" }],
  [
    "a record behind the page with such a value",
    { query: "{ samples(first: 2) { nodes { ok } pageInfo { hasNextPage } } }" },
  ],
  ["references", { query: "{ samples { nodes { id project { _key name parent { name __typename } } } } }" }],
  [
    "one reference twice",
    { query: "{ samples { nodes { a: project { name } b: project { id } project { _key } } } }" },
  ],
  ["a page twice", { query: "{ samples { nodes { id } } samples { nodes { name } totalCount } }" }],
  ["a field twice", { query: "{ samples { nodes { project { name } project { id } name } nodes { depth } } }" }],
  ["nothing but what is around them", { query: "{ samples(first: 1) { pageInfo { hasNextPage } totalCount } }" }],
  ["no records", { query: `{ samples(where: "{\\"id\\": 77}") { nodes { ${FIELDS} } totalCount } }` }],
  ["counts", { query: "{ samples(first: 2) { totalCount nodes { id } pageInfo { hasNextPage hasPreviousPage } } }" }],
  [
    "several",
    { query: "{ samples { nodes { id } } projects { nodes { name } } other: samples(first: 1) { nodes { id } } }" },
  ],
  [
    "one by its key",
    {
      query:
        '{ samplesByKey(key: "[\\"1\\",\\"b\\"]") { name _key project { name } } projectsByKey(key: "1") { name } }',
    },
  ],
  ["none by its key", { query: '{ projectsByKey(key: "9") { name } other: projectsByKey(key: "x") { name } }' }],
  [
    "fragments",
    {
      query: `fragment R on Samples { ...F project { name } } fragment F on Samples { id name }
        fragment C on SamplesConnection { nodes { ...R ... on Samples { depth } } } query Q { samples { ...C } }`,
    },
  ],
  [
    "directives",
    {
      query: `query ($yes: Boolean!, $no: Boolean!) { samples { nodes { id name @include(if: $no) depth @skip(if: $yes) part @include(if: $yes)
        project @skip(if: $no) { name } } pageInfo @include(if: $no) { hasNextPage } } }`,
      variables: { yes: true, no: false },
    },
  ],
  [
    "variables",
    {
      query:
        "query ($n: Int, $where: Where, $order: [String!]) { samples(first: $n, where: $where, order: $order) { nodes { id name } } }",
      variables: { n: 2, where: { id: { $gte: 1 } }, order: ["-name"] },
    },
  ],
  [
    "one of several operations",
    { query: "query A { projects { nodes { id } } } query B { samples { nodes { id } } }", operationName: "B" },
  ],
])("plain: %s", (_what, request) => {
  test("is written, and reads as objects do", async () => {
    const { body, status, errors } = await ask(request);
    expect([status, errors]).toEqual([200, []]);
    expect(body).toBeInstanceOf(Buffer);
    const objects = await ask({ ...request, query: inObjects(request.query!) });
    expect(objects.body).toBeTypeOf("string");
    expect(String(body)).toBe(String(objects.body).replace(ASKED, ""));
  });
});

test.each([
  ["edges", "{ samples { edges { node { id } } } }"],
  ["pages from the end", "{ samples(last: 2) { nodes { id } } }"],
  ["lists", "{ projects { nodes { samples { nodes { id } } } } }"],
  ["lists behind references", "{ samples { nodes { project { samples { totalCount } } } } }"],
  ["nodes by two names", "{ samples { a: nodes { id } b: nodes { name } } }"],
  ["nodes by two names, apart", "{ samples { a: nodes { id } } samples { b: nodes { name } } }"],
  ["what is not of the records", "{ samples { nodes { id } } __schema { queryType { name } } }"],
  ["lists in a fragment", "fragment F on Projects { samples { totalCount } } { projects { nodes { ...F } } }"],
])("not plain: %s", async (_what, query) => {
  const { body, errors } = await ask({ query });
  expect(errors).toEqual([]);
  expect(body).toBeTypeOf("string");
});

test("pages go on from one to the next, and what is wrong with one leaves the others", async () => {
  const query =
    "query ($after: String) { samples(first: 3, after: $after) { nodes { id part } pageInfo { endCursor hasNextPage } } }";
  type Page = { data: { samples: { nodes: object[]; pageInfo: { endCursor: string; hasNextPage: boolean } } } };
  const first = JSON.parse(String((await ask({ query })).body)) as Page;
  const second = JSON.parse(
    String((await ask({ query, variables: { after: first.data.samples.pageInfo.endCursor } })).body),
  ) as Page;
  expect([...first.data.samples.nodes, ...second.data.samples.nodes]).toEqual([
    { id: "1", part: "a" },
    { id: "1", part: "b" },
    { id: "2", part: "a" },
    { id: "3", part: "a" },
  ]);
  expect([first, second].map(({ data }) => data.samples.pageInfo.hasNextPage)).toEqual([true, false]);
  const { body, errors } = await ask({
    query: "{ a: projects(first: 0) { nodes { id } } b: projects(first: 1) { nodes { id } } }",
  });
  expect(JSON.parse(String(body))).toMatchObject({ data: { a: null, b: { nodes: [{ id: "1" }] } } });
  expect(errors).toHaveLength(1);
});

test("an org that shows no records answers what it is", async () => {
  const file = join(temporaryFolder(), "empty.db");
  new DatabaseSync(file).close();
  const empty = await openLab(`sqlite:${file}`);
  const { body, errors } = await ask({ query: "{ __typename }" }, empty);
  expect([String(body), errors]).toEqual(['{"data":{"__typename":"Query"}}', []]);
  await empty.close();
});

test("JSON that is written already stands where its value is, whatever is beside it", () => {
  const json = Buffer.from('{"é":1},{"b":2}');
  const value = {
    a: "]",
    list: new Written(json, "array"),
    b: [new Written(Buffer.from("{}"), "one"), "["],
    none: new Written(Buffer.alloc(0), "array"),
  };
  expect(jsonWith(value).toString()).toBe('{"a":"]","list":[{"é":1},{"b":2}],"b":[{},"["],"none":[]}');
  expect(jsonWith({ a: 1 }).toString()).toBe('{"a":1}');
});
