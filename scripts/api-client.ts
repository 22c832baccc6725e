// Writes the web app's client of the API, in the types of the API's own description: `npm run api-client`.
import { writeFileSync } from "node:fs";
import { generateApi } from "swagger-typescript-api";
import { makeApp } from "../src/http/app.ts";
import type { HttpOptions, Service } from "../src/http/service.ts";

const FILE = new URL("../web/src/api/generated.ts", import.meta.url);

/** The text of the client. */
export async function apiClient(): Promise<string> {
  const options: HttpOptions = {
    baseUrl: "http://localhost:8080",
    origins: [],
    proxies: [],
    metricsToken: null,
    logLevel: "silent",
  };
  // Routes are described without anything that answers them.
  const app = await makeApp({ orgs: {}, version: "0" } as Service, options);
  await app.ready();
  const spec = JSON.parse((await app.inject({ url: "/openapi.json" })).body) as object;
  await app.close();
  const { files } = await generateApi({
    spec,
    output: false,
    silent: true,
    extractRequestParams: true,
    unwrapResponseData: true,
    singleHttpClient: true,
  });
  const text = files.map(({ fileContent }) => fileContent).join("\n");
  // What stands in a path is a name of the user's, which may hold anything.
  const encoded = text.replaceAll(/(?<=^\s*path: )`[^`]*`/gm, (path) =>
    path.replaceAll(/\$\{(\w+)\}/g, "${encodeURIComponent($1)}"),
  );
  return `${encoded.trimEnd()}\n`;
}

if (import.meta.main) writeFileSync(FILE, await apiClient());
