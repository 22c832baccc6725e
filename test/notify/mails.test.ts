// Mails about exports, sent to a real SMTP server and read by Python's email package.
import { describe, expect, onTestFinished, test } from "vitest";
import type { Language } from "../../src/lib/language.ts";
import { type Message, openMailer } from "../../src/mail/mailer.ts";
import { pythonMails, type ReadMail } from "../readers/mail.ts";
import { startMailServer } from "../setup/mail-server.ts";
import { EVENT, type Kind, KINDS, LINKS, sample, type Typed } from "./samples.ts";

const LANGUAGES = ["en", "fr"] as const;
const NAMES = Object.keys(KINDS) as Kind[];
const TO = "zoe@example.org";

interface Arrived extends ReadMail {
  readonly text: string;
  readonly html: string;
  /** Of the envelope. */
  readonly recipients: readonly string[];
}

/** What arrives of messages, as others read it. */
async function arrived(messages: readonly Message[]): Promise<Arrived[]> {
  const server = await startMailServer();
  const mailer = openMailer({ url: server.url, from: "Waybill <exports@example.org>" });
  onTestFinished(() => mailer.close());
  for (const message of messages) await mailer.send(TO, message);
  const mails = await pythonMails(server.mails.map(({ bytes }) => bytes));
  expect(mails).toHaveLength(messages.length);
  return mails.map((mail, index) => {
    expect(mail.parts.map(({ type }) => type)).toEqual(["text/plain", "text/html"]);
    const [text, html] = mail.parts.map((part) => part.text);
    return { ...mail, text: text!, html: html!, recipients: server.mails[index]!.to };
  });
}

describe.each(LANGUAGES)("in %s", (language) => {
  test.each(NAMES)("%s arrives whole", async (kind) => {
    const message = sample(kind, language);
    const [mail] = (await arrived([message])) as [Arrived];
    const { page } = mail;
    const { subject, from, to, "message-id": id, "auto-submitted": auto, "mime-version": mime } = mail.headers;
    expect({ subject, from, to, id, auto, mime }).toEqual({
      subject: message.subject,
      from: "Waybill <exports@example.org>",
      to: TO,
      id: `<${EVENT}.${KINDS[kind]}@example.org>`,
      auto: "auto-generated",
      mime: "1.0",
    });
    expect(mail.recipients).toEqual([TO]);
    expect(mail.defects).toEqual([]);
    expect(mail.longestLine).toBeLessThanOrEqual(998);
    expect(mail.text).toBe(message.text);
    expect(mail.html.trim()).toBe(message.html);
    expect(message.subject).toContain(language === "fr" ? "Échantillons d’été, forêt" : "Soil samples, winter");

    expect(page.links[0]).toBe(LINKS.page);
    expect(mail.text.split("\n")).toContain(LINKS.page);
    expect(mail.html).toContain(`<html lang="${language}">`);
    expect(page.text).toContain("Zoë Ångström");
    // Both parts say the same, but for the addresses and the marks between names and values.
    const words = (text: string): string[] => text.match(/[\p{L}\d]+/gu)!.toSorted();
    const spoken = mail.text.split("\n").filter((line) => !line.startsWith("https://"));
    expect(words(spoken.join("\n"))).toEqual(words(page.text));
    // Wrapped where it can be.
    const long = mail.text.split("\n").filter((line) => line.length > 72 && !/^(https:|\s+at )/.test(line));
    expect(long).toEqual([]);
  });
});

test.each<[Language, string, string, RegExp, string]>([
  [
    "en",
    "Europe/Paris",
    "Sunday, March 1, 2026 at 12:05 AM (Central European Standard Time)",
    /12\.3\sMB/,
    "on March 1, 2026",
  ],
  [
    "fr",
    "Europe/Paris",
    "dimanche 1er mars 2026 à 00:05 (heure normale d’Europe centrale)",
    /12,3\sMo/,
    "le 1er mars 2026",
  ],
  [
    "en",
    "America/New_York",
    "Saturday, February 28, 2026 at 6:05 PM (Eastern Standard Time)",
    /1,048,576\srecords/,
    "on February 28, 2026",
  ],
  [
    "fr",
    "Asia/Tokyo",
    "dimanche 1er mars 2026 à 08:05 (heure normale du Japon)",
    /1\s048\s576\senregistrements, 2\sfichiers/,
    "le 1er mars 2026",
  ],
  [
    "en",
    "Nowhere/AtAll",
    "Saturday, February 28, 2026 at 11:05 PM (Coordinated Universal Time)",
    /2\sfiles/,
    "on February 28, 2026",
  ],
])("in %s and %s: dates, numbers and sizes as readers write them", async (language, timeZone, date, pattern, day) => {
  const [{ text, page }] = (await arrived([sample("ready", language, { timeZone })])) as [Arrived];
  const spaced = (shown: string): string => shown.replaceAll(/\s+/g, " ");
  expect(spaced(text)).toContain(date);
  expect(spaced(page.text)).toContain(date);
  expect(text).toMatch(pattern);
  // Nothing breaks between a number and what it counts.
  expect(text).not.toMatch(/\d (?:records|files|enregistrements|fichiers|MB|Mo)/);
  expect(sample("expiring", language, { timeZone }).subject).toContain(day);
});

const HOSTILE: readonly [string, string][] = [
  ["line breaks", "Lab\r\nBcc: eve@example.org\r\n\r\n<p>\u2028body\u2029\u0085end"],
  ["markup", `<script>alert(1)</script><img src="http://evil.example/x" onerror='x'>"&amp;`],
  ["text that turns around", "gpj.\u202Eexe\u2066x\u2069\u202A\u202B\u202C\u202D\u2067\u2068"],
  ["much text", "x".repeat(10_000)],
  ["many words", "word ".repeat(2000)],
  ["emoji", "👩‍👩‍👧‍👦".repeat(500)],
  ["marks without end", `Z${"\u0301".repeat(10_000)}`],
  ["NUL and its kin", "a\0b\u0007c\u001B[31md\u007F"],
  ["half a character", "a\uD83Db\uDC00"],
  ["encoded words", "=?utf-8?B?PHNjcmlwdD4=?= %00 =0D=0ABcc: x"],
];

describe.each(HOSTILE)("a label, names and sentences of %s", (_what, hostile) => {
  const typed: Typed = { label: hostile, org: hostile, reader: hostile, colleague: hostile, sentence: hostile };
  test("stay text", async () => {
    const messages = LANGUAGES.flatMap((language) => NAMES.map((kind) => sample(kind, language, typed)));
    for (const mail of await arrived(messages)) {
      expect(mail.defects).toEqual([]);
      expect(mail.recipients).toEqual([TO]);
      expect(Object.keys(mail.headers).toSorted()).toEqual(HEADERS);
      const { subject } = mail.headers;
      expect(subject!.length).toBeLessThanOrEqual(200);
      for (const text of [subject!, mail.text.replaceAll("\n", ""), mail.html.replaceAll("\n", "")]) {
        expect(text).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
        expect(text.isWellFormed()).toBe(true);
        expect(text).not.toMatch(/\p{M}{9}/u);
        expect(text.length).toBeLessThan(20_000);
      }
      expect(mail.page.tags.filter((tag) => !KNOWN_TAGS.has(tag))).toEqual([]);
      expect(mail.page.links.filter((link) => link !== LINKS.page && link !== LINKS.download)).toEqual([]);
    }
  });
});

const HEADERS =
  "auto-submitted content-type date from message-id mime-version subject to x-auto-response-suppress".split(" ");
const KNOWN_TAGS = new Set([
  "a",
  "body",
  "h1",
  "head",
  "html",
  "meta",
  "p",
  "pre",
  "style",
  "table",
  "td",
  "th",
  "title",
  "tr",
]);

test("a label is cut between what readers see as characters", () => {
  const family = "👩‍👩‍👧‍👦";
  const { subject } = sample("ready", "en", { label: family.repeat(50) });
  expect(subject).toMatch(new RegExp(`^Your export “(?:${family})+…” is ready$`, "u"));
  // One that is longer than all that: within it, but not within a code point.
  const marked = sample("ready", "en", { label: `${"😀\u200D".repeat(200)}😀` }).subject;
  expect(marked.isWellFormed()).toBe(true);
  expect(marked).toMatch(/^Your export “(?:😀\u200D)+😀?…” is ready$/u);
});

test("without a label that shows, the id stands for it", () => {
  for (const label of [null, "", " \n", "\u202E\0"]) {
    expect(sample("ready", "en", { label }).subject).toBe(
      "Your export “01904d5e-7c1a-7d3b-9b64-2f5a8c6e1d20” is ready",
    );
  }
  expect(sample("ready", "en", { reader: "\0" }).text).toMatch(/^Your export/);
});

test("a mail that is sent twice is known by its Message-ID; mails of one event are not taken for each other", async () => {
  const mails = await arrived((["failed", "failed", "operator"] as const).map((kind) => sample(kind, "en")));
  const ids = mails.map(({ headers }) => headers["message-id"]);
  expect(ids[0]).toBe(ids[1]);
  expect(ids[2]).not.toBe(ids[0]);
});

test("the operator gets all details", () => {
  for (const language of LANGUAGES) {
    const { text } = sample("operator", language);
    const details = ["lab", "01904d5e-7c1a-7d3b-9b64-2f5a8c6e1d20", "blaise@example.org", "internal", "host-3/41021"];
    for (const detail of details) expect(text).toContain(detail);
    expect(text).toContain(
      "    at renderRow (file:///opt/waybill/src/engine/render.ts:120:17)\n    at async runExport",
    );
    expect(text).toContain("\ncaused by Error ECONNRESET\n");
    // Whoever asked for it is spared them.
    expect(sample("failed", language).text).not.toMatch(/renderRow|host-3|internal/);
  }
});
