// Records by HTTP: what everybody sees of them, and that nothing else shows, in errors, counts or orders.
import { beforeAll, describe, expect, test } from "vitest";
import { keepNamespaces } from "../../src/service/keep-namespaces.ts";
import { KINDS } from "../setup/control.ts";
import { type Asker, aWorld, type World } from "../setup/service.ts";

interface Page {
  readonly data: readonly { readonly id: number; readonly name: string; readonly patient?: string }[];
  readonly keys: readonly string[];
  readonly hasMore: boolean;
  readonly next: string | null;
}

describe.each(KINDS)("%s", (kind) => {
  let world: World;
  beforeAll(async () => {
    world = await aWorld(kind);
  });

  const at = (as: Asker, path: string, query: Record<string, string> = {}) =>
    world.ask(as, { url: `/lab/v2/objects/samples/${path}`, query });
  const page = async (as: Asker, query: Record<string, string> = {}): Promise<Page> => {
    const answer = await at(as, "records", query);
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json<Page>();
  };

  test("each sees the records of their namespaces, and counts no others", async () => {
    const seen: [Asker, number[]][] = [
      ["guest", [1, 2, 3, 4, 7, 8]],
      ["elsewhere", [5, 6]],
      ["admin", [1, 2, 3, 4, 5, 6, 7, 8]],
    ];
    for (const [asker, ids] of seen) {
      expect((await page(asker)).keys.map(Number)).toEqual(ids);
      expect((await at(asker, "count")).json()).toEqual({ count: ids.length, exact: true });
      // Nobody finds by its words what they may not see.
      const found = (await page(asker, { search: "hidden words", include: "note" })).keys;
      expect(found).toEqual(ids.includes(5) ? ["5"] : []);
      const lookup = {
        method: "POST",
        url: "/lab/v2/objects/samples/lookup",
        payload: { values: ["5", "1", "99"] },
      } as const;
      const { found: there } = (await world.ask(asker, lookup)).json<{ found: { key: string }[] }>();
      expect(there.map(({ key }) => Number(key)).toSorted((a, b) => a - b)).toEqual(
        [1, 5].filter((id) => ids.includes(id)),
      );
    }
    const { north } = world;
    expect((await page("guest", { namespace: north.id })).keys).toEqual(["3", "4", "8"]);
  });

  test("an unknown and a forbidden record are the same, and so are their lists", async () => {
    for (const path of ["records/5", "records/99", "records/x", "records/1e400"].flatMap((it) => [
      it,
      `${it}/lists/measures`,
    ])) {
      const answer = await at("guest", path);
      const { requestId: _, ...problem } = answer.json<{ requestId: string }>();
      expect([path, problem]).toEqual([
        path,
        {
          type: "about:blank",
          title: "Not Found",
          status: 404,
          code: "not-found",
          detail: "There is no such record, or you may not see it.",
        },
      ]);
    }
  });

  test("a field that is de-identified can be seen so, and neither filtered nor sorted by", async () => {
    const { data } = await page("guest", { paths: "id,patient" });
    expect(data[0]!.patient).toMatch(/^[A-Za-z0-9_-]{16,}$/);
    expect(data[2]!.patient).toBe(data[0]!.patient);
    expect(JSON.stringify(data)).not.toMatch(/P-\d/);
    for (const [query, pointer] of [
      [{ where: '{"patient":"P-1"}' }, "/where/patient"],
      [{ order: "patient" }, "/order/0"],
      [{ where: '{"measures":{"$elemMatch":{"sample.patient":"P-1"}}}' }, "/where/measures/$elemMatch/sample.patient"],
    ] as const) {
      const answer = await at("guest", "records", query);
      expect(answer.json()).toMatchObject({ status: 422, errors: [{ pointer }] });
    }
    expect((await page("owner", { where: '{"patient":"P-1"}' })).keys).toEqual(["1", "3"]);
    const patient = async (asker: Asker) => {
      const object = (await world.ask(asker, { url: "/lab/v2/objects/samples" })).json<{
        fields: { name: string }[];
      }>();
      return object.fields.find(({ name }) => name === "patient");
    };
    const deidentify = { below: "owner", rule: "hash" };
    expect(await patient("guest")).toMatchObject({
      deidentified: "hash",
      deidentify,
      readable: false,
      operators: [],
    });
    expect(await patient("owner")).toMatchObject({ deidentified: null, deidentify, readable: true });
  });

  test("pages go on where they ended, in any order", async () => {
    const keys: string[] = [];
    let after: string | undefined;
    do {
      const query = { order: "-collected_on,name", limit: "2", ...(after === undefined ? {} : { after }) };
      const part = await page("admin", query);
      keys.push(...part.keys);
      after = part.next ?? undefined;
      expect(part.hasMore).toBe(after !== undefined);
    } while (after !== undefined);
    expect(keys).toEqual(["4", "8", "6", "2", "3", "7", "1", "5"]);
    const wrong = await at("admin", "records", { order: "name", after: (await page("admin", { limit: "2" })).next! });
    expect(wrong.json()).toMatchObject({ status: 422, code: "cursor-not-suited", errors: [{ pointer: "/after" }] });
  });

  test("a record with its references, lists and optional fields; the same question by POST", async () => {
    const record = await at("guest", "records/1");
    expect(record.json()).toMatchObject({
      key: "1",
      record: { id: 1, name: "Alder", depth: 0.5, note: "first" },
      references: { project: { key: "1", title: "Soil" } },
      lists: {
        measures: {
          data: [
            { id: 1, value: 10 },
            { id: 2, value: 20 },
          ],
          hasMore: false,
        },
      },
    });
    const where = { $and: [{ "project.name": "Soil" }, { measures: { $size: 2 } }] };
    const answer = await world.ask("guest", {
      method: "POST",
      url: "/lab/v2/objects/samples/records/query",
      payload: { where, paths: ["name"], expand: ["project"], include: ["lists.measures"] },
    });
    expect(answer.json<Page>().data).toEqual([
      expect.objectContaining({ name: "Alder", project: expect.objectContaining({ name: "Soil" }) }),
    ]);
    // Numbers are as the database has them.
    expect(record.body).toContain('"depth":0.5');
  });

  test("a record tells which others it refers to, as far as the caller may see them", async () => {
    const { app } = await world.reconfigured((org) => {
      const projects = { ...org.objects.get("projects")!, policy: { name: { $ne: "North" } } };
      return { ...org, objects: new Map([...org.objects, ["projects", projects]]) };
    });
    const authorization = `Bearer ${await world.token("guest")}`;
    const of = async (path: string) =>
      (await app.inject({ url: `/lab/v2/objects/${path}`, headers: { authorization } })).json<{ references: object }>()
        .references;
    expect(await of("samples/records/1")).toEqual({ project: { key: "1", title: "Soil" } });
    expect(await of("samples/records/3")).toEqual({ project: null });
    expect(await of("samples")).toEqual([{ name: "project", object: "projects", fields: ["project_id"] }]);
  });

  test("labels are in the caller's language", async () => {
    const url = "/lab/v2/objects";
    const labels = async (as: Asker, headers: Record<string, string>) =>
      (await world.ask(as, { url, headers }))
        .json<{ data: { name: string; label: string }[] }>()
        .data.find((it) => it.name === "samples")?.label;
    expect(await labels("guest", {})).toBe("Samples");
    expect(await labels("guest", { "accept-language": "fr-CA,fr;q=0.9" })).toBe("Échantillons");
    await world.ask("analyst", { method: "PATCH", url: "/api/session", payload: { language: "fr" } });
    expect(await labels("analyst", { "accept-language": "en" })).toBe("Échantillons");
  });

  test("a batch is frozen, and tells what has vanished", async () => {
    const make = (payload: object) => world.ask("analyst", { method: "POST", url: "/lab/v2/batches", payload });
    const { soil } = world;
    const refused = await make({ object: "samples", name: "B", namespace: soil.id, keys: ["1", "5", "99"] });
    expect(refused.json()).toMatchObject({
      status: 422,
      code: "keys-not-found",
      errors: [{ pointer: "/keys/1" }, { pointer: "/keys/2" }],
    });
    const made = await make({
      object: "samples",
      name: "B",
      namespace: soil.id,
      keys: [8, "1", "5", "8"],
      missing: "leave-out",
    });
    expect(made.json()).toMatchObject({ count: 2, notFound: { count: 1, keys: ["5"] } });
    const searched = await make({ object: "samples", name: "S", namespace: soil.id, search: "r" });
    expect(searched.json()).toMatchObject({ count: 5, source: { from: "filter", where: {}, search: null } });
    const records = await world.ask("analyst", {
      url: `${String(made.headers["location"])}/records`,
      query: { paths: "name", limit: "1", after: "1" },
    });
    expect(records.json()).toEqual({
      object: "list",
      data: [{ name: "Alder" }],
      keys: ["1"],
      hasMore: false,
      next: null,
      vanished: { count: 0, keys: [] },
    });
  });

  test("namespaces of a source are kept here", async () => {
    const org = await world.orgs.open("lab");
    const namespaces = { object: "projects", parent: null, name: "name", code: null };
    await keepNamespaces(world.lab, { ...org, config: { ...org.config, namespaces } }, new AbortController().signal);
    const { data } = (await world.ask("admin", { url: "/lab/v2/namespaces" })).json<{
      data: { key: string; name: string; fromSource: boolean }[];
    }>();
    expect(
      data.map((it) => [it.key, it.name, it.fromSource]).toSorted((a, b) => String(a[0]).localeCompare(String(b[0]))),
    ).toEqual([
      ["1", "Soil", true],
      ["2", "North", true],
      ["3", "Water", true],
    ]);
    const change = await world.ask("admin", {
      method: "PATCH",
      url: `/lab/v2/namespaces/${world.soil.id}`,
      payload: { name: "X" },
    });
    expect(change.json()).toMatchObject({ status: 409, code: "from-source" });
    // An owner closes it for exports, and it stays closed.
    const archive = await world.ask("owner", {
      method: "PATCH",
      url: `/lab/v2/namespaces/${world.soil.id}`,
      payload: { archived: true },
    });
    expect(archive.statusCode).toBe(200);
    await keepNamespaces(world.lab, { ...org, config: { ...org.config, namespaces } }, new AbortController().signal);
    const payload = { object: "samples", name: "B", namespace: world.soil.id, where: {} };
    const refused = await world.ask("analyst", { method: "POST", url: "/lab/v2/batches", payload });
    expect(refused.json()).toMatchObject({ status: 403, detail: "The namespace is archived, and closed for exports." });
  });
});
