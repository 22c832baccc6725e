// Types of fields against real databases: what is promised of values holds for the ones that they have; and what takes too long is stopped.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { answer, type Answer } from "../../src/http/graphql/answer.ts";
import { schemaFor } from "../../src/http/graphql/schema.ts";
import { type OrgCall, sightOf } from "../../src/service/org-call.ts";
import { ASKED, inObjects } from "./in-process.ts";
import { createMariadb, noMariadb } from "../setup/mariadb.ts";
import { callBy, openLab } from "../setup/org-call.ts";
import { createDatabase } from "../setup/postgres.ts";

async function ask(
  call: OrgCall,
  query: string,
  timeLimit = 30_000,
): Promise<{ readonly body: string; readonly errors: Answer["errors"]; readonly status: number }> {
  const how = { baseUrl: "https://waybill.example", fileLink: () => "", timeLimit, requestId: "r" };
  const its = await answer(call, { query }, { ...how, onDefect: (error) => expect.fail(String(error)) });
  const body = String(its.body);
  if (its.errors.length === 0) {
    const objects = await answer(
      call,
      { query: inObjects(query) },
      { ...how, onDefect: (error) => expect.fail(String(error)) },
    );
    expect(String(objects.body).replace(ASKED, "")).toBe(body);
  }
  return { ...its, body };
}

async function typesOf(call: OrgCall, type: string): Promise<Record<string, string>> {
  const { schema } = await schemaFor(await sightOf(call));
  const its = schema.getType(type);
  if (its === undefined || !("getFields" in its)) throw new Error(`there is no ${type}`);
  return Object.fromEntries(Object.values(its.getFields()).map((it) => [it.name, String(it.type)]));
}

test("PostgreSQL: each type, and values that JSON lacks", async () => {
  const { url, client, drop } = await createDatabase();
  await client.query(`CREATE TABLE things (id integer PRIMARY KEY, small smallint, large bigint, exact numeric(30,4), f float8, r real, ok boolean,
      day date, at time, local timestamp, instant timestamptz, u uuid, bytes bytea, doc jsonb, many integer[], words text);
    INSERT INTO things VALUES (1, -32768, 9223372036854775807, 12345678901234567890.1234, 0.1, 0.1, true, '2024-05-01', '12:34:56.789', '2024-05-01 12:34:56',
      '2024-05-01T12:34:56Z', 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', '\\x00ff', '{"n": 12345678901234567890.10, "a": [1, null]}', '{1,2}', 'é'),
      (2, null, null, 'NaN', 'NaN', 1e-30, null, 'infinity', null, null, null, null, null, null, null, ''), (3, 0, 0, 0, '-Infinity', 'Infinity', false, null, null, null, null, null, null, '5', null, null)`);
  const org = await openLab(url, { things: { fields: { doc: { keys: { n: "decimal" } } } } });
  const call = callBy(org, "admin");
  expect(await typesOf(call, "Things")).toMatchObject({
    _key: "ID",
    id: "Int",
    small: "Int",
    large: "BigInt",
    exact: "Decimal",
    f: "Float",
    ok: "Boolean",
    day: "Date",
    at: "Time",
    local: "LocalDateTime",
    instant: "DateTime",
    u: "UUID",
    bytes: "Base64",
    doc: "JSON",
    doc_n: "Decimal",
    many: "JSON",
    words: "String",
  });
  const fields = "_key id small large exact f r ok day at local instant u bytes doc doc_n many words";
  const { body, errors } = await ask(call, `{ things { nodes { ${fields} } } }`);
  expect(errors).toEqual([]);
  // Each digit is there.
  expect(body).toContain('"doc":{"a":[1,null],"n":12345678901234567890.10}');
  const { data, extensions } = JSON.parse(body) as {
    data: { things: { nodes: object[] } };
    extensions: object;
  };
  const missing = Object.fromEntries(fields.split(" ").map((it) => [it, null]));
  expect(data.things.nodes).toMatchObject([
    {
      _key: "1",
      id: 1,
      small: -32768,
      large: "9223372036854775807",
      exact: "12345678901234567890.1234",
      f: 0.1,
      r: 0.1,
      ok: true,
      day: "2024-05-01",
      at: "12:34:56.789",
      local: "2024-05-01T12:34:56",
      instant: "2024-05-01T12:34:56Z",
      u: "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
      bytes: "AP8=",
      doc_n: "12345678901234567890.10",
      many: [1, 2],
      words: "é",
    },
    { ...missing, _key: "2", id: 2, exact: "NaN", f: null, r: 1e-30, day: "infinity", words: "" },
    { ...missing, _key: "3", id: 3, small: 0, large: "0", exact: "0.0000", f: null, ok: false, doc: 5 },
  ]);
  expect(extensions).toEqual({
    problems: [
      { object: "things", field: "f", count: 2, detail: "A value that is no number that JSON has is null here." },
      { object: "things", field: "r", count: 1, detail: "A value that is no number that JSON has is null here." },
    ],
  });
  await org.close();
  await drop();
});

test("PostgreSQL: what takes too long is stopped there, and the rest is answered", async () => {
  const { url, client, drop } = await createDatabase();
  await client.query(`CREATE TABLE quick (id integer PRIMARY KEY); INSERT INTO quick VALUES (1);
    CREATE FUNCTION slowly() RETURNS TABLE (id integer) LANGUAGE sql AS 'SELECT 1 FROM pg_sleep(100)';
    CREATE VIEW slow AS SELECT id FROM slowly()`);
  const org = await openLab(url);
  const call = callBy(org, "admin");
  const running = async (): Promise<number> => {
    const sql =
      "select count(*)::int n from pg_stat_activity where state = 'active' and query ~ 'slow' and pid <> pg_backend_pid()";
    return (await client.query<{ n: number }>(sql)).rows[0]!.n;
  };
  const stopped = async (): Promise<void> => {
    for (let n = 0; (await running()) > 0; n++) {
      if (n > 100) throw new Error("the statement goes on");
      await sleep(50);
    }
  };
  const asked = ask(call, "{ quick { nodes { id } } slow { nodes { id } } later: quick { nodes { id } } }", 1500);
  while ((await running()) === 0) await sleep(20);
  const { body, status } = await asked;
  expect([status, JSON.parse(body)]).toMatchObject([
    200,
    {
      data: { quick: { nodes: [{ id: 1 }] }, slow: null, later: null },
      errors: [
        {
          path: ["slow"],
          message: "This took longer than 1.5 seconds, and was stopped.",
          extensions: { code: "timeout", reason: "timeout", hint: /./ },
        },
        { path: ["later"], extensions: { code: "timeout" } },
      ].map((it) => ({
        ...it,
        extensions: expect.objectContaining({ code: "timeout", reason: "timeout" }) as unknown,
      })),
    },
  ]);
  await stopped();
  // As well when whoever asked has gone.
  const gone = new AbortController();
  const left = ask({ ...call, signal: gone.signal }, "{ slow { nodes { id } } }");
  while ((await running()) === 0) await sleep(20);
  gone.abort(new Error("gone"));
  await left.catch(() => {});
  await stopped();
  await org.close();
  await drop();
}, 60_000);

test("SQLite keeps to no type: what does not fit is told of", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "waybill-")), "t.db");
  const db = new DatabaseSync(file);
  db.exec(`create table things (id integer primary key, n int, f real, ok boolean, d date, x);
    insert into things values (1, 'many', 'much', 'maybe', 'one day', x'00'), (2, 5, 0.5, 1, '2024-05-01', 1.5)`);
  db.close();
  const org = await openLab(`sqlite:${file}`);
  const call = callBy(org, "admin");
  expect(await typesOf(call, "Things")).toMatchObject({
    id: "BigInt",
    n: "BigInt",
    f: "Float",
    ok: "Boolean",
    d: "Date",
    x: "JSON",
  });
  const { body } = await ask(call, "{ things { nodes { id n f ok d x } } }");
  const { data, extensions } = JSON.parse(body) as {
    data: { things: { nodes: object[] } };
    extensions: { problems: object[] };
  };
  expect(data.things.nodes).toEqual([
    { id: "1", n: "many", f: null, ok: null, d: "one day", x: "AA==" },
    { id: "2", n: "5", f: 0.5, ok: true, d: "2024-05-01", x: 1.5 },
  ]);
  expect(extensions.problems).toMatchObject([
    { field: "f", count: 1 },
    { field: "ok", count: 1 },
  ]);
  await org.close();
});

describe.skipIf(noMariadb("GraphQL types of MariaDB"))("MariaDB", () => {
  test("each type", async () => {
    const { url, client, drop } = await createMariadb();
    await client.query(`CREATE TABLE things (id int PRIMARY KEY, u int unsigned, t tinyint unsigned, b bigint, ok boolean, y year, d decimal(20,2), f double,
      at datetime, i timestamp NULL, j json)`);
    await client.query(`INSERT INTO things VALUES (1, 4294967295, 255, -9223372036854775808, true, 2024, 1.50, 1e300, '2024-05-01 12:00:00', NULL, '{"a": 12345678901234567890}'),
      (2, 0, 0, 0, 7, NULL, 0, 0, NULL, NULL, NULL)`);
    const org = await openLab(url);
    const call = callBy(org, "admin");
    expect(await typesOf(call, "Things")).toMatchObject({
      id: "Int",
      u: "BigInt",
      t: "Int",
      b: "BigInt",
      ok: "Boolean",
      y: "Int",
      d: "Decimal",
      f: "Float",
      at: "LocalDateTime",
      i: "DateTime",
      j: "JSON",
    });
    const { body } = await ask(call, "{ things { nodes { id u t b ok y d f at i j } } }");
    expect(body).toContain('"j":{"a":12345678901234567890}');
    expect(JSON.parse(body)).toMatchObject({
      data: {
        things: {
          nodes: [
            {
              id: 1,
              u: "4294967295",
              t: 255,
              b: "-9223372036854775808",
              ok: true,
              y: 2024,
              d: "1.50",
              f: 1e300,
              at: "2024-05-01T12:00:00",
              i: null,
            },
            { id: 2, ok: null },
          ],
        },
      },
      extensions: { problems: [{ field: "ok", count: 1 }] },
    });
    await org.close();
    await drop();
  });
});
