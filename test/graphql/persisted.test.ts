// Persisted queries and links to files through GraphQL itself: a token for queries runs what was registered, and nothing else.
import type { InjectOptions } from "fastify";
import { beforeAll, expect, test } from "vitest";
import { revokeToken } from "../../src/control/queries/tokens.ts";
import { createToken } from "../../src/identity/tokens.ts";
import { aWorld, BASE_URL, type World } from "../setup/service.ts";

const NAMES = "query Names($first: Int!) { samples(first: $first) { nodes { name } } }";
const FILES = `{ samples(order: ["id"]) { nodes { name papers { nodes { name url } } scans { nodes { url } } } } }`;
const SCHEMA = "{ __schema { queryType { name } } }";

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly extensions: { readonly code: string; readonly reason: string } }[];
}
interface Files {
  readonly samples: {
    readonly nodes: readonly {
      readonly name: string;
      readonly papers: { readonly nodes: readonly { readonly name: string; readonly url: string }[] };
      readonly scans: { readonly nodes: readonly { readonly url: string }[] };
    }[];
  };
}

let world: World;
let ids: Readonly<Record<"names" | "files" | "exports", string>>;
let queries: string;

beforeAll(async () => {
  world = await aWorld("pglite");
  const register = async (document: string): Promise<string> => {
    const payload = { name: "Its", document };
    const answer = await world.ask("admin", { method: "POST", url: "/lab/v2/persisted-queries", payload });
    return answer.json<{ documentId: string }>().documentId;
  };
  ids = {
    names: await register(NAMES),
    files: await register(FILES),
    exports: await register("{ exports { nodes { id } } batches { nodes { id } } }"),
  };
  queries = await world.token("analyst", ["query"]);
});

async function by(token: string, payload: object, more: Partial<InjectOptions> = {}): Promise<Answer> {
  const headers = { authorization: `Bearer ${token}` };
  return (await world.app.inject({ method: "POST", url: "/lab/graphql", headers, payload, ...more })).json<Answer>();
}

const codes = ({ errors = [] }: Answer): unknown[] =>
  errors.map(({ extensions }) => [extensions.code, extensions.reason]);

test("a registered query is run by its id, with variables, as the token's person", async () => {
  const wanted = { data: { samples: { nodes: ["Alder", "Birch"].map((name) => ({ name })) } } };
  const variables = { first: 2 };
  const hash = ids.names.replace("sha256:", "");
  const extensions = { persistedQuery: { version: 1, sha256Hash: hash } };
  for (const asked of [{ documentId: ids.names }, { extensions }, { query: NAMES, extensions }]) {
    expect(await by(queries, { ...asked, variables })).toEqual(wanted);
  }
  const query = new URLSearchParams({ documentId: ids.names, variables: JSON.stringify(variables) });
  const get = {
    method: "GET",
    url: `/lab/graphql?${query.toString()}`,
    headers: { authorization: `Bearer ${queries}` },
  } as const;
  expect((await world.app.inject(get)).json()).toEqual(wanted);
  // What belongs to another namespace is not seen by way of a query that an administrator registered.
  const all = (await by(queries, { documentId: ids.names, variables: { first: 100 } })) as { data: Files };
  expect(all.data.samples.nodes.map(({ name }) => name)).not.toContain("Elm");
  expect(all.data.samples.nodes).toHaveLength(6);
  expect(await by(queries, { documentId: ids.exports })).toEqual({
    data: { exports: { nodes: [] }, batches: { nodes: [] } },
  });
});

test("nothing else is run: no other document, no question about the schema, none of its texts", async () => {
  for (const query of [NAMES, SCHEMA, `${NAMES} `]) {
    expect(codes(await by(queries, { query, variables: { first: 1 } })), query).toEqual([["forbidden", "forbidden"]]);
  }
  const unknown = `sha256:${"0".repeat(64)}`;
  expect(codes(await by(queries, { documentId: unknown }))).toEqual([["not_found", "not-found"]]);
  expect(codes(await by(queries, { documentId: "x" }))).toEqual([["bad_request", "document-id"]]);
  expect(codes(await by(queries, { query: SCHEMA, documentId: ids.names }))).toEqual([
    ["bad_request", "document-hash"],
  ]);
  const headers = { authorization: `Bearer ${queries}` };
  for (const url of [
    "/lab/graphql/schema.graphql",
    "/lab/v2/objects",
    "/lab/v2/",
    "/lab/v2/exports",
    "/lab/v2/tokens",
  ]) {
    expect((await world.app.inject({ url, headers })).statusCode, url).toBe(403);
  }
  // With the scope read, anything that reads.
  const reader = await world.token("analyst", ["read"]);
  expect(await by(reader, { query: SCHEMA })).toEqual({ data: { __schema: { queryType: { name: "Query" } } } });
  expect(codes(await by(await world.token("admin", ["export"]), { documentId: ids.names }))).toEqual([
    ["forbidden", "forbidden"],
  ]);
});

test("links to files work for whoever has them, as long as the token does", async () => {
  const request = { person: world.people.analyst, name: "t", scopes: ["query"], addresses: [], expiresAt: null };
  const { token, kept } = await createToken(world.lab, request);
  const { data } = (await by(token, { documentId: ids.files })) as { data: Files };
  const [alder] = data.samples.nodes;
  const [paper] = alder!.papers.nodes;
  expect([alder?.name, paper?.name]).toEqual(["Alder", "note.txt"]);
  const open = async (url: string): Promise<[number, string]> => {
    expect(url.startsWith(`${BASE_URL}/lab/v2/attached-file?ticket=`)).toBe(true);
    const { statusCode, body } = await world.app.inject({ url: url.slice(BASE_URL.length) });
    return [statusCode, body];
  };
  expect(await open(paper!.url)).toEqual([200, "A note of Alder.\n"]);
  expect((await open(alder!.scans.nodes[0]!.url))[0]).toBe(200);
  await revokeToken(world.lab, kept.id, null);
  expect((await open(paper!.url))[0]).toBe(404);
});
