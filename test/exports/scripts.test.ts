// Scripts of exports as the queue runs them: once, after the end, with what they did kept.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Updateable } from "kysely";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { ControlTables } from "../../src/control/tables.ts";
import { mailSender, type MailSender } from "../../src/exports/mails.ts";
import { runExportScript } from "../../src/exports/scripts.ts";
import { openMailer } from "../../src/mail/mailer.ts";
import type { ScriptRun } from "../../src/sandbox/run-script.ts";
import { KINDS } from "../setup/control.ts";
import { startMailServer } from "../setup/mail-server.ts";
import { aWorld, BASE_URL, type World } from "../setup/service.ts";

type Update = Updateable<ControlTables["export"]>;
const NOBODY_STOPS = new AbortController().signal;

describe.each(KINDS)("on %s", (kind) => {
  let world: World;
  beforeAll(async () => {
    world = await aWorld(kind);
  });

  let count = 0;
  /** An export of the administrator's with a script, as it would be after a run. */
  async function anExport(afterScript: string, as: Update = { state: "cancelled" }): Promise<string> {
    const payload = { objects: "samples", format: "csv", where: { id: ++count }, afterScript };
    const made = await world.ask("admin", { method: "POST", url: "/lab/v2/exports", payload });
    expect(made.statusCode, made.body).toBe(201);
    const { _id } = made.json<{ _id: string }>();
    await world.control.db.updateTable("export").set(as).where("id", "=", _id).execute();
    return _id;
  }

  async function runs(id: string, mails?: MailSender | null, signal = NOBODY_STOPS, org = "lab"): Promise<void> {
    const { parts } = world.exports;
    const none = { mailer: null, baseUrl: BASE_URL, operator: null };
    await runExportScript(parts, { org, export: id }, mails ?? mailSender(parts, none), BASE_URL, signal);
  }

  async function shown(id: string) {
    const answer = await world.ask("admin", { url: `/lab/v2/exports/${id}` });
    const { script, timeline, state, fault } = answer.json<{
      script: (ScriptRun & { at: string }) | null;
      timeline: { event: string }[];
      state: string;
      fault: object | null;
    }>();
    return { script, state, fault, scripts: timeline.filter(({ event }) => event === "script").length };
  }

  test("knows the export and why it failed, is kept, and runs once", async () => {
    const fault = { code: "source-lost", detail: "The database went away." };
    const as: Update = { state: "error", fault: JSON.stringify(fault), endedAt: new Date() };
    const id = await anExport("log(script.arguments.export.state, err, script.arguments.export._id)", as);
    await runs(id);
    const { script, state, scripts } = await shown(id);
    expect([state, scripts]).toEqual(["error", 1]);
    expect(script).toMatchObject({ outcome: "done", error: null, log: `error ${JSON.stringify(fault)} ${id}\n` });
    expect(Date.parse(script!.at)).not.toBeNaN();
    await runs(id);
    expect(await shown(id)).toEqual({ script, state, fault, scripts: 1 });
    // Its owner and administrators see what it did, nobody else.
    await world.ask("admin", { method: "PUT", url: `/lab/v2/exports/${id}/shares/analyst@example.org` });
    const shared = await world.ask("analyst", { url: `/lab/v2/exports/${id}` });
    expect(shared.json()).toMatchObject({ _id: id, script: null });
  });

  test("what it throws is kept, and changes nothing", async () => {
    const id = await anExport("log(1);\nnull.x");
    await runs(id);
    expect(await shown(id)).toMatchObject({
      state: "cancelled",
      fault: null,
      script: { outcome: "failed", error: { name: "TypeError", line: 2 }, log: "1\n" },
    });
  });

  test("is told where no mail can be sent", async () => {
    const notify = `await notify({ subject: "Done", text: "Well." }).catch((error) => log("caught", error.message))`;
    const without = await anExport(notify);
    await runs(without);
    const words = "No mail can be sent from here.";
    expect((await shown(without)).script!.log).toBe(`waybill: notify: ${words}\ncaught ${words}\n`);

    const server = await startMailServer();
    const mailer = openMailer({ url: server.url, from: "exports@example.org" });
    onTestFinished(() => mailer.close());
    const mails = mailSender(world.exports.parts, { mailer, baseUrl: BASE_URL, operator: null });
    // Its owner has gone.
    const orphan = await anExport(notify, { state: "cancelled", person: null });
    await runs(orphan, mails);
    expect((await shown(orphan)).script).toMatchObject({ outcome: "done", calls: { notify: 1 } });
    expect((await shown(orphan)).script!.log).toContain("The export belongs to nobody any more.");
    server.refusal = { at: "recipient", code: 550 };
    const refused = await anExport(notify);
    await runs(refused, mails);
    expect((await shown(refused)).script!.log).toContain(
      "caught The mail server does not accept a mail for this address",
    );
    expect(server.mails).toEqual([]);
    server.refusal = null;
    const sent = await anExport(notify);
    await runs(sent, mails);
    expect((await shown(sent)).script).toMatchObject({ outcome: "done", log: "" });
    expect(server.mails.map(({ to }) => to)).toEqual([["admin@example.org"]]);
  });

  test("reaches no host that its org has not allowed", async () => {
    const id = await anExport(`await fetch("http://127.0.0.1:9/")`);
    await runs(id);
    const { script } = await shown(id);
    expect(script).toMatchObject({ outcome: "failed", calls: { fetch: 1 } });
    expect(script!.error!.message).toBe("http://127.0.0.1:9 is not an allowed host.");
  });

  test("nothing is kept of one that was stopped with the service: it runs again", async () => {
    const id = await anExport("while (true);");
    const stopping = new AbortController();
    const running = runs(id, null, stopping.signal);
    setTimeout(() => stopping.abort(new Error("stopping")), 300);
    await expect(running).rejects.toThrow("stopping");
    expect(await shown(id)).toMatchObject({ script: null, scripts: 0 });
  });

  test("one whose export is deleted, before or meanwhile, leaves nothing", async () => {
    const remove = (id: string) => world.ask("admin", { method: "DELETE", url: `/lab/v2/exports/${id}` });
    const before = await anExport("log(1)");
    await remove(before);
    await runs(before);
    await runs(await anExport("log(1)"), null, NOBODY_STOPS, "closed");

    const mailed = createServer();
    onTestFinished(() => void mailed.close());
    mailed.listen(0, "127.0.0.1");
    await once(mailed, "listening");
    const { port } = mailed.address() as AddressInfo;
    // A mail that takes its time, in which the export goes.
    const mailer = openMailer({ url: `smtp://127.0.0.1:${port}`, from: "exports@example.org" });
    onTestFinished(() => mailer.close());
    const mails = mailSender(world.exports.parts, { mailer, baseUrl: BASE_URL, operator: null });
    const meanwhile = await anExport(`await notify({ subject: "Done", text: "Well." })`);
    mailed.on("connection", (socket) => void remove(meanwhile).then(() => socket.destroy()));
    await runs(meanwhile, mails);
    expect((await world.ask("admin", { url: `/lab/v2/exports/${meanwhile}` })).statusCode).toBe(404);
  });
});
