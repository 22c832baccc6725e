// The tests that need LibreOffice: `npm run test:office`.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/office/**/*.office.ts"],
    pool: "forks",
    maxWorkers: 1,
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});
