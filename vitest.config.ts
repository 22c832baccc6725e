// The tests: unit tests beside the code, and those by feature in test/, against real databases.
import { configDefaults, defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Those that take longest. */
const LONG = [
  "conformance/",
  "sandbox/",
  "command-line/administration",
  "exports/crash",
  "http/tenancy",
  "http/download-",
];

/** Begins with those, so that none of them runs alone at the end; files otherwise, as Vitest does, by what it knows of them. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification): boolean =>
      LONG.some((part) => moduleId.includes(`/test/${part}`));
    // oxlint-disable-next-line unicorn/no-array-sort -- it is no array's
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts", "web/src/**/*.test.ts"],
    // They need a browser: `npm run test:web`.
    exclude: [...configDefaults.exclude, "test/web/**"],
    globalSetup: ["test/setup/services.ts"],
    pool: "forks",
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
