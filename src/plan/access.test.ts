// Which records a principal sees by their namespaces.
import { expect, test } from "vitest";
import type { Catalog, ObjectType } from "../catalog/types.ts";
import { accessOf } from "./access.ts";

const samples: ObjectType = {
  name: "samples",
  table: { name: "samples" },
  kind: "table",
  fields: [{ name: "project", column: "project", type: "integer", native: "integer", nullable: false }],
  key: ["project"],
  references: [],
  lists: [],
  roles: { namespace: "project" },
};
const catalog: Catalog = { objects: new Map([["samples", samples]]) };

function policyWith(namespaces: readonly string[] | null) {
  const principal = { email: null, id: null, role: "guest", attributes: {}, namespaces } as const;
  return accessOf(principal, catalog).policy(samples);
}

const among = (...texts: string[]) =>
  expect.objectContaining({ op: "in", values: texts.map((text) => ({ type: "integer", text })) });

test("a key that the field cannot have keeps nobody from the records of others", () => {
  expect(policyWith(["1", "2"])).toEqual(among("1", "2"));
  expect(policyWith(["1", "soil", "2", "1e400", ""])).toEqual(among("1", "2"));
  expect(policyWith(["soil"])).toEqual({ op: "constant", value: false });
  expect(policyWith([])).toEqual({ op: "constant", value: false });
  expect(policyWith(null)).toBeNull();
});

test("however many namespaces there are", () => {
  const keys = Array.from({ length: 250 }, (_, n) => (n === 99 ? "x".repeat(100_000) : String(n)));
  const policy = policyWith(keys);
  expect(policy).toMatchObject({ op: "or", of: [{ op: "in" }, { op: "in" }, { op: "in" }] });
  const values = (policy as unknown as { of: { values: unknown[] }[] }).of.map((it) => it.values.length);
  expect(values).toEqual([99, 100, 50]);
});
