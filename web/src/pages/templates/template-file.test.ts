import { expect, test } from "vitest";
import { columnsOf, moved, withField } from "./columns.ts";
import { newColumn } from "./model.ts";
import { readBundle, readColumn, readDataset } from "./read-template.ts";
import { writeBundle, writeColumn, writeDataset } from "./write-template.ts";

const DATASET = {
  kind: "dataset-template",
  name: "Fresh soil",
  description: "For the atlas",
  object: "samples",
  format: "csv",
  fileName: "samples-{date}.csv",
  options: { delimiter: ";", bom: true },
  where: { type: "soil" },
  order: ["collected_on", "-id"],
  last: { by: ["sample_id"], order: ["created_at"] },
  columns: [
    { field: "id", name: "Sample", id: "samples.id", type: "integer" },
    { field: "depth", name: "Depth (m)", default: 0, mandatory: true },
    { field: "flag", default: false },
    { field: "on", date: { php: "d/m/Y" } },
    { field: "status", translate: { "1": "fresh" } },
    { field: "state", translate: "states", deidentify: { rule: "shift", days: 180, subject: "patient_no" } },
    { field: "later", deidentify: { rule: "a rule of a later version" }, unheard: [1] },
    { value: "LAB-7", name: "Laboratory" },
  ],
  lists: [{ list: "measures", columns: [{ field: "value" }], lists: [{ list: "notes", columns: [] }] }],
  translations: { states: { "1": "open" } },
  unheard: { of: true },
};

test("a dataset template that is read and written says the same, and keeps what the editor does not know", () => {
  expect(writeDataset(readDataset(DATASET))).toEqual(DATASET);
});

test("an export template too, with datasets by name and of its own", () => {
  const bundle = {
    kind: "export-template",
    name: "Weekly",
    version: "2",
    compressed: false,
    datasets: [
      { template: "0190", name: "Samples" },
      { name: "Note", format: "text", columns: [{ value: "x" }] },
    ],
    translations: { states: { "1": "open" } },
  };
  expect(writeBundle(readBundle(bundle))).toEqual(bundle);
});

test("another field in a column has neither the id nor the type of the one before", () => {
  const column = readColumn({ field: "a", name: "A", id: "samples.a", type: "text", mandatory: true });
  expect(writeColumn(withField(column, "b"))).toEqual({ field: "b", name: "A", mandatory: true });
});

test("columns that are added have names that nothing else has", () => {
  const choice = (path: string) => ({ path, label: "Status", header: "Status", type: "text", group: "" });
  const choices = [choice("status"), choice("status.label")];
  const added = columnsOf(["status", "status.label", "metadata.depth"], choices, [newColumn("id")]);
  expect(added.map((it) => it.name)).toEqual(["Status", "", ""]);
});

test.each([
  ["a", 2, "bca"],
  ["c", 0, "cab"],
  ["b", 9, "acb"],
  ["b", -3, "bac"],
  ["b", 1, "abc"],
  ["x", 1, "abc"],
])("%s moved to %i", (key, to, order) => {
  const items = [{ key: "a" }, { key: "b" }, { key: "c" }];
  expect(
    moved(items, key, to)
      .map((it) => it.key)
      .join(""),
  ).toBe(order);
});
