import { expect, test } from "vitest";
import type { Field, FieldType, ObjectType } from "../catalog/types.ts";
import { Place } from "./json-keys.ts";
import { rolesOf } from "./roles.ts";
import type { ColumnSample, TableSample } from "./sample.ts";

type Column = readonly [name: string, type: FieldType, values: readonly (string | null)[]];

/** A table with a sample of it; a column without nulls is one that the database says is never missing. */
function table(name: string, columns: readonly Column[]): readonly [ObjectType, TableSample] {
  const fields = columns.map(([column, type, values]): Field => {
    return { name: column, column, type, native: type, nullable: values.includes(null) };
  });
  const object = { name, table: { name }, kind: "table", fields, key: ["id"], references: [], lists: [] } as const;
  const rows = columns[0]?.[2].length ?? 0;
  return [object, { rows, isWhole: true, columns: new Map(columns.map(([it, , values]) => [it, columnOf(values)])) }];
}

function columnOf(values: readonly (string | null)[]): ColumnSample {
  const texts = values.filter((it) => it !== null);
  const counts = new Map<string, number>();
  for (const it of texts) counts.set(it, (counts.get(it) ?? 0) + 1);
  const longest = Math.max(0, ...texts.map((it) => it.length));
  const missing = values.length - texts.length;
  return { filled: texts.length, missing, values: counts, longest, length: texts.join("").length, json: new Place() };
}

const many = (count: number, of = (n: number): string => `v${n}`): string[] =>
  Array.from({ length: count }, (_, n) => of(n));

function roles(name: string, ...columns: readonly Column[]): ReturnType<typeof rolesOf> {
  return rolesOf(...table(name, columns), new Set());
}

test.each([
  ["name", many(10), "name"],
  ["title", many(10), "title"],
  ["libelle", many(10), "libelle"],
  ["sample_code", many(10), "sample_code"],
  ["name", many(10, () => "same"), null],
  ["name", [...many(9), null], null],
  ["name", many(10, (n) => `${n}${"x".repeat(300)}`), null],
  ["colour", many(10), null],
] as const)("a text %s may be the title", (name, values, title) => {
  expect(roles("samples", [name, "text", values]).title).toBe(title);
});

test("the best of several titles is taken, and no number", () => {
  expect(roles("t", ["code", "text", many(5)], ["name", "text", many(5)]).title).toBe("name");
  expect(roles("t", ["name", "integer", many(5, String)]).title).toBeNull();
});

test.each([
  ["updated_at", "instant", "updated_at"],
  ["updatedAt", "datetime", "updatedAt"],
  ["date_maj", "date", "date_maj"],
  ["last_modified", "instant", "last_modified"],
  ["updated_at", "text", null],
  ["created_at", "instant", null],
] as const)("%s (%s) may say when a record changed", (name, type, updated) => {
  expect(roles("t", [name, type, many(3)]).updated).toBe(updated);
});

test.each([
  ["created_at", "instant", "created_at"],
  ["createdAt", "datetime", "createdAt"],
  ["date_creation", "date", "date_creation"],
  ["created_at", "text", null],
  ["created_by", "text", null],
  ["updated_at", "instant", null],
] as const)("%s (%s) may say when a record was made", (name, type, created) => {
  expect(roles("t", [name, type, many(3)]).created).toBe(created);
});

const codes = many(20, (n) => ["new", "paid", "sent"][n % 3]!);

test.each([
  ["status", "text", codes, "status"],
  ["etat", "integer", many(20, (n) => String(n % 4)), "etat"],
  ["exit_state", "text", codes, "exit_state"],
  ["state", "text", many(30), null],
  ["state", "text", many(10, (n) => `${n}@example.org`), null],
  ["status", "text", many(40, () => "x".repeat(50)), null],
  ["status", "text", [], null],
  ["status_date", "text", codes, null],
  ["colour", "text", codes, null],
] as const)("%s (%s) may be the state", (name, type, values, state) => {
  expect(roles("t", [name, type, values]).state).toBe(state);
});

test("what rights and ranges may go by is proposed", () => {
  const found = roles(
    "samples",
    ["created_at", "instant", many(3)],
    ["group_id", "integer", many(3)],
    ["project_id", "integer", many(3)],
    ["started_by", "text", many(3)],
    ["expires_on", "date", many(3)],
    ["seen_on", "date", [null, "a", "b"]],
    ["collected_on", "date", many(3)],
  );
  expect(found.namespace?.field).toBe("group_id");
  expect(found.owner?.field).toBe("started_by");
  expect(found.range?.field).toBe("collected_on");
  expect(roles("t", ["created_at", "instant", many(3)])).toMatchObject({ range: null, owner: null, namespace: null });
});

test("without a sample, names and types decide", () => {
  const [object] = table("t", [
    ["name", "text", many(3)],
    ["status", "text", codes],
    ["updated_at", "instant", many(3)],
  ]);
  expect(rolesOf(object, null, new Set())).toMatchObject({ title: "name", state: null, updated: "updated_at" });
});
