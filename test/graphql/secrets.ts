// De-identified and hidden fields in GraphQL: two databases that differ in nothing else give the same answers to whoever may
// not know these, whatever they ask.
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { schemaFor } from "../../src/http/graphql/schema.ts";
import type { OpenOrg } from "../../src/orgs/open-org.ts";
import { type OrgCall, sightOf } from "../../src/service/org-call.ts";
import type { TestEngine, TestTable } from "../conformance/engine.ts";
import { fuzz } from "../setup/fuzz.ts";
import { callBy, openLab } from "../setup/org-call.ts";
import { askedBy, askedByBoth, withoutName } from "./in-process.ts";
import { type Asking, PLACES, questions } from "./questions.ts";

const PATIENTS = 10;
const range = (count: number): number[] => Array.from({ length: count }, (_, n) => n + 1);
const pad = (n: number): string => String(n).padStart(2, "0");

/** The same but for what guests may not know. */
function tablesOf(which: 0 | 1): TestTable[] {
  const other = which === 1;
  // Other keys, and in another order.
  const no = (n: number): string => String(other ? 50 + ((n * 7) % 11) : n);
  const column = (name: string, type: TestTable["columns"][number]["type"] = "text") => ({ name, type });
  return [
    {
      name: "towns",
      columns: [column("code"), column("name")],
      key: ["code"],
      rows: ["A1", "A2", "B1", "B2"].map((code, n) => [code, ["Altamira", "Avila", "Burgos", "Bilbao"][n]!]),
    },
    {
      name: "patients",
      columns: [column("no", "integer"), column("name"), column("nick"), column("born", "date"), column("house")],
      key: ["no"],
      rows: range(PATIENTS).map((n) => [
        no(n),
        other ? `Quentin ${(n * 3) % 10}` : `Zoe ${n}`,
        other ? "tall" : "small",
        `19${70 + (n % 4)}-${pad(other ? 13 - n : n)}-1${n % 9}`,
        `House ${n}`,
      ]),
    },
    {
      name: "samples",
      columns: [
        column("id", "integer"),
        column("patient_no", "integer"),
        column("town_code"),
        column("note"),
        column("metadata", "json"),
        column("made", "date"),
        column("changed", "instant"),
        column("status"),
      ],
      key: ["id"],
      rows: range(30).map((n) => [
        String(n),
        n % 7 === 0 ? null : no(1 + ((n * 3) % PATIENTS)),
        `${n % 3 === 0 ? "A" : "B"}${1 + ((n + (other && n % 2 === 0 ? 1 : 0)) % 2)}`,
        ["first", "second", null, "of North"][n % 4]!,
        JSON.stringify({ depth: n % 5, risk: other ? (n * 7) % 5 : n % 3 }),
        `2024-01-${pad(1 + (n % 9))}`,
        `2024-02-${pad(1 + ((other ? n * 5 : n) % 20))}T00:00:00Z`,
        ["new", "paid", "sent"][other ? (n * n) % 3 : n % 3]!,
      ]),
    },
    {
      name: "measures",
      columns: [column("id", "integer"), column("sample_id", "integer"), column("value", "integer")],
      key: ["id"],
      rows: range(60).map((n) => [String(n), String(1 + ((n * 11) % 30)), String((n * 5) % 13)]),
    },
  ];
}

const below = (rule: string): object => ({ deidentify: { below: "owner", rule } });
const OBJECTS = {
  towns: { key: "code", lists: { samples: { object: "samples", by: "town_code" } } },
  patients: {
    key: "no",
    fields: { no: below("hash"), name: below("drop"), nick: { hidden: true }, born: below("year") },
    lists: { samples: { object: "samples", by: "patient_no" } },
  },
  samples: {
    key: "id",
    created: "made",
    updated: "changed",
    state: "status",
    fields: {
      town_code: { deidentify: { below: "owner", rule: "truncate", length: 1 } },
      changed: below("drop"),
      status: below("hash"),
      metadata: { keys: { depth: "integer", risk: { type: "integer", ...below("drop") } } },
    },
    references: {
      patient: { object: "patients", by: "patient_no" },
      town: { object: "towns", by: "town_code" },
    },
    lists: { measures: { object: "measures", by: "sample_id" } },
  },
  measures: { key: "id", references: { sample: { object: "samples", by: "sample_id" } } },
};

/** Conditions that a guest may ask with. */
const OPEN: Readonly<Record<string, readonly object[]>> = {
  towns: [{ name: "Avila" }, { code: { $gt: "A" } }],
  patients: [
    { house: { $in: ["House 1", "House 4", "House 7", "House 8"] } },
    { samples: { $elemMatch: { note: "first" } } },
    { samples: { $size: 3 } },
  ],
  samples: [
    { "patient.house": { $in: ["House 1", "House 4", "House 7", "House 8"] } },
    { patient: { $exists: false } },
    { "metadata.depth": { $gte: 2 } },
    { made: { $gte: "2024-01-05" } },
  ],
  measures: [{ value: { $gt: 6 } }, { "sample.note": "first" }, { "sample.patient.house": "House 4" }],
};

/** Conditions that would tell something. */
const CLOSED: Readonly<Record<string, readonly object[]>> = {
  towns: [{ samples: { $size: 7 } }, { "lists.samples": { $elemMatch: { note: "first" } } }],
  patients: [
    { no: 3 },
    { no: { $gt: 20 } },
    { name: { $regex: "^Zo" } },
    { born: { $gte: "1972-06-01" } },
    { nick: "small" },
    { samples: { $elemMatch: { status: "new" } } },
    { samples: { $elemMatch: { "town.name": "Avila" } } },
  ],
  samples: [
    { patient: 3 },
    { patient_no: { $lt: 20 } },
    { patient_no: { $exists: true } },
    { "patient.name": { $contains: "Zoe" } },
    { "patient.nick": "small" },
    { town: "A1" },
    { town_code: { $regex: "1$" } },
    { "town.name": "Avila" },
    { "metadata.risk": 1 },
    { metadata: { $exists: true } },
    { changed: { $gte: "2024-02-10T00:00:00Z" } },
    { status: "new" },
  ],
  measures: [{ "sample.status": "new" }, { "sample.patient.name": "Zoe 3" }, { "sample.town.name": "Avila" }],
};

function conditions(object: string): fc.Arbitrary<unknown> {
  const one = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...OPEN[object]!) },
    { weight: 1, arbitrary: fc.constantFrom(...CLOSED[object]!) },
  );
  return fc.oneof(
    one,
    one.map(($not) => ({ $not })),
    fc.array(one, { minLength: 1, maxLength: 2 }).map(($or) => ({ $or })),
  );
}

/** Mostly what may be asked for. */
function mostly(open: readonly string[], closed: readonly string[]): string[] {
  return [...Array.from({ length: Math.ceil((8 * closed.length) / open.length) }, () => open).flat(), ...closed];
}

const instant = fc.constantFrom("2024-01-04T00:00:00Z", "2024-02-10T00:00:00Z");

/** What is shown under a rule that leaves the same is asked for, too. */
const ASKING: Asking = {
  roots: ["samples", "patients", "measures", "towns"],
  keys: ["1", "2", "3", "A1", "55", "x"],
  words: ["zoe", "quentin 3", "3", "55", "A1", "House", "north", "new", "small", "1972"],
  wrong: [{ where: '{"nothing":1}' }, { where: '{"born":"x"}' }, { order: ["-ptient"] }, { after: "x" }],
  objects: {
    towns: { fields: ["_key", "code", "name"], references: {}, lists: {}, paths: ["code"], where: conditions("towns") },
    patients: {
      fields: ["_key", "born", "house"],
      references: {},
      lists: { samples: "samples" },
      paths: mostly(["house"], ["no", "name", "born", "nick"]),
      where: conditions("patients"),
    },
    samples: {
      fields: ["_key", "id", "note", "town_code", "made", "metadata_depth"],
      references: { patient: "patients" },
      lists: { measures: "measures" },
      paths: mostly(
        ["id", "note", "made", "patient.house", "metadata.depth"],
        ["patient_no", "town_code", "status", "metadata.risk", "town.name", "patient.born"],
      ),
      where: conditions("samples"),
      filters: { createdSince: instant },
    },
    measures: {
      fields: ["_key", "id", "value"],
      references: { sample: "samples" },
      lists: {},
      paths: mostly(["id", "value", "sample.note", "sample.patient.house"], ["sample.changed", "sample.patient.born"]),
      where: conditions("measures"),
    },
  },
};

const RUNS = 150;

/** Declares the tests of an engine. */
export function secretsAreKeptInGraphql(engine: TestEngine): void {
  describe(`${engine.name}: de-identified fields in GraphQL`, () => {
    let orgs: readonly [OpenOrg, OpenOrg];
    const drops: (() => Promise<void>)[] = [];
    beforeAll(async () => {
      const opened = async (which: 0 | 1): Promise<OpenOrg> => {
        const { url, drop } = await engine.make(tablesOf(which));
        drops.push(drop);
        return openLab(url, OBJECTS);
      };
      orgs = [await opened(0), await opened(1)];
    });
    afterAll(async () => {
      for (const org of orgs) await org.close();
      for (const drop of drops) await drop();
    });

    const guests = (): [OrgCall, OrgCall] => [callBy(orgs[0], { "1": "guest" }), callBy(orgs[1], { "1": "guest" })];
    const asGuest = (query: string): ReturnType<typeof askedBy> => askedBy(guests()[0], { query });

    test("neither conditions, orders, words, cursors, counts nor errors tell what they hold", async () => {
      const calls = guests();
      const met = { records: 0, further: 0, errors: 0 };
      await fuzz(
        fc.tuple(questions(ASKING), PLACES),
        async ([query, at]) => {
          const { first, further } = await askedByBoth(calls, query, at);
          expect([first[0]!.status, first[0]!.body]).toEqual([first[1]!.status, first[1]!.body]);
          expect(further[0]?.body).toEqual(further[1]?.body);
          if (first[0]!.cursors.length > 0) met.records++;
          if (further.length > 0) met.further++;
          if (Object.hasOwn(first[0]!.body as object, "errors")) met.errors++;
        },
        RUNS,
      );
      // Questions that find nothing, or are all refused, would prove nothing.
      expect(met.records).toBeGreaterThan(RUNS / 5);
      expect(met.further).toBeGreaterThan(RUNS / 10);
      expect(met.errors).toBeGreaterThan(RUNS / 10);
    }, 120_000);

    test("whoever may know them is told", async () => {
      const calls = [callBy(orgs[0], { "1": "owner" }), callBy(orgs[1], { "1": "owner" })];
      for (const where of CLOSED["patients"]!.filter((it) => !("nick" in it))) {
        const query = `{patients(first:100,where:${JSON.stringify(JSON.stringify(where))}){totalCount nodes{_key name}}}`;
        const [a, b] = await Promise.all(calls.map((call) => askedBy(call, { query })));
        expect(a!.body).not.toHaveProperty("errors");
        expect(a!.body).not.toEqual(b!.body);
      }
    });

    test("are not in a guest's schema, nor are links by them and what asks by them", async () => {
      const texts = await Promise.all(guests().map(async (call) => (await schemaFor(await sightOf(call))).text()));
      expect(texts[0]).toBe(texts[1]);
      const text = texts[0]!;
      const whole = await (await schemaFor(await sightOf(callBy(orgs[0], "admin")))).text();
      const kept = ["`changed` is", "changed: ", "`status` is", "metadata_risk", "town: Towns", "patientsByKey"];
      for (const its of kept) {
        expect(whole, its).toContain(its);
        expect(text, its).not.toContain(its);
      }
      expect(whole).not.toContain("nick");
      expect(text).not.toContain("nick");
      expect(text).toContain("createdSince");
      const typeIn = (its: string, name: string): string => its.slice(its.indexOf(`type ${name} `)).split("\n}")[0]!;
      expect(typeIn(whole, "Patients")).toMatch(/^ {2}name: /m);
      expect(typeIn(text, "Patients")).not.toMatch(/^ {2}name: /m);
      expect(typeIn(whole, "Towns")).toMatch(/^ {2}samples\(/m);
      expect(typeIn(text, "Towns")).not.toMatch(/^ {2}samples\(/m);
    });

    test("asking for one that is not in it is asking for one that never was", async () => {
      const asked = [
        (name: string) => `{patients{nodes{${name}}}}`,
        (name: string) => `{samples{nodes{patient{${name}}}}}`,
        (name: string) => `{samples(${name}:"2024-01-01T00:00:00Z"){nodes{id}}}`,
        (name: string) => `{samples{nodes{${name}{name}}}}`,
        (name: string) => `{${name}(key:"3"){house}}`,
      ];
      for (const [n, kept] of ["nick", "name", "updatedSince", "town", "patientsByKey"].entries()) {
        const absent = `${kept.slice(0, -1)}q`;
        const [a, b] = await Promise.all(
          [kept, absent].map(async (name) => {
            const answer = await asGuest(asked[n]!(name));
            expect(answer.status).toBe(400);
            return withoutName(answer, name);
          }),
        );
        expect(a).not.toContain(kept);
        expect(a).toBe(b);
      }
      const hidden = JSON.stringify(await asGuest(`{patients(where:"{\\"nick\\":\\"small\\"}"){nodes{house}}}`));
      const none = JSON.stringify(await asGuest(`{patients(where:"{\\"nikk\\":\\"small\\"}"){nodes{house}}}`));
      expect(hidden.replaceAll("nick", "?")).toBe(none.replaceAll("nikk", "?"));
    });
  });
}
