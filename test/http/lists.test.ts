// Every list of the API: filtered, sorted, and read page by page, on both control databases.
import { sql } from "kysely";
import * as fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { addAudit } from "../../src/control/queries/audit.ts";
import { beginBatch, sealBatch } from "../../src/control/queries/batches.ts";
import { addExport } from "../../src/control/queries/exports.ts";
import { addMember, putRole } from "../../src/control/queries/members.ts";
import { addNamespace, archiveNamespace } from "../../src/control/queries/namespaces.ts";
import { putPersistedQuery } from "../../src/control/queries/persisted-queries.ts";
import { saveView } from "../../src/control/queries/saved-views.ts";
import { addTemplate, reviseTemplate, shareTemplate } from "../../src/control/queries/templates.ts";
import { addToken, revokeToken } from "../../src/control/queries/tokens.ts";
import { uuidv7 } from "../../src/lib/uuid.ts";
import { createPerson, invite } from "../../src/identity/people.ts";
import { fuzz, hostileText } from "../setup/fuzz.ts";
import { KINDS } from "../setup/control.ts";
import { type Asker, aWorld, type World } from "../setup/service.ts";

type Item = Readonly<Record<string, unknown>>;
interface Page {
  readonly data: readonly Item[];
  readonly hasMore: boolean;
  readonly next: string | null;
}
interface Problem {
  readonly code: string;
  readonly hint?: string;
  readonly errors: readonly [{ readonly pointer: string }];
}

/** Texts whose order depends on who compares, some of them twice. */
const NAMES = ["Zebra", "apple", "Apple", "é", "a b", "ab", "apple", "日本", "😀", "ﬀ"];

/** Each list with sorts: ties, missing values, several fields, descending. */
const LISTS: Readonly<Record<string, { readonly key: string; readonly sorts: readonly string[] }>> = {
  namespaces: {
    key: "_id",
    sorts: ["name", "-name,code", "archived", "-archived,name", "fromSource,-key", "role,_id"],
  },
  "namespaces/SOIL/members": { key: "person", sorts: ["name", "-name,email", "role,-name", "-person"] },
  members: { key: "_id", sorts: ["name", "-name", "role,-disabled", "-disabled,name", "created", "-role,-created"] },
  invitations: { key: "_id", sorts: ["email", "-namespace,email", "namespace", "role,-expires", "-role"] },
  tokens: { key: "_id", sorts: ["name", "-expires", "expires,-name", "revoked,lastUsed", "-revoked,created"] },
  "tokens?of=everybody": { key: "_id", sorts: ["person,name", "-lastUsed,-person"] },
  "persisted-queries": { key: "_id", sorts: ["name", "-name,created", "owner.name,-_id", "-lastUsed"] },
  "views?objects=samples": { key: "_id", sorts: ["-name", "created", "objects,-_id"] },
  batches: {
    key: "_id",
    sorts: ["name", "-name", "owner.id,count", "-owner.name,name", "namespace,-created", "-count"],
  },
  exports: {
    key: "_id",
    sorts: [
      "label",
      "-label,state",
      "objects,-created",
      "-expiresAt,label",
      "problems,owner.name",
      "dataFile.size,-label",
      "-namespace,kind",
      "purpose,-ended",
    ],
  },
  "dataset-templates": {
    key: "_id",
    sorts: ["description", "-description,name", "revision,-updated", "format", "-person"],
  },
  "export-templates": { key: "_id", sorts: ["name", "objects", "-namespace"] },
  "dataset-templates/TEMPLATE/versions": { key: "revision", sorts: ["revision", "-person", "person,-created"] },
  "dataset-templates/TEMPLATE/shares": { key: "namespace", sorts: ["namespace", "-namespace"] },
  audit: {
    key: "_id",
    sorts: ["at", "-subject,action", "subjectKind,subject", "-person,at", "-requestId", "token,-at"],
  },
  objects: {
    key: "name",
    sorts: ["name", "-label", "label,-kind", "estimatedRows", "-namespaced,name", "range.field,-source"],
  },
};

/** What a filter gives, and which items of the whole list that should be. */
const FILTERS: readonly (readonly [list: string, where: object, wanted: (item: Item, world: World) => boolean])[] = [
  ["batches", { name: "apple" }, (it) => it["name"] === "apple"],
  ["batches", { name: { $gt: "a b", $lte: "é" } }, (it) => between("a b", String(it["name"]), "é")],
  ["batches", { "owner.id": null }, (it) => it["owner"] === null],
  ["batches", { "owner.name": { $ne: "analyst" } }, (it) => valueAt(it, "owner.name") !== "analyst"],
  [
    "batches",
    { "owner.name": { $not: { $eq: "analyst" } } },
    (it) => (valueAt(it, "owner.name") ?? "analyst") !== "analyst",
  ],
  ["batches", { count: { $gte: 3 } }, (it) => Number(it["count"]) >= 3],
  ["batches", { count: { $lt: "99999999999999999999999" } }, () => true],
  ["batches", { count: { $in: [] } }, () => false],
  ["batches", { namespace: { $exists: false } }, (it) => it["namespace"] === null],
  ["batches", { namespace: { $in: [null] } }, (it) => it["namespace"] === null],
  ["batches", { created: { $gt: "2020-01-01" } }, () => true],
  ["batches", { created: { $lt: "-0043-03-15" } }, () => false],
  ["batches", { created: { $lt: "+020000-01-01T00:00:00Z" } }, () => true],
  ["batches", { keyColumns: { $all: ["id", "no"] } }, (it) => (it["keyColumns"] as string[]).includes("no")],
  ["batches", { keyColumns: { $size: 1 } }, (it) => (it["keyColumns"] as string[]).length === 1],
  ["batches", { $nor: [{ name: "apple" }, { count: 3 }] }, (it) => it["name"] !== "apple" && it["count"] !== 3],
  [
    "batches",
    { $or: [{ name: "é" }, { $and: [{ count: { $gt: 2 } }, { $not: { name: "ab" } }] }] },
    (it) => it["name"] === "é" || (Number(it["count"]) > 2 && it["name"] !== "ab"),
  ],
  ["exports", { label: { $contains: "PPL", $options: "i" } }, (it) => /ppl/i.test(String(it["label"]))],
  ["exports", { state: "ready", "dataFile.size": { $gte: 40 } }, (it) => Number(valueAt(it, "dataFile.size")) >= 40],
  ["exports", { "dataFile.size": null }, (it) => it["state"] !== "ready"],
  ["exports", { "owner.id": { $ne: null }, problems: 0 }, (it) => it["owner"] !== null && it["problems"] === 0],
  ["exports", { expiresAt: { $gt: "2020-01-01" } }, (it) => it["expiresAt"] !== null],
  [
    "exports",
    { namespace: "$SOIL", objects: "samples" },
    (it, { soil }) => it["namespace"] === soil.id && it["objects"] === "samples",
  ],
  ["namespaces", { fromSource: false, archived: null }, (it) => it["archived"] === null],
  ["namespaces", { role: "admin" }, () => true],
  ["namespaces", { parent: "$SOIL" }, (it, { soil }) => it["parent"] === soil.id],
  [
    "namespaces/SOIL/members",
    { role: { $in: ["guest", "owner"] } },
    (it) => it["role"] === "guest" || it["role"] === "owner",
  ],
  ["members", { email: { $startsWith: "ana" } }, (it) => String(it["email"]).startsWith("ana")],
  ["members", { name: { $contains: "PPL", $options: "i" } }, (it) => /ppl/i.test(String(it["name"]))],
  ["members", { name: { $contains: "ppl" } }, (it) => String(it["name"]).includes("ppl")],
  ["members", { name: { $contains: "%" } }, () => false],
  ["members", { name: { $regex: "^[A-Z].*a$" } }, (it) => /^[A-Z].*a$/su.test(String(it["name"]))],
  ["members", { disabled: { $ne: null }, role: null }, (it) => it["disabled"] !== null],
  ["invitations", { namespace: { $nin: ["$SOIL"] } }, (it, { soil }) => it["namespace"] !== soil.id],
  ["invitations", { expires: { $gt: "2020-01-01T00:00:00+02:00" } }, () => true],
  ["tokens", { scopes: { $elemMatch: { $startsWith: "re" } } }, (it) => (it["scopes"] as string[]).includes("read")],
  ["tokens", { revoked: { $exists: true } }, (it) => it["revoked"] !== null],
  ["tokens?of=everybody", { name: { $nin: ["é", null] } }, (it) => it["name"] !== "é"],
  ["views?objects=samples", { name: { $in: ["é", "ab"] } }, (it) => it["name"] === "é" || it["name"] === "ab"],
  ["dataset-templates", { description: { $exists: true }, format: "csv" }, (it) => it["description"] !== null],
  ["dataset-templates", { objects: "samples" }, (it) => it["objects"] === "samples"],
  ["dataset-templates/TEMPLATE/versions", { revision: { $gt: 2 } }, (it) => Number(it["revision"]) > 2],
  [
    "dataset-templates/TEMPLATE/shares",
    { namespace: { $ne: "$NORTH" } },
    (it, { north }) => it["namespace"] !== north.id,
  ],
  [
    "audit",
    { action: { $startsWith: "sample" }, subject: "1" },
    (it) => String(it["action"]).startsWith("sample") && it["subject"] === "1",
  ],
  ["persisted-queries", { name: { $gte: "a" }, lastUsed: null }, (it) => String(it["name"]) >= "a"],
  ["objects", { namespaced: true }, (it) => it["namespaced"] === true],
  ["objects", { key: { $all: ["id"] }, name: { $lt: "q" } }, (it) => String(it["name"]) < "q"],
  ["objects", { label: "Samples" }, (it) => it["label"] === "Samples"],
  ["objects", { estimatedRows: { $gt: 1 } }, (it) => Number(it["estimatedRows"]) > 1],
  ["objects", { "range.max": null }, (it) => it["range"] === null],
];

const REFUSED: readonly (readonly [list: string, query: Record<string, string>, code: string, pointer: string])[] = [
  ["batches", { where: `{"nmae":"x"}` }, "unknown-field", "/where/nmae"],
  ["batches", { where: `{"$and":[{"count":"x"}]}` }, "value-not-suited", "/where/$and/0/count"],
  ["batches", { where: `{"_id":{"$gt":"x"}}` }, "operator-not-suited", "/where/_id/$gt"],
  ["batches", { where: `{"_id":"x"}` }, "value-not-suited", "/where/_id"],
  ["batches", { where: `{"name":{"$in":["a",1]}}` }, "value-not-suited", "/where/name/$in/1"],
  ["batches", { where: `{"name":{"$like":"a"}}` }, "unknown-operator", "/where/name/$like"],
  ["batches", { where: `{"keyColumns":"id"}` }, "operator-not-suited", "/where/keyColumns"],
  ["batches", { where: `{"created":"yesterday"}` }, "value-not-suited", "/where/created"],
  ["batches", { where: `[]` }, "condition-not-suited", "/where"],
  ["batches", { where: `{"source":{}}` }, "unknown-field", "/where/source"],
  ["batches", { where: `{"org":"twin"}` }, "unknown-field", "/where/org"],
  ["exports", { where: `{"request":{}}` }, "unknown-field", "/where/request"],
  ["exports", { where: `{"afterScript":"x"}` }, "unknown-field", "/where/afterScript"],
  ["exports", { where: `{"joinKey":"x"}` }, "unknown-field", "/where/joinKey"],
  ["exports", { sort: "archive" }, "unknown-field", "/sort"],
  ["exports", { where: `{"dataFile.size":"x"}` }, "value-not-suited", "/where/dataFile.size"],
  ["members", { where: `{"toString":"x"}` }, "unknown-field", "/where/toString"],
  ["members", { where: `{"name":{"$regex":"a{2}"}}` }, "pattern-not-suited", "/where"],
  ["members", { where: `{"name":{"$regex":"(?=a)"}}` }, "pattern-not-suited", "/where/name/$regex"],
  [
    "members",
    { where: JSON.stringify({ name: { $contains: "x".repeat(251), $options: "i" } }) },
    "pattern-not-suited",
    "/where",
  ],
  [
    "members",
    { where: JSON.stringify({ $or: Array.from({ length: 9 }, (_, n) => ({ name: { $regex: `a${n}` } })) }) },
    "pattern-not-suited",
    "/where",
  ],
  ["tokens", { where: `{"hash":"x"}` }, "unknown-field", "/where/hash"],
  ["tokens", { sort: "scopes" }, "order-not-suited", "/sort"],
  ["tokens", { sort: "name,-name" }, "order-not-suited", "/sort"],
  ["persisted-queries", { where: `{"document":"x"}` }, "unknown-field", "/where/document"],
  ["objects", { where: `{"position":1}` }, "unknown-field", "/where/position"],
  ["objects", { sort: "position" }, "unknown-field", "/sort"],
  ["audit", { sort: "details" }, "unknown-field", "/sort"],
  ["audit", { sort: "-constructor" }, "unknown-field", "/sort"],
  ["namespaces", { sort: "--name" }, "unknown-field", "/sort"],
];

describe.each(KINDS)("%s", (kind) => {
  let world: World;
  let template: string;
  beforeAll(async () => {
    world = await aWorld(kind, { more: "    timeZone: Pacific/Auckland\n" });
    template = await fill(world);
  });

  const urlOf = (list: string): string =>
    `/lab/v2/${list.replace("SOIL", world.soil.id).replace("TEMPLATE", template)}`;
  const ask = (list: string, query: Record<string, string> = {}, as: Asker = "admin") => {
    const [url = "", own = ""] = urlOf(list).split("?");
    return world.ask(as, { url, query: { ...Object.fromEntries(new URLSearchParams(own)), ...query } });
  };
  const page = async (list: string, query: Record<string, string> = {}, as: Asker = "admin"): Promise<Page> => {
    const answer = await ask(list, query, as);
    expect(answer.statusCode, `${list} ${JSON.stringify(query)}: ${answer.body}`).toBe(200);
    return answer.json<Page>();
  };
  const refused = async (list: string, query: Record<string, string>, as: Asker = "admin"): Promise<Problem> => {
    const answer = await ask(list, query, as);
    expect(answer.statusCode, `${list} ${JSON.stringify(query)}: ${answer.body}`).toBe(422);
    return answer.json<Problem>();
  };

  /** All pages, two items at a time. */
  async function paged(list: string, query: Record<string, string>, as?: Asker): Promise<Item[]> {
    const items: Item[] = [];
    for (let after: string | null | undefined; after !== null;) {
      const { data, hasMore, next } = await page(
        list,
        { ...query, limit: "2", ...(after === undefined ? {} : { after }) },
        as,
      );
      expect(hasMore).toBe(next !== null);
      expect(data.length).toBe(hasMore ? 2 : Math.min(data.length, 2));
      items.push(...data);
      after = next;
    }
    return items;
  }

  test.each(Object.entries(LISTS))("%s: every page in every order", async (list, { key, sorts }) => {
    const whole = await page(list, { limit: "500" });
    expect(whole.next).toBeNull();
    expect(whole.data.length, "there is something to page through").toBeGreaterThanOrEqual(3);
    expect(await paged(list, {})).toEqual(whole.data);
    const keys = whole.data.map((it) => String(it[key])).toSorted();
    expect(new Set(keys).size).toBe(keys.length);
    for (const sort of [...sorts, key, `-${key}`]) {
      const { data } = await page(list, { limit: "500", sort });
      expect(data.map((it) => String(it[key])).toSorted(), sort).toEqual(keys);
      expectSorted(data, sort);
      expect(await paged(list, { sort }), sort).toEqual(data);
    }
    // A field backwards is the whole list backwards, ties included.
    const sort = sorts.find((it) => !/[-,]/.test(it)) ?? "";
    if (sort !== "") {
      const forwards = (await page(list, { limit: "500", sort })).data;
      expect((await page(list, { limit: "500", sort: `-${sort}` })).data).toEqual(forwards.toReversed());
    }
  });

  test("the orders without one: the newest first, or by id", async () => {
    for (const list of ["batches", "exports", "dataset-templates", "audit", "tokens", "invitations"]) {
      const { data } = await page(list, { limit: "500" });
      expectSorted(data, "-_id");
    }
    for (const list of ["namespaces", "members"]) expectSorted((await page(list, { limit: "500" })).data, "_id");
    expectSorted((await page("views?objects=samples")).data, "name");
    const objects = (await page("objects")).data.map(({ name }) => name);
    expect((await page("objects", { sort: "name" })).data.map(({ name }) => name)).toEqual(objects.toSorted(compare));
  });

  test.each(FILTERS)("%s where %j", async (list, where, wanted) => {
    const text = JSON.stringify(where).replace("$SOIL", world.soil.id).replace("$NORTH", world.north.id);
    const whole = (await page(list, { limit: "500" })).data;
    const expected = whole.filter((it) => wanted(it, world));
    expect((await page(list, { limit: "500", where: text })).data).toEqual(expected);
    expect(await paged(list, { where: text })).toEqual(expected);
  });

  test.each(REFUSED)("%s refuses %j", async (list, query, code, pointer) => {
    const problem = await refused(list, query);
    expect(problem).toMatchObject({ code, errors: [{ pointer }] });
  });

  test("what is no JSON, no list of names or no limit is refused before", async () => {
    for (const query of [{ where: "{" }, { sort: "name,," }, { limit: "501" }, { limit: "0" }, { order: "name" }]) {
      const answer = await ask("batches", query);
      expect([answer.statusCode, answer.json<Problem>().errors[0].pointer]).toEqual([400, `/${Object.keys(query)[0]}`]);
    }
  });

  test("a cursor is good for its own question only", async () => {
    const at = async (list: string, query: Record<string, string> = {}) =>
      (await page(list, { ...query, limit: "2" })).next!;
    const where = `{"count":{"$gte":0}}`;
    const plain = await at("batches");
    const sorted = await at("batches", { sort: "name", where });
    expect((await page("batches", { sort: "name", where, after: sorted, limit: "500" })).data.length).toBe(8);
    const wrong: readonly (readonly [string, Record<string, string>])[] = [
      ["batches", { after: sorted }],
      ["batches", { after: sorted, where }],
      ["batches", { after: sorted, sort: "name" }],
      ["batches", { after: sorted, sort: "-name", where }],
      ["batches", { after: sorted, sort: "name", where: `{"count":{"$gte":1}}` }],
      ["batches", { after: plain, objects: "samples" }],
      ["batches", { after: plain, namespace: world.soil.id }],
      ["audit", { after: plain }],
      ["dataset-templates", { after: await at("export-templates") }],
      ["dataset-templates", { after: await at("dataset-templates"), search: "a" }],
      ["tokens?of=everybody", { after: await at("tokens") }],
      ["audit", { after: await at("audit"), subjectKind: "sample", subject: "1" }],
      ["batches", { after: world.soil.id }],
      ["batches", { after: "" }],
    ];
    for (const [list, query] of wrong) {
      expect(await refused(list, query), `${list} ${JSON.stringify(query)}`).toMatchObject({
        code: "cursor-not-suited",
        errors: [{ pointer: "/after" }],
      });
    }
  });

  test("cursors that nobody gave are refused", async () => {
    const good = (await page("batches", { limit: "2", sort: "created" })).next!;
    const bytes = Buffer.from(good, "base64url");
    const damaged = fc.oneof(
      hostileText,
      fc.string({ maxLength: 200 }),
      fc.uint8Array({ maxLength: 200 }).map((it) => Buffer.from(it).toString("base64url")),
      fc
        .nat(bytes.length - 1)
        .map((n) => Buffer.from(bytes.map((it, at) => (at === n ? it ^ 1 : it))).toString("base64url")),
      fc.nat(good.length - 1).map((n) => good.slice(0, n)),
    );
    await fuzz(
      damaged,
      async (after) => {
        const answer = await ask("batches", { sort: "created", after });
        expect([answer.statusCode, answer.json<Problem>().code], after).toEqual([422, "cursor-not-suited"]);
      },
      100,
    );
  });

  test("hostile conditions find nothing, or are refused at their place", async () => {
    await fuzz(
      fc.tuple(
        fc.constantFrom("name", "owner.name", "objects", "keyColumns", "x"),
        fc.constantFrom("$eq", "$gt", "$in", "$contains", "$startsWith", "$regex", "$elemMatch"),
        hostileText,
        fc.boolean(),
      ),
      async ([field, operator, text, folded]) => {
        const value = operator === "$in" ? [text] : operator === "$elemMatch" ? { $contains: text } : text;
        const where = JSON.stringify({ [field]: { [operator]: value, ...(folded ? { $options: "i" } : {}) } });
        const answer = await ask("batches", { where });
        expect([200, 422], `${where}: ${answer.body}`).toContain(answer.statusCode);
        if (answer.statusCode === 422) expect(answer.json<Problem>().errors[0].pointer).toMatch(/^\/where/);
        else if (operator !== "$gt" && text.length > 3) expect(answer.json<Page>().data).toEqual([]);
      },
      80,
    );
  });

  test("nobody finds by a filter or an order what they may not see", async () => {
    for (const [asker, names] of [
      ["guest", ["north", "soil"]],
      ["elsewhere", ["water"]],
    ] as const) {
      const { data } = await page(
        "namespaces",
        { sort: "name", where: `{"code":{"$in":["soil","north","water"]}}` },
        asker,
      );
      expect(data.map((it) => it["code"])).toEqual(names);
    }
    const roles = (await page("namespaces", { where: `{"role":"guest"}`, limit: "500" }, "guest")).data;
    expect(roles.length).toBe((await page("namespaces", { limit: "500" }, "guest")).data.length);
    expect((await page("namespaces", { where: `{"role":"owner"}` }, "guest")).data).toEqual([]);
    const own = await paged("batches", { where: `{"name":{"$exists":true}}`, sort: "-name" }, "analyst");
    expect(own.length).toBeGreaterThan(0);
    expect(own.every((it) => valueAt(it, "owner.id") === world.people.analyst)).toBe(true);
    const theirs = await paged("exports", { where: `{"state":{"$exists":true}}`, sort: "-label" }, "analyst");
    expect(theirs.length).toBeGreaterThan(0);
    expect(theirs.every((it) => valueAt(it, "owner.id") === world.people.analyst)).toBe(true);
    const invitations = await paged("invitations", { sort: "email" }, "owner");
    expect(new Set(invitations.map((it) => it["namespace"]))).toEqual(new Set([world.soil.id]));
    const all = `{"$or":[{"_id":null},{"_id":{"$ne":null}}]}`;
    expect((await page("tokens", { where: all }, "guest")).data).toEqual([]);
    expect((await ask("tokens", { of: "everybody", where: all }, "guest")).statusCode).toBe(403);
    // Of a template of theirs that is shared with places that they do not see.
    const shares = await page(
      "dataset-templates/TEMPLATE/shares",
      { where: `{"namespace":{"$exists":true}}` },
      "analyst",
    );
    expect(shares.data).toEqual((await page("dataset-templates/TEMPLATE/shares", {}, "analyst")).data);
    expect(shares.data).not.toContainEqual({ namespace: world.water.id });
  });

  test("what a list is sorted by may be too long for a cursor, and says so", async () => {
    const body = { ...DATASET, name: "Long", description: "\u{1F9FF}".repeat(3000) };
    const made = await addTemplate(world.lab, {
      namespace: null,
      kind: "dataset-template",
      name: "Long",
      person: null,
      body,
    });
    const query = { sort: "-description", where: `{"description":{"$exists":true}}`, limit: "1" };
    expect(await refused("dataset-templates", query)).toMatchObject({
      code: "order-not-suited",
      errors: [{ pointer: "/sort" }],
    });
    expect((await page("dataset-templates", { ...query, limit: "500" })).hasMore).toBe(false);
    await world.ask("admin", { method: "DELETE", url: `/lab/v2/dataset-templates/${made.id}` });
  });

  test("times without a zone are in the organisation's", async () => {
    for (const [from, to, found] of [
      ["2024-05-02T00:00:00", "2024-05-02T00:00:01", 5],
      ["2024-05-02", "2024-05-03", 5],
      ["2024-05-01T12:00:00", "2024-05-01T13:00:00", 0],
      ["2024-05-01T12:00:00Z", "2024-05-01T13:00:00Z", 5],
    ] as const) {
      const where = JSON.stringify({ at: { $gte: from, $lt: to } });
      expect((await page("audit", { where })).data, where).toHaveLength(found);
    }
  });

  test("times in microseconds, and of far years, are places too", async () => {
    const expires = (await page("tokens", { sort: "expires", limit: "500" })).data.map((it) => it["expires"]);
    expect(expires).toContain("+010000-01-01T13:59:59.000Z");
    const { data } = await page("audit", { where: `{"action":"at-once"}`, limit: "500" });
    expect(new Set(data.map((it) => it["at"])).size, "the same millisecond").toBe(1);
    expect(await paged("audit", { where: `{"action":"at-once"}`, sort: "at" })).toHaveLength(data.length);
  });
});

const DATASET = { kind: "dataset-template", object: "samples", format: "csv", columns: [{ field: "id" }] };

/** What is the same of all exports. */
const ORDERED = {
  principal: null,
  description: null,
  batch: null,
  template: null,
  request: {},
  afterScript: null,
  revisions: [],
  approval: null,
  notify: false,
  language: "en",
  timeZone: "UTC",
  resubmitOf: null,
  state: "pending",
  startsAt: null,
  dueAt: null,
  fileName: "x.csv",
  mime: "text/csv",
} as const;

/** Some of everything; times that others do not give are made here. @returns a template with revisions and shares */
async function fill({ lab, control, soil, north, water, people }: World): Promise<string> {
  const namespaces = [soil, north, water];
  for (const [n, name] of NAMES.entries()) {
    const made = await addNamespace(lab, { parent: n % 3 === 0 ? null : soil.id, code: `c${n}`, name });
    namespaces.push(made);
    if (n % 3 === 1) await archiveNamespace(lab, made.id, true);
    const { id: person } = await createPerson(control, { email: `n${n}@example.org`, name, password: null });
    await addMember(lab, person);
    if (n % 2 === 0) await putRole(lab, soil.id, person, n % 4 === 0 ? "guest" : "analyst");
    if (n % 4 === 3) await sql`update person set disabled_at = now() where id = ${person}`.execute(control.db);
    const to = n % 3 === 0 ? null : n % 3 === 1 ? soil.id : water.id;
    await invite(lab, {
      email: `i${n % 4}@example.org`,
      role: to === null ? null : "guest",
      namespace: to,
      invitedBy: null,
    });
    const owner = n % 2 === 0 ? people.admin : people.analyst;
    const hash = Buffer.alloc(32, n + 1);
    const expiresAt = n % 3 === 0 ? null : new Date(Date.UTC(2100, 0, n % 2));
    const token = await addToken(lab, {
      person: n % 4 === 3 ? people.analyst : people.admin,
      name,
      hash,
      scopes: n % 2 === 0 ? ["read"] : ["export", "admin"],
      addresses: [],
      expiresAt,
    });
    if (n % 3 === 2) await revokeToken(lab, token.id, null);
    if (n % 3 === 1) {
      await sql`update api_token set expires_at = '10000-01-01 13:59:59Z' where id = ${token.id}`.execute(control.db);
    }
    const registrar = n % 5 === 4 ? null : owner;
    await putPersistedQuery(lab, { id: hash.toString("hex"), name, document: "{ a }", person: registrar });
    await saveView(lab, { person: people.admin, object: "samples", name: `${name}${n === 6 ? "2" : ""}`, body: {} });
    const batch = {
      name,
      object: n % 2 === 0 ? "samples" : "measures",
      namespace: n % 3 === 0 ? null : soil.id,
      source: {},
    };
    const id = await beginBatch(lab, {
      ...batch,
      person: n % 5 === 4 ? null : owner,
      keyColumns: n % 2 === 0 ? ["id"] : ["id", "no"],
    });
    await sealBatch(lab, id);
    await sql`update batch set key_count = ${n % 4} where id = ${id}`.execute(control.db);
    const order = uuidv7();
    await addExport(lab, {
      ...ORDERED,
      id: order,
      person: n % 5 === 4 ? null : owner,
      namespace: n % 3 === 0 ? null : soil.id,
      label: n % 4 === 3 ? null : name,
      kind: n % 2 === 0 ? "table" : "realm",
      object: n % 2 === 0 ? "samples" : "measures",
      format: "text/csv",
      purpose: n % 4 === 1 ? name : null,
      joinKey: hash,
    });
    if (n % 3 !== 0) {
      const times = { endedAt: new Date(n), expiresAt: new Date(Date.UTC(2100, 0, 1 + (n % 2))) };
      const gave = { archive: `lab.${order}`, size: n * 10, sha256: "00", problems: n % 2 };
      const state = n % 3 === 1 ? "ready" : "expired";
      await lab.db
        .updateTable("export")
        .set({ state, ...gave, ...times })
        .where("id", "=", order)
        .execute();
    }
    const description = n % 3 === 0 ? {} : { description: name };
    const body = { ...DATASET, name: `T${n}`, ...description };
    await addTemplate(lab, {
      namespace: n % 2 === 0 ? null : soil.id,
      kind: "dataset-template",
      name: `T${n}`,
      person: owner,
      body,
    });
    await addTemplate(lab, {
      namespace: null,
      kind: "export-template",
      name: `E${n}`,
      person: owner,
      body: { kind: "export-template", name: `E${n}`, datasets: [DATASET] },
    });
    const subject = n % 3 === 0 ? {} : { subjectKind: "sample", subject: String(n % 2) };
    await addAudit(lab, {
      action: n % 2 === 0 ? "sample.see" : "other",
      person: n % 2 === 0 ? owner : null,
      ...subject,
    });
  }
  // Times that differ in microseconds only.
  for (const microseconds of [3, 1, 2, 1, 3]) {
    const at = sql<Date>`timestamptz '2024-05-01 12:00:00.000Z' + ${`${microseconds} microseconds`}::text::interval`;
    const id = sql<string>`gen_random_uuid()`;
    await lab.db.insertInto("audit").values({ id, at, action: "at-once", details: "{}" }).execute();
  }
  const named = { namespace: soil.id, kind: "dataset-template", name: "Revised", person: people.analyst } as const;
  const { id } = await addTemplate(lab, { ...named, body: { ...DATASET, name: "Revised" } });
  for (const [n, person] of [null, people.analyst, null, people.admin].entries()) {
    await reviseTemplate(lab, id, n + 1, { name: "Revised", person, body: { ...DATASET, name: "Revised" } });
  }
  for (const namespace of namespaces) await shareTemplate(lab, id, namespace.id, true);
  return id;
}

/** `owner.id` of an item; missing ones are null. */
function valueAt(item: Item, path: string): unknown {
  return path.split(".").reduce<unknown>((at, key) => (at as Item | null)?.[key] ?? null, item);
}

function between(low: string, text: string, high: string): boolean {
  return compare(text, low) > 0 && compare(text, high) <= 0;
}

/** By code point, not by UTF-16 unit. */
function compare(a: unknown, b: unknown): number {
  const time = /^\+?\d{4,6}-\d\d-\d\dT/;
  if (time.test(String(a)) && time.test(String(b))) return Date.parse(String(a)) - Date.parse(String(b));
  if (typeof a === "string" && typeof b === "string") return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return Number(a) - Number(b);
}

/** Each item is not before the one before it: missing values last, and first where it descends. */
function expectSorted(items: readonly Item[], sort: string): void {
  for (const [n, item] of items.entries()) {
    const former = items[n - 1];
    if (former === undefined) continue;
    for (const text of sort.split(",")) {
      const by = text.replace(/^-/, "");
      const [a, b] = text.startsWith("-")
        ? [valueAt(item, by), valueAt(former, by)]
        : [valueAt(former, by), valueAt(item, by)];
      const order = a === b ? 0 : a === null ? 1 : b === null ? -1 : compare(a, b);
      expect(order, `${sort}: ${String(a)} before ${String(b)}`).toBeLessThanOrEqual(0);
      if (order !== 0) break;
    }
  }
}
