// The tests: unit tests beside the code, and those by feature in test/, against real databases.
import { configDefaults, defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts", "web/src/**/*.test.ts"],
    // They need a browser: `npm run test:web`.
    exclude: [...configDefaults.exclude, "test/web/**"],
    globalSetup: ["test/setup/services.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
