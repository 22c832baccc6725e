// A client that a stock generator makes of the API's description: it compiles, and works.
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { generateApi } from "swagger-typescript-api";
import { expect, test } from "vitest";
import { temporaryFolder } from "../setup/control.ts";
import { aWorld } from "../setup/service.ts";

const ROOT = new URL("../..", import.meta.url).pathname;
const BIN = join(ROOT, "node_modules/.bin");

test("swagger-typescript-api makes a client that compiles and works", { timeout: 120_000 }, async () => {
  const { app, token, soil } = await aWorld("pglite");
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  const folder = temporaryFolder();
  // Not in step: the server is in this process.
  const run = async (program: string, args: readonly string[]): Promise<string> =>
    (await promisify(execFile)(join(BIN, program), args, { cwd: folder })).stdout;
  writeFileSync(join(folder, "openapi.json"), (await app.inject({ url: "/openapi.json" })).body);
  const input = join(folder, "openapi.json");
  await generateApi({ input, output: folder, fileName: "client.ts", silent: true });
  // A program that uses it, in types as strict as its own may be.
  const program = `
    import { Api, type HttpResponse, type Problem } from "./client.ts";
    const api = new Api({
      baseUrl: ${JSON.stringify(url)},
      baseApiParams: { format: "json", headers: { authorization: "Bearer ${await token("owner")}" } },
    });
    const { data: tree } = await api.org.getNamespaces("lab");
    const names: string[] = tree.data.map((it) => it.name);
    const { data: made } = await api.org.postNamespaces("lab", { parent: ${JSON.stringify(soil.id)}, code: "made", name: "By a client" });
    const since: string = made.created;
    const wrong = await api.org.postNamespaces("lab", { parent: null, code: "top", name: "T" }).catch((it: HttpResponse<unknown, Problem>) => it);
    process.stdout.write(JSON.stringify({ names, code: made.code, since, wrong: (wrong.error as Problem).code }));
  `;
  writeFileSync(join(folder, "program.ts"), program);
  const options = {
    module: "nodenext",
    moduleResolution: "nodenext",
    target: "es2024",
    strict: true,
    noEmit: true,
    skipLibCheck: true,
  };
  const compilerOptions = {
    ...options,
    allowImportingTsExtensions: true,
    types: ["node"],
    typeRoots: [join(ROOT, "node_modules/@types")],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["program.ts"] }));
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  await run("tsc", ["-p", "."]);
  const output = await run("node", ["--experimental-transform-types", "program.ts"]);
  expect(JSON.parse(output)).toEqual({
    names: ["soil", "north"],
    code: "made",
    since: expect.stringMatching(/^20\d\d-/),
    wrong: "forbidden",
  });
});
