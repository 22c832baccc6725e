// Every route with requests that nobody means: never a failure of ours, always a problem that names the place.
import * as fc from "fast-check";
import type { InjectOptions } from "fastify";
import { beforeAll, describe, expect, test } from "vitest";
import { fuzz, hostileText } from "../setup/fuzz.ts";
import { aWorld, type World } from "../setup/service.ts";
import { MORE, ROUTES } from "./routes.ts";

type Method = NonNullable<InjectOptions["method"]>;

const HOSTILE_SEGMENTS = ["..", "%2e%2e", "%00", "%ff", "a%2fb", "%F0%9F%98%80", "-", "null", "a".repeat(3000), "%"];
const segment = fc.oneof(
  fc.constantFrom(...HOSTILE_SEGMENTS),
  hostileText.filter((it) => it !== "").map((it) => encodeURIComponent(it)),
  fc.uuid(),
);
const json = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  hostileText,
  fc.constantFrom<unknown>(
    null,
    [],
    {},
    1e308,
    -0,
    "",
    "\ud800",
    { __proto__: 1 },
    { constructor: {} },
    "x".repeat(70_000),
  ),
);

/** JSON with something in it replaced, taken away or added. */
const changed = (body: object) =>
  fc
    .tuple(fc.constantFrom(...Object.keys(body), "unknown", "__proto__"), json, fc.boolean())
    .map(([key, value, gone]) => {
      const copy = { ...body } as Record<string, unknown>;
      if (gone) delete copy[key];
      else Object.defineProperty(copy, key, { value, enumerable: true, configurable: true, writable: true });
      return JSON.stringify(copy);
    });

describe("hostile requests", () => {
  let world: World;
  beforeAll(async () => {
    world = await aWorld("pglite", { slots: 1, more: MORE });
  });

  async function refusedOrDone(request: InjectOptions): Promise<void> {
    const answer = await world.ask("admin", request);
    const what = `${JSON.stringify(request).slice(0, 500)}: ${answer.body.slice(0, 500)}`;
    expect(answer.statusCode, what).toBeLessThan(500);
    if (answer.statusCode < 400) return;
    expect(answer.headers["content-type"], what).toContain("application/problem+json");
    const problem = answer.json<{ code: string; detail: string; errors?: { pointer: string }[] }>();
    expect(problem, what).toMatchObject({
      code: expect.stringMatching(/^[a-z0-9-]+$/),
      detail: expect.stringMatching(/\S/),
    });
    expect(answer.body, what).not.toMatch(/ at .*\.[jt]s:\d+|node_modules|select .* from/i);
    if (problem.code === "invalid") expect(problem.errors?.[0]?.pointer, what).toMatch(/^(?:\/|$)/);
  }

  test.each(Object.keys(ROUTES))(
    "%s",
    async (name) => {
      const [method, path] = name.split(" ") as [Method, string];
      const valid = (await ROUTES[name]!.request?.({ ...world, asker: "admin", invite: async () => "" })) ?? {};
      const own = { org: "lab", ...valid.params } as Record<string, string>;
      const to = (params: Record<string, string>): string =>
        path.replaceAll(/\{(\w+)\}/g, (_, key: string) => params[key]!);
      const request = fc.record({
        params: fc.oneof(
          fc.constant(own),
          fc.tuple(fc.constantFrom(...Object.keys(own)), segment).map(([key, text]) => ({ ...own, [key]: text })),
        ),
        query: fc.oneof(
          fc.constant(valid.query ?? {}),
          fc.dictionary(
            fc.constantFrom("limit", "after", "where", "sort", "order", "of", "objects", "subject", "x[y]"),
            hostileText,
            {
              noNullPrototype: true,
            },
          ),
        ),
        payload:
          valid.body === undefined
            ? fc.constant(undefined)
            : fc.oneof(
                changed(valid.body),
                json.map((it) => JSON.stringify(it)),
                hostileText,
                fc.constant("{"),
              ),
      });
      await fuzz(
        request,
        ({ params, query, payload }) => {
          const headers = payload === undefined ? {} : { "content-type": "application/json" };
          return refusedOrDone({
            method,
            url: to(params),
            query,
            headers,
            ...(payload === undefined ? {} : { payload }),
          });
        },
        60,
      );
    },
    60_000,
  );

  test("bodies and headers that are not what they say", async () => {
    const url = "/lab/v2/namespaces";
    const post = (payload: string | Buffer, type = "application/json", more = {}): InjectOptions => {
      return { method: "POST", url, payload, headers: { "content-type": type, ...more } };
    };
    const deep = "[".repeat(100_000);
    for (const request of [
      post("x".repeat(2_000_000)),
      post(deep),
      post(`{"a":${"[".repeat(5000)}1${"]".repeat(5000)}}`),
      post("{}", "text/plain"),
      post("<a/>", "application/xml"),
      post("{}", "application/json; charset=latin9"),
      post(Buffer.from([0xff, 0xfe, 0x00])),
      post("", "application/json"),
      post("{}", "application/json", { "idempotency-key": "é" }),
      post("{}", "application/json", { "idempotency-key": "x".repeat(300) }),
      { url: `${url}?${"a=1&".repeat(2000)}` },
      { url: `/lab/v2/members?after=${"0".repeat(36)}` },
      { url: "/lab/v2/../../etc/passwd" },
      { url: "//lab/v2" },
      { url: "/api/auth/%2e%2e/x" },
      { method: "POST", url: "/api/auth/sign-in/email", payload: "{", headers: { "content-type": "application/json" } },
      { method: "TRACE" as Method, url },
    ]) {
      const { statusCode } = await world.ask("admin", request);
      expect(statusCode, JSON.stringify(request).slice(0, 200)).toBeGreaterThanOrEqual(400);
      expect(statusCode, JSON.stringify(request).slice(0, 200)).toBeLessThan(500);
    }
  });
});
