// Date patterns against luxon, and against ECMAScript's own formatting where luxon has no counterpart.
import * as fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, it } from "vitest";
import { Zone } from "../../src/cells/zone.ts";
import { fuzz } from "../setup/fuzz.ts";
import { language, patternOf, written } from "./random-patterns.ts";

/** Fields with luxon's tokens for them. Y stands with w, and m with hours: anything else is refused as a slip. */
const LUXON: ReadonlyMap<string, string> = new Map(
  `G=G, GG=G, GGG=G, GGGG=GG, GGGGG=GGGGG, y=y, yy=yy, yyyy=yyyy, yyyyyy=yyyyyy, u=y, uuuu=yyyy,
   YYYY-ww=kkkk-WW, YY w=kk W, w YYYYe=W kkkkE, ww=WW, Q=q, QQ=qq, q=q, qq=qq,
   M=M, MM=MM, MMM=MMM, MMMM=MMMM, MMMMM=MMMMM, L=L, LL=LL, LLL=LLL, LLLL=LLLL, LLLLL=LLLLL,
   d=d, dd=dd, D=o, DDD=ooo, E=EEE, EE=EEE, EEE=EEE, EEEE=EEEE, EEEEE=EEEEE,
   e=E, eee=EEE, eeee=EEEE, eeeee=EEEEE, c=c, cc=c, ccc=ccc, cccc=cccc, ccccc=ccccc,
   a=a, aaaa=a, h=h, hh=hh, H=H, HH=HH, HH:mm=HH:mm, h:m a=h:m a, s=s, ss=ss,
   S=uuu, SS=uu, SSS=SSS, xx=ZZZ, xxx=ZZ, VV=z`
    .split(/,\s+/)
    .map((pair) => pair.split("=") as [string, string]),
);

const ZONES = [
  "Europe/Paris",
  "America/St_Johns",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "Africa/Monrovia",
  "America/Argentina/ComodRivadavia",
  "UTC",
].map((name) => new Zone(name));

const instant = fc.record({
  zone: fc.constantFrom(...ZONES),
  milliseconds: fc.integer({ min: Date.parse("0001-01-03"), max: Date.parse("9999-12-29") }),
  microseconds: fc.integer({ min: 0, max: 999 }),
});

/** Local seconds, microseconds and zone of an instant. */
function local({ zone, milliseconds, microseconds }: { zone: Zone; milliseconds: number; microseconds: number }) {
  const seconds = Math.floor(milliseconds / 1000);
  const offset = zone.offsetAt(seconds);
  return [
    seconds + offset,
    (milliseconds - seconds * 1000) * 1000 + microseconds,
    { offset, name: zone.name },
  ] as const;
}

describe("date patterns", () => {
  it("write what luxon writes, for 10,000 instants", { timeout: 120_000 }, async () => {
    const pairs = patternOf([...LUXON.keys()]).filter(
      (one) => !(one.some(([, field]) => field.includes("D")) && one.some(([, field]) => /[ML]/.test(field))),
    );
    await fuzz(
      fc.tuple(pairs, language, fc.array(instant, { minLength: 10, maxLength: 10 })),
      ([fields, words, instants]) => {
        const pattern = fields.flat().join("");
        for (const one of instants) {
          const date = DateTime.fromMillis(one.milliseconds, { zone: one.zone.name, locale: words });
          // Field by field, since others of luxon's tokens have the same letter.
          const expected = fields
            .map(([text, field]) => text.replaceAll("'", "") + date.toFormat(LUXON.get(field)!))
            .join("");
          expect([pattern, written(pattern, words, ...local(one))]).toEqual([pattern, expected]);
        }
      },
      1000,
    );
  });

  it.each([
    ["k", { hour: "numeric", hourCycle: "h24" }, "hour"],
    ["K", { hour: "numeric", hourCycle: "h11" }, "hour"],
    ["O", { timeZoneName: "shortOffset" }, "timeZoneName"],
    ["OOOO", { timeZoneName: "longOffset" }, "timeZoneName"],
    ["ZZZZ", { timeZoneName: "longOffset" }, "timeZoneName"],
    ["LLLL", { month: "long" }, "month"],
    ["MMMM", { month: "long", day: "numeric" }, "month"],
    ["MMM", { month: "short", day: "numeric", year: "numeric" }, "month"],
    ["EEEE", { weekday: "long", month: "long", day: "numeric" }, "weekday"],
  ] as const)("%s writes what ECMAScript writes", async (pattern, options, type) => {
    const formats = new Map<string, Intl.DateTimeFormat>();
    await fuzz(
      fc.tuple(language, instant),
      ([words, one]) => {
        const key = `${words} ${one.zone.name}`;
        const format = formats.get(key) ?? new Intl.DateTimeFormat(words, { ...options, timeZone: one.zone.name });
        formats.set(key, format);
        const parts = format.formatToParts(one.milliseconds);
        // French writes its hours with two digits of its own accord, and with the letter h behind.
        const expected = parts.find((part) => part.type === type)!.value;
        const shown = written(pattern, words, ...local(one));
        expect(type === "hour" ? Number(shown) : shown).toBe(type === "hour" ? Number(expected) : expected);
      },
      500,
    );
  });
});
