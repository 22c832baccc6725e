// Templates that were damaged in all kinds of ways, and what they are about.
import * as fc from "fast-check";

/** The tables that the template is about, for SQLite. */
export const TABLES = `
    CREATE TABLE people (id TEXT PRIMARY KEY, name TEXT);
    CREATE TABLE samples (id INTEGER PRIMARY KEY, person_id TEXT REFERENCES people (id), day DATE, metadata JSON);
    INSERT INTO people VALUES ('__proto__', 'constructor');
    INSERT INTO samples VALUES (1, '__proto__', '2024-05-01', '{"__proto__":"x","constructor":7}')`;

/** What a configuration says of them. */
export const OBJECTS = {
  people: { key: "id" },
  samples: { references: { person: { object: "people", by: "person_id" } } },
};

export const whole = {
  kind: "export-template",
  name: "Weekly",
  description: "d",
  version: 2,
  compressed: true,
  fileName: "{name}-{date}",
  translations: { yes: { 1: "one" } },
  datasets: [
    {
      name: "S",
      object: "samples",
      format: "csv",
      fileName: "{object}.csv",
      options: { delimiter: ";" },
      where: { id: { $gte: 0 }, "person.name": "x" },
      order: ["day", "-id"],
      columns: [
        { field: "id", name: "nr", translate: "yes", default: 7, mandatory: true },
        { field: "day", date: "dd/MM/yyyy", type: "date", id: "samples.day" },
        { field: "metadata.x", deidentify: { rule: "truncate", length: 3 } },
        { field: "metadata.who", deidentify: "hash", translate: { a: "b" } },
        { value: "v", name: "fixed" },
      ],
    },
    {
      name: "P",
      object: "people",
      format: "ndjson",
      columns: [{ field: "name" }],
      lists: [
        {
          list: "samples",
          columns: [{ field: "metadata.when", deidentify: { rule: "shift", days: 9, subject: "id" } }],
        },
      ],
    },
    { name: "L", object: "samples", format: "xlsx", columns: [{ field: "id" }], last: { by: "day", order: ["-id"] } },
    { name: "N", format: "text", columns: [{ value: "note" }] },
  ],
};

/** Every place of a value, as a list of keys. */
function placesOf(value: unknown, at: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== "object" || value === null) return [at];
  const keys = Array.isArray(value) ? value.map((_, n) => n) : Object.keys(value);
  return [at, ...keys.flatMap((key) => placesOf((value as Record<string | number, unknown>)[key], [...at, key]))];
}
const PLACES = placesOf(whole);
const KEYS = [
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "field",
  "value",
  "name",
  "columns",
  "rule",
  "",
  "a.b",
  "lists",
  "kind",
];
const leaf: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1e9,
    1.5,
    "",
    "{",
    "{date}",
    "x{nope}",
    "yes",
    "id",
    "day",
    "person.name",
    "person",
    "samples",
    "lists.samples",
    "-id",
    "hash",
    "text",
    "csv",
    "year",
    "dd HH",
    "'",
    "metadata",
    "metadata.x.y",
    "..",
    ".",
  ),
  fc.constantFrom(...KEYS),
  fc.string({ maxLength: 12, unit: "binary" }),
  fc.constant("x".repeat(1001)),
);
const junk: fc.Arbitrary<unknown> = fc.oneof(
  leaf,
  fc.array(leaf, { maxLength: 3 }),
  fc
    .array(fc.tuple(fc.constantFrom(...KEYS), leaf), { maxLength: 3 })
    .map(
      (entries) =>
        JSON.parse(
          `{${entries.map(([key, it]) => `${JSON.stringify(key)}:${JSON.stringify(it)}`).join(",")}}`,
        ) as unknown,
    ),
);
type Change = {
  readonly place: readonly (string | number)[];
  readonly how: "set" | "remove" | "rename" | "twice";
  readonly to: unknown;
  readonly key: string;
};
const change: fc.Arbitrary<Change> = fc.record({
  place: fc.constantFrom(...PLACES),
  how: fc.constantFrom("set", "set", "set", "remove", "rename", "twice"),
  to: junk,
  key: fc.constantFrom(...KEYS),
});

/** Own members even for `__proto__`, as JSON has them. */
function put(object: object, key: string | number, value: unknown): void {
  Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

function changedAt(template: unknown, { place, how, to, key }: Change): unknown {
  if (place.length === 0) return how === "set" ? to : template;
  const last = place.at(-1)!;
  const inside = place
    .slice(0, -1)
    .reduce<unknown>(
      (at, step) =>
        typeof at === "object" && at !== null ? (at as Record<string | number, unknown>)[step] : undefined,
      template,
    );
  if (typeof inside !== "object" || inside === null || !Object.hasOwn(inside, last)) return template;
  if (Array.isArray(inside)) {
    if (how === "remove") inside.splice(Number(last), 1);
    else if (how === "twice") inside.push(inside[Number(last)]);
    else inside[Number(last)] = to;
    return template;
  }
  const former = (inside as Record<string, unknown>)[last];
  if (how === "set") put(inside, last, to);
  else if (how === "twice") put(inside, key, former);
  else {
    delete (inside as Record<string, unknown>)[last];
    if (how === "rename") put(inside, key, former);
  }
  return template;
}

/** Whether a JSON pointer (RFC 6901) leads to something in a template, or its last step to something that could be there. */
export function isIn(template: unknown, pointer: string): boolean {
  const steps = pointer
    .split("/")
    .slice(1)
    .map((it) => it.replaceAll("~1", "/").replaceAll("~0", "~"));
  let at = template;
  for (const [n, step] of steps.entries()) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, step)) return n === steps.length - 1;
    at = (at as Record<string, unknown>)[step];
  }
  return true;
}

/** The template, changed in one to three places; as JSON has it, so that it is undefined where nothing is left. */
export const damaged: fc.Arbitrary<unknown> = fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => {
  const text = JSON.stringify(changes.reduce<unknown>(changedAt, JSON.parse(JSON.stringify(whole))));
  return text === undefined ? undefined : (JSON.parse(text) as unknown);
});
