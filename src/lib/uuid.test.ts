import { expect, test } from "vitest";
import { uuidv7 } from "./uuid.ts";

test("ids are UUIDs of version 7 that hold their time", () => {
  const now = Date.now() + 60_000;
  const id = uuidv7(now);
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(parseInt(id.replace("-", "").slice(0, 12), 16)).toBe(now);
});

test("ids rise strictly, however many there are in a millisecond, and when the clock goes back", () => {
  const ids = Array.from({ length: 10_000 }, () => uuidv7());
  ids.push(uuidv7(0), uuidv7(1));
  expect(ids).toEqual(ids.toSorted());
  expect(new Set(ids).size).toBe(ids.length);
});
