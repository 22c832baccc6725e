import { expect, test } from "vitest";
import { compare } from "./compare.ts";
import type { Facts } from "./model.ts";

const columns = (...names: string[]): Facts => ({
  kind: "dataset-template",
  columns: names.map((field) => ({ field })),
});

/** What happened to each column, as `+c`, `-b`, `~a`, `↕d`. */
function changes(before: Facts, after: Facts): string[] {
  return compare(before, after).sections.flatMap(({ lines }) =>
    lines.map((it) => {
      const name = String((it.after ?? it.before)?.["field"]);
      if (it.before === null) return `+${name}`;
      if (it.after === null) return `-${name}`;
      return `${it.isMoved ? "↕" : ""}${it.isChanged ? "~" : ""}${name}`;
    }),
  );
}

test.each([
  [["a", "b", "c"], ["a", "b", "c"], []],
  [["a", "b"], ["a", "b", "c"], ["+c"]],
  [["a", "b", "c"], ["a", "c"], ["-b"]],
  [["a", "b", "c", "d"], ["d", "a", "b", "c"], ["↕d"]],
  [
    ["a", "b", "c"],
    ["x", "c", "b"],
    ["+x", "-a", "↕b"],
  ],
  [[], ["a"], ["+a"]],
])("columns %j that become %j differ by %j", (before, after, differing) => {
  expect(changes(columns(...before), columns(...after)).toSorted()).toEqual(differing.toSorted());
});

test("what saving puts in by itself is no difference", () => {
  const saved = { columns: [{ field: "a", name: "a", id: "samples.a", type: "text" }] };
  expect(compare(columns("a"), saved)).toMatchObject({ sections: [], settings: [], isSame: true });
});

test("a column may be moved and changed at once", () => {
  const before = { columns: [{ field: "a" }, { field: "b" }, { field: "c" }] };
  const after = { columns: [{ field: "b" }, { field: "c" }, { field: "a", mandatory: true }] };
  expect(changes(before, after)).toEqual(["↕~a"]);
});

test("settings are compared one by one, options too", () => {
  const before = { name: "x", options: { delimiter: ";", bom: true }, columns: [] };
  const after = { name: "y", options: { delimiter: "," }, columns: [] };
  expect(compare(before, after).settings).toEqual([
    { name: "name", before: "x", after: "y" },
    { name: "options.delimiter", before: ";", after: "," },
    { name: "options.bom", before: true, after: undefined },
  ]);
});

test("lists and datasets have sections of their own", () => {
  const before = { lists: [{ list: "measures", columns: [{ field: "a" }] }] };
  const after = { lists: [{ list: "measures", columns: [{ field: "a" }, { field: "b" }] }] };
  expect(compare(before, after).sections).toMatchObject([{ name: "lists.measures", same: 1 }]);
  const one = { datasets: [{ template: "1", name: "Samples" }] };
  const renamed = {
    datasets: [
      { template: "1", name: "Soil" },
      { template: "2", name: "Projects" },
    ],
  };
  expect(compare(one, renamed).sections[0]?.lines.map((it) => [it.from, it.to])).toEqual([
    [1, 1],
    [null, 2],
  ]);
});
