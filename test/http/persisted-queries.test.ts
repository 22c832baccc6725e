// Persisted queries: registered by administrators, run by id, and all that a token of the scope `query` can do.
import { createHash } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { accessIn } from "../../src/access/org-access.ts";
import { ACTIONS, type Action } from "../../src/access/actions.ts";
import { inOrg } from "../../src/control/in-org.ts";
import { listAudit } from "../../src/control/queries/audit.ts";
import { type AskedQuery, documentOf } from "../../src/http/graphql/persisted.ts";
import { identify } from "../../src/identity/identity.ts";
import type { Scope } from "../../src/identity/tokens.ts";
import type { OrgCall } from "../../src/service/org-call.ts";
import { KINDS } from "../setup/control.ts";
import { type Asker, aWorld, type World } from "../setup/service.ts";

const PATH = "/lab/v2/persisted-queries";
const NIGHTLY = "query Nightly { samples { nodes { name } } }";

function idOf(document: string): string {
  return createHash("sha256").update(document).digest("hex");
}

interface Its {
  readonly _id: string;
  readonly documentId: string;
  readonly lastUsed: string | null;
}

describe.each(KINDS)("%s", (kind) => {
  let world: World;
  beforeAll(async () => {
    world = await aWorld(kind);
  });

  const register = (payload: object, as: Asker = "admin") => world.ask(as, { method: "POST", url: PATH, payload });
  const registered = async (document: string, name = "Nightly"): Promise<Its> => {
    const answer = await register({ name, document });
    expect(answer.statusCode, answer.body).toBeLessThan(202);
    return answer.json<Its>();
  };

  /** A call as the API makes it, with a token. */
  async function callBy(scopes: readonly Scope[], of: "guest" | "admin" | "stranger" = "guest"): Promise<OrgCall> {
    const headers = new Headers({ authorization: `Bearer ${await world.token(of, scopes)}` });
    const identity = await identify(world.control, world.signIn, { headers, address: "127.0.0.1" });
    const org = of === "stranger" ? "twin" : "lab";
    const access = (await accessIn(world.control, org, identity))!;
    const { signal } = new AbortController();
    return { org: () => world.orgs.open(org), access, language: "en", address: null, requestId: null, signal };
  }

  describe("are kept", () => {
    test("under the hash of their text, with a name, and are told to administrators", async () => {
      const document = `# of the warehouse\n${NIGHTLY}`;
      const made = await register({ name: " Warehouse ", document });
      const id = idOf(document);
      expect(made.statusCode).toBe(201);
      expect(made.headers["location"]).toBe(`${PATH}/${id}`);
      const its = {
        _id: id,
        object: "persisted-query",
        documentId: `sha256:${id}`,
        name: "Warehouse",
        owner: { id: world.people.admin, name: "admin" },
        created: expect.stringMatching(/^\d{4}-.*Z$/) as string,
        lastUsed: null,
      };
      expect(made.json()).toEqual({ ...its, document });
      expect((await world.ask("admin", { url: `${PATH}/${id}` })).json()).toEqual({ ...its, document });
      const all = (await world.ask("admin", { url: PATH })).json<{ data: Its[] }>().data;
      expect(all.find((it) => it._id === id)).toEqual(its);
    });

    test("once: the same text again gets the name that was given last", async () => {
      const document = "{ again: __typename }";
      const [first, second] = [await register({ name: "A", document }), await register({ name: "B", document })];
      expect([first.statusCode, second.statusCode]).toEqual([201, 200]);
      expect(second.json()).toEqual({ ...first.json<object>(), name: "B" });
      const where = JSON.stringify({ _id: idOf(document) });
      const { data } = (await world.ask("admin", { url: PATH, query: { where } })).json<{ data: object[] }>();
      expect(data).toMatchObject([{ name: "B" }]);
      // A text that is another one, if only by a space, is another query.
      expect((await register({ name: "B", document: `${document} ` })).statusCode).toBe(201);
    });

    test("until they are removed; who did what is in the audit log", async () => {
      const { _id } = await registered("{ gone: __typename }", "Passing");
      const url = `${PATH}/${_id}`;
      expect((await world.ask("admin", { method: "DELETE", url })).statusCode).toBe(204);
      for (const method of ["GET", "DELETE"] as const) {
        expect((await world.ask("admin", { method, url })).json()).toMatchObject({ status: 404, code: "not-found" });
      }
      const entries = await listAudit(world.lab, { subject: { kind: "query", id: _id } });
      expect(entries.map(({ action, person, details }) => ({ action, person, details }))).toEqual(
        ["query.remove", "query.register"].map((action) => {
          return { action, person: world.people.admin, details: { name: "Passing" } };
        }),
      );
    });

    test.each([
      ["a name that is none", { name: "  ", document: NIGHTLY }, "query-name", "/name"],
      ["a name with a NUL", { name: "a\0", document: NIGHTLY }, "query-name", "/name"],
      ["what is no GraphQL", { name: "n", document: "query {" }, "query-syntax", "/document"],
      ["nothing", { name: "n", document: "" }, "query-syntax", "/document"],
      ["a NUL", { name: "n", document: '{ a(b: "\0") }' }, "query-syntax", "/document"],
      ["half a letter", { name: "n", document: '{ a(b: "\ud800") }' }, "query-syntax", "/document"],
      ["two queries", { name: "n", document: "query A { a } query B { b }" }, "query-operations", "/document"],
      ["no query", { name: "n", document: "fragment A on Query { a }" }, "query-operations", "/document"],
      ["a mutation", { name: "n", document: "mutation { a }" }, "query-writes", "/document"],
      ["a subscription", { name: "n", document: "subscription { a }" }, "query-writes", "/document"],
      ["a schema", { name: "n", document: "type Query { a: Int }" }, "query-operations", "/document"],
    ])("refused: %s", async (_, payload, code, pointer) => {
      const answer = await register(payload);
      expect(answer.json()).toMatchObject({ status: 422, code, errors: [{ pointer }] });
      expect(answer.json<{ hint?: string }>().hint).toBeTruthy();
    });

    test.each([
      ["words", `{ ${"a ".repeat(3000)} }`, "too-many-tokens"],
      ["letters within letters", `${"{a".repeat(900)}${"}".repeat(900)}`, "too-many-tokens"],
      ["levels", `${"{a".repeat(30)}${"}".repeat(30)}`, "too-many-levels"],
      ["aliases", `{ ${Array.from({ length: 60 }, (_, n) => `a${n}: b`).join(" ")} }`, "too-many-aliases"],
    ])("refused, as when it is run: too many %s", async (_, document, code) => {
      expect((await register({ name: "n", document })).json()).toMatchObject({ status: 422, code });
    });

    test("where the fault is, is said", async () => {
      const { detail } = (await register({ name: "n", document: "query {\n  a\n  b(\n}" })).json<{ detail: string }>();
      expect(detail).toBe('The document cannot be read: Syntax Error: Expected Name, found "}". (line 4, column 1)');
    });

    test("an id that is none is refused, and one of another org is not there", async () => {
      const { _id } = await registered(NIGHTLY);
      for (const id of [_id.toUpperCase(), _id.slice(1), `sha256:${_id}`, "x"]) {
        expect((await world.ask("admin", { url: `${PATH}/${id}` })).statusCode, id).toBe(400);
      }
      const theirs = await world.ask("stranger", { url: `${PATH.replace("lab", "twin")}/${_id}` });
      expect(theirs.json()).toMatchObject({ status: 404, code: "not-found" });
    });
  });

  describe("are run", () => {
    const run = async (call: OrgCall, asked: AskedQuery) => (await documentOf(call, asked)).text;

    test("by their id, in both ways that clients have", async () => {
      const { _id, documentId } = await registered(NIGHTLY);
      const apollo = { persistedQuery: { version: 1, sha256Hash: _id } };
      for (const scopes of [["query"], ["read"], ["query", "read", "export"]] as const) {
        const call = await callBy(scopes);
        expect(await run(call, { documentId })).toBe(NIGHTLY);
        expect(await run(call, { documentId: documentId.toUpperCase().replace("SHA", "sha") })).toBe(NIGHTLY);
        expect(await run(call, { extensions: apollo })).toBe(NIGHTLY);
        // As Apollo's clients send them for the first time.
        expect(await run(call, { query: NIGHTLY, extensions: apollo })).toBe(NIGHTLY);
      }
    });

    test("and that is remembered, to the minute", async () => {
      const { _id, documentId } = await registered("{ used: __typename }");
      const lastUsed = async () => (await world.ask("admin", { url: `${PATH}/${_id}` })).json<Its>().lastUsed;
      const call = await callBy(["query"]);
      await run(call, { documentId });
      const first = await lastUsed();
      expect(Math.abs(Date.parse(first!) - Date.now())).toBeLessThan(60_000);
      await run(call, { documentId });
      expect(await lastUsed()).toBe(first);
      await inOrg(world.control.db, "lab")
        .db.updateTable("persistedQuery")
        .set({ lastUsedAt: new Date(0) })
        .execute();
      await run(call, { documentId });
      expect(Date.parse((await lastUsed())!)).toBeGreaterThan(Date.parse(first!) - 1);
    });

    test("no more as soon as they were removed, and never in another org", async () => {
      const { _id, documentId } = await registered("{ soon: __typename }");
      const [call, other] = [await callBy(["query"]), await callBy(["query"], "stranger")];
      expect(await run(call, { documentId })).toBe("{ soon: __typename }");
      const missing = { code: "not-found", message: "There is no persisted query by this id." };
      await expect(run(other, { documentId })).rejects.toMatchObject(missing);
      await world.ask("admin", { method: "DELETE", url: `${PATH}/${_id}` });
      await expect(run(call, { documentId })).rejects.toMatchObject(missing);
      await expect(run(await callBy(["read"]), { documentId })).rejects.toMatchObject(missing);
    });

    test("with what the token's person may see, and nothing but reading", async () => {
      const { documentId } = await registered(NIGHTLY);
      const asked = await callBy(["query", "export"]);
      const { call } = await documentOf(asked, { documentId });
      expect(call.access.identity).toMatchObject({ person: { id: world.people.guest }, via: { scopes: ["read"] } });
      expect(call.access.namespaces).toEqual(asked.access.namespaces);
      // Who may read anyway, stays as they are.
      const reader = await callBy(["read", "export"]);
      expect((await documentOf(reader, { documentId })).call).toBe(reader);
    });

    test("a document of one's own, only by who may read", async () => {
      const other = "{ mine: __typename }";
      expect(await run(await callBy(["read"]), { query: other })).toBe(other);
      const refused = { code: "forbidden", message: "This token runs persisted queries only." };
      for (const scopes of [["query"], ["query", "export", "templates", "admin"]] as const) {
        const call = await callBy(scopes, "admin");
        await expect(run(call, { query: other })).rejects.toMatchObject(refused);
        // With the hash, it is the one that was registered, or none.
        const extensions = { persistedQuery: { version: 1, sha256Hash: idOf(other) } };
        await expect(run(call, { query: other, extensions })).rejects.toMatchObject({ code: "not-found" });
        await expect(run(call, { query: other, documentId: `sha256:${idOf(other)}` })).rejects.toMatchObject({
          code: "not-found",
        });
      }
    });

    test("never another document than the one that the hash is of", async () => {
      const { _id, documentId } = await registered(NIGHTLY);
      for (const scopes of [["query"], ["read"]] as const) {
        const call = await callBy(scopes);
        const extensions = { persistedQuery: { version: 1, sha256Hash: _id } };
        for (const asked of [{ extensions }, { documentId }]) {
          const wrong = run(call, { query: `${NIGHTLY} `, ...asked });
          await expect(wrong).rejects.toMatchObject({ code: "document-hash", kind: "usage" });
        }
      }
    });

    test.each<[string, AskedQuery, string]>([
      ["nothing", {}, "query-missing"],
      ["a query that is no text", { query: { a: 1 } }, "query-missing"],
      ["null", { query: null, documentId: null, extensions: null }, "query-missing"],
      ["extensions of others", { extensions: { tracing: true } }, "query-missing"],
      ["no persisted query", { extensions: { persistedQuery: null } }, "query-missing"],
      ["an id without its kind", { documentId: "0".repeat(64) }, "document-id"],
      ["an id of another kind", { documentId: `md5:${"0".repeat(64)}` }, "document-id"],
      ["an id that is no text", { documentId: 5 }, "document-id"],
      ["a hash that is none", { extensions: { persistedQuery: { version: 1, sha256Hash: "x" } } }, "document-id"],
      [
        "another version",
        { extensions: { persistedQuery: { version: 2, sha256Hash: "0".repeat(64) } } },
        "document-id",
      ],
      ["a text as persisted query", { extensions: { persistedQuery: "x" } }, "document-id"],
      ["an unknown id", { documentId: `sha256:${"0".repeat(64)}` }, "not-found"],
    ])("refused: %s", async (_, asked, code) => {
      for (const scopes of [["query"], ["read"]] as const) {
        const error = documentOf(await callBy(scopes), asked);
        await expect(error).rejects.toMatchObject({ code, hint: expect.stringMatching(/\.$/) as string });
      }
    });

    test("not by a token that is for something else", async () => {
      const { documentId } = await registered(NIGHTLY);
      const refused = documentOf(await callBy(["export"], "admin"), { documentId });
      await expect(refused).rejects.toMatchObject({ code: "forbidden" });
    });
  });

  test("a token for queries can do nothing else, whoever it is of", async () => {
    const token = await world.token("admin", ["query"]);
    const { paths } = world.app.swagger() as unknown as {
      paths: Readonly<Record<string, Readonly<Record<string, { readonly "x-waybill-action": Action }>>>>;
    };
    const open: string[] = [];
    for (const [path, methods] of Object.entries(paths)) {
      if (!path.startsWith("/{org}/")) continue;
      for (const [method, { "x-waybill-action": action }] of Object.entries(methods)) {
        const isQuery = "orScope" in ACTIONS[action];
        const url = path.replace("{org}", "lab").replaceAll(/\{\w+\}/g, "1");
        const answer = await world.app.inject({
          method: method.toUpperCase() as "GET",
          url,
          headers: { authorization: `Bearer ${token}` },
          ...(method === "get" ? {} : { payload: {} }),
        });
        const { code } = answer.json<{ code?: string }>();
        if (code !== "forbidden" && !isQuery) open.push(`${method} ${path}: ${answer.statusCode} ${code}`);
      }
    }
    // A link says itself for whom it is, and so much as what is wrong with this one is told to everybody.
    expect(open).toEqual(["get /{org}/v2/attached-file: 400 invalid"]);
  });
});
