// Stock clients work unchanged: one that sends documents, and one that a generator makes of the schema and a program's documents.
import { execFile } from "node:child_process";
import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { ClientError, GraphQLClient } from "graphql-request";
import { beforeAll, expect, test } from "vitest";
import { temporaryFolder } from "../setup/control.ts";
import { aWorld, type World } from "../setup/service.ts";

const ROOT = new URL("../..", import.meta.url).pathname;
const DOCUMENT = `
  query Page($first: Int!, $after: String, $where: Where) {
    samples(first: $first, after: $after, where: $where, order: ["-id"]) {
      nodes { ...Shown }
      pageInfo { hasNextPage endCursor }
    }
  }
  fragment Shown on Samples { id name depth project { name } measures { nodes { value } } }
`;

let world: World;
let url: string;
let headers: { authorization: string };
beforeAll(async () => {
  world = await aWorld("pglite");
  url = `${await world.app.listen({ host: "127.0.0.1", port: 0 })}/lab/graphql`;
  headers = { authorization: `Bearer ${await world.token("guest")}` };
});

interface Page {
  readonly samples: {
    readonly nodes: readonly { readonly id: string }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
}

test("graphql-request walks through pages, by POST and by GET, and has errors with their codes", async () => {
  for (const method of ["POST", "GET"] as const) {
    const client = new GraphQLClient(url, { headers, method });
    const ids: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const { samples }: Page = await client.request<Page>(DOCUMENT, { first: 4, after, where: { id: { $lt: 8 } } });
      ids.push(...samples.nodes.map(({ id }) => id));
      ({ hasNextPage: more, endCursor: after } = samples.pageInfo);
    }
    expect(ids).toEqual(["7", "4", "3", "2", "1"]);
    const error = await client.request("{ nothing }").catch((it: unknown) => it);
    expect(error).toBeInstanceOf(ClientError);
    expect((error as ClientError).response.errors).toMatchObject([
      { extensions: { code: "bad_request", reason: "document" } },
    ]);
  }
  const nobody = await new GraphQLClient(url).request("{ __typename }").catch((it: unknown) => it);
  expect((nobody as ClientError).response).toMatchObject({
    status: 401,
    errors: [{ extensions: { code: "unauthorized" } }],
  });
});

test("graphql-codegen makes a client that compiles and works", { timeout: 120_000 }, async () => {
  const folder = temporaryFolder();
  const schema = join(folder, "schema.graphql");
  const document = join(folder, "page.graphql");
  writeFileSync(schema, await (await fetch(`${url}/schema.graphql`, { headers })).text());
  writeFileSync(document, DOCUMENT);
  const run = async (name: string, args: readonly string[], cwd = folder): Promise<string> =>
    (await promisify(execFile)(join(ROOT, "node_modules/.bin", name), args, { cwd })).stdout;
  await run("node", ["test/graphql/generate-client.ts", schema, document, join(folder, "client.ts")], ROOT);
  const program = `
    import { GraphQLClient } from "graphql-request";
    import { PageDocument, type PageQuery } from "./client.ts";
    const client = new GraphQLClient(${JSON.stringify(url)}, { headers: ${JSON.stringify(headers)} });
    const page: PageQuery = await client.request(PageDocument, { first: 2, where: { type: "peat" } });
    // What the generator says of them is what they are.
    const names: (string | null | undefined)[] | undefined = page.samples?.nodes.map((it) => it.project?.name);
    const more: boolean | undefined = page.samples?.pageInfo.hasNextPage;
    // @ts-expect-error there is no such field
    page.samples?.nodes[0]?.nothing;
    process.stdout.write(JSON.stringify({ names, more, first: page.samples?.nodes[0] }));
  `;
  writeFileSync(join(folder, "program.ts"), program);
  const compilerOptions = {
    module: "nodenext",
    moduleResolution: "nodenext",
    target: "es2024",
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    types: ["node"],
    typeRoots: [join(ROOT, "node_modules/@types")],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["program.ts"] }));
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  await run("tsc", ["-p", "."]);
  expect(JSON.parse(await run("node", ["--experimental-transform-types", "program.ts"]))).toEqual({
    names: ["North", "North"],
    more: false,
    first: { id: "4", name: "Dogwood", depth: "2", project: { name: "North" }, measures: { nodes: [] } },
  });
});
