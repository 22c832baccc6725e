import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { IdleConnections } from "./idle-connections.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Connections that are numbers, and what was done with them. */
function numbered(most?: number) {
  const held = new Map<number, boolean>();
  const ended: number[] = [];
  const gone = new Map<number, () => void>();
  const idle = new IdleConnections<number>(
    {
      hold: (connection, its) => void held.set(connection, its),
      whenGone(connection, tell) {
        gone.set(connection, tell);
        return () => gone.delete(connection);
      },
      end: async (connection) => void ended.push(connection),
    },
    most,
  );
  return { idle, held, ended, gone };
}

test("gives the one that was used last, to one only, and holds the program for it", async () => {
  const { idle, held, gone } = numbered();
  await idle.keep(1);
  await idle.keep(2);
  expect(held.get(2)).toBe(false);
  expect([idle.take(), idle.take(), idle.take()]).toEqual([2, 1, null]);
  expect(held.get(2)).toBe(true);
  expect(gone.size).toBe(0);
});

test("keeps eight at most", async () => {
  const { idle, ended } = numbered();
  for (let n = 1; n <= 10; n++) await idle.keep(n);
  expect(ended).toEqual([9, 10]);
});

test("ends one after thirty seconds, unless it was taken", async () => {
  const { idle, ended } = numbered();
  await idle.keep(1);
  await idle.keep(2);
  expect(idle.take()).toBe(2);
  vi.advanceTimersByTime(29_999);
  expect(ended).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(ended).toEqual([1]);
  expect(idle.take()).toBeNull();
});

test("forgets one whose other side has gone", async () => {
  const { idle, ended, gone } = numbered();
  await idle.keep(1);
  gone.get(1)!();
  expect(idle.take()).toBeNull();
  vi.advanceTimersByTime(60_000);
  expect(ended).toEqual([]);
});

test("ends all when it is closed, and whatever is brought afterwards", async () => {
  const { idle, ended } = numbered(3);
  await idle.keep(1);
  await idle.keep(2);
  await idle.close();
  await idle.keep(3);
  expect(ended).toEqual([1, 2, 3]);
  expect(idle.take()).toBeNull();
});
