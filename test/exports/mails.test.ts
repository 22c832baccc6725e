// Mails about exports as the queue sends them: to whom, in which language, and what becomes of those that cannot be sent.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Updateable } from "kysely";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { readConfig } from "../../src/config/read.ts";
import { sentence } from "../../src/lib/sentence.ts";
import { putPreferences } from "../../src/control/people.ts";
import type { ControlTables } from "../../src/control/tables.ts";
import { mailSender, type MailSender } from "../../src/exports/mails.ts";
import type { ExportParts } from "../../src/exports/parts.ts";
import { openMailer } from "../../src/mail/mailer.ts";
import { orgsOf } from "../../src/orgs/orgs.ts";
import type { MailJob, MailKind } from "../../src/queue/queue.ts";
import { pythonMails } from "../readers/mail.ts";
import { KINDS, temporaryFolder } from "../setup/control.ts";
import { type MailServer, startMailServer } from "../setup/mail-server.ts";
import { type Asker, aWorld, BASE_URL, type World } from "../setup/service.ts";

const OPERATOR = "operator@example.org";
const EXPIRES = new Date("2026-03-01T12:00:00Z");
type Update = Updateable<ControlTables["export"]>;
const READY: Update = {
  state: "ready",
  rows: 1234,
  files: 2,
  size: 12_300_000,
  problems: 3,
  sha256: "0",
  archive: "none",
  expiresAt: EXPIRES,
  endedAt: new Date(),
};
const FAULT = {
  code: "source-lost",
  detail: "More than 1,000 records have these values.",
  hint: "Order the export again.",
  words: {
    detail: sentence`More than ${1000} records have these values.`,
    hint: sentence`Order the export again.`,
  },
};
const FRENCH_FAULT = ["Plus de 1 000 enregistrements ont ces valeurs.", "Redemandez l’export."];
const FAILED: Update = {
  state: "error",
  fault: JSON.stringify(FAULT),
  endedAt: new Date(),
  worker: "host:7",
  attempt: 2,
};

describe.each(KINDS)("on %s", (kind) => {
  let world: World;
  const logged: string[] = [];
  beforeAll(async () => {
    world = await aWorld(kind, { log: (level, message) => void logged.push(`${level} ${message}`) });
  });

  let count = 0;
  /** An export of the analyst's, as it would be after a run. */
  async function anExport(as: Update = {}, body: object = {}): Promise<string> {
    const payload = {
      objects: "samples",
      format: "csv",
      where: { id: ++count },
      label: "Winter",
      notify: true,
      ...body,
    };
    const made = await world.ask("analyst", { method: "POST", url: "/lab/v2/exports", payload });
    expect(made.statusCode, made.body).toBe(201);
    const { _id } = made.json<{ _id: string }>();
    await change(_id, as);
    return _id;
  }

  async function change(id: string, as: Update): Promise<void> {
    if (Object.keys(as).length === 0) return;
    await world.control.db.updateTable("export").set(as).where("id", "=", id).execute();
  }

  function job(id: string, its: MailKind, to: Exclude<Asker, "nobody"> | null, details?: object): MailJob {
    const event = `event-of-${id}`;
    const person = to === null ? null : world.people[to];
    return { org: "lab", export: id, event, kind: its, person, ...(details && { details: { ...details } }) };
  }

  function sender(
    server: MailServer,
    operator: string | null = OPERATOR,
    parts: ExportParts = world.exports.parts,
  ): MailSender {
    const mailer = openMailer({ url: server.url, from: "exports@example.org" });
    onTestFinished(() => mailer.close());
    return mailSender(parts, { mailer, baseUrl: BASE_URL, operator });
  }

  async function events(id: string): Promise<unknown[]> {
    const answer = await world.ask("admin", { url: `/lab/v2/exports/${id}` });
    const { timeline } = answer.json<{ timeline: { event: string; details: { kind?: string } }[] }>();
    return timeline.filter(({ event }) => event.startsWith("mail")).map(({ event, details }) => [event, details.kind]);
  }

  /** To whom mails went, what they are called, and their texts in one line. */
  async function received({ mails }: MailServer): Promise<[to: string, subject: string, text: string][]> {
    const read = await pythonMails(mails.map(({ bytes }) => bytes));
    return read.map(({ headers, parts }, n) => [
      mails[n]!.to.join(),
      headers["subject"]!,
      parts[0]!.text.replaceAll(/[\s\u00A0]+/g, " "),
    ]);
  }

  test.each([
    [
      "en",
      "Samples",
      "1,234 records, 2 files",
      "March 1, 2026 at 9:00 PM",
      [
        "“Winter” is ready, with 3 problems",
        "expires on March 1, 2026",
        "shared the export",
        "has failed|failed",
        "approve",
        "was approved",
      ],
    ],
    [
      "fr",
      "Échantillons",
      "1 234 enregistrements, 2 fichiers",
      "1er mars 2026 à 21:00",
      [
        "Winter » est prêt, avec 3 problèmes",
        "expire le 1er mars 2026",
        "a partagé l’export",
        "a échoué",
        "approuver",
        "a été approuvé",
      ],
    ],
  ])("each mail goes to its reader in their language: %s", async (language, object, contents, until, subjects) => {
    const server = await startMailServer();
    const mails = sender(server);
    for (const name of ["analyst", "guest", "admin"] as const) {
      await putPreferences(world.control.db, world.people[name], { language, timeZone: "Asia/Tokyo" });
    }
    const ready = await anExport(READY);
    await mails.send(job(ready, "ready", "analyst"));
    await mails.send(job(ready, "expiring", null));
    await mails.send(job(ready, "shared", "guest", { by: "Ada" }));
    const failed = await anExport(FAILED);
    await mails.send(job(failed, "failed", "analyst"));
    const wanted = { reason: "rows", state: "wanted", person: null, at: null, note: null };
    const waiting = await anExport({ approval: JSON.stringify(wanted) });
    await mails.send(job(waiting, "approval-wanted", "admin"));
    await mails.send(job(waiting, "approval-decided", "analyst", { approve: true, by: "Ada", note: "Go on." }));

    const got = await received(server);
    const to = ["analyst", "analyst", "guest", "analyst", "admin", "analyst"].map((name) => `${name}@example.org`);
    expect(got.map(([address]) => address)).toEqual(to);
    for (const [n, subject] of subjects.entries())
      expect(got[n]![1].replaceAll("\u00A0", " ")).toMatch(new RegExp(subject));
    for (const [, , text] of got.slice(0, 3)) {
      for (const part of [object, contents, until, `${BASE_URL}/lab/exports/${ready}`]) expect(text).toContain(part);
    }
    for (const part of language === "fr" ? FRENCH_FAULT : [FAULT.detail, FAULT.hint])
      expect(got[3]![2]).toContain(part);
    expect(got[3]![2]).not.toMatch(/host:7|source-lost/);
    expect(got[4]![2]).toContain("analyst@example.org");
    expect(got[5]![2]).toContain("Go on.");
    expect(await events(ready)).toEqual(["ready", "expiring", "shared"].map((its) => ["mail-sent", its]));
  });

  test("the operator hears of failures with the details, in the language of the export", async () => {
    const server = await startMailServer();
    await putPreferences(world.control.db, world.people.analyst, { language: "fr", timeZone: null });
    const id = await anExport(FAILED, { language: "fr" });
    const details = { stack: "Error\n    at run (src/engine/run.ts:1:1)" };
    await sender(server).send(job(id, "operator", null, details));
    await sender(server, null).send(job(id, "operator", null, details));
    const [[to, subject, text], ...others] = (await received(server)) as [[string, string, string]];
    expect(others).toEqual([]);
    expect([to, subject.replaceAll("\u00A0", " ")]).toEqual([
      OPERATOR,
      "Export en échec (Laboratoire des zones humides) : « Winter »",
    ]);
    for (const part of ["source-lost", "host:7", "analyst@example.org", "src/engine/run.ts:1:1", ...FRENCH_FAULT, id]) {
      expect(text).toContain(part);
    }
  });

  test("nobody is told of what is not so any more", async () => {
    const server = await startMailServer();
    const mails = sender(server);
    const gone = await anExport(READY);
    await world.ask("analyst", { method: "DELETE", url: `/lab/v2/exports/${gone}` });
    await mails.send(job(gone, "ready", "analyst"));
    const expired = await anExport({ ...READY, state: "expired" });
    for (const its of ["ready", "expiring", "failed", "operator"] as const)
      await mails.send(job(expired, its, "analyst"));
    await mails.send(job(expired, "shared", "guest", { by: "Ada" }));
    const decided = { reason: "rows", state: "given", person: null, at: null, note: null };
    await mails.send(job(await anExport({ approval: JSON.stringify(decided) }), "approval-wanted", "admin"));
    // Whoever may not sign in any more, and whose exports have nobody.
    const ready = await anExport(READY);
    const disable = (disabledAt: Date | null) =>
      world.control.db.updateTable("person").set({ disabledAt }).where("id", "=", world.people.analyst).execute();
    await disable(new Date());
    await mails.send(job(ready, "ready", "analyst"));
    await mails.sendPlain(world.people.analyst, { subject: "A word", text: "Hello." });
    await disable(null);
    await change(ready, { person: null });
    await mails.send(job(ready, "expiring", null));
    await mails.sendPlain(crypto.randomUUID(), { subject: "A word", text: "Hello." });
    await mails.send({ ...job(ready, "ready", "analyst"), org: "closed" });
    expect(server.mails).toEqual([]);
    expect(await events(ready)).toEqual([]);
  });

  test("a refused address is written down; a server that is away is tried again, with the same Message-ID", async () => {
    const server = await startMailServer();
    const mails = sender(server);
    const id = await anExport(READY);
    server.refusal = { at: "recipient", code: 550 };
    await mails.send(job(id, "ready", "analyst"));
    expect(await events(id)).toEqual([["mail-refused", "ready"]]);
    expect(logged.filter((it) => it.includes(id))).toEqual([
      expect.stringMatching(/^warn export .*: The mail server does not accept/),
    ]);
    for (const refusal of [
      { at: "data", code: 451 },
      { at: "sender", code: null },
    ] as const) {
      server.refusal = refusal;
      await expect(mails.send(job(id, "ready", "analyst"))).rejects.toMatchObject({ code: "mail" });
    }
    expect(await events(id)).toHaveLength(1);
    server.refusal = null;
    await mails.send(job(id, "ready", "analyst"));
    await mails.send(job(id, "ready", "analyst"));
    const ids = (await pythonMails(server.mails.map(({ bytes }) => bytes))).map(({ headers }) =>
      headers["message-id"]!.trim(),
    );
    expect(ids).toHaveLength(2);
    expect(new Set(ids)).toEqual(new Set([`<event-of-${id}.ready@example.org>`]));
  });

  test("without a mail server, the export's page says what was not sent", async () => {
    const id = await anExport(READY);
    const { parts } = world.exports;
    const nowhere = mailSender(parts, { mailer: null, baseUrl: BASE_URL, operator: null });
    await nowhere.send(job(id, "ready", "guest"));
    expect(await events(id)).toEqual([["mail-refused", "ready"]]);
    const letter = { subject: "a", text: "b" };
    await expect(nowhere.sendPlain(world.people.guest, letter)).rejects.toMatchObject({ code: "no-mail" });
  });

  test("an object type has its name where its source does not answer", async () => {
    const server = await startMailServer();
    const folder = temporaryFolder();
    const file = join(folder, "waybill.yaml");
    writeFileSync(file, `orgs: { lab: { sources: { main: { url: "sqlite:${folder}/none.db" } } } }`);
    const { signal } = new AbortController();
    const orgs = orgsOf(await readConfig(file, {}), { file, warn: () => {}, signal });
    const id = await anExport(READY);
    await sender(server, null, { ...world.exports.parts, orgs }).send(job(id, "ready", "guest"));
    const [[, , text]] = (await received(server)) as [[string, string, string]];
    expect(text).toMatch(/ samples /);
  });

  test("a script's words go to its export's owner", async () => {
    const server = await startMailServer();
    await putPreferences(world.control.db, world.people.owner, { language: "fr" });
    await sender(server).sendPlain(world.people.owner, {
      subject: "Prêt & <b>bon</b>",
      text: "Ligne 1\nLigne 2 <script>",
    });
    const [read] = await pythonMails(server.mails.map(({ bytes }) => bytes));
    expect(server.mails[0]!.to).toEqual(["owner@example.org"]);
    expect(read!.headers["subject"]).toBe("Prêt & <b>bon</b>");
    expect(read!.parts[0]!.text).toContain("Ligne 2 <script>");
    expect(read!.page.tags).not.toContain("script");
    expect(read!.parts[1]!.text).toContain('<html lang="fr">');
  });
});
