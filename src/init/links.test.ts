import { expect, test } from "vitest";
import type { Field, FieldType, ObjectType, Reference } from "../catalog/types.ts";
import { Place } from "./json-keys.ts";
import { filesOf, referencesOf, type Sampled } from "./links.ts";

type Columns = Readonly<Record<string, readonly string[]>>;

function table(name: string, columns: Columns, more: { isWhole?: boolean; type?: FieldType } = {}): Sampled {
  const { isWhole = true, type = "integer" } = more;
  const fields = Object.keys(columns).map((it): Field => {
    return { name: it, column: it, type, native: type, nullable: true };
  });
  const object: ObjectType = { name, table: { name }, kind: "table", fields, key: ["id"], references: [], lists: [] };
  const samples = Object.entries(columns).map(([it, values]) => {
    const counts = new Map(values.map((value) => [value, 1]));
    return [
      it,
      { filled: values.length, missing: 0, values: counts, longest: 1, length: 1, json: new Place() },
    ] as const;
  });
  return { object, sample: { rows: 3, isWhole, columns: new Map(samples) } };
}

const projects = table("projects", { id: ["1", "2", "3"] });

test.each([
  ["project_id", ["1", "2"], true],
  ["projectId", ["3"], true],
  ["project_id", ["1", "9"], false],
  ["project_id", [], false],
])("%s with %j points at projects, for sure: %s", (by, values, isSure) => {
  expect(referencesOf(table("samples", { id: [], [by]: values }), [projects])).toEqual([
    { name: "project", object: "projects", by, isSure },
  ]);
});

test("what does not fit points at nothing", () => {
  const none = (columns: Columns, others: readonly Sampled[], more = {}): void => {
    expect(referencesOf(table("samples", columns, more), others)).toEqual([]);
  };
  none({ project_id: ["7", "8"] }, [projects]);
  none({ project_id: ["1"] }, [projects], { type: "text" });
  none({ project_id: ["1"], project: [] }, [projects]);
  none({ colour_id: ["1"] }, [projects]);
  none({ project: ["1"] }, [projects]);
  none({ sample_id: ["1"] }, [table("samples", { id: ["1"] })]);
});

test("of a sample that is not whole nothing is sure", () => {
  const part = table("projects", { id: ["1"] }, { isWhole: false });
  expect(referencesOf(table("samples", { project_id: ["1"] }), [part])[0]?.isSure).toBe(false);
});

test("attachments are known by what is said of their bytes", () => {
  const to: Reference = { name: "s", object: "samples", by: [{ from: "sample_id", to: "id" }], enforced: true };
  const files = (columns: readonly (readonly [string, FieldType])[], references = [to]): ReturnType<typeof filesOf> => {
    const fields = columns.map(([name, type]): Field => ({ name, column: name, type, native: type, nullable: true }));
    const all = [
      ...fields,
      { name: "sample_id", column: "sample_id", type: "integer", native: "int", nullable: true },
    ] as const;
    return filesOf({ name: "a", table: { name: "a" }, kind: "table", fields: all, key: [], references, lists: [] });
  };
  expect(
    files([
      ["stored_path", "text"],
      ["filename", "text"],
      ["mime_type", "text"],
    ]),
  ).toEqual({
    parent: "samples",
    by: "sample_id",
    where: "store: store, path: stored_path, name: filename",
  });
  expect(
    files([
      ["content", "binary"],
      ["name", "text"],
      ["content_type", "text"],
    ])?.where,
  ).toBe("column: content, name: name");
  expect(
    files([
      ["name", "text"],
      ["content_type", "text"],
      ["byte_size", "integer"],
    ])?.where,
  ).toContain("path: …");
  expect(
    files([
      ["path", "text"],
      ["name", "text"],
    ]),
  ).toBeNull();
  expect(
    files(
      [
        ["path", "text"],
        ["mime", "text"],
      ],
      [],
    ),
  ).toBeNull();
});
