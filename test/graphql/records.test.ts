// Records by GraphQL: fields, references, lists and files of all that a caller may see, and nothing else.
import { hash } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { aWorld, type World } from "../setup/service.ts";
import { type Ask, asking, codesOf } from "./asking.ts";

interface Connection {
  readonly nodes: readonly Readonly<Record<string, unknown>>[];
  readonly edges: readonly { readonly cursor: string; readonly node: Readonly<Record<string, unknown>> }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string;
    readonly endCursor: string;
  };
  readonly totalCount: number;
}

describe("records", () => {
  let world: World;
  let ask: Ask;
  beforeAll(async () => {
    world = await aWorld("pglite");
    ask = asking(world);
  });
  const samples = async (
    args: string,
    what: string,
    variables = {},
    as: Parameters<Ask>[2] = "guest",
  ): Promise<Connection> => {
    const declared = Object.hasOwn(variables, "where") ? "query($where: Where)" : "";
    const { data, errors } = await ask(`${declared} { samples${args} { ${what} } }`, variables, as);
    expect(errors).toBeUndefined();
    return (data as { samples: Connection }).samples;
  };

  test("a record with everything of it, in one answer", async () => {
    const { data, errors } = await ask(`{
      samplesByKey(key: "1") {
        _key id name depth collected_on note
        project { _key name samples(first: 2, order: ["-id"]) { nodes { name } totalCount } }
        measures { nodes { value sample { name } } pageInfo { hasNextPage } }
        papers { nodes { name format size sha256 url } hasMore }
        scans { nodes { name format } }
      }
      none: samplesByKey(key: "99") { name }
      hidden: samplesByKey(key: "5") { name }
    }`);
    expect(errors).toBeUndefined();
    const text = "A note of Alder.\n";
    expect(data).toEqual({
      samplesByKey: {
        _key: "1",
        id: "1",
        name: "Alder",
        depth: "0.5",
        collected_on: "2024-01-05",
        note: "first",
        project: {
          _key: "1",
          name: "Soil",
          samples: {
            nodes: [{ name: "Gorse" }, { name: "Birch" }],
            totalCount: 3,
          },
        },
        measures: {
          nodes: [
            {
              value: "10",
              sample: { name: "Alder" },
            },
            {
              value: "20",
              sample: { name: "Alder" },
            },
          ],
          pageInfo: { hasNextPage: false },
        },
        papers: {
          nodes: [
            {
              name: "note.txt",
              format: "text",
              size: 17,
              sha256: hash("sha256", text),
              url: expect.stringMatching(/^http/),
            },
          ],
          hasMore: false,
        },
        scans: {
          nodes: [
            {
              name: "scan.png",
              format: "image",
            },
          ],
        },
      },
      none: null,
      hidden: null,
    });
    const { url } = (data as { samplesByKey: { papers: { nodes: { url: string }[] } } }).samplesByKey.papers.nodes[0]!;
    expect((await world.app.inject({ url: url.slice(new URL(url).origin.length) })).body).toBe(text);
  });

  test("what is asked for twice by other names is there twice", async () => {
    const { data } = await ask(
      `query($no: Boolean!) { samples(first: 1) {
        nodes { a: name name one: measures(first: 1) { nodes { value } } all: measures { totalCount } ...More left: id @skip(if: true) right: id @include(if: $no) }
        edges { node { one: measures(last: 1) { edges { node { v: value } } } ... on Samples { p: project { name } } } }
      } } fragment More on Samples { p: project { id } p: project { name } }`,
      { no: false },
    );
    expect(data).toEqual({
      samples: {
        nodes: [
          {
            a: "Alder",
            name: "Alder",
            one: { nodes: [{ value: "10" }] },
            all: { totalCount: 2 },
            p: { id: "1", name: "Soil" },
          },
        ],
        edges: [{ node: { one: { edges: [{ node: { v: "20" } }] }, p: { name: "Soil" } } }],
      },
    });
  });

  test("pages go on in both directions, in any order", async () => {
    const whole = (await samples('(order: ["-collected_on", "name"])', "nodes { id }")).nodes.map(({ id }) => id);
    expect(whole).toEqual(["4", "8", "2", "3", "7", "1"]);
    const what = "edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }";
    for (const [size, cursor, way] of [
      ["first", "after", "endCursor"],
      ["last", "before", "startCursor"],
    ] as const) {
      const found: unknown[] = [];
      let at: string | null = null;
      for (;;) {
        const place = at === null ? "" : `, ${cursor}: ${JSON.stringify(at)}`;
        const page: Connection = await samples(`(${size}: 2, order: ["-collected_on", "name"]${place})`, what);
        const ids = page.edges.map(({ node }) => node["id"]);
        if (size === "first") found.push(...ids);
        else found.unshift(...ids);
        // That of the record there is as good as that of the page.
        at = found.length > 2 ? page.pageInfo[way] : page.edges.at(size === "first" ? -1 : 0)!.cursor;
        if (!(size === "first" ? page.pageInfo.hasNextPage : page.pageInfo.hasPreviousPage)) break;
      }
      expect(found).toEqual(whole);
    }
  });

  test("conditions, searches and counts are as elsewhere", async () => {
    const ids = async (args: string, variables = {}) => await samples(args, "nodes { id } totalCount", variables);
    expect(await ids("(where: $where)", { where: { depth: { $gt: 1 } } })).toEqual({
      nodes: [{ id: "2" }, { id: "4" }, { id: "8" }],
      totalCount: 3,
    });
    expect(await ids("(where: $where)", { where: '{"type":"peat"}' })).toMatchObject({ totalCount: 2 });
    expect(await ids(`(where: "{\\"measures\\":{\\"$size\\":2}}")`)).toMatchObject({ nodes: [{ id: "1" }] });
    expect(await ids('(search: "cedar")')).toMatchObject({ nodes: [{ id: "3" }] });
    expect(await ids(`(namespace: "${world.north.id}")`)).toMatchObject({ totalCount: 3 });
    // Nothing of records is read to count them.
    expect(await samples("", "totalCount")).toEqual({ totalCount: 6 });
  });

  test("nobody learns of records and values that are not theirs", async () => {
    const all = await samples("", "nodes { id patient } totalCount", {}, "elsewhere");
    expect(all.totalCount).toBe(2);
    const { nodes } = await samples("", "nodes { id patient }");
    expect(JSON.stringify(nodes)).not.toMatch(/P-\d/);
    expect(nodes[2]!["patient"]).toBe(nodes[0]!["patient"]);
    const cases: [string, string, string][] = [
      ['samples(where: "{\\"patient\\":\\"P-1\\"}") { totalCount }', "bad_request unknown-field", "/where/patient"],
      ['samples(order: ["patient"]) { nodes { id } }', "bad_request unknown-field", "/order/0"],
      ['samples(order: ["no"]) { nodes { id } }', "bad_request unknown-field", "/order/0"],
      ['samples(after: "x") { nodes { id } }', "bad_request cursor-not-suited", "/after"],
      ["samples(first: 101) { nodes { id } }", "bad_request size-not-suited", "/first"],
      [
        "samples(first: 1) { nodes { measures(first: 101) { nodes { id } } } }",
        "bad_request size-not-suited",
        "/first",
      ],
      ["samples(first: 1, last: 1) { nodes { id } }", "bad_request first-and-last", "/last"],
      [`samples(search: "${"x".repeat(300)}") { nodes { id } }`, "bad_request search-not-suited", "/search"],
      [`samples(namespace: "${world.water.id}") { nodes { id } }`, "not_found not-found", ""],
      [`samples(namespace: "0") { nodes { id } }`, "not_found not-found", ""],
    ];
    for (const [field, code, pointer] of cases) {
      const answer = await ask(`{ ${field} }`);
      expect([field, codesOf(answer), answer.errors?.[0]?.extensions.pointer ?? ""]).toEqual([field, [code], pointer]);
      expect(answer.errors?.[0]?.path).toEqual(["samples"]);
    }
  });
});
