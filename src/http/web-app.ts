// The web app's files: a page that is the same at every address of its own, and what it loads.
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyRequest } from "fastify";

/** Where `npm run build:web` puts it, seen from a clone and from the package. */
const FOLDERS = ["../../dist/web/", "../web/"].map((path) => fileURLToPath(new URL(path, import.meta.url)));

/** Milliseconds: names of files change with what is in them. */
const FOR_EVER = 365 * 86_400_000;

/** Serves the app's files. @returns the page; null where the app was not built */
export async function serveWebApp(app: FastifyInstance, basePath: string): Promise<string | null> {
  const folder = FOLDERS.find((it) => existsSync(`${it}index.html`));
  if (folder === undefined) return null;
  await app.register(fastifyStatic, {
    root: `${folder}assets`,
    prefix: "/assets/",
    preCompressed: true,
    immutable: true,
    maxAge: FOR_EVER,
    decorateReply: false,
    index: false,
  });
  const icon = readFileSync(`${folder}icon.svg`);
  app.get("/icon.svg", { schema: { hide: true } }, (_request, reply) =>
    reply.type("image/svg+xml").header("cache-control", "public, max-age=86400").send(icon),
  );
  return pageBelow(readFileSync(`${folder}index.html`, "utf8"), basePath);
}

/** The page as it is below a path, which is nothing or begins with a slash: it names its files from the root. */
function pageBelow(page: string, basePath: string): string {
  const path = basePath.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  return page
    .replaceAll(/(?<=(?:href|src)=")\.\//g, () => `${path}/`)
    .replace('name="base-path" content=""', () => `name="base-path" content="${path}"`);
}

/** Addresses below these are the service's own. */
const SERVICE = /^\/(?:api|assets|docs|health|metrics|openapi\.json|icon\.svg|[^/]+\/(?:v2|graphql))(?:[/?]|$)/;

/** Whether somebody goes to an address of the web app with a browser. */
export function wantsPage({ method, url, headers }: FastifyRequest): boolean {
  const isRead = method === "GET" || method === "HEAD";
  return isRead && !SERVICE.test(url) && (headers.accept?.includes("text/html") ?? false);
}
