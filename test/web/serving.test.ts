// How the web app is served: the page at its own addresses and nowhere else, files that browsers keep, below any path, under a strict policy.
import { readFileSync } from "node:fs";
import { brotliDecompressSync } from "node:zlib";
import { describe, expect, inject, onTestFinished, test } from "vitest";
import { apiClient } from "../../scripts/api-client.ts";
import { ownService } from "./service.ts";
import { signInAs, visit } from "./visit.ts";

const url = inject("webUrl");
const HTML = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

function ask(path: string, headers: Record<string, string> = HTML): Promise<Response> {
  return fetch(url + path, { headers, redirect: "manual" });
}

describe("the page", () => {
  const ITS_ADDRESSES = [
    "/",
    "/sign-in",
    "/wetland",
    "/wetland/records/samples?where=%7B%7D",
    "/wetland/records/samples/1",
    "/wetland/exports/x",
    "/no/such/page",
    "/reset-password",
    "/wetland/graphql",
  ];
  test.each(ITS_ADDRESSES)("is at %s, and asked for anew each time", async (path) => {
    const answer = await ask(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(answer.headers.get("cache-control")).toBe("no-cache");
    expect(await answer.text()).toContain('<div id="root">');
  });

  const OTHERS = [
    "/wetland/v2/no-such-thing",
    "/wetland/v2/exports/x",
    "/api/no-such-thing",
    "/assets/no-such-file.js",
    "/wetland/graphql?query=%7B__typename%7D",
    "/wetland/graphql/no-such-thing",
    "/health/no-such-thing",
  ];
  test.each(OTHERS)("is not at %s: the problem stays one", async (path) => {
    const answer = await ask(path);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.headers.get("content-type")).toMatch(/^application\/(?:problem\+)?json/);
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  test("is for browsers: a program that goes astray is told so", async () => {
    expect((await ask("/wetland/exports", { accept: "application/json" })).status).toBe(404);
    const sent = await fetch(`${url}/wetland/exports`, { method: "POST", headers: HTML });
    expect(sent.status).toBe(404);
  });
});

describe("its files", () => {
  test("are kept for ever, since their names change with what is in them", async () => {
    const page = await (await ask("/")).text();
    const files = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path!);
    expect(files.length).toBeGreaterThanOrEqual(2);
    for (const path of files) {
      const answer = await ask(path);
      expect(answer.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
      expect(path).toMatch(/-[\w-]{8}\.(?:js|css)$/);
    }
  });

  test("come compressed as the browser wants them, and are the same", async () => {
    const page = await (await ask("/")).text();
    const [, path] = /type="module"[^>]* src="(\/assets\/[^"]+\.js)"/.exec(page)!;
    const [plain, gzip, brotli] = await Promise.all(
      ["identity", "gzip", "br"].map((it) => ask(path!, { "accept-encoding": it })),
    );
    expect([plain!, gzip!, brotli!].map((it) => it.headers.get("content-encoding"))).toEqual([null, "gzip", "br"]);
    for (const it of [gzip!, brotli!]) expect(it.headers.get("vary")?.toLowerCase()).toContain("accept-encoding");
    const text = await plain!.text();
    expect(await gzip!.text()).toBe(text);
    expect(await brotli!.text()).toBe(text);
    expect(text.length).toBeGreaterThan(10_000);
    const [, folder] = /^(.*)\/src\//.exec(new URL("../../src/", import.meta.url).pathname)!;
    expect(brotliDecompressSync(readFileSync(`${folder}/dist/web${path}.br`)).toString()).toBe(text);
  });

  test("the icon is there, and nothing beside the files is", async () => {
    const icon = await ask("/icon.svg");
    expect(icon.headers.get("content-type")).toBe("image/svg+xml");
    for (const path of [
      "/assets/",
      "/assets/../index.html",
      "/assets/..%2findex.html",
      "/assets/%2e%2e/%2e%2e/package.json",
    ]) {
      expect((await ask(path, { accept: "*/*" })).status, path).toBeGreaterThanOrEqual(400);
    }
  });
});

describe("the policy", () => {
  test("lets scripts come from here alone, and none stand in the page", async () => {
    const policy = (await ask("/")).headers.get("content-security-policy")!;
    const directives = new Map(policy.split(";").map((it) => [it.trim().split(" ", 1)[0]!, it.trim()]));
    expect(directives.get("default-src")).toBe("default-src 'self'");
    expect(directives.get("script-src") ?? "script-src 'self'").toBe("script-src 'self'");
    expect(directives.get("script-src-attr") ?? "script-src-attr 'none'").toBe("script-src-attr 'none'");
    expect(directives.get("object-src")).toBe("object-src 'none'");
    expect(directives.get("frame-ancestors")).toBe("frame-ancestors 'none'");
    expect(directives.get("base-uri")).toBe("base-uri 'none'");
    expect(policy).not.toMatch(/unsafe-eval|https?:|\*/);
    expect(policy.replace(/style-src [^;]*/, "")).not.toContain("unsafe-inline");
    expect(await (await ask("/")).text()).not.toMatch(/<script(?![^>]*src=)|\son\w+=/);
  });

  test("holds in the browser: what it forbids is not done, and a test would see it", async () => {
    const { page, mishaps } = await visit();
    await page.goto("/wetland/records");
    await page.getByRole("navigation").waitFor();
    expect(mishaps).toEqual([]);
    const ran = await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "window.wasRun = true";
      document.body.append(script);
      return "wasRun" in window;
    });
    expect(ran).toBe(false);
    await expect.poll(() => mishaps.length).toBe(1);
    (mishaps as string[]).length = 0;
  });
});

test("below a path, the page, its files, the API and addresses of pages work, whether a proxy hands the path on or not", async () => {
  const service = await ownService(inject("webPrepared"), undefined, "/waybill");
  onTestFinished(() => service.remove());
  const { page } = await visit({ url: service.url, person: null });
  await page.goto(`${service.url}/wetland/records/samples`);
  await signInAs(page, "ada");
  await page.waitForURL(`${service.url}/wetland/records/samples`);
  await page.getByRole("navigation").getByRole("link", { name: "Batches" }).click();
  await page.waitForURL(`${service.url}/wetland/batches`);
  await page.reload();
  await page.getByRole("navigation").waitFor();
  await page.goto(service.url);
  await page.waitForURL(`${service.url}/wetland/records`);
  const withoutPath = new URL(service.url).origin;
  const text = await (await fetch(`${withoutPath}/wetland/records`, { headers: HTML })).text();
  const [, script] = /src="([^"]+\.js)"/.exec(text)!;
  expect(script).toMatch(/^\/waybill\/assets\//);
  expect((await fetch(withoutPath + script!.slice("/waybill".length))).status).toBe(200);
  expect((await fetch(`${withoutPath}/wetland/v2/`, { headers: { accept: "application/json" } })).status).toBe(401);
});

test("the client of the API is what the API's description gives: npm run api-client", async () => {
  const kept = readFileSync(new URL("../../web/src/api/generated.ts", import.meta.url), "utf8");
  expect(kept === (await apiClient())).toBe(true);
});
