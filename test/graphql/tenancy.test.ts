// GraphQL as everybody: in their own org what REST tells them and no more, and nothing of another one.
import { randomUUID } from "node:crypto";
import type { InjectOptions, LightMyRequestResponse } from "fastify";
import { beforeAll, describe, expect, test } from "vitest";
import { revokeToken } from "../../src/control/queries/tokens.ts";
import { createToken } from "../../src/identity/tokens.ts";
import { KINDS } from "../setup/control.ts";
import { type Asker, ASKERS, aWorld, type World } from "../setup/service.ts";
import { type Answered, asking, codesOf } from "./asking.ts";

const SEERS = ["elsewhere", "guest", "analyst", "maintainer", "owner", "admin"] as const;
const SAMPLES = ["1", "2", "3", "4", "5", "6", "7", "8"];
const FIELDS = ["id", "project_id", "name", "type", "depth", "collected_on", "patient", "note"];
const EVERYTHING = `fragment Everything on Samples {
  _key ${FIELDS.join(" ")} project { _key name samples { totalCount nodes { _key } } }
  measures { totalCount nodes { _key id sample_id value } }
  papers { nodes { name size } hasMore } scans { nodes { name } hasMore }
}`;

interface Sample {
  readonly _key: string;
  readonly project: { readonly samples: { readonly totalCount: number; readonly nodes: readonly { _key: string }[] } };
  readonly measures: { readonly totalCount: number; readonly nodes: readonly Readonly<Record<string, unknown>>[] };
  readonly papers: { readonly nodes: readonly { readonly name: string }[] };
  readonly scans: { readonly nodes: readonly { readonly name: string }[] };
}
interface Connection {
  readonly totalCount: number;
  readonly nodes: readonly Sample[];
  readonly edges: readonly { readonly cursor: string }[];
}
type Request = InjectOptions & { readonly url: string };

/** Batches or exports. */
interface Items {
  readonly nodes: readonly { readonly id: string }[];
  readonly edges: readonly { readonly cursor: string }[];
}
interface Listed {
  readonly data: readonly Readonly<Record<string, unknown>>[];
}

const keyOf = ({ _key }: Sample): string => _key;

describe.each(KINDS)("%s", (kind) => {
  let world: World;
  let ask: ReturnType<typeof asking>;
  let documentId: string;
  beforeAll(async () => {
    world = await aWorld(kind, { more: "    approval: { objects: [measures] }\n" });
    ask = asking(world);
    const payload = { name: "Names", document: "{ samples { nodes { name } } }" };
    const registered = await world.ask("admin", { method: "POST", url: "/lab/v2/persisted-queries", payload });
    documentId = registered.json<{ documentId: string }>().documentId;
  });

  const rest = (as: Asker, path: string, query: Record<string, string> = {}): Promise<LightMyRequestResponse> =>
    world.ask(as, { url: `/lab/v2/${path}`, query });

  async function samplesOf(as: Asker): Promise<Connection> {
    const query = `{ samples(first: 10) { totalCount nodes { ...Everything } } } ${EVERYTHING}`;
    const answer = await ask(query, {}, as);
    expect(codesOf(answer)).toEqual([]);
    return (answer.data as { samples: Connection }).samples;
  }

  /** What somebody may ask, below an org; and what nobody may. */
  const requests = (): Readonly<Record<string, Request>> => {
    const query = "{ samples { totalCount nodes { name } } }";
    return {
      "a document": { method: "POST", url: "/graphql", payload: { query } },
      "one in the address": { method: "GET", url: "/graphql", query: { query } },
      "a registered one": { method: "POST", url: "/graphql", payload: { documentId } },
      "one that is not registered": {
        method: "POST",
        url: "/graphql",
        payload: { documentId: `sha256:${"0".repeat(64)}` },
      },
      "the schema by a document": {
        method: "POST",
        url: "/graphql",
        payload: { query: "{ __schema { types { name } } }" },
      },
      "the schema": { method: "GET", url: "/graphql/schema.graphql" },
      "the page": { method: "GET", url: "/graphql", headers: { accept: "text/html" } },
      "a syntax error": { method: "POST", url: "/graphql", payload: { query: "{" } },
      "an unknown field": { method: "POST", url: "/graphql", payload: { query: "{ sampels { nodes { name } } }" } },
      "several at once": { method: "POST", url: "/graphql", payload: [{ query }] },
      "no JSON": { method: "POST", url: "/graphql", payload: "{", headers: { "content-type": "application/json" } },
      "another type": {
        method: "POST",
        url: "/graphql",
        payload: query,
        headers: { "content-type": "application/graphql" },
      },
      "a change": { method: "DELETE", url: "/graphql" },
      "an answer that is none": {
        method: "POST",
        url: "/graphql",
        payload: { query },
        headers: { accept: "image/png" },
      },
    };
  };

  /** An answer as far as it may tell anything. */
  function toldBy({ statusCode, headers, body }: LightMyRequestResponse): unknown {
    const names = ["content-type", "content-disposition", "cache-control", "allow", "www-authenticate", "retry-after"];
    return [statusCode, names.map((it) => headers[it]), body.replaceAll(/"requestId":"[^"]*"/g, "")];
  }

  test("in an org of others, and in one that is not there, everybody is told the same", async () => {
    for (const asker of ASKERS) {
      const other = asker === "stranger" ? "lab" : "twin";
      for (const [what, request] of Object.entries(requests())) {
        const answers = await Promise.all(
          [other, "nowhere"].map((org) => world.ask(asker, { ...request, url: `/${org}${request.url}` })),
        );
        expect([asker, what, toldBy(answers[0]!)]).toEqual([asker, what, toldBy(answers[1]!)]);
        if (what !== "the page") expect(answers[0]!.statusCode, what).toBe(asker === "nobody" ? 401 : 404);
      }
    }
  });

  test("in their own org, those may ask who may see records", async () => {
    const all = requests();
    for (const what of ["a document", "one in the address", "a registered one", "the schema"]) {
      const statuses = await Promise.all(
        ASKERS.map(async (as) => (await world.ask(as, { ...all[what]!, url: `/lab${all[what]!.url}` })).statusCode),
      );
      expect([what, statuses]).toEqual([what, [401, 404, 403, 200, 200, 200, 200, 200, 200]]);
    }
    // Those who may not are told nothing by what they ask for.
    for (const as of ["nobody", "member"] as const) {
      const asked = [
        "a document",
        "a registered one",
        "one that is not registered",
        "an unknown field",
        "the schema by a document",
      ];
      const told = await Promise.all(asked.map((what) => world.ask(as, { ...all[what]!, url: "/lab/graphql" })));
      for (const answer of told) expect(toldBy(answer)).toEqual(toldBy(told[0]!));
    }
  });

  test.each(SEERS)("%s: records are those of REST, with what hangs on them", async (as) => {
    const { totalCount, nodes } = await samplesOf(as);
    const paths = FIELDS.join(",");
    const { data } = (await rest(as, "objects/samples/records", { paths, limit: "100" })).json<Listed>();
    const texts = (record: object): unknown[] =>
      FIELDS.map((name) => {
        const value = (record as Readonly<Record<string, string | number | null>>)[name] ?? null;
        return value === null ? null : String(value);
      });
    expect(nodes.map(texts)).toEqual(data.map(texts));
    expect(totalCount).toBe(data.length);
    const { count } = (await rest(as, "objects/samples/count")).json<{ count: number }>();
    expect(totalCount).toBe(count);
    const mine = new Map(nodes.map((record) => [keyOf(record), record]));
    const byKeys = SAMPLES.map((key) => `k${key}: samplesByKey(key: "${key}") { ...Everything }`);
    const { data: byKey } = await ask(`{ ${byKeys.join(" ")} } ${EVERYTHING}`, {}, as);
    for (const key of SAMPLES) {
      const record = await rest(as, `objects/samples/records/${key}`);
      const found = (byKey as Readonly<Record<string, Sample | null>>)[`k${key}`]!;
      expect(found).toEqual(mine.get(key) ?? null);
      expect(record.statusCode).toBe(found === null ? 404 : 200);
      if (found === null) continue;
      const { files } = record.json<{ files: Record<string, Listed> }>();
      for (const name of ["papers", "scans"] as const) {
        expect(found[name].nodes.map((it) => it.name)).toEqual(files[name]!.data.map((it) => it["name"]));
      }
      const measures = (await rest(as, `objects/samples/records/${key}/lists/measures`)).json<Listed>().data;
      expect(found.measures.nodes.map(({ id }) => id)).toEqual(measures.map(({ id }) => String(id)));
      expect(found.measures.totalCount).toBe(measures.length);
      // Back through what all may see, there are no others either.
      const siblings = found.project.samples;
      for (const { _key } of siblings.nodes) expect([...mine.keys()]).toContain(_key);
      expect(siblings.totalCount).toBe(siblings.nodes.length);
    }
    const projects = await ask("{ projects { nodes { samples { totalCount nodes { _key } } } } }", {}, as);
    const behind = (projects.data as { projects: { nodes: Sample["project"][] } }).projects.nodes;
    expect(behind.flatMap(({ samples }) => samples.nodes.map(({ _key }) => _key)).toSorted()).toEqual([...mine.keys()]);
    expect(behind.reduce((sum, { samples }) => sum + samples.totalCount, 0)).toBe(mine.size);
  });

  test.each(SEERS)("%s: a namespace has what REST says, or is none", async (as) => {
    const theirs = (await world.ask("stranger", { url: "/twin/v2/namespaces" })).json<{ data: { _id: string }[] }>();
    const { soil, north, water } = world;
    const ids = [soil.id, north.id, water.id, theirs.data[0]!._id, randomUUID(), "x"];
    for (const [n, id] of ids.entries()) {
      const records = await rest(as, "objects/samples/records", { namespace: id, paths: "id" });
      const answer = await ask(`{ samples(namespace: ${JSON.stringify(id)}) { totalCount nodes { id } } }`, {}, as);
      if (records.statusCode !== 200) {
        expect(codesOf(answer)).toEqual(["not_found not-found"]);
        // One that is not theirs is one that was never there.
        const never = await ask(`{ samples(namespace: "${randomUUID()}") { totalCount nodes { id } } }`, {}, as);
        const plain = (it: Answered): unknown =>
          it.errors!.map(({ message, extensions: { reason, hint } }) => [message, reason, hint]);
        expect(plain(answer)).toEqual(plain(never));
        continue;
      }
      expect(n).toBeLessThan(3);
      const { samples } = answer.data as { samples: { nodes: { id: string }[] } };
      expect(samples.nodes.map((it) => Number(it.id))).toEqual(records.json<Listed>().data.map((it) => it["id"]));
    }
  });

  test("a cursor that others were given leads to nothing that is not one's own", async () => {
    const keysAt = async (as: Asker, place: string, org = "lab") => {
      const query = `{ samples(order: ["-depth"], ${place}) { nodes { _key } edges { cursor } } }`;
      const { samples } = (await asking(world, org)(query, {}, as)).data as { samples: Connection };
      return { keys: samples.nodes.map(({ _key }) => _key), cursors: samples.edges.map(({ cursor }) => cursor) };
    };
    const given = [await keysAt("admin", ""), await keysAt("stranger", "", "twin")].flatMap(({ cursors }) => cursors);
    expect(given).toHaveLength(2 * SAMPLES.length);
    for (const as of ["elsewhere", "guest", "owner"] as const) {
      const { keys: mine } = await keysAt(as, "");
      for (const cursor of given) {
        const { keys: after } = await keysAt(as, `after: "${cursor}"`);
        const { keys: before } = await keysAt(as, `before: "${cursor}"`);
        // The record at the place itself is in neither.
        expect(mine.filter((key) => before.includes(key) || after.includes(key))).toEqual([...before, ...after]);
        expect(mine.length - before.length - after.length).toBeLessThan(2);
      }
    }
    const ofList = (
      (await ask('{ samplesByKey(key: "5") { measures { edges { cursor } } } }', {}, "admin")).data as {
        samplesByKey: { measures: Connection };
      }
    ).samplesByKey.measures.edges[0]!.cursor;
    const hidden = `{ samplesByKey(key: "5") { measures(after: "${ofList}") { nodes { id } } } }`;
    expect((await ask(hidden, {}, "guest")).data).toEqual({ samplesByKey: null });
    const another = await ask(hidden.replace('"5"', '"1"'), {}, "guest");
    expect(codesOf(another)).toEqual(["bad_request cursor-not-suited"]);
  });

  describe("batches and exports", () => {
    const MAKERS = ["elsewhere", "analyst", "owner", "admin"] as const;
    const made: Record<"batches" | "exports", string[]> = { batches: [], exports: [] };
    beforeAll(async () => {
      const inSoil = { keys: ["1"], namespace: world.soil.id };
      const inWater = { keys: ["5"], namespace: world.water.id };
      for (const as of MAKERS) {
        const payloads = {
          batches: { object: "samples", name: as, ...(as === "elsewhere" ? inWater : inSoil) },
          exports: { objects: "measures", format: "csv", join: false, label: as },
        };
        for (const kept of ["batches", "exports"] as const) {
          const answer = await world.ask(as, { method: "POST", url: `/lab/v2/${kept}`, payload: payloads[kept] });
          if (answer.statusCode !== 201) throw new Error(answer.body);
          made[kept].push(answer.json<{ _id: string }>()._id);
        }
      }
    });

    test.each(["batches", "exports"] as const)("%s are those of REST", async (kept) => {
      const one = kept === "batches" ? "batch" : "export";
      for (const as of SEERS) {
        const listed = await rest(as, kept);
        const all = await ask(`{ ${kept}(first: 100) { nodes { id } edges { cursor } } }`, {}, as);
        if (listed.statusCode === 403) {
          expect(codesOf(all)).toEqual(["forbidden forbidden"]);
          expect(all.data).toEqual({ [kept]: null });
        } else {
          const ids = listed.json<Listed>().data.map(({ _id }) => _id);
          expect((all.data as Record<string, { nodes: { id: string }[] }>)[kept]!.nodes.map(({ id }) => id)).toEqual(
            ids,
          );
          expect(ids.length).toBe(as === "admin" ? MAKERS.length : (MAKERS as readonly string[]).includes(as) ? 1 : 0);
        }
        const told = new Set<string>();
        for (const id of [...made[kept], randomUUID()]) {
          const { statusCode } = await rest(as, `${kept}/${id}`);
          const found = await ask(`{ ${one}(id: "${id}") { id } }`, {}, as);
          if (statusCode === 200) expect(found.data).toEqual({ [one]: { id } });
          else expect(found.data).toEqual({ [one]: null });
          if (statusCode !== 200) told.add(JSON.stringify([statusCode, codesOf(found)]));
        }
        // What is others' is what was never there.
        expect(told.size).toBe(1);
      }
    });

    test.each(["batches", "exports"] as const)("%s behind others' cursors are one's own", async (kept) => {
      const query = (after: string | null): string =>
        `{ ${kept}(first: 100${after === null ? "" : `, after: "${after}"`}) { nodes { id } edges { cursor } } }`;
      const of = async (as: Asker, after: string | null) => {
        const answer = await ask(query(after), {}, as);
        return { its: (answer.data as Record<typeof kept, Items | null>)[kept], codes: codesOf(answer) };
      };
      const { edges } = (await of("admin", null)).its!;
      expect(edges).toHaveLength(MAKERS.length);
      for (const as of MAKERS) {
        const mine = (await of(as, null)).its!.nodes.map(({ id }) => id);
        for (const { cursor } of edges) {
          const { its, codes } = await of(as, cursor);
          if (its === null) expect(codes).toEqual(["bad_request cursor-not-suited"]);
          else for (const { id } of its.nodes) expect(mine).toContain(id);
        }
      }
    });

    test("by an object type and a namespace, too", async () => {
      const { soil, water } = world;
      for (const as of ["analyst", "elsewhere", "admin"] as const) {
        for (const kept of ["batches", "exports"] as const) {
          for (const asked of [
            { objects: "samples" },
            { objects: "measures" },
            { namespace: soil.id },
            { namespace: water.id },
          ]) {
            const answer = await rest(as, kept, asked);
            const args = Object.entries(asked).map(([name, value]) => `${name}: "${value}"`);
            const found = await ask(`{ ${kept}(${args.join()}) { nodes { id } } }`, {}, as);
            if (answer.statusCode !== 200) expect(codesOf(found)).toHaveLength(1);
            else {
              expect(
                (found.data as Record<string, { nodes: { id: string }[] }>)[kept]!.nodes.map(({ id }) => id),
              ).toEqual(answer.json<Listed>().data.map(({ _id }) => _id));
            }
          }
        }
      }
    });
  });

  test("a token reads what its person may, in its org, as long as it is good and from where it is", async () => {
    const { lab, people } = world;
    const make = (more: { addresses?: string[]; expiresAt?: Date } = {}) =>
      createToken(lab, {
        person: people.guest,
        name: "a token",
        scopes: ["read"],
        addresses: [],
        expiresAt: null,
        ...more,
      });
    const by = (token: string, org: string, request: Request, remoteAddress = "127.0.0.1") =>
      world.app.inject({
        ...request,
        url: `/${org}${request.url}`,
        headers: { ...request.headers, authorization: `Bearer ${token}` },
        remoteAddress,
      });
    const all = requests();
    const [document, schema] = [all["a document"]!, all["the schema"]!];
    const good = await make();
    const own = (await world.ask("guest", { ...document, url: "/lab/graphql" })).json<object>();
    expect((await by(good.token, "lab", document)).json()).toEqual(own);
    for (const request of Object.values(all)) {
      const answers = await Promise.all(["twin", "nowhere"].map((org) => by(good.token, org, request)));
      expect(toldBy(answers[0]!)).toEqual(toldBy(answers[1]!));
    }
    const late = await make({ expiresAt: new Date(Date.now() + 60_000) });
    expect((await by(late.token, "lab", document)).statusCode).toBe(200);
    await lab.db
      .updateTable("apiToken")
      .set({ expiresAt: new Date(0) })
      .where("id", "=", late.kept.id)
      .execute();
    const gone = await make();
    await revokeToken(lab, gone.kept.id, people.guest);
    const bound = await make({ addresses: ["192.0.2.0/24"] });
    expect((await by(bound.token, "lab", document, "192.0.2.7")).json()).toEqual(own);
    const none = toldBy(await by(`wb_lab_${"0".repeat(48)}`, "lab", document));
    for (const { token } of [late, gone, bound]) {
      for (const org of ["lab", "twin", "nowhere"]) expect(toldBy(await by(token, org, document))).toEqual(none);
      expect((await by(token, "lab", schema)).statusCode).toBe(401);
    }
    const statuses: Record<string, readonly number[]> = {};
    for (const scope of ["read", "query", "export", "templates", "admin"] as const) {
      const token = await world.token("admin", [scope]);
      const asked = [document, all["a registered one"]!, schema, all["the schema by a document"]!];
      statuses[scope] = await Promise.all(asked.map(async (it) => (await by(token, "lab", it)).statusCode));
    }
    expect(statuses).toEqual({
      read: [200, 200, 200, 200],
      query: [403, 200, 403, 403],
      export: [403, 403, 403, 403],
      templates: [403, 403, 403, 403],
      admin: [403, 403, 403, 403],
    });
  });
});
