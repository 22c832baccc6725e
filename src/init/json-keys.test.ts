import { expect, test } from "vitest";
import { keysIn, MOST_KEYS, Place } from "./json-keys.ts";
import { parseExactly } from "./json-types.ts";

function keysOf(...documents: readonly string[]): ReturnType<typeof keysIn> {
  const place = new Place();
  for (const text of documents) place.add(parseExactly(text));
  return keysIn(place);
}

function typesOf(...documents: readonly string[]): Record<string, string> {
  return Object.fromEntries(keysOf(...documents).keys.map(({ path, type }) => [path, type]));
}

test.each([
  ["1", "integer"],
  ["9007199254740993", "integer"],
  ["1.0", "decimal"],
  ["-0.00012", "decimal"],
  ["0.30000000000000004", "float"],
  ["1e5", "float"],
  ["true", "boolean"],
  ['"x"', "text"],
  ['""', "text"],
  ['"2024-05-01"', "date"],
  ['"2024-13-01"', "text"],
  ['"2024-05-01T12:00:00"', "datetime"],
  ['"2024-05-01T12:00:00.5Z"', "instant"],
  ['"2024-05-01 12:00:00+02:00"', "instant"],
  ['"12:30:00"', "time"],
  ['"0190a1b2-0000-7000-8000-000000000000"', "uuid"],
  ["[1, 2]", "json"],
])("%s is %s", (value, type) => {
  expect(typesOf(`{"it": ${value}}`, '{"it": null}', "{}")).toEqual({ it: type });
});

test.each([
  [["1", "2.5"], "decimal"],
  [["1", "1e3"], "float"],
  [["1", '"x"'], "text"],
  [['"2024-05-01"', '"2024-05-01T12:00:00"'], "text"],
  [["1", "true"], "text"],
  [["1", '{"a": 1}'], "json"],
  [["1", "[1]"], "json"],
  [["1", '[{"a": 1}]'], "json"],
])("%j together are %s", (values, type) => {
  expect(typesOf(...values.map((it) => `{"it": ${it}}`))).toEqual({ it: type });
});

test("objects become dotted keys, two levels deep", () => {
  expect(typesOf('{"a": {"b": {"c": {"d": 1}}, "e": 1}}')).toEqual({ "a.b.c": "json", "a.e": "integer" });
});

test("arrays of documents become lists, wherever they are", () => {
  expect(keysOf('[{"a": 1, "b": {"c": true}}]').lists).toEqual([
    {
      path: "",
      keys: [
        { path: "a", type: "integer" },
        { path: "b.c", type: "boolean" },
      ],
      rare: [],
    },
  ]);
  const found = keysOf('{"x": {"visits": [{"seen": "2024-05-01"}]}}', '{"x": {"visits": []}}');
  expect(found.keys).toEqual([]);
  expect(found.lists).toEqual([{ path: "x.visits", keys: [{ path: "seen", type: "date" }], rare: [] }]);
});

test("keys that are missing throughout, rare, or more than enough are only named", () => {
  expect(keysOf('{"a": null, "b": 1}')).toMatchObject({ keys: [{ path: "b" }], rare: ["a"] });
  const many = Array.from({ length: 200 }, (_, n) => (n === 7 ? '{"a": 1, "rare": 2}' : '{"a": 1}'));
  expect(keysOf(...many)).toMatchObject({ keys: [{ path: "a" }], rare: ["rare"] });
  const wide = JSON.stringify(Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`k${n}`, n])));
  const found = keysOf(wide, wide);
  expect(found.keys).toHaveLength(MOST_KEYS);
  expect(found.rare).toHaveLength(20);
});

test("keys that are data are not written at all", () => {
  expect(keysOf('{"ann@example.org": 1, "bob@example.org": 2}')).toMatchObject({
    keys: [],
    rare: [],
    isDictionary: true,
  });
  expect(keysOf('{"2024": 1, "2025": 2}')).toMatchObject({ keys: [], isDictionary: true });
  const people = Array.from({ length: 30 }, (_, n) => `{"person${"abcdefghij"[n % 10]}${n}": 1}`);
  expect(keysOf(...people)).toMatchObject({ keys: [], rare: [], isDictionary: true });
  const translations = ["ara", "ces", "deu", "est", "fin", "fra", "hrv", "hun"].map((it) => `"${it}": {"name": "x"}`);
  expect(keysOf(`{${translations.join(", ")}}`)).toMatchObject({ keys: [], isDictionary: true });
  expect(typesOf('{"by": {"ann@example.org": 1}, "n": 1}')).toEqual({ by: "json", n: "integer" });
  expect(typesOf('{"a.b": 1, "": 2, "<<": 3, "__proto__": 4, "fine": 5}')).toEqual({ fine: "integer" });
});
