// What a mail server may refuse, and what is then worth another attempt.
import { inspect } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { classifyMailError } from "../../src/mail/mail-error.ts";
import { openMailer } from "../../src/mail/mailer.ts";
import { pythonMails } from "../readers/mail.ts";
import { type Refusal, startMailServer } from "../setup/mail-server.ts";
import { sample } from "./samples.ts";

const FROM = "exports@example.org";
const MAIL = sample("ready", "en");

async function refused(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => expect.unreachable("It was sent."),
    (error: Error) => error,
  );
}

test.each<[string, Refusal, "retry" | "final", string]>([
  ["a mailbox that is not there", { at: "recipient", code: 550 }, "final", "EENVELOPE 550"],
  ["an address that is none", { at: "recipient", code: 501 }, "final", "EENVELOPE 501"],
  ["a mailbox that is full", { at: "recipient", code: 552 }, "retry", "EENVELOPE 552"],
  ["a server that knows nobody yet (greylisting)", { at: "recipient", code: 451 }, "retry", "EENVELOPE 451"],
  ["a sender that is not welcome", { at: "sender", code: 553 }, "retry", "EENVELOPE 553"],
  ["a message that is not welcome", { at: "data", code: 554 }, "final", "EMESSAGE 554"],
  ["a server without room", { at: "data", code: 452 }, "retry", "EMESSAGE 452"],
  ["a server that goes away at the recipient", { at: "recipient", code: null }, "retry", "ECONNECTION"],
  ["a server that goes away within the message", { at: "data", code: null }, "retry", "ECONNECTION"],
])("%s", async (_what, refusal, verdict, why) => {
  const server = await startMailServer();
  const mailer = openMailer({ url: server.url, from: FROM });
  onTestFinished(() => mailer.close());
  server.refusal = refusal;
  const error = await refused(mailer.send("zoe@example.org", MAIL));
  expect(classifyMailError(error)).toBe(verdict);
  expect(error).toMatchObject({
    code: verdict === "final" ? "mail-refused" : "mail",
    message: expect.stringContaining(why) as unknown,
    hint: expect.stringMatching(/^Check /) as unknown,
  });
  expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/s3cret|Soil samples|zoe@/);
  // What is sent next goes out.
  server.refusal = null;
  await mailer.send("zoe@example.org", MAIL);
  expect(server.mails).toHaveLength(1);
});

test("an address that cannot be written into the protocol is final, and breaks out of nothing", async () => {
  const server = await startMailServer();
  const mailer = openMailer({ url: server.url, from: FROM });
  onTestFinished(() => mailer.close());
  for (const address of ["", "nobody", "a@b.c>\r\nRCPT TO:<eve@example.org", "a b@c.d, eve@example.org"]) {
    await mailer.send(address, MAIL).catch((error: unknown) => expect(classifyMailError(error)).toBe("final"));
  }
  expect(server.mails.flatMap(({ to }) => to)).not.toContain("eve@example.org");
});

test("no server, a wrong password, and a server that comes back", async () => {
  const server = await startMailServer();
  const wrong = openMailer({ url: server.url.replace("s3cret-smtp", "s3cret-other"), from: FROM });
  const mailer = openMailer({ url: server.url, from: FROM });
  onTestFinished(() => [wrong, mailer].forEach((it) => it.close()));
  const unwelcome = await refused(wrong.send("zoe@example.org", MAIL));
  expect(classifyMailError(unwelcome)).toBe("retry");
  expect(unwelcome.message).toBe("A mail could not be sent (EAUTH 535).");
  await mailer.send("zoe@example.org", MAIL);
  await server.stop();
  const away = await refused(mailer.send("zoe@example.org", MAIL));
  expect(classifyMailError(away)).toBe("retry");
  expect(inspect([unwelcome, away], { depth: 9, showHidden: true })).not.toContain("s3cret");
});

test("whatever is thrown otherwise is worth another attempt", () => {
  expect(classifyMailError(new Error("out of memory"))).toBe("retry");
});

test.each([
  ["a.b-c_1", FROM, "<a.b-c_1@example.org>"],
  ["a b@c>\r\nX: é", "Waybill <exports@mail.example.org>", "<a=20b=40c=3e=0d=0aX=3a=20=c3a9@mail.example.org>"],
  [".a..b.", '"A, B" <x@example.org>', "<=2ea=2e.b=2e@example.org>"],
  ["a", "exports@[192.0.2.1]", "<a@waybill.invalid>"],
])("the id %j from %s is the Message-ID %s", async (id, from, header) => {
  const server = await startMailServer();
  const mailer = openMailer({ url: server.url, from });
  onTestFinished(() => mailer.close());
  await mailer.send("zoe@example.org", { ...MAIL, id });
  const [mail] = await pythonMails([server.mails[0]!.bytes]);
  expect(mail!.headers["message-id"]).toBe(header);
  expect(mail!.headers).not.toHaveProperty("x");
});
