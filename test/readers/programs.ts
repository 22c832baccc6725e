// Programs that only the tests need: readers from Debian, installed by scripts/test-services.sh where it may.
import { execFileSync, spawnSync } from "node:child_process";
import { TestRunner } from "vitest";

const known = new Map<string, boolean>();

/**
 * Leaves the test at hand out where a program is missing, and says so; under CI=true the test fails instead.
 * @returns the program's name
 */
export function needed(program: string): string {
  const there = known.get(program) ?? spawnSync(program, ["--help"], { stdio: "ignore" }).error === undefined;
  known.set(program, there);
  if (there) return program;
  leaveOut(program);
  return program;
}

/** Leaves the test at hand out for want of something, and says so; under CI=true the test fails instead. */
export function leaveOut(what: string): void {
  const note = `${what} is not installed, so this cannot be tested here`;
  const test = TestRunner.getCurrentTest();
  if (process.env["CI"] === "true" || test === undefined) throw new Error(note);
  process.stderr.write(`LEFT OUT: ${test.name}: ${note}\n`);
  test.context.skip(note);
}

/** What a program prints. */
export function printed(program: string, args: readonly string[], cwd?: string): string {
  const options = { encoding: "utf8", maxBuffer: 1 << 28, ...(cwd === undefined ? {} : { cwd }) } as const;
  return execFileSync(needed(program), args, options);
}
