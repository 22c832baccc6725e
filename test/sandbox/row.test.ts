// A hundred hostile scripts in a row leave the process that ran them as it was.
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { run } from "./run.ts";

const HOSTILE = [
  "for (;;);",
  "const a = []; for (;;) a.push(new Uint8Array(1e6))",
  "function f() { f() } f()",
  "for (;;) log('x'.repeat(1000))",
  "eval('['.repeat(60000))",
  "for (;;) notify({ subject: 'a', text: 'b' }).catch(() => {})",
  "for (;;) fetch('https://169.254.169.254/').catch(() => {})",
  "throw new Error('x'.repeat(1e6))",
  "await new Promise(() => {})",
  "let x = ;",
];
const TIMES = 10;

test("100 of them", async () => {
  const children = (): string =>
    execFileSync("ps", ["--no-headers", "-o", "args", "--ppid", String(process.pid)], { encoding: "utf8" });
  const open = (): number => readdirSync("/proc/self/fd").length;
  const outcomes = new Map<string, number>();
  const sizes: number[] = [];
  let descriptors = 0;
  for (let time = 0; time < TIMES; time++) {
    for (const source of HOSTILE) {
      const { outcome } = await run(source, { milliseconds: 50 });
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    if (time === 0) descriptors = open();
    sizes.push(process.memoryUsage().rss / 2 ** 20);
  }
  expect(outcomes.get("done")).toBeUndefined();
  expect(outcomes.get("crashed")).toBeUndefined();
  expect([...outcomes.values()].reduce((sum, count) => sum + count)).toBe(TIMES * HOSTILE.length);
  expect(open()).toBeLessThanOrEqual(descriptors + 2);
  expect(children()).not.toContain("interpreter");
  // The first few warm up the process.
  expect(sizes.at(-1)! - sizes[4]!).toBeLessThan(24);
}, 300_000);
