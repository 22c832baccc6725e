// Requests as GraphQL over HTTP has them: media types, methods, statuses, and who may send one.
import type { InjectOptions } from "fastify";
import { buildSchema, validateSchema } from "graphql";
import { beforeAll, expect, test } from "vitest";
import { ASKERS, type Asker, aWorld, type World } from "../setup/service.ts";

const RESPONSE = "application/graphql-response+json";
const url = "/lab/graphql";
let world: World;
beforeAll(async () => {
  world = await aWorld("pglite");
});

async function told(request: InjectOptions, as: Asker = "guest") {
  const answer = await world.ask(as, { url, ...request });
  const type = String(answer.headers["content-type"]).split(";", 1)[0];
  const { errors = [], data } = answer.json<{
    data?: unknown;
    errors?: { extensions: { code: string; reason: string } }[];
  }>();
  return {
    status: answer.statusCode,
    type,
    data,
    codes: errors.map(({ extensions }) => `${extensions.code} ${extensions.reason}`),
  };
}
const post = (payload: unknown, accept?: string): InjectOptions => ({
  method: "POST",
  payload: payload as object,
  headers: { "content-type": "application/json", ...(accept === undefined ? {} : { accept }) },
});

test("what is asked by POST can be asked by GET", async () => {
  const query =
    "query Q($n: Int) { samples(first: $n) { nodes { name } } } query P { projects(first: 1) { nodes { name } } }";
  const data = { samples: { nodes: [{ name: "Alder" }] } };
  const json = { status: 200, type: "application/json", codes: [] };
  const variables = { n: 1 };
  expect(await told(post({ query, variables, operationName: "Q", extensions: null }))).toEqual({ ...json, data });
  const inQuery = { query, variables: JSON.stringify(variables), operationName: "Q" };
  expect(await told({ query: inQuery })).toEqual({ ...json, data });
  expect(await told({ query: { query, operationName: "P", more: "1" } })).toMatchObject({
    data: { projects: { nodes: [{ name: "Soil" }] } },
  });
  expect(await told(post({ query }))).toMatchObject({ codes: ["bad_request document"], data: undefined });
  expect(await told(post({ query, operationName: "R" }))).toMatchObject({ codes: ["bad_request document"] });
});

test("answers have the media type that was asked for, and its statuses", async () => {
  const ok = { query: "{ __typename }" };
  const types = [
    [undefined, "application/json"],
    ["*/*", "application/json"],
    ["application/*;q=0.5", "application/json"],
    ["application/json", "application/json"],
    [RESPONSE, RESPONSE],
    [`application/json;q=0.9, ${RESPONSE}`, RESPONSE],
    [`${RESPONSE};q=0, application/json`, "application/json"],
  ] as const;
  for (const [accept, type] of types)
    expect(await told(post(ok, accept))).toEqual({ status: 200, type, data: { __typename: "Query" }, codes: [] });
  expect(await told(post(ok, "text/csv"))).toEqual({
    status: 406,
    type: "application/json",
    data: undefined,
    codes: ["bad_request not-acceptable"],
  });

  const documents = [
    ["{ samples {", "parse_failed syntax"],
    ["{ nothing }", "bad_request document"],
    ["mutation { a }", "bad_request read-only"],
    ["query($n: Int!) { samples(first: $n) { nodes { id } } }", "bad_request document"],
    [`{ ${"a ".repeat(3000)} }`, "too_complex too-many-tokens"],
  ] as const;
  for (const [query, code] of documents) {
    expect(await told(post({ query }, RESPONSE))).toEqual({
      status: 400,
      type: RESPONSE,
      data: undefined,
      codes: [code],
    });
    expect(await told(post({ query }))).toEqual({
      status: 200,
      type: "application/json",
      data: undefined,
      codes: [code],
    });
  }
  const inPart = { query: "{ samples(first: 1) { nodes { id } } measures(first: 0) { nodes { id } } }" };
  for (const accept of ["application/json", RESPONSE]) {
    expect(await told(post(inPart, accept))).toEqual({
      status: 200,
      type: accept,
      data: { samples: { nodes: [{ id: "1" }] }, measures: null },
      codes: ["bad_request size-not-suited"],
    });
  }
});

test("a request that is none is refused with either media type", async () => {
  const requests: [InjectOptions, number, string][] = [
    [post({}), 400, "bad_request query-missing"],
    [post({ query: 1 }), 400, "bad_request invalid"],
    [post({ query: "{__typename}", variables: "{}" }), 400, "bad_request invalid"],
    [post({ query: "{__typename}", variables: [] }), 400, "bad_request invalid"],
    [post({ query: "{__typename}", operationName: 1 }), 400, "bad_request invalid"],
    [post({ query: "{__typename}", extensions: 0 }), 400, "bad_request invalid"],
    [post([{ query: "{__typename}" }]), 400, "bad_request batching"],
    [post("null"), 400, "bad_request invalid"],
    [post("{"), 400, "bad_request json"],
    [post(Buffer.from([0x7b, 0xff, 0xfe])), 400, "bad_request json"],
    [post('{"query":"{__typename}","__proto__":{}}'), 400, "bad_request json"],
    [
      { method: "POST", payload: "{__typename}", headers: { "content-type": "application/graphql" } },
      415,
      "bad_request media-type",
    ],
    [
      {
        method: "POST",
        payload: "query=%7B__typename%7D",
        headers: { "content-type": "application/x-www-form-urlencoded" },
      },
      415,
      "bad_request media-type",
    ],
    [post({ query: "{__typename}", variables: { a: "x".repeat(70_000) } }), 400, "too_complex variables-too-large"],
    [
      post(`{"query":"{__typename}","variables":{"a":${"[".repeat(20_000)}${"]".repeat(20_000)}}}`),
      400,
      "too_complex variables-too-large",
    ],
    [post({ query: " ".repeat(300_000) }), 413, "too_complex too-large"],
    [{ query: { query: "{__typename}", variables: "{" } }, 400, "bad_request json"],
    [{ query: { query: "{__typename}", variables: "[]" } }, 400, "bad_request invalid"],
    [{ url: `${url}?query=a&query=b` }, 400, "bad_request invalid"],
    [{}, 400, "bad_request query-missing"],
  ];
  for (const [request, status, code] of requests) {
    for (const accept of ["application/json", RESPONSE]) {
      const its = { ...request, headers: { ...request.headers, accept } };
      const { status: got, codes, type } = await told(its);
      expect([JSON.stringify(request).slice(0, 100), got, codes, type]).toEqual([
        JSON.stringify(request).slice(0, 100),
        status,
        [code],
        accept,
      ]);
    }
  }
  for (const method of ["PUT", "PATCH", "DELETE"] as const) {
    const answer = await world.ask("guest", { method, url });
    expect([answer.statusCode, answer.headers["allow"]]).toEqual([405, "GET, HEAD, POST"]);
    expect(answer.json()).toMatchObject({
      errors: [{ extensions: { code: "bad_request", reason: "method-not-allowed" } }],
    });
  }
});

test("who may see records may ask, and read the schema", async () => {
  const statuses = [401, 404, 403, 200, 200, 200, 200, 200, 200];
  const codes: Readonly<Record<number, string>> = { 401: "unauthorized", 403: "forbidden", 404: "not_found" };
  for (const [n, asker] of ASKERS.entries()) {
    const status = statuses[n]!;
    for (const request of [post({ query: "{__typename}" }), { url: `${url}/schema.graphql` }]) {
      const answer = await world.ask(asker, { url, ...request });
      expect([asker, answer.statusCode]).toEqual([asker, status]);
      if (status !== 200) expect(answer.json()).toMatchObject({ errors: [{ extensions: { code: codes[status] } }] });
    }
    // In an org of others, and in one that is not there, everybody is told the same.
    const elsewhere = asker === "stranger" ? "lab" : "twin";
    for (const org of [elsewhere, "nowhere"]) {
      const answer = await world.ask(asker, { ...post({ query: "{__typename}" }), url: `/${org}/graphql` });
      expect(answer.json()).toMatchObject({
        errors: [
          {
            message: expect.stringMatching(/./),
            extensions: { code: asker === "nobody" ? "unauthorized" : "not_found" },
          },
        ],
      });
    }
  }
  const write = await world.token("guest", ["export"]);
  const answer = await world.app.inject({
    ...post({ query: "{__typename}" }),
    url,
    headers: { "content-type": "application/json", authorization: `Bearer ${write}` },
  });
  expect(answer.json()).toMatchObject({ errors: [{ extensions: { code: "forbidden" } }] });
  const wrong = await world.app.inject({
    ...post({ query: "{__typename}" }),
    url,
    headers: { "content-type": "application/json", authorization: "Bearer wb_no" },
  });
  expect([wrong.statusCode, wrong.headers["www-authenticate"]]).toEqual([401, "Bearer"]);
});

test("the schema is a file that other programs read, with what its reader may have", async () => {
  const sdl = async (as: Asker, headers = {}) => {
    const answer = await world.ask(as, { url: `${url}/schema.graphql`, headers });
    expect(answer.headers).toMatchObject({
      "content-type": "text/plain; charset=utf-8",
      "content-disposition": 'attachment; filename="lab.graphql"',
    });
    expect(validateSchema(buildSchema(answer.body))).toEqual([]);
    return answer.body;
  };
  const guests = await sdl("guest");
  expect(guests).toContain("De-identified (hash)");
  expect(guests).not.toContain("path");
  expect(await sdl("owner")).not.toContain("De-identified");
  expect(guests).toContain('"""Samples"""');
  expect(await sdl("guest", { "accept-language": "fr" })).toContain('"""Échantillons"""');
});

test("another page cannot use somebody's session", async () => {
  const request = { ...post({ query: "{__typename}" }), url };
  const answer = await world.ask("guest", {
    ...request,
    headers: { ...request.headers, origin: "https://evil.example" },
  });
  expect([answer.statusCode, answer.json()]).toMatchObject([
    403,
    { errors: [{ extensions: { code: "forbidden", reason: "origin" } }] },
  ]);
});
