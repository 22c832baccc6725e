// A walk of requests to a warehouse: realms by dates, made in the org's window, told by mail (XD1 to XD8).
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { expireArchives, warnOfExpiry } from "../../src/exports/sweep.ts";
import { shownDay, shownMoment } from "../../src/mail/shown.ts";
import type { ExportFacts } from "../../src/service/exports/facts.ts";
import type { ObjectFacts } from "../../src/service/objects.ts";
import { type MailServer, openMailServer } from "../setup/mail-server.ts";
import { pythonMails } from "../readers/mail.ts";
import { createDatabase, type TestDatabase } from "../setup/postgres.ts";
import { type Asker, type Served, served, whenSo } from "./served.ts";

// Days are those of the org: the last hours of New York's year are of the next one in UTC.
const SQL = `
CREATE TABLE jobs (id bigint PRIMARY KEY, person text NOT NULL, ended_at timestamptz NOT NULL, cores integer, wall numeric(10,2));
COMMENT ON TABLE jobs IS 'One row for each job that has ended.';
COMMENT ON COLUMN jobs.cores IS 'Processor cores that the job had.';
INSERT INTO jobs VALUES
  (1, 'ada', '2023-12-31 23:59:59-05', 4, 1.50), (2, 'ada', '2024-01-01 00:00:00-05', 8, 2.25),
  (3, 'eve', '2024-02-29 12:00:00-05', 16, 10), (4, 'eve', '2024-12-31 23:30:00-05', 1, 0.25),
  (5, 'zoe', '2025-01-01 00:00:00-05', 2, 3);
CREATE VIEW outages AS SELECT id, ended_at, 1 / (id - 3) AS share FROM jobs;
`;
const ZONE = "America/New_York";
const DAY = 86_400_000;
const YEAR = { realm: "jobs", from: "2024-01-01", to: "2024-12-31" } as const;

let source: TestDatabase;
let mail: MailServer;
let at: Served;
let ada: Asker;
let zoe: Asker;

beforeAll(async () => {
  source = await createDatabase();
  await source.client.query(SQL);
  mail = await openMailServer();
  const org = {
    name: { en: "Computing centre", fr: "Centre de calcul" },
    timeZone: ZONE,
    retention: "P30D",
    salt: "0123456789abcdef".repeat(2),
    sources: { main: { url: source.url } },
    objects: {
      jobs: {
        label: { en: "Jobs", fr: "Tâches" },
        range: { field: "ended_at", max: "P1Y" },
        fields: {
          person: { deidentify: { rule: "hash" }, documentation: { en: "Who ran it.", fr: "Qui l’a lancée." } },
          wall: { label: { en: "Wall time", fr: "Durée" }, unit: "h" },
        },
      },
      outages: { key: "id", range: { field: "ended_at" } },
    },
  };
  at = await served({
    mail: { url: mail.url, from: "exports@example.org", operator: "operator@example.org" },
    // Every two seconds, and at night.
    orgs: { center: { ...org, window: "*/2 * * * * *" }, nightly: { ...org, window: "0 3 * * *" } },
  });
  ada = await at.person("center", "ada", { role: "admin", language: "en" });
  zoe = await at.person("center", "zoe", { role: "admin", language: "fr" });
});

vi.setConfig({ testTimeout: 60_000 });

afterAll(async () => {
  await at?.close();
  await mail?.stop();
  await source?.drop();
});

test("realms are told with their fields and what these mean", async () => {
  const realms = await ada.ask<{ data: ObjectFacts[] }>("GET", "realms");
  expect(realms.body.data.map(({ name, label, range }) => [name, label, range])).toEqual([
    ["jobs", "Jobs", { field: "ended_at", max: "P1Y" }],
    ["outages", null, { field: "ended_at", max: "P1Y" }],
  ]);
  const [jobs] = realms.body.data;
  expect(jobs!.documentation).toBe("One row for each job that has ended.");
  expect(
    jobs!.fields.map(({ name, label, documentation, unit, deidentified }) => [
      name,
      label,
      documentation,
      unit,
      deidentified,
    ]),
  ).toEqual([
    ["id", null, null, null, null],
    ["person", null, "Who ran it.", null, "hash"],
    ["ended_at", null, null, null, null],
    ["cores", null, "Processor cores that the job had.", null, null],
    ["wall", "Wall time", null, "h", null],
  ]);
  const french = await zoe.ask<{ data: ObjectFacts[] }>("GET", "realms");
  expect(french.body.data[0]).toMatchObject({ label: "Tâches" });
});

test("a range is a year at most, a leap year too, and both its days are needed", async () => {
  const refused = async (body: object): Promise<unknown> => {
    const { status, body: problem } = await ada.ask<{ errors: { pointer: string; code: string }[] }>(
      "POST",
      "exports",
      {
        ...YEAR,
        format: "csv",
        ...body,
      },
    );
    return [status, ...problem.errors.map(({ pointer, code }) => `${pointer} ${code}`)];
  };
  // A year and a day, of years with 366 days and with 365.
  expect(await refused({ to: "2025-01-01" })).toEqual([422, "/to range-too-long"]);
  expect(await refused({ from: "2023-01-01", to: "2024-01-01" })).toEqual([422, "/to range-too-long"]);
  expect(await refused({ from: "2024-02-29", to: "2025-03-01" })).toEqual([422, "/to range-too-long"]);
  expect(await refused({ from: "2024-12-31", to: "2024-01-01" })).toEqual([422, "/to range-not-suited"]);
  expect(await refused({ to: undefined })).toEqual([422, "/to range-not-suited"]);
  expect(await refused({ from: "2023-02-29" })).toEqual([422, "/from range-not-suited"]);
  expect(await refused({ format: undefined })).toEqual([422, "/format no-format"]);
  expect(await refused({ realm: "nothing" })).toEqual([422, "/realm unknown-object"]);
  const leap = await ada.order({ ...YEAR, format: "csv", where: { id: 0 } });
  const plain = await ada.order({ ...YEAR, from: "2022-07-01", to: "2023-06-30", format: "csv" });
  for (const { _id, kind } of [leap, plain]) {
    expect(kind).toBe("realm");
    expect((await ada.over(_id)).state).toBe("ready");
    await ada.ask("DELETE", `exports/${_id}`);
  }
});

test("a request is made in the window, told by mail, gone after thirty days, and made again", async () => {
  mail.mails.length = 0;
  const asked = { ...YEAR, format: "json-rows", notify: true };
  const requests = [
    await ada.order({ ...asked, label: "Jobs of 2024" }),
    await zoe.order({ ...asked, format: "csv", label: "L’année 2024" }),
  ];
  for (const { created, startsAt, dueAt } of requests) {
    const wait = Date.parse(startsAt!) - Date.parse(created);
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(2_100);
    expect(new Date(startsAt!).getUTCSeconds() % 2).toBe(0);
    expect(Date.parse(dueAt!) - Date.parse(startsAt!)).toBe(3_600_000);
  }
  const [english, french] = [await ada.over(requests[0]!._id), await zoe.over(requests[1]!._id)];
  for (const shown of [english, french]) {
    expect(shown).toMatchObject({ state: "ready", fault: null });
    expect(Date.parse(shown.started!)).toBeGreaterThanOrEqual(Date.parse(shown.startsAt!));
    expect((Date.parse(shown.expiresAt!) - Date.parse(shown.ended!)) / DAY).toBeCloseTo(30, 1);
  }

  // An array of arrays, the header first, de-identified values marked; what is of the org's year, to the second.
  const rows = await ada.archive(english._id);
  const [header, ...records] = JSON.parse(rows.get("jobs.json")!.toString()) as unknown[][];
  expect(header).toEqual(["id", "person (deidentified)", "ended_at", "cores", "wall"]);
  expect(records.map(([id, , ended]) => [id, ended])).toEqual([
    [2, "2024-01-01T00:00:00-05:00"],
    [3, "2024-02-29T12:00:00-05:00"],
    [4, "2024-12-31T23:30:00-05:00"],
  ]);
  const people = records.map(([, person]) => person as string);
  expect(people[1]).toBe(people[2]);
  expect(people.join()).not.toMatch(/ada|eve/);
  const readme = rows.get("README.txt")!.toString();
  for (const words of ["Who ran it.", "Processor cores that the job had.", "Wall time"])
    expect(readme).toContain(words);
  const csv = await zoe.archive(french._id);
  expect(csv.get("jobs.csv")!.toString().split("\n", 1)).toEqual(["id,person (désidentifié),ended_at,cores,wall"]);
  expect(csv.get("README.txt")!.toString()).toContain("Qui l’a lancée.");

  // Each in their language, with the links and the last day.
  await whenSo(
    () => mail.mails.length,
    (count) => count === 2,
  );
  const toAda = await mailTo("ada@center.example.org");
  const toZoe = await mailTo("zoe@center.example.org");
  expect(toAda.subject).toBe("Your export “Jobs of 2024” is ready");
  expect(toZoe.subject).toBe("Votre export «\u00A0L’année 2024\u00A0» est prêt");
  for (const [text, shown, language] of [
    [toAda.text, english, "en"],
    [toZoe.text, french, "fr"],
  ] as const) {
    expect(text).toContain(`${at.server.url}/center/exports/${shown._id}`);
    expect(text).toContain(`${at.server.url}/center/v2/exports/${shown._id}/data`);
    expect(flat(text)).toContain(flat(shownMoment(language, new Date(shown.expiresAt!), ZONE)));
  }
  expect(toAda.text).toContain("Computing centre");
  expect(toZoe.text).toContain("Centre de calcul");
  expect(toZoe.text).toContain("Tâches");
  expect(toZoe.text).toMatch(/3.enregistrements/);

  // Two days before the end it is said once more, and only once.
  const moved = (days: number) => new Date(Date.parse(english.ended!) + days * DAY);
  await warnOfExpiry(at.parts, "center", moved(27.9));
  await warnOfExpiry(at.parts, "center", moved(28.1));
  await warnOfExpiry(at.parts, "center", moved(28.2));
  await whenSo(
    () => mail.mails.length,
    (count) => count === 4,
  );
  const day = shownDay("fr", new Date(french.expiresAt!), ZONE);
  expect((await mailTo("zoe@center.example.org")).subject).toBe(
    `Votre export «\u00A0L’année 2024\u00A0» expire le ${day}`,
  );

  await expireArchives(at.parts, "center", moved(29.9));
  expect((await ada.see(english._id)).state).toBe("ready");
  await expireArchives(at.parts, "center", moved(30.1));
  expect(await ada.see(english._id)).toMatchObject({ state: "expired", dataFile: null });
  expect((await ada.ask("GET", `exports/${english._id}/data`)).status).toBe(410);
  const again = await ada.ask<ExportFacts>("POST", `exports/${english._id}/resubmit`);
  expect(again).toMatchObject({ status: 201, body: { resubmitOf: english._id, label: "Jobs of 2024", kind: "realm" } });
  expect((await ada.over(again.body._id)).state).toBe("ready");
  expect((await ada.archive(again.body._id)).get("jobs.json")).toEqual(rows.get("jobs.json"));
  await whenSo(
    () => mail.mails.length,
    (count) => count === 5,
  );

  // All that have expired go at once; what is ready stays.
  const list = async (query: string) => {
    const { body } = await ada.ask<{ data: ExportFacts[] }>("GET", `exports?${query}`);
    return body.data.map(({ _id }) => _id);
  };
  expect((await list("realms=true&state=expired")).toSorted()).toEqual([english._id, french._id].toSorted());
  expect(await ada.ask("DELETE", "exports?state=expired")).toMatchObject({ status: 200, body: { deleted: 2 } });
  expect(await list("realms=true")).toEqual([again.body._id]);
});

test("a request that waits says until when, and is deleted before it is made: one, or several at once", async () => {
  const night = await at.person("nightly", "ada", { role: "admin" });
  const ids: string[] = [];
  for (let month = 1; month <= 4; month++) {
    const days = { from: `2024-0${month}-01`, to: `2024-0${month}-28` };
    const { _id, state, startsAt } = await night.order({ realm: "jobs", ...days, format: "csv" });
    expect(state).toBe("pending");
    const hour = new Intl.DateTimeFormat("en", { timeZone: ZONE, timeStyle: "short" }).format(new Date(startsAt!));
    expect(hour).toMatch(/^3:00\sAM$/);
    ids.push(_id);
  }
  expect((await night.ask("DELETE", `exports/${ids[0]}`)).status).toBe(204);
  // All or none.
  const unknown = await night.ask("DELETE", `exports?ids=${ids[1]},${ids[0]}`);
  expect(unknown.status).toBe(404);
  expect((await night.see(ids[1]!)).state).toBe("pending");
  expect(await night.ask("DELETE", `exports?ids=${ids[1]},${ids[2]}`)).toMatchObject({ body: { deleted: 2 } });
  const left = await night.ask<{ data: ExportFacts[] }>("GET", "exports");
  expect(left.body.data.map(({ _id, state }) => [_id, state])).toEqual([[ids[3], "pending"]]);
  const queued = await at.parts.queue.queued();
  expect(ids.map((id) => queued.has(id))).toEqual([false, false, false, true]);
  // What is not said is not all.
  for (const query of ["exports", `exports?ids=${ids[3]}&state=expired`, "exports?state=pending"]) {
    expect((await night.ask("DELETE", query)).status).toBeGreaterThanOrEqual(400);
  }
  expect((await night.see(ids[3]!)).state).toBe("pending");
});

test("a failure is told in plain words, and to the operator with the details", async () => {
  mail.mails.length = 0;
  const asked = { realm: "outages", from: "2024-01-01", to: "2024-12-31", format: "csv", notify: true };
  const { _id } = await zoe.order({ ...asked, label: "Pannes" });
  const { state, fault } = await zoe.over(_id);
  expect(state).toBe("error");
  await whenSo(
    () => mail.mails.length,
    (count) => count === 2,
  );
  const toZoe = await mailTo("zoe@center.example.org");
  expect(toZoe.subject).toBe("Votre export «\u00A0Pannes\u00A0» a échoué");
  expect(flat(toZoe.text)).toContain("La base de données des enregistrements a refusé.");
  expect(toZoe.text).toContain(`${at.server.url}/center/exports/${_id}`);
  expect(toZoe.text).not.toMatch(/\.ts:\d|    at |secret|worker/i);
  const toOperator = await mailTo("operator@example.org");
  expect(toOperator.text).toContain(_id);
  expect(toOperator.text).toContain(fault!.code);
  expect(flat(toOperator.text)).toContain(flat(fault!.detail));
  expect(flat(toOperator.text)).toContain("zoe (zoe@center.example.org");
  expect(toOperator.text).toContain(`:${at.server.pid}`);
  expect(toOperator.text).not.toContain("secret");
});

test("a mail server that is away fails no export, and the mail comes later", async () => {
  const port = Number(new URL(mail.url).port);
  await mail.stop();
  const { _id } = await ada.order({ ...YEAR, format: "csv", where: { cores: 1 }, label: "Late", notify: true });
  expect((await ada.over(_id)).state).toBe("ready");
  expect((await ada.archive(_id)).get("jobs.csv")!.toString()).toContain("4,");
  const waiting = "name = 'mail' and state = 'retry'";
  await whenSo(
    () => at.database.client.query(`select 1 from pgboss.job where ${waiting}`),
    ({ rowCount }) => rowCount === 1,
  );
  mail = await openMailServer(false, port);
  // The time until the next attempt is over.
  await at.database.client.query(`update pgboss.job set start_after = now() where ${waiting}`);
  await whenSo(
    () => mail.mails.length,
    (count) => count > 0,
  );
  expect((await mailTo("ada@center.example.org")).subject).toBe("Your export “Late” is ready");
  const { timeline, state } = await whenSo(
    () => ada.see(_id),
    ({ timeline: events }) => events.some(({ event }) => event === "mail-sent"),
  );
  expect([state, timeline.map(({ event }) => event)]).toEqual(["ready", ["created", "ready", "mail-sent"]]);
});

/** The last mail to somebody, as another program reads it. */
async function mailTo(address: string): Promise<{ readonly subject: string; readonly text: string }> {
  const [read] = await pythonMails([mail.mails.findLast(({ to }) => to.includes(address))!.bytes]);
  return { subject: read!.headers["subject"]!, text: read!.parts[0]!.text };
}

/** Without the lines that a mail's text is wrapped into. */
function flat(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}
