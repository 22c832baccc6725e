// What changed since: records by their changes, states and deletions, as an integrator follows them.
import { expect, test } from "vitest";
import { answer } from "../../src/http/graphql/answer.ts";
import type { OrgCall } from "../../src/service/org-call.ts";
import { callBy, openLab } from "../setup/org-call.ts";
import { createDatabase } from "../setup/postgres.ts";

interface Answered {
  readonly data?: Readonly<Record<string, never>>;
  readonly errors?: readonly {
    readonly extensions: { readonly code: string; readonly reason: string; readonly pointer?: string };
  }[];
}

async function ask(call: OrgCall, query: string): Promise<Answered> {
  const how = { baseUrl: "https://waybill.example", fileLink: () => "", timeLimit: 30_000, requestId: "r" };
  const { body } = await answer(call, { query }, { ...how, onDefect: (error) => expect.fail(String(error)) });
  return JSON.parse(String(body)) as Answered;
}

test("records since a time, in a state, and what was deleted", async () => {
  const { url, client, drop } = await createDatabase();
  await client.query(`CREATE TABLE cases (id integer PRIMARY KEY, made timestamptz, changed timestamptz, status text, place integer);
    CREATE TABLE gone (id serial PRIMARY KEY, case_id integer, at timestamptz);
    INSERT INTO cases SELECT n, '2024-01-01T00:00:00Z'::timestamptz + n * interval '1 day', '2024-02-01T00:00:00Z'::timestamptz - (n / 3) * interval '1 hour',
      CASE WHEN n % 2 = 0 THEN 'open' ELSE 'done' END, n % 2 FROM generate_series(1, 9) n;
    INSERT INTO gone (case_id, at) VALUES (20, '2024-03-01T00:00:00Z'), (10, '2024-03-02T00:00:00Z'), (30, '2024-03-02T00:00:00Z')`);
  const objects = {
    cases: {
      created: "made",
      updated: "changed",
      state: "status",
      deleted: { object: "gone", key: "case_id", at: "at" },
    },
    gone: {},
  };
  const org = await openLab(url, objects);
  const call = callBy(org, "admin");
  const ids = async (args: string): Promise<unknown> => {
    const { data, errors } = await ask(call, `{ cases(${args}) { nodes { id } } }`);
    expect(errors).toBeUndefined();
    return (data as unknown as { cases: { nodes: { id: number }[] } }).cases.nodes.map(({ id }) => id);
  };
  expect(await ids('createdSince: "2024-01-08T00:00:00Z"')).toEqual([7, 8, 9]);
  expect(await ids('updatedSince: "2024-01-31T22:00:00Z"')).toEqual([6, 7, 8, 3, 4, 5, 1, 2]);
  expect(await ids('state: ["open"], createdSince: "2024-01-05"')).toEqual([4, 6, 8]);

  // In pages: equal times part nowhere, and nothing is left out.
  const seen: unknown[] = [];
  for (let after = ""; ;) {
    const { data } = await ask(
      call,
      `{ cases(updatedSince: "2024-01-01", first: 2${after}) { nodes { id } pageInfo { hasNextPage endCursor } } }`,
    );
    const { nodes, pageInfo } = (
      data as unknown as { cases: { nodes: { id: number }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } }
    ).cases;
    seen.push(...nodes.map(({ id }) => id));
    if (!pageInfo.hasNextPage) break;
    after = `, after: ${JSON.stringify(pageInfo.endCursor)}`;
  }
  expect(seen).toEqual([9, 6, 7, 8, 3, 4, 5, 1, 2]);

  const first = await ask(
    call,
    '{ deletedCases(first: 2, since: "2024-02-01") { nodes { key at } edges { cursor node { key } } pageInfo { hasNextPage endCursor } } }',
  );
  const page = (first.data as unknown as { deletedCases: { pageInfo: { endCursor: string } } }).deletedCases;
  expect(page).toMatchObject({
    nodes: [
      { key: "20", at: "2024-03-01T00:00:00Z" },
      { key: "10", at: "2024-03-02T00:00:00Z" },
    ],
    pageInfo: { hasNextPage: true },
  });
  const rest = await ask(
    call,
    `{ deletedCases(since: "2024-02-01", after: ${JSON.stringify(page.pageInfo.endCursor)}) { nodes { key } pageInfo { hasNextPage } } }`,
  );
  expect(rest.data).toEqual({ deletedCases: { nodes: [{ key: "30" }], pageInfo: { hasNextPage: false } } });

  const refused: [string, string, string][] = [
    ['cases(updatedSince: "soon") { nodes { id } }', "bad_request", "/updatedSince"],
    ["deletedCases(first: 0) { nodes { key } }", "bad_request", "/first"],
    ['deletedCases(since: "soon") { nodes { key } }', "bad_request", "/since"],
    ['deletedCases(after: "x") { nodes { key } }', "bad_request", "/after"],
  ];
  for (const [field, code, pointer] of refused) {
    expect([field, (await ask(call, `{ ${field} }`)).errors]).toMatchObject([
      field,
      [{ extensions: { code, pointer } }],
    ]);
  }
  await org.close();

  // Whoever may see some of the records only is not told which there were.
  const some = await openLab(url, {
    ...objects,
    cases: { ...objects.cases, policy: { place: 1, $or: [{ id: { $gt: 0 } }] } },
  });
  const guest = callBy(some, { "1": "guest" });
  expect((await ask(guest, "{ deletedCases { nodes { key } } }")).errors).toMatchObject([
    { extensions: { code: "bad_request", reason: "document" } },
  ]);
  await some.close();
  await drop();
});
