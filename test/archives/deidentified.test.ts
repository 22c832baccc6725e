// De-identification: the same pseudonyms in every export of an org, and no byte of an original anywhere in an archive.
import { DatabaseSync } from "node:sqlite";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Catalog } from "../../src/catalog/types.ts";
import { pseudonymKey } from "../../src/cells/pseudonym.ts";
import { run } from "../../src/engine/run.ts";
import { formats } from "../../src/formats/index.ts";
import { accessOf } from "../../src/plan/access.ts";
import type { ExportRequest } from "../../src/plan/request.ts";
import { duckdb } from "../readers/duckdb.ts";
import { configured } from "../setup/configured.ts";
import { exported, SALT } from "../setup/export.ts";
import { fuzz } from "../setup/fuzz.ts";
import { pseudonym } from "../setup/pseudonyms.ts";
import { dataset, planned, templated } from "../setup/templated.ts";
import { unpacked } from "./archive.ts";

const folder = mkdtempSync(join(tmpdir(), "waybill-deidentified-"));
const url = `sqlite:${join(folder, "a.db")}`;
/** The same with other originals, in another order: nobody who may not see them can tell one from the other. */
const other = `sqlite:${join(folder, "b.db")}`;
const PEOPLE = 12;

/** Originals that nothing else contains; in the second database their order is another. */
const subject = (n: number, turned: boolean): string => `SECRET-${String(turned ? 10 + ((n * 7) % 89) : 10 + n)}`;
const born = (n: number, turned: boolean): string => `19${String(turned ? 79 - n : 60 + n)}-03-0${(n % 9) + 1}`;

function make(file: string, turned: boolean): void {
  using database = new DatabaseSync(file);
  database.exec(`
    PRAGMA foreign_keys = OFF;
    CREATE TABLE people (id TEXT PRIMARY KEY, name TEXT UNIQUE, born DATE, mother TEXT REFERENCES people (id));
    CREATE TABLE samples (id INTEGER PRIMARY KEY, person_id TEXT REFERENCES people (id), day DATE, metadata JSON, visits JSON);
    CREATE TABLE measures (id INTEGER PRIMARY KEY, sample_id INTEGER REFERENCES samples (id), person_id TEXT REFERENCES people (id), value INTEGER)`);
  const person = database.prepare("INSERT INTO people VALUES (?, ?, ?, ?)");
  for (let n = 0; n < PEOPLE; n++) {
    person.run(subject(n, turned), `name ${(n * 5) % PEOPLE}`, born(n, turned), n < 3 ? null : subject(n - 3, turned));
  }
  const sample = database.prepare("INSERT INTO samples VALUES (?, ?, ?, ?, ?)");
  const measure = database.prepare("INSERT INTO measures VALUES (?, ?, ?, ?)");
  for (let n = 0; n < 30; n++) {
    const who = n % 7 === 0 ? null : subject((n * 5) % PEOPLE, turned);
    const visits = [0, 1].slice(n % 3).map((v) => ({ by: subject((n + v) % PEOPLE, turned), day: v }));
    const day = n % 5 === 0 ? null : `2024-01-${String((n % 28) + 1).padStart(2, "0")}`;
    sample.run(n, who, day, JSON.stringify({ who, depth: n % 4 }), JSON.stringify(visits));
    measure.run(n, (n * 11) % 30, who, n % 6);
  }
}

/** What analysts get of it: nothing of the originals. */
const RULES = {
  people: {
    key: "id",
    fields: {
      id: { deidentify: { below: "owner", rule: "hash" } },
      born: { deidentify: { below: "owner", rule: "drop" } },
    },
    references: { mum: { object: "people", by: "mother" } },
    lists: { samples: { object: "samples", by: "person_id" }, children: { object: "people", by: "mother" } },
  },
  samples: {
    fields: {
      metadata: { keys: { depth: "integer", who: { type: "text", deidentify: { below: "owner", rule: "hash" } } } },
    },
    references: { person: { object: "people", by: "person_id" } },
    lists: {
      measures: { object: "measures", by: "sample_id" },
      stays: {
        json: "visits",
        fields: { day: "integer", by: { type: "text", deidentify: { below: "owner", rule: "drop" } } },
      },
    },
  },
  measures: {
    references: { sample: { object: "samples", by: "sample_id" }, person: { object: "people", by: "person_id" } },
  },
};
const OPEN = {
  people: { key: "id", references: RULES.people.references, lists: RULES.people.lists },
  samples: {
    references: RULES.samples.references,
    lists: {
      measures: RULES.samples.lists.measures,
      stays: { json: "visits", fields: { day: "integer", by: "text" } },
    },
  },
  measures: RULES.measures,
};
const anna = { email: "anna@x.org", id: null, role: "analyst", attributes: {}, namespaces: null } as const;
const catalogs = new Map<string, { rules: Catalog; open: Catalog }>();

beforeAll(async () => {
  make(join(folder, "a.db"), false);
  make(join(folder, "b.db"), true);
  for (const it of [url, other])
    catalogs.set(it, { rules: await configured(it, RULES), open: await configured(it, OPEN) });
});
afterAll(() => rmSync(folder, { recursive: true }));
const { rules, open } = {
  rules: (): Catalog => catalogs.get(url)!.rules,
  open: (): Catalog => catalogs.get(url)!.open,
};

/** Every byte of a file, and of what is packed in it. */
async function everything(name: string, content: Buffer): Promise<string> {
  if (/\.(?:zip|xlsx|ods)$/.test(name)) {
    const parts = await Promise.all(
      [...(await unpacked(content))].map(async ([part, its]) => `${part}\n${await everything(part, its)}`),
    );
    return parts.join("\n");
  }
  if (!name.endsWith(".parquet")) return content.toString("latin1");
  const found = await duckdb(content, "SELECT * FROM FILE", "SELECT * FROM parquet_metadata(FILE)");
  return content.toString("latin1") + JSON.stringify(found);
}

const HASH = { deidentify: "hash" };
/** A template over all three, in which every original is de-identified once. */
const template = (format: string, more: object = {}): object => ({
  kind: "export-template",
  name: "T",
  datasets: [
    {
      name: "People",
      object: "people",
      format,
      where: { id: { $ne: subject(0, false) } },
      columns: [
        { field: "id", ...HASH },
        { field: "name" },
        { field: "born", deidentify: "year" },
        { field: "mother" },
      ],
      lists: [
        {
          list: "samples",
          columns: [{ field: "id" }, { field: "person_id" }],
          lists: [{ list: "measures", columns: [{ field: "person_id" }, { field: "value" }] }],
        },
      ],
    },
    {
      name: "Samples",
      object: "samples",
      format,
      columns: [
        { field: "id" },
        { field: "person_id" },
        { field: "person.id" },
        { field: "metadata.who", ...HASH },
        { field: "day" },
      ],
      lists: [{ list: "stays", columns: [{ field: "by", deidentify: { rule: "truncate", length: 3 } }] }],
    },
    ...[more].filter((it) => "object" in it),
  ],
});

describe("originals", () => {
  test.each(formats.map(({ name }) => name))("are nowhere in an archive with %s", async (format) => {
    const { bytes } = await templated(url, template(format), {
      catalog: open(),
      container: "zip",
      where: { mother: { $ne: subject(1, false) } },
      object: "people",
    });
    const all = await everything("it.zip", bytes);
    expect(all).toContain(pseudonym(subject(5, false)));
    expect(all).toContain("SEC");
    expect(all).not.toMatch(/SECRET|19[67]\d-/);
  });

  test.each(formats.map(({ name }) => name))("are nowhere in what an analyst gets in %s", async (format) => {
    const request = {
      object: "samples",
      format,
      expand: ["person", "person.mum"],
      include: ["measures", "stays", "metadata.who"],
    };
    const { bytes } = await exported(url, request, "zip", { catalog: rules(), access: accessOf(anna, rules()) });
    const all = await everything("it.zip", bytes);
    expect(all).toContain(pseudonym(subject(5, false)));
    expect(all).not.toMatch(/SECRET|19[67]\d-/);
  });
});

describe("pseudonyms", () => {
  test("are the same for a subject in two tables and two exports of an org, and others in another org", async () => {
    const shown = async (object: string, org: string): Promise<Set<string>> => {
      const columns = [{ field: object === "people" ? "id" : "person_id", ...HASH }];
      const asking = { catalog: open(), key: pseudonymKey(SALT, org) };
      const { text } = await templated(url, dataset(object, columns), asking);
      return new Set(
        text
          .split("\n")
          .slice(1)
          .filter((line) => line.length === 64),
      );
    };
    const people = await shown("people", "lab");
    expect(people.size).toBe(PEOPLE);
    expect(await shown("people", "lab")).toEqual(people);
    for (const object of ["samples", "measures"]) {
      const its = [...(await shown(object, "lab"))];
      expect(its.length).toBeGreaterThan(1);
      expect(its.every((it) => people.has(it))).toBe(true);
    }
    expect([...(await shown("people", "lab2"))].some((it) => people.has(it))).toBe(false);
  });

  test("are refused without a salt before a source is opened", async () => {
    for (const deidentify of ["hash", { rule: "shift", days: 3, subject: "person_id" }]) {
      for (const nested of [false, true]) {
        const columns = [{ field: "day", deidentify }];
        const within = dataset("people", [{ field: "name" }], {
          format: "ndjson",
          lists: [{ list: "samples", columns }],
        });
        const plan = planned(nested ? within : dataset("samples", columns), open());
        const unopened = (): never => {
          throw new Error("the source was opened");
        };
        const running = run(plan, {
          sourceNamed: unopened,
          container: "none",
          signal: new AbortController().signal,
          program: "test",
        });
        await expect(running.next()).rejects.toMatchObject({ code: "no-salt", kind: "usage" });
      }
    }
    // What needs no salt needs none.
    const plain = dataset("samples", [
      { field: "day", deidentify: "year" },
      { field: "person_id", deidentify: "drop" },
    ]);
    expect((await templated(url, plain, { catalog: open(), key: null })).text).toContain("2024,\n");
  });
});

/** Pseudonyms by the order in which they come: what they are depends on the originals. */
function withoutPseudonyms(text: string): string {
  const seen = new Map<string, string>();
  return text.replaceAll(/[0-9a-f]{64}/g, (found) => {
    if (!seen.has(found)) seen.set(found, `#${seen.size}`);
    return seen.get(found)!;
  });
}

const PATHS: Readonly<Record<string, readonly string[]>> = {
  people: ["id", "name", "born", "mother", "mum.id", "mum.name", "mum.born", "mum.mother"],
  samples: [
    "id",
    "person_id",
    "person.id",
    "person.name",
    "person.mum.id",
    "day",
    "metadata",
    "metadata.who",
    "metadata.depth",
    "metadata.who.x",
    "visits",
    "visits.0.by",
  ],
  measures: [
    "id",
    "sample_id",
    "person_id",
    "person.name",
    "value",
    "sample.person_id",
    "sample.metadata.who",
    "sample.metadata",
    "sample.visits",
    "sample.person.id",
  ],
};
const LISTS: Readonly<Record<string, readonly string[]>> = {
  people: [
    "samples",
    "children",
    "samples.measures",
    "samples.stays",
    "children.samples",
    "samples.stays.by",
    "samples.stays.value",
  ],
  samples: ["measures", "stays", "stays.by", "stays.value"],
  measures: [],
};
const originals = fc.nat(PEOPLE - 1).chain((n) => fc.constantFrom(subject(n, false), born(n, false), n));
const condition = (object: string): fc.Arbitrary<unknown> =>
  fc
    .tuple(
      fc.constantFrom(...PATHS[object]!, ...LISTS[object]!),
      originals,
      fc.constantFrom("$eq", "$gt", "$lte", "$ne", "$in", "$contains", "$elemMatch", "$size", "$exists"),
    )
    .map(([path, value, operator]) => ({
      [path]: {
        [operator]:
          operator === "$in"
            ? [value]
            : operator === "$elemMatch"
              ? { person_id: value }
              : operator === "$exists"
                ? true
                : value,
      },
    }));
const anyObject = fc.constantFrom("people", "samples", "measures");
const some = (all: readonly string[], most: number): fc.Arbitrary<string[]> =>
  fc.subarray([...all], { maxLength: Math.min(most, all.length) });
/** Now and then, since most of what is asked of originals is refused as a whole. */
const seldom = <T, N>(what: fc.Arbitrary<T>, nil: N): fc.Arbitrary<T | N> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(nil) }, { weight: 1, arbitrary: what });
const ask: fc.Arbitrary<ExportRequest> = anyObject.chain((object) => {
  const groups = some(PATHS[object]!, 2).map((by) => ({
    by,
    measures: { n: { count: "*" }, m: { max: by[0] ?? "id" }, d: { distinct: by[1] ?? "id" } },
    having: { n: { $gte: 1 } },
  }));
  return fc
    .record({
      where: seldom(condition(object), undefined),
      paths: fc.option(fc.subarray([...PATHS[object]!], { minLength: 1, maxLength: 3 }), { nil: undefined }),
      include: seldom(some(LISTS[object]!, 1), []),
      order: seldom(some(PATHS[object]!, 1), []),
      aggregate: seldom(groups, undefined),
    })
    .map(({ paths, include, aggregate, order, where }) => ({
      object,
      order,
      ...(where === undefined ? {} : { where }),
      ...(aggregate === undefined
        ? { format: "ndjson", include, ...(paths === undefined ? {} : { paths }) }
        : { format: "csv", aggregate }),
    }));
});

const FIELDS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  people: { samples: ["id", "person_id", "metadata.who", "visits"], children: ["id", "name", "mother", "born"] },
  samples: { measures: ["id", "person_id", "person.name"], stays: ["by", "value", "position"] },
  measures: {},
};
/** Templates that de-identify every original somewhere, and ask for anything else. */
const asTemplate: fc.Arbitrary<object> = anyObject.chain((object) => {
  const field = fc.constantFrom(...PATHS[object]!);
  const lists = fc
    .subarray(Object.keys(FIELDS[object]!))
    .chain((names) =>
      fc.tuple(
        ...names.map((list) =>
          fc.constantFrom(...FIELDS[object]![list]!).map((it) => ({ list, columns: [{ field: it }] })),
        ),
      ),
    );
  return fc
    .record({
      columns: fc.subarray([...PATHS[object]!], { minLength: 1, maxLength: 2 }),
      order: seldom(
        field.map((it) => ({ order: [it] })),
        {},
      ),
      last: seldom(
        fc.tuple(field, field).map(([by, order]) => ({ last: { by, order } })),
        {},
      ),
      lists: seldom(
        lists.map((its) => ({ lists: its })),
        {},
      ),
    })
    .map(({ columns, ...rest }) => {
      const parts = "last" in rest.last ? { ...rest.order, ...rest.last } : { ...rest.order, ...rest.lists };
      const shown = { name: "X", object, format: "ndjson", columns: columns.map((it) => ({ field: it })), ...parts };
      return { kind: "export-template", name: "T", datasets: [...SECRETS, shown] };
    });
});
const SECRETS = [
  {
    name: "P",
    object: "people",
    format: "ndjson",
    columns: [
      { field: "id", ...HASH },
      { field: "born", deidentify: "drop" },
    ],
  },
  {
    name: "S",
    object: "samples",
    format: "ndjson",
    columns: [{ field: "metadata.who", ...HASH }],
    lists: [{ list: "stays", columns: [{ field: "by", deidentify: "drop" }] }],
  },
];

describe("whoever may not know the originals", () => {
  const told = async (what: () => Promise<string>): Promise<string> =>
    withoutPseudonyms(await what().catch((error: unknown) => `refused: ${(error as Error).message}`));
  let shown = 0;
  const same = async (of: (from: string) => Promise<string>): Promise<void> => {
    const first = await told(() => of(url));
    expect(first).not.toMatch(/(?<!refused: .*)(?:SECRET|19[67]\d-)/);
    expect(await told(() => of(other))).toBe(first);
    if (!first.startsWith("refused")) shown++;
  };

  test("gets the same from two databases that differ in nothing else, however they ask", async () => {
    await fuzz(
      ask,
      (request) =>
        same(async (from) => {
          const catalog = catalogs.get(from)!.rules;
          return (await exported(from, request, "none", { catalog, access: accessOf(anna, catalog) })).text;
        }),
      50,
    );
    expect(shown).toBeGreaterThan(10);
  }, 90_000);

  test("gets the same from them by any template that de-identifies the originals", async () => {
    shown = 0;
    await fuzz(
      asTemplate,
      (its) =>
        same(async (from) => {
          const { bytes } = await templated(from, its, { catalog: catalogs.get(from)!.open, container: "zip" });
          const files = [...(await unpacked(bytes))].filter(([name]) => name.endsWith(".ndjson"));
          return files.map(([name, content]) => `${name}\n${content.toString()}`).join("\n");
        }),
      50,
    );
    expect(shown).toBeGreaterThan(10);
  }, 90_000);
});
