import { expect, test } from "vitest";
import type { ObjectType, Reference } from "../catalog/types.ts";
import { joinedBy, systemTable } from "./system-tables.ts";

function table(name: string, columns: readonly string[], references: readonly Reference[] = []): ObjectType {
  const fields = columns.map((it) => ({ name: it, column: it, type: "text", native: "text", nullable: true }) as const);
  return { name, table: { name }, kind: "table", fields, key: ["id"], references, lists: [] };
}

test.each([
  ["schema_migrations", ["version"], true],
  ["django_migrations", ["id"], true],
  ["ar_internal_metadata", ["key"], true],
  ["flyway_schema_history", ["version"], true],
  ["knex_migrations_lock", ["index"], true],
  ["_prisma_migrations", ["id"], true],
  ["spatial_ref_sys", ["srid"], true],
  ["pgboss.job", ["id"], true],
  ["app.schema_migrations", ["version"], true],
  ["jobs", ["id", "payload", "attempts"], true],
  ["jobs", ["id", "queue", "cores"], false],
  ["sessions", ["session_id", "data"], true],
  ["sessions", ["id", "room", "speaker"], false],
  ["samples", ["id"], false],
  ["animal_migrations", ["id"], false],
])("%s with %j is a framework's own: %s", (name, columns, is) => {
  expect(systemTable(table(name, columns)) !== null).toBe(is);
});

test("a table that joins two others and says no more is a join", () => {
  const to = (object: string): Reference => {
    return { name: object, object, by: [{ from: `${object}_id`, to: "id" }], enforced: true };
  };
  const two = [to("sample"), to("tag")];
  expect(joinedBy(table("sample_tags", ["id", "sample_id", "tag_id", "created_at"], two))).toEqual(["sample", "tag"]);
  expect(joinedBy(table("sample_tags", ["sample_id", "tag_id", "weight"], two))).toBeNull();
  expect(joinedBy(table("sample_tags", ["sample_id"], [to("sample")]))).toBeNull();
});
