// Batches and exports in GraphQL: what REST tells of them, to the same people, in pages with cursors.
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { beforeAll, describe, expect, test } from "vitest";
import { KINDS } from "../setup/control.ts";
import { type Asker, aWorld, BASE_URL, type World } from "../setup/service.ts";

const EXPORT = `fragment All on Export {
  id label description kind state position objects batch template namespace range { from to } format owner { id name }
  principal purpose approval { reason state person at note } notify language timeZone
  progress { rows totalRows bytes files rowsPerSecond secondsLeft } created startsAt dueAt started ended expiresAt
  snapshotAt attempt dataFile { url filename mime size sha256 } fault { code detail hint places { pointer detail } }
  problems resubmitOf url
}`;
const BATCH =
  "fragment All on Batch { id name objects namespace owner { id name } keyColumns count source created url }";

type Json = Readonly<Record<string, unknown>>;
interface Page {
  readonly nodes: readonly Json[];
  readonly edges: readonly { readonly cursor: string; readonly node: Json }[];
  readonly pageInfo: Readonly<Record<"hasNextPage" | "hasPreviousPage" | "startCursor" | "endCursor", unknown>>;
}

describe.each(KINDS)("%s", (kind) => {
  let world: World;
  /** Ids, the oldest first: the analyst's, but for the last one, which is an administrator's. */
  let batches: string[];
  let exports: string[];

  beforeAll(async () => {
    world = await aWorld(kind, { slots: 1, more: "    timeZone: Pacific/Auckland\n" });
    batches = [];
    exports = [];
    for (const n of [1, 2, 3, 4, 5]) {
      const as = n === 5 ? "admin" : "analyst";
      const payload = { object: n === 2 ? "measures" : "samples", name: `B${n}`, namespace: world.soil.id, where: {} };
      batches.push(await made(as, "batches", n === 2 ? { ...payload, namespace: null } : payload));
    }
    for (const n of [1, 2, 3, 4, 5]) {
      const as = n === 5 ? "admin" : "analyst";
      const body = { objects: n === 2 ? "measures" : "samples", format: "csv", label: `E${n}`, join: false };
      exports.push(await made(as, "exports", n === 2 ? body : { ...body, namespace: world.soil.id }));
    }
    for (const id of exports) await until(id);
    // One that failed, and one that was stopped, long ago.
    const fault = JSON.stringify({ code: "x", detail: "It failed.", places: [{ pointer: "/a", detail: "Here." }] });
    await sql`update export set state = 'error', archive = null, fault = ${fault}::text::jsonb where id = ${exports[2]}`.execute(
      world.control.db,
    );
    await sql`update export set state = 'cancelled', created_at = '2001-02-03 04:05:06Z', started_at = '2001-02-03 04:05:07Z',
      ended_at = '2001-02-03 04:05:08Z' where id = ${exports[3]}`.execute(world.control.db);
  }, 120_000);

  async function made(as: Asker, list: string, payload: object): Promise<string> {
    const answer = await world.ask(as, { method: "POST", url: `/lab/v2/${list}`, payload });
    expect(answer.statusCode, answer.body).toBe(201);
    return answer.json<{ _id: string }>()._id;
  }

  async function until(id: string): Promise<void> {
    for (;;) {
      const { state } = (await world.ask("admin", { url: `/lab/v2/exports/${id}` })).json<{ state: string }>();
      if (state === "ready") return;
      if (state !== "pending" && state !== "running") throw new Error(state);
      await sleep(50);
    }
  }

  interface Answer {
    readonly data?: Json;
    readonly errors?: readonly { readonly extensions: Json }[];
  }

  async function run(
    as: Asker,
    query: string,
    variables: Json = {},
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const org = as === "stranger" ? "twin" : "lab";
    const request = { method: "POST", url: `/${org}/graphql`, payload: { query, variables }, headers } as const;
    return (await world.ask(as, request)).json<Answer>();
  }

  async function asked<Data>(as: Asker, query: string, variables: Json = {}): Promise<Data> {
    const { data, errors } = await run(as, query, variables);
    expect(errors).toBeUndefined();
    return data as Data;
  }

  async function refused(as: Asker, query: string, headers: Record<string, string> = {}): Promise<Json> {
    const { errors = [] } = await run(as, query, {}, headers);
    expect(errors.length, query).toBeGreaterThan(0);
    return errors[0]!.extensions;
  }

  const page = async (as: Asker, field: "exports" | "batches", args = ""): Promise<Page> => {
    const selection =
      "{ nodes { id } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }";
    return (await asked<Record<typeof field, Page>>(as, `{ ${field}${args === "" ? "" : `(${args})`} ${selection} }`))[
      field
    ];
  };
  const ids = async (...asking: Parameters<typeof page>): Promise<unknown[]> =>
    (await page(...asking)).nodes.map(({ id }) => id);

  test("an export is told as REST tells it", async () => {
    for (const id of exports) {
      const rest = (await world.ask("admin", { url: `/lab/v2/exports/${id}` })).json<Json>();
      const { its } = await asked<{ its: Json }>(
        "admin",
        `query ($id: ID!) { its: export(id: $id) { ...All } } ${EXPORT}`,
        { id },
      );
      const { id: _id, url, ...facts } = its;
      expect(url).toBe(`${BASE_URL}/lab/exports/${id}`);
      // Numbers that may be large are texts, and what is more in REST are its details.
      const asRest = { ...facts, _id, object: "export", problems: Number(facts["problems"]) };
      const { progress, dataFile, fault } = facts as Record<"progress" | "dataFile" | "fault", Json | null>;
      const { rows, bytes, files, totalRows } = progress!;
      expect(rest).toMatchObject({
        ...asRest,
        progress: {
          ...progress,
          rows: Number(rows),
          bytes: Number(bytes),
          files: Number(files),
          totalRows: totalRows === null ? null : Number(totalRows),
        },
        dataFile: dataFile === null ? null : { ...dataFile, size: Number(dataFile["size"]) },
        fault: fault === null ? null : { code: "x", detail: "It failed.", places: fault["places"] },
      });
      expect(Object.keys(facts).toSorted()).toEqual(
        Object.keys(rest)
          .filter((name) => !["_id", "object", "request", "revisions", "result", "script"].includes(name))
          .filter((name) => !["timeline", "sharedWith", "people"].includes(name))
          .toSorted(),
      );
    }
    const { its } = await asked<{ its: Json }>(
      "admin",
      `{ its: export(id: "${exports[0]}") { state dataFile { url } } }`,
    );
    expect(its).toEqual({ state: "ready", dataFile: { url: `${BASE_URL}/lab/v2/exports/${exports[0]}/data` } });
  });

  test("a batch is told as REST tells it", async () => {
    for (const id of batches) {
      const rest = (await world.ask("admin", { url: `/lab/v2/batches/${id}` })).json<Json>();
      const { its } = await asked<{ its: Json }>(
        "admin",
        `query ($id: ID!) { its: batch(id: $id) { ...All } } ${BATCH}`,
        { id },
      );
      const { id: _id, url, ...facts } = its;
      expect(url).toBe(`${BASE_URL}/lab/batches/${id}`);
      expect({ ...facts, _id, object: "batch" }).toEqual(rest);
    }
  });

  test("pages go on behind each cursor, to the end, and REST goes on where they end", async () => {
    const cases = [
      ["exports", exports],
      ["batches", batches],
    ] as const;
    for (const [field, all] of cases) {
      const newest = all.toReversed();
      expect(await ids("admin", field)).toEqual(newest);
      const walked: unknown[] = [];
      let after = "";
      for (;;) {
        const its = await page("admin", field, `first: 2${after === "" ? "" : `, after: "${after}"`}`);
        expect(its.edges.map(({ node }) => node)).toEqual(its.nodes);
        expect(its.pageInfo["hasPreviousPage"]).toBe(after !== "");
        walked.push(...its.nodes.map(({ id }) => id));
        after = String(its.pageInfo["endCursor"]);
        if (its.pageInfo["hasNextPage"] === false) break;
      }
      expect(walked).toEqual(newest);
      const { edges } = await page("admin", field);
      for (const [n, { cursor }] of edges.entries()) {
        expect(await ids("admin", field, `after: "${cursor}"`)).toEqual(newest.slice(n + 1));
        const rest = await world.ask("admin", { url: `/lab/v2/${field}`, query: { after: cursor } });
        expect(rest.json<{ data: { _id: string }[] }>().data.map((it) => it._id)).toEqual(newest.slice(n + 1));
      }
      const beyond = await page("admin", field, `after: "${edges.at(-1)!.cursor}"`);
      expect(beyond.pageInfo).toEqual({
        hasNextPage: false,
        hasPreviousPage: true,
        startCursor: null,
        endCursor: null,
      });
    }
  });

  test("what is asked for is what comes", async () => {
    const [e1, e2, e3, e4, e5] = exports as [string, string, string, string, string];
    expect(await ids("admin", "exports", "state: [error, cancelled]")).toEqual([e4, e3]);
    expect(await ids("admin", "exports", "state: []")).toEqual([]);
    expect(await ids("admin", "exports", `objects: "measures"`)).toEqual([e2]);
    expect(await ids("admin", "exports", `objects: "nul\\u0000"`)).toEqual([]);
    expect(await ids("admin", "exports", `namespace: "${world.soil.id}"`)).toEqual([e5, e4, e3, e1]);
    expect(await ids("admin", "exports", `namespace: "no id"`)).toEqual([]);
    expect(await ids("admin", "exports", "mine: true")).toEqual([e5]);
    expect(await ids("admin", "exports", "mine: null, state: null, first: null, after: null")).toHaveLength(5);
    expect(await ids("admin", "exports", `createdSince: "2001-02-03T04:05:07Z"`)).toEqual([e5, e3, e2, e1]);
    expect(await ids("admin", "exports", `createdSince: "2001-02-03T04:05:06Z"`)).toHaveLength(5);
    // It ended then, whenever it was ordered.
    expect(await ids("admin", "exports", `updatedSince: "2001-02-03T04:05:08Z", state: cancelled`)).toEqual([e4]);
    expect(await ids("admin", "exports", `updatedSince: "2001-02-03T04:05:09Z", state: cancelled`)).toEqual([]);
    const [b1, b2, b3, b4, b5] = batches as [string, string, string, string, string];
    expect(await ids("admin", "batches", `objects: "samples"`)).toEqual([b5, b4, b3, b1]);
    expect(await ids("admin", "batches", `namespace: "${world.soil.id}"`)).toEqual([b5, b4, b3, b1]);
    expect(await ids("admin", "batches", `namespace: "${world.water.id}"`)).toEqual([]);
    expect(await ids("admin", "batches", `objects: null, namespace: null`)).toEqual([b5, b4, b3, b2, b1]);
  });

  test("an expired one was changed when its time was over", async () => {
    const since = `updatedSince: "2090-01-01"`;
    expect(await ids("admin", "exports", since)).toEqual([]);
    await sql`update export set state = 'expired', expires_at = '2099-01-01Z' where id = ${exports[0]}`.execute(
      world.control.db,
    );
    expect(await ids("admin", "exports", since)).toEqual([exports[0]]);
    await sql`update export set state = 'ready' where id = ${exports[0]}`.execute(world.control.db);
    expect(await ids("admin", "exports", since)).toEqual([]);
  });

  test("a time without a zone is meant in the organisation's", async () => {
    const at = async (time: string): Promise<number> =>
      (await ids("admin", "exports", `createdSince: "${time}", state: cancelled`)).length;
    expect([await at("2001-02-03T17:05:06"), await at("2001-02-03T17:05:07")]).toEqual([1, 0]);
  });

  test.each([
    ["{ exports(first: 0) { nodes { id } } }", "size-not-suited", "/first"],
    ["{ exports(first: 101) { nodes { id } } }", "size-not-suited", "/first"],
    ["{ batches(first: -1) { nodes { id } } }", "size-not-suited", "/first"],
    [`{ exports(createdSince: "yesterday") { nodes { id } } }`, "value-not-suited", "/createdSince"],
    [`{ exports(updatedSince: "2024-13-01") { nodes { id } } }`, "value-not-suited", "/updatedSince"],
    [`{ exports(after: "nonsense") { nodes { id } } }`, "cursor-not-suited", "/after"],
    [`{ batches(after: "") { nodes { id } } }`, "cursor-not-suited", "/after"],
  ])("refused: %s", async (document, reason, pointer) => {
    expect(await refused("admin", document)).toMatchObject({ code: "bad_request", reason, pointer });
  });

  test("a cursor is good for the question that it comes from", async () => {
    const { edges } = await page("admin", "exports");
    const document = `{ exports(after: "${edges[0]!.cursor}", mine: true) { nodes { id } } }`;
    expect(await refused("admin", document)).toMatchObject({ code: "bad_request", reason: "cursor-not-suited" });
  });

  describe("rights are those of REST", () => {
    const own = () => [exports.slice(0, 4).toReversed(), batches.slice(0, 4).toReversed()];
    const one = (id: string, field: string) => `{ its: ${field}(id: "${id}") { id } }`;

    test("everybody sees their own, administrators all", async () => {
      expect([await ids("analyst", "exports"), await ids("analyst", "batches")]).toEqual(own());
      for (const as of ["maintainer", "owner", "elsewhere", "stranger"] as const) {
        expect([await ids(as, "exports"), await ids(as, "batches")], as).toEqual([[], []]);
        for (const [field, all] of [
          ["export", exports],
          ["batch", batches],
        ] as const) {
          for (const id of all) expect(await asked(as, one(id, field)), as).toEqual({ its: null });
        }
      }
      expect(await asked("analyst", one(exports[4]!, "export"))).toEqual({ its: null });
      expect(await asked("analyst", one(batches[4]!, "batch"))).toEqual({ its: null });
      for (const id of ["", "x", "00000000-0000-7000-8000-0000000000a1"]) {
        expect(await asked("admin", `{ a: export(id: "${id}") { id } b: batch(id: "${id}") { id } }`)).toEqual({
          a: null,
          b: null,
        });
      }
    });

    test("an export that is shared is seen, and no longer when it is not", async () => {
      const url = `/lab/v2/exports/${exports[1]}/shares/${world.people.guest}`;
      await world.ask("analyst", { method: "PUT", url });
      expect(await ids("guest", "exports")).toEqual([exports[1]]);
      expect(await asked("guest", one(exports[1]!, "export"))).toEqual({ its: { id: exports[1] } });
      await world.ask("analyst", { method: "DELETE", url });
      expect(await ids("guest", "exports")).toEqual([]);
      expect(await asked("guest", one(exports[1]!, "export"))).toEqual({ its: null });
    });

    test("who may not see any is told so", async () => {
      const many = "{ batches { nodes { id } } }";
      for (const as of ["guest", "member"] as const) {
        for (const document of [many, one(batches[0]!, "batch")]) {
          expect(await refused(as, document), as).toMatchObject({ code: "forbidden" });
        }
      }
      expect(await refused("member", "{ exports { nodes { id } } }")).toMatchObject({ code: "forbidden" });
    });

    test("a token needs the scope read", async () => {
      for (const scopes of [["export"], ["query"]] as const) {
        const headers = { authorization: `Bearer ${await world.token("analyst", scopes)}` };
        for (const document of [
          "{ exports { nodes { id } } }",
          one(exports[0]!, "export"),
          one(batches[0]!, "batch"),
        ]) {
          expect(await refused("nobody", document, headers)).toMatchObject({ code: "forbidden" });
        }
      }
    });
  });
});
