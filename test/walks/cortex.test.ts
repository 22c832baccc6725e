// A walk of the integrator: export jobs by API, from order to download (CX1 to CX12), on two processes of the service.
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server as HttpServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { temporaryFolder } from "../setup/control.ts";
import { inOrg } from "../../src/control/in-org.ts";
import { addNamespace } from "../../src/control/queries/namespaces.ts";
import { putRole } from "../../src/control/queries/members.ts";
import { expireArchives } from "../../src/exports/sweep.ts";
import type { ExportFacts } from "../../src/service/exports/facts.ts";
import { type MailServer, openMailServer } from "../setup/mail-server.ts";
import { createDatabase, type TestDatabase } from "../setup/postgres.ts";
import { type Asker, type Served, served, type Server, whenSo } from "./served.ts";

const SQL = `
CREATE TABLE sites (id integer PRIMARY KEY, name text NOT NULL, country text);
INSERT INTO sites VALUES (1, 'Lyon', 'FR'), (2, 'Porto', 'PT');
CREATE TABLE subjects (id integer PRIMARY KEY, site_id integer NOT NULL REFERENCES sites, number text NOT NULL, status text,
  enrolled_on date, weight numeric(5,2), contact text, documents jsonb);
INSERT INTO subjects VALUES
  (1, 1, 'S-001', 'active', '2024-01-05', 61.50, 'ada@example.org', '[{"kind": "consent", "version": 2}, {"kind": "id", "version": 1}]'),
  (2, 1, 'S-002', 'active', '2024-02-01', NULL, NULL, '[]'),
  (3, 2, 'S-003', 'withdrawn', '2024-02-01', 80, 'eve@example.org', NULL),
  (4, 2, 'S-004', 'active', NULL, 55.25, NULL, '[{"kind": "consent", "version": 1}]');
CREATE TABLE visits (id integer PRIMARY KEY, subject_id integer NOT NULL REFERENCES subjects, day date, systolic integer);
INSERT INTO visits VALUES (1, 1, '2024-01-10', 120), (2, 1, '2024-02-10', 118), (3, 3, '2024-02-11', 131);
CREATE TABLE scans (id integer PRIMARY KEY, subject_id integer NOT NULL REFERENCES subjects, path text NOT NULL);
INSERT INTO scans VALUES (1, 1, 'one.txt'), (2, 4, 'four.txt');
CREATE TABLE gate (id integer PRIMARY KEY, number text);
INSERT INTO gate SELECT g, 'G-' || g FROM generate_series(1, 50) g;
CREATE VIEW endless AS SELECT g AS id, pg_sleep(0.01)::text AS waited FROM generate_series(1, 100000) g;
CREATE VIEW broken AS SELECT id, 1 / (id - 3) AS share FROM subjects;
CREATE VIEW large AS SELECT g AS id, md5(g::text) || md5((-g)::text) AS noise FROM generate_series(1, 100000) g;
`;

let source: TestDatabase;
let mail: MailServer;
let hook: HttpServer;
/** What the hook was sent. */
const told: unknown[] = [];
let at: Served;
let other: Server;
let admin: Asker;

beforeAll(async () => {
  source = await createDatabase();
  await source.client.query(SQL);
  const files = temporaryFolder();
  mkdirSync(files, { recursive: true });
  writeFileSync(join(files, "one.txt"), "the first scan");
  writeFileSync(join(files, "four.txt"), "the fourth scan");
  mail = await openMailServer();
  hook = createServer((request, response) => void answerHook(request, response)).listen(0, "127.0.0.1");
  await once(hook, "listening");
  const sources = { main: { url: source.url }, store: { url: `dir:${files}` } };
  const objects = {
    sites: { source: "main", title: "name" },
    subjects: {
      source: "main",
      title: "number",
      namespace: "site_id",
      fields: { contact: { optional: true } },
      references: { site: { object: "sites", by: "site_id" } },
      lists: {
        visits: { object: "visits", by: "subject_id" },
        documents: { json: "documents", fields: { kind: "text", version: "integer" } },
      },
      files: { scans: { object: "scans", by: "subject_id", store: "store", path: "path" } },
    },
    visits: { source: "main" },
    scans: { source: "main" },
    gate: { source: "main" },
    endless: { source: "main", key: "id" },
    broken: { source: "main", key: "id" },
    large: { source: "main", key: "id" },
  };
  const address = `127.0.0.1:${(hook.address() as AddressInfo).port}`;
  const org = { sources, objects, timeZone: "Europe/Lisbon" };
  at = await served({
    mail: { url: mail.url, from: "exports@example.org" },
    orgs: {
      study: { ...org, scripts: { hosts: [`http://${address}`], privateHosts: ["127.0.0.1"] } },
      pair: { ...org, concurrency: 2 },
      busy: { ...org, concurrency: 4 },
      single: org,
      small: { ...org, quota: "60kB" },
    },
  });
  other = await at.start();
  admin = await at.person("study", "admin", { role: "admin" });
});

vi.setConfig({ testTimeout: 60_000 });

afterAll(async () => {
  await at?.close();
  await mail?.stop();
  hook?.close();
  await source?.drop();
});

test("an export says all that it is, and is what was asked for", async () => {
  const asked = {
    label: "Active subjects — avril",
    description: "For the monitor's visit.",
    objects: "subjects",
    format: "application/x-ndjson",
    paths: ["number", "weight"],
    include: ["contact", "lists.visits"],
    expand: ["site"],
    where: { status: "active", id: { $lt: 3 } },
    order: ["-id"],
    exportFiles: true,
    zipFiles: true,
  };
  const made = await admin.ask<ExportFacts>("POST", "exports", asked);
  expect(made.status).toBe(201);
  expect(made.headers.get("location")).toBe(`/study/v2/exports/${made.body._id}`);
  const { label, description, objects, format } = asked;
  const { state, ...facts } = made.body;
  const said = { label, description, objects, format, object: "export" };
  expect(facts).toMatchObject({ ...said, kind: "table", dataFile: null, fault: null, expiresAt: null });
  expect(["pending", "running"]).toContain(state);
  const shown = await admin.over(made.body._id);
  expect(shown).toMatchObject({ state: "ready", position: null, problems: 0, attempt: 1, request: asked });
  expect(shown.progress).toMatchObject({ rows: 2, totalRows: 2, files: 1 });
  const { dataFile } = shown;
  const path = `/study/v2/exports/${shown._id}/data`;
  expect(dataFile).toMatchObject({ url: at.server.url + path, filename: `${label}.zip`, mime: "application/zip" });
  const days = (Date.parse(shown.expiresAt!) - Date.parse(shown.ended!)) / 86_400_000;
  expect(days).toBeCloseTo(7, 4);

  const files = await admin.archive(shown._id);
  expect([...files.keys()].toSorted()).toEqual(["README.txt", "datapackage.json", "files.zip", "subjects.ndjson"]);
  const records = files.get("subjects.ndjson")!.toString().trimEnd().split("\n");
  expect(records.map((it) => JSON.parse(it) as unknown)).toMatchObject([
    { number: "S-002", weight: null, contact: null, site: { id: 1, name: "Lyon", country: "FR" }, visits: [] },
    {
      number: "S-001",
      contact: "ada@example.org",
      site: { name: "Lyon" },
      visits: [
        {
          id: 1,
          systolic: 120,
        },
        { id: 2 },
      ],
    },
  ]);
  // Weights as they are stored, never through floating point.
  expect(records[1]).toContain('"weight":61.50');

  // Who may see it, and who may not.
  const guest = await at.person("single", "stranger", { role: "admin" });
  const data = (token: string | null, headers = {}) =>
    fetch(dataFile!.url, { headers: { ...(token && { authorization: `Bearer ${token}` }), ...headers } });
  expect((await data(null)).status).toBe(401);
  expect((await data(guest.token)).status).toBe(404);
  const part = await data(admin.token, { range: "bytes=0-3" });
  expect([part.status, await part.text(), part.headers.get("content-range")]).toEqual([
    206,
    "PK\u0003\u0004",
    `bytes 0-3/${dataFile!.size}`,
  ]);
  const list = await admin.ask<{ data: ExportFacts[] }>("GET", "exports?objects=subjects");
  expect(list.body.data.map(({ _id }) => _id)).toEqual([shown._id]);
  const audit = await admin.ask<{ data: { action: string; subject: string }[] }>("GET", "audit");
  expect(audit.body.data.filter(({ subject }) => subject === shown._id).map(({ action }) => action)).toEqual(
    expect.arrayContaining(["export.create", "export.download"]),
  );

  // What the service says of an export is not for callers to say, and what does not fit is refused at its place.
  const refused = async (body: object) => {
    const answer = await admin.ask<{ errors?: { pointer: string }[] }>("POST", "exports", body);
    return [answer.status, answer.body.errors?.map(({ pointer }) => pointer)];
  };
  const plain = { objects: "subjects", format: "csv" };
  expect(await refused({ ...plain, where: { statu: "active" } })).toEqual([422, ["/where/statu"]]);
  expect(await refused({ ...plain, where: { id: { $gt: "many" } } })).toEqual([422, ["/where/id/$gt"]]);
  expect(await refused({ ...plain, format: "application/pdf" })).toEqual([422, ["/format"]]);
  expect(await refused({ ...plain, expand: ["status"] })).toEqual([422, ["/expand/0"]]);
  expect(await refused({ ...plain, label: "x".repeat(101) })).toEqual([422, ["/label"]]);
  expect(await refused({ ...plain, state: "ready" })).toEqual([400, ["/state"]]);

  // Deleted: it leaves every list, and the vault.
  expect((await admin.ask("DELETE", `exports/${shown._id}`)).status).toBe(204);
  expect((await admin.ask("GET", `exports/${shown._id}`)).status).toBe(404);
  expect((await data(admin.token)).status).toBe(404);
  expect(await archivesOf(shown._id)).toEqual([]);
});

test("formats go by their names and their MIME types, and groups by all of them", async () => {
  const formats = {
    csv: "text/csv",
    "text/csv": "text/csv",
    json: "application/json",
    "application/json": "application/json",
  };
  const asked = Object.entries(formats).map(async ([format, mime]) => {
    const { _id } = await admin.order({ objects: "subjects", format, paths: ["id", "number"], join: false });
    const shown = await admin.over(_id);
    expect(shown.format).toBe(mime);
    const [first] = await admin.archive(_id);
    return [first![0], first![1].toString()];
  });
  const csv = "id,number\n1,S-001\n2,S-002\n3,S-003\n4,S-004\n";
  const all = await Promise.all(asked);
  expect(all.slice(0, 2)).toEqual([
    ["subjects.csv", csv],
    ["subjects.csv", csv],
  ]);
  for (const [name, text] of all.slice(2)) {
    expect([name, (JSON.parse(text!) as unknown[])[3]]).toEqual(["subjects.json", { id: 4, number: "S-004" }]);
  }
  // Without paths all fields but the optional ones.
  const { _id: whole } = await admin.order({ objects: "subjects", format: "csv", where: { id: 4 } });
  await admin.over(whole);
  expect((await admin.archive(whole)).get("subjects.csv")!.toString()).toBe(
    "id,site_id,number,status,enrolled_on,weight\n4,2,S-004,active,,55.25\n",
  );
  const aggregate = {
    by: ["status", { month: "enrolled_on" }],
    measures: { n: { count: "*" }, heaviest: { max: "weight" } },
    having: { n: { $gte: 1 } },
  };
  const { _id, kind } = await admin.order({ objects: "subjects", format: "csv", aggregate });
  expect(kind).toBe("aggregate");
  await admin.over(_id);
  const [[, groups]] = (await admin.archive(_id)) as unknown as [[string, Buffer]];
  expect(groups.toString().trimEnd().split("\n").toSorted()).toEqual([
    "active,,1,55.25",
    "active,2024-01,1,61.50",
    "active,2024-02,1,",
    "status,enrolled_on.month,n,heaviest",
    "withdrawn,2024-02,1,80.00",
  ]);
});

test("an org's exports run in the order of their creation, whichever worker takes them", async () => {
  const pair = await at.person("pair", "admin", { role: "admin" });
  for (const asker of [admin, pair])
    for (const server of [at.server, other]) await asker.ask("GET", "objects", undefined, server);
  // Whoever reads the gate waits.
  await source.client.query("BEGIN; LOCK TABLE gate IN ACCESS EXCLUSIVE MODE");
  const ids: Record<string, string[]> = { study: [], pair: [] };
  for (let n = 1; n <= 10; n++) {
    for (const [org, asker] of [
      ["study", admin],
      ["pair", pair],
    ] as const) {
      const body = {
        label: `No. ${n}`,
        objects: "gate",
        format: n % 2 === 0 ? "csv" : "json",
        where: { id: { $lte: n } },
      };
      ids[org]!.push((await asker.order(body, n % 2 === 0 ? at.server : other))._id);
    }
  }
  const running = async () => (await rows(["study", "pair"])).filter(({ state }) => state === "running");
  await whenSo(running, (its) => its.length === 3);
  // Both workers look for more in this time.
  await sleep(1_500);
  const begun = await running();
  expect(begun.map(({ org, id }) => `${org} ${id}`).toSorted()).toEqual(
    [`study ${ids["study"]![0]}`, `pair ${ids["pair"]![0]}`, `pair ${ids["pair"]![1]}`].toSorted(),
  );
  // Three run, and a process has room for two.
  expect(new Set(begun.map(({ worker }) => worker)).size).toBe(2);
  const list = await admin.ask<{ data: ExportFacts[] }>("GET", "exports?state=pending&limit=20");
  expect(list.body.data.map(({ _id, position }) => [_id, position])).toEqual(
    ids["study"]!.slice(1)
      .map((id, n) => [id, n + 1])
      .toReversed(),
  );
  await source.client.query("COMMIT");

  const most: Record<string, number> = { study: 0, pair: 0 };
  await whenSo(
    async () => {
      const its = await running();
      for (const org of Object.keys(most)) most[org] = Math.max(most[org]!, its.filter((it) => it.org === org).length);
      return (await rows(["study", "pair"])).filter(
        ({ id }) => ids["study"]!.includes(id) || ids["pair"]!.includes(id),
      );
    },
    (its) => its.every(({ state }) => state === "ready"),
  );
  expect(most).toEqual({ study: 1, pair: 2 });
  for (const org of ["study", "pair"]) {
    const its = (await rows([org])).filter(({ id }) => ids[org]!.includes(id));
    const started = its.toSorted((a, b) => a.startedAt!.getTime() - b.startedAt!.getTime()).map(({ id }) => id);
    expect(started, org).toEqual(ids[org]);
  }
  // One after the other: whoever begins next does so after the one before has ended.
  const study = (await rows(["study"])).filter(({ id }) => ids["study"]!.includes(id));
  for (const [n, { startedAt }] of study.entries()) {
    if (n > 0) expect(startedAt!.getTime()).toBeGreaterThanOrEqual(study[n - 1]!.endedAt!.getTime());
  }
});

test("an org with twenty exports does not keep another's only one waiting", async () => {
  const busy = await at.person("busy", "admin", { role: "admin" });
  const single = await at.person("single", "admin", { role: "admin" });
  for (const asker of [busy, single])
    for (const server of [at.server, other]) await asker.ask("GET", "objects", undefined, server);
  await source.client.query("BEGIN; LOCK TABLE gate IN ACCESS EXCLUSIVE MODE");
  for (let n = 1; n <= 20; n++) await busy.order({ objects: "gate", format: "csv", where: { id: { $lte: n } } });
  // It may have all four places.
  await whenSo(
    () => rows(["busy"]),
    (its) => its.filter(({ state }) => state === "running").length === 4,
  );
  const { _id } = await single.order({ objects: "gate", format: "csv" });
  await sleep(1_200);
  expect((await single.see(_id)).state).toBe("pending");
  await source.client.query("COMMIT");
  const { state } = await single.over(_id);
  expect(state).toBe("ready");
  await whenSo(
    () => rows(["busy"]),
    (its) => its.every((it) => it.state === "ready"),
  );
  const all = (await rows(["busy", "single"])).toSorted((a, b) => a.startedAt!.getTime() - b.startedAt!.getTime());
  // The next place that became free was its own, or the other process took one at the same moment.
  expect(all.findIndex(({ id }) => id === _id)).toBeLessThanOrEqual(5);
});

test("a running export that is deleted or cancelled stops at the database within a second", async () => {
  for (const stop of ["delete", "cancel"] as const) {
    const { _id } = await admin.order({ objects: "endless", format: "csv", join: false });
    await whenSo(sleeping, (count) => count > 0);
    const [{ worker }] = (await rows(["study"])).filter(({ id }) => id === _id) as [Row];
    // Whoever hears of it first is the process that does not run it.
    const elsewhere = worker!.endsWith(`:${other.pid}`) ? at.server : other;
    const began = performance.now();
    const answer = await (stop === "delete"
      ? admin.ask("DELETE", `exports/${_id}`, undefined, elsewhere)
      : admin.ask("POST", `exports/${_id}/cancel`, undefined, elsewhere));
    expect(answer.status).toBe(stop === "delete" ? 204 : 200);
    await whenSo(sleeping, (count) => count === 0);
    // A second, on a machine that does nothing else: far less than the statement, which has no end.
    expect(performance.now() - began).toBeLessThan(5_000);
    if (stop === "cancel")
      expect(await admin.see(_id)).toMatchObject({ state: "cancelled", fault: null, dataFile: null });
    // The org's turn is free again, and nothing is left of it.
    const next = await admin.order({ objects: "sites", format: "csv", join: false });
    expect((await admin.over(next._id)).state).toBe("ready");
    await whenSo(
      () => archivesOf(_id),
      (its) => its.length === 0,
    );
    await admin.ask("DELETE", `exports/${next._id}`);
  }
});

test("the quota holds before and during the run", async () => {
  const small = await at.person("small", "admin", { role: "admin" });
  const during = await small.order({ objects: "large", format: "csv" });
  expect(await small.over(during._id)).toMatchObject({
    state: "error",
    fault: { code: "quota-exceeded" },
    dataFile: null,
  });
  expect(await archivesOf(during._id)).toEqual([]);
  // What fits is kept, until no more does.
  const kept = await small.order({ objects: "large", format: "csv", where: { id: { $lte: 400 } } });
  expect((await small.over(kept._id)).state).toBe("ready");
  await at.control.db.updateTable("export").set({ storedSize: 60_000 }).where("id", "=", kept._id).execute();
  const before = await small.ask<{ code: string }>("POST", "exports", { objects: "sites", format: "csv" });
  expect([before.status, before.body.code]).toEqual([409, "quota-exceeded"]);
  await small.ask("DELETE", `exports/${kept._id}`);
  const after = await small.order({ objects: "sites", format: "csv" });
  expect((await small.over(after._id)).state).toBe("ready");
});

test("an archive lives seven days; its export can be ordered again", async () => {
  const { _id } = await admin.order({ label: "Sites of today", objects: "sites", format: "csv" });
  const shown = await admin.over(_id);
  const moved = (seconds: number) => new Date(Date.parse(shown.ended!) + 7 * 86_400_000 + seconds * 1000);
  await expireArchives(at.parts, "study", moved(-60));
  expect((await admin.see(_id)).state).toBe("ready");
  expect(await archivesOf(_id)).toHaveLength(2);
  await expireArchives(at.parts, "study", moved(1));
  expect(await admin.see(_id)).toMatchObject({ state: "expired", dataFile: null, label: "Sites of today" });
  expect(await archivesOf(_id)).toEqual([]);
  const gone = await admin.ask<{ code: string }>("GET", `exports/${_id}/data`);
  expect([gone.status, gone.body.code]).toEqual([410, "expired"]);
  const again = await admin.ask<ExportFacts>("POST", `exports/${_id}/resubmit`);
  expect(again).toMatchObject({ status: 201, body: { resubmitOf: _id, label: "Sites of today" } });
  expect((await admin.over(again.body._id)).state).toBe("ready");
  expect((await admin.archive(again.body._id)).get("sites.csv")!.toString()).toContain("Lyon");
});

test("an export as a principal has what they may see, and one of a prefix a record's list", async () => {
  const analyst = await at.person("study", "analyst");
  const lab = inOrg(at.control.db, "study");
  const lyon = await addNamespace(lab, { parent: null, code: "lyon", name: "Lyon", key: "1" });
  await putRole(lab, lyon.id, analyst.id, "analyst");
  const body = { objects: "subjects", format: "csv", paths: ["number"] };
  const numbers = async (asker: Asker, its: object): Promise<string> => {
    const { _id } = await asker.order({ ...body, ...its });
    const { state, fault } = await asker.over(_id);
    expect([state, fault]).toEqual(["ready", null]);
    const [first] = await asker.archive(_id);
    return first![1].toString();
  };
  expect(await numbers(admin, {})).toBe("number\nS-001\nS-002\nS-003\nS-004\n");
  expect(await numbers(admin, { principal: "analyst@study.example.org" })).toBe("number\nS-001\nS-002\n");
  expect(await numbers(admin, { principal: analyst.id, where: { status: "withdrawn" } })).toBe("number\n");
  // For administrators alone.
  const asAdmin = await analyst.ask<{ code: string }>("POST", "exports", { ...body, principal: admin.id });
  expect([asAdmin.status, asAdmin.body.code]).toEqual([403, "forbidden"]);

  expect(await numbers(admin, { prefix: "1/visits", paths: ["id", "systolic"] })).toBe("id,systolic\n1,120\n2,118\n");
  const documents = { prefix: "1/documents", paths: undefined, format: "json" };
  expect(JSON.parse(await numbers(admin, documents))).toMatchObject([
    { kind: "consent", version: 2 },
    { kind: "id", version: 1 },
  ]);
  // Of a record that the principal may not see, there is no list.
  const hidden = { ...body, paths: ["id"], prefix: "3/visits", principal: analyst.id };
  const refused = await admin.ask<{ errors: object[] }>("POST", "exports", hidden);
  expect([refused.status, refused.body.errors]).toMatchObject([422, [{ pointer: "/prefix", code: "keys-not-found" }]]);
});

test("a script runs after the export, whether it succeeded or failed, and changes nothing of it", async () => {
  const address = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/exports`;
  const afterScript = `
    const { export: job } = script.arguments;
    const answer = await fetch("${address}", { method: "POST", body: JSON.stringify({ id: job._id, state: job.state, err }) });
    const { owner } = await answer.json();
    log("told", owner, answer.status);
    await fetch("http://127.0.0.1:1/").catch((error) => log(error.message));
    await notify({ subject: "The export is " + job.state, text: err ? err.detail : job.dataFile.filename });
    if (job.label === "to throw") throw new Error("a slip of the script");`;
  const scripted = async (body: object) => {
    const { _id } = await admin.order({ format: "csv", afterScript, ...body });
    await admin.over(_id);
    return whenSo(
      () => admin.see(_id),
      ({ script }) => script !== null,
    );
  };
  const good = await scripted({ objects: "sites", label: "Good" });
  expect(good).toMatchObject({
    state: "ready",
    script: { outcome: "done", error: null, calls: { fetch: 2, notify: 1 } },
  });
  expect(good.script!["log"]).toContain("told Grace 200\n");
  expect(good.script!["log"]).toContain("waybill: fetch: http://127.0.0.1:1 is not an allowed host.");

  const bad = await scripted({ objects: "broken" });
  expect(bad).toMatchObject({ state: "error", script: { outcome: "done", error: null } });
  expect(bad.fault!.detail).toMatch(/^\S.*\.$/);

  const thrown = await scripted({ objects: "sites", label: "to throw" });
  expect(thrown).toMatchObject({
    state: "ready",
    fault: null,
    script: {
      outcome: "failed",
      error: {
        name: "Error",
        message: "a slip of the script",
        line: 8,
      },
    },
  });
  expect((await admin.archive(thrown._id)).get("sites.csv")!.toString()).toContain("Porto");

  expect(told).toEqual([
    { id: good._id, state: "ready", err: null },
    { id: bad._id, state: "error", err: { code: bad.fault!.code, detail: bad.fault!.detail } },
    { id: thrown._id, state: "ready", err: null },
  ]);
  expect(mail.mails.map((its) => [its.to, /^Subject: (.*)\r$/m.exec(its.text)![1]])).toEqual(
    ["ready", "error", "ready"].map((state) => [["admin@study.example.org"], `The export is ${state}`]),
  );
  expect(mail.mails[1]!.text).toContain(bad.fault!.detail.slice(0, 30));

  // Only administrators may give one, and what is no script is refused at once.
  const analyst = await at.person("study", "author");
  const plain = { objects: "sites", format: "csv" };
  expect((await analyst.ask("POST", "exports", { ...plain, afterScript: "log(1)" })).status).toBe(403);
  const mistake = await admin.ask<{ errors: object[] }>("POST", "exports", { ...plain, afterScript: "log(1" });
  expect([mistake.status, mistake.body.errors]).toMatchObject([422, [{ pointer: "/afterScript" }]]);
});

async function answerHook(request: IncomingMessage, response: ServerResponse): Promise<void> {
  told.push(await json(request));
  response.setHeader("content-type", "application/json").end('{"owner":"Grace"}');
}

interface Row {
  readonly id: string;
  readonly org: string;
  readonly state: string;
  readonly worker: string | null;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
}

/** What the control database says of the exports of some orgs, in the order of creation. */
function rows(orgs: readonly string[]): Promise<Row[]> {
  return at.control.db
    .selectFrom("export")
    .select(["id", "org", "state", "worker", "startedAt", "endedAt"])
    .where("org", "in", orgs)
    .orderBy("id")
    .execute();
}

/** The statements of endless exports that the source works on. */
async function sleeping(): Promise<number> {
  const { rows: its } = await source.client.query<{ count: number }>(
    "select count(*)::int as count from pg_stat_activity where state = 'active' and query ~ 'endless' and pid <> pg_backend_pid()",
  );
  return its[0]!.count;
}

/** What is in the vault of an export. */
async function archivesOf(id: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of at.parts.vault.list()) if (name.includes(id)) names.push(name);
  return names;
}
