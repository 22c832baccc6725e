// The tree of an archive.
import { expect, test } from "vitest";
import { treeOf } from "./tree.ts";

test("folders hold what is below them, counted and weighed, in the order of the archive", () => {
  const root = treeOf([
    { path: "b/x.csv", bytes: 1 },
    { path: "a.csv", bytes: 2 },
    { path: "b/c/y.txt", bytes: 4 },
    { path: "d/z.txt", bytes: 8 },
  ]);
  expect(root).toMatchObject({ count: 4, bytes: 15, files: [{ name: "a.csv", bytes: 2 }] });
  expect(root.folders.map(({ name, count, bytes }) => [name, count, bytes])).toEqual([
    ["b", 2, 5],
    ["d", 1, 8],
  ]);
  expect(root.folders[0]!.folders[0]).toMatchObject({ name: "c", files: [{ name: "y.txt", bytes: 4 }] });
});

test("names that every object has are names as any other", () => {
  const { folders } = treeOf([{ path: "__proto__/constructor", bytes: 1 }]);
  expect(folders).toMatchObject([{ name: "__proto__", files: [{ name: "constructor", bytes: 1 }] }]);
});
